"""Bytes become text, or a clear reason why they can't: junk, archives and web pages stop here.

UTF-8 is tried first; what is not UTF-8 is guessed from the bytes, and the guess is said.
"""

import codecs
import re
from collections.abc import Iterable

from lab.errors import DataError

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
JUNK = (
    (b"PK\x03\x04", "a zip archive (or an Office file)", "unpack it, or save the sheet as CSV, and give that file."),
    (b"%PDF-", "a PDF document", "copy its text into a .txt file."),
    (b"\x89PNG", "a picture", "give a text file."),
    (b"\xff\xd8\xff", "a picture", "give a text file."),
    (b"PAR1", "a Parquet file", "name it .parquet."),
    (b"version https://git-lfs.github.com/", "a Git LFS pointer, not the data itself", "fetch it with `git lfs pull`."),
)  # fmt: skip
SAVE_AS_UTF8 = "save it as UTF-8 (in an editor: 'Save with encoding'; or `iconv -f GB18030 -t UTF-8`)."
PAGE = re.compile(r"<(?:!doctype\s+html|html[\s>])", re.I)
"""How a web page begins, after a line that says it is XML and after comments."""
SPACE = re.compile(r"\s*")
XML = re.compile(r"\s*<\?xml\s", re.I)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
"""Letters that no text has, so that bytes which become these were no text in that encoding."""
FOREIGN = re.compile("[\u0370-\u06ff]")
"""A Greek, Cyrillic, Hebrew or Arabic letter: what other encodings have in place of accented ones."""
TWO_SCRIPTS = re.compile("(?<=[A-Za-z])[\u0370-\u06ff]|[\u0370-\u06ff](?=[A-Za-z])")
ENCODINGS = (
    "gb18030", "big5hkscs", "cp932", "euc-jp", "cp949", "windows-1250", "windows-1251", "windows-1252", "windows-1253",
    "windows-1254", "windows-1255", "windows-1256", "koi8-r", "mac-roman", "utf-16-le", "utf-16-be",
)  # fmt: skip
"""What files that people bring are written in; the detector knows rare ones too, and prefers them for short texts."""
WESTERN = "windows-1252"
HANDICAP = 1.25
"""How much surer of another encoding one must be: few accented letters fit several, and most such files are these."""
MOST_LOOKED_AT = 100_000
BROKEN, BEYOND_ASCII = re.compile("[\udc80-\udcff]"), re.compile("[^\0-\x7f]")
BROKEN_SHARE = 0.2
"""Of the letters beyond ASCII, those that may be broken for a text to count as UTF-8 with flaws."""


def decode(data: bytes, where: str) -> tuple[str, tuple[str, ...]]:
    """The text in `data`, and a note where its encoding had to be guessed; raises DataError.

    Bytes that are wrong in single places become halves of characters, which the checks of a row refuse.
    """
    for magic, what, do in JUNK:
        if data.startswith(magic):
            raise DataError(f"this is {what}, not text", where=where, do=do)
    if not data.strip():
        raise DataError("the file is empty", where=where, do="give a file with at least two rows.")
    text, notes = _decoded(data, where)
    if is_web_page(text) or (XML.match(text) and not where.lower().endswith((".txt", ".md"))):
        raise DataError(
            "this is a web page, not data", where=f"{where}, line 1",
            do="download the file itself (on a Hub page: the 'download' link, not 'Save page as').",
        )  # fmt: skip
    return text, notes


def is_web_page(text: str) -> bool:
    """Whether a text begins as a web page does. Each letter is looked at once."""
    place = _past_space(text, 0)
    if text[place : place + 5].lower() == "<?xml" and (end := text.find(">", place)) >= 0:
        place = _past_space(text, end + 1)
    while text.startswith("<!--", place) and (end := text.find("-->", place + 4)) >= 0:
        place = _past_space(text, end + 3)
    return PAGE.match(text, place) is not None


def _past_space(text: str, place: int) -> int:
    found = SPACE.match(text, place)
    return found.end() if found else place


def _decoded(data: bytes, where: str) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in MARKS:
        if encoding != "utf-8" and data.startswith(mark):
            return _strictly(data[len(mark) :], encoding, where), (f"Read as {encoding[:6].upper()}.",)
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode("utf-8")
        if text.count("\0") * 100 <= len(text):
            return text, ()
    except UnicodeDecodeError:
        text = data.decode("utf-8", "surrogateescape")
        if len(BROKEN.findall(text)) <= BROKEN_SHARE * len(BEYOND_ASCII.findall(text)):
            return text, ()
    found = _guess(data)
    try:
        guessed = data.decode(found, "surrogateescape") if found else ""
    except UnicodeDecodeError:  # UTF-16 that ends in the middle of a letter: the guess was wrong
        guessed = ""
    if not guessed:
        broken = re.search("[\0\udc80-\udcff]", text)
        line = text.count("\n", 0, broken.start() if broken else 0) + 1
        raise DataError("it is binary, or written in no encoding that is known", where=f"{where}, line {line}",
                        do=SAVE_AS_UTF8)  # fmt: skip
    note = f"Read as {found}, a guess from its bytes: where letters look wrong, save the file as UTF-8."
    return guessed, (note,)


def _strictly(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as problem:
        line = data[: problem.start].decode(encoding, "replace").count("\n") + 1
        raise DataError(f"its mark says {encoding[:6].upper()}, but byte {problem.start} is not",
                        where=f"{where}, line {line}", do=SAVE_AS_UTF8) from None  # fmt: skip


def _guess(data: bytes) -> str | None:
    """The encoding the bytes are most likely written in; None where they would become letters that no text has."""
    import chardet

    wide = data.count(b"\0") * 4 > min(len(data), MOST_LOOKED_AT)  # UTF-16: its lines can't be told by their bytes
    telling = data if wide else b"".join(_beyond_ascii(data.splitlines(keepends=True))) or data
    found = chardet.detect_all(
        telling[:MOST_LOOKED_AT], ignore_threshold=True, prefer_superset=True, include_encodings=ENCODINGS
    )
    for one in sorted(found, key=lambda one: -_weight(one["encoding"] or "", one["confidence"])):
        if (name := one["encoding"]) and _reads_as_text(data, name):
            return str(name)
    return None


def _reads_as_text(data: bytes, encoding: str) -> bool:
    """Whether bytes become text in an encoding: no letters that no text has, no words of two scripts."""
    text = data.decode(encoding, "replace")
    mixed, foreign = len(TWO_SCRIPTS.findall(text)), len(FOREIGN.findall(text))
    return (len(CONTROL.findall(text)) + text.count("\ufffd")) * 1000 <= len(text) and 2 * mixed <= foreign


def _weight(encoding: str, confidence: float) -> float:
    return confidence * (HANDICAP if encoding.lower() == WESTERN else 1)


def _beyond_ascii(lines: Iterable[bytes]) -> list[bytes]:
    """The different lines that have other bytes than ASCII: only those tell encodings apart."""
    return list(dict.fromkeys(line for line in lines if not line.isascii()))
