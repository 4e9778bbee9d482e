"""Which column holds which field: what the user says, then what the layout says, then names checked by values.

A guess is never made on a name alone. Registration dates are not taken for the time of a post, ids of reposted
posts not for ids of posts, and ids that lost digits are not used as ids.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from undazzle.ingest.column_choices import Context
from undazzle.ingest.columns import ColumnPlan, ColumnSample
from undazzle.ingest.formats import Reader, ReadOptions
from undazzle.ingest.implied_fields import imply_platform, imply_reposts, keep_raw_time
from undazzle.ingest.plan_draft import FIELD_KINDS, Draft
from undazzle.ingest.required_fields import find_account, find_time, settle_post_id
from undazzle.ingest.sample_table import SampleTable
from undazzle.ingest.stated_columns import check_timezone, take_layout, take_mapping
from undazzle.ingest.value_checks import looks_like_value

# The fields that others depend on come first; the platform and the raw time follow from them.
_FIRST = ("posted_at", "post_id", "account_id", "handle", "text", "url", "links")
_ORDER = (*_FIRST, *(name for name in FIELD_KINDS if name not in (*_FIRST, "platform", "posted_at_raw")))


def plan_columns(
    samples: Sequence[ColumnSample], options: ReadOptions, reader: Reader | None, path: Path | str
) -> ColumnPlan:
    """Return how the columns of a table become fields of posts, with the SQL of each and everything doubtful.

    Parameters
    ----------
    samples
        The columns with up to 2,000 values each; values at the same place belong to the same row.
    options
        What the user says: ``mapping`` wins over every guess (``field=column``; ``field=`` leaves a field out,
        ``field==word`` gives all posts the same value), ``timezone`` and ``date_format``.
    reader
        The layout if one was recognised or named.
    path
        The file, for messages.

    Returns
    -------
    ColumnPlan
        Everything that cannot work is in ``problems``; the caller raises them together.
    """
    with SampleTable(samples) as table:
        draft = Draft(samples, Context(table, options, reader), Path(path))
        check_timezone(draft)
        take_mapping(draft)
        take_layout(draft)
        for field in _ORDER:
            if draft.is_open(field):
                draft.guess(field)
        find_time(draft)
        find_account(draft)
        settle_post_id(draft)
        imply_platform(draft)
        imply_reposts(draft)
        keep_raw_time(draft)
        _check_header(draft)
        return draft.result()


def _check_header(draft: Draft) -> None:
    """Explain a file without a header, whose first post was taken for the names of the columns."""
    names = list(draft.samples)
    if draft.problems and sum(looks_like_value(name) for name in names) >= max(2, len(names) / 3):
        draft.problems.insert(0, "The first line looks like a post, not like the names of columns: add a header line.")
