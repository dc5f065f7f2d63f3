"""What the generators hand to the corpus, and the rule that says what is held out.

Holding out is by a stable hash of the fact or by a phrasing's place in its list, so that it is the same in every run.
"""

import zlib
from dataclasses import dataclass
from typing import Literal

from lab.evaluate.says import says
from recipes.nano.world.checks import follows

Split = Literal["train", "held_out"]
Ending = Literal["happy", "sad"]


@dataclass(frozen=True)
class Document:
    """A piece of text, or a conversation of (role, content) turns; `subject` names the generator it came from."""

    subject: str
    text: str = ""
    turns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Story:
    """A finished story and what one could ask about it."""

    text: str
    opening: str
    ending: Ending
    about: str
    slots: dict[str, str]


@dataclass(frozen=True)
class Question:
    """A question with its answer. An answer is right if it holds, as whole words, `needs` of the keys (split by |).

    A key after ^ must open the answer (see `lab.evaluate.says`). `fact` names what is asked, for the split; `form` is how the answer must look (see
    `checks.py`), if that is asked for.
    """

    kind: str
    prompt: str
    answer: str
    key: str
    fact: str
    needs: int = 1
    form: str = ""

    def is_right(self, answer: str) -> bool:
        """Whether this answer would do."""
        return sum(says(answer, key) for key in self.key.split("|")) >= self.needs and follows(self.form, answer)


def fact_is_held_out(fact: str, one_in: int = 10) -> bool:
    """Whether this fact is never asked about in training (it may still be told)."""
    return zlib.crc32(fact.encode()) % one_in == 0


def phrasings(all_of_them: tuple[str, ...], split: Split, more: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The part of a list of phrasings that belongs to a split: about one in six, the last ones, are held out.

    Training has `more` besides, which never move that line.
    """
    kept = len(all_of_them) - max(1, len(all_of_them) // 6)
    return (*all_of_them[:kept], *more) if split == "train" else all_of_them[kept:]
