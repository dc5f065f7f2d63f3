"""What of a run's folder travels with a bundle, and what is believed of it: safetensors, and plain JSON.

Settings of adapters are cut down to what describes the adapter: PEFT's fields that name files, folders, repositories or
modules to import are emptied on the way out, and refused on the way in.
"""

import json
import re
import sys
from array import array
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lab.bundle.checks import check_plain
from lab.data.learned import NUMBER
from lab.errors import DataError, ModelError, RunError, shown
from lab.home import Home, RunFolder
from lab.model_ref import ModelRef
from lab.models.catalogue import CATALOGUE
from lab.models.chain import Link
from lab.models.find import HUB_ID

CHAIN = "weights.json"
LEARNED = "learned.bin"
ADAPTER = "adapter_config.json"
TRAVELS = re.compile(
    r"weights\.json|learned\.bin|stage-\d{1,3}\.thinks|stage-\d{1,3}(?:/[a-z_]{1,40})?/[A-Za-z0-9_][\w.-]{0,79}\.(?:json|safetensors)"
)
"""Checkpoints, logs and whatever else lies in a run's folder stay at home."""
ELSEWHERE = re.compile(r"path|file|dir$|folder|kwargs|mapping|revision|name_or|_core$|library|megatron|cache")
"""What a field of an adapter's settings is called that leads to a file, a repository or a module."""
TEXT = re.compile(r"[\w.^$()|*+?\\ /:,'-]{0,300}")
INITS = {"prompt_tuning_init": "RANDOM", "prompt_tuning_init_text": None}
"""How PEFT finds a start; what is loaded has been trained."""
OTHER = "ask for another copy of it."


def files_of(home: Home, run_id: str) -> Iterator[tuple[str, Path]]:
    """The files of a run that travel, by their names in its folder."""
    root = home.run(run_id).root
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if TRAVELS.fullmatch(name) and path.is_file() and not path.is_symlink():
            yield name, path


def as_sent(name: str, path: Path) -> bytes | None:
    """A file's bytes as they are sent where these are not its own; None where they are."""
    if name.endswith(f"/{ADAPTER}"):
        return _written(plain_adapter(json.loads(path.read_text(encoding="utf-8"))))
    if name == LEARNED and sys.byteorder == "big":
        return _swapped(path.read_bytes())
    return None


def as_kept(name: str, path: Path) -> None:
    """Turn a file that was received into what this machine keeps."""
    if name == LEARNED and sys.byteorder == "big":
        path.write_bytes(_swapped(path.read_bytes()))


def chain_in(raw: Any, where: str) -> tuple[Link, ...]:
    """The chain of weights in a weights.json; raises DataError for what is none, or leads out of the bundle's runs."""
    check_plain(raw, where)
    links = raw.get("chain") if isinstance(raw, dict) and set(raw) == {"chain"} else None
    if not isinstance(links, list) or not 1 <= len(links) <= 100:
        raise DataError("it is no chain of weights", where=where, do=OTHER)
    found = tuple(_link(one, where) for one in links)
    if found[0].kind != "base" or any(link.kind == "base" for link in found[1:]):
        raise DataError("a chain of weights begins with a base, and has one", where=where, do=OTHER)
    check_base(found[0].ref, where)
    return found


def check_base(base: str, where: str) -> None:
    """Raise DataError for a base that another lab can't find: only the catalogue's and the Hub's have a name there."""
    there = base in CATALOGUE or re.sub(r"-\d+$", "", base) in CATALOGUE or HUB_ID.fullmatch(base)
    if not there or ".." in base:
        raise DataError(f"its weights lie on {shown(base)}, a folder that is on one machine alone", where=where,
                        do="take it without weights, or train it on a base of the Hub.")  # fmt: skip


