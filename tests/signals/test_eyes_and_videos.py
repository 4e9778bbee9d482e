from __future__ import annotations

import socket
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from undazzle.cli.main import cli
from undazzle.signals.pictures import eyes_of, find_eyes, read_pictures, read_videos, video_facts
from undazzle.signals.pictures.eyes import LEFT_EYE, MOST_DISTANCE, RIGHT_EYE
from undazzle.signals.pictures.video import VideoFacts, with_alike

cv2 = pytest.importorskip("cv2")
Image = pytest.importorskip("PIL.Image")
pytest.importorskip("pdqhash")

SIDE = 512


def drawing(middle=0.5, eye_y=LEFT_EYE[1], half=0.125, width=SIDE, height=SIDE):
    """A face drawn from ellipses, nobody's; the eyes are ``half`` of the width left and right of the middle."""
    from PIL import ImageDraw, ImageFilter

    picture = Image.new("RGB", (width, height), (120, 120, 120))
    draw, u = ImageDraw.Draw(picture), 2 * half * width
    x, y = middle * width, eye_y * height

    def oval(left, top, right, bottom, grey):
        draw.ellipse((left, top, right, bottom), fill=(grey, grey, grey))

    draw.pieslice((x - 1.25 * u, y - 1.7 * u, x + 1.25 * u, y + 1.2 * u), 180, 360, fill=(40, 40, 40))
    oval(x - 1.15 * u, y - u, x + 1.15 * u, y + 1.75 * u, 203)
    for eye in (x - u / 2, x + u / 2):
        oval(eye - 0.34 * u, y - 0.22 * u, eye + 0.34 * u, y + 0.2 * u, 150)
        draw.line((eye - 0.32 * u, y - 0.3 * u, eye + 0.32 * u, y - 0.3 * u), fill=(50, 50, 50), width=int(0.1 * u))
        oval(eye - 0.24 * u, y - 0.11 * u, eye + 0.24 * u, y + 0.11 * u, 235)
        oval(eye - 0.1 * u, y - 0.1 * u, eye + 0.1 * u, y + 0.1 * u, 20)
    draw.polygon([(x, y + 0.05 * u), (x - 0.18 * u, y + 0.65 * u), (x + 0.18 * u, y + 0.65 * u)], fill=(185,) * 3)
    oval(x - 0.4 * u, y + 0.95 * u, x + 0.4 * u, y + 1.15 * u, 95)
    return picture.filter(ImageFilter.GaussianBlur(u * 0.06))


def test_eyes_of_a_drawn_face_are_found_where_they_were_drawn(tmp_path):
    drawing(0.4, 0.35, 0.1).save(tmp_path / "a.png")
    found = find_eyes(tmp_path / "a.png")
    assert found.faces == 1
    assert found.left == pytest.approx((0.3 * SIDE, 0.35 * SIDE), abs=0.03 * SIDE)
    assert found.right == pytest.approx((0.5 * SIDE, 0.35 * SIDE), abs=0.03 * SIDE)
    assert not found.is_lead


def test_the_finder_is_off_by_a_hundredth_of_the_width_on_drawn_faces():
    random = np.random.default_rng(0)
    errors = []
    for _ in range(30):
        middle, high, half = random.uniform(0.4, 0.6), random.uniform(0.35, 0.55), random.uniform(0.08, 0.15)
        found = eyes_of(drawing(middle, high, half))
        assert found.left is not None
        errors += [
            np.hypot(found.left[0] / SIDE - middle + half, found.left[1] / SIDE - high),
            np.hypot(found.right[0] / SIDE - middle - half, found.right[1] / SIDE - high),
        ]
    assert np.mean(errors) <= 0.012


def test_eyes_where_generators_put_them_are_a_lead_and_in_a_picture_that_was_cut_they_are_none():
    assert (1 - LEFT_EYE[0], LEFT_EYE[1]) == RIGHT_EYE
    found = eyes_of(drawing())
    assert found.is_lead
    assert found.distance <= MOST_DISTANCE
    cut = eyes_of(drawing().crop((0, 0, SIDE, SIDE - 40)))
    assert cut.faces == 1
    assert cut.left is not None
    assert cut.distance is None
    assert not cut.is_lead


