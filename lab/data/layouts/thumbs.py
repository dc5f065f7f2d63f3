"""Answers with a thumb up or down (KTO): prompt and completion, Alpaca's columns, or a conversation's last answer."""

from lab.data import checks
from lab.data.layouts.conversations import as_turns, asked, learnable, tools
from lab.data.layouts.instructions import without_prompt
from lab.data.layouts.layout import Fields, Names, Place
from lab.data.turns import Message, decoded, said, turns
from lab.data.types import Row
from lab.errors import DataError


def has_truth(fields: Fields) -> bool:
    """Whether a row's label is true or false, and not the name of a class."""
    return checks.known_truth(fields.get("label")) is not None


def is_conversation(fields: Fields) -> bool:
    """Whether the completion is a list of messages, so that its question is in it."""
    return isinstance(decoded(fields.get("completion"), dict), list) and has_truth(fields)


def thumb(fields: Fields, place: Place, names: Names) -> Row:
    """A question, an answer, and whether it is a good one."""
    prompt = asked(fields, place, names)
    prompt = said(fields["prompt"], place, names["prompt"]) if prompt is None else prompt
    completion = said(fields["completion"], place, names["completion"])
    if isinstance(prompt, list) or isinstance(completion, list):
        whole = [*as_turns(prompt, "user"), *without_prompt(as_turns(completion, "assistant"), prompt)]
        spot = f"{place}, column '{names['completion']}'"
        prompt, completion = _parted(learnable(whole, {}, place, names, spot), whole, spot)
    label = checks.truth(fields["label"], place, names["label"])
    return {"prompt": prompt, "completion": completion, "label": label} | tools(fields, place, names)


def alpaca_thumb(fields: Fields, place: Place, names: Names) -> Row:
    """Alpaca's columns with a thumb."""
    given = {**fields, "prompt": fields["instruction"], "completion": fields["output"]}
    return thumb(given, place, {**names, "prompt": "instruction", "completion": names["output"]})


def conversation_thumb(fields: Fields, place: Place, names: Names) -> Row:
    """A conversation whose last answer the thumb is for; or answers, with the whole conversation in `completion`."""
    ours = next(name for name in ("conversations", "messages", "completion") if name in fields)
    spot = f"{place}, column '{names[ours]}'"
    whole = turns(fields[ours], place, names[ours])
    prompt, completion = _parted(learnable(whole, fields, place, names, spot), whole, spot)
    label = checks.truth(fields["label"], place, names["label"])
    return {"prompt": prompt, "completion": completion, "label": label} | tools(fields, place, names)


def _parted(found: list[Message], whole: list[Message], spot: str) -> tuple[list[Message], list[Message]]:
    """What was asked last and all before it, and the answer, which the thumb is for."""
    if whole[-1]["role"] != "assistant":
        raise DataError(
            "there is no answer for the thumb at its end", where=spot, do="end it with an assistant message."
        )
    begins = max((i for i, turn in enumerate(found, 1) if turn["role"] == "user"), default=0)
    return found[:begins], found[begins:]
