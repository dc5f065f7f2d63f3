"""What fits: how many tokens each row takes in the base's template, which rows leave no room for an answer, and what a
person should know of the base's template and this data before the start. Works with light tokenizers too.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from lab.data.encode import (
    ANSWERS,
    IGNORED,
    answered,
    as_messages,
    conversation,
    conversation_parts,
    labelled,
    named,
    prompt_ids,
    text_ids,
)
from lab.data.labels import LABELLED, label_notes
from lab.data.picture_code import write_picture
from lab.data.task_rows import task_notes
from lab.data.types import DataSet, Row
from lab.errors import DataError, LabError
from lab.models.chat_format import chat_format
from lab.recipe import ResolvedStage

TAGGED = ("tags", "tasks")
"""Formats of texts whose words have tags, or that are of several tasks."""
ANY = "?"
"""Stands for an answer where only the question counts."""
RAISE = " Raise budget.max_length to keep them."


@dataclass(frozen=True)
class RowTokens:
    """Tokens of a row: those before the first that is learned, and all; of several answers the longest counts."""

    given: int
    length: int


def fitting(data: DataSet, tokenizer: Any, stage: ResolvedStage, scores: bool = False) -> DataSet:
    """The data without rows that leave no room for an answer within the stage's max_length, and with notes that say so.

    Where answers are to be scored (`scores`), both answers of a pair must fit whole. Raises DataError when no training
    row is left; held-out rows are only left out.
    """
    limit = stage.budget.max_length
    if data.format in LABELLED:
        data = _without_unlabelled(data)
    train, held_out = (measure(rows, data.format, tokenizer) for rows in (data.train, data.held_out))
    kept, judged = (
        [i for i, row in enumerate(rows) if fits(row, data.format, limit, scores)] for rows in (train, held_out)
    )
    told = _left_out(train, len(kept), "rows", data.format, limit, scores)
    if train and not kept:
        raise DataError(told.removesuffix(RAISE), where=data.name, do="raise budget.max_length, or shorten the rows.")
    notes = [told] if told else []
    if told := _left_out(held_out, len(judged), "held-out rows", data.format, limit, scores):
        notes.append(told if judged else f"{told} No figures are measured on held-out rows.")
    if data.format in LABELLED:
        notes += label_notes([data.train[i] for i in kept], [data.held_out[i] for i in judged], data.name)
    if data.format == "few_shot":
        notes += task_notes([data.train[i] for i in kept], [data.held_out[i] for i in judged], data.name)
    notes += [*_read_notes([train[i] for i in kept], data.format, stage), *template_notes(data, tokenizer)]
    return replace(data.judged_by(judged), train=[data.train[i] for i in kept], notes=(*data.notes, *notes))


def _without_unlabelled(data: DataSet) -> DataSet:
    """The data without held-out rows that say no class: they can't be told right or wrong."""
    return data.judged_by([place for place, row in enumerate(data.held_out) if row["label"]])


def measure(rows: Sequence[Row], format: str, tokenizer: Any) -> list[RowTokens]:
    """The tokens of each row; raises DataError for rows that the template refuses or the base has no tokens for."""
    if format == "text":
        found = text_ids(tokenizer, [row["text"] for row in rows])
        _check_known(tokenizer, found)
        return [RowTokens(0, len(ids) + 1) for ids in found]
    if format in (*LABELLED, *TAGGED):
        asked_for = [
            ids for ids, _ in answered(tokenizer, [(row["text"], row.get("label") or ANY, None) for row in rows])
        ]
        _check_known(tokenizer, asked_for)
        return [RowTokens(0, len(ids)) for ids in asked_for]
    if format == "image":
        told = [ids for ids, _ in answered(tokenizer, [(row["caption"], "?", None) for row in rows])]
        _check_known(tokenizer, told)
        pictures = (len(write_picture(row["image"])) for row in rows)
        return [RowTokens(0, len(ids) + picture) for ids, picture in zip(told, pictures, strict=True)]
    if format in ANSWERS:
        asked = [(conversation(row, format), row.get("tools")) for row in rows]
        encoded = [labelled(parts) for parts in conversation_parts(tokenizer, asked)]
        _check_known(tokenizer, [row["input_ids"] for row in encoded])
        return [RowTokens(_first_learned(row["labels"]), len(row["input_ids"])) for row in encoded]
    return [max(sizes, key=lambda size: size.length) for sizes in zip(*_sides(rows, tokenizer), strict=True)]


