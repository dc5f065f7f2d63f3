"""(h) Which of several pairs to vote on, tried in a minute a seed on a stand-in for the reward model, `VoteModel`.

`python -m tests.bench.bench_choice 0 1` names the seeds. For each, nano gives EACH answers to QUESTIONS questions, the
rater votes on FIRST pairs at random and then, ROUND by ROUND, on one pair of each further question, as a rule chooses.
The model of those votes is asked about fresh pairs that the rater decides. Means over DRAWS orders of the questions.
What a rule is worth to the real reward model is for bench_votes to say.
"""

import json
import pickle
import random
import sys
import tempfile
import threading
from functools import cache
from itertools import combinations
from pathlib import Path
from statistics import fmean, stdev

from lab.data.builtin import prompts
from lab.data.questions import questions
from lab.feedback.collection.telling import VoteModel
from lab.generate import Pane, Sampling
from lab.home import Home
from lab.raters import happier
from lab.recipe import DataChoice
from lab.serving.engine import InferenceEngine

QUESTIONS, EACH, FRESH, DRAWS = 600, 8, 900, 8
FIRST, VOTES, ROUND, TOGETHER = 100, 250, 50, 256
RULES = {
    "random": lambda mean, spread, gap, chance, openness: chance,
    "furthest apart": lambda mean, spread, gap, chance, openness: abs(mean),
    "least sure": lambda mean, spread, gap, chance, openness: -abs(mean),
    "widest": lambda mean, spread, gap, chance, openness: spread,
    "apart and wide": lambda mean, spread, gap, chance, openness: (abs(mean) + 0.1) * spread,
    "most open": lambda mean, spread, gap, chance, openness: openness,
    "truly furthest apart": lambda mean, spread, gap, chance, openness: abs(gap) + 0.01 * chance,
}
"""The higher, the better a pair is; the last one knows what nobody knows before the vote."""


def sample(seed: int, split: str, count: int, each: int) -> list[list[str]]:
    """Answers of nano at temperature 1 to so many questions, which take turns."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        asked = questions([DataChoice(name=prompts.CARD.id)], home, seed, split)
        engine, stop = InferenceEngine(home), threading.Event()
        panes = [Pane(f"{place}/{number}", "base:nano", (seed * 1_000_003 + place * 64 + number) % 2**31)
                 for place in range(count) for number in range(each)]  # fmt: skip
        texts = {pane.key: "" for pane in panes}
        for begin in range(0, len(panes), TOGETHER):
            some = panes[begin : begin + TOGETHER]
            said = {pane.key: list(asked[int(pane.key.split("/")[0]) % len(asked)]) for pane in some}
            for delta in engine.answer(said, some, Sampling(1.0, 0.95, 48, 0), stop):
                texts[delta.pane] += delta.text
    return [[texts[f"{place}/{number}"].strip() for number in range(each)] for place in range(count)]


def pool(seed: int) -> tuple[list[list[str]], list[list[str]]]:
    """The answers to vote on and the fresh pairs, kept in the temporary folder for the next time."""
    kept = Path(tempfile.gettempdir()) / f"bench_choice_{seed}.pkl"
    if not kept.exists():
        made = sample(seed, "train", QUESTIONS, EACH), sample(seed + 500, "held_out", FRESH, 2)
        kept.write_bytes(pickle.dumps(made))
    return pickle.loads(kept.read_bytes())


@cache
def score(text: str) -> float:
    return happier.score([""], [text])[0]


def gaps(pairs: list) -> list[float]:
    return [score(one) - score(other) for one, other in pairs]


def learn(rule: str, draw: int, answers: list[list[str]], votes: int, first: int, size: int) -> tuple[VoteModel, float]:
    """A model of votes chosen by a rule, and the share of ties among what it chose."""
    chance = random.Random(draw)
    line = [some for some in answers if len(set(filter(None, some))) > 1]
    chance.shuffle(line)
    asked = [chance.choice(_pairs(some)) for some in line[:first]]
    for begin in range(first, votes, size):
        model = _model(asked)
        for some in line[begin : min(begin + size, votes)]:
            pairs = _pairs(some)
            rows = zip(model.expected(pairs), gaps(pairs), model.openness(pairs), strict=True)
            worth = [RULES[rule](mean, spread, gap, chance.random(), wide) for (mean, spread), gap, wide in rows]
            asked.append(pairs[worth.index(max(worth))])
    return _model(asked), fmean(gap == 0 for gap in gaps(asked[first:] or asked))


def measure(seed: int, rule: str, votes: int = VOTES, first: int = FIRST, size: int = ROUND) -> dict:
    answers, held = pool(seed)
    fresh = [tuple(pair) for pair in held if all(pair)]
    true = gaps(fresh)
    shares, ties = [], []
    for draw in range(DRAWS):
        model, tied = learn(rule, draw, answers, votes, first, size)
        right = [mean * gap > 0 for (mean, _), gap in zip(model.expected(fresh), true, strict=True) if gap]
        shares.append(fmean(right))
        ties.append(tied)
    error = stdev(shares) / DRAWS**0.5
    return {"seed": seed, "rule": rule, "votes": votes, "first": first, "accuracy": round(fmean(shares), 3),
            "error": round(error, 3), "ties": round(fmean(ties), 2)}  # fmt: skip


def _pairs(some: list[str]) -> list[tuple[str, str]]:
    return [pair for pair in combinations(some, 2) if all(pair) and pair[0] != pair[1]]


def _model(pairs: list) -> VoteModel:
    return VoteModel(pairs, [(gap > 0) - (gap < 0) for gap in gaps(pairs)])


if __name__ == "__main__":
    for seed in map(int, sys.argv[1:] or (0, 1)):
        for votes in (250, 350, 500):
            print(json.dumps(measure(seed, "random", votes, votes)), flush=True)
        for rule in list(RULES)[1:]:
            print(json.dumps(measure(seed, rule)), flush=True)
        print(json.dumps(measure(seed, "most open", first=50, size=25)), flush=True)
