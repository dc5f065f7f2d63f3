"""Texts, questions with answers, and Alpaca's instructions, with what came before and the system's words."""

from lab.data import checks
from lab.data.layouts.conversations import as_turns, asked, learnable, tools
from lab.data.layouts.layout import Fields, Names, Place
from lab.data.turns import Message, said
from lab.data.types import Row
from lab.errors import DataError


def alpaca(fields: Fields, place: Place, names: Names) -> Row:
    """Instruction and input as the question; a row with a history or a system's word is a conversation."""
    given = {**fields, "prompt": fields["instruction"], "completion": fields["output"]}
    return prompt_completion(given, place, {**names, "prompt": "instruction", "completion": names["output"]})


def prompt_completion(fields: Fields, place: Place, names: Names) -> Row:
    """A question and its answer, two texts or two lists of messages."""
    prompt, completion = asked(fields, place, names), said(fields["completion"], place, names["completion"])
    prompt = said(fields["prompt"], place, names["prompt"]) if prompt is None else prompt
    if isinstance(prompt, str) and isinstance(completion, str):
        return {"prompt": prompt, "completion": completion}
    before, answer = as_turns(prompt, "user"), without_prompt(as_turns(completion, "assistant"), prompt)
    spot = f"{place}, column '{names['completion']}'"
    whole = learnable([*before, *answer], {}, place, names, spot)
    if len(whole) <= len(before):
        raise DataError("there is no answer in it", where=spot, do="end it with an assistant message.")
    return {"prompt": whole[: len(before)], "completion": whole[len(before) :]} | tools(fields, place, names)


def without_prompt(answer: list[Message], prompt: str | list[Message]) -> list[Message]:
    """An answer's messages without the prompt that they begin with."""
    before = as_turns(prompt, "user")
    begins = len(answer) > len(before) and all(same(a, b) for a, b in zip(before, answer, strict=False))
    return answer[len(before) :] if begins else answer


def same(one: Message, other: Message) -> bool:
    """Whether two messages say the same, but for blanks."""
    alike = all(one.get(key) == other.get(key) for key in ("role", "tool_calls"))
    return alike and one["content"].split() == other["content"].split()


def labels(fields: Fields, place: Place, names: Names) -> Row:
    """A text and the name of its class."""
    return {
        "text": checks.text(fields["text"], place, names["text"]),
        "label": checks.label(fields["label"], place, names["label"]),
    }


def task_example(fields: Fields, place: Place, names: Names) -> Row:
    """A question with its answer, of one of many small tasks."""
    task = checks.text(fields["task"], place, names["task"])
    return {"task": task, **prompt_completion(fields, place, names)}


def some_labels(fields: Fields, place: Place, names: Names) -> Row:
    """A text and the name of its class, which is empty where the row says none."""
    if fields["label"] is None or not str(fields["label"]).strip():
        return {"text": checks.text(fields["text"], place, names["text"]), "label": ""}
    return labels(fields, place, names)


def text(fields: Fields, place: Place, names: Names) -> Row:
    """A text to go on from."""
    return {"text": checks.text(fields["text"], place, names["text"])}


def prompt(fields: Fields, place: Place, names: Names) -> Row:
    """A question alone."""
    found = asked(fields, place, names)
    return {"prompt": said(fields["prompt"], place, names["prompt"]) if found is None else found}
