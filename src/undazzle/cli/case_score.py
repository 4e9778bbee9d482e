"""``undazzle case score`` and ``reconcile``: 18 answers of two coders, and how far they agree."""

from __future__ import annotations

from pathlib import Path

import click

_ANSWER = click.option(
    "--answer", "answers", multiple=True, metavar="STATEMENT=WORD", help="true, false, na or unknown; may be repeated."
)


@click.command("score", epilog="Example: undazzle case score my-case scorecard:pier --about incident:pier --by A "
               "--answer clarity=true")  # fmt: skip
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("card", required=False, metavar="[SCORECARD]")
@click.option("--about", help="The incident or claim, for a new scorecard.")
@click.option("--by", "coder", help="Who answers.")
@_ANSWER
def score(folder: Path, card: str | None, about: str | None, coder: str | None, answers: tuple[str, ...]) -> None:
    """Add a coder's answers to SCORECARD, or without it print all scorecards and the agreement of their coders.

    The statements are DFRLab's 18, with or without attribution_ before them, and five of ours. Totals are derived.
    """
    from undazzle.casebook.scoring.cards import add_coding
    from undazzle.errors import ParameterError

    if card is None:
        _print_all(folder)
        return
    if not coder or not answers:
        raise ParameterError("--by", coder or "nothing", "Say who answers, and give --answer STATEMENT=WORD.")
    click.echo(f"{add_coding(folder, card, about, coder, _pairs(answers))}: {len(answers)} answers of {coder}.")


@click.command("reconcile", epilog="Example: undazzle case reconcile my-case scorecard:pier --by C --answer clarity=na")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("card", metavar="SCORECARD")
@click.option("--by", required=True, help="Who reconciles; not one of the coders.")
@_ANSWER
def reconcile_command(folder: Path, card: str, by: str, answers: tuple[str, ...]) -> None:
    """Settle what two coders answered differently; what they answered alike is taken over."""
    from undazzle.casebook.scoring.cards import reconcile

    path, agreed = reconcile(folder, card, by, _pairs(answers))
    kappa = "not defined" if agreed.kappa is None else f"{agreed.kappa:.2f}"
    click.echo(f"{path}: reconciled. Coders agreed on {agreed.agreed} of {agreed.answers}; Cohen's kappa {kappa}.")


def _pairs(answers: tuple[str, ...]) -> dict[str, str]:
    from undazzle.errors import ParameterError

    found = {}
    for one in answers:
        name, equals, word = one.partition("=")
        if not equals:
            raise ParameterError("--answer", one, "Write statement=word, e.g. --answer clarity=true.")
        found[name.strip()] = word.strip().casefold()
    return found


def _print_all(folder: Path) -> None:
    from undazzle.casebook import load_case
    from undazzle.casebook.scoring.agreement import agreement_of
    from undazzle.casebook.scoring.totals import profile, tally

    cards = load_case(folder).scorecards
    for card in cards.values():
        final = card.final
        if final is None:
            click.echo(f"{card.id}: {len(card.codings)} coders, not reconciled")
            continue
        whole = tally(final)
        parts = ", ".join(f"{section} {held.points}/{held.possible}" for section, held in profile(final).items())
        click.echo(f"{card.id}: {whole.points}/{whole.possible} ({parts}); {whole.answered} answered")
    agreed = agreement_of(cards.values())
    if agreed.percent is not None:
        kappa = "not defined" if agreed.kappa is None else f"{agreed.kappa:.2f}"
        click.echo(f"Agreement of coders: {agreed.percent:.0f} % of {agreed.answers} answers; Cohen's kappa {kappa}.")
