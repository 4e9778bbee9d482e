"""No names of accounts, no addresses of persons: a case speaks of public roles only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from undazzle.casebook.case import Case
from undazzle.casebook.checks.finding import Check, problem
from undazzle.casebook.checks.texts import all_texts
from undazzle.casebook.problems import Problem, Severity

_HANDLE = re.compile(r"(?<![\w./@])@[A-Za-z0-9_.]{2,}")
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(\.[\w-]{1,63})+")
_PROFILE = re.compile(
    r"https?://(www\.|m\.|mobile\.)?("
    r"(x|twitter|instagram|threads)\.(com|net)/(?!i/|search|hashtag/|home|explore)[A-Za-z0-9_.]+/?(status/|$|\?|\s)"
    r"|facebook\.com/(profile\.php|people/|groups/)"
    r"|tiktok\.com/@|youtube\.com/(@|channel/|user/)|t\.me/|vk\.com/|weibo\.com/u/|reddit\.com/(u|user)/)",
    re.IGNORECASE,
)
_MARKS = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_REMEDY = "Leave it out; name the network, the platform and the number instead."


def find(case: Case) -> Iterator[Problem]:
    """Yield account names, profile and mail addresses, persons without a public role, and hidden characters."""
    for record in case:
        for path, text in all_texts(record):
            for pattern, code, what in (
                (_HANDLE, "account-name", "an account name"),
                (_MAIL, "mail-address", "a mail address"),
                (_PROFILE, "account-address", "the address of an account"),
            ):
                if (found := pattern.search(text)) is not None:
                    yield problem(
                        case, record, path, code, Severity.ERROR,
                        f"{record.id} holds {what} ({found[0][:3]}…).", _REMEDY,
                    )  # fmt: skip
            if _MARKS.search(text):
                yield problem(
                    case, record, path, "hidden-characters", Severity.WARNING,
                    f"{record.id} holds invisible characters that turn or hide text.", "Remove them.",
                )  # fmt: skip
    yield from _roles(case)


def _roles(case: Case) -> Iterator[Problem]:
    for target in case.targets.values():
        if target.target_kind.is_person and not target.office:
            yield problem(
                case, target, ("target_kind",), "person-without-office", Severity.ERROR,
                f"{target.id} is a person without a public office.", "Give office, or leave the person out.",
            )  # fmt: skip
    for actor in case.actors.values():
        if actor.actor_kind == "official" and not actor.role:
            yield problem(
                case, actor, ("actor_kind",), "person-without-office", Severity.ERROR,
                f"{actor.id} is an official without a role.", "Give role, or leave the person out.",
            )  # fmt: skip


CHECK = Check(
    "privacy",
    "Account names, addresses of persons, persons without a public role",
    ("account-name", "mail-address", "account-address", "person-without-office", "hidden-characters"),
    find,
)
