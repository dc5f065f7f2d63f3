"""Evaluating a model on a task: all its figures at one moment, and the base's figures measured once and kept.

An `Evaluator` belongs to one run: it holds the held-out rows, the fixed prompts and the probe for forgetting.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from lab.data import DataSet, Row
from lab.data.encode import IGNORED, Encoded, as_messages, encode, prompt_messages, wanted_answer
from lab.data.labels import LABELLED, class_names, commonest_class
from lab.evaluate.answers import commonest
from lab.evaluate.by_value import OnRows, ValueFigures, rarely_asked, value_figures
from lab.evaluate.graded import ANSWERED, PASS, SHARES, Graded, answered_training, grade
from lab.evaluate.intervals import Interval, marked_interval, share_interval
from lab.evaluate.loss import mean_loss, perplexity
from lab.evaluate.right_answers import asked_key, right_answers
from lab.evaluate.skills import Skills, rightly_answered
from lab.recipe import Evaluation

ANSWER_TOKENS = 48
PROBE_TOKENS = 128
TRAINED = "trained"
"""The kind of the questions that were trained on, among the kinds of held-out ones."""
MEASURED = 2
"""Raised when figures come to be measured otherwise, so that those kept of starting points are not mixed with them."""


@dataclass(frozen=True)
class EvalResult:
    """A model's figures at one moment; samples follow the prompts.

    `forgetting` is the perplexity of text such as the base was made from, `retained` the share of old questions that
    are answered rightly. `intervals` has those of metrics by name and that of `retained`; `commonest` what the metrics
    would be for a model that always gives the commonest answer of the training rows.
    """

    eval_loss: float | None
    metrics: dict[str, float] = field(default_factory=dict)
    forgetting: float | None = None
    samples: tuple[str, ...] = ()
    retained: float | None = None
    intervals: dict[str, Interval] = field(default_factory=dict)
    commonest: dict[str, float] = field(default_factory=dict)
    measure: str = ""
    by_value: tuple[ValueFigures, ...] = ()
    """The figures of each value of the column that they are told apart by; `measure` is the share among them."""


class Evaluator:
    """Measures models on one data set.

    `loss_of(model)` is the objective's own held-out loss, `measured(model, trained)` its own figures (of the model that
    is trained, or of the start) and how sure they are, and `aim` what these depend on besides the data. With
    `watches_general` the perplexity of general text is wanted while a model trains too. `asked` is what a row asks
    where its format does not say so, and `answers(model, questions)` is how such a model is asked. `on_rows(model,
    data)` measures a model on some of the held-out rows alone, where figures are told apart by the values of a column.
    """

    def __init__(
        self,
        data: DataSet,
        tokenizer: Any,
        settings: Evaluation,
        skills: Skills,
        loss_of: Callable[[Any], float | None],
        measured: Callable[[Any, bool], Graded] = lambda model, trained: Graded(),
        aim: str = "",
        watches_general: bool = False,
        asked: Callable[[Row], tuple[str, str]] | None = None,
        answers: Callable[[Any, list[str]], Sequence[str]] | None = None,
        on_rows: Callable[[Any, DataSet], OnRows] = lambda model, some: OnRows(None),
    ):
        self.data, self.tokenizer, self.settings = data, tokenizer, settings
        self.skills = replace(skills, questions=tuple(spread(skills.questions, settings.retained)))
        self.loss_of, self.measured, self.aim = loss_of, measured, aim
        self.watches_general, self.answers, self.on_rows = watches_general, answers, on_rows
        self.prompts, self.wanted = _fixed_prompts(data, settings, asked)

    def evaluate(self, model: Any, trained: bool = False) -> EvalResult:
        """Everything that is measured before and after a run."""
        graded, own = self.graded(model), self.measured(model, trained)
        every = graded + own
        intervals, retained = self._own_intervals(own.figures) | every.intervals, None
        if old := self._old_answers(model):
            intervals["retained"] = marked_interval(list(map(float, old)))
            retained = sum(old) / len(old)
        return EvalResult(
            self.held_out_loss(model), every.figures, self.forgetting(model), self.samples(model), retained, intervals,
            every.commonest, *self._by_value(model, intervals),
        )  # fmt: skip

    def held_out_loss(self, model: Any) -> float | None:
        return self.loss_of(model) if self.data.held_out else None

    def _by_value(self, model: Any, intervals: dict[str, Interval]) -> tuple[str, tuple[ValueFigures, ...]]:
        """The figures of each value of the column that the data is told apart by; nothing without one."""
        data, settings = self.data, self.settings
        if not data.groups:
            return "", ()
        asked = {"exact_match": spread(data.groups, settings.answers), "accuracy": list(data.groups[: settings.rows])}
        marks = {name: list(intervals[name].marks) for name in asked if name in intervals}
        if data.format in ANSWERED and marks.get("exact_match"):
            places = set(spread(range(len(data.groups)), settings.answers))
            if more := rarely_asked(data.groups, places, settings.answers):
                rows = [data.held_out[place] for place in more]
                found = grade(model, self.tokenizer, rows, data.format, "", "").intervals["exact_match"]
                marks["exact_match"] += found.marks
                asked["exact_match"] += [data.groups[place] for place in more]
        return value_figures(data, marks, asked, lambda some: self.on_rows(model, some))

    def metrics(self, model: Any) -> dict[str, float]:
        """The figures of `graded` alone."""
        return self.graded(model).figures

    def graded(self, model: Any) -> Graded:
        """Exact match and token F1 of greedy answers to held-out questions; nothing for data without answers.

        Each further kind of held-out rows has an exact match of its own, `exact_match/<kind>`; what is trained on,
        where it is asked too, `exact_match/trained`.
        """
        if self.data.format not in ANSWERED:
            return Graded()
        usual = commonest(answered_training(self.data))
        found = Graded()
        kinds = {"": self.data.held_out, **self.data.unseen}
        asked = {kind: spread(rows, self.settings.answers) for kind, rows in kinds.items()} | {TRAINED: self._trained()}
        for kind, rows in asked.items():
            if rows:
                found += grade(model, self.tokenizer, rows, self.data.format, kind, usual)
        return found

    def _trained(self) -> list[Row]:
        """The training rows that are asked as well."""
        return spread(self.data.train, self.settings.trained)

    def retained(self, model: Any) -> float | None:
        """The share of old questions that are answered rightly; None where none are asked."""
        old = self._old_answers(model)
        return sum(old) / len(old) if old else None

    def _old_answers(self, model: Any) -> list[bool]:
        """Of each old question whether it is answered rightly."""
        return rightly_answered(model, self.tokenizer, self.skills.questions) if self.skills.questions else []

    def forgetting(self, model: Any) -> float:
        """Perplexity of text such as the base was made from, each text begun with BOS where the tokenizer has one."""
        rows = encode(({"text": text} for text in self.skills.texts), "text", self.tokenizer, PROBE_TOKENS)
        return perplexity(mean_loss(model, self.tokenizer, [_begun(row, self.tokenizer.bos_token_id) for row in rows]))

    def _own_intervals(self, figures: dict[str, float]) -> dict[str, Interval]:
        """The intervals of an objective's own shares, which are over as many pairs or answers as it looks at."""
        n = min(self.settings.rows, len(self.data.held_out))
        shares = {
            name: value for name, value in figures.items()
            if (name in SHARES or name.startswith(PASS)) and 0 <= value <= 1
        }  # fmt: skip
        return {name: share_interval(value, n) for name, value in shares.items()} if n else {}

    def samples(self, model: Any) -> tuple[str, ...]:
        """Greedy answers to the fixed prompts."""
        from lab.generate import complete

        if not self.prompts:
            return ()
        if self.answers:
            return tuple(self.answers(model, [prompt[-1]["content"] for prompt in self.prompts]))
        return tuple(complete(model, self.tokenizer, list(self.prompts), max_new_tokens=ANSWER_TOKENS))

    def key(self, start: str, max_length: int) -> str:
        """What the figures of a starting point depend on, as a key for the store's baselines."""
        parts = [
            MEASURED,
            start,
            self.data.format,
            self.data.held_out,
            self.prompts,
            self.settings.model_dump(),
            max_length,
            self.aim,
            self.data.unseen,
            commonest(answered_training(self.data)) if self.data.format in ANSWERED else "",
            self._trained() if self.data.format in ANSWERED else "",
            (class_names(self.data.train), commonest_class(self.data.train)) if self.data.format in LABELLED else "",
            asdict(self.skills),
            *([self.data.grouped_by, self.data.groups] if self.data.groups else []),
        ]
        return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


