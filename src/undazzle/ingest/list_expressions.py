"""How a column is read as a list: real lists, JSON, lists as Python prints them, or parts with marks between."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from undazzle.ingest.columns import Check, ColumnSample
from undazzle.ingest.plain_expressions import cell
from undazzle.ingest.sample_table import literal, one_of, quoted

Style = Literal["list", "json", "printed", "unquoted", "parts", "single"]

# Where the wanted text stands in lists of dictionaries; the first key that is there wins.
_KEYS: Mapping[str, tuple[str, ...]] = {
    "links": ("unwound_url", "expanded_url", "expandedUrl", "expanded", "url", "tcourl", "href", "link"),
    "hashtags": ("text", "tag", "hashtag", "hashtagName", "name"),
    "mentions": ("screen_name", "username", "userName", "acct", "handle", "name", "id_str", "id"),
    "media": ("media_url_https", "media_url", "fullUrl", "full_url", "url", "previewUrl", "thumbnailUrl", "filename"),
    "media_hashes": ("phash", "pdq", "hash"),
    "domains": ("domain", "name"),
    "objects": ("id", "name", "url"),
}
_EMPTY = ("[]", "{}", "[ ]", "nan", "NaN", "None", "NULL", "null", "NA", "N/A", "<NA>", "[None]", "[nan]")
_SINGLE_QUOTED, _DOUBLE_QUOTED = r"'((?:[^'\\]|\\.)*)'", r'"((?:[^"\\]|\\.)*)"'


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column read as a list of text.

    Attributes
    ----------
    expression
        SQL over the raw row that yields VARCHAR[], or null where the file does not say.
    label
        How the lists are written.
    checks
        What was looked at.
    """

    expression: str
    label: str
    checks: tuple[Check, ...] = ()


def read_list_column(sample: ColumnSample, field: str, *, is_complete: bool = False) -> ListColumn:
    """Return how a column is best read as a list.

    Parameters
    ----------
    sample
        The column.
    field
        The list field it is for; decides which key of a dictionary is wanted and which marks are cut off.
    is_complete
        An empty cell means that there are none, even if no cell of the sample is filled.
    """
    filled = _filled(sample)
    body, label = _body(sample, field, filled)
    cleaned = _cleaned(body, field, filled)
    if is_complete or filled:
        # The column is in use, so that an empty cell says "none"; the text is not searched instead.
        cleaned = f"COALESCE({cleaned}, [])"
    return ListColumn(cleaned, label, tuple(_checks(sample, field, filled)))


def _filled(sample: ColumnSample) -> list[str]:
    texts = (str(value).strip() for value in sample.values if value is not None)
    return [text for text in texts if text]


def _body(sample: ColumnSample, field: str, filled: Sequence[str]) -> tuple[str, str]:
    name = quoted(sample.name)
    if sample.sql_type.endswith("[]"):
        kind = sample.sql_type.upper()
        if kind.startswith(("STRUCT", "MAP", "JSON")):
            return _json_dictionaries(f"to_json({name})", field), "lists of records"
        return f"CAST({name} AS VARCHAR[])", "lists"
    text = cell(sample)
    style, label = _style(filled, field)
    return f"CASE WHEN {one_of(text, ('', *_EMPTY))} THEN [] ELSE {_by_style(style, text, field, filled)} END", label


def _style(filled: Sequence[str], field: str) -> tuple[Style, str]:
    told = [text for text in filled if text not in _EMPTY]
    bracketed = sum(text.startswith(("[", "{")) for text in told)
    if told and bracketed > len(told) / 2:
        if any(re.match(r"\[?\s*\{", text) for text in told):
            is_json = sum(bool(re.match(r'\[?\s*\{\s*"', text)) for text in told)
            return ("json", "JSON records") if is_json > bracketed / 2 else ("printed", "printed Python dictionaries")
        if sum(bool(re.match(r"[\[{]\s*['\"u]", text)) for text in told) > bracketed / 2:
            return "printed", "printed lists or JSON lists"
        return "unquoted", "lists in brackets"
    mark = _mark(told, field)
    return ("parts", f"parts with {_MARK_NAMES[mark]} between") if mark else ("single", "one value")


_MARK_NAMES = {" ": "spaces", ",": "commas", ";": "semicolons", "|": "bars", "\n": "line breaks"}


def _mark(told: Sequence[str], field: str) -> str:
    """Return the mark between the parts; none for a column that can hold only one value."""
    if field == "links" or (field == "media" and any("://" in text for text in told)):
        between: Counter[str] = Counter()
        for text in told:
            between.update(re.findall(r"([\s,;|])\s*(?=(?:https?://|www\.))", text[1:]))
        found = Counter({_as_space(mark): count for mark, count in between.items()})
        return found.most_common(1)[0][0] if found else " "
    if field in {"objects", "media_hashes", "domains", "media"}:
        return next((mark for mark in ("|", ";", ",") if sum(mark in text for text in told) > len(told) / 20), "")
    return next((mark for mark in (",", ";", "|", "\n") if any(mark in text for text in told)), " ")


