"""What every column of a result table is called for a reader, and what it means.

Notebook tooltips, exports and documentation take their words from here; column names stay what they are.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ColumnWords:
    """The label of a column for a reader, and one sentence on what it holds."""

    label: str
    description: str


_W = ColumnWords

COLUMN_WORDS: dict[str, ColumnWords] = {
    "account_id": _W("Account", "Platform and the platform's id of the account."),
    "account_a": _W("Account A", "Platform and id of the first account of the pair."),
    "account_b": _W("Account B", "Platform and id of the second account of the pair."),
    "handle": _W("Handle", "Handle of the account as last observed."),
    "handle_a": _W("Handle A", "Handle of the first account."),
    "handle_b": _W("Handle B", "Handle of the second account."),
    "display_name": _W("Name", "Name shown for the account as last observed."),
    "platform": _W("Platform", "Platform of the account."),
    "network": _W("Network", "Number of the network in its run, for commands."),
    "name": _W("Name", "Name of the network, made from its members."),
    "members": _W("Members", "Accounts in the network."),
    "pairs": _W("Pairs", "Pairs of accounts that hold the network together."),
    "partners": _W("Partners", "Members of the network this account acted together with."),
    "co_actions": _W("Co-actions", "Pairs of posts in which two accounts did the same within the window."),
    "items": _W("Items", "Distinct things shared in these co-actions."),
    "posts": _W("Posts", "Posts of the account in the workspace."),
    "posts_in_co_actions": _W("Posts in co-actions", "Posts of the account that are part of a co-action."),
    "posts_a": _W("Posts A", "Distinct posts of account A in the co-actions of the pair."),
    "posts_b": _W("Posts B", "Distinct posts of account B in the co-actions of the pair."),
    "days": _W("Days", "Different days (UTC) with a co-action."),
    "kind": _W("Kind", "Kind of trace: what sort of thing was shared."),
    "kinds": _W("Kinds", "Kinds of trace among the co-actions."),
    "item": _W("Item", "The thing both accounts shared."),
    "time_window": _W("Window", "Largest gap between two posts of a co-action, in seconds."),
    "gap_seconds": _W("Gap", "Seconds between the two posts."),
    "mean_gap_seconds": _W("Mean gap", "Mean of the seconds between the two posts."),
    "weight": _W("Weight", "Strength as computed by the method of the run."),
    "expected": _W("Expected", "Co-actions expected by chance; empty where not computed."),
    "p_value": _W("p", "Probability of at least as many by chance; empty where not computed."),
    "q_value": _W("q", "The p-value corrected for many tests; empty where not computed."),
    "leave_one_out_p": _W("Leave-one-out p", "p-value of the member against the rest; empty if not computed."),
    "leave_one_out_q": _W("Leave-one-out q", "The same, corrected for all members that were tested."),
    "is_certified": _W("Certified", "Whether the member passed its own test; empty if not tested."),
    "is_taken_in": _W("Taken in", "Tested beside the network when it stood already, on all items instead of half."),
    "held_out_items": _W(
        "Held-out items", "Items that took no part in finding the group behind it, and on which that group met."
    ),
    "held_out_expected": _W("Expected, held out", "The same number expected by chance, on held-out items."),
    "open_co_actions": _W("On shared things", "Co-actions on items that others share too."),
    "open_expected": _W("Chance there", "Co-actions expected by chance on items that others share too."),
    "held_out_days": _W("Held-out days", "Days on which that group met on held-out items."),
    "held_out_observed": _W("Observed, held out", "Co-actions of that group on held-out items that others share too."),
    "own_accounts": _W("Tested alone", "Accounts tested without others of the group in which they were found."),
    "own_items": _W("Items, alone", "Items on which these met, on the half that took no part in finding them."),
    "own_days": _W("Days, alone", "Days on which they met there."),
    "own_observed": _W("Observed, alone", "Their co-actions there on items that others share too."),
    "own_expected": _W("Expected, alone", "Such co-actions expected by chance."),
    "own_least_ratio": _W("Times chance, at least", "Lower end of a one-sided 95 % interval over items."),
    "own_p": _W("p, alone", "Probability of as many by chance."),
    "own_q": _W("q, alone", "The same, corrected for all networks of the run."),
    "held_out_open_items": _W("Open items", "Held-out items that others share too: what timing can test."),
    "held_out_closed_items": _W("Closed items", "Held-out items that nobody else shares: not testable by timing."),
    "drop_best_item_p": _W("p without best item", "The p-value without the item that says most."),
    "drop_best_day_p": _W("p without best day", "The p-value without the day that says most."),
    "other_windows": _W("Other windows", "Further windows, in seconds, in which the network was confirmed."),
    "status": _W("Status", "confirmed; closed_content: not testable by timing; empty: a threshold network."),
    "activity_expected": _W("Expected by activity", "Items expected from how active both accounts are, and when."),
    "activity_p": _W("p by activity", "Probability of at least as many items by activity alone."),
    "strata": _W("Shuffled", "within_items: who shared what is kept; within_time: who was active when is kept."),
    "shuffle": _W("Copy", "Number of the shuffled copy."),
    "variant": _W("Repeated", "windows_halved, windows_doubled, half_the_data or another_seed."),
    "time_windows": _W("Windows", "Windows searched, in seconds."),
    "networks": _W("Networks", "Networks found."),
    "found_again": _W("Found again", "Networks of the run of which at least half of all accounts were the same."),
    "found_in_part": _W("Found in part", "Networks of the run of which at least a tenth were the same."),
    "not_found": _W("Not found", "Networks of the run that were not found again."),
    "shared_members": _W("Members there", "Members that stand in the most similar network there."),
    "members_there": _W("Its accounts", "Accounts of that network."),
    "jaccard": _W("Likeness", "Shared members as a share of all accounts of both, 0 to 1."),
    "topic": _W("Topic", "What kind of limit it is."),
    "what": _W("What", "What could not be tested."),
    "reason": _W("Why", "Why it could not be tested or done."),
    "in_network": _W("In a network", "Whether the pair holds a network together."),
    "first_at": _W("First (UTC)", "Time of the first post in a co-action, UTC."),
    "last_at": _W("Last (UTC)", "Time of the last post in a co-action, UTC."),
    "post_id": _W("Post", "Platform and the platform's id of the post."),
    "post_a": _W("Post A", "Id of the post of account A."),
    "post_b": _W("Post B", "Id of the post of account B."),
    "posted_at": _W("Posted (UTC)", "When it was posted, UTC."),
    "posted_at_a": _W("Posted A (UTC)", "When account A posted, UTC."),
    "posted_at_b": _W("Posted B (UTC)", "When account B posted, UTC."),
    "text": _W("Text", "Text of the post."),
    "text_a": _W("Text A", "Text of the post of account A."),
    "text_b": _W("Text B", "Text of the post of account B."),
    "url": _W("Link", "Permanent link of the post, if the file gave one; never fetched."),
    "url_a": _W("Link A", "Permanent link of the post of account A, if the file gave one."),
    "url_b": _W("Link B", "Permanent link of the post of account B, if the file gave one."),
    "language": _W("Language", "Language as the platform or collector names it."),
    "is_repost": _W("Repost", "Whether the post passes on another post unchanged."),
    "source_file": _W("Source file", "File the post was read from."),
    "source_row": _W("Source row", "Row of that file."),
    "starts_at": _W("From (UTC)", "Begin of the interval, UTC."),
    "accounts": _W("Accounts", "Different accounts in the interval."),
    "in_a": _W("In the first", "Whether the account is a member of the first network."),
    "in_b": _W("In the second", "Whether the account is a member of the second network."),
    "explained_by": _W("Explained by", "The innocent explanation that fits the network; empty where none does."),
    "explanation": _W("Explanation", "An ordinary reason why accounts act together."),
    "explanation_id": _W("Explanation id", "Name of the explanation in tables and settings."),
    "verdict": _W("Result", "fits, fits_in_part, does_not_fit or not_testable."),
    "figure": _W("Figure", "The deciding number, with its unit."),
    "would_see": _W("We would see", "What the data would show if it were so."),
    "seen": _W("We saw", "What was seen, or why it could not be tested."),
    "value": _W("Value", "The deciding number alone."),
    "control_value": _W("Others", "The same number among accounts outside the networks that are as active."),
    "n": _W("n", "What the number was counted over."),
    "summary": _W("Summary", "What was measured, in one sentence."),
}


def column_label(column: str) -> str:
    """Return the label of a column for a reader.

    Examples
    --------
    >>> column_label("gap_seconds"), column_label("something_else")
    ('Gap', 'Something else')
    """
    words = COLUMN_WORDS.get(column)
    return words.label if words else column.replace("_", " ").capitalize()


def column_description(column: str) -> str:
    """Return what a column holds, in one sentence (empty if it is none of ours)."""
    words = COLUMN_WORDS.get(column)
    return words.description if words else ""
