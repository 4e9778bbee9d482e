import hashlib
import re
from itertools import pairwise

import pytest

from tests.publish.network_builder import BuiltNetwork, build_workspace
from tests.publish.page_reading import Page, policy_hash
from undazzle.errors import TooLargeError, UnknownNameError
from undazzle.publish.report import build_report
from undazzle.store import Store

BIDI_OVERRIDE, NUL = "\u202e", "\x00"


def report(spec=None, network_id=1, **settings):
    return build_report(build_workspace(spec), 1, network_id, **settings)


def test_the_finding_says_what_was_counted_and_that_chance_was_not():
    text = Page(report()).text
    counted = re.search(
        r"23 accounts posted the same links within 60 seconds of each other (\d+) times on 11 days\.", text
    )
    assert counted
    assert "How often chance would do that was not computed." in text
    assert f"{counted.group(1)} co-actions" in text


def test_nothing_computed_is_claimed_where_nothing_was_computed():
    text = Page(report()).text
    assert "A network found with thresholds alone is no evidence of coordination." in text
    assert "No judgement has been made" in text
    assert "We do not attribute" in text
    assert not re.search(r"\bq\s*[<=]|\bp\s*[<=]|Chance would give|coordinated network", text)


def test_an_expectation_that_exists_is_drawn_hatched_beside_the_count():
    html = report(BuiltNetwork(expected=9.13))
    assert "Chance would give about 9.1." in Page(html).text
    assert '<rect class="expected" x="0" y="50"' in html
    assert "thresholds alone" not in Page(html).text


def test_sections_come_in_the_order_of_the_product():
    page = Page(report())
    order = "glance observed network timeline said evidence innocent indicators assessment method limits cite"
    wanted = order.split()
    assert [one for one in page.ids if one in wanted] == wanted


def test_every_innocent_explanation_of_the_kind_is_listed_as_not_tested():
    from undazzle.traces import TRACE_KINDS

    page = Page(report())
    for one in TRACE_KINDS["link"].innocent_explanations:
        assert one.title in page.text
    assert page.text.count("Not tested") == len(TRACE_KINDS["link"].innocent_explanations)


def test_the_report_of_a_run_lists_all_its_networks_and_links_to_their_reports():
    page = Page(report(network_id=None, siblings={2: "quiet-finch.html"}))
    assert "2 networks, strongest first" in page.text
    assert "quiet-finch.html" in page.attributes("href")


def test_a_sibling_that_leads_away_is_not_linked():
    page = Page(report(network_id=None, siblings={2: "https://elsewhere.example/x.html"}))
    assert not [one for one in page.attributes("href") if "elsewhere" in one]


def test_the_report_of_one_network_lists_no_others():
    assert "quiet-finch" not in report(network_id=1)


def test_an_unknown_network_is_named_with_the_known_ones():
    with pytest.raises(UnknownNameError, match="network:1"):
        report(network_id=7)


def test_a_run_without_networks_says_so_and_still_shows_its_method():
    store = build_workspace()
    store.execute("DELETE FROM networks")
    page = Page(build_report(store, 1, None))
    assert "No network was found in this run." in page.text
    assert "edge_weight" in page.text


def test_the_same_workspace_gives_the_same_bytes():
    store = build_workspace()
    assert build_report(store, 1, 1) == build_report(store, 1, 1)


def test_the_report_leaves_nothing_behind_in_the_workspace():
    store = build_workspace()
    before = store.rows("SELECT table_name FROM information_schema.tables ORDER BY ALL")
    build_report(store, 1, 1)
    assert store.rows("SELECT table_name FROM information_schema.tables ORDER BY ALL") == before


def test_a_workspace_that_may_not_be_changed_can_be_reported(tmp_path):
    path = tmp_path / "ws.duckdb"
    build_workspace(store=Store(path)).close()
    with Store(path, read_only=True) as store:
        assert "amber-otter" in build_report(store, 1, 1)


def test_the_policy_allows_the_inline_parts_by_hash_and_nothing_else():
    page = Page(report())
    assert page.policy.startswith("default-src 'none';")
    assert "unsafe" not in page.policy
    assert all(policy_hash(script) in page.policy for script in page.scripts)
    assert [policy_hash(style) in page.policy for style in page.styles] == [True]
    assert not page.attributes("style")


def test_nothing_in_the_page_points_to_the_network():
    page = Page(report(mask=False))
    assert not page.attributes("src")
    anchors = {given.get("href", "") for tag, given in page.tags if tag == "a"}
    others = {given.get("href", "") for tag, given in page.tags if tag != "a"} - {""}
    assert all(one.startswith("#") for one in others)
    assert all(one.startswith(("#", "data:text/csv", "https://x.example/")) for one in anchors)
    assert not re.search(r"url\(\s*['\"]?(https?:|//)|@import|@font-face", "".join(page.styles))


def test_ids_are_unique_and_links_inside_the_page_arrive():
    page = Page(report(network_id=None))
    assert len(page.ids) == len(set(page.ids))
    inside = {one[1:] for one in page.attributes("href") if one.startswith("#")}
    assert inside <= set(page.ids)


