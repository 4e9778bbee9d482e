"""Facts → one HTML file: byte budget, content security policy, templates."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from undazzle.publish.masking import LIMITS
from undazzle.publish.report import charts_svg, downloads, network_svg, run_words, text, wording
from undazzle.publish.report.evidence import Card
from undazzle.publish.report.explanations import innocent_explanations
from undazzle.publish.report.facts import NOTHING_PACKED, NetworkFacts, Overview, Packed, Provenance, RunFacts
from undazzle.publish.report.impact_facts import NOT_MEASURED, ImpactFacts
from undazzle.publish.report.indicators import IndicatorRow, indicators_chart, indicators_sentence
from undazzle.publish.report.judgements import JudgementView, open_rungs
from undazzle.publish.report.narrative_facts import NOT_GROUPED, NarrativesFacts
from undazzle.publish.report.sections import report_sections
from undazzle.publish.report.target_facts import NOT_COUNTED, TargetsFacts
from undazzle.publish.report.trust import NOTHING_CHECKED, TrustFacts
from undazzle.publish.report.view import View, filters

MOST_NETWORKS = 400
MOST_WARNINGS = 100


@dataclass(frozen=True, slots=True)
class Extent:
    """How much of everything a page shows."""

    cards: int
    pair_rows: int
    member_rows: int
    strips: int
    has_live_picture: bool
    link_bytes: int


# From generous to bare: the first that leaves room for evidence is taken.
EXTENTS = (
    Extent(8, 600, 500, 48, True, 250_000),
    Extent(8, 300, 300, 36, True, 120_000),
    Extent(6, 100, 120, 24, True, 40_000),
    Extent(4, 60, 60, 12, False, 10_000),
    Extent(1, 8, 10, 4, False, 0),
)


@dataclass(frozen=True)
class Page:
    """Everything a page is drawn from."""

    facts: NetworkFacts | None
    run: RunFacts
    provenance: Provenance
    networks: Sequence[Overview]
    siblings: Mapping[int, str]
    summary: Mapping[str, Any]
    title: str
    extent: Extent
    shows_networks: bool
    is_run: bool = False
    trust: TrustFacts = NOTHING_CHECKED
    indicators: Sequence[IndicatorRow] = ()
    judgements: Sequence[JudgementView] = ()
    narratives: NarrativesFacts = NOT_GROUPED
    targets: TargetsFacts = NOT_COUNTED
    impact: ImpactFacts = NOT_MEASURED
    cards: Sequence[Card] = ()
    more_cards: Sequence[Card] = ()
    packed: Packed = NOTHING_PACKED

    def with_evidence(self, packed: Packed, more_cards: Sequence[Card]) -> Page:
        """Return the page with its evidence block and further cards."""
        return replace(self, packed=packed, more_cards=more_cards)


@cache
def asset(name: str) -> str:
    """Return the text of a file in ``publish/assets``."""
    return files("undazzle.publish").joinpath("assets", name).read_text("utf-8")


@cache
def _environment() -> Environment:
    """Return the one environment: compiling the templates takes longer than all the rest of a page.

    Filters are looked up by name when a template runs, so each page brings its own.
    """
    loader = PackageLoader("undazzle.publish.report")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=False)


def render(page: Page) -> str:
    """Return the whole page.

    Parameters
    ----------
    page
        What to draw.
    """
    view = View(page.facts, page.provenance) if page.facts else None
    environment = _environment()
    environment.filters.update({"command": str} | filters(view, page.provenance))
    styles = ["tokens.css", "components.css", "report.css", *(["judgement.css"] if page.judgements else [])]
    css = "".join(asset(name) for name in styles)
    graph = asset("graph.min.js") if page.facts and page.extent.has_live_picture else ""
    script = asset("report.js") if page.facts else ""
    context = _page_context(page, css, graph, script) | (_network_context(page, view) if view else {})
    return environment.get_template("report.html.j2").render(context)


def _list_context(page: Page) -> dict[str, Any]:
    networks = page.networks[:MOST_NETWORKS]
    return {
        "networks": networks,
        "network_groups": run_words.grouped(networks),
        "network_sentence": run_words.network_sentence,
        "any_expected": any(one.expected is not None for one in networks),
        "any_explained": any(one.explained_by for one in networks),
        "networks_most": max((one.co_actions for one in networks), default=1) or 1,
        "networks_cut": len(page.networks) if len(page.networks) > len(networks) else 0,
        "siblings": {number: _local(link) for number, link in page.siblings.items()},
    }


def _page_context(page: Page, css: str, graph: str, script: str) -> dict[str, Any]:
    facts = page.facts
    platforms = page.provenance.platforms
    finding = _finding(page)
    return _list_context(page) | {
        "css": text.as_markup(css),
        "graph_js": text.as_markup(graph),
        "report_js": text.as_markup(script),
        "csp": _policy([css], [one for one in (graph, script) if one]),
        "page_title": f"{facts.overview.name}: {finding} Finding report" if facts else f"{finding} Finding report",
        "title": text.clean(page.title)[:200],
        "finding": finding,
        "run": page.run,
        "provenance": page.provenance,
        "platforms": wording.joined([text.platform_name(one) for one in platforms[:6]]) or "an unnamed platform",
        "standfirst": _standfirst(page),
        "sections": report_sections(page.facts, page.run, shows_networks=page.shows_networks),
        "short_period": text.short_period,
        "period": text.period,
        "icons": network_svg.icons(),
        "facts": None,
        "trust": page.trust,
        "indicators": page.indicators,
        "judgements": page.judgements,
        "open_rungs": open_rungs(page.judgements),
        "indicators_words": indicators_sentence(page.indicators),
        "indicators_chart": indicators_chart(page.indicators),
        "narratives": page.narratives,
        "targets": page.targets,
        "impact": page.impact,
        "parameters": [(name, _shown(value)) for name, value in page.run.parameters.items() if name != "seed"],
        "method_words": _method_words(page.run),
        "windows": _windows(page.summary),
        "mask_limits": LIMITS,
        "warnings": _warnings(page),
    }


def _finding(page: Page) -> str:
    """Return the headline; what something ordinary explains is never one."""
    if page.facts is None:
        return _NOTHING
    overview = page.facts.overview
    if page.is_run and overview.explained_by:
        return run_words.nothing_unexplained(len(page.networks))
    return wording.finding(overview, page.facts.co_actions, overview.days)


def _standfirst(page: Page) -> str:
    if page.facts is None:
        return _NOTHING_MORE
    said = wording.standfirst(page.facts, page.provenance.resolution)
    return f"{run_words.run_sentence(page.networks)} {said}" if page.shows_networks else said


_NOTHING = "No network was found in this run."
_NOTHING_MORE = (
    "With these settings no accounts acted together often enough to be named. "
    "That does not show that nothing was arranged: other items, windows or platforms were not looked at."
)


def _chance_context(facts: NetworkFacts) -> dict[str, Any]:
    expected = facts.activity.expected or (0.0,) * len(facts.activity.buckets)
    rows = [
        (charts_svg.bucket_label(facts.activity, place), count, expected[place])
        for place, count in enumerate(facts.activity.drawn)
        if count or expected[place] >= 0.05
    ]
    return {
        "observed_chart": charts_svg.observed_chart(
            facts.overview.met if facts.overview.open_expected is not None else facts.co_actions, facts.overview.chance
        ),
        "closed_co_actions": facts.overview.co_actions - facts.overview.met,
        "held_out_chart": _held_out_chart(facts.overview),
        "surprise": run_words.surprise(facts.overview),
        "odds": run_words.odds(facts.overview),
        "times": run_words.times(facts.overview),
        "without_best": run_words.without_best(facts.overview),
        "bars": charts_svg.bars_chart(facts.activity),
        "bars_title": wording.timeline_title(facts.activity),
        "bar_rows": rows,
        "expected_outside": facts.activity.expected_outside,
        "has_expected": bool(facts.activity.expected),
        "bars_empty": len(facts.activity.buckets) - len(rows),
    }


def _network_context(page: Page, view: View) -> dict[str, Any]:
    facts = page.facts
    assert facts is not None
    picture = network_svg.draw_network(facts.members, facts.pairs, facts.positions, facts.groups)
    data = downloads.data_block(facts, page.run, page.provenance)
    strips = sorted(facts.members[: page.extent.strips], key=lambda one: (one.group, one.row))
    carded = {(card.pair.a, card.pair.b) for card in (*page.cards, *page.more_cards)}
    return _chance_context(facts) | {
        "facts": view,
        "chance": "" if page.is_run and facts.overview.explained_by else wording.chance(facts.overview),
        "window": wording.window_words(facts.overview.time_window),
        "glance": {
            "happened": wording.what_happened(facts),
            "know": wording.how_we_know(facts, dict(page.run.parameters)),
            "unknown": wording.what_we_do_not_know(facts),
        },
        "shown_members": facts.members[: page.extent.member_rows],
        "members_cut": len(facts.members) > page.extent.member_rows,
        "has_loo": any(one.leave_one_out_p is not None for one in facts.members),
        "all_certified": all(one.is_certified for one in facts.members),
        "taken_in": sum(one.is_taken_in for one in facts.members),
        "picture": picture,
        "picture_title": wording.picture_title(facts),
        "timeline": charts_svg.timeline_chart(strips, facts.activity, network_svg.icons()),
        "timeline_title": wording.strips_title(facts),
        "timeline_count": len(strips),
        "tick_words": wording.tick_words(facts.activity),
        "cards": page.cards,
        "more_cards": page.more_cards,
        "carded": carded,
        "packed": page.packed,
        "shown_pairs": facts.pairs[: page.extent.pair_rows],
        "pairs_cut": len(facts.pairs) > page.extent.pair_rows,
        "evidence_extent": wording.evidence_extent(facts, page.packed, len(carded)),
        "explanations": innocent_explanations(facts.overview.kinds),
        "limitations": wording.limitations(facts, page.provenance),
        "files": downloads.saved_files(facts, page.packed, page.extent.link_bytes),
        "data_json": text.as_markup(data),
        "data_hash": downloads.sha256_of(data),
        "evidence_hash": downloads.sha256_of(page.packed.block),
        "citation": downloads.citation(facts, page.run, downloads.sha256_of(data)),
    }


def _policy(styles: Sequence[str], scripts: Sequence[str]) -> str:
    """Return a policy that allows these inline parts and nothing else: no request can leave the page."""
    style, script = (" ".join(f"'sha256-{_digest(one)}'" for one in group) for group in (styles, scripts))
    return (
        f"default-src 'none'; style-src {style}; script-src {script or chr(39) + 'none' + chr(39)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(content: str) -> str:
    return base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _local(link: str) -> str:
    """Return a link to a file beside this one; anything with a scheme or host is dropped."""
    return "" if ":" in link or link.startswith(("/", "\\")) else link


def _shown(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(_shown, value)) or "none"
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {_shown(one)}" for name, one in value.items()) or "none"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _held_out_chart(overview: Overview) -> Markup | None:
    """Return the test on what was kept back, drawn; nothing where there was no such test."""
    if overview.held_out_observed is None or overview.held_out_expected is None or overview.is_closed:
        return None
    return charts_svg.observed_chart(overview.held_out_observed, overview.held_out_expected)


def _method_words(run: RunFacts) -> str:
    if run.method == "window":
        return (
            "The classic method: co-actions within a fixed window are counted for every pair of accounts, pairs "
            "whose weight is above a quantile of all weights are kept (edge_weight), and the kept pairs fall into "
            "networks by the Leiden algorithm."
        )
    return (
        "The calibrated method: groups are looked for on one half of the items and tested on the other half, against "
        "chance that leaves every item, every time and every account's choice of items as they are and only deals out "
        "who held which slot. A group has to meet at more than twice the odds of that, because accounts of the same "
        "weeks and hours meet more often without any concert; it needs several items, two days, and to stand without "
        "its best item and its best day. Each account named passes two exact tests of its own, one of which allows for "
        "its own hours and quickness; who joins a network afterwards is tested beside it, and marked. Shares of false "
        "findings are held below max_q, for groups and for accounts. Groups that share what nobody else shares are "
        "tested for their choice of items only, and say so."
    )


def _windows(summary: Mapping[str, Any]) -> list[dict[str, Any]]:
    wanted = ("time_window", "co_actions", "pairs", "pairs_above", "networks")
    found = summary.get("windows") or []
    return [one for one in found if isinstance(one, dict) and all(name in one for name in wanted)]


def _warnings(page: Page) -> list[str]:
    found = list(page.run.warnings)
    found += [f"{source.file_name}: {one}" for source in page.provenance.sources for one in source.warnings]
    made = ((kind, one) for kind, _, _, _, many in page.provenance.traces for one in many)
    found += [f"{kind} traces: {one}" for kind, one in made if one not in page.run.warnings]
    facts = page.facts
    if facts and facts.co_actions != facts.overview.co_actions:
        found.append(
            f"The network counts {facts.overview.co_actions:,} co-actions, its evidence in the workspace "
            f"{facts.co_actions:,}; this report counts the evidence."
        )
    found = list(dict.fromkeys(found))
    rest = len(found) - MOST_WARNINGS
    return [*found[:MOST_WARNINGS], f"{rest:,} more: undazzle query WS 'from runs'"] if rest > 0 else found
