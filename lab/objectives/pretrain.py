"""Unsupervised tuning, continued pretraining: go on learning the next word of raw text, without questions or labels.

Short documents are packed into rows in which none sees another, see `_packing`.
"""

from functools import partial
from typing import Any

from lab.card import ObjectiveCard, Switch, Text, find_cards
from lab.data import DataSet, RowSizes
from lab.data.encode import encode
from lab.data.token_rows import TrainingSequence
from lab.errors import RecipeError
from lab.evaluate.graded import Graded
from lab.home import Home
from lab.objectives._packing import collate_packed, packed
from lab.objectives._sequences import spoken_sequences
from lab.objectives._supervised import supervised_trainer
from lab.objectives.task import Task
from lab.recipe import ResolvedStage
from lab.store.pictures import Lines, Picture

UNPACKED = ("virtual_tokens", "input_tokens")
"""Traits of methods whose own tokens stand before a row, not before each document in it."""

CARD = ObjectiveCard(
    id="pretrain",
    name=Text("Continued pretraining", "继续预训练"),
    family="unsupervised",
    explain=Text(
        "The model reads raw text and learns to say each next word, as it did when it was made. Nobody writes questions "
        "or labels; it takes in the words and facts of a field.",
        "让模型继续读原始文本,逐词预测下一个词,和当初训练时一样。不需要问题,也不需要标注;学到的是一个领域的用词和知识。",
    ),
    good=Text("You have much text of your field, and few questions with answers.", "有大量本领域的文本,问答样例却很少。"),
    bad=Text(
        "You want answers to questions: what was read is answered only after some questions with answers were learned "
        "too. General text is read worse afterwards, so look at both perplexities.",
        "想要的是问答:读过的内容,要再学一些问答样例才答得出来。读通用文本会变差,两种困惑度都要看。",
    ),
    paper="Gururangan et al. 2020, arXiv:2004.10964",
    formats=("text",),
    watches_general=True,
    knobs=(
        Switch(
            "packing", Text("Pack short texts", "短文合并"), True,
            Text("Several short texts share a row of max_length tokens, and none of them sees another.",
                 "几段短文放进同一行(max_length 个词元),互相看不到对方。"),
        ),
    ),
)  # fmt: skip


def check(stage: ResolvedStage, *, place: str) -> None:
    """Refuse packed rows for methods that add tokens of their own; raises RecipeError."""
    traits = find_cards("lab.methods")[stage.method].CARD.traits
    if stage.options["packing"] and any(trait in traits for trait in UNPACKED):
        raise RecipeError(
            f"'{stage.method}' can't read packed rows: its tokens stand before a row, not before each text in it, and "
            "the texts would see each other", where=f"{place}.options.packing", do="set options.packing to false.",
        )  # fmt: skip


def make_trainer(task: Task) -> Any:
    """A TRL SFTTrainer over texts in pieces, packed or a row each."""
    length, long_text = task.stage.budget.max_length, task.stage.long_text
    pieces = encode(task.data.train, "text", task.tokenizer, length, long_text)
    if not task.stage.options["packing"]:
        return supervised_trainer(task, pieces)
    return supervised_trainer(task, packed(pieces, length), partial(collate_packed, pad=task.tokenizer.pad_token_id))


def sizes(of_rows: RowSizes, stage: ResolvedStage) -> RowSizes:
    """Packed rows are as long as they may be, and all of them is learned."""
    if not stage.options["packing"]:
        return of_rows
    full = float(stage.budget.max_length)
    return RowSizes(full, full, full)


def held_out_loss(model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, limit: int) -> float:
    """Mean cross-entropy of the held-out texts' tokens, in nats, each text by itself; of long texts, of some pieces."""
    from lab.evaluate.loss import mean_loss

    rows = encode(data.held_out[:limit], "text", tokenizer, stage.budget.max_length, stage.long_text)
    return mean_loss(model, tokenizer, rows[:: -(-len(rows) // limit)])


def measure(model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, home: Home, limit: int) -> Graded:
    """Perplexity of the held-out texts; that of general text is measured of every run."""
    from lab.evaluate.loss import perplexity

    if not data.held_out:
        return Graded()
    return Graded({"perplexity": perplexity(held_out_loss(model, tokenizer, data, stage, limit))})


def course(trainer: Any, curves: dict[str, list[tuple[int, float]]]) -> dict[str, Picture]:
    """How well texts of the field and general text are read, step by step."""
    from lab.evaluate.loss import perplexity

    own = [(step, perplexity(loss)) for step, loss in curves.get("eval_loss", ())]
    lines = {"field": own, "general": curves.get("general_perplexity", [])}
    return {"perplexities": Lines.of(lines, log=True)} if all(lines.values()) else {}


def sequences(row: dict[str, Any], format: str, tokenizer: Any, stage: ResolvedStage) -> list[TrainingSequence]:
    """The text in its pieces, learned whole; which of them share a row is not shown, for none sees another."""
    return spoken_sequences(row, format, tokenizer, stage)
