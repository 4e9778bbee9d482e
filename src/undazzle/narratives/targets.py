"""Against whom: how often posts name the offices, candidates, races and institutions of a case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from undazzle.casebook import Case
from undazzle.casebook.target import Target, TargetKind
from undazzle.errors import SourceError
from undazzle.narratives.gazetteer import Entry, shipped_gazetteer
from undazzle.narratives.names import is_single_word, lower_pattern_of, pattern_of, plain_patterns, words_pattern
from undazzle.store import Store

# What has no name that posts would use is not looked for: "Trust in the election" is nobody's name.
_NAMED = (
    TargetKind.CANDIDATE, TargetKind.OFFICEHOLDER, TargetKind.OFFICIAL, TargetKind.PARTY, TargetKind.INSTITUTION,
    TargetKind.COMPANY, TargetKind.MEDIA,
)  # fmt: skip
_PERSONS = ("candidate", "officeholder", "official")
_FEW_WORDS = 2  # a single word is too common to be a name, unless a person lists it as an alias
# A single word that stands without its capital in more than one in twenty of its posts is a common word here.
_COMMON_SHARE, _COMMON_LEAST = 0.05, 3
_EXAMPLES = 3


@dataclass(frozen=True)
class TargetCount:
    """How often one target is named.

    Attributes
    ----------
    target_id, name, kind, race, party, on_ballot, office, jurisdiction
        As in the case or the gazetteer.
    posts, accounts
        Posts that name it and accounts that do.
    by_networks
        Posts by members of networks; none if no run was given.
    aliases
        The words looked for.
    by_week
        Posts by week (Monday's date).
    doubtful
        Posts left out because all they hold is a name that is a common word in these data.
    by_network
        Posts by network.
    network_weeks
        By network, posts by week.
    examples
        By network, ids of the first posts that name it; under 0 those of accounts in no network.
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
    doubtful: int = 0
    office: str | None = None
    jurisdiction: str | None = None
    by_network: Mapping[int, int] = field(default_factory=dict)
    network_weeks: Mapping[int, Mapping[date, int]] = field(default_factory=dict)
    examples: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def network_share(self) -> float | None:
        """Share of the posts that name it by members of networks."""
        return None if self.by_networks is None or not self.posts else self.by_networks / self.posts

    @property
    def level(self) -> str:
        """Where on the ballot: ``president``, ``down-ballot`` (all other persons), or ``no person``."""
        return level_of(self.kind, self.race, self.office)


def level_of(kind: str, race: str | None, office: str | None) -> str:
    """Return where on the ballot a target stands: ``president``, ``down-ballot`` or ``no person``."""
    if kind not in _PERSONS:
        return "no person"
    words = f"{race or ''} {office or ''}"
    return "president" if "President" in words or "presidential" in words.lower() else "down-ballot"


@dataclass(frozen=True)
class _Sought:
    """A target with the names under which it is looked for."""

    target_id: str
    name: str
    kind: str
    facts: tuple[str | None, str | None, bool | None, str | None, str | None]
    names: tuple[str, ...]
    context: tuple[str, ...]

    @property
    def clear(self) -> list[str]:
        return [one for one in self.names if not is_single_word(one)]

    @property
    def single(self) -> list[str]:
        return [one for one in self.names if is_single_word(one)]


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
    gazetteer: Sequence[Entry] | None = None,
    narratives_run: int | None = None,
    narrative_id: int | None = None,
) -> list[TargetCount]:
    """Count posts that name each target of a case and of the gazetteer, most named first. Reads ``posts``, ``members``.

    Being named is not being attacked: who stands how is not computed here (``stance``).

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
    gazetteer
        Roles beyond those of the case, and further names of those in it; the shipped list if not given.
    narratives_run, narrative_id
        Only posts of one narrative.
    """
    entries = shipped_gazetteer() if gazetteer is None else gazetteer
    sought = sought_targets(case, entries, aliases or {})
    where, scope = _scope(networks_run, narratives_run, narrative_id)
    with _naming(store, sought, where, scope):
        found = [_count(store, one, networks_run) for one in sought]
    return sorted(found, key=lambda one: (-one.posts, one.target_id))


