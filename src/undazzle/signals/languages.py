"""The language of each account's posts: as the platform names it, or found out from the text.

Reads ``posts`` and the temporary tables of ``group``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from undazzle.signals.group import Group

# What platforms write where they could not tell; the language of ``in`` is Indonesian in an old code.
UNKNOWN = frozenset({"und", "unknown", "qme", "qst", "qht", "qam", "qct", "zxx", "art", "none", ""})
_SAME = {
    "iw": "he", "in": "id", "ji": "yi", "tl": "fil", "english": "en", "russian": "ru", "german": "de", "french": "fr",
    "spanish": "es", "portuguese": "pt", "italian": "it", "dutch": "nl", "polish": "pl", "ukrainian": "uk",
    "turkish": "tr", "arabic": "ar", "persian": "fa", "farsi": "fa", "chinese": "zh", "japanese": "ja", "korean": "ko",
    "hindi": "hi", "indonesian": "id", "tagalog": "fil", "filipino": "fil", "vietnamese": "vi", "hebrew": "he",
    "serbian": "sr", "croatian": "hr", "bulgarian": "bg", "romanian": "ro", "greek": "el", "czech": "cs",
    "swedish": "sv", "norwegian": "no", "danish": "da", "finnish": "fi", "hungarian": "hu", "estonian": "et",
    "latvian": "lv", "lithuanian": "lt", "slovak": "sk", "slovenian": "sl", "macedonian": "mk", "albanian": "sq",
    "icelandic": "is", "thai": "th", "urdu": "ur", "bengali": "bn", "tamil": "ta", "swahili": "sw",
}  # fmt: skip
# Of shorter texts the language is a guess.
LEAST_LETTERS = 40
_SAMPLE, _MOST_ACCOUNTS = 20, 1000
FEWEST_POSTS = 5

_NAMED = """
SELECT account_key, is_member, lower(language) AS language, count(*) AS posts FROM posts
JOIN (SELECT account_key, is_member FROM signal_accounts) USING (account_key)
WHERE language IS NOT NULL AND NOT coalesce(is_repost, false) GROUP BY ALL ORDER BY ALL
"""
_TEXTS = f"""
WITH chosen AS (
    SELECT account_key, is_member FROM signal_activity JOIN (SELECT account_key, account_id FROM accounts)
    USING (account_key) WHERE posts >= {FEWEST_POSTS}
    QUALIFY row_number() OVER (PARTITION BY is_member ORDER BY md5(account_id)) <= {_MOST_ACCOUNTS}
),
plain AS (
    SELECT account_key, is_member, post_key,
        trim(regexp_replace(left(text, 600), 'https?://\\S+|[@#]\\S+|\\s+', ' ', 'g')) AS text
    FROM posts JOIN chosen USING (account_key) WHERE NOT coalesce(is_repost, false)
)
SELECT account_key, is_member, text FROM plain
WHERE length(regexp_replace(text, '[^\\pL]', '', 'g')) >= {LEAST_LETTERS}
    OR length(regexp_replace(text, '[^\\p{{Han}}\\p{{Hangul}}\\p{{Hiragana}}\\p{{Katakana}}]', '', 'g')) >= 10
QUALIFY row_number() OVER (PARTITION BY account_key ORDER BY md5(post_key::VARCHAR)) <= {_SAMPLE}
ORDER BY account_key
"""


@dataclass(frozen=True)
class Languages:
    """Posts of each account by language.

    Attributes
    ----------
    members, controls
        One counter per account with enough posts of a known language.
    is_guessed
        Whether the languages were found out from the text.
    """

    members: list[Counter[str]]
    controls: list[Counter[str]]
    is_guessed: bool


def account_languages(group: Group) -> Languages | None:
    """Return the languages of accounts with five posts; ``None`` if nobody names them and none can be found out.

    Finding out needs ``undazzle[languages]``.
    """
    if "post_language" in group.filled:
        return _gathered(group.store.rows(_NAMED), is_guessed=False)
    if "text" not in group.filled or find_spec("py3langid") is None:
        return None
    texts = group.store.rows(_TEXTS)
    named = zip(texts, identify([row[2] for row in texts]), strict=True)
    return _gathered([(key, is_member, language, 1) for (key, is_member, _), language in named], is_guessed=True)


def identify(texts: Iterable[str]) -> list[str]:
    """Return the language code of each text, by a model that the package carries with it.

    Parameters
    ----------
    texts
        Texts without links and hashtags, of at least 40 letters.

    Raises
    ------
    MissingExtraError
        If ``undazzle[languages]`` is not installed.
    """
    from undazzle.errors import MissingExtraError

    try:
        import py3langid  # type: ignore[import-untyped]  # it has no types
    except ImportError as error:
        raise MissingExtraError("languages", "Finding out languages") from error
    return [str(py3langid.classify(text)[0]) for text in texts]


def plain_language(code: str) -> str:
    """Return the language without region and in its present code; empty if it says nothing.

    Examples
    --------
    >>> plain_language("pt-BR"), plain_language("iw"), plain_language("und"), plain_language("Russian")
    ('pt', 'he', '', 'ru')
    """
    plain = code.lower().replace("_", "-").partition("-")[0].partition("(")[0].strip()
    return "" if plain in UNKNOWN or "undefined" in plain else _SAME.get(plain, plain)


def _gathered(rows: Iterable[Any], *, is_guessed: bool) -> Languages:
    accounts: defaultdict[tuple[bool, int], Counter[str]] = defaultdict(Counter)
    for key, is_member, language, posts in rows:
        plain = plain_language(language)
        if plain:
            accounts[bool(is_member), key][plain] += posts
    enough = {who: counts for who, counts in accounts.items() if counts.total() >= FEWEST_POSTS}
    return Languages(
        [counts for (is_member, _), counts in enough.items() if is_member],
        [counts for (is_member, _), counts in enough.items() if not is_member],
        is_guessed,
    )
