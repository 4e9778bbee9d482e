"""Meta's published takedown indicators become draft records: counts by procedure, never names of accounts.

Reads the table of one network (Tactic, Technique, Procedure, Indicator, Note), or one table of many networks with
``source_file`` and ``is_cib``. The indicators themselves are counted and not kept: they name accounts, and the
publisher warns that sharing or engaging with them does not attribute anybody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from undazzle.casebook.importers.drafts import Drafts, Imported, one_line, slug
from undazzle.casebook.importers.kill_chain import PHASES, number_of
from undazzle.casebook.importers.tables import read_table
from undazzle.casebook.vocabulary import ActClass, Aspect, ClaimantCategory, Polarity
from undazzle.errors import SourceError

Row = Mapping[str, str]
_REPOSITORY = "https://github.com/facebook/threat-research"


def import_meta(path: Path) -> Imported:
    """Return draft records of the networks in a table of indicators: incident, claim and takedown of each.

    Rows that belong to no influence network, such as malware hashes, are counted as a problem and left out.

    Raises
    ------
    SourceError
        If the file has none of the two layouts.
    """
    table = read_table(path)
    rows = [(line, {name.casefold(): value for name, value in row.items()}) for line, row in table]
    columns = {name.casefold() for name in table.columns}
    if not {"tactic", "technique", "procedure"} <= columns:
        raise SourceError(path, "No columns Tactic, Technique, Procedure", "Give a takedown CSV.")
    drafts = Drafts(table.name)
    networks: dict[str, list[tuple[int, Row]]] = defaultdict(list)
    others = 0
    for line, row in rows:
        if row.get("is_cib", "true").casefold() in {"true", "1", ""}:
            networks[row.get("source_file") or path.name].append((line, row))
        else:
            others += 1
    if others:
        drafts.note(0, "other-rows", f"{others:,} rows are no influence network.", "They were left out.")
    for file, held in sorted(networks.items()):
        _network(drafts, file, held)
        drafts.used += len(held)
    return drafts.done(len(rows))


def _network(drafts: Drafts, file: str, rows: list[tuple[int, Row]]) -> None:
    title = " ".join(PurePosixPath(file).stem.replace("_", " ").split())
    name = f"meta-{slug(title)}"
    counts = Counter(_procedure(drafts, line, row) for line, row in rows)
    origin = next((row["origin"] for _, row in rows if row.get("origin")), "")
    year = next((row["report_year"] for _, row in rows if row.get("report_year")), None)
    claimant = drafts.add("claimant", "meta", name="Meta", category=ClaimantCategory.TECHNOLOGY_COMPANY)
    source = drafts.add(
        "source", name, title=one_line(f"Indicators: {title}"), source_kind="data", publisher=claimant, dated=year,
        url=_REPOSITORY, caveat="Sharing or engaging with these indicators does not attribute an account.",
    )  # fmt: skip
    actor = drafts.add(
        "actor", name, name=one_line(title), actor_kind="campaign", nation=origin,
        description="Named after the file; the origin is the publisher's.",
    )  # fmt: skip
    quantity = {"counted": "indicators", "value": len(rows), "measure": "published-indicators"}
    claim = drafts.add(
        "claim", name, statement=f"Meta published {len(rows):,} indicators of the network {title!r}.",
        claimant=claimant, claimed=year, source=source, quantities=[quantity], attribution="none",
        methods=[f"killchain:{one}" for one in sorted(counts) if one], note=_phases(counts),
        proposition={
            "aspect": Aspect.SCALE, "polarity": Polarity.ASSERTS, "actors": [actor],
            "act_class": ActClass.INFLUENCE_COVERT,
        },
    )  # fmt: skip
    measure = None
    if year:
        measure = drafts.add(
            "countermeasure", name, title=one_line(f"Takedown: {title}"), countermeasure_kind="takedown",
            done_by=claimant, done=year, against=[actor], claims=[claim], quantities=[quantity], source=source,
        )  # fmt: skip
    drafts.add(
        "incident", name, title=one_line(title), summary=f"A network that Meta took down: {title}.", claims=[claim],
        countermeasures=[measure] if measure else [],
    )  # fmt: skip


def _procedure(drafts: Drafts, line: int, row: Row) -> str:
    """Return the most precise number a row gives, and report numbers that do not fit together."""
    phase, technique, procedure = (number_of(row.get(name, "")) for name in ("tactic", "technique", "procedure"))
    for inner, outer in ((technique, phase), (procedure, technique)):
        if inner and outer and not inner.startswith(f"{outer}."):
            drafts.note(line, "mislabelled", f"{inner} stands under {outer}.", "The more precise number is used.")
    return procedure or technique or phase


def _phases(counts: Counter[str]) -> str:
    by_phase: Counter[str] = Counter()
    for number, count in counts.items():
        by_phase[number.partition(".")[0]] += count
    named = {str(place): phase for place, phase in enumerate(PHASES)}
    said = [f"{named.get(number, 'no phase given')} {count:,}" for number, count in sorted(by_phase.items())]
    return f"Indicators by phase: {'; '.join(said)}."
