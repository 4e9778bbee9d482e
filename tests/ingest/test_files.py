"""Bytes of source files: refused, hashed, unpacked within bounds."""

import bz2
import gzip
import hashlib
import lzma
import random
import zipfile

import pytest
import zstandard

from undazzle.errors import SourceError
from undazzle.ingest.files import (
    CHUNK,
    LONG_LINE,
    Bounds,
    check_path,
    detect_compression,
    fingerprint,
    head_of,
    unpacked,
    write_chunks,
)

TEXT = b"The ferry leaves at nine.\n" * 1000


def packed(kind, path, content=TEXT):
    makers = {"gzip": gzip.compress, "bzip2": bz2.compress, "xz": lzma.compress, "none": bytes}
    if kind == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("folder/", b"")
            archive.writestr("folder/posts.csv", content)
            archive.writestr(".DS_Store", b"junk")
    elif kind == "zstd":
        path.write_bytes(zstandard.ZstdCompressor().compress(content))
    else:
        path.write_bytes(makers[kind](content))
    return path


@pytest.mark.parametrize("kind", ["none", "gzip", "zstd", "zip", "bzip2", "xz"])
def test_packing_is_told_by_content_and_undone(kind, tmp_path):
    path = packed(kind, tmp_path / "anything.txt")
    assert detect_compression(path) == kind
    assert b"".join(unpacked(path, kind)) == TEXT
    assert head_of(path, kind, 100) == TEXT[:100]


def test_several_packed_parts_in_one_file_are_all_read(tmp_path):
    path = tmp_path / "parts"
    path.write_bytes(gzip.compress(b"one\n") + gzip.compress(b"two\n"))
    assert b"".join(unpacked(path, "gzip")) == b"one\ntwo\n"
    path.write_bytes(zstandard.compress(b"one\n") + zstandard.compress(b"two\n"))
    assert b"".join(unpacked(path, "zstd")) == b"one\ntwo\n"


def test_zstd_with_a_window_of_two_gigabytes_is_unpacked(tmp_path):
    parameters = zstandard.ZstdCompressionParameters(window_log=31, enable_ldm=True)
    path = tmp_path / "forum.zst"
    compressor = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    path.write_bytes(compressor.compress(TEXT) + compressor.flush())
    assert b"".join(unpacked(path, "zstd")) == TEXT


@pytest.mark.parametrize("cut", [1, 5, 3_000, 150_000])
def test_a_zstd_file_that_is_cut_off_is_noticed(cut, tmp_path):
    path = packed("zstd", tmp_path / "posts", random.Random(1).randbytes(200_000) + b"\n" * 400_000)
    whole = path.read_bytes()
    assert len(b"".join(unpacked(path, "zstd"))) == 600_000
    path.write_bytes(whole + whole[:-cut])
    with pytest.raises(SourceError, match="ends too early"):
        list(unpacked(path, "zstd"))


@pytest.mark.parametrize("write_checksum", [False, True])
def test_zstd_frames_to_be_skipped_are_skipped(write_checksum, tmp_path):
    path = tmp_path / "posts"
    frame = zstandard.ZstdCompressor(write_checksum=write_checksum).compress(TEXT)
    path.write_bytes(b"\x51\x2a\x4d\x18" + (5).to_bytes(4, "little") + b"notes" + frame)
    assert detect_compression(path) == "zstd" and b"".join(unpacked(path, "zstd")) == TEXT


@pytest.mark.parametrize("kind", ["gzip", "zstd", "zip", "bzip2", "xz"])
def test_damage_gives_one_clear_error(kind, tmp_path):
    path = packed(kind, tmp_path / "posts", random.Random(1).randbytes(200_000))
    content = bytearray(path.read_bytes())
    content[20_000:20_100] = b"x" * 100
    path.write_bytes(content[:-50] if kind != "zip" else content)
    with pytest.raises(SourceError, match="damaged or ends too early"):
        list(unpacked(path, kind))


