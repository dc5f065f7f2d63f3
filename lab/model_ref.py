"""How a model is named, in recipes, chains of weights and the database: parsed here and nowhere else.

One model has had several spellings, which stored labs and recipes keep using. Each place says which one it reads:

    `parse`      recipes, the page    nano, owner/name, /a/folder, base:nano, run:<id>, run:<id>/stage-<n>, stage:<n>
    `of_stage`   chains of weights    <id>/stage-<n>
    `of_answer`  answers, matches     <id>, base:nano
"""

import re
from dataclasses import dataclass

from lab.errors import ModelError

RUN, BASE, OWN_STAGE, STAGE = "run:", "base:", "stage:", "/stage-"
IMPORTED = "import:"
"""Begins what stands for the run of an answer that came from a file."""
RUN_ID = r"[a-z0-9]{6,32}"
"""A run's id, as a regular expression."""
STAGE_REF = re.compile(rf"(?P<run>{RUN_ID}){STAGE}(?P<stage>\d{{1,3}})")


@dataclass(frozen=True)
class ModelRef:
    """A base model by its name, a run, what one stage of a run left, or an earlier stage of the same variant.

    `str` gives the spelling of recipes.
    """

    base: str | None = None
    """A catalogue name, a Hub id or a folder."""
    run: str | None = None
    """A run's id."""
    stage: int | None = None
    """The number of a stage: of `run`, or of the variant that names it where there is no run."""

    @classmethod
    def parse(cls, text: str) -> "ModelRef":
        """The model that a recipe's word names. Every word names one: what is no run and no stage is a base."""
        if text.startswith(RUN):
            run, _, stage = text.removeprefix(RUN).partition(STAGE)
            return cls(run=run, stage=int(stage) if stage.isdigit() else None)
        if text.startswith(OWN_STAGE) and (number := text.removeprefix(OWN_STAGE)).isdigit():
            return cls(stage=int(number))
        return cls(base=text.removeprefix(BASE))

    @classmethod
    def of_stage(cls, text: str) -> "ModelRef":
        """The stage that a link of a chain names ('<run>/stage-<n>'); raises ModelError for anything else."""
        if not (found := STAGE_REF.fullmatch(text)):
            raise ModelError(f"'{text}' is not a stage of a run", do="train the run again.")
        return cls(run=found["run"], stage=int(found["stage"]))

    @classmethod
    def of_answer(cls, text: str) -> "ModelRef":
        """Who gave an answer, as the database names it: a run's bare id, or 'base:<name>'.

        What the terminal once wrote ('run:<id>', a base's bare name) is read too.
        """
        bare_run = re.fullmatch(RUN_ID, text) or text.startswith(IMPORTED)
        return cls(run=text) if bare_run else cls.parse(text)

    @property
    def is_own_stage(self) -> bool:
        """Whether it names an earlier stage of the variant it stands in."""
        return self.base is None and self.run is None

    @property
    def in_answers(self) -> str:
        """Its name in the database's answers and matches."""
        return self.run if self.run is not None else f"{BASE}{self.base}"

    @property
    def in_chains(self) -> str:
        """Its name in chains of weights: '<run>/stage-<n>'."""
        return f"{self.run}{STAGE}{self.stage}"

    def __str__(self) -> str:
        if self.base is not None:
            return self.base
        if self.run is None:
            return f"{OWN_STAGE}{self.stage}"
        return f"{RUN}{self.run}" + ("" if self.stage is None else f"{STAGE}{self.stage}")
