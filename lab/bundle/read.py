"""Takes a bundle in: everything in it is looked at first, then its weights are put in place, and its records in one
transaction. Whatever goes wrong leaves the lab as it was."""

import contextlib
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from lab.bundle.archive import Archive, in_short, opened
from lab.bundle.checks import check_recipe, check_votes, outcome_in
from lab.bundle.contents import curves_in, run_in, votes_in
from lab.bundle.shape import MOST_RUNS, VOTES, CurvesShape, RunShape, Shape, VotesShape
from lab.bundle.weights import CHAIN, as_kept, chain_in, check_chains, check_file, read_json
from lab.errors import RunError, in_words
from lab.models.chain import Link
from lab.planning.fork_points import NAME as POINT
from lab.store import Store
from lab.store.arrivals import Arrivals, arrive
from lab.store.imported import Imported, as_imported
from lab.visitors.keys import pseudonym

S = TypeVar("S", bound=Shape)
WEIGHTS = "weights/"


@dataclass(frozen=True)
class BroughtIn:
    """What was taken in: the comparison, its runs, where it is from, its ratings, and whose weights are here now."""

    comparison: str
    name: str
    runs: tuple[str, ...]
    origin: Imported
    ratings: int
    weights: tuple[str, ...]


def import_bundle(file: Path, store: Store, *, votes: bool = True) -> BroughtIn:
    """Take a bundle in, without its votes where these are not wanted. Raises LabError, and takes nothing in, for a file
    that is none, that is broken or tampered with, or whose runs are here already."""
    try:
        with opened(file) as archive:
            return _take_in(archive, store, votes)
    except OSError as problem:
        raise in_words(problem) from None


def _take_in(archive: Archive, store: Store, votes: bool) -> BroughtIn:
    told = archive.manifest
    runs = _runs(archive)
    here = _here(archive, runs, store)
    new = [one for one in runs if one.id not in here]
    origin = Imported(told.origin.lab, told.origin.by, told.origin.made, time.time())
    with _aside(store) as aside:
        weights = _weights(archive, runs, aside, store)
        rows, points, samples = [], [], []
        for one in new:
            where = f"runs/{one.id}.json"
            check_recipe(one, where)
            rows.append(run_in(one, as_imported(outcome_in(one, where), origin), one.id in weights))
            curves = _json(archive, f"curves/{one.id}.json", CurvesShape)
            more_points, more_samples = curves_in(one.id, curves)
            points += more_points
            samples += more_samples
        said = _json(archive, VOTES, VotesShape)
        check_votes(said, [one.id for one in runs if one.comparison == told.comparison], VOTES)
        known = {pseudonym(store.home, one.rater): one.rater for one in store.ratings.raters()}
        answers, pairs, ratings = votes_in(said, known) if votes else ([], [], [])
        arrivals = Arrivals(rows, points, samples, answers, pairs, ratings)
        with _placed(weights & {one.id for one in new}, aside, store):
            arrive(store.database, arrivals)
    own = tuple(one.id for one in runs if one.comparison == told.comparison)
    return BroughtIn(told.comparison, told.name, own, origin, len(ratings), tuple(sorted(weights)))


def _json(archive: Archive, name: str, shape: type[S]) -> S:
    try:
        return shape.model_validate_json(archive.read(name))
    except (ValidationError, RecursionError) as problem:
        reason = in_short(problem) if isinstance(problem, ValidationError) else "it is too deep"
        archive.refuse(f"{name} can't be read: {reason}")


