"""Full fine-tuning: every weight may move."""

from typing import Any

from lab.card import MethodCard, Text
from lab.models import ModelShape

CARD = MethodCard(
    id="full",
    name=Text("Full fine-tuning", "全量微调 FFT"),
    family="everything",
    explain=Text(
        "Every weight of the model is updated. It can learn the most, costs the most memory (weights, gradients and "
        "two optimizer moments for each weight), and is the quickest to forget what the model knew before.",
        "更新模型的全部参数。它能学到的最多,占用的内存也最多(每个参数都要存权重、梯度和两份优化器状态),也最容易忘掉原来会的东西。",
    ),
    good=Text(
        "Plenty of labelled data and memory; the new task is far from the old one.",
        "标注数据多、算力足,新任务与原任务差别大。",
    ),
    bad=Text(
        "Few examples (it overfits), or many variants to keep (each is a whole model).",
        "样本少时容易过拟合;要保存多个版本时,每个都是一整个模型。",
    ),
    paper="Howard and Ruder 2018, arXiv:1801.06146",
    learning_rate=1e-3,
    adapter=False,
)


def count(shape: ModelShape) -> int:
    """Trainable parameters: all of them."""
    return shape.parameters


def build(model: Any, *, steps: int, seed: int) -> Any:
    """`model` with every parameter trainable."""
    return model.requires_grad_(True)
