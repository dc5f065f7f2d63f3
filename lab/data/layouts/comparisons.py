"""Two answers and which is better: LMArena's votes, HelpSteer's preferences, SHP, PKU-SafeRLHF and their like."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from lab.data import checks
from lab.data.layouts.layout import Fields, Names, Place, column_for
from lab.data.layouts.preferences import preference
from lab.data.turns import decoded
from lab.data.types import Row
from lab.errors import DataError

ANSWER = re.compile(r"(response|conversation|answer|output|completion|generation|summary|human_ref)([_-]?)([ab012])")
ENDINGS = (("a", "b"), ("0", "1"), ("1", "2"))
WORDS = (("left", "right"), ("first", "second"))
WINNERS = ("winner", "verdict", "preferred", "preference", "choice", "vote", "better_response_id", "label", "labels")
STRENGTHS = ("overall_preference", "preference_strength")
"""Columns with a number below zero where the first answer is better, and above where the second is (HelpSteer 2, 3)."""
SCORES = ("score", "rating", "reward", "helpfulness")
PROMPTS = ("context", "history", "post")
TIES = (
    "tie",
    "tie (bothbad)",
    "tie (both bad)",
    "both_bad",
    "bothbad",
    "both bad",
    "both",
    "neither",
    "draw",
    "equal",
    "same",
)
PREFIX = re.compile(
    r"(?:model|response|answer|output|completion|generation|assistant|option|conversation)?[ _-]*([ab012])"
)


def find_pair(columns: Collection[str], mapping: Names) -> dict[str, str] | None:
    """The columns of both answers, of the prompt, and of what says which is better; None where one is missing."""
    free = {column.strip().casefold(): column for column in columns}
    pair = pair_among(free)
    if {"first", "second"} <= set(mapping):
        pair = (mapping["first"], mapping["second"])
    if pair is None or not set(pair) <= {*free, *columns}:
        return None
    names = {side: free.get(name.casefold(), name) for side, name in zip(("first", "second"), pair, strict=True)}
    verdict = _verdict_columns(free, pair, mapping)
    prompt = column_for("prompt", columns, mapping) or next((free[name] for name in PROMPTS if name in free), None)
    if verdict is None or (prompt is None and "conversation" not in names["first"].lower()):
        return None
    models = {
        f"model_{side}": free[f"model_{end}"]
        for side, end in (("first", "a"), ("second", "b"))
        if f"model_{end}" in free
    }
    return names | verdict | models | ({"prompt": prompt} if prompt else {})


def pair_among(columns: Collection[str]) -> tuple[str, str] | None:
    """Two columns that are named as two answers to one question; None where there are none, or more than two."""
    for pair in WORDS:
        if set(pair) <= set(columns):
            return pair
    stems: dict[str, list[str]] = {}
    for column in columns:
        if found := ANSWER.fullmatch(column):
            stems.setdefault(found[1] + found[2], []).append(found[3])
    for stem, ends in stems.items():
        if len(ends) == 2 and (min(ends), max(ends)) in ENDINGS:
            return stem + min(ends), stem + max(ends)
    return None


def comparison(fields: Fields, place: Place, names: Names) -> Row | list[Row]:
    """The better and the worse answer; nothing for a tie, for no verdict, or for two equal answers."""
    better, strength = _judged(fields, place, names)
    if better == 0:
        place.tell("pairs were left out: they are ties, or nobody says which is better")
        return []
    sides = ("first", "second") if better < 0 else ("second", "first")
    given: dict[str, Any] = {"chosen": fields[sides[0]], "rejected": fields[sides[1]], "margin": strength}
    if "prompt" in fields:
        given["prompt"] = fields["prompt"]
    given |= _interleaved(given)
    if given["chosen"] == given["rejected"]:
        place.tell("pairs were left out: both answers are the same")
        return []
    given |= {name: fields[name] for name in ("system", "tools") if name in fields}
    return preference(given, place, {**names, "chosen": names[sides[0]], "rejected": names[sides[1]]})


def _verdict_columns(free: Mapping[str, str], pair: tuple[str, str], mapping: Names) -> dict[str, str] | None:
    if "winner" in mapping:
        return {"winner": mapping["winner"]}
    for name in STRENGTHS:
        if name in free:
            return {"strength": free[name]}
    for name in WINNERS:
        if name in free:
            return {"winner": free[name]}
    ends = [name[-1] for name in pair]
    for stem in ("winner_model_", "winner_"):
        if all(stem + end in free for end in ends):
            return {"first_wins": free[stem + ends[0]], "second_wins": free[stem + ends[1]]}
    for stem in (stem + sep for stem in SCORES for sep in ("_", "-", "")):
        if all(stem + end in free for end in ends):
            return {"first_score": free[stem + ends[0]], "second_score": free[stem + ends[1]]}
    return None


def _judged(fields: Fields, place: Place, names: Names) -> tuple[int, float | None]:
    """-1 where the first answer is better, 1 where the second is, 0 for neither; and by how much, where it is said."""
    if "strength" in names:
        by = checks.number(fields.get("strength")) or 0.0
        return (by > 0) - (by < 0), abs(by)
    if "first_score" in names:
        one, other = (checks.number(fields.get(f"{side}_score")) for side in ("first", "second"))
        by = 0.0 if one is None or other is None else other - one
        return (by > 0) - (by < 0), abs(by)
    if "first_wins" in names:
        wins = [checks.truth(fields.get(side), place, names[side]) for side in ("first_wins", "second_wins")]
        return wins[1] - wins[0], None
    return _winner(fields, place, names), None


def _winner(fields: Fields, place: Place, names: Names) -> int:
    value = fields.get("winner")
    word = str(value).strip().lower() if isinstance(value, str | int | float) else ""
    if value is None or word in ("", "nan", *TIES):
        return 0
    if word in (word_of := {"left": -1, "first": -1, "right": 1, "second": 1}):
        return word_of[word]
    models = [str(fields.get(f"model_{side}")).lower() for side in ("first", "second")]
    if word in models and models[0] != models[1]:
        return 2 * models.index(word) - 1
    for side, sign in (("first", -1), ("second", 1)):
        if word == names[side].lower():
            return sign
    found = PREFIX.fullmatch(word.removesuffix(".0"))
    ends = tuple(names[side][-1].lower() for side in ("first", "second"))
    if names["first"].lower().startswith("human_ref") and found:  # SHP: 1 says that A is preferred
        ends = ("1", "0")
    if found and (end := found[1]) in ends:
        return 2 * ends.index(end) - 1
    if found and found[1] in "ab":
        return -1 if found[1] == "a" else 1
    if ends == ("1", "2") and word.removesuffix(".0") == "0":
        return 0
    if (number := checks.number(value)) is not None and ends in ENDINGS[1:] and int(ends[0]) < number < int(ends[1]):
        middle = (int(ends[0]) + int(ends[1])) / 2  # the mean of several people's choices
        return (number > middle) - (number < middle)
    raise DataError(f"{checks.short(value)!r} does not say which answer is better",
                    where=f"{place}, column '{names['winner']}'",
                    do=f"write '{names['first']}', '{names['second']}' or 'tie'.")  # fmt: skip


def _interleaved(given: Mapping[str, Any]) -> dict[str, Any]:
    """Whole conversations where questions and answers are lists of texts (LMSYS at Kaggle); {} where they are not."""
    asked, *sides = (decoded(given.get(name), str) for name in ("prompt", "chosen", "rejected"))
    lists = [value for value in (asked, *sides) if isinstance(value, list) and value and isinstance(value[0], str)]
    if len(lists) < 3 or len({len(value) for value in lists}) > 1:
        return {}
    talks = [
        [turn for question, answer in zip(asked, side, strict=True)
         for turn in ({"role": "user", "content": question}, {"role": "assistant", "content": answer})]
        for side in sides
    ]  # fmt: skip
    return {"prompt": None, "chosen": talks[0], "rejected": talks[1]}