def test_headings_do_not_skip_a_level():
    levels = [int(tag[1]) for tag, _ in Page(report()).tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_hostile_text_is_shown_as_text():
    evil = f"<script>alert(1)</script><img src=x onerror=alert(2)>{BIDI_OVERRIDE}{NUL}</blockquote></script>"
    spec = BuiltNetwork(texts=dict.fromkeys(range(400), evil), handles={3: "<b>x</b>"}, names={3: "</title><h1>"})
    for mask in (True, False):
        html = report(spec, mask=mask)
        page = Page(html)
        assert "<script>alert" not in html
        assert "onerror" not in {name for _, given in page.tags for name in given}
        assert [tag for tag, _ in page.tags].count("img") == 0
        assert BIDI_OVERRIDE not in html
        assert NUL not in html
        assert len(page.scripts) == 2
        assert [tag for tag, _ in page.tags].count("h1") == 1


def test_quoted_text_finds_its_own_direction_and_says_its_language():
    html = report()
    assert re.search(r'<blockquote dir="auto" lang="ar">', html)
    assert re.search(r'<blockquote dir="auto" lang="en">', html)


def test_a_long_text_is_cut_where_one_can_see_it():
    long = "The ferry timetable is out again. " * 400
    page = Page(report(BuiltNetwork(texts=dict.fromkeys(range(2000), long))))
    assert re.search(r"cut, [\d,]+ more characters", page.text)


def test_masking_hides_handles_names_ids_and_addresses_everywhere():
    spec = BuiltNetwork(
        handles={1: "Quay_Watcher", 2: "pier_talk"},
        names={1: "Watcher of the Quay"},
        texts={
            place: f"RT @Quay_Watcher: {place} by Watcher of the Quay, x.com/pier_talk/status/5 harbour_note_07 5003"
            for place in range(150)
        },
    )
    html = report(spec)
    page = Page(html)
    everything = page.text + html + str(page.evidence)
    for secret in ("quay_watcher", "pier_talk", "watcher of the quay", "harbour_note_", "x:50", "17800"):
        assert secret not in everything.casefold()
    assert "account-01" in page.text
    assert "Masking hides handles" in page.text


def test_an_unmasked_report_shows_handles_ids_and_addresses():
    page = Page(report(mask=False))
    assert "harbour_note_07" in page.text
    assert "Handles shown" in page.text
    assert re.search(r"post x:17800\d\d00", page.text)
    assert any(one.startswith("https://x.example/harbour_note_") for one in page.attributes("href"))


def test_paths_of_the_machine_stay_on_the_machine():
    assert "/home/someone" not in report()


def test_times_are_never_more_exact_than_the_clock_of_the_data():
    page = Page(report(BuiltNetwork(clock=60.0)))
    assert not re.search(r"\d{2}:\d{2}:\d{2} UTC", page.text)
    assert "same minute" in page.text
    assert "Times in this data are given in whole minutes" in page.text


def test_several_kinds_of_trace_are_told_together():
    page = Page(report(BuiltNetwork(kinds=("link", "text"))))
    assert "23 accounts posted the same links or text within 60 seconds" in page.text
    assert "same link or text" in page.text


def test_sources_rejected_rows_and_warnings_are_told():
    page = Page(report(BuiltNetwork(warnings=["No text traces: no text."])))
    for told in ("posts.csv", "9d0c41e79d0c", "no time", "Column 'mood' was not read.", "No text traces: no text."):
        assert told in page.text


def test_counts_of_the_data_block_agree_with_the_workspace():
    store = build_workspace()
    page = Page(build_report(store, 1, 1))
    members, pairs, found, items, days = store.rows(
        "SELECT members, pairs, co_actions, items, days FROM networks WHERE network_id = 1"
    )[0]
    told = page.data["network"]
    assert (told["accounts"], told["pairs"], told["co_actions"], told["items"], told["days"]) == (
        members, pairs, found, items, days,
    )  # fmt: skip
    assert sum(count for _, count in page.data["per_day"]) == found


def test_the_hashes_printed_are_those_of_the_blocks():
    page = Page(report())
    for name in ("undazzle-data", "undazzle-evidence"):
        assert hashlib.sha256(page.raw[name].encode()).hexdigest() in page.text


def test_a_network_of_two_accounts_is_reported():
    page = Page(report(BuiltNetwork(groups=(2,), days=(1, 2, 3))))
    assert "2 accounts posted the same links" in page.text
    assert "1 pair" in page.text


def test_a_title_of_the_author_stands_above_the_finding_and_is_only_text():
    page = Page(report(title="For the desk <b>today</b>"))
    assert "For the desk <b>today</b>" in page.text
    assert "b" not in [tag for tag, given in page.tags if given.get("class") == "x"]


@pytest.mark.parametrize("max_bytes", [3_000_000, 600_000, 300_000, 150_000])
def test_the_file_keeps_to_its_size(max_bytes):
    html = report(BuiltNetwork(groups=(40, 30), crowd=(15, 25)), max_bytes=max_bytes)
    assert len(html.encode()) <= max_bytes


def test_a_size_that_nothing_fits_into_is_refused_with_the_size_needed():
    with pytest.raises(TooLargeError, match="20,000 allowed"):
        report(max_bytes=20_000)


def test_evidence_goes_before_structure_when_room_is_short():
    page = Page(report(BuiltNetwork(groups=(40, 30), crowd=(15, 25)), max_bytes=200_000))
    assert "undazzle evidence WS network:1" in page.text
    assert "evidence" in page.ids


@pytest.mark.slow
def test_five_hundred_accounts_and_fifty_thousand_pairs_fit_into_three_megabytes():
    store = build_workspace(BuiltNetwork(groups=(200, 200, 100), crowd=(55, 72), bursts_per_day=3, days=range(1, 28)))
    pairs = store.rows("SELECT pairs FROM networks WHERE network_id = 1")[0][0]
    html = build_report(store, 1, 1)
    assert pairs > 45_000
    assert len(html.encode()) <= 3_000_000
    assert set(Page(html).evidence["co"]["pair"]) == set(range(1, pairs + 1))
