"""(f) The feedback loop from votes to duel, once a seed, each in a new lab; what each seed came to.

500 pairs judged by a script, some 300 of them decided, a reward model of those, PPO with LoRA for that reward model
(`recipes/rlhf/loop.yaml`), and a duel with the start before the same rater. `python -m tests.bench.bench_loop 0 1 2`
names the seeds. CPU minutes are given beside wall minutes: on a busy machine only they mean something.
"""

import contextlib
import json
import os
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from lab.data.builtin import prompts
from lab.data.questions import questions
from lab.feedback.collection.pairs import PairRequest, collect_pairs
from lab.feedback.scripted import cast_scripted
from lab.generate import Sampling
from lab.home import RECIPES, Home
from lab.objectives.reward_model import load_reward
from lab.planning.queue import submit
from lab.raters import happier
from lab.recipe import DataChoice, read_recipe
from lab.serving.engine import InferenceEngine
from lab.store import Pair, Run, Status, Store
from lab.training.run import train_run

SEEDS = (0, 1, 2)
VOTES, FRESH, DUEL = 500, 200, 200
BASE, RATER = "nano", "happier"
RECIPE = Path(os.environ.get("BENCH_RECIPE", RECIPES / "rlhf" / "loop.yaml"))
THREADS = int(os.environ.get("BENCH_THREADS", "2"))


def measure(seed: int) -> dict:
    """The whole loop with one seed."""
    import torch

    torch.set_num_threads(THREADS)
    with tempfile.TemporaryDirectory() as folder, Store(Home(Path(folder))) as store:
        begun, used = time.monotonic(), time.process_time()
        votes, pairs = _voted(store, BASE, "train", VOTES, seed)
        (queued,) = submit(read_recipe(RECIPE, [f"seed={seed}"]), store)
        claimed = store.runs.claim("here", only=[queued.id])
        with contextlib.redirect_stdout(sys.stderr):  # where its steps are told
            ended = train_run(claimed, store)
        if ended != Status.DONE:
            raise SystemExit("the run did not end well")
        took, cpu = (time.monotonic() - begun) / 60, (time.process_time() - used) / 60
        run = store.runs.get(queued.id)
        fresh = _voted(store, BASE, "held_out", FRESH, seed + 1000)[1]
        met, duel = _voted(store, f"run:{run.id}", "held_out", DUEL, seed)
        return {"seed": seed, "votes": votes, **_figures(store, run, pairs + fresh, fresh, met, duel),
                "minutes": round(took, 1), "cpu_minutes": round(cpu, 1),
                "train_minutes": round(run.outcome.train_seconds / 60, 1)}  # fmt: skip


def _voted(store: Store, second: str, split: str, pairs: int, seed: int) -> tuple[Counter, list[Pair]]:
    """Pairs of the start's and `second`'s answers with the rater's votes on them."""
    asked = questions([DataChoice(name=prompts.CARD.id)], store.home, seed, split)
    order = PairRequest(BASE, second, tuple(asked), split, pairs, Sampling(1.0, 0.95, 48, seed))
    voices, stop = InferenceEngine(store.home), threading.Event()
    said, kept = Counter(), []
    for batch in collect_pairs(order, store, lambda *ask: voices.answer(*ask, stop), stop):
        said += cast_scripted(store, RATER, batch.pairs)
        kept += batch.pairs
    return said, kept


def _figures(store: Store, run: Run, own: list[Pair], fresh: list[Pair], met: Counter, duel: list[Pair]) -> dict:
    before, after = (statistics.mean(_score(getattr(pair, side).text) for pair in duel) for side in ("first", "second"))
    spread = statistics.pstdev(_score(answer.text) for pair in own for answer in (pair.first, pair.second))
    decided = met["left"] + met["right"]
    metrics = {name: (change.before, change.after) for name, change in run.outcome.metrics.items()}
    return {
        "accuracy_on_fresh_pairs": round(_accuracy(store, run.id, fresh), 3),
        "start": round(before, 2), "policy": round(after, 2), "start_sd": round(spread, 2),
        "gain_in_sd": round((after - before) / spread, 2), "kl": round(metrics["kl"][1], 2),
        "wins_of_decided": round(met["right"] / decided, 3), "duel": dict(met),
        "metrics": {name: tuple(value and round(value, 3) for value in both) for name, both in metrics.items()},
    }  # fmt: skip


def _accuracy(store: Store, run: str, pairs: list[Pair]) -> float:
    """How often the reward model and the rater prefer the same of two answers, where the rater prefers one."""
    from lab.objectives.policy.rewards import Answers

    judge = load_reward(f"run:{run}", store.home)
    asked = [list(pair.first.messages) for pair in pairs]

    def judged(texts: list[str]) -> list[float]:
        said = [[{"role": "assistant", "content": text}] for text in texts]
        return list(judge.score(Answers.given(asked, said)))

    one, other = (judged([getattr(pair, side).text for pair in pairs]) for side in ("first", "second"))
    liked = [_score(pair.first.text) - _score(pair.second.text) for pair in pairs]
    right = [(mine - yours) * gap > 0 for mine, yours, gap in zip(one, other, liked, strict=True) if gap]
    return sum(right) / len(right)


def _score(text: str) -> float:
    return happier.score([""], [text])[0]


if __name__ == "__main__":
    for seed in map(int, sys.argv[1:] or SEEDS):
        print(json.dumps(measure(seed)), flush=True)
