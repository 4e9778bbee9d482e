"""Vectors that the user brings join what is said in several languages; every bad file is told in words."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from click.testing import CliRunner
from pyarrow import csv as arrow_csv
from pyarrow import parquet

from tests.narratives.stories import Row, b_cubed, told, workspace_of
from undazzle.cli.main import cli
from undazzle.errors import ParameterError, SourceError
from undazzle.narratives import EmbeddingSettings, NarrativeSettings, find_narratives
from undazzle.narratives.embeddings import read_embeddings
from undazzle.narratives.meaning import join_by_vectors
from undazzle.store import Store, find_run

pytest.importorskip("sklearn", reason="scikit-learn is an extra")

QUICK = NarrativeSettings(bootstraps=0)
# Which story in another language says the same, by this test's key only.
WIDTH = 48


def vectors_of(rows: list[Row], seed: int, noise: float = 0.05) -> np.ndarray:
    """Return what a model of meaning would give: one direction per story whatever its language, others at random."""
    draws = np.random.default_rng(seed)
    stories = sorted({one["story"] for one in rows if one["story"]})
    direction = dict(zip(stories, draws.normal(size=(len(stories), WIDTH)), strict=True))
    return np.array(
        [
            (direction[one["story"]] if one["story"] else draws.normal(size=WIDTH)) + draws.normal(size=WIDTH) * noise
            for one in rows
        ],
        dtype=np.float32,
    )


def written(path: Path, vectors: np.ndarray, ids: list[str] | None = None) -> Path:
    names = ids or [f"x:{number}" for number in range(1, len(vectors) + 1)]
    columns = {"post_id": names, "vector": pa.array([one.tolist() for one in vectors], pa.list_(pa.float32()))}
    parquet.write_table(pa.table(columns), path)
    return path


def without_links(seed: int) -> list[Row]:
    return [{**one, "links": []} for one in told(seed, background=400)]


def test_three_languages_join_by_vectors_that_no_link_joins(tmp_path: Path) -> None:
    rows = without_links(14)
    store = workspace_of(rows)
    before = find_narratives(store, QUICK)
    assert store.rows("SELECT count(*) FROM narratives WHERE run_id = ? AND len(languages) > 1", [before])[0][0] == 0
    path = written(tmp_path / "vectors.parquet", vectors_of(rows, 1))
    run = find_narratives(store, QUICK, embeddings=EmbeddingSettings(path))
    joined = store.rows(
        "SELECT list_sort(languages), joined_by FROM narratives WHERE run_id = ? AND len(languages) > 2", [run]
    )
    assert [one[0] for one in joined] == [["ar", "en", "es"]]
    assert "vectors of vectors.parquet" in joined[0][1]
    found = dict(store.rows("SELECT post_key, narrative_id FROM narrative_posts WHERE run_id = ?", [run]))
    told_ones = [(one["story"], found.get(number, -number)) for number, one in enumerate(rows, 1) if one["story"]]
    _, _, f1 = b_cubed(*zip(*told_ones, strict=True))
    assert f1 >= 0.95
    assert not any(number in found for number, one in enumerate(rows, 1) if not one["story"] and found.get(number) == 1)


def test_a_run_keeps_the_fingerprint_of_the_file_and_is_repeated_when_it_changes(tmp_path: Path) -> None:
    from undazzle.workspace import Workspace

    rows = without_links(15)
    path = written(tmp_path / "vectors.parquet", vectors_of(rows, 1))
    with Workspace(":memory:") as ws:
        ws.store = workspace_of(rows)
        first = ws.narratives(QUICK, embeddings=path)
        kept = first.parameters["embeddings"]
        assert kept["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
        assert (kept["file"], kept["similarity"]) == ("vectors.parquet", 0.8)
        assert str(tmp_path) not in str(first.parameters)
        assert ws.narratives(QUICK, embeddings=path).run_id == first.run_id
        assert ws.narratives(QUICK).run_id != first.run_id, "a search without vectors is another search"
        written(path, vectors_of(rows, 2))
        assert ws.narratives(QUICK, embeddings=path).run_id > first.run_id


def forms(tmp_path: Path, vectors: np.ndarray, ids: list[str]) -> dict[str, Path]:
    """Write the same vectors in every form that is read."""
    found = {"parquet": written(tmp_path / "v.parquet", vectors, ids)}
    columns = {"post_id": ids, **{f"e_{place}": vectors[:, place] for place in range(vectors.shape[1])}}
    shuffled = pa.table(columns).select(["post_id", *sorted(columns.keys() - {"post_id"})])
    parquet.write_table(shuffled, found.setdefault("columns", tmp_path / "c.parquet"))
    arrow_csv.write_csv(shuffled, found.setdefault("csv", tmp_path / "c.csv"))
    lines = [f'{name}\t"{one.tolist()}"' for name, one in zip(ids, vectors, strict=True)]
    found["tsv"] = tmp_path / "v.tsv"
    found["tsv"].write_text("post_id\tvector\n" + "\n".join(lines) + "\n", encoding="utf-8")
    np.savez(found.setdefault("npz", tmp_path / "v.npz"), post_id=np.array(ids), vector=vectors)
    fields = np.zeros(len(ids), dtype=[("post_id", "U32"), ("vector", "f4", (vectors.shape[1],))])
    fields["post_id"], fields["vector"] = ids, vectors
    np.save(found.setdefault("npy", tmp_path / "v.npy"), fields)
    return found


def test_every_form_of_file_gives_the_vectors_of_a_plain_computation(tmp_path: Path) -> None:
    draws = np.random.default_rng(5)
    store = workspace_of([{"account": f"a{number}", "text": "said"} for number in range(9)])
    post, text = np.arange(1, 10, dtype=np.int64), np.array([0, 0, 1, 2, 2, 2, 3, 4, 4], dtype=np.int64)
    vectors = draws.normal(size=(9, 12)).astype(np.float32)
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    means = np.array([unit[text == one].mean(axis=0) for one in range(5)])
    expected = means / np.linalg.norm(means, axis=1, keepdims=True)
    for name, path in forms(tmp_path, vectors, [f"x:{one}" for one in post]).items():
        held = read_embeddings(store, EmbeddingSettings(path), post, text, 5)
        np.testing.assert_allclose(held.vector, expected, atol=1e-5, err_msg=name)
        assert (held.rows, held.unknown, held.repeated, held.unusable, held.without) == (9, 0, 0, 0, 0), name


def test_ids_without_their_platform_are_found_and_whatever_is_left_out_is_counted(tmp_path: Path) -> None:
    store = workspace_of([{"account": f"a{number}", "text": "said"} for number in range(5)])
    post = np.arange(1, 6, dtype=np.int64)
    rows = np.eye(7, 4, dtype=np.float32) + 1
    rows[3], rows[4] = np.nan, 0
    path = written(tmp_path / "v.parquet", rows, ["1", "x:2", "2", "3", "x:4", "nobody", "else"])
    held = read_embeddings(store, EmbeddingSettings(path), post, post - 1, 5)
    assert (held.rows, held.unknown, held.repeated, held.unusable, held.without) == (7, 2, 1, 2, 3)
    assert held.has_vector.tolist() == [True, True, False, False, False]
    for said in ("2 rows name no post", "1 repeat a post", "2 hold empty", "3 of 5 posts have no vector"):
        assert said in held.sentence


def store_of_three() -> Store:
    return workspace_of([{"account": f"a{number}", "text": "said"} for number in range(3)])


def read(path: Path, similarity: float = 0.8) -> None:
    post = np.arange(1, 4, dtype=np.int64)
    read_embeddings(store_of_three(), EmbeddingSettings(path, similarity), post, post - 1, 3)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("v.csv", "post_id,vector\nx:1,[1 2 3]\nx:2,[1 2]\n", "differ in length"),
        ("v.csv", "id,vector\nx:1,[1 2]\n", "no column post_id"),
        ("v.csv", "post_id,words\nx:1,hello\n", "numbered columns"),
        ("v.csv", "post_id,vector\nx:1,[one two]\n", "cannot be read"),
        ("v.csv", "post_id,vector\nx:77,[1 2]\n", "None of its 1 rows"),
        ("v.csv", "post_id,vector\nx:1,[nan nan]\n", "usable vector"),
        ("v.csv", "", "cannot be read"),
        ("v.parquet", "not parquet", "cannot be read"),
        ("v.npy", "not numpy", "cannot be read"),
        ("v.txt", "1 2 3", "no kind of vector file"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_words(tmp_path: Path, name: str, content: str, said: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=said):
        read(path)


def test_numpy_files_with_objects_or_the_wrong_shape_are_refused(tmp_path: Path) -> None:
    objects = tmp_path / "objects.npy"
    np.save(objects, np.array([{"post_id": "x:1"}], dtype=object), allow_pickle=True)
    with pytest.raises(SourceError, match="cannot be read"):
        read(objects)
    matrix = tmp_path / "matrix.npy"
    np.save(matrix, np.ones((3, 4)))
    with pytest.raises(SourceError, match="post_id"):
        read(matrix)
    short = tmp_path / "short.npz"
    np.savez(short, post_id=np.array(["x:1"]), vector=np.ones((3, 4)))
    with pytest.raises(SourceError, match="a row for each"):
        read(short)


def test_too_many_numbers_and_a_cosine_that_makes_no_sense_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be used"):
        read(written(tmp_path / "wide.parquet", np.ones((1, 8_193), dtype=np.float32)))
    with pytest.raises(ParameterError, match="embedding-similarity"):
        EmbeddingSettings(tmp_path / "v.parquet", 1.0)
    post = np.arange(1, 4, dtype=np.int64)
    path = written(tmp_path / "v.parquet", np.ones((1, 4_000), dtype=np.float32))
    with pytest.raises(SourceError, match="most-texts"):
        read_embeddings(store_of_three(), EmbeddingSettings(path), post, post - 1, 1_000_000)


def test_groups_by_wording_are_never_broken_up_and_far_ones_stay_apart(tmp_path: Path) -> None:
    east, north = np.eye(2, 6, dtype=np.float32)
    vectors = np.array([east, north, east + 0.01, north, -east, east], dtype=np.float32)
    post = np.arange(1, 7, dtype=np.int64)
    store = workspace_of([{"account": f"a{number}", "text": "said"} for number in range(6)])
    path = written(tmp_path / "v.parquet", vectors)
    held = read_embeddings(store, EmbeddingSettings(path), post, post - 1, 6)
    label = np.array([0, 0, -1, 1, -1, -1], dtype=np.int64)  # the first two say the same, wherever they lie
    found = join_by_vectors(label, held, 0.8, 0).label
    assert found[0] == found[1]
    assert found[2] == found[5] != -1, "two single texts in one place"
    assert len({found[0], found[2], found[3]}) == 3
    assert found[4] == -1


def test_a_cosine_at_which_everything_is_near_is_said(tmp_path: Path) -> None:
    rows = without_links(16)[:200]
    path = written(tmp_path / "v.parquet", np.ones((len(rows), 4), dtype=np.float32))
    store = workspace_of(rows)
    run = find_narratives(store, QUICK, embeddings=EmbeddingSettings(path))
    assert any("100% of random pairs" in one for one in find_run(store, run).warnings)


def test_the_command_joins_by_a_file_and_says_what_it_read(tmp_path: Path) -> None:
    from undazzle.workspace import Workspace

    posts = tmp_path / "posts.csv"
    lines = ["post_id,account_id,posted_at,text"]
    said = (
        "the ferry to the north island leaves at nine o clock",
        "el barco a la isla del norte sale a las nueve",
    )
    lines += [f"{one},a{one},2024-03-01T09:{one:02}:00Z,{said[one % 2]} de la manana {one}" for one in range(20)]
    posts.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with Workspace(tmp_path / "w.duckdb") as ws:
        ws.ingest(posts)
        ids = [row[0] for row in ws.store.rows("SELECT post_id FROM posts ORDER BY post_id")]
    path = written(tmp_path / "v.parquet", np.ones((20, 3), dtype=np.float32), ids)
    result = CliRunner().invoke(cli, ["narratives", str(tmp_path / "w.duckdb"), "--embeddings", str(path)])
    assert result.exit_code == 0, result.output
    assert "20 vectors of 3 numbers were read." in result.stderr
    assert "vectors of v.parquet" in result.stdout
