"""Answers people compared or judged: as conversations for TRL, and how likely a model finds them.

Shared by the objectives that learn from preferences and thumbs.
"""

import math
from collections.abc import Sequence
from typing import Any

from lab.data.encode import answer_ids, answered, as_messages
from lab.objectives._held_out import Gain

BATCH = 16


CUT_MARKS = ("chosen_cut", "rejected_cut")
"""In a preference: which answers were stopped before they ended."""


def tied(row: dict[str, Any]) -> bool:
    """Whether a pair of answers was found equally good."""
    return bool(row.get("tie"))


def preference_rows(rows: Sequence[dict[str, Any]], ties: bool = False) -> list[dict[str, Any]]:
    """TRL's conversational preference rows; a prompt within the answers' conversations is taken out of them.

    Pairs that are tied are left out, unless `ties` are wanted too. Where one row has a margin or tools, all have them: 0, and none.
    """
    rows = [row for row in rows if ties or not tied(row)]
    common = {name: default for name, default in (("margin", 0.0), ("tools", None)) if any(name in row for row in rows)}
    return [_preference(row) | {name: row.get(name, default) for name, default in common.items()} for row in rows]


def preference_tokens(
    rows: Sequence[dict[str, Any]], tokenizer: Any, max_length: int | None, ties: bool = False
) -> list[dict[str, Any]]:
    """`prompt_ids`, `chosen_ids` and `rejected_ids` of preference rows, as TRL's collators take them.

    Answers end at `max_length` tokens; rows whose prompt alone is as long are left out, for their loss is no number.
    """
    pairs = preference_rows(rows, ties)
    sides = [
        answered(tokenizer, [(row["prompt"], row[side], row.get("tools")) for row in pairs])
        for side in ("chosen", "rejected")
    ]
    tokens = []
    for row, (given, chosen), (_, rejected) in zip(pairs, *sides, strict=True):
        room = None if max_length is None else max_length - len(given)
        if room is None or room > 0:
            margin = {"margin": row["margin"]} if "margin" in row else {}
            ids = {"prompt_ids": given, "chosen_ids": chosen[:room], "rejected_ids": rejected[:room]}
            tokens.append(ids | margin)
    return tokens


def feedback_tokens(
    rows: Sequence[dict[str, Any]], tokenizer: Any, max_length: int, batch_size: int
) -> list[dict[str, Any]]:
    """Rows with a thumb as TRL's KTO collator takes them; those whose prompt fills `max_length` are left out.

    `KL_completion_ids` are the answer before in a group of `batch_size` rows (Ethayarajh et al. 2024, section 3.2).
    """
    found = feedback_rows(rows)
    parts = answered(tokenizer, [(row["prompt"], row["completion"], row.get("tools")) for row in found])
    tokens = [
        {"prompt_ids": given, "completion_ids": said[: max_length - len(given)], "label": row["label"]}
        for row, (given, said) in zip(found, parts, strict=True)
        if len(given) < max_length
    ]
    for start in range(0, len(tokens), batch_size):
        group = tokens[start : start + batch_size]
        for row, before in zip(group, [group[-1], *group[:-1]], strict=True):
            row["KL_completion_ids"] = before["completion_ids"]
    return tokens


def on_tokens(trainer_class: Any) -> Any:
    """A TRL trainer that takes its rows as they are: tokens already, the same that a chat reads."""

    class OnTokens(trainer_class):
        def _prepare_dataset(self, dataset: Any, *settings: Any, **more: Any) -> Any:
            return dataset

    return OnTokens


