"""Conversations as files write them: who speaks, what is said (text, parts of text, tool calls), what is learned.

Read are the messages of OpenAI and TRL (role, content), of ShareGPT (from, value), lists of text parts, tool calls and
tool turns of both, and the marks of turns that are shown but not learned (weight, train, loss, masked).
"""

import ast
import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from lab.data.checks import short, text, truth
from lab.data.parse import kind
from lab.errors import DataError

Message = dict[str, Any]
SPEAKERS = {
    "system": ("system", "developer"),
    "user": ("user", "human", "prompter"),
    "assistant": ("assistant", "gpt", "chatgpt", "model", "bot", "chatbot", "ai"),
    "tool": ("tool", "observation", "function", "ipython", "tool_response", "function_response"),
    "call": ("function_call", "tool_call"),
}
ROLE_OF = {name: role for role, names in SPEAKERS.items() for name in names}
"""What files call the speakers; "call" is an assistant whose words are a tool call."""
TEXT_KEY_OF = {"role": "content", "from": "value", "speaker": "text"}
"""The key of the speaker, and that of the words which usually goes with it."""
TEXT_KEYS = ("content", "value", "text", "parts")
PLAIN = frozenset(("system", "user", "assistant"))
BETWEEN = re.compile(r"\}[^\S\n]*\n\s*\{")
TEXT_PARTS = ("text", "input_text", "output_text")
EXCHANGES = (
    ("input", "output"), ("human", "assistant"), ("user", "assistant"), ("question", "answer"), ("prompt", "response"),
)  # fmt: skip
"""Keys of a question and its answer where one item holds both (XTuner, Firefly, Capybara)."""
LEARNED, NOT_LEARNED = ("train", "training", "trainable", "loss", "output_with_loss"), ("masked", "mask")
"""Keys of a message that say whether it is learned, and those that say the opposite."""


def turns(value: Any, place: object, column: str) -> list[Message]:
    """The messages of a list, of one object, or of either as JSON or as pandas writes them; each one checked."""
    spot = f"{place}, column '{column}'"
    value = decoded(value, dict)
    if isinstance(value, dict):
        value = value["messages"] if isinstance(value.get("messages"), list) else [value]
    if not isinstance(value, list) or not value:
        found = "an empty list" if value == [] else kind(value)
        raise DataError(
            f"{found} is here, where a list of messages is expected", where=spot,
            do='write [{"role": "user", "content": "..."}, {"role": "assistant", "content": "..."}].',
        )  # fmt: skip
    return [
        message(part, f"{spot}, message {number}")
        for number, item in enumerate(value, 1)
        for part in _messages_in(item)
    ]


def said(value: Any, place: object, column: str) -> str | list[Message]:
    """Text, or messages; JSON that is no messages is text like any other."""
    read = decoded(value, dict)
    if isinstance(value, str) and not (isinstance(read, list) and all(map(_looks_like_message, read))):
        return text(value, place, column)
    return turns(read, place, column) if isinstance(read, list | dict) else text(value, place, column)


def decoded(value: Any, *of: type) -> Any:
    """The object, or list of things of these types, that a cell holds in JSON or as Python shows it; else the cell."""
    if not isinstance(value, str) or value.lstrip()[:1] not in ("[", "{"):
        return value
    readers: tuple[Callable[[str], Any], ...] = (json.loads, _python)
    for read in readers:
        try:
            found = read(value.strip())
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        return found if all(isinstance(item, of) for item in (found if isinstance(found, list) else [found])) else value
    return value


def _python(shown: str) -> Any:
    """What Python's or NumPy's way to show a list stands for; NumPy has line breaks instead of commas."""
    return ast.literal_eval(BETWEEN.sub("}, {", shown))


def message(item: Any, spot: str) -> Message:
    """One message in the standard form; raises DataError for an unknown role, or nothing said."""
    if isinstance(item, dict) and len(item) == 2 and _is_plain(item.get("role"), item.get("content")):
        return {"role": item["role"], "content": text(item["content"], spot, "content")}  # most messages, and faster
    if not isinstance(item, dict):
        raise DataError(f"{kind(item)} is here, where a message is expected", where=spot,
                        do='write {"role": "user", "content": "..."}.')  # fmt: skip
    role_key = next((key for key in TEXT_KEY_OF if key in item), "role")
    name = item.get(role_key)
    role = ROLE_OF.get(name.strip().lower()) if isinstance(name, str) else None
    if role is None:
        raise DataError(f"{short(name)!r} is not a role", where=f"{spot}, '{role_key}'",
                        do=f"allowed: {', '.join(ROLE_OF)}.")  # fmt: skip
    text_key = next((key for key in TEXT_KEYS if item.get(key) is not None), TEXT_KEY_OF[role_key])
    if role == "call":
        found: Message = {"role": "assistant", "content": "", "tool_calls": tool_calls(item.get(text_key), spot)}
    else:
        found = {"role": role, "content": content(item.get(text_key), spot, text_key)}
        calls = item.get("tool_calls") or item.get("function_call")
        if role == "assistant" and calls:
            found["tool_calls"] = tool_calls(calls, spot)
        if role == "tool":
            found |= {key: item[key] for key in ("name", "tool_call_id") if isinstance(item.get(key), str)}
    if not found["content"].strip() and role != "tool" and "tool_calls" not in found:
        raise _nothing_said(item.get(text_key), f"{spot}, '{text_key}'")
    if found["role"] == "assistant" and not is_learned(item, spot):
        found["train"] = False
    return found


