"""DFRLab's Dichotomies of Disinformation (2020) becomes draft records: campaigns with targets, methods and intent.

References
----------
DFRLab, Dichotomies of Disinformation, 2020, github.com/DFRLab/Dichotomies-of-Disinformation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from undazzle.casebook.importers.drafts import Drafts, Imported, known_address, one_line, slug
from undazzle.casebook.importers.tables import read_table
from undazzle.casebook.vocabulary import ActClass, Aspect, AttributionType, ClaimantCategory, Polarity
from undazzle.errors import SourceError

Row = Mapping[str, str]
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_TARGET_KINDS = {
    "Government_Civilian": "institution",
    "Government_Military": "institution",
    "Political_Party": "party",
    "NonState_Political_Actor": "community",
    "Business": "company",
    "Influential_Individuals": "community",
    "Electorate": "electorate",
    "Racial_Ethnic_Religious_Sexual_Identity_Group": "community",
}
_ATTRIBUTION = {
    "Disinformant_Category_Government_Direct_Attribution": AttributionType.DIRECT,
    "Disinformant_Category_Government_Proxy_Inferred_Attribution": AttributionType.INFERRED,
    "Disinformant_Category_Business": AttributionType.COMMERCIAL,
}
_PREFIXES = {
    "platforms": ("Platforms_Open_Web_", "Platforms_Social_Media_", "Platforms_Messaging_Platforms_", "Platforms_"),
    "methods": ("Methods_Tactics_",),
    "narratives": ("Methods_Narrative_Techniques_", "Content_Topics_", "Intent_Category_"),
}


def import_dichotomies(path: Path) -> Imported:
    """Return draft records of the data set's campaigns, one incident with one claim each.

    Raises
    ------
    SourceError
        If the file is another one.
    """
    table = read_table(path)
    if {"Campaign_ID", "Long_Description", "Intent_Objective"} - set(table.columns):
        raise SourceError(path, "No columns Campaign_ID and Long_Description", "Give the data set's own CSV.")
    drafts = Drafts(table.name)
    if table.encoding != "utf-8-sig":
        drafts.note(0, "encoding", f"The file is {table.encoding}, not UTF-8.", "It was read as such.")
    for line, row in table:
        if not row["Long_Description"]:
            drafts.note(line, "empty-row", "The row describes nothing.", "It was left out.")
            continue
        _campaign(drafts, line, row)
        drafts.used += 1
    return drafts.done(len(table.rows))


def _campaign(drafts: Drafts, line: int, row: Row) -> None:
    number = row.get("Serial_Number") or f"line-{line}"
    if not row.get("Serial_Number"):
        drafts.note(line, "missing-value", "Serial_Number is empty.", "The line is used in its place.")
    name = f"dichotomies-{number}"
    title = one_line(row["Campaign_ID"] or f"Campaign {number}")
    claimant = drafts.add(
        "claimant", "dfrlab", name="Digital Forensic Research Lab", category=ClaimantCategory.CIVIL_SOCIETY
    )
    address = known_address(row.get("Link_1", ""))
    if address is None:
        drafts.note(line, "bad-address", "Link_1 is no whole address.", "Find the address.")
    source = drafts.add(
        "source", name, title=one_line(row.get("Citation_1") or title), source_kind="report", publisher=claimant,
        url=address, dated=_date(drafts, line, row, "Year_of_Report", "Month_of_Report"),
    )  # fmt: skip
    begin = _date(drafts, line, row, "Date_Start_Year", "Date_Start_Month")
    end = _date(drafts, line, row, "Date_End_Year", "Date_End_Month")
    claim = drafts.add(
        "claim", name, statement=row["Long_Description"], claimant=claimant, source=source,
        claimed=_date(drafts, line, row, "Year_of_Report", "Month_of_Report"), attribution=_attribution(row),
        platforms=[one.replace("_", " ") for one in _flags(row, "platforms")],
        methods=[f"dichotomies:{slug(one)}" for one in _flags(row, "methods")],
        narratives=[slug(one) for one in _flags(row, "narratives")], note=row.get("Intent_Objective"),
        proposition=_proposition(drafts, row, begin, end),
    )  # fmt: skip
    drafts.add("incident", name, title=title, summary=title, claims=[claim], begin=begin, end=end)


def _proposition(drafts: Drafts, row: Row, begin: str | None, end: str | None) -> dict[str, object]:
    nation = row.get("Primary_Disinformant_Nation_of_Origin", "")
    actors = (
        [drafts.add("actor", f"nation-{nation}", name=nation, actor_kind="unknown", nation=nation)] if nation else []
    )
    period = {key: day for key, day in (("begin", begin), ("end", end)) if day}
    said: dict[str, object] = {
        "aspect": Aspect.CONDUCT, "polarity": Polarity.ASSERTS, "actors": actors,
        "targets": list(_targets(drafts, row)), "act_class": ActClass.INFLUENCE_COVERT,
    }  # fmt: skip
    return said | ({"period": period} if period else {})


def _targets(drafts: Drafts, row: Row) -> Iterator[str]:
    nation = row.get("Primary_Target_Nation_of_Origin", "")
    for column, kind in _TARGET_KINDS.items():
        if row.get(f"Target_Category_{column}") == "1":
            words = column.replace("_", " ")
            yield drafts.add(
                "target", f"{nation}-{column}", name=one_line(f"{words}, {nation or 'nation not given'}"),
                target_kind=kind, jurisdiction=nation,
            )  # fmt: skip


def _attribution(row: Row) -> AttributionType | None:
    return next((kind for column, kind in _ATTRIBUTION.items() if row.get(column) == "1"), None)


def _flags(row: Row, group: str) -> list[str]:
    found = []
    for column, value in row.items():
        prefix = next((one for one in _PREFIXES[group] if column.startswith(one)), None)
        if prefix and value == "1":
            found.append(column.removeprefix(prefix))
    return list(dict.fromkeys(found))


def _date(drafts: Drafts, line: int, row: Row, year: str, month: str) -> str | None:
    given, named = row.get(year, ""), row.get(month, "").casefold()
    if not given:
        return None
    if not (given.isdigit() and len(given) == 4):
        drafts.note(line, "dirty-value", f"{year} holds {given[:40]!r}.", "Write a year.")
        return None
    return f"{given}-{_MONTHS.index(named) + 1:02}" if named in _MONTHS else given
