"""What a data set asks: the conversations in its rows that wait for an answer, each once, in an order of their own."""

import random
from collections.abc import Sequence
from typing import Literal

from lab.data.mix import Messages, conversation_in, load_mix
from lab.errors import DataError
from lab.home import Home
from lab.recipe import DataChoice


def questions(
    choices: Sequence[DataChoice],
    home: Home,
    seed: int,
    split: Literal["train", "held_out"],
    formats: Sequence[str] = (),
    split_seed: int = 0,
) -> list[Messages]:
    """The questions of one split, shuffled by the seed; raises DataError where the rows ask nothing."""  # fmt: skip
    data = load_mix(choices, home, seed, formats, split_seed)
    rows = data.held_out if split == "held_out" else data.train
    asked = {str(said): said for row in rows if (said := conversation_in(row))}
    found = list(asked.values())
    if not found:
        raise DataError(f"the {split.replace('_', '-')} rows of '{data.name}' ask nothing", where="data",
                        do="take data with a prompt or with messages, such as `prompts`.")  # fmt: skip
    random.Random(f"{seed} questions").shuffle(found)
    return found


__all__ = ["Messages", "conversation_in", "questions"]
