"""What a run of several tasks keeps beside its weights: the tasks, and a head each. A first task with classes is also
kept as `classify` keeps its own, so that the model answers a text with them."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from lab.data.tasks import Spec
from lab.models.load import in_words
from lab.objectives.classes.kept import Kept, keep_classes

FOLDER = "tasks"
"""A folder of its own, so that nobody takes the heads for weights of the base."""
FILE, HEADS = "tasks.json", "heads.safetensors"


def keep_tasks(specs: Sequence[Spec], heads: Any, max_length: int, folder: Path) -> None:
    """Write tasks and heads into a stage's folder."""
    from safetensors.torch import save_file

    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    text = json.dumps([asdict(spec) for spec in specs], ensure_ascii=False, indent=1)
    (folder / FOLDER / FILE).write_text(text, encoding="utf-8")
    weights = {spec.name: head.weight.detach().cpu().contiguous() for spec, head in zip(specs, heads, strict=True)}
    save_file(weights, folder / FOLDER / HEADS)
    classes = [(spec, head) for spec, head in zip(specs, heads, strict=True) if spec.kind == "classes"]
    for spec, head in classes[:1]:
        keep_classes(Kept(spec.outputs, "head", max_length), head, folder)


def load_heads(specs: Sequence[Spec], heads: Any, folder: Path) -> None:
    """Put the weights that a stage left into the heads of tasks that are the same; the others begin anew."""
    from safetensors.torch import load_file

    file = folder / FOLDER / FILE
    if not file.is_file():
        return
    before = {raw["name"]: (raw["kind"], tuple(raw["outputs"])) for raw in json.loads(file.read_text(encoding="utf-8"))}
    with in_words("the heads can't be loaded", folder / FOLDER):
        weights = load_file(folder / FOLDER / HEADS)
        for spec, head in zip(specs, heads, strict=True):
            if before.get(spec.name) == (spec.kind, spec.outputs):
                head.weight.data.copy_(weights[spec.name])