def _as_space(mark: str) -> str:
    return " " if mark.isspace() and mark != "\n" else mark


def _by_style(style: Style, text: str, field: str, filled: Sequence[str]) -> str:
    if style == "json":
        return f"CASE WHEN json_valid({text}) THEN {_json_dictionaries(f'CAST({text} AS JSON)', field)} END"
    if style == "printed":
        if any(re.match(r"\[?\s*\{", one) for one in filled if one != "{}"):
            return _printed_dictionaries(text, field)
        return _printed_list(text)
    if style == "unquoted":
        inner = f"trim({text}, '[]{{}}')"
        return f"list_transform(string_split({inner}, ','), lambda x: trim(x, ' ''\"'))"
    return _parts(style, text, field, filled)


def _parts(style: Style, text: str, field: str, filled: Sequence[str]) -> str:
    mark = _mark([one for one in filled if one not in _EMPTY], field)
    if style == "single" or not mark:
        return f"[{text}]"
    if mark == " " and any(re.search(r"[\t\n\r]", one) for one in filled):
        return rf"regexp_split_to_array({text}, '\s+')"
    return f"string_split({text}, {literal(mark)})"


def _printed_list(text: str) -> str:
    """A list as Python prints it, which is also how JSON writes most lists."""
    pattern = literal(f"{_SINGLE_QUOTED}|{_DOUBLE_QUOTED}")
    parts = f"list_transform(regexp_extract_all({text}, {pattern}), lambda x: x[2:-2])"
    as_json = f"json_extract_string({text}, '$[*]')"
    unescaped = rf"list_transform({parts}, lambda x: replace(replace(x, '\''', ''''), '\\', '\'))"
    branches = f"WHEN NOT contains({text}, '\\') THEN {parts} WHEN json_valid({text}) THEN {as_json}"
    return f"CASE {branches} ELSE {unescaped} END"


def _json_dictionaries(json: str, field: str) -> str:
    as_list = f"CASE json_type({json}) WHEN 'ARRAY' THEN {json} WHEN 'OBJECT' THEN json_array({json}) END"
    keys = ", ".join(f"x ->> {literal('$.' + key)}" for key in _KEYS.get(field, ("id",)))
    itself = "CASE WHEN json_type(x) NOT IN ('OBJECT', 'ARRAY') THEN x ->> '$' END"
    return f"list_transform(CAST({as_list} AS JSON[]), lambda x: COALESCE({keys}, {itself}))"


def _printed_dictionaries(text: str, field: str) -> str:
    """Dictionaries as Python prints them: the first key that stands anywhere in the text is taken throughout."""
    branches = []
    for key in _KEYS.get(field, ("id",)):
        marker = f"['\"]{key}['\"]: "
        single = f"regexp_extract_all({text}, {literal(marker + _SINGLE_QUOTED)}, 1)"
        double = f"regexp_extract_all({text}, {literal(marker + _DOUBLE_QUOTED)}, 1)"
        present = f"contains({text}, {literal(chr(39) + key + chr(39) + ':')})"
        branches.append(f"WHEN {present} THEN list_concat({single}, {double})")
    return f"CASE {' '.join(branches)} END"


def _cleaned(body: str, field: str, filled: Sequence[str]) -> str:
    """Cut off marks that are no part of the item, and drop what is empty or cut short."""
    strip = {"hashtags": "ltrim(trim(x), '#＃')", "mentions": "ltrim(trim(x), '@＠')"}.get(field)
    if strip is None and any(re.search(r"[,;|\[\n] | [\],;|]|' | '", text) for text in filled):
        strip = "trim(x)"
    keep = "x <> ''"
    if field == "links":
        keep += " AND NOT ends_with(x, '…')"
    stripped = f"list_transform({body}, lambda x: {strip})" if strip else body
    return f"list_filter({stripped}, lambda x: {keep})"


def _checks(sample: ColumnSample, field: str, filled: Sequence[str]) -> list[Check]:
    told = [text for text in filled if text not in _EMPTY]
    checks = [Check("ok", f"{len(told):,} of {len(sample.values):,} rows hold any")]
    cut = sum("…'" in text or text.endswith("…") for text in told if "{" not in text) if field == "links" else 0
    if cut:
        checks.append(Check("ask", f"{cut:,} rows hold addresses cut off with '…'; those addresses are left out."))
    return checks
