"""Words with BIO tags, as CoNLL's data sets write them."""

from typing import Any

from lab.data import checks
from lab.data.layouts.layout import Fields, Names, Place
from lab.data.tags import is_tag
from lab.data.types import Row
from lab.errors import DataError


def tags(fields: Fields, place: Place, names: Names) -> Row:
    """Words, and of each whether it is outside (O), or begins (B-kind) or goes on with (I-kind) a name."""
    tokens, found = _list(fields["tokens"], place, names["tokens"]), _list(fields["tags"], place, names["tags"])
    if len(tokens) != len(found):
        raise DataError(
            f"{len(tokens)} words have {len(found)} tags", where=f"{place}, column '{names['tags']}'",
            do="give each word one.",
        )  # fmt: skip
    if strange := next((tag for tag in found if not is_tag(tag)), None):
        raise DataError(
            f"'{strange}' is no BIO tag", where=f"{place}, column '{names['tags']}'", do="write O, B-kind or I-kind."
        )
    return {"text": " ".join(tokens), "tokens": tokens, "tags": found}


def _list(value: Any, place: Place, column: str) -> list[str]:
    """A list of texts; one text is split at its blanks."""
    if isinstance(value, str):
        value = value.split()
    if not isinstance(value, list | tuple) or not value:
        raise DataError("a list is expected here", where=f"{place}, column '{column}'", do="give the words in a list.")
    return [checks.text(one, place, column).strip() for one in value]