def feedback_rows(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """TRL's conversational rows with a thumb."""
    return [
        {
            "prompt": as_messages(row["prompt"], "user"),
            "completion": as_messages(row["completion"], "assistant"),
            "label": bool(row["label"]),
            "tools": row.get("tools"),
        }
        for row in rows
    ]


def likelihoods(
    model: Any, tokenizer: Any, prompts: Sequence[Any], answers: Sequence[Any], max_length: int
) -> tuple[Any, Any]:
    """Each answer's summed log-probability in nats and its number of tokens, two tensors (answers,).

    NaN and 0 for an answer that does not fit into `max_length`.
    """
    import torch

    sums, counts = [], []
    training = model.training
    model.eval()
    for begin in range(0, len(answers), BATCH):
        pairs = zip(prompts[begin : begin + BATCH], answers[begin : begin + BATCH], strict=True)
        batch = [_ids(tokenizer, prompt, answer, max_length) for prompt, answer in pairs]
        found = _read(model, tokenizer, batch)
        sums += [total for total, _ in found]
        counts += [count for _, count in found]
    model.train(training)
    return torch.tensor(sums), torch.tensor(counts)


def gain_of(model: Any, tokenizer: Any, prompts: Sequence[Any], answers: Sequence[Any], max_length: int) -> Gain:
    """How much likelier the answers are to `model` than to the reference it is trained against; 0 for the start."""
    import torch

    sums, tokens = likelihoods(model, tokenizer, prompts, answers, max_length)
    reference = reference_of(model)
    if reference is None:
        return Gain(torch.where(tokens > 0, sums - sums, 0.0), tokens)
    return Gain(sums - likelihoods(reference, tokenizer, prompts, answers, max_length)[0], tokens)


def remember_reference(model: Any, reference: Any) -> None:
    """Keep the reference beside the model it belongs to, where `reference_of` finds it, but not as a part of it."""
    model.__dict__["reference"] = reference


def reference_of(model: Any) -> Any:
    """The reference kept with `model`; None for a model that has not been trained against one."""
    return model.__dict__.get("reference")


def frozen_reference(model: Any) -> tuple[Any, Any]:
    """A frozen copy for TRL's trainers, sharing what can't move, right for every method; and the one to give them.

    TRL would switch the adapter off or copy it by name, which is another model for methods that change the base or
    start from a change. Prompt-like methods keep their PEFT shell, which TRL can only copy itself: None for those.
    """
    from lab.objectives.policy.reference import frozen_copy

    reference = frozen_copy(model)
    if not hasattr(model, "peft_config"):
        return reference, reference
    prompt_like = model.active_peft_config.is_prompt_learning
    return reference, None if prompt_like else reference.get_base_model()


def likelier_share(better: Any, better_tokens: Any, worse: Any, worse_tokens: Any) -> float:
    """The share of pairs whose better answer is likelier a token; a tie counts half."""
    one, other = better / better_tokens.clamp(min=1), worse / worse_tokens.clamp(min=1)
    known = one.isfinite() & other.isfinite()
    wins = (one > other).float() + 0.5 * (one == other).float()
    return wins[known].mean().item() if known.any() else math.nan


def _preference(row: dict[str, Any]) -> dict[str, Any]:
    chosen, rejected = (as_messages(row[side], "assistant") for side in ("chosen", "rejected"))
    if row.get("prompt"):
        return {"prompt": as_messages(row["prompt"], "user"), "chosen": chosen, "rejected": rejected}
    shared = 0
    while shared < min(len(chosen), len(rejected)) - 1 and chosen[shared] == rejected[shared]:
        shared += 1
    return {"prompt": chosen[:shared], "chosen": chosen[shared:], "rejected": rejected[shared:]}


def _ids(tokenizer: Any, prompt: Any, answer: Any, max_length: int) -> tuple[list[int], list[int]]:
    """Token ids of the prompt and of the answer; an empty answer when it does not fit."""
    given, said = answer_ids(tokenizer, prompt, answer)
    return (given, said) if len(given) + len(said) <= max_length else (given[:max_length], [])


def _read(model: Any, tokenizer: Any, batch: Sequence[tuple[list[int], list[int]]]) -> list[tuple[float, int]]:
    import torch

    from lab.objectives.policy.forward import read
    from lab.objectives.policy.tokens import Tokens

    pad, device = tokenizer.pad_token_id, next(model.parameters()).device
    before = max(len(prompt) for prompt, _ in batch)
    after = max(1, *(len(answer) for _, answer in batch))
    prompt_ids, completion_ids = torch.full((len(batch), before), pad), torch.full((len(batch), after), pad)
    prompt_mask, completion_mask = torch.zeros_like(prompt_ids), torch.zeros_like(completion_ids)
    for i, (prompt, answer) in enumerate(batch):
        prompt_ids[i, before - len(prompt) :], prompt_mask[i, before - len(prompt) :] = torch.tensor(prompt), 1
        completion_ids[i, : len(answer)], completion_mask[i, : len(answer)] = (
            torch.tensor(answer or [pad])[: len(answer)],
            1,
        )
    with torch.inference_mode():
        tokens = Tokens(*(part.to(device) for part in (prompt_ids, prompt_mask, completion_ids, completion_mask)))
        sums = (read(model, tokens, 1.0).logps * tokens.completion_mask).sum(1).tolist()
    return [(total if answer else math.nan, len(answer)) for total, (_, answer) in zip(sums, batch, strict=True)]