def sought_targets(case: Case, entries: Sequence[Entry], aliases: Mapping[str, Sequence[str]]) -> list[_Sought]:
    """Return what is looked for: one line per name, though a person may be several targets (two elections)."""
    by_id = {one.id: one for one in entries}
    found: dict[str, _Sought] = {}
    for target in case.targets.values():
        entry = by_id.pop(target.id, None)
        names = _names(target, [*(entry.aliases if entry else ()), *aliases.get(target.id, ())])
        if not names:
            continue
        known = found.get(names[0].casefold())
        races = [known.facts[0] if known else None, target.race]
        facts = ("; ".join(one for one in races if one) or None, target.party, target.on_ballot, target.office,
                 target.jurisdiction)  # fmt: skip
        kept = (target.id, facts[1:]) if known is None or target.on_ballot else (known.target_id, known.facts[1:])
        every = tuple(dict.fromkeys([*(known.names if known else ()), *names]))
        context = entry.context if entry else known.context if known else ()
        found[names[0].casefold()] = _Sought(
            kept[0], names[0], target.target_kind.value, (facts[0], *kept[1]), every, context
        )
    for entry in by_id.values():
        if entry.kind and entry.name.casefold() not in found:
            facts = (entry.race or None, entry.party or None, entry.on_ballot, entry.office, entry.jurisdiction)
            names = list(dict.fromkeys([entry.name, *entry.aliases, *aliases.get(entry.id, ())]))
            found[entry.name.casefold()] = _Sought(entry.id, entry.name, entry.kind, facts, tuple(names), entry.context)
    return list(found.values())


def party_balance(counts: Iterable[TargetCount], network_id: int | None = None) -> dict[str, tuple[int, int | None]]:
    """Return posts naming persons of each party, and how many of them by networks (or by one of them)."""
    found: dict[str, tuple[int, int | None]] = {}
    for one in counts:
        if one.party and one.kind in _PERSONS:
            posts, inside = found.get(one.party, (0, 0))
            mine = one.by_networks if network_id is None else one.by_network.get(network_id, 0)
            both = None if mine is None or inside is None else inside + mine
            found[one.party] = (posts + one.posts, both)
    return found


def _names(target: Target, more: Sequence[str]) -> list[str]:
    own = target.name.split(" as ")[0].strip()  # "Joe Biden as candidate in 2020" is called Joe Biden in posts
    usable = [own] if target.target_kind in _NAMED and len(own.split()) >= _FEW_WORDS else []
    return list(dict.fromkeys([*usable, *more]))


@contextmanager
def _naming(store: Store, sought: Sequence[_Sought], where: str, scope: Mapping[str, object]) -> Iterator[None]:
    """Gather the few posts that hold any of the names, in one pass over all."""
    patterns = plain_patterns([name for one in sought for name in one.names]) or [r"[^\s\S]"]
    places = {f"pattern_{number}": pattern for number, pattern in enumerate(patterns)}
    any_name = " OR ".join(f"regexp_matches(p.text, ${name})" for name in places)
    store.execute(_GATHER.format(where=where, any_name=any_name), {**scope, **places})
    try:
        yield
    finally:
        store.execute("DROP TABLE IF EXISTS _naming")


