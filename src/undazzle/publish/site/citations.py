"""How to cite a page: as a sentence, as BibTeX, and as CSL-JSON."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from undazzle.casebook.case_file import CaseFile
from undazzle.publish.report.text import clean, one_line
from undazzle.publish.site.words import day_words

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "@": r"{@}",
}  # fmt: skip
_ESCAPED = re.compile("[" + re.escape("".join(_SPECIAL)) + "]")


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation in three forms."""

    title: str
    plain: str
    bibtex: str
    csl: dict[str, Any]

    @property
    def csl_json(self) -> str:
        """Return the CSL entry as text."""
        lines = ",\n".join(f'  "{name}": {json.dumps(value, ensure_ascii=False)}' for name, value in self.csl.items())
        return f"[{{\n{lines}\n}}]"

    def as_json(self) -> dict[str, Any]:
        """Return the three forms as the JSON files carry them."""
        return {"plain": self.plain, "bibtex": self.bibtex, "csl": self.csl}


def cite(head: CaseFile, title: str, what: str, url: str | None = None) -> Citation:
    """Return the citation of a page.

    Parameters
    ----------
    head
        The head of the case, with edition, day and how to cite it.
    title
        Title of the page.
    what
        Id of the record, or name of the page.
    url
        Address of the page, where the site has one.
    """
    name, work = one_line(clean(title)), one_line(clean(head.cite_as or head.title)).removesuffix(".")
    edition = clean(head.edition or "")
    where = f" {url}" if url else ""
    dated = f", {day_words(head.updated)}" if head.updated else ""
    plain = f"\u201c{name}\u201d. {work}{dated}. {what}.{where}"
    csl: dict[str, Any] = {
        "id": what, "type": "entry", "title": name, "container-title": work, "publisher": "Undazzle casebook",
        "number": what,
    }  # fmt: skip
    csl |= {"edition": edition} if edition else {}
    csl |= {"issued": {"date-parts": [[int(one) for one in head.updated.split("-")]]}} if head.updated else {}
    csl |= {"URL": url} if url else {}
    return Citation(name, plain, _bibtex(head, name, work, what, url), csl)


def _bibtex(head: CaseFile, name: str, work: str, what: str, url: str | None) -> str:
    fields = {"title": f"{{{_tex(name)}}}", "howpublished": _tex(work), "note": _tex(what)}
    if head.updated:
        fields["year"] = head.updated[:4]
    if len(head.updated or "") >= 7:
        fields["month"] = str(int((head.updated or "")[5:7]))
    if head.edition:
        fields["edition"] = _tex(clean(head.edition))
    if url:
        fields["url"] = url
    key = re.sub(r"[^a-z0-9:.\-]", "-", what.lower())
    lines = ",\n".join(f"  {field} = {{{value}}}" for field, value in fields.items())
    return f"@misc{{{key},\n{lines}\n}}"


def _tex(text: str) -> str:
    return _ESCAPED.sub(lambda found: _SPECIAL[found.group()], text)
