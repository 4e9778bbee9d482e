"""Tables show themselves in a terminal and a notebook, and nothing in a post can act there."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from tests.results.builders import add_wide_network, filled_store, first_network
from undazzle.results import Run, Table, compare
from undazzle.results.card import describe_workspace, workspace_card
from undazzle.results.display import rows_html
from undazzle.store import Store


class Tags(HTMLParser):
    """Collects tags, attributes and text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.names: set[str] = set()
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.names |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


ALLOWED = {"div", "style", "p", "table", "caption", "thead", "tbody", "tr", "th", "td", "br", "strong", "span"}


def test_every_display_is_made_of_harmless_tags_only() -> None:
    store = filled_store()
    run = Run.find(store)
    network = run.networks[1]
    shown = [run, run.networks, network, network.evidence(), network.posts, network.pairs, compare(network, network)]
    for page in [one._repr_html_() for one in shown] + [workspace_card(store)]:
        tags = Tags(page)
        assert set(tags.tags) <= ALLOWED
        assert tags.names <= {"class", "scope", "title", "dir"}
        assert tags.tags.count("caption") == 1


@given(st.lists(st.text(), min_size=2, max_size=2))
def test_any_text_stays_text_in_html(texts: list[str]) -> None:
    tags = Tags(rows_html(texts[0], ["item", texts[1]], [list(texts)], texts, lead=texts[0]))
    assert set(tags.tags) <= ALLOWED


def test_html_shows_at_most_twenty_rows_and_says_so() -> None:
    network = add_wide_network(filled_store(), 250)
    page = network._repr_html_()
    assert page.count("<tr>") == 21
    assert "Showing 20 of 250 rows" in page
    assert "run:2" in page
    assert network.summary in Tags(page).text


def test_headers_have_a_scope_and_explain_the_column() -> None:
    page = first_network().pairs._repr_html_()
    assert page.count('<th scope="col"') == len(first_network().pairs.columns)
    assert "Mean of the seconds between the two posts." in page


def test_html_has_no_colour_of_its_own_so_that_dark_notebooks_stay_dark() -> None:
    page = first_network()._repr_html_()
    assert "currentColor" in page
    assert re.findall(r"(?:color|background):(?!inherit|none)[^;]*", page) == []


def test_evidence_shows_both_posts_side_by_side() -> None:
    tags = Tags(first_network().evidence("x:13", "x:12")._repr_html_())
    assert tags.tags.count("td") == 4
    assert "x:103" in tags.text
    assert "x:102" in tags.text
    assert "2024-03-01 09:00:30 UTC" in tags.text
    assert "<script>alert(1)</script>" in tags.text  # as text, not as a tag


def test_text_says_how_much_is_shown_and_how_to_see_the_rest() -> None:
    text = repr(add_wide_network(filled_store(), 250).members)
    assert "Members of wide-gull · 250 rows · run:2" in text
    assert "Showing 20 of 250 rows. The rest: .head(n), .to_polars(), .to_csv(path)." in text
    assert "Not shown for lack of room: " in text


def test_lines_of_a_text_table_fit_the_width_even_with_wide_letters() -> None:
    from rich.cells import cell_len

    wide = Table(Store(), "SELECT repeat('渡船', 90) AS text, repeat('é', 300) AS other, i FROM range(3) r(i)")
    assert max(cell_len(line) for line in repr(wide).splitlines()) <= 120


def test_a_post_cannot_rewrite_the_terminal() -> None:
    hostile = Table(Store(), "SELECT chr(27) || '[2J' || chr(8238) || 'gnp.[red]x[/red]' || chr(10) || 'next' AS text")
    assert repr(hostile).splitlines()[2] == "[2Jgnp.[red]x[/red] next"


def test_a_network_that_was_not_tested_against_chance_says_so() -> None:
    run = Run.find(filled_store())
    assert "was not computed" in repr(run.networks)
    assert "was not computed" in run.networks[1].summary
    assert "was not computed" not in repr(Run.find(filled_store(q_value=0.01)).networks)


def test_evidence_says_how_exact_its_gaps_are() -> None:
    store = filled_store()
    assert "given to" not in repr(first_network(store).evidence())
    store.execute("UPDATE sources SET time_resolution_seconds = 60")
    note = "Times of some posts are given to 60 s only; a gap may be off by as much."
    assert repr(first_network(store).evidence()).endswith(note)
    assert note in repr(Run.find(store).co_actions)
    assert note in first_network(store).evidence()._repr_html_()


def test_a_run_shows_its_parameters_and_warnings() -> None:
    run = Run.find(filled_store(name="first look"))
    assert repr(run).splitlines()[0] == "run:1 (first look) · window · finished"
    assert "Warning: minutes only" in repr(run)
    assert "60.0, 600.0" in Tags(run._repr_html_()).text


def test_a_workspace_shows_what_it_holds() -> None:
    store = filled_store(name="first look")
    assert describe_workspace(store).splitlines() == [
        "workspace in memory",
        "9 posts by 5 accounts, 2024-03-01 09:00:00 to 2024-03-02 10:00:10 UTC; platforms: x, facebook",
        "1 source, 1 row set aside, 1 note",
        "run:1 (first look): window, finished, 2 networks, 1 warning",
    ]
    assert "harbour.csv" in workspace_card(store)


def test_an_empty_workspace_says_what_to_do_next() -> None:
    lines = describe_workspace(Store())
    assert "No posts yet. Read some with: ws.ingest(FILE)" in lines
    assert "No runs yet. Look for networks with: ws.detect()" in lines
    assert "No posts yet" in workspace_card(Store())
