"""Signal ``handle_templates``: the handles of the group are built alike."""

from __future__ import annotations

import re

from undazzle.coordination.explanations.wording import counted
from undazzle.model import InnocentExplanation, Parameter, Reference
from undazzle.signals.descriptor import FALSE_ALARM, Reading, Signal, untestable
from undazzle.signals.group import Group
from undazzle.signals.reading import habit_reading

FEWEST_HANDLES = 4
# A template must be this much more common than elsewhere: with thousands of accounts, trifles are significant.
LEAST_RATIO, LEAST_SHARE = 2.0, 0.05
_STEM = 5
_RUNS = re.compile(r"\d+|[^\W\d_]+|_+|[^\w]+")
_DEFAULT = re.compile(r"[A-Z][A-Za-z_]{2,14}\d{8}")
_LONG_NUMBER = re.compile(r"[A-Za-z_]{3,}\d{4,7}")
_UNSPEAKABLE = re.compile(r"[bcdfghjklmnpqrstvwxz]{5,}", re.IGNORECASE)
_WORDS = {
    "name and 8 digits": "a name followed by eight digits, as the platform proposes",
    "name and 4 to 7 digits": "letters followed by four to seven digits",
    "no vowels": "five or more consonants in a row",
}


def handle_habits(handle: str) -> set[str]:
    """Return the templates that a handle follows.

    Examples
    --------
    >>> sorted(handle_habits("Harbour58291734"))
    ['begins harbo', 'ends 91734', 'name and 8 digits', 'shape Aa9{8}']
    >>> sorted(handle_habits("quay_notes"))
    ['begins quay_', 'ends notes', 'shape a_a']
    """
    habits = {f"shape {handle_shape(handle)}"}
    if _DEFAULT.fullmatch(handle):
        habits.add("name and 8 digits")
    elif _LONG_NUMBER.fullmatch(handle):
        habits.add("name and 4 to 7 digits")
    if _UNSPEAKABLE.search(handle):
        habits.add("no vowels")
    if len(handle) > _STEM:
        habits |= {f"begins {handle[:_STEM].casefold()}", f"ends {handle[-_STEM:].casefold()}"}
    return habits


def handle_shape(handle: str) -> str:
    """Return how a handle is built: letters by case, digits with their number.

    Examples
    --------
    >>> handle_shape("Ada_Quay42"), handle_shape("HARBOURwatch"), handle_shape("x7")
    ('Aa_Aa9{2}', 'Aa', 'a9{1}')
    """
    parts = []
    for run in _RUNS.findall(handle):
        if run[0].isdigit():
            parts.append(f"9{{{len(run)}}}")
        elif run[0].isalpha():
            parts.append("a" if run.islower() else "A" if run.isupper() and len(run) > 1 else _cased(run))
        else:
            parts.append(run[0])
    return "".join(parts)


def _cased(run: str) -> str:
    humps = re.sub(r"[^A-Z]+", "a", run) if run.isascii() else "a"
    return re.sub("A+", "A", re.sub(r"[A-Z]", "A", humps))


def read(group: Group) -> Reading:
    """Return what the handles of the group say."""
    rows = group.store.rows(
        "SELECT is_member, handle, year(created_at) FROM signal_accounts"
        " WHERE regexp_matches(handle, '[^0-9]') ORDER BY account_key"
    )
    members = [(year, handle) for is_member, handle, year in rows if is_member]
    controls = [(year, handle) for is_member, handle, year in rows if not is_member]
    if len(members) < FEWEST_HANDLES:
        hashed = group.store.rows("SELECT count(*) FROM signal_accounts WHERE is_member AND is_hashed")[0][0]
        why = f" {counted(hashed, 'handle')} of the group are hashed in this data." if hashed else ""
        return untestable(f"A handle is known for {counted(len(members), 'account')} only.{why}", len(members))
    return habit_reading(
        [(year, handle_habits(handle)) for year, handle in members],
        [(year, handle_habits(handle)) for year, handle in controls],
        lambda habit: f"have {habit_words(habit)}",
        least_share=LEAST_SHARE,
        least_ratio=LEAST_RATIO,
        nothing="no template twice as common as elsewhere",
    )


def habit_words(habit: str) -> str:
    """Return a template in words.

    Examples
    --------
    >>> habit_words("shape Aa9{8}"), habit_words("no vowels")
    ('the shape Aa9{8}', 'five or more consonants in a row')
    """
    kind, _, rest = habit.partition(" ")
    if kind == "shape":
        return f"the shape {rest}"
    if kind in ("begins", "ends"):
        return f"the same {'beginning' if kind == 'begins' else 'end'} of {_STEM} signs"
    return _WORDS.get(habit, habit)


HANDLE_TEMPLATES = Signal(
    signal_id="handle_templates",
    version="1",
    title="Handles built alike",
    summary="Finds ways of building a handle that are more common in the group than elsewhere.",
    family="names",
    method=(
        "Every handle is reduced to its shape (letters by case, number of digits), its first and last five signs, and "
        "three known habits: a name and eight digits, letters and four to seven digits, no vowels. For each of them "
        "the share in the group is compared with the share among others registered in the same years. All templates "
        "that three accounts share count as tests. A template stands out if that is beyond chance and it is at least "
        "twice as common as elsewhere."
    ),
    needs=("handle",),
    needs_words="handles",
    innocent_explanations=(
        InnocentExplanation(
            "The platform's own proposal",
            "X proposes a name and eight digits to everybody who registers. A group of new accounts has more of them "
            "than one of old accounts: compare the dates of registration.",
        ),
        InnocentExplanation("A family of names", "Branches of one party, club or newspaper carry its name on purpose."),
        InnocentExplanation("A language", "Names of one language are built alike, and have few vowels in some."),
    ),
    error_rates=(
        "How many of the groups with a template it finds was not measured: no real group with unhashed handles "
        "was at hand."
    ),
    read=read,
    parameters=(
        Parameter("least_ratio", LEAST_RATIO, "times", "How much more common than elsewhere a template must be"),
        Parameter("least_share", LEAST_SHARE, "share", "Share of the group that must follow it"),
        Parameter("level", FALSE_ALARM, "probability", "Chance of any template standing out in an ordinary group"),
    ),
    references=(
        Reference(
            "Beskow and Carley 2018, Its All in a Name: Detecting and Labeling Bots by Their Name",
            "https://arxiv.org/abs/1812.05932",
        ),
    ),
)
