"""The sentences of a report: plain, and never more than was measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from undazzle.model import format_duration
from undazzle.publish.report.facts import Activity, NetworkFacts, Overview, Packed, Provenance
from undazzle.publish.report.tested import explained_sentence
from undazzle.publish.report.text import number, plural
from undazzle.results.surprise import chance_words, odds_words


@dataclass(frozen=True, slots=True)
class KindWords:
    """How one kind of trace reads: what accounts did, and the noun of its item."""

    did: str
    item: str
    items: str


_KINDS = {
    "link": KindWords("posted the same links", "link", "links"),
    "domain": KindWords("posted links to the same sites", "site", "sites"),
    "repost": KindWords("reposted the same posts", "reposted post", "reposted posts"),
    "quote": KindWords("quoted the same posts", "quoted post", "quoted posts"),
    "reply": KindWords("replied to the same posts", "answered post", "answered posts"),
    "mention": KindWords("mentioned the same accounts", "mentioned account", "mentioned accounts"),
    "hashtag": KindWords("used the same hashtags", "hashtag", "hashtags"),
    "hashtag_sequence": KindWords("used the same hashtags in the same order", "hashtag sequence", "hashtag sequences"),
    "text": KindWords("posted the same text", "text", "texts"),
    "near_text": KindWords("posted nearly the same text", "near-identical text", "near-identical texts"),
    "image": KindWords("posted the same images", "image", "images"),
    "video": KindWords("posted the same videos", "video", "videos"),
    "object": KindWords("shared the same objects", "object", "objects"),
}


def words_of(kind: str) -> KindWords:
    """Return how a kind of trace reads; unknown kinds read by their own name."""
    plain = kind.replace("_", " ")
    return _KINDS.get(kind, KindWords(f"shared the same items ({plain})", f"{plain} item", f"{plain} items"))


def joined(parts: Sequence[str], last: str = "and") -> str:
    """Return parts as a list in words.

    Examples
    --------
    >>> joined(["links", "images", "texts"])
    'links, images and texts'
    """
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def window_words(seconds: float) -> str:
    """Return a window as the finding says it.

    Examples
    --------
    >>> window_words(60), window_words(3600), window_words(0)
    ('within 60 seconds of each other', 'within 1 hour of each other', 'in the same second')
    """
    if seconds == 0:
        return "in the same second"
    if seconds < 1:
        return f"within {seconds * 1000:g} milliseconds of each other"
    amount, _, unit = format_duration(seconds).partition(" ")
    names = {"s": "second", "min": "minute", "h": "hour", "day": "day", "days": "day"}
    noun = names[unit]
    return f"within {amount} {noun}{'' if amount == '1' else 's'} of each other"


def deeds(kinds: Sequence[str]) -> str:
    """Return what accounts did alike, in words.

    Examples
    --------
    >>> deeds(["link", "repost"])
    'posted the same links or reposted the same posts'
    """
    posted = [words_of(kind).did.removeprefix("posted the same ") for kind in kinds]
    if len(kinds) > 1 and all(words_of(kind).did.startswith("posted the same ") for kind in kinds):
        return f"posted the same {joined(posted, 'or')}"
    if len(kinds) > 3:
        return f"shared the same things ({joined([words_of(kind).items for kind in kinds])})"
    return joined([words_of(kind).did for kind in kinds], "or")


def finding(overview: Overview, co_actions: int, days: int) -> str:
    """Return the finding without its comparison to chance; what explains it stands first.

    Parameters
    ----------
    overview
        The network.
    co_actions
        Co-actions counted.
    days
        Days (UTC) with at least one co-action.
    """
    counted = (
        f"{plural(overview.members, 'account')} {deeds(overview.kinds)} {window_words(overview.time_window)} "
        f"{plural(co_actions, 'time')} on {plural(days, 'day')}."
    )
    return f"{overview.explained_by}: {counted}" if overview.explained_by else counted


def chance(overview: Overview) -> str:
    """Return the sentence that sets the count against chance, or says that nobody did."""
    if overview.is_closed:
        return "Whether the timing is more than chance cannot be tested: nobody else shares these things."
    if overview.expected is None:
        return "How often chance would do that was not computed."
    facts = {name: getattr(overview, name) for name in ("co_actions", "expected", "open_co_actions", "open_expected")}
    return chance_words(facts)


def rounded(value: float) -> str:
    """Return a computed value with two meaningful digits.

    Examples
    --------
    >>> rounded(9.13), rounded(0.0213), rounded(1234.4)
    ('9.1', '0.021', '1,234')
    """
    if value >= 100:
        return number(value)
    return f"{value:.1f}" if value >= 1 else f"{value:.2g}"


def standfirst(facts: NetworkFacts, resolution: float) -> str:
    """Return the sentences under the finding; an ordinary explanation and a coarse clock are told first.

    Parameters
    ----------
    facts
        The network.
    resolution
        Clock of the data, seconds.
    """
    parts = []
    if facts.overview.expected is not None and not facts.overview.explained_by:
        parts.append(odds_words(facts.overview.p_value))
    if sentence := explained_sentence(facts.tested, facts.overview.explained_by):
        parts.append(sentence)
    if note := clock_note(resolution, facts.overview.time_window):
        parts.append(note)
    groups = len(facts.groups)
    if groups > 1:
        parts.append(f"The accounts fall into {_small(groups)} groups that mostly acted among themselves.")
    if facts.overview.is_closed:
        parts.append(
            "The accounts were found by what they share, not by when: people with an interest of their own look alike."
        )
    elif facts.overview.expected is None:
        parts.append(
            "The network was found with thresholds alone: that is a place to look, not evidence of coordination."
        )
        if not facts.tested:
            parts.append("No innocent explanation has been tested.")
    parts.append("This report does not say who ran the accounts, or why.")
    return " ".join(part for part in parts if part)


def _small(count: int) -> str:
    words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    return words[count] if count < len(words) else number(count)


def what_happened(facts: NetworkFacts) -> str:
    """Return the first box: counts only."""
    items = joined([words_of(kind).items for kind in facts.overview.kinds])
    days = facts.overview.days
    span = facts.activity.span_days
    when = f"on {days} of {plural(span, 'day')}" if days < span else f"on {plural(days, 'day')}"
    text = (
        f"{plural(facts.co_actions, 'co-action')} between {plural(len(facts.pairs), 'pair')} of accounts, {when}, "
        f"on {number(facts.item_count)} {items if facts.item_count != 1 else words_of(facts.overview.kinds[0]).item}."
    )
    if facts.items:
        share = facts.items[0].co_actions / max(1, facts.co_actions)
        text += f" The largest holds {share:.0%} of them."
    return text


def how_we_know(facts: NetworkFacts, parameters: dict[str, object]) -> str:
    """Return the second box: what was counted and how the network was cut out."""
    items = joined([words_of(kind).item for kind in facts.overview.kinds], "or")
    if parameters.get("method") == "calibrated":
        return f"{_held_out_words(facts.overview)} Both posts of every co-action stand side by side below."
    text = (
        f"Every two posts of different accounts with the same {items}, at most "
        f"{format_duration(facts.overview.time_window)} apart, were counted."
    )
    kept = []
    if parameters.get("min_participation"):
        kept.append(f"min_participation {parameters['min_participation']}")
    if parameters.get("edge_weight") is not None:
        kept.append(f"edge_weight {parameters['edge_weight']}")
    if kept:
        text += f" Pairs above the thresholds ({', '.join(kept)}) were kept and grouped."
    return text + " Both posts stand side by side below."


def _held_out_words(overview: Overview) -> str:
    half = (
        "What was shared was dealt into two halves. A group found on one half is tested on the other, which took no "
        "part; found on both, it is tested on both."
    )
    beyond = "that nobody else shares these things" if overview.is_closed else "more meetings than chance gives"
    return (
        f"{half} In its test the group in which these accounts were found showed {beyond}. It may be larger than this "
        "network: each account named passed a test of its own."
    )


def what_we_do_not_know(facts: NetworkFacts) -> str:
    """Return the third box."""
    first = "Who"
    if facts.overview.is_closed:
        first = "Whether the timing is unusual (nobody else shares these items, so there is nothing to compare); who"
    elif facts.overview.expected is None:
        first = "How often this happens by chance among accounts this active; who"
    return (
        f"{first} controls the accounts, one person or many; whether an app, a newsroom, a community or a chat "
        "explains it; what happened outside these files."
    )


def clock_note(resolution: float, window: float) -> str:
    """Return a warning where the clock of the data is coarser than a second, else an empty text.

    Parameters
    ----------
    resolution
        Smallest step of the times in the data, seconds.
    window
        The time window, seconds.
    """
    if resolution < 2:
        return ""
    step = {60.0: "whole minutes", 3600.0: "whole hours", 86400.0: "whole days"}.get(
        resolution, f"steps of {format_duration(resolution)}"
    )
    really = format_duration(window + resolution)
    return (
        f"Times in this data are given in {step}, so a window of {format_duration(window)} can really cover {really}."
    )


def gap_words(gap: float, resolution: float) -> str:
    """Return a gap as exact as the clock allows.

    Examples
    --------
    >>> gap_words(4, 1), gap_words(0, 60), gap_words(60, 60), gap_words(0, 1), gap_words(5400, 1)
    ('4 s', 'same minute', '1 min', 'same second', '90 min')
    """
    if resolution >= 2 and gap < resolution:
        return {60.0: "same minute", 3600.0: "same hour", 86400.0: "same day"}.get(resolution, "same time")
    if gap == 0:
        return "same second"
    if gap == 60 and resolution >= 60:
        return "1 min"
    return format_duration(round(gap, 3))


def timeline_title(activity: Activity) -> str:
    """Return the heading of the bars: what the counts show, nothing more."""
    filled = [count for _, count in activity.buckets if count]
    if filled and activity.expected:
        above = sum(n > value for n, value in zip(activity.met, activity.expected, strict=True))
        met = sum(bool(n) or value >= 0.5 for n, value in zip(activity.met, activity.expected, strict=True))
        return f"More than chance would give on {above} of {plural(met, activity.bucket)}"
    total = sum(filled)
    if not filled:
        return "No co-actions"
    if len(filled) == 1:
        return f"All co-actions fall in one {activity.bucket}"
    top = sum(sorted(filled, reverse=True)[:3])
    if len(filled) > 6 and top >= total / 2:
        return f"Three {activity.bucket}s hold {top / total:.0%} of all co-actions"
    return f"The co-actions fall on {len(filled)} of {plural(len(activity.buckets), activity.bucket)}"


def limitations(facts: NetworkFacts, provenance: Provenance) -> list[str]:
    """Return what could be wrong with the finding."""
    kinds = joined([words_of(kind).items for kind in facts.overview.kinds])
    found = []
    if facts.overview.is_closed:
        found.append(
            "Chance was computed for the choice of items only, beside activity. A small community with its own topic "
            "chooses alike too, and timing cannot tell it apart."
        )
    elif facts.overview.expected is None:
        found.append(
            "No comparison with chance was made. Busy accounts and popular items meet often by themselves; "
            "thresholds do not correct for that."
        )
    else:
        found += [
            "Half of the things shared helped to find the accounts, so a count over all of them flatters the network. "
            "The test on what was kept back does not.",
            "Beyond chance says that the timing is no luck. It does not say that anybody is dishonest: friends, shops, "
            "newsrooms and software keep time together as well.",
        ]
    found.append(
        f"Only {kinds} on {plural(len(provenance.platforms) or 1, 'platform')} were compared in this network. "
        "What the accounts did otherwise is not in it."
    )
    found.append(
        "One item posted by five accounts in one window counts ten co-actions, one for every two posts. "
        "Large numbers can come from few occasions; the table of items shows how many."
    )
    if note := clock_note(provenance.resolution, facts.overview.time_window):
        found.append(note)
    if any(source.rejected for source in provenance.sources):
        rejected = sum(source.rejected for source in provenance.sources)
        found.append(f"{plural(rejected, 'row')} of the input could not be read and took no part (see Method).")
    found.append(
        "Deleted posts, and posts nobody collected, are missing. The first post here is the first in this data."
    )
    found.append("The picture’s positions and the groups’ colours help reading. They are no finding of their own.")
    return found


def picture_title(facts: NetworkFacts) -> str:
    """Return the heading of the picture."""
    if len(facts.groups) < 2:
        return f"{plural(len(facts.members), 'account')}, {plural(len(facts.pairs), 'pair')}"
    group_of = {member.row: member.group for member in facts.members}
    across = sum(pair.co_actions for pair in facts.pairs if group_of[pair.a] != group_of[pair.b])
    share = f"{across / max(1, facts.co_actions):.0%}"
    return f"{_small(len(facts.groups)).capitalize()} groups; {share} of co-actions cross them"


def strips_title(facts: NetworkFacts) -> str:
    """Return the heading of the strips: the share of the accounts' posts that took part."""
    hits, posts = sum(one.posts_in for one in facts.members), sum(one.posts for one in facts.members)
    return f"{number(hits)} of the accounts’ {plural(posts, 'post')} took part in a co-action"


