"""Links of a page: to other pages, relative to where the page lies, and to sources on the web."""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup, escape

from undazzle.casebook import Claim
from undazzle.publish.report.text import as_markup, clean, cut
from undazzle.publish.site.addresses import page_of, web_address
from undazzle.publish.site.index import SiteIndex
from undazzle.publish.site.rows import confidence_mark
from undazzle.publish.site.words import POLARITY, day_words

_LONGEST_SHOWN = 90


@dataclass(frozen=True, eq=False)
class Links:
    """What templates call ``L``: links from a page from which the front page is at ``root``."""

    index: SiteIndex
    root: str
    _made: dict[str, Markup] = field(default_factory=dict)

    def __call__(self, record_id: str) -> Markup:
        """Return the name of a record, linked where it has a page."""
        if record_id not in self._made:
            name = escape(self.index.name(record_id))
            page = page_of(record_id) if record_id in self.index.case.records else None
            self._made[record_id] = as_markup(f'<a href="{self.root}{page}">{name}</a>' if page else name)
        return self._made[record_id]

    def page(self, record_id: str) -> str:
        """Return the address of a record's page from here."""
        return f"{self.root}{page_of(record_id)}"

    def name(self, record_id: str) -> str:
        """Return what a record is called."""
        return self.index.name(record_id)

    def day(self, claim: Claim) -> str:
        """Return the day of a claim as people write it."""
        return day_words(self.index.day(claim))

    def raw_day(self, claim: Claim) -> str:
        """Return the day of a claim as it stands in its file."""
        return self.index.day(claim)

    def confidence(self, claim: Claim) -> Markup:
        """Return the claimant's word of confidence."""
        return confidence_mark(claim)

    def polarity(self, claim: Claim) -> str:
        """Return what kind of statement a claim makes."""
        return POLARITY[claim.proposition.polarity]


def outward(address: str | None, words: str = "") -> Markup:
    """Return an address of the web as a link; anything else as text that says so, and is never a link."""
    text = clean(address)
    if not text:
        return as_markup("")
    shown, left_out = cut(words or text, _LONGEST_SHOWN)
    ending = " …" if left_out else ""
    if (good := web_address(address)) is None:
        return as_markup(
            f'<span class="url">{escape(cut(text, _LONGEST_SHOWN)[0])}</span> (not linked: no web address)'
        )
    return as_markup(f'<a href="{escape(good)}" rel="noreferrer noopener external">{escape(shown)}{ending}</a>')
