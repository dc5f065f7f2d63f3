"""Unsupervised tuning, denoising: give back a text that was damaged, as an autoencoder does (Lewis et al. 2020, BART).

The damaged text stands first, then an arrow, then the text as it was, of which alone is learned. There is no chat
template. Each time a text is read it is damaged anew; held-out texts are always damaged alike.
"""

import random
from collections.abc import Sequence
from typing import Any

from lab.card import Choice, Number, ObjectiveCard, Text
from lab.data import DataSet, RowSizes
from lab.data.encode import IGNORED, Encoded, text_end, text_ids
from lab.data.token_rows import TrainingSequence
from lab.evaluate.graded import Graded
from lab.home import Home
from lab.objectives._supervised import supervised_trainer
from lab.objectives.denoising.damage import damaged, joined, words_of
from lab.objectives.denoising.restored import drawn, graded
from lab.objectives.task import Task
from lab.recipe import ResolvedStage
from lab.store.pictures import Picture

ARROW = "\n=> "
MOST_ROWS = 50_000
MORE = 8
"""Tokens that an answer may have beyond the longest text."""

CARD = ObjectiveCard(
    id="denoise",
    name=Text("Denoising (autoencoder)", "去噪自编码"),
    family="unsupervised",
    explain=Text(
        "Text is damaged (spans hidden, words left out or moved), and the model learns to give it back as it was. The text "
        "itself is the answer, so nobody writes labels.",
        "先把文本弄坏(遮住片段、删掉词或打乱次序),再让模型还原。文本自己就是答案,所以不需要标注。",
    ),
    good=Text(
        "You have text without labels, and want a model that repairs or fills in.", "只有没有标注的文本,想让模型修补或补全。"
    ),
    bad=Text(
        "What is hidden can't be known from the rest: then it is guessed. The model answers in this form alone until it is "
        "tuned further.",
        "被遮住的内容从上下文无法推知时,模型只能猜。再微调之前,它只会做这一种回答。",
    ),
    paper="Lewis et al. 2020, arXiv:1910.13461",
    formats=("text",),
    knobs=(
        Choice(
            "damage", Text("Damage", "破坏方式"), "mask", ("mask", "drop", "shuffle", "mix"),
            Text("mask: a mark for one to three words; drop: words left out; shuffle: words change places; mix: one of "
                 "them a text.", "mask:一个记号代替一到三个词;drop:删词;shuffle:换位置;mix:每段文本随机一种。"),
        ),
        Number(
            "share", Text("Share of the words", "破坏的比例"), 0.3, 0.05, 0.9,
            Text("How many of a text's words are damaged.", "一段文本中有多少词被破坏。"),
        ),
    ),
)  # fmt: skip


