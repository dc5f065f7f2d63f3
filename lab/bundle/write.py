"""Writes a comparison as a bundle: the same comparison gives the same files, whoever has it."""

import hashlib
import json
import time
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from lab.bundle.contents import curves_out, run_out, votes_out
from lab.bundle.shape import FORMAT, KIND, MANIFEST, VOTES
from lab.bundle.weights import CHAIN, as_sent, chain_in, files_of, read_json
from lab.errors import LabError, RunError, in_words
from lab.evaluate.selection import find_runs
from lab.model_ref import BASE, ModelRef
from lab.models.chain import chain_of
from lab.planning.fork_points import NAME as POINT
from lab.store import Feedback, Pair, Run, Store
from lab.store.imported import imported_of

PART = ".part"
DATE = (1980, 1, 1, 0, 0, 0)
"""Of every file in a bundle: when it was made is in its manifest."""
CHUNK = 1 << 20


@dataclass(frozen=True)
class Bundled:
    """What was written: the file, its size, how many runs and ratings it has, and whose weights came along."""

    file: Path
    comparison: str
    runs: int
    ratings: int
    weights: tuple[str, ...]
    bytes: int


def write_bundle(named: str, file: Path, store: Store, *, weights: bool = False, by: str = "") -> Bundled:
    """Write a comparison (named by its id, or by one of its runs) into a new file, with what its runs left where
    `weights` are wanted; `by` says who gives it away. Raises LabError, and leaves nothing."""
    file = file.expanduser().absolute()
    if file.exists():
        raise RunError("there is something already", where=file, do="name a file that is new.")
    by = " ".join(by.split())
    if len(by) > 100 or not by.isprintable():
        raise RunError(
            "the name is too long, or has letters that can't be shown", where="--by", do="give a shorter one."
        )
    runs = _runs_of(named, store)
    along = [*runs, *_below(runs, store)] if weights else runs
    kept = [run for run in along if weights and _has_weights(run, store)]
    if weights and not kept:
        raise RunError("none of its runs has weights here", do="leave --weights out.")
    part = file.with_name(file.name + PART)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as out:
            writer = _Writer(out)
            ratings = _write_records(writer, runs, along, store)
            for run in kept:
                _write_weights(writer, run, store)
            writer.json(MANIFEST, _manifest(runs, bool(kept), by, writer.files, store))
        part.replace(file)
    except OSError as problem:
        raise in_words(problem) from None
    finally:
        part.unlink(missing_ok=True)
    return Bundled(file, runs[0].comparison, len(along), ratings, tuple(run.id for run in kept), file.stat().st_size)


class _Writer:
    """Puts files into a zip and writes down what they are."""

    def __init__(self, out: zipfile.ZipFile):
        self._out = out
        self.files: dict[str, dict[str, Any]] = {}

    def json(self, name: str, value: Any) -> None:
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
        self.put(name, [text.encode()], zipfile.ZIP_DEFLATED)

    def put(self, name: str, chunks: Iterable[bytes], packed: int) -> None:
        """Write a file from its parts; the mark that it is a plain file goes with it."""
        entry = zipfile.ZipInfo(name, DATE)
        entry.external_attr, entry.compress_type = 0o100644 << 16, packed
        hashed, size = hashlib.sha256(), 0
        with self._out.open(entry, "w", force_zip64=True) as out:
            for chunk in chunks:
                out.write(chunk)
                hashed.update(chunk)
                size += len(chunk)
        self.files[name] = {"bytes": size, "sha256": hashed.hexdigest()}


def _runs_of(named: str, store: Store) -> list[Run]:
    """The runs of a comparison; raises RunError for one that is not over."""
    first = find_runs([named], store)[0]
    runs = store.runs.all(comparison=first.comparison)
    if busy := [run for run in runs if not run.status.over]:
        raise RunError(f"run '{busy[0].id}' ({busy[0].name}) is {busy[0].status}",
                       do="wait until it is over, or stop it.")  # fmt: skip
    return runs


