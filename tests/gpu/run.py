"""What a machine with a GPU is to show, in some five minutes: `python -m tests.gpu.run [--out FILE]`.

Each check trains or answers as a user would, in a home of its own, and prints a line of JSON: its name, whether it
holds, its figures and its seconds. Where torch sees no GPU nothing is done, and the exit code is 0 (with --cpu the
checks are carried out that need none, to try this script); it is 1 where a check fails.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any

SMALL = {"base": "nano", "seed": 0, "evaluate": {"every": 1000, "rows": 16, "answers": 8, "retained": 0}}
STEPS = {"steps": 20, "batch_size": 16, "max_length": 64}
TOLD = ("status", "train_loss", "tokens_per_second", "dtype", "peak_memory_bytes")
ANYWHERE = ("sdpa_is_used", "sft_in_every_precision", "qlora", "several_variants_share_it", "preferences_and_rewards")
"""What needs no GPU."""
ALL = ("doctor_names_it", *ANYWHERE, "own_loop_says_what_generate_says", "adapters_together")


class Gpu:
    """A home, the `lab` command in it, and the checks. Each check gives its figures and whether they are as wanted."""

    def __init__(self, root: Path):
        self.root = root

    def doctor_names_it(self) -> tuple[bool, Any]:
        import torch

        name = torch.cuda.get_device_name()
        return name in self._lab("doctor"), name

    def sft_in_every_precision(self) -> tuple[bool, Any]:
        variants = [{"name": one, "method": one} for one in ("full", "lora")]
        found = {one: self._sft(variants, precision=one) for one in ("fp32", "bf16", "pure_bf16")}
        return all(map(_all_learned, found.values())), found

    def sdpa_is_used(self) -> tuple[bool, Any]:
        from lab.models import load_model
        from tests.bench.peers import base_folder

        used = load_model(base_folder(), "bf16").config._attn_implementation
        return used == "sdpa", used

    def qlora(self) -> tuple[bool, Any]:
        found = self._sft([{"name": bits, "method": "lora", "quantize": bits} for bits in ("4bit", "8bit")])
        return _all_learned(found), found

    def several_variants_share_it(self) -> tuple[bool, Any]:
        """A comparison's runs live at once as far as memory goes, and take turns."""
        ranks, began = (2, 4, 8, 16), time.time()
        found = self._sft([{"name": f"r {r}", "method": "lora", "knobs": {"r": r}} for r in ranks], order="turns")
        return len(found) == len(ranks) and _all_learned(found), {"seconds": round(time.time() - began, 1)}

    def preferences_and_rewards(self) -> tuple[bool, Any]:
        """DPO and a reward model from a script's votes; GRPO, RLOO and PPO from rewards that can be checked."""
        self._lab("feedback", "collect", "nano", "--pairs", "60", "--rater", "happier")
        votes = {"data": "feedback", "budget": {"steps": 5, "batch_size": 8, "max_length": 128}}
        aims = {"dpo": "lora", "reward": "full"}
        runs = self._train(**votes, variants=[{"name": n, "objective": n, "method": m} for n, m in aims.items()])
        checked = self._lab("train", "recipes/rlhf/checkable.yaml", "--set", "budget.steps=5", "--json")
        found = {one["variant"]: one["status"] for one in (*runs, *_runs(json.loads(checked)))}
        return set(found.values()) == {"done"}, found

    def own_loop_says_what_generate_says(self) -> tuple[bool, Any]:
        import torch

        from lab.generate import Sampling
        from lab.generate.batch import run_batch
        from lab.generate.decoder import decoder_weights
        from lab.models import load_model, load_tokenizer
        from tests.bench.peers import base_folder

        model, tokenizer = load_model(base_folder()).cuda(), load_tokenizer(base_folder())
        asked = [
            tokenizer(text)["input_ids"] for text in ("Once upon a time", "The dog", "从前", "Lily had a ball")
        ] * 16
        sampling, said, seconds = Sampling(temperature=0.0, max_new_tokens=48), [], []
        for weights in (None, decoder_weights(model)):
            run_batch(model, tokenizer, asked[:4], sampling, weights=weights)
            torch.cuda.synchronize()
            began = time.perf_counter()
            said.append(run_batch(model, tokenizer, asked, sampling, weights=weights))
            torch.cuda.synchronize()
            seconds.append(time.perf_counter() - began)
        return said[0] == said[1], {"generate_s": seconds[0], "own_s": seconds[1], "ratio": seconds[0] / seconds[1]}

    def adapters_together(self) -> tuple[bool, Any]:
        """Several LoRA variants in one forward and backward, equal to separate training; raises where they differ."""
        from tests.bench.bench_adapters import measure
        from tests.bench.peers import base_folder

        found = measure(base_folder(), [2, 4, 8, 16], [4, 16], 12, "cuda")
        return True, {f"{one['variants']} of {one['batch']}": one["ratio"] for one in found}

    def _sft(self, variants: list[dict[str, Any]], **more: Any) -> dict[str, dict[str, Any]]:
        """What supervised fine-tuning on *cuisine* came to, by variant."""
        runs = self._train(data="cuisine", objective="sft", budget=STEPS, variants=variants, **more)
        return {one["variant"]: {name: one[name] for name in TOLD} for one in runs}

    def _train(self, **recipe: Any) -> list[dict[str, Any]]:
        """The runs of a recipe, as `lab train --json` tells of them."""
        file = self.root / "recipe.yaml"
        file.write_text(json.dumps({"name": "gpu", **SMALL, **recipe}), encoding="utf-8")
        return _runs(json.loads(self._lab("train", str(file), "--json")))

    def _lab(self, *words: str) -> str:
        """What the command prints; raises with what it says where it fails."""
        done = subprocess.run(
            [sys.executable, "-m", "lab.cli", *words], capture_output=True, text=True, check=False,
            env=os.environ | {"LAB_HOME": str(self.root / "home"), "HF_HUB_OFFLINE": "1", "COLUMNS": "200"},
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"lab {' '.join(words)}: {done.stderr[-800:] or done.stdout[-800:]}")
        return done.stdout


def _runs(said: Any) -> list[dict[str, Any]]:
    return said["runs"] if isinstance(said, dict) else said


def _all_learned(runs: dict[str, dict[str, Any]]) -> bool:
    losses = [one["train_loss"] for one in runs.values()]
    done = all(one["status"] == "done" for one in runs.values())
    return done and all(loss["last"] < loss["first"] for loss in losses)


def main(out: Path | None, cpu: bool) -> int:
    """All checks; the exit code."""
    import torch

    if not (torch.cuda.is_available() or cpu):
        print("torch sees no GPU here: nothing was checked")
        return 0
    told = []
    with tempfile.TemporaryDirectory() as name:
        for check in ANYWHERE if cpu else ALL:
            began = time.time()
            try:
                holds, figures = getattr(Gpu(Path(name)), check)()
            except Exception as problem:
                traceback.print_exc()
                holds, figures = False, f"{type(problem).__name__}: {problem}"
            told.append({"check": check, "holds": holds, "seconds": round(time.time() - began, 1), "figures": figures})
            print(json.dumps(told[-1]), flush=True)
    if out:
        out.write_text(json.dumps(told, indent=1), encoding="utf-8")
    return 0 if all(one["holds"] for one in told) else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path)
    parser.add_argument("--cpu", action="store_true")
    asked = parser.parse_args()
    sys.exit(main(asked.out, asked.cpu))
