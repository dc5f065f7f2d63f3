"""What a model answers to held-out questions: sampled as it would be for training, the same draws each time."""

from collections.abc import Sequence
from typing import Any

from lab.data import DataSet
from lab.data.mix import ANSWER, answer_in, conversation_in
from lab.data.tasks import TASK
from lab.recipe import ResolvedStage

ANSWER_TOKENS = 48
SEED = 0
TOGETHER = 64


def held_out_questions(data: DataSet) -> list[dict[str, Any]]:
    """Each different held-out question once, with its task and its right answer, as far as the data has them."""
    asked = {str(said): (said, row) for row in data.held_out if (said := conversation_in(row))}
    return [{"prompt": list(said), TASK: row.get(TASK), ANSWER: answer_in(row)} for said, row in asked.values()]


def answer_tokens(stage: ResolvedStage) -> int:
    """How long an answer may be."""
    return int(stage.options.get("answer_tokens", ANSWER_TOKENS))


def sample_answers(model: Any, tokenizer: Any, rows: Sequence[dict[str, Any]], stage: ResolvedStage) -> list[Any]:
    """An answer to each row at temperature 1, in batches (`lab.objectives.policy.sampler.Sampled`)."""
    import torch

    from lab.generate.batch import at_rest
    from lab.objectives.policy.config import PPOConfig
    from lab.objectives.policy.sampler import Sampler, end_tokens

    cuda = torch.cuda.is_available()
    settings = PPOConfig(
        "policy-metrics", use_cpu=not cuda, report_to=[], max_prompt_length=stage.budget.max_length,
        max_completion_length=answer_tokens(stage),
    )  # fmt: skip
    sampler = Sampler(tokenizer, settings, end_tokens(model, tokenizer))
    with torch.random.fork_rng(devices=[model.device] if cuda else []), at_rest(model):
        torch.manual_seed(SEED)
        return [sampler.sample(model, rows[begin : begin + TOGETHER]) for begin in range(0, len(rows), TOGETHER)]
