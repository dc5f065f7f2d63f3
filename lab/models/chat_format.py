"""How a base's chat template writes conversations, in pieces: what is given, and what the assistant says.

The assistant's words are put in as marks, the template is rendered, and the marks say where each answer begins and
ends, whatever the template does to words. An answer is learned with the token that ends it, and nothing else; the text
before it is what a chat shows the model when it is to answer. So training and chats agree by construction.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from lab.errors import DataError, ModelError
from lab.models.renderer import OTHER, Message, Renderer, mark
from lab.models.tool_calls import call_text, calls, check_shown

USUAL_ENDS = (
    "<|im_end|>", "<|eot_id|>", "<|eom_id|>", "<|eot|>", "<end_of_turn>", "<turn|>", "<|end|>", "<|return|>",
    "<|call|>", "<|END_OF_TURN_TOKEN|>", "<｜end▁of▁sentence｜>", "<end_of_utterance>", "</s>",
    "<|endoftext|>", "<|end_of_text|>",
)  # fmt: skip
"""What ends an answer in the templates of known models."""
THOUGHT = re.compile(r"<think>\s*</think>\s*$")
"""The empty thoughts that templates of thinking models write before an answer without any."""
OPEN = "<think>"
PADDING = "\n "


@dataclass(frozen=True)
class Piece:
    """A stretch of a rendered conversation, and whether it is learned."""

    text: str
    learned: bool


class ChatFormat:
    """One chat template with its tokenizer's special tokens; `ends` are the texts of tokens that end an answer."""

    def __init__(self, template: str, specials: Mapping[str, str], ends: Sequence[str]):
        self._renderer, self._ends = Renderer(template, specials), tuple(ends)

    def pieces(self, messages: Sequence[Message], tools: Sequence[Any] | None = None) -> list[Piece]:
        """The whole conversation, given and said by turns, up to the end of the last answer.

        Answers with `train: false` are not learned. Raises DataError where the template refuses the conversation or
        leaves out a part of it.
        """
        turns = self._accepted(messages)
        blocks = {i: call_text(self._renderer, turns[: i + 1], tools) for i, turn in enumerate(turns) if calls(turn)}
        rest = self._renderer.render([self._marked(turn, i) for i, turn in enumerate(turns)], tools)
        check_shown(rest, turns, tools)
        pieces = []
        for i, turn in enumerate(turns):
            if turn["role"] != "assistant":
                continue
            before, found, rest = rest.partition(blocks.get(i) or mark(i))
            if not found:
                raise DataError("the base's chat template leaves out what the assistant says", do=OTHER)
            said = blocks.get(i) or self._as_written(turn["content"])
            before, said = self._opened(before, said)
            shown, added = self._closing(rest, last=i == len(turns) - 1)
            rest = rest.removeprefix(shown)
            pieces += [Piece(before, False), Piece(said + shown + added, turn.get("train") is not False)]
        return pieces

    def prompt(self, messages: Sequence[Message], tools: Sequence[Any] | None = None, thinks: bool = False) -> str:
        """The conversation up to where its next answer begins, as training shows it, also of answers that begin with
        thoughts. Raises DataError."""
        pieces = self.pieces([*messages, {"role": "assistant", "content": OPEN if thinks else "?"}], tools)
        return "".join(piece.text for piece in pieces[:-1])

    def continued(self, messages: Sequence[Message]) -> str:
        """A conversation whose last answer is to be gone on with. Raises DataError."""
        pieces = self.pieces(messages)
        return "".join(piece.text for piece in pieces[:-1]) + self._opened("", str(messages[-1]["content"]))[1]

    @cached_property
    def merges_system(self) -> bool:
        """Whether the template refuses or drops a system message, so that it is put before the first question."""
        asked = [{"role": "user", "content": mark(1)}, {"role": "assistant", "content": mark(2)}]
        try:
            return mark(0) not in self._renderer.render([{"role": "system", "content": mark(0)}, *asked])
        except DataError:
            return True

    @property
    def added_end(self) -> str:
        """The token put after the last answer, because the template ends it with none that a chat would stop at."""
        return self._closings[2]

    @property
    def last_end(self) -> str:
        """What the last answer of a conversation ends with."""
        return self._closings[1] + self.added_end

    def check(self) -> None:
        """Raise ModelError for a template that can't be trained with: it refuses a plain question and answer."""
        try:
            self.pieces([{"role": "user", "content": "?"}, {"role": "assistant", "content": "!"}])
        except DataError as problem:
            raise ModelError(problem.what, do="choose another base, or give it another chat template.") from problem
        if not self.last_end:
            raise ModelError(
                "nothing ends an answer in the base's chat template, and its tokenizer has no end token: the model "
                "would never learn to stop", do="give the tokenizer an eos_token.",
            )  # fmt: skip

    @cached_property
    def _probe(self) -> tuple[str, str, str]:
        """What the template writes before the first of two answers, up to the next question, and after the last."""
        text = self._renderer.render([_turn("user", 0), _turn("assistant", 1), _turn("user", 2), _turn("assistant", 3)])
        before, _, rest = text.partition(mark(1))
        between, after = rest.partition(mark(2))[0], rest.partition(mark(3))[2]
        return before, between, after

    @cached_property
    def _closings(self) -> tuple[str, str, str]:
        """What ends an answer that is followed by others, what ends the last, and what must be added to the latter."""
        try:
            _, between, after = self._probe
        except DataError:  # a template for one turn only
            between, after = "", self._renderer.render([_turn("user", 0), _turn("assistant", 3)]).partition(mark(3))[2]
        last = self._up_to_end(after) or after.rstrip()
        inner = self._up_to_end(between) or next(
            (end for end in (last, *sorted(USUAL_ENDS, key=len, reverse=True)) if end and between.startswith(end)), ""
        )
        stops = any(last.endswith(end) for end in self._ends)
        return inner, last, "" if stops else next(iter(self._ends), "")

    def _up_to_end(self, text: str) -> str:
        """The text up to the first token that ends an answer; empty where there is none."""
        places = [text.find(end) + len(end) for end in self._ends if end in text]
        return text[: min(places)] if places else ""

    def _closing(self, rest: str, last: bool) -> tuple[str, str]:
        """What of the text after an answer ends it, and what is added to that."""
        inner, final, added = self._closings
        known = (final, inner) if last else (inner, final)
        usual = sorted(USUAL_ENDS, key=len, reverse=True)
        shown = next((end for end in (*known, *usual) if end and rest.startswith(end)), "")
        return shown, added if last else ""

    @cached_property
    def _space(self) -> str:
        """The spaces written before an answer only when it is known: in a chat the model writes them itself."""
        try:
            whole = self._renderer.render([_turn("user", 0), _turn("assistant", 1)]).partition(mark(1))[0]
            asked = self._renderer.render([_turn("user", 0)], prompt=True)
        except DataError:
            return ""
        added = whole.removeprefix(asked)
        return added if whole.startswith(asked) and added.isspace() else ""

    def _opened(self, before: str, said: str) -> tuple[str, str]:
        """What is given before an answer and the answer, with the spaces and thoughts on the side they belong to."""
        if self._space and before.endswith(self._space):
            before, said = before.removesuffix(self._space), self._space + said
        if said.lstrip().startswith(OPEN) and THOUGHT.search(before):
            before = THOUGHT.sub("", before)
        return before, said

    @cached_property
    def _strips(self) -> tuple[bool, bool]:
        """Whether the template takes spaces off an answer, before and after it."""
        turns = [_turn("user", 0), {"role": "assistant", "content": PADDING + mark(1) + PADDING}]
        whole = self._renderer.render([_turn("user", 0), _turn("assistant", 1)])
        before, _, after = whole.partition(mark(1))
        first, _, last = self._renderer.render(turns).partition(mark(1))
        return first != before + PADDING, last != PADDING + after

    def _as_written(self, content: str) -> str:
        left, right = self._strips
        content = content.lstrip() if left else content
        return content.rstrip() if right else content

    def _accepted(self, messages: Sequence[Message]) -> list[Message]:
        """The messages as the template takes them: a system message that it refuses begins the first question."""
        turns = list(messages)
        if turns and turns[0]["role"] == "system" and self.merges_system:
            system, *turns = turns
            if turns and turns[0]["role"] == "user":
                merged = {**turns[0], "content": f"{system['content']}\n\n{turns[0]['content']}"}
                return [merged, *turns[1:]]
            return [{"role": "user", "content": system["content"]}, *turns]
        return turns

    def _marked(self, turn: Message, i: int) -> Message:
        kept = {name: value for name, value in turn.items() if name != "train"}
        return kept if turn["role"] != "assistant" or calls(turn) else {**kept, "content": mark(i)}


