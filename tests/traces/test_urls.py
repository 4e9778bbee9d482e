"""Web addresses: one page, one spelling; hostile ones never raise."""

import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from undazzle.traces.urls import MAX_URL_CHARACTERS, canonical_url, web_site

_SAME_PAGE = [
    # scheme, host, port, slash
    ("https://example.org/a", "https://example.org/a"),
    ("http://example.org/a", "https://example.org/a"),
    ("HTTPS://EXAMPLE.ORG/a", "https://example.org/a"),
    ("//example.org/a", "https://example.org/a"),
    ("example.org/a", "https://example.org/a"),
    ("example.org:8080/a", "https://example.org:8080/a"),
    ("https://www.example.org/a/", "https://example.org/a"),
    ("https://www.www.example.org/a", "https://example.org/a"),
    ("https://www.exampl", None),
    ("https://example.org", "https://example.org"),
    ("https://example.org/", "https://example.org"),
    ("https://example.org./a", "https://example.org/a"),
    ("http://example.org:80/a", "https://example.org/a"),
    ("https://example.org:443/a", "https://example.org/a"),
    ("http://example.org:8080/a", "http://example.org:8080/a"),
    ("https://user:secret@example.org/a", "https://example.org/a"),
    ("https://example.org@evil.example.net/a", "https://evil.example.net/a"),
    ("https:\\\\example.org\\a", None),
    ("  https://example.org/a \n", "https://example.org/a"),
    # path and escapes
    ("https://example.org/A", "https://example.org/A"),
    ("https://example.org/a/../b/./c", "https://example.org/b/c"),
    ("https://example.org/%7euser", "https://example.org/~user"),
    ("https://example.org/a%2fb", "https://example.org/a%2Fb"),
    ("https://example.org/ä", "https://example.org/%C3%A4"),
    ("https://example.org/a b", "https://example.org/a%20b"),
    ("https://example.org/a//b", "https://example.org/a//b"),
    # parameters
    ("https://example.org/a?b=2&a=1", "https://example.org/a?a=1&b=2"),
    ("https://example.org/?id=5", "https://example.org/?id=5"),
    ("https://example.org?id=5", "https://example.org/?id=5"),
    ("https://example.org/a?utm_source=x&utm_medium=y", "https://example.org/a"),
    ("https://example.org/a?UTM_Source=x&id=5", "https://example.org/a?id=5"),
    ("https://example.org/a?fbclid=1&gclid=2&igshid=3&ref_src=4&id=5", "https://example.org/a?id=5"),
    ("https://example.org/a?utm%5Fsource=x", "https://example.org/a"),
    ("https://example.org/a?t=10&s=20", "https://example.org/a?s=20&t=10"),
    ("https://example.org/a?ref=home", "https://example.org/a?ref=home"),
    # fragments
    ("https://example.org/a#top", "https://example.org/a"),
    ("https://example.org/a#:~:text=ferry", "https://example.org/a"),
    ("https://example.org/#!/a", "https://example.org#!/a"),
    ("https://example.org/#/a", "https://example.org#/a"),
    # YouTube
    ("https://youtu.be/abcdefghijk?t=3", "https://youtube.com/watch?v=abcdefghijk"),
    ("https://m.youtube.com/watch?v=abcdefghijk&feature=share", "https://youtube.com/watch?v=abcdefghijk"),
    ("https://www.youtube.com/watch?list=PL1&v=abcdefghijk", "https://youtube.com/watch?v=abcdefghijk"),
    ("https://www.youtube.com/shorts/abcdefghijk", "https://youtube.com/watch?v=abcdefghijk"),
    ("https://www.youtube-nocookie.com/embed/abcdefghijk", "https://youtube.com/watch?v=abcdefghijk"),
    ("https://www.youtube.com/watch?v=short", "https://youtube.com/watch?v=short"),
    ("https://www.youtube.com/@harbour", "https://youtube.com/@harbour"),
    ("https://youtube.com.evil.example.net/watch?v=abcdefghijk", "https://youtube.com.evil.example.net/watch?v=abcdefghijk"),
    # X
    ("https://twitter.com/Harbour/status/12?s=20", "https://x.com/i/status/12"),
    ("https://mobile.twitter.com/Harbour/status/12/photo/1", "https://x.com/i/status/12"),
    ("https://x.com/i/web/status/12", "https://x.com/i/status/12"),
    ("https://fxtwitter.com/Harbour/status/12", "https://x.com/i/status/12"),
    ("https://twitter.com/Harbour", "https://x.com/harbour"),
    ("https://twitter.com/search?q=ferry", "https://x.com/search?q=ferry"),
    ("https://twitter.com/Harbour/status/12x", "https://x.com/Harbour/status/12x"),
    # other platforms
    ("https://www.instagram.com/harbour/reel/Cabc_-1/?igsh=x", "https://instagram.com/p/Cabc_-1"),
    ("https://www.instagram.com/p/Cabc_-1/", "https://instagram.com/p/Cabc_-1"),
    ("https://t.me/s/Harbour/7", "https://t.me/harbour/7"),
    ("https://telegram.me/harbour/7?single", "https://t.me/harbour/7"),
    ("https://t.me/harbour/7?comment=9", "https://t.me/harbour/7?comment=9"),
    ("https://t.me/+AbCdEf", "https://t.me/+AbCdEf"),
    ("https://m.facebook.com/harbour/posts/1", "https://facebook.com/harbour/posts/1"),
    ("https://old.reddit.com/r/ferry/", "https://reddit.com/r/ferry"),
    ("https://m.example.org/a", "https://m.example.org/a"),
    # pages that pass on
    ("https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fa%3Ffbclid%3D1&h=2", "https://example.org/a"),
    ("https://www.google.com/url?sa=t&url=https://example.org/a", "https://example.org/a"),
    ("https://vk.com/away.php?to=https%3A%2F%2Fexample.org%2Fa", "https://example.org/a"),
    ("https://google.com/url?q=javascript:alert(1)", "https://google.com/url?q=javascript%3Aalert%281%29"),
    # short links stay
    ("https://t.co/AbC1234567", "https://t.co/AbC1234567"),
    ("http://bit.ly/2AbC", "https://bit.ly/2AbC"),
    # cut off: no page at all rather than a wrong one
    ("https://t.co/AbC", None),
    ("https://t.co/", None),
    ("https://bit.ly", None),
    ("https://t", None),
    ("https://", None),
    ("https://example.org/ab…", None),
    ("https://example.org/ab...", None),
    ("https://example.or…", None),
    ("https://example.org/a?b=c…", None),
    # internationalised hosts
    ("https://münchen.de/a", "https://xn--mnchen-3ya.de/a"),
    ("https://xn--mnchen-3ya.de/a", "https://xn--mnchen-3ya.de/a"),
    ("https://MÜNCHEN.de/a", "https://xn--mnchen-3ya.de/a"),
    # addresses
    ("http://127.0.0.1/a", "https://127.0.0.1/a"),
    ("http://[::1]:80/a", "https://[::1]/a"),
    ("http://[0:0:0:0:0:0:0:1]/a", "https://[::1]/a"),
    ("http://[::1/a", None),
    ("http://256.1.1.1/a", None),
    ("http://1.2.3/a", None),
    # no web addresses
    ("", None),
    ("   ", None),
    ("ferry", None),
    ("javascript:alert(1)", None),
    ("JaVaScRiPt:alert(1)//example.org", None),
    ("data:text/html,<script>alert(1)</script>", None),
    ("mailto:a@example.org", None),
    ("ftp://example.org/a", None),
    ("file:///etc/passwd", None),
    ("https://exa mple.org/a", None),
    ("https://example..org/a", None),
    ("https://example.org:99999/a", None),
    ("https://example.org:port/a", None),
    ("https://-/a", None),
    ("https://example.org\x00.evil.net/a", None),
]  # fmt: skip


