"""Our words in the tracker's: methods, categories, types of attribution and platforms, in both dialects."""

from __future__ import annotations

from collections.abc import Iterable

from undazzle.casebook.vocabulary import AttributionType, ClaimantCategory
from undazzle.publish.exchange.techniques import Framework, tag_of

# name of 2024 -> what the tracker of 2020 and that of 2024 write
METHODS: dict[str, tuple[str, str]] = {
    "brigading": ("Brigading", "Brigading"),
    "sockpuppets": ("Sockpuppets", "Sockpuppets"),
    "third-party-automation": ("Botnets", "Third-Party Automation"),
    "domain-spoofing": ("Search Engine Manipulation", "Domain Spoofing"),
    "influencer-payola": ("Influencer Payola", "Influencer Payola"),
    "cheapfakes": ("Deceptive Content Manipulation", "Cheapfakes"),
    "generative-ai": ("Deep Learning Processes", "Generative AI"),
    "ddos": ("Hacking - DDoS", "DDoS"),
    "data-exfiltration": ("Hacking - Data Exfiltration", "Data Exfiltration"),
    "data-manipulation": ("Hacking - Data Manipulation", "Data Manipulation"),
    "hacking-other": ("Hacking - Other", "Hacking - Other"),
}
# technique of DISARM or ATT&CK, by its beginning -> name of 2024; the longest beginning counts
_OF_TECHNIQUE = {
    "T0049.001": "sockpuppets", "T0049.003": "third-party-automation", "T0085.001": "generative-ai",
    "T0086.002": "generative-ai", "T0087.001": "generative-ai", "T0087.002": "cheapfakes", "T0088.001": "generative-ai",
    "T0089": "data-exfiltration", "T0091.001": "influencer-payola", "T0097": "sockpuppets",
    "T0100.003": "influencer-payola", "T0143.002": "sockpuppets", "T0145.002": "generative-ai",
    "T1498": "ddos", "T1499": "ddos", "T1565": "data-manipulation", "T1566": "data-exfiltration",
}  # fmt: skip
CATEGORIES = {
    ClaimantCategory.GOVERNMENT: "Government",
    ClaimantCategory.FOREIGN_GOVERNMENT: "Foreign Government Body",
    ClaimantCategory.TECHNOLOGY_COMPANY: "Technology Company",
    ClaimantCategory.CIVIL_SOCIETY: "Civil Society Organization",
    ClaimantCategory.MEDIA: "Media",
    ClaimantCategory.CONSULTANCY: "Private Consultancy",
    ClaimantCategory.INDIVIDUAL: "Influential Individual",
}
ATTRIBUTIONS = {
    AttributionType.DIRECT: ("Direct Attribution", "Direct Attribution"),
    AttributionType.INFERRED: ("Proxy/Inferred Attribution", "Proxy/Inferred Attribution"),
    AttributionType.COMMERCIAL: ("Non-Aligned Commercial Enterprise", "Non-Aligned Commercial Activity"),
    AttributionType.NONE: ("", ""),
}
MESSENGERS = {"WhatsApp", "Telegram", "Signal", "WeChat", "SMS"}
OPEN_WEB = {"State media": "State Media", "Independent media": "Independent Media", "Junk news": '"Junk News" Website'}
BREAKOUT = ("One", "Two", "Three", "Four", "Five", "Six")


def method_names(methods: Iterable[str]) -> list[str]:
    """Return the tracker's methods of 2024 for the methods of a claim, each once.

    Examples
    --------
    >>> method_names(["T0097.202", "fiat:brigading", "T0049.003", "local:hoax-threat"])
    ['sockpuppets', 'brigading', 'third-party-automation']
    """
    return list(dict.fromkeys(name for one in methods if (name := _method(one))))


def _method(method: str) -> str | None:
    own = method.removeprefix("fiat:")
    if own in METHODS:
        return own
    tag = tag_of(method)
    if tag.framework not in {Framework.DISARM, Framework.ATTACK}:
        return None
    whole, base = tag.tag_id, tag.tag_id.partition(".")[0]
    return _OF_TECHNIQUE.get(whole) or _OF_TECHNIQUE.get(base)