def template_notes(data: DataSet, tokenizer: Any) -> list[str]:
    """What the base's template does to this data that one would not expect."""
    if data.format == "text":
        return []
    format, notes = chat_format(tokenizer), []
    if format.merges_system and any(_has_system(row) for row in data.train):
        notes.append("The base's chat template takes no system message: each is put before the first question.")
    if format.added_end:
        notes.append(f"The base's chat template ends answers with nothing that a chat stops at: {format.added_end} is "
                     "learned after the last one.")  # fmt: skip
    return notes


def fits(row: RowTokens, format: str, limit: int, scores: bool) -> bool:
    """Whether a row has room for an answer within `limit` tokens; where answers are scored, whether it fits whole."""
    if format == "text":
        return True
    if scores or format == "image" or row.given == row.length:  # a pair to be scored, or a row that only asks
        return row.length <= limit
    return row.given < limit


def _left_out(rows: Sequence[RowTokens], kept: int, called: str, format: str, limit: int, scores: bool) -> str:
    """How many rows are left out, in words; nothing where none is."""
    if kept == len(rows):
        return ""
    counted = f"{len(rows) - kept:,} of {len(rows):,} {called}"
    if scores or format in ("prompt", "image"):
        longest = max(row.length for row in rows)
        return f"{counted} are longer than {limit:,} tokens and are left out; the longest has {longest:,}.{RAISE}"
    longest = max(row.given for row in rows)
    return f"{counted} have no answer left at {limit:,} tokens and are left out; longest prompt {longest:,}.{RAISE}"


def _read_notes(rows: Sequence[RowTokens], format: str, stage: ResolvedStage) -> list[str]:
    """How much of the rows is read: long texts come in pieces, other rows are cut."""
    budget, limit = stage.budget, stage.budget.max_length
    longer = [row.length for row in rows if row.length > limit]
    if not longer:
        return []
    share = f"{len(longer):,} of {len(rows):,}"
    if format != "text" or stage.long_text == "truncate":
        seen = sum(min(row.length, limit) for row in rows) / sum(row.length for row in rows)
        cut = f"{share} rows are longer than {limit:,} tokens and are cut."
        return [f"{cut} {seen:.0%} of all tokens are read."]
    pieces = sum(-(-(row.length - 1) // max(1, limit - 1)) for row in rows)
    if stage.options.get("packing"):
        return [f"Texts of more than {limit:,} tokens ({share}) are read in pieces, {pieces:,} in all."]
    told = f"Texts of more than {limit:,} tokens ({share}) are read in pieces, {pieces:,} in all"
    if budget.steps and budget.steps * budget.batch_size < pieces:
        seen = budget.steps * budget.batch_size / pieces
        return [f"{told}; {budget.steps:,} steps of {budget.batch_size:,} read {seen:.0%} of them."]
    return [f"{told}: every token is read."]


def _sides(rows: Sequence[Row], tokenizer: Any) -> list[list[RowTokens]]:
    """The sizes of each row with each of its answers; of rows that only ask, those of the question."""
    answers = [key for key in ("completion", "chosen", "rejected") if rows and key in rows[0]]
    if not answers:
        found = [_prompt_of(row, tokenizer) for row in rows]
        _check_known(tokenizer, found)
        return [[RowTokens(len(ids), len(ids)) for ids in found]]
    sides = []
    for key in answers:
        pairs = list(answered(tokenizer, [(row.get("prompt") or [], row[key], row.get("tools")) for row in rows]))
        _check_known(tokenizer, [[*given, *said] for given, said in pairs])
        sides.append([RowTokens(len(given), len(given) + len(said)) for given, said in pairs])
    return sides


def _prompt_of(row: Row, tokenizer: Any) -> list[int]:
    asked = as_messages(row["prompt"], "user")
    try:
        return prompt_ids(tokenizer, asked)
    except LabError as problem:
        problem.where = problem.where or named(asked)
        raise


def _first_learned(labels: Sequence[int]) -> int:
    return next((i for i, label in enumerate(labels) if label != IGNORED), len(labels))


def _has_system(row: Row) -> bool:
    turns: Any = row.get("messages") or row.get("prompt") or row.get("chosen") or ()
    return not isinstance(turns, str) and bool(turns) and turns[0]["role"] == "system"


def _check_known(tokenizer: Any, rows: Sequence[Sequence[int]]) -> None:
    """Raise DataError for a token that the tokenizer has and the model's embedding has not."""
    known = getattr(tokenizer, "embedding_rows", None)
    highest = max((max(ids, default=0) for ids in rows), default=0)
    if known is not None and highest >= known:
        token = tokenizer.convert_ids_to_tokens([highest])[0]
        raise DataError(
            f"the base's tokenizer reads '{token}' as token {highest:,}, but the model knows {known:,}",
            do="choose a base whose tokenizer belongs to it, or leave the token out.",
        )  # fmt: skip
