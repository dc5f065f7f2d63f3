"""The right answers that data knows, by what is asked; and whether an answer is right, where that can be told."""

from collections.abc import Iterable

from lab.data import DataSet, Row
from lab.data.encode import prompt_messages, wanted_answer
from lab.evaluate.answers import normalise
from lab.evaluate.graded import ANSWERED

LONGEST = 80
"""Characters of an answer that can be right or wrong; a longer one can be said in other words."""


def right_answers(data: DataSet) -> dict[str, str]:
    """What the rows want to be answered, by what they ask (see `asked_key`); nothing for data without answers."""
    if data.format not in ANSWERED:
        return {}
    found: dict[str, str] = {}
    for rows in (data.train, data.held_out, *data.unseen.values()):
        for question, answer in _pairs(rows, data.format):
            found.setdefault(asked_key(question), answer)
    return found


def asked_key(question: str) -> str:
    """A question without what does not count: two that differ in case or punctuation are the same."""
    return normalise(question)


def is_right(answer: str, wanted: str) -> bool | None:
    """Whether an answer is the wanted one; None where nobody can tell: nothing is wanted, it could be said in other
    words, or the answer has the wanted words among others."""
    said, right = normalise(answer), normalise(wanted)
    if not right or len(wanted) > LONGEST:
        return None
    if said == right:
        return True
    return None if right in said else False


def _pairs(rows: Iterable[Row], format: str) -> Iterable[tuple[str, str]]:
    """Questions of one turn with the answers they want."""
    for row in rows:
        asked = [message for message in prompt_messages(row, format) if message["role"] == "user"]
        if len(asked) == 1:
            yield asked[0]["content"], wanted_answer(row, format)
