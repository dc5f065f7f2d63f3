"""Answers with scores or ranks become pairs: UltraFeedback's completions, Nectar's answers, HelpSteer's rows."""

from collections import defaultdict
from itertools import combinations
from typing import Any

from lab.data import checks
from lab.data.layouts.layout import Fields, Names, Place
from lab.data.layouts.preferences import preference
from lab.data.parse import kind
from lab.data.turns import decoded
from lab.data.types import Row, Table
from lab.errors import DataError

WORDS = ("response", "answer", "text", "completion", "content", "output", "generation", "value")
SCORES = ("overall_score", "score", "rating", "reward", "helpfulness", "fine-grained_score", "pm_score")
RANK = "rank"


def has_scores(fields: Fields) -> bool:
    """Whether a row's answers are a list of at least two, each with a score or a rank of its own or beside it."""
    answers = decoded(fields.get("answers"), dict, str)
    if not isinstance(answers, list) or len(answers) < 2:
        return False
    if isinstance(fields.get("scores"), list | str):
        return all(isinstance(answer, str | dict) for answer in answers)
    return all(isinstance(answer, dict) and _score(answer) is not None for answer in answers)


def rated(fields: Fields, place: Place, names: Names) -> list[Row]:
    """Every pair of a question's answers of which one is better; its margin is the difference of the scores."""
    answers = decoded(fields["answers"], dict, str)
    if not isinstance(answers, list):
        raise DataError(f"{kind(answers)} is here, where a list of answers is expected",
                        where=f"{place}, column '{names['answers']}'", do="write [{...}, {...}].")  # fmt: skip
    ranked = RANK in names.get("scores", "").lower()
    beside = decoded(fields.get("scores"), int, float, str)
    scores = beside if isinstance(beside, list) else [_score(answer) for answer in answers]
    ranked = ranked or (not isinstance(beside, list) and all(_is_ranked(answer) for answer in answers))
    if len(scores) != len(answers):
        raise DataError(f"there are {len(answers)} answers and {len(scores)} scores",
                        where=f"{place}, column '{names['scores']}'", do="give each answer a score.")  # fmt: skip
    known = [(_words(answer), score) for answer, one in zip(answers, scores, strict=True)
             if (score := checks.number(one)) is not None]  # fmt: skip
    rows: list[Row] = []
    for (one, a), (other, b) in combinations(known, 2):
        if a == b or one == other:
            place.tell("pairs of answers are no pairs to learn from: their scores, or the answers, are the same")
            continue
        better, worse = (one, other) if (a > b) != ranked else (other, one)
        given = {name: fields[name] for name in ("prompt", "system") if name in fields}
        given |= {"chosen": better, "rejected": worse} | ({} if ranked else {"margin": abs(a - b)})
        found = preference(given, place, {**names, "chosen": names["answers"], "rejected": names["answers"]})
        rows += found if isinstance(found, list) else [found]
    return rows


def by_question(table: Table, names: Names) -> tuple[Table, Names]:
    """A table of rows with one rated answer each (HelpSteer) as one of questions with all their answers."""
    groups: dict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(table.rows):
        groups[repr((row.get(names["prompt"]), row.get(names.get("system", ""))))].append(index)
    together = [group for group in groups.values() if len(group) > 1]
    rows = [
        {
            **{ours: table.rows[group[0]].get(names[ours]) for ours in ("prompt", "system") if ours in names},
            "answers": [
                {"response": table.rows[i].get(names["completion"]), "score": table.rows[i].get(names["score"])}
                for i in group
            ],
        }
        for group in together
    ]
    if not rows:
        raise DataError("no question has two answers, so there are no pairs to learn from", where=table.where,
                        do="give each question two rated answers, or learn from single answers.")  # fmt: skip
    alone = len(groups) - len(together)
    notes = (f"{alone:,} questions have only one answer, and make no pair.",) if alone else ()
    gathered = Table(
        table.where, rows, [table.numbers[group[0]] for group in together], table.unit, (*table.notes, *notes)
    )
    return gathered, {name: name for name in rows[0]}


def _words(answer: Any) -> Any:
    """What an answer says: text or a message."""
    if not isinstance(answer, dict) or "role" in answer or "from" in answer:
        return answer
    return next((answer[key] for key in WORDS if answer.get(key) is not None), None)


def _score(answer: Any) -> float | None:
    """An answer's own score or rank; for UltraFeedback's without one, the mean of its ratings."""
    if not isinstance(answer, dict):
        return None
    own = next((found for key in (*SCORES, RANK) if (found := checks.number(answer.get(key))) is not None), None)
    notes = answer.get("annotations")
    if own is not None or not isinstance(notes, dict):
        return own
    ratings = [checks.number(note.get("Rating")) for note in notes.values() if isinstance(note, dict)]
    known = [rating for rating in ratings if rating is not None]
    return sum(known) / len(known) if known else None


def _is_ranked(answer: Any) -> bool:
    return isinstance(answer, dict) and RANK in answer and not any(answer.get(key) is not None for key in SCORES)