@lru_cache(maxsize=32)
def _format(template: str, specials: tuple[tuple[str, str], ...], ends: tuple[str, ...]) -> ChatFormat:
    return ChatFormat(template, dict(specials), ends)


def chat_format(tokenizer: Any) -> ChatFormat:
    """How this tokenizer's template writes conversations; raises ModelError where it has none."""
    if not tokenizer.chat_template:
        raise ModelError("the tokenizer has no chat template", do="take it from lab.models.load_tokenizer.")
    specials = tuple(sorted((name, str(token)) for name, token in tokenizer.special_tokens_map.items()
                            if isinstance(token, str) or hasattr(token, "content")))  # fmt: skip
    ends = tuple(tokenizer.convert_ids_to_tokens(end_ids(tokenizer)))
    return _format(tokenizer.chat_template, specials, ends)


def end_ids(tokenizer: Any) -> list[int]:
    """The tokens that end an answer, the tokenizer's own first: those of the model's settings, and usual ones."""
    added = tokenizer.get_added_vocab()
    usual = [added[end] for end in ("<|endoftext|>", "<|im_end|>", "<|eot_id|>", "<end_of_turn>") if end in added]
    own = [] if tokenizer.eos_token_id is None else [tokenizer.eos_token_id]
    return list(dict.fromkeys([*own, *getattr(tokenizer, "model_end_ids", ()), *usual]))


def _turn(role: str, i: int) -> Message:
    return {"role": role, "content": mark(i)}
