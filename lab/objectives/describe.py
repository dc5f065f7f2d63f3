"""Cross-modal tuning, from pictures to words: a language model learns to say what a picture shows.

A picture is read either by the same tokens that `draw` writes, turned round; or, as LLaVA does it, by a small vision
encoder whose vectors a projector makes as wide as words. First the two learn before the frozen language model, then the
language model with them, a stage each.
"""

from pathlib import Path
from typing import Any

from lab.card import Choice, ObjectiveCard, Text
from lab.data import DataSet
from lab.data.grids import read_grid
from lab.data.picture_code import NAMES
from lab.data.token_rows import TrainingSequence
from lab.errors import RecipeError
from lab.evaluate.graded import Graded
from lab.home import Home
from lab.models import ModelShape
from lab.objectives.cross_modal.figures import captioned, commonest_caption, graded_captions, is_right, others
from lab.objectives.cross_modal.kept import Kept, keep_pictures, kept_in, seeing_on, usual_size
from lab.objectives.cross_modal.sizes import PATCHES, encoder_count, row_count
from lab.objectives.task import Task
from lab.recipe import ResolvedStage
from lab.store.pictures import Picture

CARD = ObjectiveCard(
    id="describe",
    name=Text("Picture to text", "看图说话"),
    family="cross-modal",
    explain=Text(
        "The language model learns to say what a small picture shows: it reads the picture in tokens behind its "
        "vocabulary, or, as LLaVA does, through a vision encoder and a projector before the language model.",
        "让语言模型学会说出一幅小画里有什么:画由追加在词表末尾的词元读入;或像 LLaVA 那样,由视觉编码器加投影层接在语言模型前面。",
    ),
    good=Text("Seeing how a language model gets eyes, and what a projector before a frozen one can do.",
              "想看看语言模型怎样长出「眼睛」,以及冻结的模型前加一个投影层能做到什么。"),
    bad=Text("Photographs. Look at the blind figure too: what is guessed without the picture is not seen.",
             "照片。也要看「盲答」的数字:不看图也能猜对的,不算看懂。"),
    paper="Liu et al. 2023, arXiv:2304.08485",
    formats=("image",),
    gives="caption",
    settled=("see", "train", "encoder"),
    excludes=("virtual_tokens", "answers_first", "own_optimizer", "plain_head"),
    knobs=(
        Choice(
            "see", Text("A picture is read by", "画的读法"), "tokens", ("tokens", "encoder"),
            Text("tokens: picture tokens behind the vocabulary; encoder: a small vision encoder and a projector.",
                 "tokens:词表末尾的图像词元;encoder:小型视觉编码器加投影层。"),
        ),
        Choice(
            "train", Text("What learns", "训练部分"), "method", ("method", "eyes"),
            Text("The method's weights and what reads pictures, or that alone, before the frozen language model.",
                 "方法的参数和读图的部分一起训练;或只训练读图的部分,语言模型冻结。"),
        ),
        Choice(
            "encoder", Text("The encoder", "编码器"), "learns", ("learns", "random"),
            Text("random: it stays as it was drawn, and only the projector learns; a baseline.",
                 "random:编码器保持随机初始化不动,只训练投影层;作为基线。"),
        ),
    ),
)  # fmt: skip
SHOWN = 6
"""Pictures whose captions are shown."""


def check(stage: ResolvedStage, *, place: str) -> None:
    """Refuse what needs an encoder where there is none; raises RecipeError."""
    if stage.options["see"] == "tokens" and stage.options["encoder"] == "random":
        raise RecipeError(
            "'random' is for an encoder, and with 'see: tokens' there is none", where=f"{place}.options.encoder",
            do="leave it out, or set see to encoder.",
        )  # fmt: skip


def count(moved: int, shape: ModelShape, stage: ResolvedStage, outputs: int) -> int:
    """With what reads pictures, or that alone."""
    options, width = stage.options, shape.hidden
    sees = encoder_count(width, options["encoder"] == "learns") if options["see"] == "encoder" else row_count(width)
    return sees + (0 if options["train"] == "eyes" else moved)


