"""A small comparison with weights and votes, made by hand: no model is loaded, so it takes milliseconds."""

import hashlib
import json
import zipfile
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

from lab.home import Home
from lab.recipe import parse_recipe, resolve
from lab.store import Answer, Change, Feedback, Outcome, Pair, Run, Sample, Status, Store
from lab.store.pictures import Matrix

COMPARISON = "c0ffee01"
NAMES = {"aaaa0001": "LoRA <b>bold</b>", "aaaa0002": "全部 & 'quotes'"}
PERSON = "browser-0123456789abcdef"


def run_of(run_id: str, name: str, comparison: str = COMPARISON, base: str = "nano", created: float = 100.0) -> Run:
    """A run that is done, with figures and a picture."""
    plan = resolve(parse_recipe(json.dumps({"name": "R", "base": base, "variants": [{"name": name}]})))[0]
    outcome = Outcome(
        steps=2, adapter_bytes=10, eval_loss=Change(3.0, 2.5), notes=("a note",), wanted=("yes",),
        metrics={"accuracy": Change(0.1, 0.9, 10, (0.0, 0.3), (0.7, 1.0), 0.2)}, environment={"device": "cpu"},
        pictures={"confusion": Matrix(("a", "b"), ("a", "b"), ((1, 0), (0, 2)))},
    )  # fmt: skip
    return Run(
        run_id, comparison, name, "A <i>comparison</i>", plan.to_yaml(), base, "lora", "sft", None, Status.DONE,
        created, created + 1, created + 2, step=2, total_steps=2, pid=77, machine="my machine", outcome=outcome,
    )  # fmt: skip


def put_weights(home: Home, run_id: str, base: str = "nano", under: str | None = None) -> None:
    """An adapter that PEFT would load, on a base or on another run's."""
    folder = home.run(run_id).stage(0)
    folder.mkdir(parents=True)
    save_file({"lora_A": np.ones((2, 3), np.float32)}, folder / "adapter_model.safetensors")
    settings = {"peft_type": "LORA", "r": 8, "target_modules": ["q_proj"], "inference_mode": True,
                "base_model_name_or_path": "/home/me/base", "megatron_config": None, "auto_mapping": None}  # fmt: skip
    (folder / "adapter_config.json").write_text(json.dumps(settings))
    (folder / "README.md").write_text("stays at home")
    link = {"kind": "adapter", "method": "lora", "knobs": {"r": 8}}
    chain = [{"kind": "base", "ref": base, "method": "", "knobs": {}}]
    chain += [link | {"ref": f"{one}/stage-0"} for one in (under, run_id) if one]
    (home.run(run_id).root / "weights.json").write_text(json.dumps({"chain": chain}))
    home.run(run_id).learned.write_bytes(bytes(16))
    (home.run(run_id).root / "log.txt").write_text("of /home/me")


def fill(store: Store, comparison: str = COMPARISON, names: dict[str, str] = NAMES) -> None:
    """Put the comparison into a store, with curves, samples, votes of a person and of a script, and weights."""
    store.runs.queue([run_of(run_id, name, comparison, created=100.0 + i)
                      for i, (run_id, name) in enumerate(names.items())])  # fmt: skip
    for run_id in names:
        store.curves.write(run_id, 1, {"loss": 2.0, "eval_loss": 3.0})
        store.curves.write(run_id, 2, {"loss": 1.5})
        store.curves.write_samples([Sample(run_id, 2, 0, "What?", "<script>alert(1)</script>")])
        put_weights(store.home, run_id)
    first, second, of_base = (
        Answer(
            f"answer{i}", by, ({"role": "user", "content": "Hi"},), f"text {i}", {"temperature": 1.0}, "ab12", 50.0 + i
        )
        for i, by in enumerate((*names, "base:nano"))
    )
    store.pairs.keep([Pair("pair1", "prompts", first, second), Pair("pair2", "prompts", first, of_base)])
    said = {"verdict": "left", "answer": first.id}
    store.pairs.take_in((), (), [
        Feedback("vote", "pair1", PERSON, other=second.id, time=60.0, **said),
        Feedback("vote", "pair2", "scripted:happier", other=of_base.id, scripted=True, time=61.0, **said),
        Feedback("thumb", first.id, PERSON, "good", first.id, time=62.0),
    ])  # fmt: skip


def contents(file: Path) -> dict[str, bytes]:
    """All files of a bundle but its manifest, which says when it was made."""
    with zipfile.ZipFile(file) as opened:
        return {name: opened.read(name) for name in opened.namelist() if name != "manifest.json"}


def manifest(file: Path) -> dict:
    with zipfile.ZipFile(file) as opened:
        return json.loads(opened.read("manifest.json"))


def altered(file: Path, target: Path, change, **of_manifest) -> Path:
    """A bundle whose files (bytes by their names) `change` has altered, its manifest made right again."""
    files, told = contents(file), manifest(file)
    change(files)
    told["files"] = {
        name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()} for name, data in files.items()
    }
    return written(target, files | {"manifest.json": json.dumps(told | of_manifest).encode()})


def written(target: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in files.items():
            out.writestr(name, data)
    return target
