"""Files made to stop the lab: each is one sentence, soon, and the lab's own process neither hangs nor grows."""

import io
import resource
import time

import pyarrow
import pyarrow.parquet
import pytest

from lab.data import save_upload
from lab.data.decode import is_web_page
from lab.data.dialogs import dialog_in
from lab.data.turns import decoded
from lab.errors import DataError


def parquet_bomb():
    """A kilobyte that stands for a terabyte: one text of five million letters, 200,000 times."""
    texts = pyarrow.DictionaryArray.from_arrays(
        pyarrow.array([0] * 200_000, pyarrow.int32()), pyarrow.array(["x" * 5_000_000])
    )
    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table({"text": texts}), out, compression="zstd")
    return out.getvalue()


def wide():
    header = ",".join(f"c{number}" for number in range(1_000_000))
    return f"{header}\n{','.join('1' * 1_000_000)}\n".encode()


BOMBS = {
    "bomb.parquet": (parquet_bomb, "more than"),
    "wide.csv": (wide, "1,000,000 columns; at most 2,000"),
    "wide.jsonl": (lambda: b"{" + b",".join(b'"c%d":1' % i for i in range(5000)) + b"}\n", "5,000 columns"),
    "deep.jsonl": (lambda: b'{"text":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "JSON can't be read|not JSON"),
    "long.json": (lambda: b'[{"text": ' + b"9" * 5000 + b"}]", "can't be read"),
    "names.csv": (lambda: b"x" * 5_000_000 + b",y\n1,2\n", "fit no kind of data"),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_a_file_that_is_too_much_is_a_sentence(name, home, tmp_path):
    make, said = BOMBS[name]
    (tmp_path / name).write_bytes(make())
    began, size = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(DataError, match=said) as found:
        save_upload(tmp_path / name, home)
    assert time.monotonic() - began < 60
    assert len(str(found.value)) < 10_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - size < 200_000  # kilobytes
    assert not list(home.uploads.iterdir())


@pytest.mark.parametrize(("ask", "text"), [
    (is_web_page, "<!-- --> " * 100_000 + "x"),
    (is_web_page, "<!--" * 200_000),
    (is_web_page, " " * 400_000 + "x"),
    (dialog_in, "Human: a" + "\n" * 400_000 + "x"),
    (dialog_in, "### Human: a" + " " * 400_000 + "x"),
    (decoded, "[{'a': 1}" + "\n" * 400_000 + "x"),
    (decoded, "[" + "}\n" * 200_000 + "x"),
])  # fmt: skip
def test_texts_are_gone_over_once(ask, text):
    began = time.process_time()
    ask(text) if ask is not decoded else ask(text, dict)
    assert time.process_time() - began < 5


@pytest.mark.parametrize(("text", "web"), [
    ("<html>", True), ("<!DOCTYPE html>", True), ('<?xml version="1.0"?>\n<html lang="en">', True),
    ("<!-- a --> <!-- b -->\n<HTML >", True), ("<!-- a -->x<html>", False), ("<!-- never closed <html>", False),
    ("<htmlish>", False), ("text <html>", False), ("", False),
])  # fmt: skip
def test_a_web_page_is_known_by_how_it_begins(text, web):
    assert is_web_page(text) is web
