"""Small pictures with captions. A picture is a text of the lab's own, a PNG in base64, bytes as the Hub's data sets
have them, or the name of a file beside the table, in whose place whoever reads the table has put the picture."""

from typing import Any

from lab.data import checks
from lab.data.grids import SIDE, grid_of_image, grid_of_uri, read_grid
from lab.data.layouts.layout import Fields, Names, Place
from lab.data.picture_files import is_picture_file
from lab.data.types import Row
from lab.errors import DataError


def is_picture(fields: Fields) -> bool:
    """Whether a row's picture is one, or means to be one."""
    value = fields.get("image")
    if isinstance(value, DataError) or (isinstance(value, dict) and "bytes" in value):
        return True
    written = isinstance(value, str) and (value.startswith("data:image/") or is_picture_file(value))
    return written or _of_text(value) is not None


def captioned(fields: Fields, place: Place, names: Names) -> Row:
    """The picture as the lab writes it, its caption, and other captions that are as right, where there are any."""
    spot = f"{place}, column '{names['image']}'"
    caption = checks.text(fields["caption"], place, names["caption"]).strip()
    others = fields.get("also") or []
    others = [others] if isinstance(others, str) else others
    if not isinstance(others, list):
        raise DataError("a list of captions is expected", where=f"{place}, column '{names['also']}'")
    also = [checks.text(one, place, names["also"]).strip() for one in others]
    return {"image": _picture(fields["image"], spot), "caption": caption} | ({"also": also} if also else {})


def _picture(value: Any, spot: str) -> str:
    if isinstance(value, DataError):  # a file beside the table that could not be read
        raise DataError(value.what, where=spot, do=value.do)
    if isinstance(value, dict) and isinstance(value.get("bytes"), bytes):
        return grid_of_image(value["bytes"], spot)
    found = _of_text(value)
    if found is None and isinstance(value, str):
        found = grid_of_uri(value, spot)
    if found is not None:
        return found
    if isinstance(value, str) and is_picture_file(value):
        raise DataError(f"there is no picture '{checks.short(value)}' beside the table", where=spot,
                        do="put it there, or give a folder or .zip with table and pictures.")  # fmt: skip
    raise DataError(
        "this is no picture", where=spot,
        do=f"give the name of a PNG, a data:image/png;base64 text, or {SIDE} lines of {SIDE} digits from 0 to f.",
    )  # fmt: skip


def _of_text(value: Any) -> str | None:
    """The picture in the lab's own text, also as a list of its lines."""
    if isinstance(value, list) and all(isinstance(line, str) for line in value):
        value = "\n".join(value)
    return read_grid(value) if isinstance(value, str) else None
