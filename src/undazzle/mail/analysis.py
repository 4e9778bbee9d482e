"""Files of mail become a collection: findings per message, clusters of like texts, and the places they name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from undazzle.errors import SourceError
from undazzle.mail.findings import MailFindings, MailSettings, find_in_mail
from undazzle.mail.near_identical import near_identical, normal_text
from undazzle.mail.places import NamedPlace, PlaceList
from undazzle.mail.reading import read_mails


@dataclass(frozen=True, slots=True)
class MailCluster:
    """Messages that say nearly the same; ``members`` are places in the list of messages."""

    number: int
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MailCollection:
    """What was found in some files of mail."""

    mails: tuple[MailFindings, ...]
    clusters: tuple[MailCluster, ...]
    places: tuple[tuple[NamedPlace, ...], ...]  # beside ``mails``
    repeated: int  # messages that are the same, byte for byte, as one before
    set_aside: tuple[tuple[str, str], ...] = field(default=())  # file and reason

    def cluster_of(self, place: int) -> int | None:
        """Return the number of the cluster a message is in."""
        return next((one.number for one in self.clusters if place in one.members), None)


def analyse_mails(
    paths: Iterable[Path | str],
    settings: MailSettings | None = None,
    *,
    places: PlaceList | None = None,
    threshold: float = 0.7,
    progress: Callable[[str], None] | None = None,
) -> MailCollection:
    """Return what is found in files of mail.

    Parameters
    ----------
    paths
        Files or folders. A file that cannot be read is set aside with the reason.
    settings
        What the user states and gives.
    places
        The user's list of places.
    threshold
        Share of pieces of text (Jaccard) by which two messages are nearly identical, 0.4 to 1.
    progress
        Called with a sentence now and then.

    Raises
    ------
    SourceError
        If no file could be read at all.
    """
    said, known = settings or MailSettings(), places or PlaceList()
    found: dict[tuple[str, str], MailFindings] = {}
    repeated, set_aside = 0, list[tuple[str, str]]()
    failure: SourceError | None = None
    for path in _files(paths):
        try:
            for mail in read_mails(path):
                key = (mail.mail_id, mail.attached_to)
                repeated += key in found
                if key not in found:
                    found[key] = find_in_mail(mail, said)
        except SourceError as error:
            failure = error
            set_aside.append((str(path), error.problem))
        if progress:
            progress(f"{len(found):,} messages")
    if failure and not found:
        raise failure
    mails = tuple(found.values())
    named = tuple(tuple(known.named_in(one.text)) for one in mails)
    return MailCollection(mails, _clusters(mails, named, threshold), named, repeated, tuple(set_aside))


def _files(paths: Iterable[Path | str]) -> Iterable[Path]:
    for path in map(Path, paths):
        if path.is_dir():
            yield from sorted(one for one in path.iterdir() if one.is_file() and not one.name.startswith("."))
        else:
            yield path


def _clusters(
    mails: Sequence[MailFindings], named: Sequence[Sequence[NamedPlace]], threshold: float
) -> tuple[MailCluster, ...]:
    texts = [
        normal_text(mail.text or mail.subject, [one.place.name for one in places])
        for mail, places in zip(mails, named, strict=True)
    ]
    members: dict[int, list[int]] = {}
    for place, leader in enumerate(near_identical(texts, threshold)):
        if leader is not None:
            members.setdefault(leader, []).append(place)
    ordered = sorted(members.values(), key=lambda one: (-len(one), one[0]))
    return tuple(MailCluster(number, tuple(one)) for number, one in enumerate(ordered, 1))
