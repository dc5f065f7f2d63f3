"""(e) Four LoRA adapters' answers at once, in one batch on one base, against one after the other.

`--base` takes any base model by name, Hub id or folder; a pulled one is looked for under LAB_HOME.
"""

import argparse
import json
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

from lab.generate import Pane, Sampling
from lab.home import Home, find_home
from lab.models import find_base
from lab.serving.engine import InferenceEngine
from tests.bench.peers import BASE
from tests.tiny import make_lora_run

ADAPTERS, TOKENS = 4, 32
QUESTION = [{"role": "user", "content": "Tell me a story about a parrot who wants to cook."}]


def measure(base: str, rounds: int = 3) -> dict:
    """Seconds for all answers, at once and one after the other; the median of some rounds, taken in turn."""
    folder = str(find_base(base, find_home()))
    with tempfile.TemporaryDirectory() as name:
        home = Home(Path(name))
        panes = [Pane(f"bench00{number}", f"run:bench00{number}") for number in range(ADAPTERS)]
        for number, pane in enumerate(panes):  # so weak that the answers stay sensible
            make_lora_run(home, folder, pane.key, seed=number, lora_alpha=1e-3)
        voices = InferenceEngine(home)
        _seconds(voices, panes)  # load everything
        at_once, in_turn, tokens = [], [], 0
        for _ in range(rounds):
            seconds, tokens = _seconds(voices, panes)
            at_once.append(seconds)
            in_turn.append(sum(_seconds(voices, [pane])[0] for pane in panes))
    together, apart = statistics.median(at_once), statistics.median(in_turn)
    return {
        "bench": "generate", "base": base, "answers": ADAPTERS, "tokens": tokens,
        "at_once_s": round(together, 3), "one_after_the_other_s": round(apart, 3), "ratio": round(apart / together, 2),
    }  # fmt: skip


def _seconds(voices: InferenceEngine, panes: list[Pane]) -> tuple[float, int]:
    """Seconds until the last of these answers is done, and tokens in all."""
    began, tokens = time.perf_counter(), 0
    sampling = Sampling(temperature=1.0, top_p=1.0, max_new_tokens=TOKENS, seed=1)
    for delta in voices.answer({pane.key: QUESTION for pane in panes}, panes, sampling, threading.Event()):
        if delta.error:
            sys.exit(delta.error)
        tokens += delta.tokens if delta.done else 0
    return time.perf_counter() - began, tokens


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--base", default=BASE)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    print(json.dumps(measure(given.base, given.rounds)))
