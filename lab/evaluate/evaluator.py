"""Evaluating a model on a task: all its figures at one moment, and the base's figures measured once and kept.

An `Evaluator` belongs to one run: it holds the held-out rows, the fixed prompts and the probe for forgetting.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from lab.data import DataSet
from lab.data.encode import as_messages, encode, prompt_messages, wanted_answer
from lab.evaluate.answers import exact_match, token_f1
from lab.evaluate.loss import mean_loss, perplexity
from lab.recipe import Evaluation

ANSWERED = ("prompt_completion", "messages")
ANSWER_TOKENS = 48
PROBE_TOKENS = 128


@dataclass(frozen=True)
class EvalResult:
    """A model's figures at one moment. `forgetting` is the perplexity of everyday text; samples follow the prompts."""

    eval_loss: float | None
    metrics: dict[str, float] = field(default_factory=dict)
    forgetting: float | None = None
    samples: tuple[str, ...] = ()


class Evaluator:
    """Measures models on one data set.

    `loss_of(model)` is the objective's own held-out loss, `measured(model, trained)` its own figures (of the model that
    is trained, or of the start), and `aim` what these depend on besides the data.
    """

    def __init__(
        self,
        data: DataSet,
        tokenizer: Any,
        settings: Evaluation,
        loss_of: Callable[[Any], float | None],
        measured: Callable[[Any, bool], dict[str, float]] = lambda model, trained: {},
        aim: str = "",
    ):
        self.data, self.tokenizer, self.settings = data, tokenizer, settings
        self.loss_of, self.measured, self.aim = loss_of, measured, aim
        self.prompts = _fixed_prompts(data, settings)

    def evaluate(self, model: Any, trained: bool = False) -> EvalResult:
        """Everything that is measured before and after a run."""
        metrics = self.metrics(model) | self.measured(model, trained)
        return EvalResult(self.held_out_loss(model), metrics, self.forgetting(model), self.samples(model))

    def held_out_loss(self, model: Any) -> float | None:
        return self.loss_of(model) if self.data.held_out else None

    def metrics(self, model: Any) -> dict[str, float]:
        """Exact match and token F1 of greedy answers to held-out questions; empty for data without answers."""
        from lab.generate import complete

        rows = _spread(self.data.held_out, self.settings.answers) if self.data.format in ANSWERED else []
        if not rows:
            return {}
        questions = [prompt_messages(row, self.data.format) for row in rows]
        wanted = [wanted_answer(row, self.data.format) for row in rows]
        longest = max(len(self.tokenizer(want)["input_ids"]) for want in wanted)
        room = min(ANSWER_TOKENS, longest + 8)  # an answer that runs on is wrong all the same
        answers = complete(model, self.tokenizer, questions, max_new_tokens=room)
        return {"exact_match": exact_match(answers, wanted), "token_f1": token_f1(answers, wanted)}

    def forgetting(self, model: Any) -> float:
        """Perplexity of the everyday probe."""
        from lab.data.builtin import everyday

        rows = encode(everyday.load("held_out"), "text", self.tokenizer, PROBE_TOKENS)
        return perplexity(mean_loss(model, self.tokenizer, rows))

    def samples(self, model: Any) -> tuple[str, ...]:
        """Greedy answers to the fixed prompts."""
        from lab.generate import complete

        if not self.prompts:
            return ()
        return tuple(complete(model, self.tokenizer, list(self.prompts), max_new_tokens=ANSWER_TOKENS))

    def key(self, start: str, max_length: int) -> str:
        """What the figures of a starting point depend on, as a key for the store's baselines."""
        parts = [
            start,
            self.data.format,
            self.data.held_out,
            self.prompts,
            self.settings.model_dump(),
            max_length,
            self.aim,
        ]
        return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


def result_to_json(result: EvalResult) -> dict[str, Any]:
    return asdict(result)


def result_from_json(raw: dict[str, Any]) -> EvalResult:
    return EvalResult(**raw | {"samples": tuple(raw["samples"])})


def _fixed_prompts(data: DataSet, settings: Evaluation) -> tuple[Any, ...]:
    """The recipe's prompts, or three held-out questions; for plain text the beginnings of three held-out texts."""
    if settings.prompts:
        return tuple([{"role": "user", "content": prompt}] for prompt in settings.prompts)
    rows = _spread(data.held_out, 3)
    if data.format in ANSWERED:
        return tuple(prompt_messages(row, data.format) for row in rows)
    if data.format == "text":
        return tuple(" ".join(row["text"].split()[:8]) for row in rows)
    return tuple(as_messages(row["prompt"], "user") for row in rows if "prompt" in row)  # asked as in a chat


def _spread(rows: Sequence[Any], count: int) -> list[Any]:
    """`count` rows spread evenly over all of them."""
    if count >= len(rows):
        return list(rows)
    return [rows[i * len(rows) // count] for i in range(count)]