def make_trainer(task: Task) -> Any:
    """A trainer of what reads pictures and of what the method moves."""
    from lab.objectives.cross_modal.trainer import seeing_trainer

    options, before = task.stage.options, kept_in(task.start)
    same = before is not None and before.see == "encoder" == options["see"]
    scale = before.scale if before and same else usual_size(task.model)
    kept = Kept("describe", options["see"], scale)
    seeing = seeing_on(task.model, kept, task.seed, task.start)
    task.model.__dict__["seeing"] = seeing  # beside the model, not a part of it
    if options["train"] == "eyes":
        task.model.requires_grad_(False)
    if options["encoder"] == "random":
        seeing.encoder.see.requires_grad_(False)
    trainer = seeing_trainer(task, seeing, _rows(seeing, task.tokenizer, task.data.train))
    trainer.kept_pictures = kept
    return trainer


def save(trainer: Any, folder: Path) -> None:
    """How it reads pictures, and the weights for that, beside the language model's."""
    keep_pictures(trainer.kept_pictures, trainer.model, folder)


def sequences(row: dict[str, Any], format: str, tokenizer: Any, stage: ResolvedStage) -> list[TrainingSequence]:
    """The tokens of the picture, or the places that an encoder fills, in the template, and the caption."""
    from lab.objectives.cross_modal.rows import to_describe

    words, sees = len(tokenizer), stage.options["see"] == "encoder"
    (seen,) = to_describe(tokenizer, [row["image"]], [row["caption"]], words, PATCHES if sees else 0)
    new = {words: "▦"} if sees else {words + token: name for token, name in enumerate(NAMES)}
    parts = [(list(seen.given), False), (list(seen.said), True)]
    return [TrainingSequence(parts, stage.budget.max_length, goal="imitate", new=new)]


def held_out_loss(model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, limit: int) -> float | None:
    """Mean cross-entropy of the tokens of held-out captions, in nats; none for a model that can't read pictures."""
    from lab.objectives.cross_modal.rows import mean_loss

    seeing, rows = model.__dict__.get("seeing"), data.held_out[:limit]
    if seeing is None or not rows:
        return None
    return mean_loss(seeing, _rows(seeing, tokenizer, rows), tokenizer.pad_token_id)


def measure(model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, home: Home, limit: int) -> Graded:
    """How many captions of held-out pictures are right, and how many where another picture is shown."""
    seeing, rows = model.__dict__.get("seeing"), data.held_out[:limit]
    if seeing is None or not rows:
        return Graded()
    shown = [row["image"] for row in rows]
    said, blind = (_said(seeing, tokenizer, seen) for seen in (shown, others(shown)))
    usual = commonest_caption(data.train)
    return graded_captions(
        *([is_right(one, row) for one, row in zip(texts, rows, strict=True)]
          for texts in (said, blind, [usual] * len(rows)))
    )  # fmt: skip


def pictures(
    model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, home: Home, limit: int
) -> dict[str, Picture]:
    """Some held-out pictures with what is said of them, with the picture and with another one."""
    seeing, rows = model.__dict__.get("seeing"), data.held_out[:SHOWN]
    if seeing is None or not rows:
        return {}
    shown = [row["image"] for row in rows]
    said, blind = (_said(seeing, tokenizer, seen) for seen in (shown, others(shown)))
    return {"captions": captioned(rows, said, blind)}


def asked(row: dict[str, Any]) -> tuple[str, str]:
    """The picture, and the caption that is wanted."""
    return row["image"], row["caption"]


def answers(model: Any, tokenizer: Any, stage: ResolvedStage, questions: list[str]) -> list[str]:
    """What is said of some pictures; nothing of what is no picture, or where the model can't read them."""
    seeing, shown = model.__dict__.get("seeing"), [read_grid(question) for question in questions]
    if seeing is None:
        return [""] * len(questions)
    said = iter(_said(seeing, tokenizer, [one for one in shown if one]))
    return [next(said) if one else "" for one in shown]


def _rows(seeing: Any, tokenizer: Any, rows: list[dict[str, Any]]) -> list[Any]:
    from lab.objectives.cross_modal.rows import to_describe

    shown, captions = ([row[name] for row in rows] for name in ("image", "caption"))
    return to_describe(tokenizer, shown, captions, seeing.words, seeing.patches)


def _said(seeing: Any, tokenizer: Any, shown: list[str]) -> list[str]:
    from lab.objectives.cross_modal.answering import describe
    from lab.objectives.cross_modal.rows import to_describe

    return describe(seeing, tokenizer, to_describe(tokenizer, shown, None, seeing.words, seeing.patches))
