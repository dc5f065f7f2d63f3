"""TRL's RewardTrainer for several heads, and for pairs that were found equally good beside those where one is better."""

from collections.abc import Sequence
from typing import Any

from lab.models.chat_format import chat_format
from lab.objectives._pairs import CUT_MARKS, preference_rows, preference_tokens, tied

TIE = "tie"


def reward_trainer(trainer_class: Any) -> Any:
    """The trainer class with a loss that takes ties and several heads, each of which is to tell the pairs apart alone.

    A tie counts as half a vote for either side, so that it teaches that both scores are alike.
    """

    class WithTies(trainer_class):
        def compute_loss(
            self, model: Any, inputs: dict[str, Any], return_outputs: bool = False, num_items_in_batch: Any = None
        ) -> Any:
            ties = inputs.pop(TIE)
            margins = inputs.pop("margin", None)
            outputs = model(**inputs, use_cache=False)
            better, worse = outputs.logits.chunk(2)
            gap = better - worse if margins is None else better - worse - margins[:, None]
            loss = preference_loss(gap, ties[:, None]).mean()
            centring = self.args.center_rewards_coefficient or 0.0
            loss = loss + centring * ((better + worse) ** 2).mean()
            self._enter(outputs.logits.detach().mean(1), ties)
            return (loss, outputs) if return_outputs else loss

        def _enter(self, scores: Any, ties: Any) -> None:
            """Log what TRL logs; how many pairs are told apart, of those that can be."""
            add = self._metrics["train" if self.model.training else "eval"]
            add["min_reward"].append(scores.min().item())
            add["mean_reward"].append(scores.mean().item())
            add["max_reward"].append(scores.max().item())
            better, worse = scores.chunk(2)
            decided = ~ties.bool()
            if decided.any():
                add["accuracy"].append((better > worse)[decided].float().mean().item())
                add["margin"].append((better - worse)[decided].mean().item())

    return WithTies


def preference_loss(gap: Any, tie: Any) -> Any:
    """-log sigmoid of a gap in favour of the better answer; for a tie (1) half of that for either side."""
    from torch.nn.functional import logsigmoid

    return -(1 - tie / 2) * logsigmoid(gap) - tie / 2 * logsigmoid(-gap)


def collator(tokenizer: Any) -> Any:
    """TRL's collator of pairs, with `tie` (pairs,): 1 where neither answer is better."""
    import torch
    from trl.trainer.reward_trainer import DataCollatorForPreference

    plain = DataCollatorForPreference(pad_token_id=tokenizer.pad_token_id)

    def collate(examples: list[dict[str, Any]]) -> dict[str, Any]:
        batch: dict[str, Any] = plain(examples)
        return batch | {TIE: torch.tensor([float(example[TIE]) for example in examples])}

    return collate


def whole_pairs(rows: Sequence[dict[str, Any]], margin: float, tokenizer: Any) -> list[dict[str, Any]]:
    """Token ids of whole conversations; an answer that was cut is read without an end, as when it is scored."""
    pairs = preference_tokens(rows, tokenizer, None, ties=True)
    plain, marked = preference_rows(rows, ties=True), any("margin" in row for row in rows)
    whole = []
    for row, said, pair in zip(rows, plain, pairs, strict=True):
        ids = {side: pair["prompt_ids"] + pair[side] for side in ("chosen_ids", "rejected_ids")}
        for mark in CUT_MARKS:
            if row.get(mark):
                side = mark.removesuffix("_cut")
                ids[f"{side}_ids"] = _open_ids(tokenizer, [*said["prompt"], *said[side]])
        more = {"margin": margin * float(row.get("margin") or 0.0)} if marked else {}
        whole.append({**ids, **more, TIE: tied(row)})
    return whole


def _open_ids(tokenizer: Any, messages: Sequence[Any]) -> list[int]:
    ids: list[int] = tokenizer(chat_format(tokenizer).continued(messages), add_special_tokens=False)["input_ids"]
    return ids
