from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.narratives.stories import workspace_of
from undazzle.cli.main import cli
from undazzle.errors import SourceError
from undazzle.narratives.stance import Reading, Readings, krippendorff_alpha, measure_stance, read_readings
from undazzle.store import Store
from undazzle.workspace import Workspace

HEADER = "post_id,target,coder,label\n"


def test_alpha_is_that_of_worked_examples() -> None:
    # Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", examples A, B and C, worked by hand there.
    binary = list(zip("0100000010", "1110010000", strict=True))
    nominal = list(zip("aabbdcccedda", "babbbccceddd", strict=True))
    observers = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."]
    missing = [[label for label in labels if label != "."] for labels in zip(*observers, strict=True)]
    assert krippendorff_alpha(binary) == pytest.approx(0.095, abs=0.0005)
    assert krippendorff_alpha(nominal) == pytest.approx(0.692, abs=0.0005)
    assert krippendorff_alpha(missing) == pytest.approx(0.743, abs=0.0005)


def test_alpha_is_unknown_without_pairs_or_without_a_second_label() -> None:
    assert krippendorff_alpha([("a",), ("b",)]) is None
    assert krippendorff_alpha([("a", "a"), ("a", "a")]) is None


def posts(count: int) -> Store:
    return workspace_of([{"account": f"a{n}", "text": f"post {n}"} for n in range(count)])


def read(*rows: tuple[int, str, str]) -> Readings:
    return Readings(tuple(Reading(f"x:{post}", "target:bridge", coder, label) for post, coder, label in rows), {})


def test_a_share_has_its_interval_and_the_agreement_of_two_readers() -> None:
    labels = ["negative"] * 15 + ["neutral"] * 35
    given = [(n, "ann", label) for n, label in enumerate(labels, 1)]
    given += [(n, "bo", label) for n, label in list(enumerate(labels, 1))[10:20]]
    one = measure_stance(posts(50), read(*given)).targets[0]
    assert (one.negative, one.posts, one.coders, one.doubly_coded, one.alpha) == (15, 50, 2, 10, 1.0)
    assert one.interval == pytest.approx((0.191, 0.4375), abs=0.0005)  # 15 of 50 by Wilson's formula
    assert "alpha 1.00 on 10 posts" in one.sentence


def test_one_reader_leaves_agreement_unknown() -> None:
    one = measure_stance(posts(2), read((1, "ann", "negative"), (2, "ann", "neutral"))).targets[0]
    assert one.alpha is None
    assert "agreement unknown: the share rests on one reader" in one.sentence


def test_two_readers_of_different_posts_leave_agreement_unknown() -> None:
    one = measure_stance(posts(2), read((1, "ann", "negative"), (2, "bo", "neutral"))).targets[0]
    assert "agreement unknown: no post was read by two" in one.sentence


def test_a_disputed_post_counts_and_is_not_negative() -> None:
    given = [(1, "ann", "negative"), (1, "bo", "positive"), (2, "ann", "negative"), (2, "bo", "negative")]
    one = measure_stance(posts(2), read(*given)).targets[0]
    assert (one.posts, one.negative, one.disputed) == (2, 1, 1)
    assert "too low to rely on" in one.sentence


def test_bad_rows_and_unknown_posts_are_counted_and_never_used(tmp_path: Path) -> None:
    file = tmp_path / "labels.csv"
    file.write_text(
        HEADER + "x:1,t,ann,Negative\nx:1,t,bo,hostile\n,t,ann,neutral\nx:2,t,ann,neutral\nx:2,t,ann,positive\n"
        "x:1,t,ann,negative\nx:99,t,ann,negative\nx:3,t\n"
    )
    found = measure_stance(posts(3), read_readings(file))
    assert (found.targets[0].posts, found.targets[0].negative, found.unknown_posts) == (1, 1, 1)
    assert sorted(found.set_aside.values()) == [1, 1, 2, 2]
    assert sum(found.set_aside.values()) + 2 == 8  # one used row, one of an unknown post


@pytest.mark.parametrize("content", [b"post_id,label\nx:1,negative\n", b"\xff\xfe\x00", b""])
def test_a_file_that_holds_no_labels_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "labels.csv"
    file.write_bytes(content)
    with pytest.raises(SourceError, match="post_id"):
        read_readings(file)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        read_readings(tmp_path / "none.csv")


def test_the_command_prints_shares_and_what_they_rest_on(tmp_path: Path) -> None:
    table = tmp_path / "posts.csv"
    table.write_text("id,author,created_at,text\n1,a,2024-03-01T09:00:00Z,no to the bridge\n")
    with Workspace(tmp_path / "w.duckdb") as opened:
        opened.ingest(table)
        post = opened.store.rows("SELECT post_id FROM posts")[0][0]
    labels = tmp_path / "labels.csv"
    labels.write_text(HEADER + f"{post},the bridge,ann,negative\nnowhere,the bridge,ann,neutral\n")
    done = CliRunner().invoke(cli, ["narratives", str(tmp_path / "w.duckdb"), "--stance", str(labels)])
    assert done.exit_code == 0, done.output
    assert "the bridge: 1 of 1 coded posts are negative (100%" in done.output
    assert "rests on one reader" in done.output
    assert "1 labelled posts are not in this workspace" in done.output
