"""What a trace kind is: a descriptor, from which help, docs and tests derive."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from undazzle.model import InnocentExplanation, Parameter, Reference
from undazzle.store import Store

# One post as the brute-force reference sees it: the columns of ``posts`` by name.
Post = Mapping[str, Any]


def _no_warnings(_counts: Mapping[str, int]) -> list[str]:
    return []


def _no_plan(_store: Store, _settings: Mapping[str, Any]) -> list[str]:
    return []


@dataclass(frozen=True, slots=True)
class TraceKind:
    """One kind of trace.

    Attributes
    ----------
    kind_id
        Name in commands and tables, e.g. ``link``.
    version
        Raised whenever the items it yields change; stored with every extraction.
    title, summary
        One noun, and one sentence that starts with a verb.
    description
        What the item is and how it is made comparable, in at most five short sentences.
    needs
        Columns of ``posts`` of which at least one must be filled for the kind to be possible.
    reads
        Further columns of ``posts`` that the items depend on; whether a post is a repost is always looked at.
    parameters
        Settings with default and unit.
    innocent_explanations
        Ordinary reasons why accounts share such an item.
    references
        Where the method is published.
    extract
        ``extract(store, settings, target)`` fills the temporary table ``target`` with one row per trace,
        columns ``item VARCHAR, post_key BIGINT`` (no nulls, no repeats), and returns what it counted on the way, by
        name: counts of parts of the posts can be added.
    warn
        ``warn(counts)`` says in words what a reader of the results should know of these counts.
    plan
        ``plan(store, settings)`` says before an extraction within a limit of memory what will be done, if it needs more
        memory outside the database than a batch of posts.
    carried_out
        ``carried_out(counts)`` says how that was done.
    reference
        Brute force for tests: ``reference(post, settings)`` yields the items of one post. ``None`` for kinds
        that compare posts with each other; these have a reference of their own in the tests.
    is_default
        Whether ``detect`` uses it unless told otherwise.
    peer_names
        What other tools call it.
    """

    kind_id: str
    version: str
    title: str
    summary: str
    description: str
    needs: tuple[str, ...]
    innocent_explanations: tuple[InnocentExplanation, ...]
    extract: Callable[[Store, Mapping[str, Any], str], Mapping[str, int]]
    reference: Callable[[Post, Mapping[str, Any]], Iterable[str]] | None = None
    warn: Callable[[Mapping[str, int]], list[str]] = _no_warnings
    plan: Callable[[Store, Mapping[str, Any]], list[str]] = _no_plan
    carried_out: Callable[[Mapping[str, int]], list[str]] = _no_warnings
    reads: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    references: tuple[Reference, ...] = ()
    is_default: bool = False
    peer_names: tuple[str, ...] = ()

    @property
    def is_of_one_post(self) -> bool:
        """Whether the items of a post depend on that post alone, so that posts can be looked at part by part."""
        return self.reference is not None
