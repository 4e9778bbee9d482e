"""Actors that no list knows, by what the text says they do. Only where the words leave no doubt that they act."""

from __future__ import annotations

import re

from undazzle.casebook.importers.drafts import slug
from undazzle.reading.gazetteer import Gazetteer, Name, NameKind

_NAME = r"(?P<name>[A-Z][\w’'-]{0,30}[a-z](?:\s(?:of\s|the\s)?[A-Z][\w-]{0,30}[a-z]){0,2})"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"\b(?:[Tt]he )?[Gg]overnment of (?:the )?{_NAME}",
        rf"\b{_NAME}[’'](?:s)? (?:government|security service|intelligence service|embassy|premier|foreign minister)\b",
        rf"\b{_NAME}-(?:linked|backed|origin|based) (?:accounts|actors|sites|assets|group|network)",
        rf"\b{_NAME} (?:has |had |was |is |also |then )*(?:interfere|interfering|meddl|ran a covert|"
        r"tried to influence|attempted to "
        r"influence|opted not to interfere|tacitly approved|did not deploy)",
        rf"\b(?:accused|blamed) {_NAME}\b",
        rf"\b(?:tied|linked|attributed|traced) to (?:its )?{_NAME} (?:network|campaign|operation|group)",
    )
)
_NOT_NAMES = re.compile(
    r"^(?:The|This|These|That|Those|In|On|At|By|For|And|But|If|While|When|Whether|It|They|He|She|We|One|Two|Officials?|"
    r"Researchers?|Facebook|Government|President|Police|Its|Their)\b"
)
_MOST = 200  # names of one text


def with_unlisted(gazetteer: Gazetteer, text: str) -> Gazetteer:
    """Return the names that are known, with the actors that this text itself shows acting."""
    found: dict[str, None] = {}
    for form in _FORMS:
        for one in form.finditer(text):
            name = re.sub(r"[’']s?$", "", one.group("name"))
            if not _NOT_NAMES.match(name) and not _is_known(gazetteer, name):
                found.setdefault(name)
            if len(found) >= _MOST:
                break
    if not found:
        return gazetteer
    wider = Gazetteer({word: list(held) for word, held in gazetteer.phrases.items()}, dict(gazetteer.names))
    for name in found:
        wider.add(Name(NameKind.ACTOR, f"actor:{slug(name)}", name), [name])
    return wider


def _is_known(gazetteer: Gazetteer, name: str) -> bool:
    return any(one.span.begin == 0 and one.span.end == len(name) for one in gazetteer.find(name))