def make_trainer(task: Task) -> Any:
    """A TRL SFTTrainer over damaged texts with the originals to be learned, as many as the budget reads."""
    length = task.stage.budget.max_length
    texts = whole_texts(task.tokenizer, [row["text"] for row in task.data.train], length)
    wanted = min(MOST_ROWS, task.stage.budget.planned_steps * task.stage.rows)
    times = max(1, -(-wanted // len(texts)))
    return supervised_trainer(
        task,
        [
            encoded(task.tokenizer, *pair, length)
            for time in range(times) for pair in _pairs(texts, task.stage, f"{task.seed} {time}")
        ],
    )  # fmt: skip


def whole_texts(tokenizer: Any, texts: Sequence[str], limit: int) -> list[str]:
    """The texts, long ones in halves of halves, until a piece and its damaged copy fit into `limit` tokens."""
    room = max(4, (limit - len(text_ids(tokenizer, [ARROW])[0]) - 2) // 2)
    return [piece for text in texts for piece in _pieces(tokenizer, text, room)]


def _pieces(tokenizer: Any, text: str, room: int) -> list[str]:
    words = words_of(text)
    if len(words) < 2 or len(text_ids(tokenizer, [text])[0]) <= room:
        return [text]
    half = len(words) // 2
    return [piece for part in (words[:half], words[half:]) for piece in _pieces(tokenizer, joined(part), room)]


def _pairs(texts: Sequence[str], stage: ResolvedStage, draw: str) -> list[tuple[str, str]]:
    """Each text damaged, and as it was; the same `draw` always damages alike."""
    kind, share = stage.options["damage"], stage.options["share"]
    return [(damaged(text, kind, share, random.Random(f"{draw} {text}")), text) for text in texts if words_of(text)]


def encoded(tokenizer: Any, text: str, original: str, limit: int) -> Encoded:
    """A damaged text and its original as token ids, at most `limit`; labels on the original and its end."""
    given, said = pair_ids(tokenizer, text, original, limit)
    return {"input_ids": given + said, "labels": [IGNORED] * len(given) + said}


def pair_ids(tokenizer: Any, text: str, original: str, limit: int) -> tuple[list[int], list[int]]:
    """What is given, up to the arrow, and the original with its end; marks may make a damaged text the longer one, and
    then its end is cut."""
    said = [*_bare(tokenizer, original), text_end(tokenizer)][: limit - 1]
    arrow, given = _bare(tokenizer, ARROW), text_ids(tokenizer, [text])[0]
    return [*given[: max(0, limit - len(said) - len(arrow))], *arrow], said


def _bare(tokenizer: Any, text: str) -> list[int]:
    ids: list[int] = tokenizer(text, add_special_tokens=False, verbose=False)["input_ids"]
    return ids


def sizes(of_rows: RowSizes, stage: ResolvedStage) -> RowSizes:
    """A row holds a text twice, and the second time it is learned."""
    limit = float(stage.budget.max_length)
    return RowSizes(min(limit, 2 * of_rows.mean), min(limit, 2 * of_rows.longest), min(limit / 2, of_rows.mean))


def _held_out(tokenizer: Any, data: DataSet, stage: ResolvedStage, limit: int) -> list[tuple[str, str]]:
    texts = whole_texts(tokenizer, [row["text"] for row in data.held_out[:limit]], stage.budget.max_length)
    return _pairs(texts, stage, "held out")[:limit]


def held_out_loss(model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, limit: int) -> float:
    """Mean cross-entropy of the tokens of held-out texts after their damaged copies, in nats."""
    from lab.evaluate.loss import mean_loss

    pairs = _held_out(tokenizer, data, stage, limit)
    return mean_loss(model, tokenizer, [encoded(tokenizer, *pair, stage.budget.max_length) for pair in pairs])


def measure(model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, home: Home, limit: int) -> Graded:
    """How much of held-out texts is restored."""
    pairs = _held_out(tokenizer, data, stage, limit)
    said = _restored(model, tokenizer, pairs)
    return graded([text for text, _ in pairs], said, [original for _, original in pairs])


def pictures(
    model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, home: Home, limit: int
) -> dict[str, Picture]:
    """Some held-out texts: damaged, as the model restored them, and as they were."""
    pairs = _held_out(tokenizer, data, stage, limit)
    if not pairs:
        return {}
    said = _restored(model, tokenizer, pairs)
    return {"restorations": drawn([text for text, _ in pairs], said, [original for _, original in pairs])}


def _restored(model: Any, tokenizer: Any, pairs: list[tuple[str, str]]) -> list[str]:
    """What the model, greedy, gives back of each damaged text: the line after the arrow."""
    from lab.generate import complete

    if not pairs:
        return []
    longest = max(len(_bare(tokenizer, original)) for _, original in pairs)
    said = complete(model, tokenizer, [f"{text}{ARROW}" for text, _ in pairs], max_new_tokens=longest + MORE)
    return [(one.strip().splitlines() or [""])[0] for one in said]


def sequences(row: dict[str, Any], format: str, tokenizer: Any, stage: ResolvedStage) -> list[TrainingSequence]:
    """The text damaged once, as it is read, and as it was, which is learned; in pieces where it is long."""
    limit = stage.budget.max_length
    pairs = _pairs(whole_texts(tokenizer, [row["text"]], limit), stage, "shown")
    parts = [pair_ids(tokenizer, *pair, limit) for pair in pairs]
    return [TrainingSequence([(given, False), (said, True)], limit, goal="imitate") for given, said in parts]
