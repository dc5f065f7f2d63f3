"""What a row layout is: the columns that tell it, and how its rows become standard ones."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from lab.data.types import Row, Table

Fields = Mapping[str, Any]
"""A row's values under our names for their columns."""
Names = Mapping[str, str]
"""Our names for columns, each with the file's."""

ALIASES: dict[str, tuple[str, ...]] = {
    "text": ("content", "sentence", "passage", "story", "document", "文本", "正文", "内容"),
    "prompt": ("question", "query", "instruction", "input", "problem", "问题", "提问", "提示", "提示词"),
    "completion": ("response", "answer", "output", "target", "solution", "回答", "答案", "回复"),
    "messages": ("conversation", "dialog", "dialogue", "对话"),
    "contents": ("chat",),
    "conversations": (),
    "chosen": ("preferred", "chosen_response", "preferred_output", "response_j", "response_chosen"),
    "rejected": (
        "dispreferred", "rejected_response", "non_preferred_output", "response_k", "response_rejected",
        "rejected_messages",
    ),
    "tokens": ("words",),
    "tags": ("ner_tags",),
    "label": ("labels", "kto_tag", "desirable", "is_desirable", "thumb", "标签"),
    "instruction": ("指令",),
    "input": ("context", "输入"),
    "output": ("response", "输出"),
    "system": ("system_prompt", "system_message", "custom_system_prompt"),
    "history": (),
    "tools": ("functions",),
    "margin": (),
    "score_chosen": (
        "chosen_score", "chosen_rating", "rating_chosen", "chosen-rating", "chosen_avg_rating", "chosen_reward",
    ),
    "score_rejected": (
        "rejected_score", "rejected_rating", "rating_rejected", "rejected-rating", "rejected_avg_rating",
        "rejected_reward",
    ),
    "score": ("helpfulness", "rating", "overall_score", "overall_rating", "quality", "reward"),
    "first": (),
    "second": (),
    "winner": (),
    "answers": ("completions", "responses", "generations", "outputs", "candidates"),
    "spans": ("answers", "answer"),
    "paragraphs": (),
    "scores": ("ratings", "rewards", "ranks", "rank"),
    "image": ("picture", "img", "file_name", "filename", "file", "path", "图片", "图像", "图"),
    "caption": ("text", "description", "title", "描述", "说明", "标题", "文本"),
    "also": ("other_captions", "captions"),
    "task": ("task_id", "task_name", "任务"),
}  # fmt: skip
"""Our names for columns, and what else files call them; case does not matter."""


@dataclass(frozen=True)
class RowLayout:
    """One way to write rows: the columns it needs, those it may have, and how a row of it becomes standard.

    `convert` gives one standard row, or several; none for what can't be learned from, after telling the place why.
    """

    format: str
    needs: tuple[str, ...]
    convert: Callable[[Fields, "Place", Names], Row | list[Row]]
    may: tuple[str, ...] = ()
    called: str = ""
    """The layout's name for a note; empty for the standard ones."""
    gather: Callable[[Table, Names], tuple[Table, Names]] | None = None
    """For layouts whose rows mean something only together: the table that is converted, and its columns' names."""
    find: Callable[[Collection[str], Names], dict[str, str] | None] | None = None
    """Columns that aliases can't tell; takes the file's columns and the user's mapping, gives `Names`."""
    fits: Callable[[Fields], bool] | None = None
    """Whether the values of a row are of this layout, where the columns' names leave it open."""
    instead: tuple[str, ...] = ()
    """Other formats to read the same rows as, where an objective learns from those and not from `format`."""


@dataclass
class Place:
    """Where a row is, put into words only when a message needs it; and what was done to the rows, counted."""

    table: Table
    index: int
    told: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        return self.table.place(self.index)

    def tell(self, what: str) -> None:
        """Count one more row of which this is to be said."""
        self.told[what] += 1


def column_for(ours: str, columns: Collection[str], mapping: Names) -> str | None:
    """The file's column for our name: the one the user named, the same name, or one of its other names."""
    if ours in mapping:
        return mapping[ours] if mapping[ours] in columns else None
    free = {column.strip().casefold(): column for column in columns if column not in mapping.values()}
    return next((free[name] for name in (ours, *ALIASES.get(ours, ())) if name in free), None)