def check_file(name: str, path: Path) -> None:
    """Raise DataError for a file of a run's folder that is not what its name says."""
    if not TRAVELS.fullmatch(name):
        raise DataError(f"a run leaves no file called {shown(name)}", do=OTHER)
    if name.endswith(".safetensors"):
        return _check_tensors(name, path)
    if name == LEARNED:
        if path.stat().st_size % array(NUMBER).itemsize:
            raise DataError("it is no list of numbers", where=name, do=OTHER)
        return None
    if name.endswith(".thinks"):
        if path.stat().st_size:
            raise DataError("it is to be empty", where=name, do=OTHER)
        return None
    raw = read_json(path, name)
    check_plain(raw, name)
    if name.endswith(f"/{ADAPTER}") and raw != plain_adapter(raw):
        raise DataError("its settings lead out of the bundle, or are no adapter's", where=name, do=OTHER)
    return None


def plain_adapter(raw: Any) -> dict[str, Any]:
    """An adapter's settings without what leads elsewhere. Raises DataError for what are none."""
    if not isinstance(raw, dict) or not isinstance(raw.get("peft_type"), str):
        raise DataError("it is no adapter's settings", where=ADAPTER, do=OTHER)
    found = {name: _setting(name, value) for name, value in raw.items()}
    return found | {name: value for name, value in INITS.items() if name in raw} | {"inference_mode": True}


def check_chains(home: Home, run_ids: Mapping[str, bool], chains: Mapping[str, tuple[Link, ...]]) -> None:
    """Raise DataError where weights build on a run that is not in the bundle; `run_ids` are those that are."""
    for name, chain in chains.items():
        for link in chain[1:]:
            try:
                ref = ModelRef.of_stage(link.ref)
            except ModelError:
                raise DataError(f"{shown(link.ref)} is no stage of a run", where=name, do=OTHER) from None
            if ref.run not in run_ids:
                raise DataError(f"its weights build on run {ref.run}, which is not in it", where=name, do=OTHER)


def folder_of(home: Home, run_id: str) -> RunFolder:
    """Where a run's files go; raises DataError for what is no run's id."""
    try:
        return home.run(run_id)
    except RunError as problem:
        raise DataError(problem.what, do=OTHER) from None


def read_json(path: Path, where: str) -> Any:
    """What a JSON file says; raises DataError."""
    try:
        return json.loads(path.read_bytes(), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise DataError("it is no JSON", where=where, do=OTHER) from None


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _link(raw: Any, where: str) -> Link:
    kinds = {"kind": str, "ref": str, "method": str, "knobs": dict}
    fine = isinstance(raw, dict) and set(raw) == set(kinds) and all(isinstance(raw[one], kinds[one]) for one in kinds)
    if not fine or raw["kind"] not in ("base", "model", "adapter", "tensors"):
        raise DataError("it has a link that is none", where=where, do=OTHER)
    return Link(**raw)


def _setting(name: str, value: Any) -> Any:
    if ELSEWHERE.search(name):
        return None
    if isinstance(value, dict):
        return {key: _setting(key, one) for key, one in value.items()}
    if isinstance(value, list):
        return [_setting(name, one) for one in value]
    if isinstance(value, str) and not TEXT.fullmatch(value):
        raise DataError(f"its {name} is {shown(value)}", where=ADAPTER, do=OTHER)
    return value


def _check_tensors(name: str, path: Path) -> None:
    """Raise DataError for a file that is not whole safetensors; nothing is loaded."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="np") as tensors:
            list(tensors.keys())
    except (SafetensorError, OSError, ValueError) as problem:
        raise DataError(f"it is no safetensors file ({str(problem)[:200]})", where=name, do=OTHER) from None


def _swapped(raw: bytes) -> bytes:
    numbers = array(NUMBER)
    numbers.frombytes(raw)
    numbers.byteswap()
    return numbers.tobytes()


def _written(told: Mapping[str, Any]) -> bytes:
    return (json.dumps(told, indent=2, sort_keys=True) + "\n").encode()
