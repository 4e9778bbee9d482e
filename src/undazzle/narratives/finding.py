"""Finds narratives and writes them as a run."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from undazzle.errors import MissingExtraError, UndazzleError
from undazzle.narratives.anchors import join_by_anchors
from undazzle.narratives.cohesion import cohesive_groups
from undazzle.narratives.embeddings import Embeddings, EmbeddingSettings, read_embeddings
from undazzle.narratives.meaning import exemplars_by_vectors, join_by_vectors
from undazzle.narratives.settings import NarrativeSettings
from undazzle.narratives.similarity import NONE, Pairs, assign, exemplars_of, near_pairs, vectors
from undazzle.narratives.texts import Texts, load_texts
from undazzle.narratives.writing import write_narratives
from undazzle.store import Store, check_holds_all_posts, fail_run, finish_run, start_run

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

IntArray = npt.NDArray[np.int64]

__all__ = ["NarrativeSettings", "find_narratives"]

_KEPT = 0.8  # share of texts on which the search is repeated


@dataclass(frozen=True)
class Grouped:
    """Groups of distinct texts: the group of each text, the exemplars, how stable the groups are."""

    label: IntArray
    exemplars: IntArray
    stability: tuple[float, float] | None
    compared: int
    by_vectors: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()


def find_narratives(
    store: Store,
    settings: NarrativeSettings | None = None,
    *,
    embeddings: EmbeddingSettings | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> int:
    """Group posts that say the same and write the groups; returns the number of the run.

    Distinct texts (links and names taken out) are compared by letter sequences; groups are communities of near texts;
    groups that carry the same rare link, image or hashtag are joined, which is the only way across languages unless
    vectors are given.
    Writes ``narratives``, ``narrative_posts``.

    Parameters
    ----------
    store
        An open workspace.
    settings
        Thresholds; the defaults if not given.
    embeddings
        A local file of vectors of posts that the user computed; texts whose vectors lie near each other are joined.
    say
        Called with a line before each step.

    Raises
    ------
    UndazzleError
        If no post has a text that is long enough, or most posts are elsewhere.
    SourceError
        If the file of vectors cannot be used.
    MissingExtraError
        If scikit-learn is not installed.
    """
    check_holds_all_posts(store, "narratives")
    asked = settings or NarrativeSettings()
    started = time.process_time()
    parameters = search_parameters(asked, embeddings)
    run_id = start_run(store, command="narratives", method="narratives", parameters=parameters, seed=asked.seed)
    try:
        say("Reading texts")
        texts = load_texts(store, asked.min_letters)
        if not len(texts):
            raise UndazzleError(
                f"No post has {asked.min_letters:,} letters without links and names: there is nothing to compare. Read "
                "files with texts, or lower min_letters of NarrativeSettings."
            )
        grouped = _group(store, texts, asked, embeddings, say)
        in_group = grouped.label[texts.text_of_post] != NONE
        post, group = texts.post[in_group], grouped.label[texts.text_of_post][in_group]
        say("Joining groups that carry the same link, image or hashtag")
        joined, anchors = join_by_anchors(store, post, group)
        numbers = np.array([joined[int(one)] for one in group], dtype=np.int64)
        if embeddings:
            for one in sorted(grouped.by_vectors & joined.keys()):
                anchors.setdefault(joined[one], []).insert(0, f"vectors of {embeddings.path.name}")
        is_exemplar = np.isin(texts.text_of_post[in_group], grouped.exemplars)
        say("Writing narratives")
        with store.transaction():
            written = write_narratives(store, run_id, post, numbers, is_exemplar, anchors, asked)
            summary = {
                "texts": len(texts),
                "compared": grouped.compared,
                "too_short": texts.too_short,
                "narratives": written,
                "stability": grouped.stability,
            }
            finish_run(
                store, run_id, warnings=_warnings(texts, grouped, embeddings), summary=summary, cpu_started=started
            )
    except BaseException as error:
        fail_run(store, run_id, error)
        raise
    return run_id


def search_parameters(asked: NarrativeSettings, embeddings: EmbeddingSettings | None = None) -> dict[str, object]:
    """Return what a search for narratives records of its settings; two searches with the same find the same."""
    return asdict(asked) | ({"embeddings": embeddings.parameters()} if embeddings else {})


def _group(
    store: Store,
    texts: Texts,
    asked: NarrativeSettings,
    embeddings: EmbeddingSettings | None,
    say: Callable[[str], None],
) -> Grouped:
    chosen = _chosen(len(texts), asked)
    say(f"Comparing {len(chosen):,} of {len(texts):,} distinct texts")
    # The weights are learnt from all texts that are compared; the rest is held against exemplars with the same.
    rows = vectors(texts.text) if len(chosen) == len(texts) else None
    sample = rows if rows is not None else vectors([texts.text[one] for one in chosen])
    pairs = near_pairs(sample, asked.similarity)
    labels = cohesive_groups(sample, pairs, asked.similarity, asked.seed)
    stability = _stability(sample, pairs, labels, asked)
    labels = _with_repeated(labels, np.bincount(texts.text_of_post, minlength=len(texts))[chosen], asked.min_posts)
    exemplars = exemplars_of(sample, labels)
    by_vectors, notes = frozenset[int](), tuple[str, ...]()
    if embeddings:
        say("Reading vectors")
        held = _vectors_of(store, texts, chosen, embeddings)
        meant = join_by_vectors(labels, held, embeddings.similarity, asked.seed)
        labels, by_vectors = meant.label, meant.by_vectors
        exemplars = exemplars_by_vectors(labels, held, exemplars)
        notes = (held.sentence, *meant.notes(embeddings.similarity))
    label = np.full(len(texts), NONE, dtype=np.int64)
    label[chosen] = labels
    if rows is None and len(exemplars):
        _assign_rest(texts, chosen, labels, exemplars, label, asked)
    return Grouped(label, chosen[exemplars], stability, len(chosen), by_vectors, notes)


def _vectors_of(store: Store, texts: Texts, chosen: IntArray, embeddings: EmbeddingSettings) -> Embeddings:
    """Return the vectors of the texts that are compared."""
    place = np.full(len(texts), NONE, dtype=np.int64)
    place[chosen] = np.arange(len(chosen))
    of_post = place[texts.text_of_post]
    kept = of_post != NONE
    return read_embeddings(store, embeddings, texts.post[kept], of_post[kept], len(chosen))


def _with_repeated(labels: IntArray, posts: IntArray, min_posts: int) -> IntArray:
    """Make a group of every text that has no neighbour but is posted often enough, word for word."""
    alone = (labels == NONE) & (posts >= min_posts)
    found = labels.copy()
    found[alone] = labels.max(initial=NONE) + 1 + np.arange(int(alone.sum()))
    return found


def _chosen(count: int, asked: NarrativeSettings) -> IntArray:
    """Return the numbers of the texts to compare: half of the places for the most repeated, half drawn."""
    if count <= asked.most_texts:
        return np.arange(count, dtype=np.int64)
    half = asked.most_texts // 2
    drawn = np.random.default_rng(asked.seed).choice(count - half, asked.most_texts - half, replace=False) + half
    return np.concatenate((np.arange(half), np.sort(drawn))).astype(np.int64)


def _assign_rest(
    texts: Texts, chosen: IntArray, labels: IntArray, exemplars: IntArray, label: IntArray, asked: NarrativeSettings
) -> None:
    """Add texts that were not compared to the group whose exemplar they are nearest to."""
    rest = np.setdiff1d(np.arange(len(texts)), chosen)
    leaders = [texts.text[one] for one in chosen[exemplars]]
    for start in range(0, len(rest), 50_000):
        part = rest[start : start + 50_000]
        rows = vectors(leaders + [texts.text[one] for one in part])
        label[part] = assign(rows[len(leaders) :], rows[: len(leaders)], labels[exemplars], asked.similarity)


def _stability(
    sample: csr_matrix, pairs: Pairs, labels: IntArray, asked: NarrativeSettings
) -> tuple[float, float] | None:
    """Return mean and lowest agreement (adjusted Rand index) of groups found on four in five texts."""
    if not asked.bootstraps:
        return None
    try:
        from sklearn.metrics import adjusted_rand_score
    except ImportError as error:
        raise MissingExtraError("narratives", "Narratives") from error
    draws = np.random.default_rng(asked.seed)
    found = []
    for turn in range(asked.bootstraps):
        kept = draws.random(len(labels)) < _KEPT
        both = kept[pairs[0]] & kept[pairs[1]]
        fewer = (pairs[0][both], pairs[1][both], pairs[2][both])
        again = cohesive_groups(sample, fewer, asked.similarity, asked.seed + turn + 1)
        inside = kept & ((again != NONE) | (labels != NONE))
        found.append(float(adjusted_rand_score(_alone(labels[inside]), _alone(again[inside]))))
    return float(np.mean(found)), float(np.min(found))


def _alone(labels: IntArray) -> IntArray:
    """Return labels in which every text without a group is a group of its own."""
    return np.where(labels == NONE, -1 - np.arange(len(labels)), labels)


def _warnings(texts: Texts, grouped: Grouped, embeddings: EmbeddingSettings | None) -> list[str]:
    found = []
    if texts.too_short:
        found.append(f"{texts.too_short:,} posts are too short to compare without links and names, and left out.")
    if grouped.compared < len(texts):
        found.append(
            f"{grouped.compared:,} of {len(texts):,} distinct texts were compared with each other (the most repeated "
            f"half of them, the rest drawn); the others were added to narratives found there. What is rare may be "
            f"missed: raise --most-texts."
        )
    found += grouped.notes
    vectors = f" and by the vectors of {embeddings.path.name}" if embeddings else " only"
    found.append(f"Languages are joined by common links, images and hashtags{vectors}.")
    return found