def result_to_json(result: EvalResult) -> dict[str, Any]:
    return asdict(result)


def result_from_json(raw: dict[str, Any]) -> EvalResult:
    intervals = {name: _interval(one) for name, one in raw.get("intervals", {}).items()}
    by_value = tuple(ValueFigures(**one) for one in raw.get("by_value", ()))
    return EvalResult(**raw | {"samples": tuple(raw["samples"]), "intervals": intervals, "by_value": by_value})


def _interval(raw: dict[str, Any]) -> Interval:
    return Interval(raw["n"], raw["low"], raw["high"], tuple(raw.get("marks", ())), tuple(raw.get("groups", ())))


def _begun(row: Encoded, bos: int | None) -> Encoded:
    """A text after BOS, as a base was trained on it, also where its tokenizer does not put it there by itself."""
    if bos is None or row["input_ids"][0] == bos:
        return row
    return {"input_ids": [bos, *row["input_ids"]], "labels": [IGNORED, *row["labels"]]}


def _fixed_prompts(
    data: DataSet, settings: Evaluation, asked: Callable[[Row], tuple[str, str]] | None = None
) -> tuple[tuple[Any, ...], tuple[str, ...]]:
    """The recipe's prompts, or three held-out questions; for plain text the beginnings of three held-out texts. With
    them the right answers, '' where the data knows none."""
    if settings.prompts:
        known = right_answers(data)
        wanted = tuple(known.get(asked_key(prompt), "") for prompt in settings.prompts)
        return tuple([{"role": "user", "content": prompt}] for prompt in settings.prompts), wanted
    rows = spread(data.held_out, 3)
    if asked:
        pairs = [asked(row) for row in rows]
        return tuple(as_messages(question, "user") for question, _ in pairs), tuple(str(want) for _, want in pairs)
    if data.format in ANSWERED:
        prompts = tuple(prompt_messages(row, data.format) for row in rows)
        return prompts, tuple(wanted_answer(row, data.format) for row in rows)
    if data.format == "text":
        found: tuple[Any, ...] = tuple(" ".join(row["text"].split()[:8]) for row in rows)
    else:
        found = tuple(as_messages(row["prompt"], "user") for row in rows if "prompt" in row)  # asked as in a chat
    return found, ("",) * len(found)


def spread(rows: Sequence[Any], count: int) -> list[Any]:
    """`count` rows spread evenly over all of them."""
    if count >= len(rows):
        return list(rows)
    return [rows[i * len(rows) // count] for i in range(count)]