@pytest.mark.parametrize(("url", "expected"), _SAME_PAGE)
def test_an_address_has_one_spelling(url: str, expected: str | None):
    assert canonical_url(url) == expected


def test_look_alike_hosts_stay_apart():
    latin, cyrillic = canonical_url("https://apple.example.org/a"), canonical_url("https://\u0430pple.example.org/a")
    assert latin != cyrillic
    assert cyrillic is not None and "xn--" in cyrillic


def test_a_very_long_address_is_none():
    assert canonical_url("https://example.org/" + "a" * MAX_URL_CHARACTERS) is None
    assert canonical_url("https://example.org/" + "a" * 4_000) is not None


def test_a_chain_of_redirecting_pages_ends():
    url = "https://example.org/a"
    for _ in range(5):
        url = f"https://l.facebook.com/l.php?u={url}"
    assert canonical_url(url) is not None


_WORDS = (
    "https:// http:// // www. m. mobile. twitter.com youtu.be t.me t.co example.org é \u0430 xn-- [::1] 127.0.0.1 : 80"
    " @ / .. . % %2F %zz ? & = utm_a=1 v= u=https://example.org # #! ; \\ \x00 … a B 1 status/ l.php"
)
_PIECES = st.sampled_from([*_WORDS.split(), " ", "\t"])
_HOSTILE = st.one_of(
    st.text(max_size=80),
    st.lists(_PIECES, max_size=12).map("".join),
    st.text(string.printable, max_size=60).map("https://example.org/".__add__),
    st.text(string.printable, max_size=30).map("https://".__add__),
)


@given(_HOSTILE)
@example("https://l.facebook.com/l.php?u=http://[")
@example("https://[::1]:x/")
@example("http://\ud800.com/")
def test_any_text_yields_a_web_address_or_nothing_and_a_second_time_the_same(url: str):
    once = canonical_url(url)
    site = web_site(url)
    assert site is None or (site and "/" not in site)
    if once is not None:
        assert once.startswith(("https://", "http://"))
        assert not any(letter.isspace() or not letter.isprintable() for letter in once)
        assert canonical_url(once) == once


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://news.example.org/a", "example.org"),
        ("https://example.co.uk", "example.co.uk"),
        ("https://a.b.example.com.br/x", "example.com.br"),
        ("https://co.uk", "co.uk"),
        ("https://harbour.blogspot.com/a", "harbour.blogspot.com"),
        ("https://www.harbour.blogspot.co.uk/a", "harbour.blogspot.co.uk"),
        ("https://blogspot.com", "blogspot.com"),
        ("https://youtu.be/abcdefghijk", "youtube.com"),
        ("https://mobile.twitter.com/a", "x.com"),
        ("https://t.co/x", "t.co"),
        ("http://127.0.0.1:8000/a", "127.0.0.1"),
        ("http://[::1]/", "::1"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fnews.example.org", "example.org"),
        ("example.org", "example.org"),
        ("mailto:a@example.org", None),
        ("https://www.exampl", None),
        ("https://exam…", None),
        ("https://example.or…", None),
        ("https://example.or...", None),
        ("https://example.org/ab…", "example.org"),
        ("9280", None),
    ],
)
def test_a_site_is_the_part_of_the_host_that_somebody_registered(url: str, site: str | None):
    assert web_site(url) == site