def _is_plain(role: Any, words: Any) -> bool:
    return isinstance(role, str) and role in PLAIN and isinstance(words, str) and bool(words.strip())


def content(value: Any, place: str, key: str) -> str:
    """Text; a list of text parts as one; "" for nothing. Raises DataError for pictures, sounds and the like."""
    spot = f"{place}, '{key}'"
    if isinstance(value, list):
        value = "".join(_part(part, f"{spot}, part {number}") for number, part in enumerate(value, 1))
    if value is None or (isinstance(value, str) and not value.strip()):
        return ""
    if not isinstance(value, str):
        raise _nothing_said(value, spot)
    return text(value, place, key)


def is_learned(item: Message, spot: str) -> bool:
    """Whether a message's own marks let it be learned: OpenAI's weight, and what other trainers call it."""
    weight = item.get("weight")
    if weight is not None and weight not in (0, 1):
        raise DataError(f"a weight of {short(weight)} is not read", where=f"{spot}, 'weight'", do="write 0 or 1.")
    marks = [bool(weight)] if weight is not None else []
    marks += [truth(item[key], spot, key) for key in LEARNED if item.get(key) is not None]
    marks += [not truth(item[key], spot, key) for key in NOT_LEARNED if item.get(key) is not None]
    return all(marks)


def tool_calls(value: Any, spot: str) -> list[dict[str, Any]]:
    """Calls as transformers' chat templates take them, arguments as an object; raises DataError for anything else."""
    value = decoded(value, dict)
    found = []
    for call in value if isinstance(value, list) else [value]:
        inner = call.get("function", call) if isinstance(call, dict) else None
        if isinstance(inner, dict) and isinstance(inner.get("name"), str):
            arguments = decoded(inner.get("arguments", inner.get("parameters")), dict)
            if arguments in (None, ""):
                arguments = {}
            if isinstance(arguments, dict):
                named = {"id": call["id"]} if isinstance(call.get("id"), str) else {}
                found.append({**named, "type": "function", "function": {"name": inner["name"], "arguments": arguments}})
                continue
        raise DataError("this is not a tool call", where=spot, do='write {"name": "...", "arguments": {...}}.')
    return found


def joined(conversation: Sequence[Message]) -> list[Message]:
    """Turns of one speaker in a row as one turn, a blank line between; what tools answer stays apart."""
    found: list[Message] = []
    for turn in conversation:
        last = found[-1] if found else None
        if last is None or turn["role"] in ("tool", "system") or not _go_together(last, turn):
            found.append(turn)
            continue
        calls = [*last.get("tool_calls", ()), *turn.get("tool_calls", ())]
        parts = [part for part in (last["content"], turn["content"]) if part]
        found[-1] = last | {"content": "\n\n".join(parts)} | ({"tool_calls": calls} if calls else {})
    return found


def _messages_in(item: Any) -> list[Any]:
    """A message; or those of an item that holds a question and its answer, and the system's words if any."""
    if not isinstance(item, dict) or "role" in item or any(key in item for key in TEXT_KEY_OF):
        return [item]
    keys = next((keys for keys in EXCHANGES if all(key in item for key in keys)), None)
    if keys is None:
        return [item]
    marks = {key: item[key] for key in (*LEARNED, *NOT_LEARNED, "weight") if key in item}
    turns = [{"role": "system", "content": item["system"]}] if item.get("system") else []
    if item[keys[0]] not in (None, ""):  # XTuner's plain text has an empty input
        turns.append({"role": "user", "content": item[keys[0]]})
    return [*turns, {"role": "assistant", "content": item[keys[1]], **marks}]


def _looks_like_message(item: Any) -> bool:
    return isinstance(item, dict) and any(key in item for key in TEXT_KEY_OF) and any(key in item for key in TEXT_KEYS)


def _go_together(last: Message, turn: Message) -> bool:
    return bool(last["role"] == turn["role"] and last.get("train") == turn.get("train"))


def _part(part: Any, spot: str) -> str:
    if isinstance(part, str):
        return part
    sort = part.get("type", "text") if isinstance(part, dict) else kind(part)
    if not isinstance(part, dict) or sort not in TEXT_PARTS or not isinstance(part.get("text"), str | None):
        raise DataError(f"a part of the kind '{short(sort)}' is here, and only text is learned", where=spot,
                        do="remove the row, or keep its text alone.")  # fmt: skip
    return part.get("text") or ""


def _nothing_said(value: Any, spot: str) -> DataError:
    what = "the message is empty" if isinstance(value, str | list) else f"{kind(value)} is here, where text is expected"
    return DataError(what, where=spot, do="fill it, or remove the row.")
