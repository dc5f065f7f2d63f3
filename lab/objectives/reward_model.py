"""A reward model in the lab: a run's backbone with a scoring head, trained, kept, loaded again, and asked.

The backbone is whatever the method made of the base (adapter included); the head lies beside its weights.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lab.errors import ModelError
from lab.home import Home
from lab.model_ref import ModelRef
from lab.models import chain_of, find_base, load_chain, load_tokenizer
from lab.objectives._classifier import classifier_around, width_of
from lab.recipe import Pessimism

HEAD = "score"
"""A folder of its own, so that nobody takes the head for weights of the base."""
LIKES = "likes.json"
SUMMED = "summed"
SUM_UNIT = 20.0
"""Tokens whose scores together weigh as much as one read at the last token: a sentence or two."""
EXTREMES = 5
"""Answers with the highest scores that are kept to look at, and as many with the lowest."""


@dataclass(frozen=True)
class Scored:
    """One answer with the reward model's score."""

    score: float
    prompt: Any
    answer: str


def classifier_of(model: Any, tokenizer: Any, heads: int = 1, summed: bool = False) -> Any:
    """A sequence classifier around `model`'s own backbone, modules shared; its head is new.

    It has `heads` outputs, the scores of an ensemble, read at the last token or (`summed`) added up over all tokens.
    """
    import torch

    width = width_of(model)
    head = _score_head(width, heads, summed)
    torch.nn.init.normal_(head.weight, std=(width + 1) ** -0.5)  # as TRL and Stiennon et al. 2020 do
    return classifier_around(model, tokenizer, 1, head)


def _score_head(width: int, heads: int, summed: bool) -> Any:
    """A linear layer (width, heads) that is kept and computed in fp32, whatever the backbone computes in.

    Where it is `summed`, what it gives at a token is the sum up to there, so that the last token has that of them all.
    """
    import torch

    class ScoreHead(torch.nn.Linear):
        summed: bool

        def forward(self, hidden: torch.Tensor) -> torch.Tensor:
            with torch.autocast(hidden.device.type, enabled=False):
                scores = super().forward(hidden.to(self.weight.dtype))
                return scores.cumsum(1) / SUM_UNIT if self.summed else scores

    head = ScoreHead(width, heads, bias=False)
    head.summed = summed
    return head


def keep_head(classifier: Any, folder: Path) -> None:
    import torch
    from safetensors.torch import save_file

    (folder / HEAD).mkdir(parents=True, exist_ok=True)
    head = classifier.score
    kept = {"weight": head.weight.detach().cpu().contiguous(), SUMMED: torch.tensor(head.summed)}
    save_file(kept, folder / HEAD / "head.safetensors")


def keep_likes(classifier: Any, tokenizer: Any, prompts: Sequence[Any], answers: Sequence[Any], folder: Path) -> None:
    """The answers with the highest and the lowest scores, beside the head, for people to look at."""
    scores = scores_of(classifier, tokenizer, prompts, answers)
    texts = [answer[-1]["content"] for answer in answers]
    distinct = {text: Scored(score, prompt[-1]["content"], text)
                for score, prompt, text in zip(scores, prompts, texts, strict=True)}  # fmt: skip
    order = sorted(distinct.values(), key=lambda one: -one.score)
    half = min(EXTREMES, len(order) // 2)
    kept = {"highest": order[:half], "lowest": order[: -half - 1 : -1]}
    plain = {side: [asdict(one) for one in some] for side, some in kept.items()}
    (folder / HEAD / LIKES).write_text(json.dumps(plain, ensure_ascii=False, indent=1), encoding="utf-8")


def likes_of(run_id: str, home: Home) -> dict[str, list[dict[str, Any]]] | None:
    """What `keep_likes` kept for a run; None where there is nothing. Loads no model."""
    files = sorted(home.run(run_id).root.glob(f"*/{HEAD}/{LIKES}"))
    return json.loads(files[-1].read_text(encoding="utf-8")) if files else None


def load_reward(ref: str, home: Home, policy: Any = None, pessimism: Pessimism = 0.0) -> Any:
    """The reward model that `run:<id>` or its stage `run:<id>/stage-<n>` left, ready to score; else a ModelError.

    Weights it has in common with `policy`, frozen there, are used from there. Of several heads it gives the mean score
    less `pessimism` times their standard deviation, or the lowest one (`worst`).
    """
    from safetensors.torch import load_file

    from lab.objectives.policy.reference import share_weights
    from lab.objectives.policy.rewards import ModelReward

    named = ModelRef.parse(ref)
    run = ModelRef(run=named.run)
    whole = chain_of(str(run), home)
    stage = "*" if named.stage is None else named.stage
    heads = sorted(home.run(named.run or "").root.glob(f"stage-{stage}/{HEAD}/head.safetensors"))
    if not heads:
        raise ModelError(f"'{ref}' is no reward model", do="name a run that has trained one (objective reward).")
    made_by = heads[-1].parent.parent
    # the stages after it go on without it, so its chain lies beside it
    chain = chain_of(f"{run}/{made_by.name}", home) if (made_by / "weights.json").exists() else whole
    tokenizer = load_tokenizer(find_base(chain[0].ref, home))
    kept = load_file(heads[-1])
    summed = bool(kept[SUMMED]) if SUMMED in kept else False  # heads of earlier versions read the last token
    if pessimism and len(kept["weight"]) == 1:
        raise ModelError(
            f"'{ref}' has one head, which can't disagree with itself", where="reward.pessimism",
            do="train it with options.heads of 2 or more, or leave pessimism out.",
        )  # fmt: skip
    classifier = classifier_of(load_chain(chain, home), tokenizer, len(kept["weight"]), summed)
    classifier.score.weight.data.copy_(kept["weight"])
    reward = ModelReward(classifier, tokenizer, pessimism=pessimism)
    reward.name = "reward_model"
    if policy is not None:
        share_weights(policy, reward.to(next(policy.parameters()).device))
    return reward


def scores_of(
    classifier: Any, tokenizer: Any, prompts: Sequence[Any], answers: Sequence[Any], ended: Sequence[bool] | None = None
) -> list[float]:
    """Scores of conversational answers, of which all `ended` where nobody says; weights and mode are left as they were."""
    from lab.objectives.policy.rewards import Answers, ModelReward

    flags, training = [weight.requires_grad for weight in classifier.parameters()], classifier.training
    reward = ModelReward(classifier, tokenizer)
    scores = reward.score(Answers.given(prompts, answers, ended))
    for weight, flag in zip(classifier.parameters(), flags, strict=True):
        weight.requires_grad_(flag)
    classifier.train(training)
    return list(scores)
