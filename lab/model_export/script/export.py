"""Writes a run as a script with its rows, and its base where nobody can get that elsewhere; puts it in place whole."""

import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lab.card import find_cards
from lab.errors import RunError, in_words
from lab.model_export.script import classes, pairs, policy, words
from lab.model_export.script.draft import MOST_LINES, Draft, plain_words
from lab.model_export.script.peft_code import check_method
from lab.model_export.script.reward_code import keep_judge, reward_model_of
from lab.model_export.script.source import Source, source_of
from lab.models import load_chain
from lab.models.catalogue import CATALOGUE
from lab.models.chain import link_folder
from lab.models.find import local_base
from lab.models.load import merge
from lab.store import Store

SCRIPT = "train.py"
TRAIN, HELD_OUT = "train.jsonl", "held_out.jsonl"
Rows = list[dict[str, Any]]
RowsOf = Callable[[Source], tuple[Rows, Rows]]
Writer = Callable[[Draft, Source, Any, str | None, str, float | None], None]
WRITERS: dict[str, tuple[RowsOf, Writer]] = {
    "sft": (words.rows, words.write),
    "pretrain": (words.rows, words.write),
    "dpo": (pairs.dpo_rows, pairs.write_dpo),
    "orpo": (pairs.orpo_rows, pairs.write_orpo),
    "kto": (pairs.kto_rows, pairs.write_kto),
    "reward": (pairs.reward_rows, pairs.write_reward),
    "classify": (classes.rows, classes.write),
    "grpo": (policy.rows, policy.write),
    "rloo": (policy.rows, policy.write),
    "ppo": (policy.rows, policy.write),
}
"""By objective: who makes its rows, and who writes its file."""


@dataclass(frozen=True)
class Script:
    """What was written: the file, the folder beside it with what it reads (its own, where it is a folder), its size,
    how many lines and rows it has, what the run came to by the figure that the script prints, and what differs."""

    file: Path
    files: Path
    bytes: int
    lines: int
    rows: int
    held_out: int
    figure: str
    recorded: float | None
    notes: tuple[str, ...]


def export_script(run_id: str, path: Path, store: Store) -> Script:
    """Write a run as a script at `path`: a file that ends with .py, with a folder of its name beside it, or a new
    folder that has both. Raises LabError, and leaves nothing, for a run that no script repeats.
    """
    path = path.expanduser().absolute()
    alone = path.suffix == ".py"
    file, files = (path, path.with_name(f"{path.stem}-files")) if alone else (path / SCRIPT, path)
    for there in (file, files) if alone else (path,):
        if there.exists() and not (there.is_dir() and not alone and not any(there.iterdir())):
            raise RunError("there is something already", where=there, do="name a file or folder that is new.")
    source = source_of(store.runs.get(run_id), store, tuple(WRITERS))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}-") as place:
            made = Path(place) / "files"
            made.mkdir()
            text, counts, recorded = _written(source, made, files.name if alone else "")
            size = sum(one.stat().st_size for one in made.rglob("*") if one.is_file()) + len(text.encode())
            if not alone:
                shutil.rmtree(path, ignore_errors=True)
                (made / SCRIPT).write_text(text, encoding="utf-8")
            made.rename(files)
            if alone:
                file.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise in_words(problem) from None
    figure = "held-out reward" if source.stage.reward else "held-out loss"
    return Script(file, files, size, text.count("\n"), *counts, figure, recorded, source.notes)


def _written(source: Source, folder: Path, files: str) -> tuple[str, tuple[int, int], float | None]:
    """The script's text, the numbers of its rows, and the run's figure; what it reads is in `folder`."""
    rows_of, write = WRITERS[source.stage.objective]
    start = _start(source)
    built = start if source.continues else _with_method(source, start)
    check_method(source, built)
    if not source.data.held_out:
        raise RunError(
            "nothing is held out, so the script would have no figure to tell", do="hold rows out: data.held_out."
        )
    train, held_out = rows_of(source)
    if not train or not held_out:
        raise RunError("none of its rows is left to train on, or to be judged by", do="take another run.")
    for name, rows in ((TRAIN, train), (HELD_OUT, held_out)):
        _write_rows(folder / name, rows)
    recorded = _recorded(source)
    draft = Draft()
    base = _hub_id(source)
    write(draft, source, built, base, files, recorded)
    text = draft.text(_sign(source))
    if text.count("\n") > MOST_LINES:
        raise RunError(f"the script would have {text.count(chr(10))} lines, and is to be read at one look",
                       do="take the model: --as adapter or merged.")  # fmt: skip
    for name, other in draft.beside.items():
        (folder / name).write_text(other.text(f"What run {source.run.id} is rewarded for."), encoding="utf-8")
    if base is None:
        _keep_base(source, folder)
    if source.continues:
        shutil.copytree(link_folder(source.chain[-1], source.home), folder / "start")
    if source.stage.reward and (judge := reward_model_of(source)):
        keep_judge(source, judge, folder / "reward")
    return text, (len(train), len(held_out)), recorded


def _start(source: Source) -> Any:
    model = load_chain(source.chain, source.home, trainable_last=source.continues)
    if source.continues:
        if model.active_peft_config.is_prompt_learning:
            raise RunError("PEFT loads virtual tokens only to be used, not to be trained further",
                           do="take the model: --as adapter.")  # fmt: skip
        return model
    return merge(model) if hasattr(model, "peft_config") else model


def _with_method(source: Source, model: Any) -> Any:
    stage = source.stage
    method = find_cards("lab.methods")[stage.method]
    return method.build(model, steps=stage.budget.planned_steps, seed=source.start_seed, **stage.knobs)


def _hub_id(source: Source) -> str | None:
    """The Hub id of the very model that the script starts from; None where it is another, or not on the Hub."""
    base = source.chain[0].ref
    if len(source.chain) > (2 if source.continues else 1):
        return None
    if base in CATALOGUE:
        return CATALOGUE[base].hub
    return base if local_base(base, source.home) is None else None


def _keep_base(source: Source, folder: Path) -> None:
    """The model that the script starts from, as transformers loads it, with the tokenizer."""
    chain = source.chain[:-1] if source.continues else source.chain
    model = load_chain(chain, source.home)
    (merge(model) if hasattr(model, "peft_config") else model).save_pretrained(folder / "base")
    source.tokenizer.save_pretrained(folder / "base")


def _recorded(source: Source) -> float | None:
    out = source.run.outcome
    found = out.metrics.get("reward") if source.stage.reward else out.eval_loss
    return found.after if found else None


def _sign(source: Source) -> str:
    """What the file says of itself."""
    import peft
    import transformers
    import trl

    run, stage = source.run, source.stage
    own = " and the lab itself (PPOTrainer)" if stage.objective == "ppo" else ""
    lines = [
        f"{plain_words(run.name)}: {stage.method}, {stage.objective}. Run {run.id} of Parrot Lab as one script.", "",
        f"Needs trl {trl.__version__}, peft {peft.__version__}, transformers {transformers.__version__}{own}.",
    ]  # fmt: skip
    lines += [f"Note: {plain_words(note, 110)}." for note in source.notes]
    return "\n".join([*lines, ""]) if len(lines) > 1 else lines[0]


def _write_rows(file: Path, rows: Sequence[dict[str, Any]]) -> None:
    with file.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
