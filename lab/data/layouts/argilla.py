"""Argilla's exports as plain tables: a record's fields, and what people answered to its questions, as columns.

Read are records as JSON (fields, responses, suggestions), the flat data sets of Argilla 2 (`name.responses`,
`name.suggestion`) and those of Argilla 1 (`name` with a list of answers, `name-suggestion`). Several people's answers
become one: the mean of numbers, the mean place in a ranking, what most say. Where nobody answered, the
suggestion counts.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from lab.data import checks
from lab.data.layouts.comparisons import WINNERS, pair_among
from lab.data.turns import decoded
from lab.data.types import Row, Table

NESTED = {"fields", "responses"}, {"fields", "suggestions"}
REFUSED = ("discarded", "draft", "pending")
ENDS = ("responses", "suggestion")
CALLED = "Argilla's export"


def is_argilla(row: Row, columns: Collection[str]) -> bool:
    """Whether the columns of a table, and its first row, are those of an export."""
    return _is_nested(row) or bool(_flat_questions(columns) or _old_questions(columns))


def unwrapped(table: Table) -> Table:
    """A record's fields and one answer to each question as columns that the other layouts know."""
    rows = [_record(row, _is_nested(table.rows[0])) for row in table.rows]
    records = [(fields, {name: _agreed(given, fields) for name, given in answers.items()}) for fields, answers in rows]
    questions = {name for _, answers in records for name in answers}
    renamed = _renamed(records, sorted(questions))
    plain = [_row(fields, answers, renamed) for fields, answers in records]
    return Table(table.where, plain, table.numbers, table.unit, (*table.notes, f"Read as: {CALLED}."))


def _is_nested(row: Row) -> bool:
    return any(pair <= set(row) for pair in NESTED) and isinstance(decoded(row["fields"], dict), dict)


def _flat_questions(columns: Collection[str]) -> set[str]:
    return {column.rpartition(".")[0] for column in columns if column.rpartition(".")[2] in ENDS and "." in column}


def _old_questions(columns: Collection[str]) -> set[str]:
    return {column for column in columns if f"{column}-suggestion" in columns}


def _record(row: Row, nested: bool) -> tuple[Row, dict[str, list[Any]]]:
    """A row's fields, and to each question what people answered, or the suggestion where nobody did."""
    if nested:
        fields, given, suggested = (_object(row.get(name)) for name in ("fields", "responses", "suggestions"))
        names = {*given, *suggested}
        return fields, {name: _answers(given.get(name)) or _answers(suggested.get(name)) for name in names}
    columns = set(row)
    flat, old = _flat_questions(columns), _old_questions(columns)
    answers = {name: _with_status(row, name) or _answers(row.get(f"{name}.suggestion")) for name in flat}
    answers |= {name: _answers(row.get(name)) or _answers(row.get(f"{name}-suggestion")) for name in old}
    about = tuple(f"{name}{sign}" for name in (*flat, *old) for sign in (".", "-"))
    return {name: value for name, value in row.items() if name not in old and not name.startswith(about)}, answers


def _object(value: Any) -> dict[str, Any]:
    found = decoded(value, dict)
    return dict(found) if isinstance(found, dict) else {}


def _with_status(row: Row, name: str) -> list[Any]:
    given, status = (
        value if isinstance(value := row.get(f"{name}.{sort}"), list) else []
        for sort in ("responses", "responses.status")
    )
    kept = [answer for i, answer in enumerate(given) if i >= len(status) or status[i] not in REFUSED]
    return [answer for answer in kept if answer is not None]


def _answers(given: Any) -> list[Any]:
    """The answers in a cell: one, or a list of them, each bare or with its `value` and the `status` it has."""
    given = decoded(given, dict)
    listed = given if isinstance(given, list) and all(isinstance(one, dict) for one in given) else [given]
    if listed and all(isinstance(one, dict) and {"rank", "value"} == set(one) for one in listed):
        return [listed]  # one ranking, place by place
    kept = [one for one in listed if not isinstance(one, dict) or one.get("status") not in REFUSED]
    values = [one["value"] if isinstance(one, dict) and "value" in one else one for one in kept]
    return [value for value in values if value is not None]


def _agreed(given: Sequence[Any], fields: Mapping[str, Any]) -> Any:
    """One answer for several: the mean of numbers and of rankings, else what most say; None where they can't agree."""
    if not given:
        return None
    rankings = [ranking for one in given if (ranking := _ranking(one, fields))]
    if rankings:
        ranked = {name for one in rankings for name in one}
        return {name: sum(one.get(name, len(one)) for one in rankings) / len(rankings) for name in sorted(ranked)}
    numbers = [checks.number(one) for one in given]
    if all(number is not None for number in numbers):
        return sum(number for number in numbers if number is not None) / len(numbers)
    (first, most), *others = Counter(map(str, given)).most_common()
    if others and others[0][1] == most:
        return None
    return next(one for one in given if str(one) == first)


def _ranking(answer: Any, fields: Mapping[str, Any]) -> dict[str, float] | None:
    """The place of each field that a ranking names, 1 for the best; None for an answer that is no ranking."""
    if isinstance(answer, dict) and isinstance(answer.get("rank"), list) and isinstance(answer.get("value"), list):
        places = list(zip(answer["value"], answer["rank"], strict=False))
    elif isinstance(answer, list) and answer and all(isinstance(one, dict) and "rank" in one for one in answer):
        places = [(one.get("value"), one["rank"]) for one in answer]
    elif isinstance(answer, list) and all(isinstance(one, str) for one in answer):
        places = [(name, number) for number, name in enumerate(answer, 1)]
    else:
        return None
    known = {
        name: found
        for name, place in places
        if isinstance(name, str) and name in fields and (found := checks.number(place)) is not None
    }
    return known if len(known) > 1 else None


def _renamed(records: Sequence[tuple[Row, dict[str, Any]]], questions: Sequence[str]) -> dict[str, str]:
    """What to call a question where only one of its kind is asked: which answer is better, its score, or its thumb."""
    fields = {name for record, _ in records for name in record}
    values = {name: [answers[name] for _, answers in records if answers.get(name) is not None] for name in questions}
    pair = pair_among({name.casefold() for name in fields})
    if pair:
        asked = [name for name in questions if any(isinstance(value, str) for value in values[name])]
        return {asked[0]: "winner"} if len(asked) == 1 and not set(WINNERS) & set(questions) else {}
    truths = [name for name in questions if values[name] and all(map(_is_thumb, values[name]))]
    scores = [name for name in questions if values[name] and all(isinstance(one, float) for one in values[name])]
    return ({truths[0]: "label"} if len(truths) == 1 else {}) | ({scores[0]: "score"} if len(scores) == 1 else {})


def _is_thumb(answer: Any) -> bool:
    return isinstance(answer, str | bool) and checks.known_truth(answer) is not None


def _row(fields: Row, answers: Mapping[str, Any], renamed: Mapping[str, str]) -> Row:
    """Fields and answers as columns; a ranking as the list of what it ranks."""
    row = dict(fields)
    for name, answer in answers.items():
        if isinstance(answer, dict) and set(answer) <= set(fields):
            row = {key: value for key, value in row.items() if key not in answer}
            row["answers"] = [{"response": fields[key], "rank": place} for key, place in answer.items()]
        elif name not in row:
            row[renamed.get(name, name)] = answer
    return row
