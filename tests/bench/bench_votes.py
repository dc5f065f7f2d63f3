"""(g) What votes teach a reward model: accuracy on fresh pairs by ways of choosing what is voted on and of learning it.

`python -m tests.bench.bench_votes 2 3 4 5 6` names the seeds (0 and 1 were tuned on). For each seed, in a new lab:

- `usual`: VOTES pairs at random, ties thrown away, the score read at the last token (as it was before);
- `random`: the same votes, ties learned from, the score summed over tokens, twice as many passes;
- `half`: half as many votes at random;
- `chosen`: half as many votes, a fifth of VOTES at random and the rest on pairs that a reward model of those chose;
- `open`: half as many votes, each on that pair of 2 CANDIDATES answers about which the votes before it say least.

Each is asked about the same FRESH pairs that the rater decides: two samples of nano to held-out questions, drawn
as the random votes are. Their accuracy has a standard error of some 0.025.
"""

import json
import os
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path

from lab.api.choosing import furthest_apart, most_open
from lab.data.builtin import prompts
from lab.data.questions import questions
from lab.feedback.collection.pairs import Chooser, PairRequest, collect_pairs
from lab.feedback.scripted import cast_scripted
from lab.generate import Sampling
from lab.home import Home
from lab.planning.queue import submit
from lab.raters import happier
from lab.recipe import DataChoice, build_recipe
from lab.serving.engine import InferenceEngine
from lab.serving.scoring import judged_by
from lab.store import Pair, Status, Store
from lab.training.run import train_run

SEEDS = (2, 3, 4, 5, 6)
VOTES, FRESH, CANDIDATES = 500, 200, 4
FIRST = VOTES // 5
BASE, RATER = "nano", "happier"
WAYS = tuple(os.environ.get("BENCH_WAYS", "usual random half chosen").split())
PASSES, USUAL_PASSES = 6, 3


@dataclass
class Ballot:
    """A lab of its own with the votes of one way."""

    store: Store
    seed: int

    def vote(
        self, pairs: int, choose: Chooser | None = None, split: str = "train", decided: bool = False
    ) -> list[Pair]:
        """Make pairs and have the rater vote; with `decided`, until so many are no ties. Returns the pairs."""
        home = self.store.home
        asked = questions([DataChoice(name=prompts.CARD.id)], home, self.seed, split)
        order = PairRequest(BASE, BASE, tuple(asked), split, pairs, Sampling(1.0, 0.95, 48, 1000 * self.seed),
                            candidates=CANDIDATES if choose else 1)  # fmt: skip
        engine, stop, kept = InferenceEngine(home), threading.Event(), []
        while len(kept) < pairs:
            for batch in collect_pairs(replace(order, pairs=pairs - len(kept)), self.store,
                                       lambda *ask: engine.answer(*ask, stop), stop, choose):  # fmt: skip
                cast_scripted(self.store, RATER, batch.pairs)
                kept += [pair for pair in batch.pairs if not decided or _gap(pair)]
        return kept

    def learn(self, pairs: list[Pair], usual: bool = False) -> str:
        """A reward model of all votes so far, as the lab trains it."""
        rows = sum(bool(_gap(pair)) for pair in pairs) if usual else len(pairs)
        steps = max(12, round((USUAL_PASSES if usual else PASSES) * 0.9 * rows / 16))
        options = {"read": "last", "centre": 0.01} if usual else {"read": "sum"}
        recipe = build_recipe({
            "base": BASE, "objective": "reward", "seed": self.seed, "learning_rate": 1e-3,
            "data": {"name": "feedback", "ties": not usual}, "options": options,
            "budget": {"steps": steps, "batch_size": 16, "max_length": 128},
            "evaluate": {"rows": 1, "answers": 0, "retained": 0}, "variants": [{"name": "judge", "method": "full"}],
        })  # fmt: skip
        (queued,) = submit(recipe, self.store)
        if train_run(self.store.runs.claim("here", only=[queued.id]), self.store) != Status.DONE:
            raise SystemExit("the run did not end well")
        return f"run:{queued.id}"


def measure(seed: int) -> dict:
    with tempfile.TemporaryDirectory() as folder, Store(Home(Path(folder))) as store:
        fresh = Ballot(store, seed + 500).vote(FRESH, split="held_out", decided=True)
    return {"seed": seed, "fresh": len(fresh)} | {way: _measured(way, seed, fresh) for way in WAYS}


def _measured(way: str, seed: int, fresh: list[Pair]) -> dict:
    begun = time.process_time()
    with tempfile.TemporaryDirectory() as folder, Store(Home(Path(folder))) as store:
        ballot = Ballot(store, seed)
        if way == "chosen":
            pairs = ballot.vote(FIRST)
            pairs += ballot.vote(VOTES // 2 - FIRST, furthest_apart(judged_by(ballot.learn(pairs), store.home)))
        elif way == "open":
            pairs = ballot.vote(VOTES // 2, most_open(store))
        else:
            pairs = ballot.vote(VOTES // 2 if way == "half" else VOTES)
        score = judged_by(ballot.learn(pairs, usual=way == "usual"), store.home)
        first, second = score([pair.first for pair in fresh]), score([pair.second for pair in fresh])
        right = sum((one - other) * _gap(pair) > 0 for one, other, pair in zip(first, second, fresh, strict=True))
    ties = sum(not _gap(pair) for pair in pairs)
    return {"accuracy": round(right / len(fresh), 3), "votes": len(pairs), "ties": round(ties / len(pairs), 2),
            "cpu_minutes": round((time.process_time() - begun) / 60, 1)}  # fmt: skip


def _gap(pair: Pair) -> float:
    one, other = happier.score([""] * 2, [pair.first.text, pair.second.text])
    return one - other


if __name__ == "__main__":
    import torch

    torch.set_num_threads(1)
    for seed in map(int, sys.argv[1:] or SEEDS):
        print(json.dumps(measure(seed)), flush=True)
