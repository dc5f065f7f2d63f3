"""Questions on a passage whose answers are pieces of it, as SQuAD writes them: a row a question, or an article each."""

from typing import Any

from lab.data import checks
from lab.data.layouts.layout import Fields, Names, Place
from lab.data.turns import decoded
from lab.data.types import Row, Table

QUESTION = {"prompt": "question", "spans": "answers", "input": "context"}
"""The columns of the rows that a tree becomes."""


def has_spans(fields: Fields) -> bool:
    """Whether a row's answers are pieces of a passage: texts, and where each begins."""
    return bool(fields.get("spans")) and _pieces(fields["spans"]) is not None


def answered_from_passage(fields: Fields, place: Place, names: Names) -> Row | list[Row]:
    """The passage and the question as prompt, the first answer as completion; no row where the passage has none."""
    pieces = _pieces(fields["spans"])
    if not pieces:
        place.tell("questions have no answer in their passage and are left out")
        return []
    passage = checks.optional_text(fields.get("input"), place, names.get("input", "input"))
    question = checks.text(fields["prompt"], place, names["prompt"])
    answer = checks.text(pieces[0], place, names["spans"])
    return {"prompt": f"{passage}\n\n{question}" if passage else question, "completion": answer}


def is_tree(fields: Fields) -> bool:
    """Whether a row is an article: passages, each with its questions."""
    passages = fields.get("paragraphs")
    return isinstance(passages, list) and all(isinstance(one, dict) and "qas" in one for one in passages)


def questions(table: Table, names: Names) -> tuple[Table, Names]:
    """A row a question, numbered like the article it is from."""
    rows: list[Row] = []
    numbers: list[int] = []
    for number, article in zip(table.numbers, table.rows, strict=True):
        for passage in _objects(article.get(names["paragraphs"])):
            asked = [one for one in _objects(passage.get("qas")) if "question" in one]
            rows += [{**one, "context": passage.get("context"), "answers": one.get("answers") or []} for one in asked]
            numbers += [number] * len(asked)
    return Table(table.where, rows, numbers, table.unit, table.notes), QUESTION


def _pieces(value: Any) -> list[Any] | None:
    """The texts of {"text": [...], "answer_start": [...]} or of [{"text": ..., "answer_start": ...}]; else None."""
    value = decoded(value, dict)
    if isinstance(value, dict) and "answer_start" in value:
        texts = value.get("text")
        return texts if isinstance(texts, list) else [texts]
    if isinstance(value, list) and all(isinstance(one, dict) and "answer_start" in one for one in value):
        return [one.get("text") for one in value]
    return None


def _objects(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
