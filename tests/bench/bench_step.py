"""(c) Time of one optimizer step in the lab, against a bare PyTorch loop over the same batches; one thread each."""

import json
import statistics
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from lab.data import load_mix
from lab.data.encode import encode
from lab.home import Home
from lab.models import load_model, load_tokenizer
from lab.planning import submit
from lab.recipe import DataChoice
from lab.store import Status, Store
from tests.bench.peers import BATCH, LENGTH, base_folder, new_home, recipe

STEPS = 80


def measure() -> dict:
    figures = {}
    with tempfile.TemporaryDirectory() as name:
        home = new_home(Path(name))
        for method in ("full", "lora"):
            ours, bare = _ours(home, method), _bare(home, method)
            figures[method] = {"lab_ms": round(ours, 1), "bare_ms": round(bare, 1), "ratio": round(ours / bare, 2)}
    return figures


def _ours(home: Home, method: str) -> float:
    """Median milliseconds between two written steps of a run carried out in this process."""
    import torch

    from lab.training.run import train_run

    torch.set_num_threads(1)
    with Store(home) as store:
        evaluate = {"every": STEPS, "rows": 8, "answers": 0}
        run = submit(recipe((method,), steps=STEPS, evaluate=evaluate), store)[0]
        assert train_run(store.runs.claim("bench"), store) == Status.DONE
        times = [point.time for point in store.curves.newer([run.id]) if point.name == "loss"]
    return _median_gap(times)


def _bare(home: Home, method: str) -> float:
    """The same rows, model, optimizer and padding, in the shortest loop there is."""
    import torch

    from lab.card import find_cards
    from lab.evaluate.loss import _pad

    torch.set_num_threads(1)
    tokenizer = load_tokenizer(base_folder())
    card = find_cards("lab.methods")[method]
    model = card.build(load_model(base_folder()), steps=STEPS, seed=0, **card.CARD.complete_knobs({}, "bench")).train()
    rows = encode(load_mix([DataChoice(name="cuisine")], home, 0).train, "prompt_completion", tokenizer, LENGTH)
    weights = [weight for weight in model.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(weights, lr=5e-3, weight_decay=0.0, fused=True)
    times = []
    for step in range(STEPS):
        chosen = [rows[(step * BATCH + i) % len(rows)] for i in range(BATCH)]
        model(**_pad(chosen, tokenizer.pad_token_id)).loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        times.append(time.time())
    return _median_gap(times)


def _median_gap(times: list[float]) -> float:
    gaps = [1000 * (after - before) for before, after in pairwise(times)]
    return statistics.median(gaps[5:])


if __name__ == "__main__":
    print(json.dumps(measure()))