def tick_words(activity: Activity) -> str:
    """Return the time one tick of the strips stands for."""
    seconds = (activity.stop - activity.start).total_seconds() / activity.bins
    if seconds >= 5400:
        return f"about {seconds / 3600:.0f} hours"
    return f"about {seconds / 60:.0f} minutes" if seconds >= 90 else f"about {seconds:.0f} seconds"


def evidence_extent(facts: NetworkFacts, packed: Packed, cards: int) -> str:
    """Return how much of the evidence the file holds, and how to see the rest.

    Parameters
    ----------
    facts
        The network.
    packed
        The evidence block.
    cards
        Pairs whose posts stand in the page as text.
    """
    everything = f"undazzle evidence WS network:{facts.overview.network_id}"
    shown = f"{plural(cards, 'pair')} of {number(len(facts.pairs))}"
    text = f"Readable as it stands: {shown}, the strongest of every group first. "
    if not packed.pairs:
        return text + f"The rest did not fit into this file: {everything}"
    if packed.co_actions == facts.co_actions:
        return text + f"All {plural(facts.co_actions, 'co-action')} are in this file and open with a script."
    if packed.pairs == len(facts.pairs):
        return text + (
            f"The closest co-actions of every pair ({number(packed.co_actions)} of {number(facts.co_actions)}) are in "
            f"this file and open with a script. All of them: {everything}"
        )
    return text + (
        f"The closest co-action of the {number(packed.pairs)} strongest pairs is in this file and opens with a script; "
        f"more did not fit. All of them: {everything}"
    )
