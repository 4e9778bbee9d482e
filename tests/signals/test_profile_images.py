from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.signals.builders import members_of, post, read, workspace
from undazzle.cli.main import cli
from undazzle.signals.pictures.video import VideoFacts
from undazzle.signals.pictures.video_media import middle_frame
from undazzle.workspace import Workspace

OTHERS = 300


def wearing(name, number, picture):
    return post(name, number, profile_image_url=picture)


def crowd(picture=lambda one: f"https://img.example/{one}_normal.jpg"):
    return [wearing(f"c{one}", one, picture(one)) for one in range(OTHERS)]


def hashed(store, hashes):
    """Remember hashes of pictures, as if files of them had been hashed."""
    for name, pdq in hashes.items():
        store.execute("INSERT INTO media VALUES (?, '', '', 'pdq', ?, 100)", [name, pdq])


def pdq(number, flips=0):
    import random

    value = random.Random(number).getrandbits(256)
    for bit in range(flips):
        value ^= 1 << 17 * bit
    return f"{value:064x}"


def test_one_picture_under_several_addresses_is_found_by_what_it_shows(tmp_path):
    rows = [wearing(f"m{one}", one, f"https://img.example/m{one}.jpg") for one in range(8)]
    store = workspace(tmp_path, rows + crowd())
    hashed(store, {f"https://img.example/m{one}.jpg": pdq(1, one) for one in range(8)})
    hashed(store, {f"https://img.example/{one}_normal.jpg": pdq(100 + one) for one in range(OTHERS)})
    found = read(store, members_of(8), "profile_images")
    assert found.reading.outcome == "stands_out"
    assert found.reading.value == 1.0
    assert "compared by what they show" in found.reading.seen


def test_a_default_picture_that_thousands_wear_is_no_reuse(tmp_path):
    rows = [wearing(f"m{one}", one, "https://img.example/m.jpg") for one in range(6)]
    rows += [wearing(f"m{one}", one, f"https://img.example/own{one}.jpg") for one in range(6, 12)]
    others = [wearing(f"c{one}", one, f"https://img.example/c{one}.jpg") for one in range(OTHERS)]
    store = workspace(tmp_path, rows + others)
    hashed(store, {"https://img.example/m.jpg": pdq(1)})
    # Every tenth of the others wears the same picture under an address of its own.
    hashed(store, {f"https://img.example/c{one}.jpg": pdq(1, 2) for one in range(0, OTHERS, 10)})
    found = read(store, members_of(12), "profile_images")
    assert found.reading.outcome == "ordinary", found.reading
    assert found.reading.value == 0.0


@pytest.mark.parametrize(
    "address",
    [
        "https://abs.example/sticky/default_profile_images/default_profile_6_normal.png",
        "https://img.example/images/default-avatar.png",
        "https://www.gravatar.example/avatar/0?gravatar&d=mp",
        "https://img.example/no_avatar.gif",
    ],
)
def test_pictures_that_platforms_give_to_everybody_are_no_pictures(tmp_path, address):
    rows = [wearing(f"m{one}", one, address) for one in range(8)]
    found = read(workspace(tmp_path, rows + crowd()), members_of(8), "profile_images")
    assert found.reading.outcome == "not_testable"
    assert "0 accounts" in found.reading.reason


def test_plain_pictures_are_not_taken_for_each_other(tmp_path):
    rows = [wearing(f"m{one}", one, f"https://img.example/m{one}.jpg") for one in range(8)]
    store = workspace(tmp_path, rows + crowd())
    for one in range(8):  # a picture of one colour has a hash, and a quality of nothing
        store.execute("INSERT INTO media VALUES (?, '', '', 'pdq', ?, 0)", [f"https://img.example/m{one}.jpg", pdq(1)])
    assert read(store, members_of(8), "profile_images").reading.outcome == "ordinary"


def test_the_same_face_on_two_platforms_is_said(tmp_path):
    rows = [wearing(f"m{one}", one, f"https://img.example/m{one % 4}.jpg") for one in range(8)]
    store = workspace(tmp_path, rows + crowd())
    store.execute("UPDATE accounts SET platform = 'bluesky' WHERE regexp_matches(account_id, 'm[4-7]$')")
    found = read(store, members_of(8), "profile_images")
    assert found.reading.outcome == "stands_out"
    assert "4 on more than one platform" in found.reading.seen


def test_a_folder_of_pictures_and_videos_is_hashed_for_posts_and_profiles(tmp_path):
    cv2 = pytest.importorskip("cv2")
    pytest.importorskip("pdqhash")
    import numpy as np

    random = np.random.default_rng(0)
    folder = tmp_path / "media"
    folder.mkdir()
    pictures = [cv2.resize(random.integers(0, 255, (32, 32)).astype(np.uint8), (320, 240)) for _ in range(4)]
    cv2.imwrite(str(folder / "face.png"), pictures[0])
    writer = cv2.VideoWriter(str(folder / "film.avi"), cv2.VideoWriter_fourcc(*"MJPG"), 5, (320, 240))
    for picture in pictures[1:]:
        for _ in range(5):
            writer.write(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR))
    writer.release()
    (folder / "broken.mp4").write_bytes(b"#EXTM3U")
    rows = [
        post("a", 1, profile_image_url="https://img.example/face.png", media_url="https://v.example/film.avi"),
        post("b", 2, profile_image_url="", media_url="https://v.example/broken.mp4"),
    ]
    with (tmp_path / "posts.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    result = CliRunner().invoke(
        cli,
        ["ingest", str(tmp_path / "w.duckdb"), str(tmp_path / "posts.csv"), "--pictures", str(folder),
         "--map", "media=media_url", "--map", "account_profile_image=profile_image_url"],
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "1 pictures hashed, 1 videos by one frame, 1 files set aside" in result.output
    assert "no MP4" in result.output
    with Workspace(tmp_path / "w.duckdb", read_only=True) as opened:
        keys = [row[0] for row in opened.store.rows("SELECT media_key FROM media ORDER BY ALL")]
    assert [Path(key).name for key in keys] == ["face.png", "film.avi"]


def test_the_frame_nearest_the_middle_stands_for_a_video():
    frames = ((0.0, "a"), (3.0, "b"), (5.0, "c"))
    assert middle_frame(VideoFacts("x", sampled=9, frames=frames)) == "b"
