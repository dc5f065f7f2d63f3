"""Packed files are read like any other, and never unpacked beyond the limit."""

import bz2
import gzip
import lzma

import pyarrow
import pytest

from lab.data import save_upload
from lab.data.files import parse_file
from lab.data.unpack import unpack
from lab.errors import DataError
from lab.home import Home

ROWS = b'{"text": "a"}\n{"text": "b"}\n'


def zstd(data: bytes) -> bytes:
    return pyarrow.compress(data, codec="zstd", asbytes=True)


PACKERS = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress, ".zst": zstd}


@pytest.mark.parametrize("ending", PACKERS)
def test_packed_rows_are_read(ending, tmp_path):
    packed = PACKERS[ending](ROWS)
    assert parse_file(packed, f"my.jsonl{ending}").train.rows == [{"text": "a"}, {"text": "b"}]
    assert parse_file(packed, "my.jsonl").train.rows == [{"text": "a"}, {"text": "b"}]  # whatever it is called
    with pytest.raises(DataError, match="broken or cut short"):
        parse_file(PACKERS[ending](ROWS * 1000)[:-9], f"my.jsonl{ending}")
    file = tmp_path / f"my rows.jsonl{ending}"
    file.write_bytes(packed)
    assert save_upload(file, Home(tmp_path / "home")).endswith(f".jsonl{ending}")


@pytest.mark.parametrize("ending", PACKERS)
def test_a_bomb_is_not_unpacked(ending):
    bomb = PACKERS[ending](bytes(64 * 2**20))
    with pytest.raises(DataError, match="more than the 2 MB that are read"):
        unpack(bomb, "my.jsonl.gz", 2 * 2**20)


def test_a_packed_file_of_an_unknown_kind_is_refused():
    with pytest.raises(DataError, match=r"'\.tar' are not read"):
        parse_file(gzip.compress(b"x"), "my.tar.gz")