def _runs(archive: Archive) -> list[RunShape]:
    """The bundle's runs, those of its comparison first; raises DataError for files that belong to none."""
    told = archive.manifest
    names = archive.names("runs/")
    if not 1 <= len(names) <= MOST_RUNS:
        archive.refuse(f"it has {len(names)} runs")
    runs = [_json(archive, name, RunShape) for name in names]
    for name, one in zip(names, runs, strict=True):
        if name != f"runs/{one.id}.json":
            archive.refuse(f"{name} is of run {one.id}")
        if POINT.fullmatch(one.id):
            archive.refuse(f"{one.id} is no run's id")
    ids = {one.id for one in runs}
    expected = {f"{folder}/{one}.json" for folder in ("runs", "curves") for one in ids} | {VOTES}
    odd = [name for name in told.files if name not in expected and name.split("/")[0] + "/" != WEIGHTS]
    strays = [name for name in archive.names(WEIGHTS) if name.split("/")[1] not in ids]
    if odd or strays:
        archive.refuse(f"it has a file that no bundle has: {(odd + strays)[0]}")
    if not any(one.comparison == told.comparison for one in runs):
        archive.refuse("it has no run of its comparison")
    if not told.weights and any(one.comparison != told.comparison for one in runs):
        archive.refuse("it has runs of another comparison")
    return sorted(runs, key=lambda one: (one.comparison != told.comparison, one.created, one.id))


def _here(archive: Archive, runs: list[RunShape], store: Store) -> set[str]:
    """The runs below the comparison that this lab has already. Raises RunError where the comparison itself is here, and
    DataError where a run of the same id is another one."""
    told = archive.manifest
    if store.runs.all(comparison=told.comparison):
        raise RunError(f"the comparison {told.comparison} is here already", where=archive.manifest.name,
                       do=f"look at it: lab show {told.comparison}, or delete it first.")  # fmt: skip
    known = store.runs.some([one.id for one in runs])
    for one in runs:
        same = known.get(one.id)
        if same and (one.comparison == told.comparison or (same.recipe, same.created) != (one.recipe, one.created)):
            archive.refuse(f"run {one.id} is here already, and is another one", "nothing was imported.")
    return set(known)


def _weights(archive: Archive, runs: list[RunShape], aside: Path, store: Store) -> set[str]:
    """Unpack and check all weights; the runs that have any."""
    names = archive.names(WEIGHTS)
    if bool(names) != archive.manifest.weights:
        archive.refuse("it does not say rightly whether it has weights")
    chains: dict[str, tuple[Link, ...]] = {}
    for name in names:
        _, run_id, inside = name.split("/", 2) if name.count("/") >= 2 else (None, None, "")
        if not run_id:
            archive.refuse(f"it has a file that no bundle has: {name}")
        place = aside / run_id / inside
        archive.unpack(name, place)
        check_file(inside, place)
        if inside.endswith(CHAIN):
            chains[f"weights/{run_id}/{inside}"] = chain_in(read_json(place, name), name)
        as_kept(inside, place)
    found = {name.split("/")[1] for name in names}
    for run_id in found:
        if f"weights/{run_id}/{CHAIN}" not in chains:
            archive.refuse(f"the weights of run {run_id} have no {CHAIN}")
    check_chains(store.home, {one.id: True for one in runs}, chains)
    _check_there(archive, chains)
    return found


def _check_there(archive: Archive, chains: dict[str, tuple[Link, ...]]) -> None:
    """Every link of a chain has its tensors in the bundle."""
    files = archive.manifest.files
    for name, chain in chains.items():
        for link in chain[1:]:
            folder = f"{WEIGHTS}{link.ref}/"
            there = [one for one in files if one.startswith(folder)]
            if not any(one.endswith(".safetensors") for one in there):
                archive.refuse(f"{name} needs {link.ref}, which is not in it")
            if link.kind == "adapter" and f"{folder}adapter_config.json" not in there:
                archive.refuse(f"{link.ref} has no adapter's settings")


@contextlib.contextmanager
def _aside(store: Store) -> Iterator[Path]:
    """A folder on the same disk as the runs."""
    (store.home.root / "runs").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=store.home.root, prefix="importing-") as folder:
        yield Path(folder)


@contextlib.contextmanager
def _placed(run_ids: set[str], aside: Path, store: Store) -> Iterator[None]:
    """The weights in their places, and gone again where what comes next fails."""
    placed: list[Path] = []
    try:
        for run_id in sorted(run_ids):
            root = store.home.run(run_id).root
            if root.exists():
                raise RunError(f"there is a folder of run {run_id} already, left from an import that was cut",
                               where=root, do="remove it, and import again.")  # fmt: skip
            (aside / run_id).rename(root)
            placed.append(root)
        yield
    except BaseException:
        for root in placed:
            shutil.rmtree(root, ignore_errors=True)
        raise
