import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.traces.builders import items_of, traces_of, workspace_of
from undazzle.errors import MissingExtraError, SourceError
from undazzle.traces import extract_traces, image_hashing
from undazzle.traces.image import image_items, pdq_leaders
from undazzle.traces.image_hashing import hash_image, hash_media
from undazzle.traces.pdq_groups import MOST_BITS, MOST_PAIRS, grouped_leaders


def _flipped(value: str, bits: int) -> str:
    return f"{int(value, 16) ^ ((1 << bits) - 1):064x}"


_HASH = "0f" * 32


def test_equal_hashes_are_one_item():
    with workspace_of(
        [{"media_hashes": ["ABCD"]}, {"media_hashes": ["abcd", " abcd "]}, {"media_hashes": ["9280"]}]
    ) as store:
        assert traces_of(store, "image") == {(1, "image:abcd"), (2, "image:abcd"), (3, "image:9280")}


def test_pdq_hashes_within_31_bits_of_the_leader_are_one_item():
    posts = [{"media_hashes": [value]} for value in (_HASH, _HASH, _flipped(_HASH, 31), _flipped(_HASH, 32))]
    with workspace_of(posts) as store:
        assert traces_of(store, "image") == {
            (1, f"image:{_HASH}"),
            (2, f"image:{_HASH}"),
            (3, f"image:{_HASH}"),
            (4, f"image:{_flipped(_HASH, 32)}"),
        }


def test_two_copies_of_a_picture_in_one_post_are_one_trace():
    with workspace_of([{"media_hashes": [_HASH, _flipped(_HASH, 3)]}]) as store:
        assert len(traces_of(store, "image")) == 1


def test_empty_hashes_make_no_trace():
    with workspace_of([{"media_hashes": ["", " ", None]}, {"media_hashes": []}, {"media_hashes": None}]) as store:
        assert traces_of(store, "image") == set()


def test_groups_of_pictures_do_not_chain():
    chain = [_HASH, _flipped(_HASH, 20), _flipped(_HASH, 40)]
    assert pdq_leaders(chain, 31).tolist() == [0, 0, 2]


@given(
    st.lists(st.integers(0, 40).map(lambda bits: _flipped(_HASH, bits)), unique=True, max_size=12), st.integers(0, 60)
)
def test_groups_of_pictures_are_those_of_brute_force(hashes: list[str], distance: int):
    leaders: list[int] = []
    for place, value in enumerate(hashes):
        near = [
            leader
            for leader in sorted(set(leaders))
            if (int(value, 16) ^ int(hashes[leader], 16)).bit_count() <= distance
        ]
        leaders.append(near[0] if near else place)
    assert pdq_leaders(hashes, distance).tolist() == leaders
    assert len(image_items(hashes, distance)) == len(hashes)


@pytest.fixture
def pdq() -> None:
    """Skip where pdqhash is missing: it comes as source and needs a C++ compiler."""
    pytest.importorskip("pdqhash", reason="pdqhash is not installed (it needs a C++ compiler)")


def _picture(path: Path, *, shift: int = 0, size: int = 256) -> Path:
    from PIL import Image

    across, down = np.meshgrid(np.arange(size), np.arange(size))
    waves = 128 + 60 * np.sin(across * down / (300.0 + 40 * shift)) + 60 * np.cos((across + 2 * down) / (9.0 + shift))
    Image.fromarray(waves.clip(0, 255).astype(np.uint8)).convert("RGB").save(path)
    return path


@pytest.mark.usefixtures("pdq")
def test_a_picture_and_its_smaller_copy_have_near_hashes(tmp_path: Path):
    from PIL import Image

    original = _picture(tmp_path / "a.png")
    with Image.open(original) as picture:
        picture.resize((200, 200)).save(tmp_path / "b.jpg", quality=70)
    one, other = hash_image(original), hash_image(tmp_path / "b.jpg")
    stranger = hash_image(_picture(tmp_path / "c.png", shift=5))
    assert len(one.pdq) == 64
    assert (int(one.pdq, 16) ^ int(other.pdq, 16)).bit_count() <= 31
    assert (int(one.pdq, 16) ^ int(stranger.pdq, 16)).bit_count() > 31


@pytest.mark.usefixtures("pdq")
def test_a_file_that_is_no_picture_is_refused(tmp_path: Path):
    for name, content in (("a.png", b"no picture"), ("b.jpg", b"\xff\xd8\xff\xe0broken"), ("c.gif", b"")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(SourceError, match="no picture"):
            hash_image(tmp_path / name)
    with pytest.raises(SourceError, match="cannot be read"):
        hash_image(tmp_path / "absent.png")


def _png_claiming(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1_000)), (b"IEND", b""))
    parts = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.mark.usefixtures("pdq")
