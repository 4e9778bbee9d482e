"""Words of DFRLab's tracker: its two dialects, and what they are called here."""

from __future__ import annotations

from undazzle.casebook.vocabulary import AttributionType, ClaimantCategory

CATEGORIES = {
    "government": ClaimantCategory.GOVERNMENT,
    "foreign government body": ClaimantCategory.FOREIGN_GOVERNMENT,
    "technology company": ClaimantCategory.TECHNOLOGY_COMPANY,
    "civil society organization": ClaimantCategory.CIVIL_SOCIETY,
    "media": ClaimantCategory.MEDIA,
    "private consultancy": ClaimantCategory.CONSULTANCY,
    "influential individual": ClaimantCategory.INDIVIDUAL,
}
ATTRIBUTION_STARTS = {
    "direct": AttributionType.DIRECT,
    "proxy": AttributionType.INFERRED,
    "non-aligned": AttributionType.COMMERCIAL,
}
# Every spelling of a method in the two dialects, under its name of 2024.
METHODS = {
    "brigading": "brigading",
    "sockpuppets": "sockpuppets",
    "botnets": "third-party-automation",
    "third-party automation": "third-party-automation",
    "coordinated automated account activity": "third-party-automation",
    "search engine manipulation": "domain-spoofing",
    "domain spoofing": "domain-spoofing",
    "deceptive content manipulation": "cheapfakes",
    "cheapfakes": "cheapfakes",
    "deep learning processes": "generative-ai",
    "generative ai": "generative-ai",
    "influencer payola": "influencer-payola",
    "ddos": "ddos",
    "hacking - ddos": "ddos",
    "data exfiltration": "data-exfiltration",
    "hacking - data exfiltration": "data-exfiltration",
    "data manipulation": "data-manipulation",
    "hacking - data manipulation": "data-manipulation",
    "hacking - other": "hacking-other",
}
INTRUSIONS = {"ddos", "data-exfiltration", "data-manipulation", "hacking-other"}
MEDIA = {
    "state media": "State media",
    "independent media": "Independent media",
    '"junk news" website': "Junk news",
    '"junk news"': "Junk news",
    "junk news": "Junk news",
}
# Spellings that mean the same as another one in the same column: reported, then read as the other.
SPELLINGS = {'"junk news"': '"Junk News" Website', "twitter": "X"}
NATIONS = {"usa": "United States", "us": "United States", "u.s.": "United States", "united states": "United States"}
EMPTY_WORDS = {"false", "n/a", "none", "null"}
