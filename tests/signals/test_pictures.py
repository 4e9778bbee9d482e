from __future__ import annotations

import struct
import zlib
from itertools import combinations

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from undazzle.cli.main import cli
from undazzle.errors import ParameterError, SourceError, TooLargeError
from undazzle.signals.pictures import (
    EYE_TEST,
    BaseRate,
    base_rate_sentence,
    eye_distance,
    look_alikes,
    nearest_pairs,
    picture_facts,
    read_detector_results,
    read_pictures,
)
from undazzle.signals.pictures.similar import MOST_BITS

Image = pytest.importorskip("PIL.Image")
pytest.importorskip("pdqhash")


def pattern(seed=0, size=400):
    import numpy as np

    waves = np.random.default_rng(seed).normal(size=(8, 8))
    grey = ((waves - waves.min()) / (waves.max() - waves.min()) * 255).astype("uint8")
    return Image.fromarray(grey).resize((size, size), Image.Resampling.BICUBIC).convert("RGB")


def png(width, height):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


def test_a_smaller_copy_looks_like_its_original_and_another_picture_does_not(tmp_path):
    pattern().save(tmp_path / "a.jpg")
    pattern().resize((200, 200)).save(tmp_path / "b.png")
    pattern(1).save(tmp_path / "c.png")
    found = {one.file: one for one in read_pictures(tmp_path)}
    assert found["a.jpg"].looks_like == ("b.png",)
    assert found["c.png"].looks_like == ()


@given(
    st.lists(st.integers(0, 2**256 - 1), min_size=1, max_size=6),
    st.lists(st.sets(st.integers(0, 255), max_size=34), max_size=8),
)
def test_the_index_finds_every_pair_that_brute_force_finds(numbers, flips):
    numbers = numbers + [numbers[0] ^ sum(1 << bit for bit in bits) for bits in flips]
    hashes = [f"{one:064x}" for one in numbers]
    exact = [
        (one, other, (numbers[one] ^ numbers[other]).bit_count())
        for one, other in combinations(range(len(numbers)), 2)
        if (numbers[one] ^ numbers[other]).bit_count() <= MOST_BITS
    ]
    assert nearest_pairs(hashes) == exact


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (png(50_000, 50_000), "pixels"),
        (png(9_000, 9_000), "pixels"),
        (b"<script>alert(1)</script>", "no picture"),
        (b"", "no picture"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "no picture"),
    ],
)
def test_bombs_and_things_that_are_no_pictures_are_set_aside_with_a_reason(tmp_path, content, word):
    (tmp_path / "a.png").write_bytes(content)
    (found,) = read_pictures(tmp_path)
    assert word in found.problem
    assert not found.pdq


def test_a_picture_that_was_cut_off_is_set_aside(tmp_path):
    pattern().save(tmp_path / "a.jpg")
    content = (tmp_path / "a.jpg").read_bytes()
    (tmp_path / "a.jpg").write_bytes(content[: len(content) // 2])
    assert "cut off" in picture_facts(tmp_path / "a.jpg").problem


def test_an_animation_with_too_many_frames_is_set_aside(tmp_path, monkeypatch):
    monkeypatch.setattr("undazzle.signals.pictures.opening.MOST_FRAMES", 5)
    frames = [pattern(seed, 40) for seed in range(8)]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:])
    assert "frames" in picture_facts(tmp_path / "a.gif").problem


def test_a_second_file_behind_the_picture_and_a_single_pixel_are_remarked(tmp_path):
    pattern().save(tmp_path / "a.jpg")
    (tmp_path / "a.jpg").write_bytes((tmp_path / "a.jpg").read_bytes() + b"PK\x03\x04" + b"x" * 99)
    Image.new("RGB", (1, 1)).save(tmp_path / "b.gif")
    first, second = read_pictures(tmp_path)
    assert "ZIP" in first.remarks[0]
    assert "one pixel" in second.remarks[0]
    assert second.pdq == ""


