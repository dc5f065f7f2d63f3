"""Data augmentation: more rows made from those there are, the same questions in other words."""

from typing import Any

from lab.card import Number, RemedyCard, Text
from lab.data import DataSet
from lab.data.augment import Made
from lab.data.augment import augment as more_rows
from lab.remedies._within import refuse_rewarded

CARD = RemedyCard(
    id="augment",
    name=Text("Data augmentation", "数据增强"),
    explain=Text(
        "From each training row some more are made that ask the same: words replaced by synonyms, the question put in another "
        "sentence, typing errors. Answers, numbers, names and words of the answer stay, and nothing is made that a held-out "
        "row asks. A step stays a step: made rows take the place of repetitions. What was made is shown with the run.",
        "由每条训练数据再造出几条问法不同、答案相同的数据:换同义词、换句式、加一点打字错误。答案、数字、名字和答案中的词保持不变,也不会造出留出数据里的问题。训练步数不变:造出的数据代替重复。造了什么会和结果一起显示。",
    ),
    good=Text("Few rows, asked later in other words than here.", "数据少,而以后的问法会与这里不同。"),
    bad=Text("It knows no new facts: more real rows teach more.", "它不带来新知识:真实的新数据更有用。"),
    paper="Wei & Zou 2019 (EDA), arXiv:1901.11196",
    knobs=(
        Number(
            "copies", Text("Rows made of one", "每条造几条"), 2, 1, 20, whole=True,
            help=Text("Up to so many; fewer where no other wording is found.", "最多造这么多;找不到别的说法时更少。"),
        ),
        Number(
            "synonyms", Text("Synonyms", "同义词"), 0.4, 0, 1,
            help=Text("The share of the words that have a synonym which is replaced by one.", "有同义词的词当中,替换掉的比例。"),
        ),
        Number(
            "wordings", Text("Other sentences", "换句式"), 0.7, 0, 1,
            help=Text("The share of the made rows whose question is put in another sentence.", "造出的数据中,换了句式的比例。"),
        ),
        Number(
            "noise", Text("Typing errors", "打字错误"), 0.05, 0, 1,
            help=Text("The share of the longer words that are mistyped.", "较长的词当中,打错的比例。"),
        ),
    ),
    against=("overfitting",),
)  # fmt: skip

check = refuse_rewarded("augment")


def made(data: DataSet, seed: int, /, **knobs: Any) -> list[Made]:
    """The rows to train on besides the data's own."""
    return more_rows(data, seed, **knobs)
