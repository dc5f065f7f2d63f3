"""What a recipe says of its data: which sets, of which files, and how their rows are read."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from lab.recipe.budget import Settings

Name = Annotated[str, Field(min_length=1, max_length=200)]


def _as_files(value: object) -> object:
    """One file's name, or a list of them, always as a list."""
    return [value] if isinstance(value, str) else value


Files = Annotated[tuple[Name, ...], BeforeValidator(_as_files), Field(max_length=32)]


class Fold(Settings):
    """One part of several of the training rows, which is held out in place of the data's own held-out rows."""

    number: int = Field(ge=1, le=20)
    of: int = Field(ge=2, le=20)


class DataChoice(Settings):
    """One data set: a built-in name, a file or a Hub id, with its share in a mix."""

    name: Name
    split: Name | None = None
    subset: Name | None = None
    language: Literal["en", "zh"] = "en"
    weight: float = Field(1.0, gt=0, le=1000)
    limit: int | None = Field(None, ge=1)
    held_out: float = Field(0.1, gt=0, lt=0.9)
    files: Files = ()
    """More files that are read as one with the first; each row comes once (a mix has shares instead)."""
    held_out_file: Name | None = None
    """A file whose rows are held out, all of them, in place of a share of the others."""
    columns: dict[str, str] = Field(default_factory=dict)
    """Our name for a column, and the file's; an empty one says that no column is that."""
    by: Name | None = None
    """A column of the rows by whose values figures are told apart."""
    skip_bad: bool = False
    """Go on without the rows that can't be read, and note how many they were and why."""
    raters: Literal["all", "people", "scripted"] = "all"
    """Of the data set `feedback`: whose ratings count."""
    ties: bool = False
    """Of the data set `feedback`: pairs voted to be equally good come along; reward models alone learn from them."""
    fold: Fold | None = None
    """Set where a recipe has `folds`: which part of the training rows this run is judged by."""
    until: int | None = Field(None, ge=0)
    """Of the data set `feedback`: the number of the last rating that counts; set when a run is queued."""

    @property
    def label(self) -> str:
        """How it is called beside others: its name, with its subset and a language other than English."""
        named = f"{self.name}: {self.subset}" if self.subset else self.name
        named += f" + {len(self.files)} more" if self.files else ""
        return named if self.language == "en" else f"{named} ({self.language})"


def as_list(value: object) -> object:
    """A name, a mapping or a list of either, always as a list of mappings."""
    entries = value if isinstance(value, list | tuple) else [value]
    return [{"name": entry} if isinstance(entry, str) else entry for entry in entries]


DataMix = Annotated[tuple[DataChoice, ...], BeforeValidator(as_list), Field(min_length=1, max_length=16)]
