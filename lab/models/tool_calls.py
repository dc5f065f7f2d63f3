"""Tools in a rendered conversation: the text of a call, and whether the template shows tools and what they answer."""

import json
import re
from collections.abc import Sequence
from typing import Any

from lab.errors import DataError
from lab.models.renderer import Message, Renderer, mark

TOOLS = "choose a base whose template knows tools (Qwen2.5 and Qwen3 do), or leave such rows out."
MARKER = re.compile(r"<[^<>\s]{1,40}>")


def calls(turn: Message) -> bool:
    """Whether a turn calls tools."""
    return bool(turn.get("tool_calls"))


def call_text(renderer: Renderer, turns: Sequence[Message], tools: Sequence[Any] | None) -> str:
    """The text of the last turn, which calls tools: where its rendering parts from that of another answer.

    Raises DataError where the template leaves a call out.
    """
    *history, turn = [{name: value for name, value in one.items() if name != "train"} for one in turns]
    whole = renderer.render([*history, turn], tools)
    other = renderer.render([*history, {"role": "assistant", "content": mark(0)}], tools)
    begin = _shared(whole, other)
    end = len(whole) - _shared(whole[begin:][::-1], other[begin:][::-1])
    for marker in MARKER.finditer(whole):  # never within a marker: <|call|> and <|return|> end alike
        begin = marker.start() if marker.start() < begin < marker.end() else begin
        end = marker.end() if marker.start() < end < marker.end() else end
    for call in turn["tool_calls"]:
        if _name(call) not in whole[begin:end]:
            raise DataError("the base's chat template leaves out the assistant's tool calls", do=TOOLS)
    return whole[begin:end]


def check_shown(text: str, turns: Sequence[Message], tools: Sequence[Any] | None) -> None:
    """Raise DataError where tools or their answers are not in the rendered text."""
    for tool in tools or ():
        if _name(tool) not in text:
            raise DataError("the base's chat template does not show the row's tools", do=TOOLS)
    for turn in turns:
        if turn["role"] == "tool" and not _shows(text, str(turn["content"])):
            raise DataError("the base's chat template leaves out what a tool answered", do=TOOLS)


def _name(tool: Any) -> str:
    return str(tool.get("function", tool).get("name"))


def _shared(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _shows(text: str, content: str) -> bool:
    return content.strip() in text or json.dumps(content, ensure_ascii=False)[1:-1] in text
