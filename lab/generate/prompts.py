"""Conversations become token ids: through the chat template, and short enough for the model."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lab.errors import ModelError

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


def conversation_prompt(tokenizer: Any, messages: Sequence[Message], room: int) -> Prompt:
    """The conversation and the beginning of an answer, in at most `room` tokens.

    The oldest turns are left out where it is longer, the system message never; raises ModelError when the last message
    alone is too long, or the conversation is none.
    """
    check_conversation(messages)
    system = [message for message in messages[:1] if message["role"] == "system"]
    turns = list(messages[len(system) :])
    dropped = 0
    while len(ids := _render(tokenizer, [*system, *turns])) > room:
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
    """Every token that ends an answer: the model's own, the tokenizer's, and the usual ones it knows."""
    named = getattr(model.generation_config, "eos_token_id", None)
    ends = set(named if isinstance(named, list) else [named]) | {tokenizer.eos_token_id}
    known = tokenizer.get_added_vocab()
    ends |= {known[end] for end in ("<|endoftext|>", "<|im_end|>", "<|eot_id|>", "<end_of_turn>") if end in known}
    return sorted(end for end in ends if end is not None)


def _render(tokenizer: Any, messages: Sequence[Message]) -> list[int]:
    from jinja2 import TemplateError

    try:
        ids: list[int] = tokenizer.apply_chat_template(
            list(messages), add_generation_prompt=True, tokenize=True, return_dict=True
        )["input_ids"]
        return ids
    except TemplateError as problem:
        raise ModelError(f"the model's chat template refuses this conversation ({problem})") from problem
