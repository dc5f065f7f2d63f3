"""Conversations become token ids: as training shows them to the model, and short enough for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lab.data.encode import prompt_ids
from lab.errors import DataError, ModelError
from lab.models.chat_format import end_ids

Message = dict[str, str]
ROLES = ("system", "user", "assistant", "tool")


@dataclass(frozen=True)
class Prompt:
    """Token ids ready to be answered, and how many messages had to be left out."""

    ids: list[int]
    dropped: int = 0

    @property
    def note(self) -> str:
        return f"The oldest {self.dropped} messages no longer fit and were left out." if self.dropped else ""


def conversation_prompt(tokenizer: Any, messages: Sequence[Message], room: int, thinks: bool | None = None) -> Prompt:
    """The conversation and the beginning of an answer, in at most `room` tokens; `thinks` as for `prompt_ids`.

    The oldest turns are left out where it is longer, the system message never; raises ModelError when the last message
    alone is too long, or the conversation is none.
    """
    check_conversation(messages)
    system = [message for message in messages[:1] if message["role"] == "system"]
    turns = list(messages[len(system) :])
    dropped = 0
    while len(ids := _render(tokenizer, [*system, *turns], thinks)) > room:
        later = next((i for i, turn in enumerate(turns[1:], start=1) if turn["role"] == "user"), None)
        if later is None:
            raise ModelError(
                f"the message is {len(ids)} tokens long, this model can read {room}", do="write a shorter one."
            )
        turns, dropped = turns[later:], dropped + later
    return Prompt(ids, dropped)


def check_conversation(messages: Sequence[Message]) -> None:
    """Raise ModelError unless `messages` is a conversation with words in it."""
    if not messages:
        raise ModelError("there is nothing to answer", do="write a message.")
    for message in messages:
        if message.get("role") not in ROLES or not isinstance(message.get("content"), str):
            raise ModelError(
                f"{str(message)[:80]} is not a message", do=f"give a role ({', '.join(ROLES)}) and content."
            )


def room_for(model: Any, max_new_tokens: int) -> tuple[int, int]:
    """How many tokens the prompt and the answer may have, so that together they fit the model's positions."""
    config = model.config.get_text_config()
    positions = getattr(config, "max_position_embeddings", None) or 1_000_000
    answer = min(max_new_tokens, max(1, positions // 2))
    return positions - answer, answer


def eos_ids(model: Any, tokenizer: Any) -> list[int]:
    """Every token that ends an answer: the model's, the tokenizer's, and those of usual templates."""
    named = getattr(model.generation_config, "eos_token_id", None)
    ends = set(named if isinstance(named, list) else [named]) | set(end_ids(tokenizer))
    return sorted(end for end in ends if end is not None)


def _render(tokenizer: Any, messages: Sequence[Message], thinks: bool | None) -> list[int]:
    try:
        return prompt_ids(tokenizer, messages, thinks=thinks)
    except DataError as problem:
        raise ModelError(problem.what, do=problem.do) from problem