@pytest.mark.parametrize("kind", ["gzip", "zstd", "zip", "bzip2", "xz"])
def test_expansion_is_bounded_by_ratio_and_by_size(kind, tmp_path):
    path = packed(kind, tmp_path / "bomb", b"\n" * 3_000_000)
    with pytest.raises(SourceError, match="more than 10 times"):
        list(unpacked(path, kind, Bounds(ratio=10, grace=1_000_000)))
    with pytest.raises(SourceError, match="more than 2,000,000 bytes"):
        list(unpacked(path, kind, Bounds(total=2_000_000)))
    assert sum(map(len, unpacked(path, kind))) == 3_000_000


def test_a_plain_file_has_no_ratio(tmp_path):
    path = packed("none", tmp_path / "plain", b"\n" * 3_000_000)
    assert sum(map(len, unpacked(path, "none", Bounds(ratio=1, grace=0, total=1)))) == 3_000_000


def test_a_locked_archive_is_refused(tmp_path):
    path = packed("zip", tmp_path / "posts.zip")
    content = bytearray(path.read_bytes())
    start = content.rindex(b"PK\x01\x02", 0, content.rindex(b"folder/posts.csv"))
    content[start + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(SourceError, match="password"):
        list(unpacked(path, "zip"))


def test_an_archive_without_files_is_refused(tmp_path):
    path = tmp_path / "empty.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("folder/", b"")
    with pytest.raises(SourceError, match="holds no file"):
        list(unpacked(path, "zip"))


def test_a_workbook_counts_as_not_packed(tmp_path):
    path = tmp_path / "posts.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    assert detect_compression(path) == "none"


@pytest.mark.parametrize(
    ("content", "lines"), [(b"a\nb\n", 2), (b"a\nb", 2), (b"a", 1), (b"\n", 1), (b"a\n" * 700_000 + b"b", 700_001)]
)
def test_the_fingerprint_holds_hash_size_and_lines(content, lines, tmp_path):
    path = packed("none", tmp_path / "posts", content)
    found = fingerprint(path)
    assert found.sha256 == hashlib.sha256(content).hexdigest()
    assert (found.size, found.lines, found.has_nul, found.has_long_line) == (len(content), lines, False, False)


@pytest.mark.parametrize("at", [0, CHUNK - 1, CHUNK, 2 * CHUNK + 17])
def test_a_nul_byte_is_noticed_anywhere(at, tmp_path):
    content = bytearray(b"x" * (3 * CHUNK))
    content[at] = 0
    assert fingerprint(packed("none", tmp_path / "posts", content)).has_nul


@pytest.mark.parametrize(("length", "is_long"), [(LONG_LINE - 1, False), (LONG_LINE, True)])
def test_a_long_line_is_noticed_across_chunks(length, is_long, tmp_path):
    path = packed("none", tmp_path / "posts", b"a\nb" + b"\n" + b"x" * length + b"\nc\n")
    assert fingerprint(path).has_long_line is is_long


def test_progress_goes_from_nothing_to_all(tmp_path):
    path = packed("none", tmp_path / "posts", b"x" * (2 * CHUNK + 5))
    seen = []
    fingerprint(path, lambda *report: seen.append(report))
    assert seen[0] == ("checking", CHUNK, 2 * CHUNK + 5) and seen[-1] == ("checking", 2 * CHUNK + 5, 2 * CHUNK + 5)


def test_a_file_without_rights_is_refused(tmp_path, monkeypatch):
    path = packed("none", tmp_path / "posts")

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    with pytest.raises(SourceError, match="Permission denied"):
        fingerprint(path)


def test_a_full_disk_while_unpacking_is_said(tmp_path, monkeypatch):
    def full():
        yield b"x"
        raise OSError(28, "No space left on device")

    with pytest.raises(SourceError, match="No space left"):
        write_chunks(tmp_path / "posts.gz", full(), tmp_path / "target")


def test_a_plain_file_passes(tmp_path):
    check_path(packed("none", tmp_path / "posts"))
