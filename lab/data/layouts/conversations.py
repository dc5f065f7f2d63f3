"""Conversations: messages and ShareGPT, with columns for the system's words and for tools; Alpaca's history."""

from lab.data import checks
from lab.data.dialogs import dialog_in
from lab.data.layouts.layout import Fields, Names, Place
from lab.data.parse import kind
from lab.data.turns import Message, decoded, joined, said, turns
from lab.data.types import Row
from lab.errors import DataError

THOUGHTS = ("reasoning_content", "reasoning", "thinking")
"""Keys of a message beside what it says, which chat templates write each in their own way."""


def messages(fields: Fields, place: Place, names: Names) -> Row:
    """A row whose every answer is learned, but for those that are marked."""
    ours = next(name for name in ("messages", "conversations", "contents") if name in fields)
    value = fields[ours]
    found = (dialog_in(value) if isinstance(value, str) else None) or turns(value, place, names[ours])
    spot = f"{place}, column '{names[ours]}'"
    if isinstance(value, list) and any(item.get(key) for item in value for key in THOUGHTS):
        place.tell(f"conversations have thoughts apart ({', '.join(THOUGHTS)}): they are not read")
    return {"messages": learnable(found, fields, place, names, spot)} | tools(fields, place, names)


def holds_messages(fields: Fields) -> bool:
    """Whether a column whose name does not tell holds a conversation: a list, or a dialog as text."""
    value = decoded(fields.get("contents"), dict)
    return isinstance(value, list) or (isinstance(value, str) and dialog_in(value) is not None)


def learnable(found: list[Message], fields: Fields, place: Place, names: Names, spot: str) -> list[Message]:
    """A conversation with its system's words, in order, that ends with an answer and has one to learn."""
    found = tidy(with_system(found, fields, place, names), place)
    _check_tools(found, spot)
    asked = next((i for i, turn in enumerate(found) if turn["role"] != "system"), len(found))
    if asked > 1 or any(turn["role"] == "system" for turn in found[asked:]):
        late = next(i for i, turn in enumerate(found, 1) if turn["role"] == "system" and i > 1)
        raise DataError(f"message {late} is the system's, which only the first may be", where=spot,
                        do="put what it says first, or into a user's message.")  # fmt: skip
    if not any(turn["role"] == "assistant" for turn in found):
        raise DataError("the conversation has no answer at its end", where=spot, do="end it with an assistant message.")
    if not any(turn["role"] == "user" for turn in found):
        raise DataError("nobody asks anything in the conversation", where=spot, do="begin it with a user message.")
    kept = found[: max(i for i, turn in enumerate(found, 1) if turn["role"] == "assistant")]
    if len(kept) < len(found):
        place.tell("conversations end with something that nobody answers: it is left off")
    if all(turn.get("train") is False for turn in kept if turn["role"] == "assistant"):
        raise DataError("every answer of the conversation is marked as not to be learned", where=spot,
                        do="remove the row, or the mark of one answer.")  # fmt: skip
    return kept


def asked(fields: Fields, place: Place, names: Names) -> str | list[Message] | None:
    """What a row asks: its prompt (text, dialog or messages) after the system's words and the history, if any."""
    found: str | list[Message] | None = None
    if "conversations" in fields or "messages" in fields:
        ours = "conversations" if "conversations" in fields else "messages"
        found = turns(fields[ours], place, names[ours])
    elif fields.get("prompt") is not None:
        found = said(fields["prompt"], place, names["prompt"])
        found = dialog_in(found) or found if isinstance(found, str) else found
        if isinstance(found, str) and names["prompt"].casefold() == "instruction":
            found = with_input(found, fields, place, names)
    earlier = _history(fields, place, names)
    if earlier or _system(fields, place, names):
        found = with_system([*earlier, *as_turns(found or [], "user")], fields, place, names)
    if isinstance(found, list) and found[-1]["role"] == "assistant":
        raise DataError("the prompt ends with an answer", where=str(place),
                        do="end it with what the user says; answers have columns of their own.")  # fmt: skip
    return tidy(found, place) if isinstance(found, list) else found


