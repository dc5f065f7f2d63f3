"""The data set `feedback`: what people (and scripts) said of answers, as rows to learn from in TRL's formats.

Votes teach preferences, thumbs binary feedback, good answers and edits what to say. Ratings are never changed, only
added to, so `until` (the number of the last one that counts) names the same rows for ever.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from lab.data.feedback_card import CARD, FEEDBACK, MADE_FROM
from lab.data.types import Row
from lab.errors import DataError, nearest
from lab.home import Home
from lab.recipe import DataChoice
from lab.store import WHOSE, Answer, Feedback, Store
from lab.visitors import current

__all__ = ["CARD", "FEEDBACK", "MADE_FROM", "count_preferences", "load_feedback", "rows_of"]
FEWEST = 4
"""Rows from which there is something to learn and something to hold out."""


def load_feedback(choice: DataChoice, home: Home, formats: Sequence[str]) -> tuple[str, list[Row], list[str]]:
    """The format (the first of `formats` that ratings can be made into), its rows, and notes.

    Raises DataError when there are too few, or all say the same.
    """
    format = next((wanted for wanted in formats if wanted in MADE_FROM), None)
    if format is None:
        raise DataError(f"feedback can't be made into {' or '.join(formats)}", where="data",
                        do=f"choose an objective that learns from {', '.join(MADE_FROM)}.")  # fmt: skip
    with Store(home) as store:
        rows, notes = rows_of(store, format, choice.raters, choice.until, ties=choice.ties)
    if (telling := sum(not row.get("tie") for row in rows)) < FEWEST:
        kinds = " and ".join(f"{kind}s" for kind in MADE_FROM[format])
        raise DataError(f"there are {telling} rows of feedback for this objective", where="data: feedback",
                        do=f"it learns from {kinds}: rate at least {FEWEST} answers first, or have a script vote: "
                        "`lab feedback collect nano --pairs 500 --rater happier`.")  # fmt: skip
    if format == "binary_feedback" and len({row["label"] for row in rows}) == 1:
        side, missing = ("good", "bad") if rows[0]["label"] else ("bad", "good")
        raise DataError(f"all {len(rows)} ratings say '{side}'", where="data: feedback",
                        do=f"nothing can be learned from one side: rate some answers '{missing}' too.")  # fmt: skip
    return format, rows, notes


def rows_of(
    store: Store, format: str, raters: str = "all", until: int | None = None, ties: bool = False
) -> tuple[list[Row], list[str]]:
    """Current ratings as rows of `format`, and notes on what was left out; raises DataError for another format.

    `raters` is all, people or scripted. Of contradicting votes on one pair the majority counts. With `ties`,
    preferences come with the pairs that are tied, marked `tie`.
    """
    if format not in MADE_FROM:
        raise DataError(f"feedback can't be made into '{format}'", where="data", do=nearest(format, MADE_FROM))
    ratings = open_ratings(store.ratings.current(*MADE_FROM[format], scripted=WHOSE[raters], until=until))
    answers = store.ratings.answers({name for rating in ratings for name in (rating.answer, rating.other) if name})
    makers = {"preference": _preferences, "binary_feedback": _thumbs, "prompt_completion": _sayings, "prompt": _prompts}
    rows, notes = makers[format](ratings, answers)
    if ties and format == "preference":
        rows += (tied := _ties(ratings, answers))
        notes.append(f"{len(tied):,} pairs are tied, which a reward model learns from too.")
    if scripted := sum(rating.scripted for rating in ratings):
        notes.append(f"{scripted:,} of {len(ratings):,} ratings are by scripted raters.")
    return rows, notes


def open_ratings(ratings: Sequence[Feedback]) -> list[Feedback]:
    """Those that who is served now may read: all votes, and of what was said of conversations only their own."""
    me = current()
    return [one for one in ratings if me.owns_lab or one.kind == "vote" or one.rater == me.id]


def count_preferences(store: Store, raters: str = "all", until: int | None = None) -> int:
    """How many rows `rows_of` would make of preferences, counted by the database."""
    whose = WHOSE[raters]
    return store.pairs.preferred(scripted=whose, until=until) + store.ratings.count("edit", scripted=whose, until=until)


def _preferences(ratings: Sequence[Feedback], answers: dict[str, Answer]) -> tuple[list[Row], list[str]]:
    """One row a pair: what most votes on it preferred; edits are preferred to what they mend."""
    votes: dict[tuple[str, ...], Counter[tuple[str, str]]] = defaultdict(Counter)
    edits, ties, equal = [], 0, 0
    for rating in ratings:
        answer, other = answers[rating.answer], answers.get(rating.other or "")
        if rating.kind == "edit":
            edits.append(_pair(replace(answer, text=rating.verdict, settings={}), answer))
        elif other is None or rating.verdict not in ("left", "right"):
            ties += 1
        elif answer.text == other.text:
            equal += 1
        else:
            better, worse = (answer, other) if rating.verdict == "left" else (other, answer)
            votes[tuple(sorted((better.id, worse.id)))][better.id, worse.id] += 1
    rows, split = [], 0
    for counts in votes.values():
        (winner, most), *others = counts.most_common()
        if others and others[0][1] == most:
            split += 1
        else:
            better, worse = (answers[name] for name in winner)
            rows.append(_pair(better, worse))
    return rows + edits, _notes((ties, "votes say 'tie' or 'both bad', which prefers neither"),
                        (equal, "votes are between two equal answers"),
                        (split, "pairs have as many votes for one side as for the other"))  # fmt: skip


def _ties(ratings: Sequence[Feedback], answers: dict[str, Answer]) -> list[Row]:
    """Pairs of different answers that were voted equally good and never preferred, each once."""
    said: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for rating in ratings:
        if rating.kind == "vote" and rating.other and answers[rating.answer].text != answers[rating.other].text:
            said[tuple(sorted((rating.answer, rating.other)))].add(rating.verdict)
    tied = [[answers[name] for name in pair] for pair, verdicts in said.items() if verdicts == {"tie"}]
    return [_pair(one, other) | {"tie": True} for one, other in tied]


def _thumbs(ratings: Sequence[Feedback], answers: dict[str, Answer]) -> tuple[list[Row], list[str]]:
    """One row an answer. A vote is a thumb up for one answer and down for the other; what contradicts cancels out."""
    balance: dict[str, int] = defaultdict(int)
    for rating in ratings:
        for name, thumb in _judged(rating):
            balance[name] += thumb
    rows = [
        {"prompt": list(answers[name].messages), "completion": _said(answers[name].text), "label": sum_ > 0}
        for name, sum_ in balance.items()
        if sum_
    ]
    return rows, _notes((len(balance) - len(rows), "answers have as many thumbs up as down"))


def _judged(rating: Feedback) -> list[tuple[str, int]]:
    """Answers with 1 for good and -1 for bad."""
    sides = [rating.answer, rating.other or ""]
    verdicts = {"good": [1], "bad": [-1], "left": [1, -1], "right": [-1, 1], "both_bad": [-1, -1]}
    return list(zip(sides, verdicts.get(rating.verdict, ()), strict=False))


def _sayings(ratings: Sequence[Feedback], answers: dict[str, Answer]) -> tuple[list[Row], list[str]]:
    """Better answers, and answers with a thumb up."""
    good = [rating for rating in ratings if rating.kind == "edit" or rating.verdict == "good"]
    return [
        {"prompt": list(answers[rating.answer].messages),
         "completion": _said(rating.verdict if rating.kind == "edit" else answers[rating.answer].text)}
        for rating in good
    ], []  # fmt: skip


def _prompts(ratings: Sequence[Feedback], answers: dict[str, Answer]) -> tuple[list[Row], list[str]]:
    """What was asked, each once."""
    asked = {str(answers[rating.answer].messages): list(answers[rating.answer].messages) for rating in ratings}
    return [{"prompt": messages} for messages in asked.values()], []


def _pair(chosen: Answer, rejected: Answer) -> Row:
    """A preference, with a mark on each answer that was cut before it ended."""
    row = {"prompt": list(chosen.messages), "chosen": _said(chosen.text), "rejected": _said(rejected.text)}
    cut = {"chosen_cut": not chosen.ended, "rejected_cut": not rejected.ended}
    return row | {name: True for name, is_so in cut.items() if is_so}


def _said(text: str) -> list[dict[str, str]]:
    return [{"role": "assistant", "content": text}]


def _notes(*counted: tuple[int, str]) -> list[str]:
    return [f"Left out: {count:,} {what}." for count, what in counted if count]