@pytest.mark.parametrize("side", [9_000, 100_000])
def test_a_picture_that_unfolds_to_too_many_pixels_is_refused(tmp_path: Path, side: int):
    (tmp_path / "bomb.png").write_bytes(_png_claiming(side, side))
    with pytest.raises(SourceError):
        hash_image(tmp_path / "bomb.png")


@pytest.mark.usefixtures("pdq")
def test_a_huge_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(image_hashing, "MAX_BYTES", 10)
    with pytest.raises(SourceError, match="10 bytes"):
        hash_image(_picture(tmp_path / "a.png"))


def test_without_the_extra_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setitem(__import__("sys").modules, "pdqhash", None)
    with pytest.raises(MissingExtraError, match=r"undazzle\[images\]"):
        hash_image(tmp_path / "a.png")


@pytest.mark.usefixtures("pdq")
def test_files_named_by_posts_become_image_traces(tmp_path: Path):
    _picture(tmp_path / "a.png")
    _picture(tmp_path / "b.png", shift=5)
    _picture(tmp_path / "nobody.png", shift=9)
    (tmp_path / "broken.png").write_bytes(b"x")
    posts = [
        {"media": ["https://example.org/media/a.png?size=large"]},
        {"media": ["a.png", "b.png"]},
        {"media": ["broken.png", "absent.png"]},
    ]
    with workspace_of(posts) as store:
        before = extract_traces(store, "image")
        done = hash_media(store, tmp_path)
        assert (done.hashed, done.unused, len(done.failed)) == (2, 1, 1)
        assert hash_media(store, tmp_path).hashed == 0
        found = traces_of(store, "image")
        assert before.traces == 0
        assert {post for post, _ in found} == {1, 2}
        assert len(items_of(store, "image")) == 2


@pytest.mark.usefixtures("pdq")
def test_pictures_of_one_colour_make_no_trace(tmp_path: Path):
    from PIL import Image

    Image.new("RGB", (200, 200), "white").save(tmp_path / "white.png")
    with workspace_of([{"media": ["white.png"]}, {"media": ["white.png"]}]) as store:
        assert hash_media(store, tmp_path).hashed == 1
        assert traces_of(store, "image") == set()


def _crowd(seed: int, count: int) -> np.ndarray:
    """Hashes around a few centres, at distances on both sides of every threshold, in shuffled order."""
    draw = np.random.default_rng(seed)
    centres = draw.integers(0, 2, (12, 256), dtype=np.uint8)
    bits = centres[draw.integers(0, len(centres), count)].copy()
    for row in bits:
        row[draw.permutation(256)[: draw.integers(0, 64)]] ^= 1
    return np.packbits(np.unique(draw.permutation(bits), axis=0), axis=1).view(np.uint64)


@pytest.mark.parametrize("most_pairs", [MOST_PAIRS, 3])
@pytest.mark.parametrize("distance", [0, 1, 15, 16, 30, 31, 32, MOST_BITS])
def test_many_hashes_are_grouped_as_brute_force_groups_them(
    distance: int, most_pairs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("undazzle.traces.pdq_groups.MOST_PAIRS", most_pairs)
    words = _crowd(distance, 900)
    expected = np.full(len(words), -1)
    for rank in range(len(words)):
        if expected[rank] < 0:
            near = np.bitwise_count(words ^ words[rank]).sum(axis=1) <= distance
            expected[near & (expected < 0) & (np.arange(len(words)) >= rank)] = rank
    assert grouped_leaders(words, distance).tolist() == expected.tolist()
    assert distance < 15 or len(set(expected.tolist())) < len(words)


def test_many_pictures_take_the_way_of_the_index(monkeypatch: pytest.MonkeyPatch) -> None:
    hashes = [row.tobytes().hex() for row in _crowd(7, 200)]
    few = {distance: pdq_leaders(hashes, distance).tolist() for distance in (31, 60)}  # 60: beyond the index
    monkeypatch.setattr("undazzle.traces.image._MANY", 10)
    assert {distance: pdq_leaders(hashes, distance).tolist() for distance in (31, 60)} == few


@pytest.mark.usefixtures("pdq")
def test_links_out_of_the_folder_are_not_hashed(tmp_path: Path):
    _picture(tmp_path / "secret.png")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.png").symlink_to(tmp_path / "secret.png")
    with workspace_of([{"media": ["a.png"]}]) as store:
        assert hash_media(store, tmp_path / "in").hashed == 0
