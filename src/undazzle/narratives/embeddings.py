"""Vectors of posts that the user computed with a model of their own, read from a local file and checked.

Nothing is downloaded and no model is run here: a file says for each post where its text lies, and texts that lie near
each other are taken to say the same, whatever their language.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from undazzle.errors import ParameterError, SourceError
from undazzle.narratives.vector_files import Batch, vector_batches
from undazzle.store import Store

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

SIMILARITY = 0.8
_LEAST, _MOST = 0.3, 0.99
# 20,000 texts of 4,096 numbers are 330 MB; a file for many more posts is read batch by batch and folded into texts.
_MOST_BYTES = 1_000_000_000


@dataclass(frozen=True)
class EmbeddingSettings:
    """A file of vectors, and from which cosine on two texts count as saying the same.

    Attributes
    ----------
    path
        Parquet, CSV or TSV with ``post_id`` and either ``vector`` or one column per number; or NumPy ``.npz`` with the
        arrays ``post_id`` and ``vector``, or ``.npy`` with these two fields.
    similarity
        Cosine from 0.3 to 0.99; which is right depends on the model.
    """

    path: Path
    similarity: float = SIMILARITY

    def __post_init__(self) -> None:
        """Refuse what makes no sense."""
        if not _LEAST <= self.similarity <= _MOST:
            raise ParameterError("embedding-similarity", self.similarity, f"Give a number from {_LEAST} to {_MOST}.")

    def parameters(self) -> dict[str, object]:
        """Return what a run records: name and SHA-256 of the file, never its contents, and the cosine."""
        try:
            with self.path.open("rb") as file:
                fingerprint = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise SourceError(str(self.path), f"The file cannot be read: {error}", "Check the path.") from error
        return {"file": self.path.name, "sha256": fingerprint, "similarity": self.similarity}


@dataclass(frozen=True)
class Embeddings:
    """One vector of unit length per text that has one.

    Attributes
    ----------
    vector
        Rows by number of the text; rows without a vector are zero.
    has_vector
        Which texts have one.
    dimensions
        Numbers in a vector.
    rows, unknown, repeated, unusable
        Rows of the file; those whose post is not among the compared ones or not in the workspace; those whose post had
        one already (the first counts); those with empty, infinite or only zero numbers.
    posts, without
        Posts with a text that is compared, and how many of them the file does not cover.
    """

    vector: FloatArray
    has_vector: npt.NDArray[np.bool_]
    dimensions: int
    rows: int
    unknown: int
    repeated: int
    unusable: int
    posts: int
    without: int

    @property
    def sentence(self) -> str:
        """Say what was read and what was not."""
        parts = [
            f"{number:,} {what}"
            for number, what in (
                (self.unknown, "rows name no post whose text was compared"),
                (self.repeated, "repeat a post, and the first counted"),
                (self.unusable, "hold empty, infinite or only zero numbers and were set aside"),
            )
            if number
        ]
        missing = f"; {self.without:,} of {self.posts:,} posts have no vector and were compared by letters only"
        said = f"{self.rows:,} vectors of {self.dimensions:,} numbers were read"
        return f"{said}{''.join(f'; {one}' for one in parts)}{missing if self.without else ''}."


def read_embeddings(
    store: Store, settings: EmbeddingSettings, post: IntArray, text: IntArray, texts: int
) -> Embeddings:
    """Read vectors for the texts that are compared; a text posted several times gets the mean of its posts.

    Parameters
    ----------
    store
        The workspace. Reads ``posts``.
    settings
        The file.
    post, text
        Keys of posts, and the number of the text of each (0 to ``texts`` - 1).
    texts
        How many texts are compared.

    Raises
    ------
    SourceError
        If the file cannot be read, has no usable column, vectors of differing lengths, too many numbers, or nothing
        for any compared post.
    """
    known = _posts_by_id(store, post)
    seen = np.zeros(len(post), dtype=np.bool_)
    total: FloatArray | None = None
    rows = unknown = repeated = unusable = 0
    for ids, vectors in _checked(settings.path, texts):
        total = np.zeros((texts, vectors.shape[1]), dtype=np.float32) if total is None else total
        place = np.array([known.get(one, -1) for one in ids], dtype=np.int64)
        length = np.linalg.norm(vectors.astype(np.float64), axis=1)
        is_usable = np.isfinite(length) & (length > 0)
        is_first = _first_of(place, seen)
        taken = (place >= 0) & is_usable & is_first
        rows += len(ids)
        unknown += int((place < 0).sum())
        repeated += int(((place >= 0) & ~is_first).sum())
        unusable += int(((place >= 0) & is_first & ~is_usable).sum())
        np.add.at(total, text[place[taken]], vectors[taken] / length[taken, None].astype(np.float32))
        seen[place[taken]] = True
    if total is None or not seen.any():
        raise SourceError(
            settings.path.name,
            f"None of its {rows:,} rows has a usable vector for a post whose text is compared",
            "post_id must be as in the workspace: undazzle query WS 'SELECT post_id FROM posts'.",
        )
    norm = np.linalg.norm(total, axis=1)
    has = norm > 0
    total[has] /= norm[has, None]
    return Embeddings(total, has, total.shape[1], rows, unknown, repeated, unusable, len(post), int((~seen).sum()))


def _checked(path: Path, texts: int) -> Iterator[Batch]:
    """Yield batches and refuse vectors of another length than the first, or more than fit in memory."""
    width = None
    for number, (ids, vectors) in enumerate(vector_batches(path)):
        if width is None:
            width = vectors.shape[1]
            if width * texts * 4 > _MOST_BYTES:
                raise SourceError(
                    path.name,
                    f"{texts:,} texts of {width:,} numbers need more than {_MOST_BYTES // 10**6:,} MB",
                    "Give shorter vectors, or compare fewer texts (--most-texts).",
                )
        if vectors.shape[1] != width:
            raise SourceError(
                path.name,
                f"Vectors differ in length: {width} numbers at first, {vectors.shape[1]} in batch {number + 1}",
                "Write the vectors of one model into one file.",
            )
        yield ids, vectors


def _first_of(place: IntArray, seen: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return which rows are the first for their post, within the batch and before it; unknown posts are always."""
    is_first = np.ones(len(place), dtype=np.bool_)
    known = np.flatnonzero(place >= 0)
    _, first = np.unique(place[known], return_index=True)
    is_first[known] = False
    is_first[known[first]] = True
    return is_first & ((place < 0) | ~seen[np.maximum(place, 0)])


def _posts_by_id(store: Store, post: IntArray) -> dict[str, int]:
    """Return the place in ``post`` by post id, also without its platform where that names one post only."""
    with store.view("_wanted", {"post_key": post, "place": np.arange(len(post), dtype=np.int64)}):
        rows = store.rows("SELECT post_id, place FROM _wanted JOIN posts USING (post_key)")
    found = {str(name): int(place) for name, place in rows}
    short: dict[str, int] = {}
    for name, place in rows:
        bare = str(name).partition(":")[2]
        if bare:
            short[bare] = -1 if bare in short else int(place)
    return {name: place for name, place in short.items() if place >= 0} | found
