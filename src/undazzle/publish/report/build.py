"""Builds the report: collect, choose how much fits, draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from undazzle.casebook import Case
from undazzle.errors import TooLargeError
from undazzle.publish.report.activity import read_activity
from undazzle.publish.report.collect import (
    network_co_actions,
    pick_overview,
    read_members,
    read_overviews,
    read_pairs,
    with_groups,
)
from undazzle.publish.report.content import Content
from undazzle.publish.report.evidence import Card, make_card, pack_evidence, read_co_actions
from undazzle.publish.report.facts import NetworkFacts, Overview, Pair
from undazzle.publish.report.impact_facts import read_impact
from undazzle.publish.report.indicators import read_indicators
from undazzle.publish.report.judgements import read_judgements
from undazzle.publish.report.layout import find_groups, place
from undazzle.publish.report.looked import Posts
from undazzle.publish.report.narrative_facts import read_narratives
from undazzle.publish.report.network_svg import pictured_rows
from undazzle.publish.report.provenance import read_provenance, run_facts
from undazzle.publish.report.render import EXTENTS, Page, render
from undazzle.publish.report.target_facts import read_targets
from undazzle.publish.report.tested import read_tested
from undazzle.publish.report.trust import read_trust
from undazzle.publish.report.weighing import read_weights
from undazzle.store import RunRecord, Store, find_run

_ITEMS, _EXAMPLES, _CARD_TEXT = 8, 2, 600
_MOST_CARDS = 120
_CARD_SHARE = 0.2


def build_report(
    store: Store,
    run: RunRecord | int | str | None,
    network_id: int | None,
    *,
    mask: bool = True,
    max_bytes: int = 3_000_000,
    title: str | None = None,
    siblings: Mapping[int, str] | None = None,
    case: Case | None = None,
) -> str:
    """Return the finding report of a network as one HTML file.

    Reads ``networks``, ``members``, ``pairs``, ``co_actions``, ``posts``, ``accounts``, ``items``, ``traces``,
    ``trace_sets``, ``sources``, ``rejected_rows``, ``explanations``, ``indicators`` and the checks of the run.

    Parameters
    ----------
    store
        The workspace.
    run
        The run, or what ``find_run`` takes to find it.
    network_id
        The network; ``None`` gives the strongest one and a list of all networks of the run.
    mask
        Show ``account-07`` instead of handles, names and ids.
    max_bytes
        Largest size of the file, bytes of UTF-8. Evidence is given up before anything else.
    title
        A line of the author's own above the finding.
    siblings
        File names of reports of other networks by network id, to link to.
    case
        A case whose judgements on this network the report carries.

    Returns
    -------
    str
        The file's content. The same workspace and settings give the same bytes.

    Raises
    ------
    UnknownNameError
        If the run or the network does not exist.
    TooLargeError
        If not even the barest report fits into ``max_bytes``.
    """
    record = run if isinstance(run, RunRecord) else find_run(store, run)
    overviews = read_overviews(store, record.run_id)
    overview = pick_overview(overviews, network_id)
    page = Page(
        facts=None,
        run=run_facts(record),
        provenance=read_provenance(store),
        networks=overviews,
        siblings=siblings or {},
        summary=record.summary or {},
        title=title or "",
        extent=EXTENTS[0],
        shows_networks=network_id is None and len(overviews) > 1,
        is_run=network_id is None,
        trust=read_trust(store, record.run_id, record.method, overview.network_id if overview else None),
    )
    if overview is None:
        return render(page)
    with network_co_actions(store, record.run_id, overview):
        facts, content = _collect(store, record.run_id, overview, page.provenance.resolution, mask=mask)
        judged = read_judgements(case, record.input_fingerprint, (one.account_id for one in facts.members))
        page = replace(page, facts=facts, judgements=judged)
        page = _looked_at(store, page, content, (record.run_id, overview), mask=mask)
        return _fill(store, page, facts, content, max_bytes)


def _looked_at(store: Store, page: Page, content: Content, which: tuple[int, Overview], *, mask: bool) -> Page:
    """Return the page with what was computed beyond the network; nothing is computed for a report."""
    run_id, overview = which
    posts = Posts(store, content)
    return replace(
        page,
        indicators=read_indicators(store, run_id, overview.network_id, mask=mask),
        narratives=read_narratives(store, posts, run_id, overview.network_id),
        targets=read_targets(store, posts, run_id, overview.network_id),
        impact=read_impact(store, posts, run_id, overview.network_id),
    )


def _collect(
    store: Store, run_id: int, overview: Overview, resolution: float, *, mask: bool
) -> tuple[NetworkFacts, Content]:
    members, hide = read_members(store, run_id, overview, mask=mask)
    pairs = read_pairs(store, run_id, overview, members)
    groups, sizes = find_groups(len(members), pairs)
    grouped = with_groups(members, groups)
    content = Content(store, grouped, hide, is_masked=mask)
    tested = read_tested(store, run_id, overview.network_id)
    facts = NetworkFacts(
        overview=overview,
        members=grouped,
        groups=sizes,
        pairs=tuple(pairs),
        items=tuple(content.top_items(_ITEMS, _EXAMPLES)),
        item_count=content.item_count(),
        activity=read_activity(store, grouped, strips=EXTENTS[0].strips, network=(run_id, overview.network_id)),
        masked=mask,
        positions=place(pictured_rows(grouped), pairs),
        weights=() if tested else tuple(read_weights(store, grouped, hide, resolution)),
        tested=tested,
    )
    return facts, content


def _fill(store: Store, page: Page, facts: NetworkFacts, content: Content, max_bytes: int) -> str:
    cards = _cards(store, facts, content, _MOST_CARDS)
    for extent in EXTENTS:
        page = replace(page, extent=extent, cards=cards[: extent.cards])
        base = len(render(page).encode())
        if base <= 0.6 * max_bytes:
            break
    room = max(0, max_bytes - base - 4000)
    more = cards[page.extent.cards :] if len(facts.pairs) > page.extent.cards else []
    more_room = int(room * _CARD_SHARE) if more else 0
    packed = pack_evidence(store, facts, content, room - more_room)
    left = room - len(packed.block)
    while more:
        whole = render(page.with_evidence(packed, more))
        if len(whole.encode()) <= max_bytes:
            return whole
        grown = max(1, len(whole.encode()) - base - len(packed.block))
        more = more[: min(len(more) - 1, int(len(more) * 0.95 * left / grown))]
    whole = render(page.with_evidence(packed, []))
    if len(whole.encode()) > max_bytes:
        raise TooLargeError("The report", len(whole.encode()), max_bytes, "Allow a larger file.")
    return whole


def _cards(store: Store, facts: NetworkFacts, content: Content, count: int) -> list[Card]:
    """Return a card with the closest co-action for each of the strongest pairs."""
    wanted = {pair.number: pair for pair in _card_order(facts)[:count]}
    found = [one for one in read_co_actions(store, facts, per_pair=1) if one.pair in wanted]
    posts = content.posts(key for one in found for key in (one.post_a, one.post_b))
    labels = content.labels((one.kind, one.item_key) for one in found)
    made = {
        one.pair: make_card(
            wanted[one.pair], one, labels[one.kind, one.item_key], (posts[one.post_a], posts[one.post_b]), _CARD_TEXT
        )
        for one in found
    }
    return [made[number] for number in wanted if number in made]


def _card_order(facts: NetworkFacts) -> list[Pair]:
    """Return the pairs as cards show them: the strongest of every group first, so that no group goes unseen."""
    group_of = {member.row: member.group for member in facts.members}
    first: dict[int, Pair] = {}
    for pair in facts.pairs:
        if group_of[pair.a] == group_of[pair.b]:
            first.setdefault(group_of[pair.a], pair)
    leading = sorted(first.values(), key=lambda pair: pair.number)
    return leading + [pair for pair in facts.pairs if pair not in leading]