def _count(store: Store, one: _Sought, networks_run: int | None) -> TargetCount:
    single = one.single
    values = {"clear": pattern_of(one.clear), "single": pattern_of(single), "context": words_pattern(one.context)}
    values["plain"] = plain_patterns(one.names)[0]
    common = _is_common(store, single) if single else False
    store.execute(_MATCH, {**values, "common": common})
    totals = store.records(_TOTALS)[0]
    weeks: dict[int | None, dict[date, int]] = {}
    for network, week, posts in store.rows(_WEEKS):
        weeks.setdefault(network, {})[week] = posts
    by_week: dict[date, int] = {}
    for some in weeks.values():
        for week, posts in some.items():
            by_week[week] = by_week.get(week, 0) + posts
    inside = {int(network): some for network, some in weeks.items() if network is not None}
    race, party, on_ballot, office, jurisdiction = one.facts
    examples = {int(network or 0): tuple(ids) for network, ids in store.rows(_FIRST)}
    return TargetCount(
        target_id=one.target_id,
        name=one.name,
        kind=one.kind,
        race=race,
        party=party,
        on_ballot=on_ballot,
        posts=totals["posts"],
        accounts=totals["accounts"],
        by_networks=None if networks_run is None else totals["inside"],
        aliases=one.names,
        by_week=dict(sorted(by_week.items())),
        doubtful=totals["doubtful"],
        office=office,
        jurisdiction=jurisdiction,
        by_network={network: sum(some.values()) for network, some in sorted(inside.items())},
        network_weeks=inside,
        examples=examples,
    )


def _is_common(store: Store, single: Sequence[str]) -> bool:
    """Say whether these single words stand without their capital often enough to be common words in these data."""
    patterns: dict[str, Any] = {"as_name": pattern_of(single), "as_word": lower_pattern_of(single)}
    written, lower = store.rows(_AS_WORD, patterns)[0]
    return bool(lower >= _COMMON_LEAST and lower > _COMMON_SHARE * (written + lower))


def _scope(
    networks_run: int | None, narratives_run: int | None, narrative_id: int | None
) -> tuple[str, dict[str, object]]:
    scope: dict[str, object] = {"networks": networks_run}
    if narratives_run is None or narrative_id is None:
        return "", scope
    where = "AND post_key IN (SELECT post_key FROM narrative_posts WHERE run_id = $run AND narrative_id = $narrative)"
    return where, {**scope, "run": narratives_run, "narrative": narrative_id}


_GATHER = """
CREATE OR REPLACE TEMP TABLE _naming AS
SELECT p.post_id, p.account_key, p.posted_at, p.text, m.network_id
FROM posts p LEFT JOIN (
    SELECT account_key, min(network_id) AS network_id FROM members WHERE run_id = $networks GROUP BY account_key
) m USING (account_key)
WHERE ({any_name}) {where}
"""

# A name that others bear needs a word beside it; a common word alone is not counted.
_MATCH = """
CREATE OR REPLACE TEMP TABLE _says AS
SELECT post_id, account_key, posted_at, network_id, is_clear OR NOT $common AS counts FROM (
    SELECT *, regexp_matches(text, $clear) AS is_clear FROM _naming
    WHERE regexp_matches(text, $plain) AND (regexp_matches(text, $clear) OR regexp_matches(text, $single))
      AND ($context = '' OR regexp_matches(text, $context))
)
"""
_TOTALS = """
SELECT count(*) FILTER (counts) AS posts, count(DISTINCT account_key) FILTER (counts) AS accounts,
    count(*) FILTER (counts AND network_id IS NOT NULL) AS inside, count(*) FILTER (NOT counts) AS doubtful FROM _says
"""
_WEEKS = """
SELECT network_id, date_trunc('week', posted_at)::DATE AS week, count(*)
FROM _says WHERE counts GROUP BY ALL ORDER BY ALL
"""
_FIRST = f"""
SELECT network_id, list(post_id ORDER BY posted_at, post_id)[1:{_EXAMPLES}] FROM _says WHERE counts GROUP BY network_id
"""
_AS_WORD = """
SELECT count(*) FILTER (regexp_matches(text, $as_name)), count(*) FILTER (regexp_matches(text, $as_word))
FROM posts WHERE text IS NOT NULL
"""
