"""What a post cannot do without: a time, an account, and an id that is really one."""

from __future__ import annotations

from dataclasses import replace

from undazzle.ingest.column_choices import Candidate, candidate
from undazzle.ingest.columns import Check, ColumnChoice, ColumnSample
from undazzle.ingest.name_hints import could_be_post_time, normalised_name
from undazzle.ingest.plan_draft import Draft
from undazzle.ingest.sample_table import quoted
from undazzle.ingest.value_checks import (
    Rounding,
    contradictions,
    distinct,
    filled_texts,
    has_status_ids,
    id_rounding,
    is_numeric,
    repeats,
)

_TIME_WORDS = ("time", "date", "stamp", "day", "when", "epoch", "zeit", "datum", "fecha", "heure")
_ACCOUNT_WORDS = ("author", "user", "account", "channel", "page", "screen", "handle", "sender", "actor", "poster")
_DATE_FORMAT = "--date-format"
_MOSTLY_TIMES = 0.95  # a column found by its values alone must hold hardly anything else


def find_time(draft: Draft) -> None:
    """Look for the time of posts in columns whose names say nothing, or say what is missing."""
    if not draft.is_open("posted_at"):
        return
    found = [
        candidate("posted_at", draft.samples[name], f"{name} holds times", draft.context)
        for name in draft.free_columns()
        if could_be_post_time(name) and _may_hold_times(draft.samples[name])
    ]
    usable = [one for one in found if not one.blocked and one.time and one.time.plausible >= _MOSTLY_TIMES]
    if draft.keep_best(usable):
        return
    reasons = draft.objections("posted_at")
    reasons += [message for one in found for message in one.messages("block") if _DATE_FORMAT in message]
    undecided = next((reason for reason in reasons if _DATE_FORMAT in reason), None)
    told = f" {reasons[0]}" if reasons else ""
    missing = f"No timestamp column.{told} Add --map posted_at={draft.likely_column(_TIME_WORDS)}."
    draft.problems.append(undecided or missing)


def _may_hold_times(sample: ColumnSample) -> bool:
    texts = filled_texts(sample)[:50]
    if not texts or any(len(text) > 40 for text in texts):
        return False
    said = any(word in normalised_name(sample.name) for word in _TIME_WORDS)
    return said or all(any(mark in text for mark in "-/.:") and text[:2].strip().isdigit() for text in texts)


def find_account(draft: Draft) -> None:
    """Let the handle stand for the account where there is no usable id, or say what is missing."""
    if not draft.is_open("account_id"):
        return
    lost = [one for one in draft.refused.get("account_id", []) if _rounding(draft, one) is not Rounding.NONE]
    handle = draft.chosen.get("handle") or _account_by_words(draft)
    if handle:
        checks: tuple[Check, ...] = ()
        if lost:
            message = f"{lost[0].messages('block')[0]} Column {lost[0].choice.column} is not used; the handle is."
            checks = (Check("ask", message),)
        why = "no usable id: the handle stands for the account"
        draft.chosen["account_id"] = replace(handle, field="account_id", why=why, checks=checks)
    elif lost and _rounding(draft, lost[0]) is Rounding.FLOAT:
        draft.keep_despite(lost[0])
    else:
        told = f" {lost[0].messages('block')[0]}" if lost else ""
        draft.problems.append(f"No account column.{told} Add --map account_id={draft.likely_column(_ACCOUNT_WORDS)}.")


def _rounding(draft: Draft, refused: Candidate) -> Rounding:
    return id_rounding(draft.samples[refused.choice.column])


def _account_by_words(draft: Draft) -> ColumnChoice | None:
    for name in draft.free_columns():
        sample = draft.samples[name]
        said = any(word in normalised_name(name) for word in _ACCOUNT_WORDS)
        short = all(len(text) <= 80 for text in filled_texts(sample))
        if said and short and distinct(sample) > 1 and not is_numeric(sample):
            found = candidate("handle", sample, f"the name {name} suggests an account", draft.context)
            if not found.blocked:
                return found.choice
    return None


def settle_post_id(draft: Draft) -> None:
    """Drop ids that are none, take the id in the link of the post instead, and say what repeats."""
    if "post_id" in draft.settled:
        return
    _drop_contradicted(draft)
    if "post_id" not in draft.chosen:
        _id_from_link(draft)
    ids = draft.sample_of("post_id")
    repeated = repeats(ids) if ids and draft.chosen["post_id"].column == ids.name else 0
    if repeated:
        message = f"{repeated:,} rows repeat an id: rows with the same id are read as one post."
        choice = draft.chosen["post_id"]
        draft.chosen["post_id"] = replace(choice, checks=(*choice.checks, Check("ok", message)))


def _drop_contradicted(draft: Draft) -> None:
    ids, account, time = (draft.sample_of(field) for field in ("post_id", "account_id", "posted_at"))
    if ids is None or account is None or time is None:
        return
    wrong = contradictions(ids, [account, time])
    if wrong > 0.01 * max(1, distinct(ids)):
        choice = draft.chosen.pop("post_id")
        message = f"{wrong:,} ids stand at several accounts or times: these are not ids of posts."
        refusal = Candidate(replace(choice, checks=(Check("block", message),)))
        draft.refused.setdefault("post_id", []).append(refusal)


def _id_from_link(draft: Draft) -> None:
    lost = [one for one in draft.refused.get("post_id", []) if one.messages("block")]
    about = f"{lost[0].messages('block')[0]} Column {lost[0].choice.column} is not used" if lost else ""
    links = draft.sample_of("url")
    if links and has_status_ids(links):
        sql = rf"nullif(regexp_extract({quoted(links.name)}, '/status(?:es)?/(\d+)', 1), '')"
        checks = (Check("ask", f"{about}; the id in the link of the post is."),) if lost else ()
        draft.chosen["post_id"] = ColumnChoice("post_id", links.name, sql, "the id in the link of the post", checks)
    elif lost:
        draft.warnings.append(f"post_id: {about}; posts are told apart by account, time and content.")
