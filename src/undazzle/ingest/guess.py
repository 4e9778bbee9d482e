"""Which column holds which field: what the user says, then what the layout says, then names checked by values.

A guess is never made on a name alone. Registration dates are not taken for the time of a post, ids of reposted
posts not for ids of posts, and ids that lost digits are not used as ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from undazzle.ingest.column_choices import Candidate, Context, candidate
from undazzle.ingest.columns import Check, ColumnChoice, ColumnPlan, ColumnSample
from undazzle.ingest.formats import Reader, ReadOptions
from undazzle.ingest.name_hints import candidates, could_be_post_time, normalised_name, same_column
from undazzle.ingest.sample_table import SampleTable, literal, quoted
from undazzle.ingest.time_expressions import TimeColumn, raw_time_expression
from undazzle.ingest.value_checks import (
    contradictions,
    distinct,
    filled_texts,
    has_status_ids,
    is_numeric,
    permalink_platform,
    repeats,
    share_containing,
)
from undazzle.model import POST_FIELDS

_KINDS = {one.name: one.kind for one in POST_FIELDS}
# The fields that others depend on come first.
_FIRST = ("posted_at", "post_id", "account_id", "handle", "text", "url", "links")
_ORDER = (*_FIRST, *(name for name in _KINDS if name not in (*_FIRST, "platform", "posted_at_raw")))
_TIME_WORDS = ("time", "date", "stamp", "day", "when", "epoch", "zeit", "datum", "fecha", "heure")
_ACCOUNT_WORDS = ("author", "user", "account", "channel", "page", "screen", "handle", "sender", "actor", "poster")
_SHORT_LINK_SHARE = 0.2


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
        planner = _Planner(samples, Context(table, options, reader), Path(path))
        return planner.plan()


class _Planner:
    """The choices made so far."""

    def __init__(self, samples: Sequence[ColumnSample], context: Context, path: Path) -> None:
        self.samples = {one.name: one for one in samples}
        self.context, self.path = context, path
        self.chosen: dict[str, ColumnChoice] = {}
        self.settled: set[str] = set()  # fields that the user or the layout decided, even if to be left out
        self.problems: list[str] = []
        self.warnings: list[str] = []
        self.refused: dict[str, list[Candidate]] = {}
        self.time: TimeColumn | None = None

    def plan(self) -> ColumnPlan:
        """Choose in order of authority, then look at the whole."""
        self._check_timezone()
        self._take_mapping()
        self._take_layout()
        for field in _ORDER:
            if field not in self.settled and field not in self.chosen:
                self._guess(field)
        self._find_time()
        self._find_account()
        self._find_post_id()
        self._find_platform()
        self._find_reposts()
        self._note_repeats()
        self._keep_raw_time()
        return self._result()

    def _result(self) -> ColumnPlan:
        for choice in self.chosen.values():
            about = f"{choice.field} ({choice.column})" if choice.column else choice.field
            self.warnings += [f"{about}: {check.message}" for check in choice.checks if check.level == "ask"]
        if self.context.reader:
            self.warnings += self.context.reader.caveats
        ordered = sorted(self.chosen.values(), key=lambda one: list(_KINDS).index(one.field))
        return ColumnPlan(
            choices=tuple(ordered),
            unread=tuple(name for name in self.samples if not self._is_used(name)),
            problems=tuple(dict.fromkeys(self.problems)),
            warnings=tuple(dict.fromkeys(self.warnings)),
            time_resolution_seconds=self.time.resolution if self.time else None,
        )

    def _is_used(self, column: str) -> bool:
        return any(quoted(column) in choice.expression for choice in self.chosen.values())

    # What the user says

    def _check_timezone(self) -> None:
        from re import fullmatch

        name = self.context.options.timezone
        if name and not fullmatch(r"[+-]\d\d:?\d\d", name) and not self.context.table.knows_timezone(name):
            self.problems.append(f"No time zone called {name!r}. Use a name such as Europe/Berlin, UTC or +02:00.")
            self.context = replace(self.context, options=replace(self.context.options, timezone=None))

    def _take_mapping(self) -> None:
        for field, column in self.context.options.mapping.items():
            if field not in _KINDS:
                self.problems.append(f"There is no field called {field!r}.{_nearest(field, _KINDS)}")
                continue
            self.settled.add(field)
            if column.startswith("="):
                self._constant(field, column[1:], "you said so (--map)")
            elif column:
                self._mapped(field, column)

    def _mapped(self, field: str, column: str) -> None:
        name = same_column(column, list(self.samples))
        if name is None:
            self.problems.append(
                f"There is no column called {column!r} for --map {field}.{_nearest(column, self.samples)}"
            )
            return
        found = candidate(field, self.samples[name], "you said so (--map)", self.context)
        if _KINDS[field] == "time" and found.blocked:
            self.problems += found.messages("block")
        # A user who maps a column has looked: what speaks against it becomes a warning.
        softened = tuple(replace(one, level="ask") if one.level == "block" else one for one in found.choice.checks)
        self._keep(Candidate(replace(found.choice, checks=softened), found.time))

    # What the layout says

    def _take_layout(self) -> None:
        reader = self.context.reader
        if reader is None:
            return
        for field, (column, sql) in reader.expressions.items():
            if field not in self.settled and column in self.samples and self.context.table.works(sql):
                self._keep(Candidate(ColumnChoice(field, column, sql, f"as {reader.title} writes it")))
        for field, columns in reader.columns.items():
            if field not in self.settled and field not in self.chosen:
                self._layout_column(field, columns, reader)
        for field, value in reader.constants.items():
            if field not in self.settled and field not in self.chosen:
                self._constant(field, value, f"all posts of {reader.title}")

    def _layout_column(self, field: str, columns: Iterable[str], reader: Reader) -> None:
        present = [name for column in columns if (name := same_column(column, list(self.samples)))]
        found = [candidate(field, self.samples[name], f"column of {reader.title}", self.context) for name in present]
        usable = [one for one in found if not one.blocked]
        if usable:
            self._keep(min(usable, key=lambda one: one.doubts))
        elif found:
            self.refused[field] = found

    def _constant(self, field: str, value: object, why: str) -> None:
        sql = literal(value) if isinstance(value, str) else str(value).lower()
        self.chosen[field] = ColumnChoice(field, "", sql, why)

    # What names and values say

    def _guess(self, field: str) -> None:
        free = [name for name in self.samples if not self._is_used(name)]
        found = [
            candidate(field, self.samples[name], f"the name {name} suggests it", self.context)
            for name in candidates(field, free)
        ]
        self.refused.setdefault(field, []).extend(one for one in found if one.blocked)
        usable = [one for one in found if not one.blocked]
        if usable:
            self._keep(min(usable, key=_reluctance))

    def _keep(self, found: Candidate) -> None:
        self.chosen[found.choice.field] = found.choice
        if found.choice.field == "posted_at":
            self.time = found.time

    # Required fields

    def _find_time(self) -> None:
        if "posted_at" in self.chosen or "posted_at" in self.settled:
            return
        found = [
            candidate("posted_at", sample, f"{name} holds times", self.context)
            for name, sample in self.samples.items()
            if not self._is_used(name) and could_be_post_time(name) and _may_hold_times(sample)
        ]
        usable = [one for one in found if not one.blocked and one.time and one.time.plausible >= 0.95]
        if usable:
            self._keep(min(usable, key=_reluctance))
            return
        reasons = [message for one in self.refused.get("posted_at", []) for message in one.messages("block")]
        reasons += [message for one in found for message in one.messages("block") if "--date-format" in message]
        if any("--date-format" in reason for reason in reasons):
            self.problems.append(next(reason for reason in reasons if "--date-format" in reason))
        else:
            told = f" {reasons[0]}" if reasons else ""
            self.problems.append(f"No timestamp column.{told} Add --map posted_at={self._likely(_TIME_WORDS)}.")

    def _find_account(self) -> None:
        if "account_id" in self.chosen or "account_id" in self.settled:
            return
        refused = [one for one in self.refused.get("account_id", []) if "ids were" in " ".join(one.messages("block"))]
        handle = self.chosen.get("handle") or self._account_by_words()
        if handle:
            checks: tuple[Check, ...] = ()
            if refused:
                lost = refused[0].messages("block")[0]
                checks = (Check("ask", f"{lost} Column {refused[0].choice.column} is not used; the handle is."),)
            self.chosen["account_id"] = replace(
                handle, field="account_id", why="no usable id: the handle stands for the account", checks=checks
            )
        elif refused and "a few digits" not in refused[0].messages("block")[0]:
            self._keep(_despite(refused[0]))
        else:
            told = f" {refused[0].messages('block')[0]}" if refused else ""
            self.problems.append(f"No account column.{told} Add --map account_id={self._likely(_ACCOUNT_WORDS)}.")

    def _account_by_words(self) -> ColumnChoice | None:
        for name, sample in self.samples.items():
            said = any(word in normalised_name(name) for word in _ACCOUNT_WORDS)
            short = all(len(text) <= 80 for text in filled_texts(sample))
            if said and short and not self._is_used(name) and distinct(sample) > 1 and not is_numeric(sample):
                found = candidate("handle", sample, f"the name {name} suggests an account", self.context)
                if not found.blocked:
                    return found.choice
        return None

    def _likely(self, words: Sequence[str]) -> str:
        free = [name for name in self.samples if not self._is_used(name)]
        return next((name for name in free if any(word in normalised_name(name) for word in words)), "COLUMN")

    # What follows from the choices

    def _find_post_id(self) -> None:
        if "post_id" in self.settled:
            return
        self._drop_contradicted_id()
        if "post_id" in self.chosen:
            return
        url = self.chosen.get("url")
        lost = [one for one in self.refused.get("post_id", []) if one.messages("block")]
        about = f"{lost[0].messages('block')[0]} Column {lost[0].choice.column} is not used" if lost else ""
        if url and url.column and has_status_ids(self.samples[url.column]):
            sql = rf"nullif(regexp_extract({quoted(url.column)}, '/status(?:es)?/(\d+)', 1), '')"
            checks = (Check("ask", f"{about}; the id in the link of the post is."),) if lost else ()
            self.chosen["post_id"] = ColumnChoice("post_id", url.column, sql, "the id in the link of the post", checks)
        elif lost:
            self.warnings.append(f"post_id: {about}; posts are told apart by account, time and text.")

    def _drop_contradicted_id(self) -> None:
        choice, time = self.chosen.get("post_id"), self.chosen.get("posted_at")
        account = self.chosen.get("account_id")
        if not (choice and choice.column and time and account and account.column in self.samples):
            return
        ids = self.samples[choice.column]
        wrong = contradictions(ids, [self.samples[account.column], self.samples[time.column]])
        if wrong > 0.01 * max(1, distinct(ids)):
            del self.chosen["post_id"]
            message = f"{wrong:,} ids stand at several accounts or times: these are not ids of posts."
            refusal = replace(choice, checks=(Check("block", message),))
            self.refused.setdefault("post_id", []).append(Candidate(refusal))

    def _find_platform(self) -> None:
        if "platform" in self.chosen or "platform" in self.settled:
            return
        self._guess("platform")
        if "platform" in self.chosen:
            return
        url = self.chosen.get("url")
        platform = permalink_platform(self.samples[url.column]) if url and url.column else None
        if platform:
            self._constant("platform", platform, f"the links of the posts lead to {platform}")
        elif any("tweet" in name.lower() for name in self.samples):
            self._constant("platform", "x", "the columns speak of tweets")
        elif any(self._has_short_links(field) for field in ("text", "links")):
            self._constant("platform", "x", "many posts hold t.co links, which only X makes")

    def _has_short_links(self, field: str) -> bool:
        choice = self.chosen.get(field)
        if not choice or choice.column not in self.samples:
            return False
        return share_containing(self.samples[choice.column], "//t.co/") >= _SHORT_LINK_SHARE

    def _find_reposts(self) -> None:
        if "is_repost" in self.chosen or "is_repost" in self.settled:
            return
        original = self.chosen.get("repost_of")
        if original and original.column in self.samples and filled_texts(self.samples[original.column]):
            sql = f"({original.expression}) IS NOT NULL"
            why = "the id of another post is given"
            self.chosen["is_repost"] = ColumnChoice("is_repost", original.column, sql, why)

    def _note_repeats(self) -> None:
        choice = self.chosen.get("post_id")
        repeated = repeats(self.samples[choice.column]) if choice and choice.column in self.samples else 0
        if repeated and choice:
            message = f"{repeated:,} rows repeat an id: rows with the same id are read as one post."
            self.chosen["post_id"] = replace(choice, checks=(*choice.checks, Check("ok", message)))

    def _keep_raw_time(self) -> None:
        time = self.chosen.get("posted_at")
        if time is None or time.column not in self.samples or "posted_at_raw" in self.settled | set(self.chosen):
            return
        if not self.samples[time.column].sql_type.upper().startswith(("TIMESTAMP", "DATE")):
            why = "kept as it is written"
            self.chosen["posted_at_raw"] = ColumnChoice(
                "posted_at_raw", time.column, raw_time_expression(time.column), why
            )


def _reluctance(found: Candidate) -> tuple[int, int]:
    """Rank usable candidates: the fewest doubts first; for times, a time of day counts most and a zone nothing."""
    if found.time is None:
        return (0, found.doubts)
    unread = sum("cannot be read" in text or "lie before" in text for text in found.messages("ask"))
    return (int(found.time.dates_only), unread)


def _despite(found: Candidate) -> Candidate:
    """Turn what speaks against a candidate into warnings, because there is nothing better."""
    checks = tuple(replace(one, level="ask") if one.level == "block" else one for one in found.choice.checks)
    return Candidate(replace(found.choice, checks=checks), found.time)


def _may_hold_times(sample: ColumnSample) -> bool:
    texts = filled_texts(sample)[:50]
    if not texts or any(len(text) > 40 for text in texts):
        return False
    said = any(word in normalised_name(sample.name) for word in _TIME_WORDS)
    return said or all(any(mark in text for mark in "-/.:") and text[:2].strip().isdigit() for text in texts)


def _nearest(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f" Did you mean {near[0]!r}?" if near else ""