def test_what_cameras_and_generators_write_is_read(tmp_path):
    from PIL import PngImagePlugin

    texts = PngImagePlugin.PngInfo()
    texts.add_text("parameters", "a ferry, steps 20")
    pattern().save(tmp_path / "made.png", pnginfo=texts)
    picture = pattern(1)
    tags = picture.getexif()
    tags[0x010F], tags[0x0110], tags[0x0131] = "Harbour", "Harbour X1", "FerryEdit 2\x00\x07"
    picture.save(tmp_path / "taken.jpg", exif=tags)
    made, taken = read_pictures(tmp_path)
    assert made.marks.generator == "Stable Diffusion web interface"
    assert (taken.marks.camera, taken.marks.software) == ("Harbour X1", "FerryEdit 2")


def test_links_out_of_the_folder_are_not_followed(tmp_path):
    pattern().save(tmp_path / "secret.png")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.png").symlink_to(tmp_path / "secret.png")
    assert read_pictures(tmp_path / "in") == []
    with pytest.raises(SourceError, match="no folder"):
        read_pictures(tmp_path / "secret.png")


def test_most_hits_of_the_eye_test_are_wrong_by_its_base_rate():
    assert EYE_TEST.right < 0.05
    assert "4% of hits are right" in base_rate_sentence(EYE_TEST, "generated faces")
    assert BaseRate(0.0, 0.9, 0.0).right == 0.0
    with pytest.raises(ParameterError):
        BaseRate(1.5, 0.9, 0.1)


def test_eyes_where_generators_put_them_are_near_and_others_far():
    assert eye_distance((640, 484), (384, 484), 1024, 1024) < 0.001
    assert eye_distance((300, 300), (500, 310), 1024, 1024) > 0.1
    with pytest.raises(ParameterError):
        eye_distance((0, 0), (2000, 0), 1024, 1024)


def test_results_of_a_detector_are_read_and_weighed(tmp_path):
    path = tmp_path / "results.csv"
    path.write_text("file,value\nfolder/a.jpg,0.97\nb.jpg,0.2\nc.jpg,often\n,0.5\nd.jpg,7\n", encoding="utf-8")
    found = read_detector_results(path, BaseRate(0.01, 0.9, 0.05))
    assert found.hits == ("a.jpg",)
    assert found.rejected == 3
    assert "15% of hits are right" in found.sentence
    path.write_text("name,score\na,1\n", encoding="utf-8")
    with pytest.raises(SourceError, match="file and value"):
        read_detector_results(path, BaseRate(0.01, 0.9, 0.05))


@given(st.lists(st.sampled_from([0, 1, 2**31 - 1, 2**40 - 1, 2**255, 2**256 - 1]), max_size=12))
def test_look_alikes_are_those_that_brute_force_finds(numbers):
    names = [str(place) for place in range(len(numbers))]
    exact = []
    for place, number in enumerate(numbers):
        near = [n for n, other in zip(names, numbers, strict=True) if (other ^ number).bit_count() <= MOST_BITS]
        near.remove(names[place])
        exact.append((len(near), tuple(near)))
    assert look_alikes(names, [f"{one:064x}" for one in numbers]) == exact


def test_thousands_of_copies_of_one_picture_cost_little_and_their_list_is_cut():
    found = look_alikes([str(one) for one in range(20_000)], ["0" * 64] * 20_000)
    assert {number for number, _ in found} == {19_999}
    assert max(len(names) for _, names in found) == 50


def test_thousands_of_nearly_equal_pictures_are_refused(monkeypatch):
    monkeypatch.setattr("undazzle.signals.pictures.similar.MOST_PAIRS", 1000)
    with pytest.raises(TooLargeError, match="Give fewer at a time"):
        nearest_pairs([f"{1 << one:064x}" for one in range(100)])


def test_the_command_weighs_the_hits_of_a_detector_and_asks_how_often_it_is_right(tmp_path):
    pattern().save(tmp_path / "a.png")
    results = tmp_path / "results.csv"
    results.write_text("file,value\na.png,0.97\nb.png,0.2\nc.png,often\n", encoding="utf-8")
    asked = ["signals", str(tmp_path), "--detector", str(results)]
    refused = CliRunner().invoke(cli, asked)
    assert isinstance(refused.exception, ParameterError)
    assert "without them a hit means nothing" in str(refused.exception)
    result = CliRunner().invoke(cli, [*asked, "--detector-rates", "0.01,0.9,0.05"])
    assert result.exit_code == 0, result.output
    assert "15% of hits are right" in result.output
    assert "a.png: 0.97" in result.output
    assert "1 rows of its results were set aside" in result.output
