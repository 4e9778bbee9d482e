"""Signal ``script_slips``: signs of another keyboard in otherwise Latin text."""

from __future__ import annotations

from undazzle.model import InnocentExplanation, Parameter
from undazzle.signals.account_flags import flagged_accounts
from undazzle.signals.descriptor import Reading, Signal
from undazzle.signals.group import Group
from undazzle.signals.reading import habit_reading

LEAST_SHARE, LEAST_RATIO = 0.05, 3.0
_DENSE = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]"
_WORDS = {
    "chinese punctuation": "use Chinese or full-width punctuation in text without Chinese letters",
    "full-width letters": "use full-width Latin letters or digits",
    "mixed words": "mix Cyrillic and Latin letters within a word",
    "arabic punctuation": "use Arabic punctuation in text without Arabic letters",
}
PATTERNS = {
    "chinese punctuation": r"regexp_matches(text, '[，。、；：？！（）【】《》￥]') AND"
    rf" regexp_matches(text, '[a-zA-Z]{{3}}') AND NOT regexp_matches(text, '{_DENSE}')",
    "full-width letters": rf"regexp_matches(text, '[\x{{FF10}}-\x{{FF19}}\x{{FF21}}-\x{{FF3A}}\x{{FF41}}-\x{{FF5A}}]')"
    f" AND NOT regexp_matches(text, '{_DENSE}')",
    "mixed words": r"regexp_matches(text, '[a-zA-Z]{2}[а-яёА-ЯЁ][a-zA-Z]|[а-яё]{2}[a-z][а-яё]')",
    "arabic punctuation": r"regexp_matches(text, '[a-zA-Z]{3}\s?[،؛؟]') AND NOT regexp_matches(text, '\p{Arabic}{3}')",
}


def read(group: Group) -> Reading:
    """Return what the signs of the group's posts say."""
    members, controls = flagged_accounts(group, PATTERNS)
    return habit_reading(
        members,
        controls,
        _WORDS.__getitem__,
        least_share=LEAST_SHARE,
        least_ratio=LEAST_RATIO,
        nothing="no sign of another keyboard that others do not show as often",
    )


SCRIPT_SLIPS = Signal(
    signal_id="script_slips",
    version="1",
    title="Signs of another keyboard",
    summary="Finds punctuation and letters of another script in Latin text.",
    family="language",
    method=(
        "Four slips are looked for in posts that are no reposts: Chinese or full-width punctuation without Chinese, "
        "Japanese or Korean letters, full-width Latin letters, Cyrillic and Latin letters within a word, Arabic "
        "punctuation without Arabic letters. The share of accounts with one is compared with others that post as much; "
        "it must be three times as common, and one in twenty accounts must have it."
    ),
    needs=("text",),
    needs_words="texts",
    innocent_explanations=(
        InnocentExplanation("Bilingual people", "Who types in two scripts on one telephone slips now and then."),
        InnocentExplanation("Ornament", "Full-width and look-alike letters are fashionable in names and titles."),
    ),
    error_rates=("How many real groups show slips was not measured."),
    read=read,
    parameters=(
        Parameter("least_share", LEAST_SHARE, "share", "Part of the group that must show it"),
        Parameter("least_ratio", LEAST_RATIO, "times", "How much more common than elsewhere it must be"),
    ),
    same_as_traces=("text", "near_text"),
)
