"""Scorecards on disk: a coder's answers are added, and two coders are reconciled by a third hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from undazzle.casebook.editing import change_record
from undazzle.casebook.loading import load_case
from undazzle.casebook.scorecard import Answer, Coding, Scorecard
from undazzle.casebook.scoring.agreement import Agreement, agreement, pairs_of
from undazzle.casebook.scoring.items import EXTRA_ITEMS, ITEMS, ExtraItem, Item
from undazzle.casebook.vocabulary import Review
from undazzle.casebook.yaml_writing import write_record
from undazzle.errors import ParameterError


def add_coding(folder: Path, card_id: str, about: str | None, coder: str, answers: Mapping[str, str]) -> Path:
    """Add a coder's answers to a scorecard, which is begun if need be, and return its path.

    Answers given earlier by the same coder stay where no new one is given.

    Raises
    ------
    ParameterError
        If a statement or answer is unknown, or a new card is about nothing in the case.
    """
    case = load_case(folder)
    given = _told_apart(answers)
    held = case.scorecards.get(card_id)
    if held is None:
        return write_record(folder, _new_card(case.records, card_id, about, coder, given))
    if held.reconciled is not None:
        raise ParameterError("SCORECARD", card_id, "It is reconciled; its codings are closed.")
    codings = {one.coder: one for one in held.codings}
    before = codings.get(coder, Coding(coder=coder))
    codings[coder] = Coding(
        coder=coder,
        answers={**before.answers, **given["answers"]},
        extras={**before.extras, **given["extras"]},
        coded=before.coded,
        remark=before.remark,
    )
    return change_record(folder, card_id, {"codings": [_plain(one) for one in codings.values()]})


def reconcile(folder: Path, card_id: str, by: str, answers: Mapping[str, str]) -> tuple[Path, Agreement]:
    """Write the reconciled answers of two coders and return the path and how far the two had agreed.

    What both answered alike is taken over; every other statement needs an answer of the reconciler.

    Raises
    ------
    ParameterError
        If there are not two coders, the reconciler is one of them, or a disputed statement has no answer.
    """
    card = load_case(folder)[card_id]
    if not isinstance(card, Scorecard) or len(card.codings) < 2:
        raise ParameterError("SCORECARD", card_id, "It needs two coders first: undazzle case score.")
    first, second = card.codings[:2]
    if by in {first.coder, second.coder}:
        raise ParameterError("--by", by, "Somebody other than the two coders reconciles.")
    given = _told_apart(answers)
    disputed = [one for one in ITEMS if first.answer(one) is not second.answer(one) and one not in given["answers"]]
    disputed_extras = [
        one for one in EXTRA_ITEMS if first.answer(one) is not second.answer(one) and one not in given["extras"]
    ]
    if disputed or disputed_extras:
        raise ParameterError(
            "--answer", "nothing", f"The coders differ on: {', '.join((*disputed, *disputed_extras))}. Answer each."
        )
    final = Coding(
        coder=by,
        answers={one: given["answers"].get(one, first.answer(one)) for one in ITEMS},
        extras={one: given["extras"].get(one, first.answer(one)) for one in EXTRA_ITEMS},
    )
    return change_record(folder, card_id, {"reconciled": _plain(final)}), agreement(pairs_of(first, second))


def _told_apart(answers: Mapping[str, str]) -> dict[str, dict[Any, Answer]]:
    """Return answers by statement, ours apart from the tracker's; short names without ``attribution_`` will do."""
    found: dict[str, dict[Any, Answer]] = {"answers": {}, "extras": {}}
    for name, word in answers.items():
        full = f"attribution_{name}" if f"attribution_{name}" in list(Item) else name
        if word not in list(Answer):
            raise ParameterError(name, word, "Answer true, false, na or unknown.")
        if full in list(Item):
            found["answers"][Item(full)] = Answer(word)
        elif full in list(ExtraItem):
            found["extras"][ExtraItem(full)] = Answer(word)
        else:
            raise ParameterError("--answer", name, f"The statements are: {', '.join((*Item, *ExtraItem))}.")
    return found


def _new_card(
    records: Mapping[str, object], card_id: str, about: str | None, coder: str, given: Mapping[str, Any]
) -> Scorecard:
    kind = (about or "").partition(":")[0]
    if about is None or about not in records or kind not in {"incident", "claim"}:
        raise ParameterError("--about", about or "nothing", "Name the incident or claim of the case it is about.")
    try:
        return Scorecard.model_validate(
            {"id": card_id, "review": Review.DRAFT, kind: about, "codings": [{"coder": coder, **given}]}
        )
    except ValidationError as error:
        raise ParameterError("SCORECARD", card_id, "Write scorecard: and a short name.") from error


def _plain(coding: Coding) -> dict[str, Any]:
    return coding.model_dump(mode="json", exclude_defaults=True)
