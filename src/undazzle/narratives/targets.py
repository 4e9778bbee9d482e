"""Against whom: how often posts name the offices, candidates, races and institutions of a case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from undazzle.casebook import Case
from undazzle.casebook.target import Target, TargetKind
from undazzle.errors import SourceError
from undazzle.store import Store

# What has no name that posts would use is not looked for: "Trust in the election" is nobody's name.
_NAMED = (
    TargetKind.CANDIDATE, TargetKind.OFFICEHOLDER, TargetKind.OFFICIAL, TargetKind.PARTY, TargetKind.CAMPAIGN,
    TargetKind.INSTITUTION, TargetKind.COMPANY, TargetKind.MEDIA,
)  # fmt: skip
_FEW_WORDS = 2  # a single word is too common to be a name, unless a person lists it as an alias


@dataclass(frozen=True)
class TargetCount:
    """How often one target is named.

    Attributes
    ----------
    target_id, name, kind, race, party, on_ballot
        As in the case.
    posts, accounts
        Posts that name it and accounts that do.
    by_networks
        Posts by members of networks; none if no run was given.
    aliases
        The words looked for.
    by_week
        Posts by week (Monday's date).
    """

    target_id: str
    name: str
    kind: str
    race: str | None
    party: str | None
    on_ballot: bool | None
    posts: int
    accounts: int
    by_networks: int | None
    aliases: tuple[str, ...]
    by_week: Mapping[date, int]

    @property
    def network_share(self) -> float | None:
        """Share of the posts that name it by members of networks."""
        return None if self.by_networks is None or not self.posts else self.by_networks / self.posts


def read_aliases(path: Path) -> dict[str, list[str]]:
    """Return further names by target from a YAML file: ``target:blackburn: [Sen. Blackburn, 布莱克本]``.

    Raises
    ------
    SourceError
        If the file holds something else.
    """
    try:
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SourceError(path, f"The aliases cannot be read ({str(error)[:100]})", _ALIAS_HELP) from error
    if not isinstance(read, dict) or not all(
        isinstance(names, list) and all(isinstance(name, str) and name.strip() for name in names)
        for names in read.values()
    ):
        raise SourceError(path, "This is no list of names by target", _ALIAS_HELP)
    return {str(target): names for target, names in read.items()}


_ALIAS_HELP = "Write one line per target: target:name: [first name in posts, second name]."


def count_targets(
    store: Store,
    case: Case,
    *,
    networks_run: int | None = None,
    aliases: Mapping[str, Sequence[str]] | None = None,
    narratives_run: int | None = None,
    narrative_id: int | None = None,
) -> list[TargetCount]:
    """Count posts that name each target of a case, most named first. Reads ``posts``, ``members``.

    Being named is not being attacked: no stance is computed, because none was validated on labelled posts.

    Parameters
    ----------
    store
        An open workspace.
    case
        Its targets give the names; kinds without a name of their own (trust, electorates) are left out.
    networks_run
        A run whose members are counted apart.
    aliases
        Further names by target, in any language.
    narratives_run, narrative_id
        Only posts of one narrative.
    """
    found = []
    where, scope = _scope(networks_run, narratives_run, narrative_id)
    seen: set[tuple[str, ...]] = set()
    for target in case.targets.values():
        names = _names(target, (aliases or {}).get(target.id, ()))
        # One person may be several targets (a candidate of two elections); posts give one name, so it counts once.
        if not names or tuple(names) in seen:
            continue
        seen.add(tuple(names))
        rows = store.rows(_COUNT.format(where=where), {**scope, "pattern": _pattern(names)})
        posts, accounts, inside = rows[0]
        weeks = store.rows(_WEEKS.format(where=where), {**scope, "pattern": _pattern(names)}) if posts else []
        found.append(
            TargetCount(
                target_id=target.id,
                name=target.name,
                kind=target.target_kind.value,
                race=target.race,
                party=target.party,
                on_ballot=target.on_ballot,
                posts=posts,
                accounts=accounts,
                by_networks=None if networks_run is None else inside,
                aliases=tuple(names),
                by_week=dict(weeks),
            )
        )
    return sorted(found, key=lambda one: (-one.posts, one.target_id))


def party_balance(counts: Iterable[TargetCount]) -> dict[str, tuple[int, int | None]]:
    """Return posts naming persons of each party, and how many of them by networks."""
    found: dict[str, tuple[int, int | None]] = {}
    for one in counts:
        if one.party and one.kind in ("candidate", "officeholder", "official"):
            posts, inside = found.get(one.party, (0, 0))
            both = None if one.by_networks is None or inside is None else inside + one.by_networks
            found[one.party] = (posts + one.posts, both)
    return found


def _names(target: Target, more: Sequence[str]) -> list[str]:
    own = target.name.split(" as ")[0].strip()  # "Joe Biden as candidate in 2020" is called Joe Biden in posts
    usable = [own] if target.target_kind in _NAMED and len(own.split()) >= _FEW_WORDS else []
    return list(dict.fromkeys([*usable, *more]))


def _pattern(names: Sequence[str]) -> str:
    """Return a pattern for whole words; scripts without spaces have none, so there any place counts."""
    parts = []
    for name in names:
        body = r"\s+".join(re.escape(word) for word in name.split())
        joined = "".join(name.split())  # a hashtag writes the name in one word
        either = f"(?:{body}|{re.escape(joined)})" if joined != name else body
        parts.append(rf"\b{either}\b" if name.isascii() else either)
    return f"(?i){'|'.join(parts)}"


def _scope(
    networks_run: int | None, narratives_run: int | None, narrative_id: int | None
) -> tuple[str, dict[str, object]]:
    scope: dict[str, object] = {"networks": networks_run}
    if narratives_run is None or narrative_id is None:
        return "", scope
    where = "AND post_key IN (SELECT post_key FROM narrative_posts WHERE run_id = $run AND narrative_id = $narrative)"
    return where, {**scope, "run": narratives_run, "narrative": narrative_id}


_COUNT = """
SELECT count(*), count(DISTINCT account_key), count(*) FILTER (
    account_key IN (SELECT account_key FROM members WHERE run_id = $networks))
FROM posts WHERE regexp_matches(text, $pattern) {where}
"""

_WEEKS = """
SELECT date_trunc('week', posted_at)::DATE AS week, count(*)
FROM posts WHERE regexp_matches(text, $pattern) AND ($networks IS NULL OR true) {where}
GROUP BY week ORDER BY week
"""