def _below(runs: Sequence[Run], store: Store) -> list[Run]:
    """The runs of other comparisons that these build on, whose weights they need. Raises RunError."""
    mine, found = {run.id for run in runs}, {}
    for run in runs:
        for link in _chain(run, store)[1:]:
            name = ModelRef.of_stage(link.ref).run or ""
            if name in mine or name in found:
                continue
            if POINT.fullmatch(name):
                raise RunError(f"run '{run.id}' went on from what another had learned by some step",
                               do="leave --weights out.")  # fmt: skip
            if name not in (known := store.runs.some([name])):
                raise RunError(f"run '{run.id}' builds on {name}, which is not among the runs any more",
                               do="leave --weights out.")  # fmt: skip
            found[name] = known[name]
    return list(found.values())


def _chain(run: Run, store: Store) -> Sequence[Any]:
    try:
        return chain_of(str(ModelRef(run=run.id)), store.home)
    except LabError:
        return ()


def _has_weights(run: Run, store: Store) -> bool:
    return bool(_chain(run, store))


def _write_records(writer: _Writer, runs: Sequence[Run], along: Sequence[Run], store: Store) -> int:
    """Runs, curves, samples and votes; how many ratings there are."""
    for run in along:
        writer.json(f"runs/{run.id}.json", run_out(run))
        writer.json(f"curves/{run.id}.json", curves_out(_points(run, store), store.curves.samples([run.id])))
    pairs, ratings = _feedback(runs, store)
    answers = store.ratings.answers({name for one in ratings for name in (one.answer, one.other) if name})
    writer.json(VOTES, votes_out(pairs, ratings, answers, store.home))
    return len(ratings)


def _points(run: Run, store: Store) -> list[Any]:
    found, since = [], 0
    while some := store.curves.newer([run.id], since):
        found += some
        since = some[-1].id
    return found


def _feedback(runs: Sequence[Run], store: Store) -> tuple[list[Pair], list[Feedback]]:
    """The pairs of answers by these runs, or by one of them and a base, and all that was ever said of such answers."""
    mine = {run.id for run in runs}

    def theirs(names: Iterable[str]) -> bool:
        told = set(names)
        return bool(told & mine) and all(name in mine or name.startswith(BASE) for name in told)

    pairs = [pair for pair in store.pairs.of_runs(mine) if theirs((pair.first.run, pair.second.run))]
    said = store.ratings.of_runs(mine)
    answers = store.ratings.answers({name for one in said for name in (one.answer, one.other) if name})
    ratings = [
        one for one in said
        if theirs(answers[name].run for name in (one.answer, one.other) if name and name in answers)
    ]  # fmt: skip
    return pairs, ratings


def _write_weights(writer: _Writer, run: Run, store: Store) -> None:
    for name, path in files_of(store.home, run.id):
        if name.endswith(CHAIN):
            chain_in(read_json(path, f"run {run.id}"), f"run {run.id}")
        packed = zipfile.ZIP_STORED if name.endswith(".safetensors") else zipfile.ZIP_DEFLATED
        sent = as_sent(name, path)
        writer.put(f"weights/{run.id}/{name}", [sent] if sent is not None else _chunks(path), packed)


def _chunks(path: Path) -> Iterable[bytes]:
    with path.open("rb") as source:
        while chunk := source.read(CHUNK):
            yield chunk


def _manifest(runs: Sequence[Run], weights: bool, by: str, files: dict[str, Any], store: Store) -> dict[str, Any]:
    """What the bundle is. One that was imported keeps where it was first from."""
    made, told = time.time(), imported_of(runs[0])
    origin = {"lab": store.home.lab_id, "by": by, "made": made}
    if told is not None:
        origin = {"lab": told.lab, "by": told.by, "made": told.made}
    return {
        "kind": KIND, "format": FORMAT, "lab": _version(), "made": made, "origin": origin,
        "comparison": runs[0].comparison, "name": runs[0].recipe_name, "weights": weights, "files": dict(files),
    }  # fmt: skip


def _version() -> str:
    """The lab's version; nothing where it was never installed."""
    try:
        return version("parrot-lab")
    except PackageNotFoundError:
        return ""
