"""Pairs of answers, one better and one worse: what both begin with is the prompt, and only the answers are compared."""

from typing import Any

from lab.data import checks
from lab.data.dialogs import dialog_in
from lab.data.layouts.conversations import as_turns, asked, tidy, tools
from lab.data.layouts.instructions import same
from lab.data.layouts.layout import Fields, Names, Place
from lab.data.turns import ROLE_OF, Message, decoded, said, turns
from lab.data.types import Row, Table
from lab.errors import DataError

SIDES = ("chosen", "rejected")
SCORED = ("margin", "score_chosen", "score_rejected")
USUAL = 0.5
"""The share of rows above which a beginning that both answers have is the file's way, and no accident."""
FEWEST = 2
"""Rows below which nothing can be said of a file's way."""


def preference(fields: Fields, place: Place, names: Names) -> Row | list[Row]:
    """A row's prompt, where there is one, and the answer of each side, as texts or as messages."""
    sides = [_side(fields[side], place, names[side]) for side in SIDES]
    if sides[0] == sides[1]:
        raise DataError("chosen and rejected are the same", where=f"{place}, column '{names['rejected']}'",
                        do="remove the row: there is nothing to prefer in it.")  # fmt: skip
    prompt = asked(fields, place, names)
    rest = margin(fields, place) | tools(fields, place, names)
    if isinstance(sides[0], str) and isinstance(sides[1], str) and isinstance(prompt, str | None):
        return ({} if prompt is None else {"prompt": prompt}) | {"chosen": sides[0], "rejected": sides[1]} | rest
    if isinstance(prompt, list) and isinstance(fields.get("prompt"), str):  # a dialog's answers begin with its blank
        sides = [side.strip() if isinstance(side, str) else side for side in sides]
    chosen, rejected = (tidy(as_turns(side, "assistant"), place) for side in sides)
    parted = _parted([] if prompt is None else as_turns(prompt, "user"), chosen, rejected, place, names["chosen"])
    if parted is None:
        place.tell("pairs were left out: their conversations part before the last answer")
        return []
    before, chosen, rejected = parted
    if chosen == rejected:
        raise DataError("chosen and rejected are the same", where=f"{place}, column '{names['rejected']}'",
                        do="remove the row: there is nothing to prefer in it.")  # fmt: skip
    return ({"prompt": before} if before else {}) | {"chosen": chosen, "rejected": rejected} | rest


def messages_are_the_prompt(fields: Fields) -> bool:
    """Whether `messages` end before the answer (Axolotl), instead of being the whole better one (UltraFeedback)."""
    found = decoded(fields.get("messages"), dict)
    last = found[-1] if isinstance(found, list) and found and isinstance(found[-1], dict) else {}
    return ROLE_OF.get(str(last.get("role", last.get("from"))).lower()) in ("user", "tool")


def rejected_is_an_answer(fields: Fields) -> bool:
    """Whether `rejected` holds something said, and does not say of a conversation that it was refused."""
    return isinstance(fields.get("rejected"), str | list | dict) and checks.known_truth(fields["rejected"]) is None


def last_answer_preferred(fields: Fields, place: Place, names: Names) -> Row | list[Row]:
    """ms-swift's rows: a conversation whose last answer is better than the `rejected` one."""
    found = turns(fields["messages"], place, names["messages"])
    if found[-1]["role"] != "assistant":
        raise DataError("the conversation has no answer at its end", where=f"{place}, column '{names['messages']}'",
                        do="end it with an assistant message.")  # fmt: skip
    inner = {key: value for key, value in fields.items() if key != "messages"}
    if len(found) > 1:
        inner["prompt"] = found[:-1]
    return preference(
        inner | {"chosen": found[-1:]}, place, {**names, "prompt": names["messages"], "chosen": names["messages"]}
    )


def margin(fields: Fields, place: Place) -> Row:
    """{"margin": how much better the chosen answer is}, from its own column or two scores; {} where none is known."""
    known = checks.number(fields.get("margin"))
    better, worse = (checks.number(fields.get(f"score_{side}")) for side in SIDES)
    if known is None and better is not None and worse is not None:
        known = better - worse
    if known is None:
        return {}
    if known < 0:
        place.tell("pairs score the rejected answer higher: their margin is 0")
    return {"margin": max(known, 0.0)}


