"""Conversations rendered by a chat template, whatever form it wants their contents in. Problems come as DataError."""

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from lab.errors import DataError, ModelError
from lab.models.templates import compile_template

Message = dict[str, Any]
OTHER = "change or leave out such rows, or choose a base whose template takes them."


class Renderer:
    """A chat template with its tokenizer's special tokens."""

    def __init__(self, template: str, specials: Mapping[str, str]):
        self._template, self._specials = template, dict(specials)

    def render(self, turns: Sequence[Message], tools: Sequence[Any] | None = None, prompt: bool = False) -> str:
        """The conversation as text, with `prompt` an answer begun. Raises DataError where the template refuses it."""
        written = [_as_parts(turn) if self._wants_parts else turn for turn in turns]
        try:
            return self._ask(written, tools, prompt)
        except TypeError:  # DeepSeek's template joins the arguments of a call as text
            return self._ask([_with_text_arguments(turn) for turn in written], tools, prompt)

    def _ask(self, turns: Sequence[Message], tools: Sequence[Any] | None, prompt: bool) -> str:
        try:
            text: str = self._compiled(
                messages=turns, tools=list(tools) if tools else None, documents=None, add_generation_prompt=prompt,
                **self._specials,
            )  # fmt: skip
            return text
        except Exception as problem:  # a template is a program: it may raise anything
            if isinstance(problem, TypeError) and any(_arguments_as_objects(turn) for turn in turns):
                raise
            reason = (str(problem).strip().splitlines() or [type(problem).__name__])[0]
            raise DataError(f"the base's chat template refuses this conversation ({reason})", do=OTHER) from problem

    @cached_property
    def _compiled(self) -> Any:
        from jinja2 import TemplateError

        try:
            return compile_template(self._template)
        except TemplateError as problem:
            raise ModelError(f"the chat template can't be read ({problem})", do="choose another base.") from problem

    @cached_property
    def _wants_parts(self) -> bool:
        """Whether the template wants contents as lists of parts, as those of models that see pictures do."""
        turns = [{"role": "user", "content": mark(0)}, {"role": "assistant", "content": mark(1)}]
        plain, parts = self._written(turns), self._written([_as_parts(turn) for turn in turns])
        return mark(1) not in plain and mark(1) in parts

    def _written(self, turns: Sequence[Message]) -> str:
        """What the template makes of some turns; nothing where it refuses them."""
        try:
            return self._ask(turns, None, False)
        except DataError:
            return ""


def mark(i: int) -> str:
    """Stands for words no one says: characters of Unicode's private use."""
    return f"\ue000{i}\ue001"


def _as_parts(turn: Message) -> Message:
    return {**turn, "content": [{"type": "text", "text": turn.get("content") or ""}]}


def _arguments_as_objects(turn: Message) -> bool:
    calls = turn.get("tool_calls") or ()
    return any(not isinstance(call.get("function", call).get("arguments"), str) for call in calls)


def _with_text_arguments(turn: Message) -> Message:
    """The turn with its calls' arguments as JSON."""
    calls = []
    for call in turn.get("tool_calls") or ():
        function = dict(call.get("function", call))
        if not isinstance(function.get("arguments"), str):
            function["arguments"] = json.dumps(function.get("arguments"), ensure_ascii=False)
        calls.append({**call, "function": function} if "function" in call else function)
    return {**turn, "tool_calls": calls} if calls else turn
