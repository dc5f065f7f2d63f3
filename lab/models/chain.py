"""How a run's weights come about: a chain of links from a base model through earlier stages and runs. Plain JSON.

Written by training beside a run's weights (weights.json), read by whoever loads them. Imports no torch.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from lab.errors import ModelError, RunError
from lab.home import Home, RunFolder
from lab.model_ref import ModelRef
from lab.models.catalogue import CATALOGUE
from lab.visitors import current


@dataclass(frozen=True)
class Link:
    """One step: a base model by its name, or what a stage left in its folder (`ref` is '<run id>/stage-<n>').

    An adapter is laid beside what came before, tensors are laid over it, a model takes its place. A base that is kept
    in 8 or 4 bits says so in its knobs, as `quantize`.
    """

    kind: Literal["base", "model", "adapter", "tensors"]
    ref: str
    method: str = ""
    knobs: dict[str, Any] = field(default_factory=dict)


Chain = tuple[Link, ...]


def chain_of(base: str, home: Home) -> Chain:
    """The links that lead to a base model, to 'run:<id>' or to what 'run:<id>/stage-<n>' left beside them.

    Raises ModelError when a run or its weights are gone.
    """
    ref = ModelRef.parse(base)
    if ref.run is None:
        return (_base_link(str(ref)),)
    run_id = ref.run
    _check_seen(run_id, home)
    try:
        file = _weights_file(home.run(run_id), ref.stage)
    except RunError as problem:
        raise ModelError(problem.what, do=problem.do) from None
    try:
        chain = tuple(Link(**link) for link in json.loads(file.read_text(encoding="utf-8"))["chain"])
    except FileNotFoundError:
        raise ModelError(f"run '{run_id}' has no weights here", do="choose a run that is done.") from None
    except (OSError, ValueError, KeyError, TypeError):
        raise ModelError("can't be read", where=file, do="train the run again.") from None
    chain = (_as_it_was(chain[0]), *chain[1:])
    for link in chain[1:]:
        if not any(link_folder(link, home).glob("*.safetensors")):
            raise ModelError(
                f"the weights of '{link.ref}', which run '{run_id}' builds on, are gone", do="train them again."
            )
    return chain


def _check_seen(run_id: str, home: Home) -> None:
    """Raise ModelError for a run that is not there for who is served now."""
    if current().owns_lab:
        return
    from lab.store import Store  # nothing else here needs a database

    with Store(home) as store:
        if run_id not in store.runs.some([run_id]):
            raise ModelError(f"run '{run_id}' has no weights here", do="choose a run that is done.")


def _base_link(name: str) -> Link:
    """A base as it is today; a catalogue model that has had other weights under this name says which edition it is."""
    edition = CATALOGUE[name].edition if name in CATALOGUE else 1
    return Link("base", name, knobs={"edition": edition} if edition > 1 else {})


def _as_it_was(link: Link) -> Link:
    """The base a run was trained on: an earlier edition of a catalogue model goes by `<name>-<edition>` today."""
    edition = int(link.knobs.get("edition", 1))
    if link.ref not in CATALOGUE or CATALOGUE[link.ref].edition == edition:
        return link
    return replace(link, ref=f"{link.ref}-{edition}", knobs={k: v for k, v in link.knobs.items() if k != "edition"})


def save_chain(folder: RunFolder, chain: Sequence[Link], stage: int | None = None) -> None:
    """Write a run's chain (or that of a stage which is no part of it) beside its weights, whole or not at all."""
    file = _weights_file(folder, stage)
    unfinished = file.with_suffix(".partial")
    links = [asdict(link) for link in chain]
    unfinished.write_text(json.dumps({"chain": links}, ensure_ascii=False, indent=1), encoding="utf-8")
    unfinished.rename(file)


def quantized(chain: Sequence[Link]) -> str:
    """How the weights of a chain's base are kept: '8bit', '4bit' or 'none'."""
    return str(chain[0].knobs.get("quantize", "none"))


def root_base(base: str, home: Home) -> str:
    """The base model at the bottom: a catalogue name, Hub id or folder; raises ModelError."""
    return chain_of(base, home)[0].ref


def link_folder(link: Link, home: Home) -> Path:
    """The folder of a stage's weights; raises ModelError for a ref that is not one."""
    ref = ModelRef.of_stage(link.ref)
    return home.run(ref.run or "").stage(ref.stage or 0)


def _weights_file(folder: RunFolder, stage: int | None = None) -> Path:
    return (folder.root if stage is None else folder.stage(stage)) / "weights.json"