def test_positions_are_those_of_the_picture_and_not_of_the_smaller_copy_that_was_searched():
    found = eyes_of(drawing(width=2000, height=2000))
    assert found.left == pytest.approx((0.375 * 2000, LEFT_EYE[1] * 2000), abs=60)


@pytest.mark.parametrize("size", [(1, 1), (2, 900), (900, 2), (40, 40), (500, 500)])
def test_pictures_without_a_face_have_no_eyes(size):
    found = eyes_of(Image.new("RGB", size, (90, 120, 90)))
    assert (found.faces, found.left, found.distance) == (0, None, None)


def test_two_faces_are_not_measured():
    both = Image.new("RGB", (2 * SIDE, SIDE), (120, 120, 120))
    both.paste(drawing(), (0, 0))
    both.paste(drawing(), (SIDE, 0))
    found = eyes_of(both)
    assert found.faces == 2
    assert found.left is None


def test_the_command_prints_what_a_lead_is_worth_beside_it(tmp_path):
    drawing().save(tmp_path / "a.png")
    result = CliRunner().invoke(cli, ["signals", str(tmp_path)])
    assert result.exit_code == 0, result.output
    assert "1 with eyes where one family of generators puts them" in result.output
    assert "a lead only" in result.output
    assert "4% of hits are right" in result.output


def scenes(seed, number):
    """Pictures of neutral patterns, each shown for a second."""
    random = np.random.default_rng(seed)
    for _ in range(number):
        grey = random.integers(0, 255, (32, 32)).astype(np.uint8)
        yield cv2.resize(grey, (320, 240), interpolation=cv2.INTER_CUBIC)


def film(path, pictures, rate=5, size=(320, 240), code="MJPG"):
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*code), rate, size)
    if not writer.isOpened():
        pytest.skip(f"this OpenCV cannot write {code}")
    for picture in pictures:
        for _ in range(rate):
            writer.write(cv2.cvtColor(cv2.resize(picture, size), cv2.COLOR_GRAY2BGR))
    writer.release()
    return path


def test_a_smaller_copy_of_a_video_in_another_format_shows_the_same_and_another_video_does_not(tmp_path):
    film(tmp_path / "a.avi", scenes(1, 6))
    film(tmp_path / "b.mp4", scenes(1, 6), size=(160, 120), code="mp4v")
    film(tmp_path / "c.avi", scenes(2, 6))
    found = {one.file: one for one in read_videos(tmp_path)}
    assert found["a.avi"].looks_like == ("b.mp4",)
    assert found["c.avi"].looks_like == ()
    assert (found["a.avi"].sampled, len(found["a.avi"].frames)) == (6, 6)


def test_a_part_of_a_video_is_found_in_the_whole(tmp_path):
    whole = list(scenes(3, 8))
    film(tmp_path / "whole.avi", whole)
    film(tmp_path / "part.avi", whole[2:6])
    assert [one.looks_like for one in read_videos(tmp_path)] == [("whole.avi",), ("part.avi",)]


def test_a_shared_title_makes_no_two_videos_alike(tmp_path):
    title = list(scenes(4, 2))
    film(tmp_path / "a.avi", title + list(scenes(5, 5)))
    film(tmp_path / "b.avi", title + list(scenes(6, 5)))
    assert all(one.looks_like == () for one in read_videos(tmp_path))


def test_alike_videos_are_those_that_brute_force_finds():
    random = np.random.default_rng(7)
    pool = [f"{int.from_bytes(random.bytes(32)):064x}" for _ in range(12)]
    videos = [
        VideoFacts(f"{one}", frames=tuple((float(at), pool[int(place)]) for at, place in enumerate(chosen)))
        for one in range(20)
        for chosen in [random.choice(12, int(random.integers(1, 9)), replace=False)]
    ]
    for one in with_alike(videos):
        ours = {pdq for _, pdq in one.frames}
        exact = [
            other.file
            for other in videos
            if other.file != one.file
            and len(shared := ours & {pdq for _, pdq in other.frames}) >= 3
            and len(shared) >= 0.8 * min(len(ours), len(other.frames))
        ]
        assert list(one.looks_like) == sorted(exact)


