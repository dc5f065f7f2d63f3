"""Cross-modal tuning, from words to pictures: a language model learns to draw what a caption says, token by token.

Picture tokens are put behind the vocabulary of any base, with new rows for reading and saying them that are always
trained; what else moves is the method's. Only what is a whole picture can be drawn, so nothing is ever left open.
"""

from pathlib import Path
from typing import Any

from lab.card import ObjectiveCard, Text
from lab.data import DataSet
from lab.data.picture_code import NAMES, write_picture
from lab.data.token_rows import TrainingSequence
from lab.evaluate.graded import Graded
from lab.home import Home
from lab.models import ModelShape
from lab.objectives.cross_modal.figures import drawings, graded_drawings
from lab.objectives.cross_modal.kept import Kept, keep_pictures, seeing_on
from lab.objectives.cross_modal.sizes import row_count
from lab.objectives.task import Task
from lab.recipe import ResolvedStage
from lab.store.pictures import Picture

CARD = ObjectiveCard(
    id="draw",
    name=Text("Text to picture", "由文字画图"),
    family="cross-modal",
    explain=Text(
        "The language model learns to draw: small pictures are written in tokens of their own, which are put behind its "
        "vocabulary, and a caption is answered with a picture. What it knows of words is carried over to another medium.",
        "让语言模型学会画画:小画用专门的词元写成,这些词元追加到词表末尾,输入一句说明,模型就用一幅画作答。把模型对文字的理解迁移到另一种模态。",
    ),
    good=Text("Seeing how far a language model gets in another medium.", "想看看语言模型在另一种模态里能走多远。"),
    bad=Text(
        "Photographs: a picture here has 12 × 12 squares of 16 colours. Methods that only add to the prompt can't do it.",
        "照片:这里的画只有 12×12 格、16 种颜色。只在提示前添加向量的方法做不到。",
    ),
    paper="Lu et al. 2021, arXiv:2103.05247",
    formats=("image",),
    gives="picture",
    excludes=("virtual_tokens", "answers_first", "own_optimizer", "plain_head"),
)  # fmt: skip
SHOWN = 6
"""Captions whose drawings are shown."""


def count(moved: int, shape: ModelShape, stage: ResolvedStage, outputs: int) -> int:
    """With the rows of the picture tokens."""
    return moved + row_count(shape.hidden)


def make_trainer(task: Task) -> Any:
    """A trainer of the picture tokens and of what the method moves."""
    from lab.objectives.cross_modal.rows import to_draw
    from lab.objectives.cross_modal.trainer import seeing_trainer

    kept = Kept("draw")
    seeing = seeing_on(task.model, kept, task.seed, task.start)
    task.model.__dict__["seeing"] = seeing  # beside the model, not a part of it
    captions, wanted = ([row[name] for row in task.data.train] for name in ("caption", "image"))
    some = [row["caption"] for row in task.data.held_out[:SHOWN]]
    rows = to_draw(task.tokenizer, captions, wanted, seeing.words)
    trainer = seeing_trainer(task, seeing, rows, (lambda: _drawn(seeing, task.tokenizer, some)) if some else None)
    trainer.kept_pictures = kept
    return trainer


def save(trainer: Any, folder: Path) -> None:
    """That it draws, and the new rows, beside the weights."""
    keep_pictures(trainer.kept_pictures, trainer.model, folder)


def sequences(row: dict[str, Any], format: str, tokenizer: Any, stage: ResolvedStage) -> list[TrainingSequence]:
    """The caption in its template, and the tokens of its picture, which the tokenizer does not know yet."""
    from lab.objectives.cross_modal.rows import PLACE, to_draw

    (seen,) = to_draw(tokenizer, [row["caption"]], None, 0)
    words = len(tokenizer)
    said = [words + token for token in write_picture(row["image"])]
    messages = [{"role": "user", "content": row["caption"]}, {"role": "assistant", "content": PLACE}]
    new = {words + token: name for token, name in enumerate(NAMES)}
    parts = [(list(seen.given), False), (said, True)]
    return [TrainingSequence(parts, stage.budget.max_length, goal="imitate", messages=messages, new=new)]


def held_out_loss(model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, limit: int) -> float | None:
    """Mean cross-entropy of the tokens of held-out pictures, in nats; none for a model without picture tokens."""
    from lab.objectives.cross_modal.rows import mean_loss, to_draw

    seeing, rows = model.__dict__.get("seeing"), data.held_out[:limit]
    if seeing is None or not rows:
        return None
    captions, wanted = ([row[name] for row in rows] for name in ("caption", "image"))
    return mean_loss(seeing, to_draw(tokenizer, captions, wanted, seeing.words), tokenizer.pad_token_id)


def measure(model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, home: Home, limit: int) -> Graded:
    """How many held-out captions are drawn exactly, and how much is copied from training."""
    seeing, rows = model.__dict__.get("seeing"), data.held_out[:limit]
    if seeing is None or not rows:
        return Graded()
    drawn = _drawn(seeing, tokenizer, [row["caption"] for row in rows])
    return graded_drawings(drawn, [row["image"] for row in rows], [row["image"] for row in data.train])


def pictures(
    model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, home: Home, limit: int
) -> dict[str, Picture]:
    """Some held-out captions with what is wanted, how the drawing grew, and the training picture nearest to it."""
    seeing, rows = model.__dict__.get("seeing"), data.held_out[:SHOWN]
    if seeing is None or not rows:
        return {}
    captions, wanted = ([row[name] for row in rows] for name in ("caption", "image"))
    drawn = _drawn(seeing, tokenizer, captions)
    return {"drawings": drawings(captions, wanted, drawn, [row["image"] for row in data.train], seeing.history)}


def asked(row: dict[str, Any]) -> tuple[str, str]:
    """The caption, and the picture that is wanted."""
    return row["caption"], row["image"]


def answers(model: Any, tokenizer: Any, stage: ResolvedStage, questions: list[str]) -> list[str]:
    """The drawings of some captions; nothing where the model has no picture tokens."""
    seeing = model.__dict__.get("seeing")
    return _drawn(seeing, tokenizer, questions) if seeing is not None else [""] * len(questions)


def _drawn(seeing: Any, tokenizer: Any, captions: list[str]) -> list[str]:
    from lab.objectives.cross_modal.answering import draw
    from lab.objectives.cross_modal.rows import to_draw

    found = draw(seeing, tokenizer, to_draw(tokenizer, captions, None, seeing.words))
    return [one for one in found if one is not None]