def tidy(found: list[Message], place: Place) -> list[Message]:
    """A conversation in which nobody speaks twice in a row."""
    kept = joined(found)
    if len(kept) < len(found):
        place.tell("conversations have turns of one speaker in a row: they are joined")
    return kept


def with_input(instruction: str, fields: Fields, place: object, names: Names) -> str:
    """Alpaca's instruction and, two lines below, its input."""
    extra = checks.optional_text(fields.get("input"), place, names.get("input", "input"))
    return f"{instruction}\n\n{extra}" if extra else instruction


def with_system(found: list[Message], fields: Fields, place: object, names: Names) -> list[Message]:
    """The conversation, led by the row's column for the system; raises DataError where it has another one."""
    system = _system(fields, place, names)
    own = found[0]["content"] if found and found[0]["role"] == "system" else None
    if system is None or own == system:
        return found
    if own is not None:
        raise DataError("it says something else than the system's message of the conversation",
                        where=f"{place}, column '{names['system']}'", do="keep one of them.")  # fmt: skip
    return [{"role": "system", "content": system}, *found]


def tools(fields: Fields, place: object, names: Names) -> Row:
    """{"tools": [...]} with the functions a row offers, as transformers' chat templates take them; {} for none."""
    value = decoded(fields.get("tools"), dict)
    if isinstance(value, str) and value.strip() in ("", "[]"):
        value = None
    if not value:
        return {}
    listed = value if isinstance(value, list) else [value]
    for tool in listed:
        inner = tool.get("function", tool) if isinstance(tool, dict) else None
        if not isinstance(inner, dict) or not isinstance(inner.get("name"), str):
            raise DataError(f"{checks.short(tool)} is not a tool", where=f"{place}, column '{names['tools']}'",
                            do='write [{"name": "...", "description": "...", "parameters": {...}}].')  # fmt: skip
    return {"tools": [tool if "function" in tool else {"type": "function", "function": tool} for tool in listed]}


def as_turns(value: str | list[Message], role: str) -> list[Message]:
    """Text as one message of that role; messages as they are."""
    return [{"role": role, "content": value}] if isinstance(value, str) else value


def _system(fields: Fields, place: object, names: Names) -> str | None:
    return checks.optional_text(fields.get("system"), place, names.get("system", "system")) or None


def _history(fields: Fields, place: object, names: Names) -> list[Message]:
    """Earlier turns: [[question, answer], ...] as LLaMA-Factory and ms-swift write them, or messages."""
    value = decoded(fields.get("history"), list, tuple, dict)
    if not value or (isinstance(value, str) and not value.strip()):
        return []
    spot = f"{place}, column '{names['history']}'"
    if isinstance(value, list) and all(isinstance(turn, dict) for turn in value):
        return turns(value, place, names["history"])
    if not isinstance(value, list) or not all(isinstance(pair, list | tuple) and len(pair) == 2 for pair in value):
        raise DataError(f"{kind(value)} is here, where a list of [question, answer] is expected", where=spot,
                        do='write [["question", "answer"], ...].')  # fmt: skip
    return [
        {"role": role, "content": checks.text(words, f"{spot}, pair {number}", role)}
        for number, pair in enumerate(value, 1)
        for role, words in zip(("user", "assistant"), pair, strict=True)
    ]


def _check_tools(found: list[Message], spot: str) -> None:
    for number, (before, turn) in enumerate(zip([None, *found[:-1]], found, strict=True), 1):
        if turn["role"] == "tool" and (before is None or before["role"] not in ("assistant", "tool")):
            raise DataError(f"message {number} is a tool's, and no assistant asked it", where=spot,
                            do="put the assistant's call before it.")  # fmt: skip