PLAY_LIST = b"#EXTM3U\n#EXTINF:1,\nhttp://ferry.example/a.ts\n"


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "no MP4"),
        (PLAY_LIST, "no MP4"),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", "no MP4"),
        (b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 500, "cannot be decoded"),
        (b"\x00\x00\x00\x18ftypmp42" + PLAY_LIST, "cannot be decoded"),
        (b"\x1aE\xdf\xa3" + b"\xff" * 200, "cannot be decoded"),
        (b"RIFF\xff\xff\xff\x7fAVI LIST" + b"\x00" * 300, "decoded"),
    ],
)
def test_things_that_are_no_videos_are_set_aside_with_a_reason_and_nothing_is_fetched(
    tmp_path, monkeypatch, content, word
):
    def refuse(*_arguments, **_named):
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket, "create_connection", refuse)
    (tmp_path / "a%02d.mp4").write_bytes(content)
    (found,) = read_videos(tmp_path)
    assert word in found.problem
    assert found.frames == ()


def test_a_video_that_was_cut_off_gives_what_can_be_decoded_or_a_reason(tmp_path):
    path = film(tmp_path / "a.avi", scenes(1, 6))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    found = video_facts(path)
    assert found.problem or 1 <= len(found.frames) < 6


@pytest.mark.parametrize(
    ("name", "limit", "said"),
    [
        ("MOST_SAMPLES", 2, "only the first 2 sampled frames"),
        ("MOST_FRAMES", 7, "only the first 2 sampled frames"),
        ("MOST_SECONDS", 0.0, "only the first 0 sampled frames"),
    ],
)
def test_long_videos_are_cut_and_say_so(tmp_path, monkeypatch, name, limit, said):
    path = film(tmp_path / "a.avi", scenes(1, 6))
    monkeypatch.setattr(f"undazzle.signals.pictures.video.{name}", limit)
    assert said in video_facts(path).cut


@pytest.mark.parametrize(("name", "limit", "word"), [("MAX_PIXELS", 100, "pixels"), ("MAX_BYTES", 10, "bytes")])
def test_huge_videos_are_refused(tmp_path, monkeypatch, name, limit, word):
    path = film(tmp_path / "a.avi", scenes(1, 2))
    monkeypatch.setattr(f"undazzle.signals.pictures.video.{name}", limit)
    assert word in video_facts(path).problem


def test_the_settings_of_the_decoder_are_put_back(tmp_path, monkeypatch):
    monkeypatch.setenv("OPENCV_FFMPEG_CAPTURE_OPTIONS", "threads;1")
    video_facts(film(tmp_path / "a.avi", scenes(1, 2)))
    import os

    assert os.environ["OPENCV_FFMPEG_CAPTURE_OPTIONS"] == "threads;1"
    assert "OPENCV_FFMPEG_LOGLEVEL" not in os.environ


def test_plain_frames_say_nothing(tmp_path):
    black = [np.zeros((240, 320), dtype=np.uint8)] * 5
    film(tmp_path / "a.avi", black)
    film(tmp_path / "b.avi", black)
    for one in read_videos(tmp_path):
        assert one.frames == ()
        assert one.looks_like == ()


def test_the_command_lists_videos_beside_pictures(tmp_path):
    film(tmp_path / "a.avi", scenes(1, 4))
    film(tmp_path / "b.avi", scenes(1, 4))
    (tmp_path / "c.mp4").write_bytes(PLAY_LIST)
    result = CliRunner().invoke(cli, ["signals", str(tmp_path)])
    assert result.exit_code == 0, result.output
    assert "2 videos sampled once a second, 1 set aside" in result.output
    assert "shows the same as b.avi" in result.output
    rows = CliRunner().invoke(cli, ["signals", str(tmp_path), "--json"])
    assert '"sampled_frames": 4' in rows.output or '"sampled_frames":4' in rows.output
    assert read_pictures(Path(tmp_path)) == []
