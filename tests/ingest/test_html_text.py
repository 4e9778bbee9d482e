import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undazzle.ingest.readers.html_text import read_html


def test_paragraphs_and_breaks_become_lines():
    assert read_html("<p>a</p><p>b<br>c<br/>d</p>").text == "a\n\nb\nc\nd"


def test_entities_are_decoded_once():
    assert read_html("a &amp;lt; b &#39;c&#39;").text == "a &lt; b 'c'"


def test_what_looks_like_a_tag_but_is_text_stays():
    assert read_html("1 < 2 and 3 > 2, <3").text == "1 < 2 and 3 > 2, <3"


@pytest.mark.parametrize("tag", ["script", "style", "SCRIPT"])
def test_program_text_is_dropped(tag):
    assert read_html(f"a<{tag} type='x'>alert(1)</{tag}>b").text == "ab"


def test_comments_are_dropped():
    assert read_html("a<!-- x -->b").text == "ab"


def test_links_lead_to_pages_only():
    html = (
        "<a href=\"https://example.org/?a=1&amp;b=2\">x</a><a HREF='http://example.org/2'>y</a>"
        '<a href="javascript:alert(1)">z</a><a href="/local">l</a>'
        '<a class="u-url mention" href="https://example.org/@desk">@desk</a>'
        '<a href="https://example.org/tags/ferry" class="hashtag">#ferry</a>'
        '<a href="https://example.org/?a=1&amp;b=2">again</a><a>none</a>'
    )
    assert read_html(html).links == ["https://example.org/?a=1&b=2", "http://example.org/2"]


@given(
    st.lists(st.sampled_from(["<", ">", "a", "p", "br", "/", "!", "--", "script", " href=", "'", '"', "&", ";", " "]))
)
def test_any_markup_is_read(pieces):
    read_html("".join(pieces))


@pytest.mark.parametrize(
    "piece", ["<", "<a ", "<a href='", "<!--", "</", "<script>", '<a href="x" class=\'', "&#", "<a>"]
)
def test_broken_markup_costs_no_more_than_its_length(piece):
    html = (piece * 999_000)[:999_000]
    started = time.process_time()
    read_html(html)
    read_html("<a " + html.replace("<", "").replace(">", "") + ">")
    assert time.process_time() - started < 5


def test_html_is_bounded():
    with pytest.raises(ValueError, match="longer than 1,000,000 characters"):
        read_html("x" * 1_000_001)
