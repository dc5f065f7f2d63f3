"""Supervised fine-tuning: learn to give the answers in the data, on TRL's SFTTrainer.

Only the answer is learned, not the question (completion-only for prompts and completions, assistant-only for
conversations); plain text is learned whole. The labels say which is which, see `lab.data.encode`.
"""

from typing import Any

from lab.card import ObjectiveCard, Text
from lab.data import DataSet
from lab.data.encode import encode
from lab.data.token_rows import TrainingSequence
from lab.objectives._sequences import spoken_sequences
from lab.objectives._supervised import supervised_trainer
from lab.objectives.task import Task
from lab.recipe import ResolvedStage

CARD = ObjectiveCard(
    id="sft",
    name=Text("Supervised fine-tuning", "监督学习微调 SFT"),
    family="supervised",
    explain=Text(
        "The model is shown questions with the right answers and learns to say the next word of each answer. "
        "It is the first step of nearly every fine-tuning.",
        "给模型看问题和标准答案(标注数据),让它学会逐词说出答案。几乎所有微调都从这一步开始。",
    ),
    good=Text("You have examples of what you want to hear.", "手头有想要的回答样例。"),
    bad=Text(
        "You can tell a good answer from a bad one, but not write it down.", "只会评判好坏、却写不出标准答案的时候。"
    ),
    paper="Ouyang et al. 2022, arXiv:2203.02155, step 1",
    splits=True,
    formats=("text", "prompt_completion", "messages"),
)


def make_trainer(task: Task) -> Any:
    """A TRL SFTTrainer over rows that are tokenised already."""
    length, long_text = task.stage.budget.max_length, task.stage.long_text
    return supervised_trainer(task, encode(task.data.train, task.data.format, task.tokenizer, length, long_text))


def held_out_loss(model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, limit: int) -> float:
    """Mean cross-entropy of the wanted answers' tokens in the held-out rows, in nats; of long texts, of some pieces."""
    from lab.evaluate.loss import mean_loss

    rows = encode(data.held_out[:limit], data.format, tokenizer, stage.budget.max_length, stage.long_text)
    return mean_loss(model, tokenizer, rows[:: -(-len(rows) // limit)])


def sequences(row: dict[str, Any], format: str, tokenizer: Any, stage: ResolvedStage) -> list[TrainingSequence]:
    """The row as a conversation whose answers are learned; a text as its pieces, learned whole."""
    return spoken_sequences(row, format, tokenizer, stage)
