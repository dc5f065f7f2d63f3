"""Keeping runs in order: which comparisons there are, names, tags, notes, stars, the archive, deleting, differences,
and taking a model out of the lab."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from lab.disk import run_bytes
from lab.errors import LabError
from lab.evaluate.selection import find_runs
from lab.home import Home, path_there
from lab.planning.marking import mark, rename
from lab.planning.plans import plan
from lab.planning.queue import remove
from lab.planning.removal import Removal, plan_removal, remove_all
from lab.planning.repeat import recipe_of_runs
from lab.recipe import Recipe, ResolvedRun, build_recipe, parse_recipe, read_recipe, resolve
from lab.recipe.differing import FieldDifference, recipe_differences
from lab.serving.pulling import Pulls
from lab.store import Mark, Run, Store
from lab.store.comparisons import Comparison, comparisons
from lab.visitors import current

if TYPE_CHECKING:
    from lab.bundle import BroughtIn, Bundled
    from lab.model_export import Exported
    from lab.model_export.script import Script


class Keeping:
    """What `Lab` can do with runs that are there. A run is named by its id (or it itself), a comparison by its id."""

    home: Home
    store: Store

    @cached_property
    def pulls(self) -> Pulls:
        """Base models that are fetched in the background; one for all tabs."""
        return Pulls(self.home)

    def comparisons(self) -> list[Comparison]:
        """All comparisons with their runs, the newest first."""
        return comparisons(self.store.runs.all())

    def marks(self, runs: Iterable[str | Run]) -> dict[str, Mark]:
        """The tags, note, star and place in the archive of runs, by their ids."""
        return self.store.marks.some(_id(run) for run in runs)

    def mark(
        self, *runs: str | Run, add: Sequence[str] = (), remove: Sequence[str] = (), note: str | None = None,
        starred: bool | None = None, archived: bool | None = None,
    ) -> list[Run]:  # fmt: skip
        """Add and remove tags of runs or of whole comparisons, and set their note, star and place in the archive where
        given. Raises RunError, and changes nothing, where anything is wrong."""
        return mark([_id(run) for run in runs], self.store, add=add, remove=remove, note=note, starred=starred,
                    archived=archived)  # fmt: skip

    def rename(self, run: str | Run, name: str) -> list[Run]:
        """Give a run's variant (its runs of all seeds) or a comparison another name; returns the runs that have it.
        Raises RunError."""
        return rename(_id(run), name, self.store)

    def export(self, run: str | Run, form: str, path: str | Path, type: str = "f16") -> "Exported | Script | Bundled":
        """Take a run out of the lab, into a new file or folder. Its model as `adapter`, which PEFT loads onto the base,
        `merged`, which transformers loads, or `gguf`, a file for llama.cpp in `f16` or `q8_0` (then `path` may be the
        file): loaded again without the lab and held against the run's model first. The run as a `script` that needs
        TRL, PEFT and transformers alone; or its comparison as a `bundle`, see `bundle`. Raises LabError."""
        from lab.model_export import export_model

        if form == "script":
            from lab.model_export.script import export_script

            return export_script(_id(run), Path(path), self.store)
        if form == "bundle":
            return self.bundle(run, path)
        return export_model(_id(run), form, Path(path), self.store, type)

    def bundle(self, comparison: str | Run, file: str | Path, *, weights: bool = False, by: str = "") -> "Bundled":
        """Write a whole comparison into one new file for another lab: recipes, figures, curves, samples, votes, and
        with `weights` what its runs left. `by` says who gives it away. Raises LabError."""
        from lab.bundle import write_bundle

        return write_bundle(_id(comparison), Path(file), self.store, weights=weights, by=by)

    def import_bundle(self, file: str | Path, *, votes: bool = True) -> "BroughtIn":
        """Take in a comparison of another lab, with its votes or without. Nothing of it is executed; raises LabError,
        and takes nothing in, where anything is wrong with it."""
        from lab.bundle import import_bundle

        return import_bundle(Path(file), self.store, votes=votes)

    def delete(self, run: str | Run) -> Run:
        """Delete a run that is over, with its files; raises RunError while another builds on it."""
        return remove(_id(run), self.store)

    def removal(self, *runs: str | Run) -> Removal:
        """What `delete_all` of these would delete, what would stay and why, and the bytes that they take."""
        return plan_removal([_id(run) for run in runs], self.store)

    def delete_all(self, *runs: str | Run) -> Removal:
        """Delete those of these runs and comparisons that are over and on which nothing else builds; the rest stays."""
        return remove_all([_id(run) for run in runs], self.store)

    def disk(self, run: str | Run) -> int:
        """The bytes of disk that a run takes."""
        return run_bytes(self.home, self.store.runs.get(_id(run)).id).total

    def diff(self, first: str | Run | Path, second: str | Run | Path) -> list[FieldDifference]:
        """In which fields the recipes of two runs, comparisons or files differ. Raises LabError."""
        return recipe_differences(self._plans(first), self._plans(second))

    def _plans(self, source: str | Run | Path) -> list[ResolvedRun]:
        """What a recipe comes to: that of a file, of a run, or of all runs of a comparison."""
        if isinstance(source, Path) or (isinstance(source, str) and current().owns_lab and _is_file(source)):
            return self._planned(read_recipe(Path(source)))
        runs = find_runs([_id(source)], self.store)
        if len(runs) > 1:
            return self._planned(build_recipe(recipe_of_runs(runs)))
        resolved = resolve(parse_recipe(runs[0].recipe, where=f"run {runs[0].id}"))[0]
        return [_named(resolved, runs[0])]

    def _planned(self, recipe: Recipe) -> list[ResolvedRun]:
        """The runs of a recipe with all that is settled when they are queued, if that can be told here."""
        try:
            return [planned.run for planned in plan(recipe, self.home, self.store)]
        except LabError:
            return resolve(recipe)


def marked(
    runs: Sequence[Run], store: Store, tag: str | None = None, starred: bool | None = None, archived: bool | None = None
) -> list[Run]:
    """Those of these runs that are marked so, by all that is given."""
    known = store.marks.all()
    told = ((run, known.get(run.id, Mark())) for run in runs)
    return [
        run for run, own in told
        if (tag is None or tag.removeprefix("#") in own.tags)
        and (starred is None or own.starred == starred) and (archived is None or own.archived == archived)
    ]  # fmt: skip


def _named(resolved: ResolvedRun, run: Run) -> ResolvedRun:
    """The plan of a run by the names that it has now."""
    return resolved.model_copy(update={"name": run.name, "recipe": run.recipe_name})


def _is_file(text: str) -> bool:
    return text.endswith((".yaml", ".yml")) or (path_there(text) is not None)


def _id(run: str | Run) -> str:
    return run.id if isinstance(run, Run) else run
