"""Signal ``profile_images``: accounts of the group wear the same picture."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from math import exp, lgamma

from undazzle.coordination.explanations.wording import counted, percent
from undazzle.model import InnocentExplanation, Parameter, Reference, share_interval
from undazzle.signals.chance import binomial_tail
from undazzle.signals.descriptor import FALSE_ALARM, Reading, Signal, untestable
from undazzle.signals.group import FEWEST_CONTROLS, Group
from undazzle.traces.image import LEAST_QUALITY, pdq_leaders

FEWEST_ACCOUNTS = 4
# PDQ hashes that differ in no more bits show the same picture, cut and coded anew; 31 would also pair portraits of
# one photographer.
MOST_BITS = 16
_DEFAULT = re.compile(
    r"default[_-]?(profile|avatar|user|image)|/sticky/|/blank|no[_-]?(avatar|photo|picture)|gravatar.*d="
)
_SIZE = re.compile(r"_(normal|bigger|mini|400x400|200x200|x96|reasonably_small|thumb|small|large)(?=\.|$)")
# A picture that so many unrelated accounts wear is given by the platform or an app.
_COMMON = 0.01
_PDQ = re.compile(r"[0-9a-f]{64}")

_IMAGES = f"""
SELECT a.is_member, a.profile_image, any_value(m.hash), a.platform FROM signal_accounts a
LEFT JOIN media m ON m.media_key = a.profile_image AND coalesce(m.quality, 100) >= {LEAST_QUALITY}
WHERE a.profile_image IS NOT NULL AND a.profile_image <> ''
GROUP BY a.account_key, a.is_member, a.profile_image, a.platform
ORDER BY a.account_key
"""


def image_name(address: str) -> str:
    """Return what tells a profile picture from others; empty for pictures that platforms give to everybody.

    Examples
    --------
    >>> image_name("https://img.example/p/18329/Pr-xa0UP_normal.jpg"), image_name("/images/default_profile_3.png")
    ('img.example/p/18329/Pr-xa0UP.jpg', '')
    """
    plain = address.partition("?")[0].partition("#")[0].strip()
    if not plain or _DEFAULT.search(address.casefold()):
        return ""
    return _SIZE.sub("", plain.split("://", 1)[-1])


def read(group: Group) -> Reading:
    """Return what the profile pictures of the group say."""
    rows = [(bool(one), image_name(address), *more) for one, address, *more in group.store.rows(_IMAGES)]
    rows = [row for row in rows if row[1]]
    items = _items([row[1] for row in rows], [row[2] for row in rows])
    members = [item for item, row in zip(items, rows, strict=True) if row[0]]
    controls = [item for item, row in zip(items, rows, strict=True) if not row[0]]
    everywhere = Counter(controls)
    given = {item for item, number in everywhere.items() if number > max(5, _COMMON * len(controls))}
    members, controls = [one for one in members if one not in given], [one for one in controls if one not in given]
    if len(members) < FEWEST_ACCOUNTS:
        return untestable(f"{counted(len(members), 'account')} of the group has a picture of its own.", len(members))
    if len(controls) < FEWEST_CONTROLS:
        return untestable("Profile pictures of other accounts are not in this data.", len(members))
    places: defaultdict[str, set[str]] = defaultdict(set)
    for item, row in zip(items, rows, strict=True):
        if row[0]:
            places[item].add(str(row[3]))
    across = sum(len(platforms) > 1 for item, platforms in places.items() if item not in given)
    return _reading(members, controls, any(row[2] for row in rows), across)


def _items(names: list[str], hashes: list[str | None]) -> list[str]:
    known = sorted({one.lower() for one in hashes if one and _PDQ.fullmatch(one.lower())})
    leaders = pdq_leaders(known, MOST_BITS).tolist() if known else []
    leader_of = {one: known[leader] for one, leader in zip(known, leaders, strict=True)}
    return [leader_of.get((hashed or "").lower(), name) for name, hashed in zip(names, hashes, strict=True)]


def _reading(members: list[str], controls: list[str], is_hashed: bool, across: int) -> Reading:
    counts = Counter(members)
    shared = sum(number for number in counts.values() if number > 1)
    rate = sharing_rate(list(Counter(controls).values()), len(members))
    # One pair more than was seen: where nobody shares, the rate is small but not nothing.
    p_value = binomial_tail(shared, len(members), min(1.0, rate + 2 / len(controls)))
    low, high = share_interval(shared, len(members))
    how = "Pictures are compared by what they show." if is_hashed else (
        "Only addresses are compared: a picture uploaded twice has two. undazzle ingest --pictures hashes their files."
    )  # fmt: skip
    return Reading(
        "stands_out" if p_value <= FALSE_ALARM and shared > 1 else "ordinary",
        f"{shared:,} of {counted(len(members), 'account')} share a profile picture with another",
        f"{counted(sum(number > 1 for number in counts.values()), 'picture')} is worn by more than one account, "
        f"{across:,} on more than one platform. Among as many others {percent(rate)} would share one by chance. {how}",
        shared / len(members), low, high, "share of accounts", len(members), rate, len(controls), p_value,
        details={"sizes": sorted((number for number in counts.values() if number > 1), reverse=True)[:50]},
    )  # fmt: skip


def sharing_rate(sizes: list[int], drawn: int) -> float:
    """Return the share of accounts that share a picture within a random draw.

    Parameters
    ----------
    sizes
        Accounts per picture among all.
    drawn
        Accounts in the draw.

    Examples
    --------
    >>> sharing_rate([1, 1, 1, 1], 3), sharing_rate([2, 2], 4)
    (0.0, 1.0)
    """
    number = sum(sizes)
    drawn = min(drawn, number)
    if drawn < 2:
        return 0.0
    alone = 0.0
    for size, times in Counter(sizes).items():
        alone += times * size * _none_drawn(number - 1, size - 1, drawn - 1)
    return max(0.0, 1.0 - alone / number)


def _none_drawn(among: int, marked: int, drawn: int) -> float:
    """Return the chance that a draw holds none of the marked ones."""
    if marked == 0:
        return 1.0
    if drawn > among - marked:
        return 0.0
    logs = lgamma(among - marked + 1) - lgamma(among - marked - drawn + 1) - lgamma(among + 1) + lgamma(
        among - drawn + 1
    )  # fmt: skip
    return exp(logs)


PROFILE_IMAGES = Signal(
    signal_id="profile_images",
    version="2",
    title="The same profile picture",
    summary="Finds accounts of the group that share a profile picture.",
    family="profile pictures",
    method=(
        "A picture is known by its perceptual hash where a file of it was hashed (PDQ, 16 of 256 bits), else by its "
        "address. Pictures that platforms give to everybody, and those that one in a hundred others wears, are left "
        "out. The share of accounts that wear the picture of another is compared with a random draw of as many others."
    ),
    needs=("profile_image",),
    needs_words="profile pictures",
    innocent_explanations=(
        InnocentExplanation("A badge", "Clubs, parties and protests ask their people to wear one picture."),
        InnocentExplanation("A star or a cartoon", "Popular pictures are worn by many who never met."),
        InnocentExplanation("One person", "Somebody with two accounts wears one face, and may say so."),
    ),
    error_rates=(
        "Control groups could be compared by addresses only. Not measured on real groups that share pictures."
    ),
    read=read,
    parameters=(Parameter("most_bits", MOST_BITS, "bits of 256", "How far hashes of one picture may differ"),),
    same_as_traces=("image",),
    references=(
        Reference(
            "Facebook 2019, The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm",
            "https://github.com/facebook/ThreatExchange/blob/main/hashing/hashing.pdf",
        ),
    ),
)
