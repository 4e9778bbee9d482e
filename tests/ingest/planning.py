"""Small tables in, plans and read rows out: what the tests of guessing and of table layouts share."""

from __future__ import annotations

from undazzle.ingest.columns import ColumnSample
from undazzle.ingest.formats import ReadOptions
from undazzle.ingest.guess import plan_columns
from undazzle.ingest.sample_table import SampleTable


def samples_of(columns, types=None):
    types = types or {}
    return [ColumnSample(name, types.get(name, "VARCHAR"), tuple(values)) for name, values in columns.items()]


def plan_of(columns, *, types=None, reader=None, mapping=None, **options):
    """Return the plan for a table given as column name -> values."""
    return plan_columns(samples_of(columns, types), ReadOptions(mapping or {}, **options), reader, "posts.csv")


def read_rows(columns, **settings):
    """Return the rows of a table as the plan reads them; times as text in UTC."""
    plan = plan_of(columns, **settings)
    assert not plan.problems, plan.problems
    times = {"posted_at", "account_created_at"}
    with SampleTable(samples_of(columns, settings.get("types"))) as table:
        rows = table.values(
            *(f"CAST({one.expression} AS VARCHAR)" if one.field in times else one.expression for one in plan.choices)
        )
    return [dict(zip((one.field for one in plan.choices), row, strict=True)) for row in rows]


def column_of(plan, field):
    """Return the column that a field is read from, or ``None`` if the file does not hold it."""
    choice = plan.choice(field)
    return choice.column if choice else None


def posts(count=4, **columns):
    """Return a plain table of posts; columns given by keyword are added or replace the plain ones."""
    table = {
        "id": [f"p{number}" for number in range(count)],
        "user": [f"reader{number % 2}" for number in range(count)],
        "created_at": [f"2024-05-0{1 + number % 9} 12:00:{number:02}Z" for number in range(count)],
        "text": [f"The ferry leaves at {number}" for number in range(count)],
    }
    table.update(columns)
    return {name: values for name, values in table.items() if values is not None}
