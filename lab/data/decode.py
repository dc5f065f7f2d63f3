"""Bytes become text, or a clear reason why they can't: junk, archives, web pages and foreign encodings stop here."""

import codecs
import re

from lab.errors import DataError

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
JUNK = (
    (b"PK\x03\x04", "a zip archive (or an Office file)", "unpack it, and give the file inside."),
    (b"\x1f\x8b", "a gzip archive", "unpack it with `gunzip`, and give the file inside."),
    (b"BZh", "a bzip2 archive", "unpack it with `bunzip2`, and give the file inside."),
    (b"\xfd7zXZ", "an xz archive", "unpack it with `unxz`, and give the file inside."),
    (b"%PDF-", "a PDF document", "copy its text into a .txt file."),
    (b"\x89PNG", "a picture", "give a text file."),
    (b"\xff\xd8\xff", "a picture", "give a text file."),
    (b"PAR1", "a Parquet file", "name it .parquet."),
)
SAVE_AS_UTF8 = "save it as UTF-8 (in an editor: 'Save with encoding'; or `iconv -f GB18030 -t UTF-8`)."
WEB_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.I | re.S)
SCRIPT = re.compile(r"<script[\s/>]", re.I)


def decode(data: bytes, where: str) -> str:
    """The text in `data`: UTF-8, with or without a byte order mark, or UTF-16 with one; raises DataError."""
    for magic, what, do in JUNK:
        if data.startswith(magic):
            raise DataError(f"this is {what}, not text", where=where, do=do)
    if not data.strip():
        raise DataError("the file is empty", where=where, do="give a file with at least two rows.")
    mark, encoding = next(((mark, name) for mark, name in MARKS if data.startswith(mark)), (b"", "utf-8"))
    text = _decode_as(encoding, data, len(mark), where)
    if (nul := text.find("\0")) >= 0:
        line = text.count("\n", 0, nul) + 1
        raise DataError(
            "there are zero bytes in it, so it is binary, or UTF-16 without its mark",
            where=f"{where}, line {line}", do=SAVE_AS_UTF8,
        )  # fmt: skip
    if WEB_PAGE.match(text):
        raise DataError(
            "this is a web page, not data", where=f"{where}, line 1",
            do="download the file itself (on a Hub page: the 'download' link, not 'Save page as').",
        )  # fmt: skip
    return text


def _decode_as(encoding: str, data: bytes, start: int, where: str) -> str:
    try:
        return data[start:].decode(encoding)
    except UnicodeDecodeError as problem:
        line = data[start : start + problem.start].decode(encoding, errors="replace").count("\n") + 1
        offset = start + problem.start
        raise DataError(
            f"byte {offset} (0x{data[offset]:02x}) is not {encoding.upper()}", where=f"{where}, line {line}",
            do=SAVE_AS_UTF8,
        ) from None  # fmt: skip


def markup_in(text: str) -> str | None:
    """What kind of page a value is, if it is one: text to learn from is not HTML or script."""
    if "<" not in text:
        return None
    if WEB_PAGE.match(text):
        return "a web page"
    return "a script" if SCRIPT.search(text) else None
