"""What a domain in a mail address does and does not say."""

from __future__ import annotations

# Endings that reports most often mistake for a place. The registry is in that country; who holds a name need not be.
_COUNTRIES = {
    "ru": "Russia", "su": "Russia (formerly the Soviet Union)", "xn--p1ai": "Russia", "cn": "China",
    "xn--fiqs8s": "China", "hk": "Hong Kong", "tw": "Taiwan", "ir": "Iran", "by": "Belarus", "ua": "Ukraine",
    "kp": "North Korea", "cu": "Cuba", "ve": "Venezuela", "sy": "Syria", "kz": "Kazakhstan", "in": "India",
    "pk": "Pakistan", "tr": "Turkey", "il": "Israel", "de": "Germany", "fr": "France", "uk": "the United Kingdom",
    "us": "the United States", "ca": "Canada", "pl": "Poland", "ro": "Romania", "md": "Moldova", "ge": "Georgia",
    "rs": "Serbia", "hu": "Hungary", "jp": "Japan", "kr": "South Korea", "br": "Brazil", "mx": "Mexico",
}  # fmt: skip
# Sold to anyone as words; the country only runs the registry.
_SOLD_AS_WORDS = {"io", "ai", "co", "me", "tv", "cc", "ws", "to", "gg", "ly", "fm", "tk", "ml", "ga", "cf", "gq", "pw"}
# Providers that give an address to anyone who asks; a selection, so a domain that is not listed may be one, too.
_OPEN_PROVIDERS = {
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com", "ymail.com",
    "aol.com", "icloud.com", "me.com", "mail.com", "gmx.com", "gmx.de", "gmx.net", "web.de", "proton.me",
    "protonmail.com", "tutanota.com", "tuta.io", "zoho.com", "fastmail.com", "mail.ru", "bk.ru", "inbox.ru", "list.ru",
    "internet.ru", "yandex.ru", "yandex.com", "ya.ru", "rambler.ru", "lenta.ru", "ro.ru", "autorambler.ru", "ukr.net",
    "i.ua", "qq.com", "163.com", "126.com", "sina.com", "foxmail.com", "naver.com", "daum.net", "seznam.cz", "wp.pl",
    "o2.pl", "interia.pl", "libero.it", "orange.fr", "laposte.net", "cock.li", "airmail.cc", "guerrillamail.com",
    "mailinator.com", "sharklasers.com", "10minutemail.com", "temp-mail.org", "dropmail.me",
}  # fmt: skip


def is_open_provider(domain: str) -> bool:
    """Return whether a domain is a known provider that gives an address to anyone who asks.

    Examples
    --------
    >>> is_open_provider("mail.ru"), is_open_provider("library.example")
    (True, False)
    """
    return domain.lower() in _OPEN_PROVIDERS


def ending_words(domain: str) -> str:
    """Return one sentence on the ending of a domain, or an empty text where it says nothing to mistake.

    Examples
    --------
    >>> ending_words("post.example.ru")
    'uses a .ru address (the registry of .ru is in Russia)'
    >>> ending_words("example.org")
    ''
    """
    ending = domain.rpartition(".")[2].lower()
    if ending in _COUNTRIES:
        return f"uses a .{ending} address (the registry of .{ending} is in {_COUNTRIES[ending]})"
    if ending in _SOLD_AS_WORDS:
        return f"uses a .{ending} address (such names are sold to anyone as a word)"
    if len(ending) == 2 and ending.isalpha():
        return f"uses a .{ending} address (a country's ending)"
    return ""


LIMIT_OF_DOMAIN = (
    "Not where the sender is, nor who it is: addresses are open to people anywhere, and this line can be invented."
)
