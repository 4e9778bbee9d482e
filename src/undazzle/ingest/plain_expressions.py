"""The SQL that reads a cell as an id, a text, a whole number or a yes/no, from a column of any type."""

from __future__ import annotations

from undazzle.ingest.columns import ColumnSample
from undazzle.ingest.sample_table import one_of, quoted

# What exporters write for "nothing"; R, pandas, SQL and spreadsheets each have their own.
MISSING_WORDS = ("", "nan", "NaN", "None", "NULL", "null", "NA", "N/A", "<NA>")
_TRUE = ("true", "t", "1", "1.0", "yes", "y", "wahr", "vrai")
_FALSE = ("false", "f", "0", "0.0", "no", "n", "falsch", "faux")
_FLOATS = ("DOUBLE", "FLOAT", "REAL", "DECIMAL")
_EXACT_FLOAT = 2**53


def is_text(sample: ColumnSample) -> bool:
    """Say whether the raw column is text."""
    return sample.sql_type.upper().startswith("VARCHAR") and not sample.sql_type.endswith("[]")


def is_float(sample: ColumnSample) -> bool:
    """Say whether the raw column holds numbers with a fraction."""
    return sample.sql_type.upper().startswith(_FLOATS)


def cell(sample: ColumnSample) -> str:
    """Return SQL for the cell as text; trimmed only where the sample shows blanks around values, as that costs time."""
    name = quoted(sample.name)
    if not is_text(sample):
        return f"CAST({name} AS VARCHAR)"
    return f"trim({name})" if any(value != value.strip() for value in sample.values if value) else name


def id_expression(sample: ColumnSample) -> str:
    """Return SQL for an id: text, with the ``.0`` of a number that went through a table program cut off."""
    name = quoted(sample.name)
    if is_float(sample):
        other = f"CAST({name} AS VARCHAR)"
        whole = f"COALESCE(CAST(TRY_CAST({name} AS HUGEINT) AS VARCHAR), {other})"
        return f"CASE WHEN NOT isfinite({name}) THEN NULL WHEN {name} = floor({name}) THEN {whole} ELSE {other} END"
    text = cell(sample)
    if not is_text(sample):
        return text
    cut = f"WHEN ends_with({text}, '.0') THEN left({text}, length({text}) - 2)"
    return f"CASE WHEN {one_of(text, MISSING_WORDS)} THEN NULL {cut} ELSE {text} END"


def rounded_id_expression(sample: ColumnSample) -> str:
    """Return SQL for an id that was rounded to a floating-point number somewhere on its way.

    Every value is taken through the same rounding, so that exact and rounded spellings of one id agree; it stays
    written as a rounded number (``1.8242134169967127e+18``) so that nobody takes it for the id itself.
    """
    number = f"TRY_CAST({quoted(sample.name)} AS DOUBLE)"
    exact = id_expression(sample)
    return f"CASE WHEN abs({number}) >= {_EXACT_FLOAT} THEN CAST({number} AS VARCHAR) ELSE {exact} END"


def text_expression(sample: ColumnSample) -> str:
    """Return SQL for a text, unchanged; only an empty cell is null."""
    name = quoted(sample.name)
    return name if is_text(sample) else f"CAST({name} AS VARCHAR)"


def word_expression(sample: ColumnSample) -> str:
    """Return SQL for a short text such as a name or language: trimmed, and null for words that mean nothing."""
    text = cell(sample)
    return f"CASE WHEN {one_of(text, MISSING_WORDS)} THEN NULL ELSE {text} END"


def handle_expression(sample: ColumnSample) -> str:
    """Return SQL for a handle: a word without the @ in front."""
    return without_at(word_expression(sample), sample)


def without_at(expression: str, sample: ColumnSample) -> str:
    """Return SQL for a name without the @ in front, where the sample shows any."""
    has_at = any(str(value).strip().startswith("@") for value in sample.values if value is not None)
    return f"ltrim({expression}, '@')" if has_at else expression


def count_expression(sample: ColumnSample) -> str:
    """Return SQL for a whole number, also from ``26.0`` or ``1,234``."""
    name = quoted(sample.name)
    if not is_text(sample):
        return f"TRY_CAST({name} AS BIGINT)"
    has_commas = any("," in str(value) for value in sample.values if value is not None)
    number = f"replace({name}, ',', '')" if has_commas else name
    return f"TRY_CAST(TRY_CAST({number} AS DOUBLE) AS BIGINT)"


def flag_expression(sample: ColumnSample) -> str:
    """Return SQL for a yes/no, from the words and numbers that exporters write."""
    name = quoted(sample.name)
    if sample.sql_type.upper() == "BOOLEAN":
        return name
    word = f"lower(trim(CAST({name} AS VARCHAR)))"
    return f"CASE WHEN {one_of(word, _TRUE)} THEN true WHEN {one_of(word, _FALSE)} THEN false END"


def looks_like_flag(value: object) -> bool:
    """Say whether a value is one of the words or numbers that mean yes or no."""
    return str(value).strip().lower() in (*_TRUE, *_FALSE)


def whole_number_text(column: str) -> str:
    """Return SQL for a number of any raw type written as text, without a fraction."""
    text = f"CAST({quoted(column)} AS VARCHAR)"
    return f"CASE WHEN ends_with({text}, '.0') THEN left({text}, length({text}) - 2) ELSE {text} END"
