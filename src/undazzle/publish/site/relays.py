"""The way of a claim from its first speaker to those who repeat it, and what changed on the way."""

from __future__ import annotations

from dataclasses import dataclass

from undazzle.casebook import Claim
from undazzle.casebook.origins import relay_chain
from undazzle.publish.site.index import SiteIndex
from undazzle.publish.site.words import counted, day_words, plain_word

MOST_STEPS = 30


@dataclass(frozen=True, slots=True)
class Step:
    """One stop: who, in which role, which claim, and what differs from the one before."""

    kind: str  # origin, relay, or unseen
    who: str
    role: str
    claim: Claim | None
    changes: tuple[str, ...] = ()
    words: str = ""
    is_loose: bool = False


def steps_of(index: SiteIndex, claim: Claim) -> tuple[tuple[Step, ...], int]:
    """Return the steps from the origin down, and how many relays are left out."""
    chain = list(reversed(relay_chain(index.case, claim)))
    root = chain[0]
    known = {one.id for one in chain}
    others = [one for one in index.relayed_by.get(root.id, ()) if one.id not in known]
    steps = list(_beginning(index, root))
    before = root
    for one in chain[1:]:
        steps += [_between(index, source) for source in one.via]
        steps.append(_relay(index, one, before))
        before = one
    told = sorted(others, key=lambda one: (index.day(one) or "9999", one.id))
    for one in told[: MOST_STEPS - len(chain)]:
        steps.append(_relay(index, one, index.case.claims.get(one.relays or "", root)))
    return tuple(steps), max(0, len(told) - max(0, MOST_STEPS - len(chain)))


def _beginning(index: SiteIndex, root: Claim) -> list[Step]:
    """Return the first speaker, and whom its document names as origin where that is somebody else."""
    day = day_words(index.day(root))
    public = f", public {day_words(root.published)}" if root.published and root.published != root.claimed else ""
    speaker = index.name(root.claimant)
    if root.stated_origin and root.stated_origin != root.claimant:
        unseen = Step("unseen", index.name(root.stated_origin), "named as origin", None,
                      words="What it said is not in this case.", is_loose=True)  # fmt: skip
        return [unseen, Step("relay", speaker, f"reports it, {day}{public}", root)]
    return [Step("origin", speaker, f"origin, {day}{public}", root)]


def _between(index: SiteIndex, source_id: str) -> Step:
    return Step("unseen", index.name(source_id), "in between", None, words="The document in between.", is_loose=True)


def _relay(index: SiteIndex, claim: Claim, before: Claim) -> Step:
    role = f"relay, {day_words(index.day(claim))}" + (", text breaks off" if claim.is_truncated else "")
    return Step("relay", index.name(claim.claimant), role, claim, changes_between(index, before, claim))


def changes_between(index: SiteIndex, before: Claim, after: Claim) -> tuple[str, ...]:
    """Return what a relay says otherwise than the claim it repeats, as far as both are coded."""
    found = []
    first = before.confidence.word if before.confidence else None
    second = after.confidence.word if after.confidence else None
    if second and second != first:
        found.append(f"Now {second} confidence; before, {f'{first} confidence' if first else 'no level'}.")
    own = before.stated_origin or before.claimant
    if after.stated_origin and after.stated_origin != own:
        found.append(f"Credits {index.name(after.stated_origin)}.")
    for name in ("polarity", "answer", "deployment", "approval", "act_class"):
        one, other = getattr(before.proposition, name), getattr(after.proposition, name)
        if one and other and one != other:
            found.append(f"{plain_word(name).capitalize()}: {plain_word(other)}; before, {plain_word(one)}.")
    return tuple(found)


def relay_words(index: SiteIndex, claim: Claim) -> str:
    """Return how many independent origins say so, and by how many claims, in words."""
    standing = index.standing[claim.id]
    origins, claims = standing.corroboration_count, standing.assertions_count
    relays = len(index.relayed_by.get(relay_chain(index.case, claim)[-1].id, ()))
    told = f"{counted(relays, 'relay')} in this case" if relays else "no relay in this case"
    return f"{counted(origins, 'independent origin')}, {told}; {counted(claims, 'claim says', 'claims say')} so in all."