def without_shared_text(table: Table, names: Names) -> tuple[Table, Names]:
    """The table without the question in front of both answers' texts, where most rows have it there.

    With a prompt column that is the prompt's text; without one, the whole lines that both begin with.
    """
    rows = table.rows
    texts = [i for i, row in enumerate(rows) if _plain(row, names)]
    parts = {i: found for i in texts if (found := _shared_text(rows[i], names))}
    if len(texts) < FEWEST or len(parts) <= USUAL * len(texts):
        return table, names
    prompt = names.get("prompt", "prompt")
    taken = [
        row | dict(zip((prompt, names["chosen"], names["rejected"]), parts[i], strict=True)) if i in parts else row
        for i, row in enumerate(rows)
    ]
    note = f"{len(parts):,} rows have the question in front of both answers: it is the prompt."
    return Table(table.where, taken, table.numbers, table.unit, (*table.notes, note)), {**names, "prompt": prompt}


def _plain(row: Row, names: Names) -> bool:
    values = [row.get(names[side]) for side in SIDES]
    prompt = row.get(names["prompt"], "") if "prompt" in names else ""
    return all(isinstance(value, str) and dialog_in(value) is None for value in (*values, prompt or ""))


def _shared_text(row: Row, names: Names) -> tuple[str, str, str] | None:
    """Prompt, chosen and rejected of a row whose answers both begin with its question; else None."""
    chosen, rejected = row[names["chosen"]], row[names["rejected"]]
    prompt = row.get(names["prompt"]) if "prompt" in names else None
    if prompt:
        begins = prompt.strip()
    else:
        shared = 0
        while shared < min(len(chosen), len(rejected)) and chosen[shared] == rejected[shared]:
            shared += 1
        begins = chosen[: chosen.rfind("\n", 0, shared) + 1].strip()
    sides = [side.lstrip() for side in (chosen, rejected)]
    if not begins or not all(side.startswith(begins) and side[len(begins) :].strip() for side in sides):
        return None
    return (prompt or begins, *(side[len(begins) :].strip() for side in sides))


def _side(value: Any, place: Place, column: str) -> str | list[Message]:
    found = said(value, place, column)
    return dialog_in(found) or found if isinstance(found, str) else found


def _parted(
    prompt: list[Message], chosen: list[Message], rejected: list[Message], place: Place, column: str
) -> tuple[list[Message], list[Message], list[Message]] | None:
    """Prompt and answers apart; None where more than answers comes after what both sides share."""
    spot = f"{place}, column '{column}'"
    whole = [any(turn["role"] in ("user", "system") for turn in side) for side in (chosen, rejected)]
    if any(whole) and not all(whole):
        raise DataError("one side holds the question and the other does not", where=spot, do="write both alike.")
    if all(whole):
        shared = 0
        while shared < min(len(chosen), len(rejected)) - 1 and same(chosen[shared], rejected[shared]):
            shared += 1
        if not any(turn["role"] == "user" for turn in chosen[:shared]):
            raise DataError("chosen and rejected answer different questions", where=spot,
                            do="remove the row: a pair is two answers to one question.")  # fmt: skip
        prompt = _agreed(prompt, chosen[:shared], place)
        chosen, rejected = chosen[shared:], rejected[shared:]
    sides = [[{key: turn[key] for key in turn if key != "train"} for turn in side] for side in (chosen, rejected)]
    if any(side[-1]["role"] != "assistant" for side in sides):
        raise DataError("a side does not end with an answer", where=spot, do="end it with an assistant message.")
    if any(turn["role"] in ("user", "system") for side in sides for turn in side):
        return None
    if all(whole):
        place.tell("pairs hold their question: what both sides begin with is the prompt")
    return prompt, sides[0], sides[1]


def _agreed(prompt: list[Message], shared: list[Message], place: Place) -> list[Message]:
    """The shared beginning, led by the system's message where only the prompt's column has one."""
    questions = [turn for turn in prompt if turn["role"] == "user"]
    if not all(any(same(question, turn) for turn in shared) for question in questions):
        place.tell("pairs of conversations begin otherwise than their prompt's column says: the conversations count")
    system = [turn for turn in prompt if turn["role"] == "system" and shared[0]["role"] != "system"]
    return [*system, *shared]
