"""Having runs carried out: recipes queued, by whom, waited for, and gone on with."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from lab.api.following import Progress, follow
from lab.errors import RunError
from lab.executors import Executor, check_ready, make_executor
from lab.executors.choice import chosen, executor_of, give_to
from lab.executors.elsewhere import Elsewhere
from lab.executors.processes.supervisor import Supervisor
from lab.home import Home
from lab.planning import fork, resume, submit
from lab.recipe import Recipe, build_recipe, read_recipe
from lab.store import Run, Store

RecipeSource = str | Path | Mapping[str, Any] | Recipe


class Carrying:
    """What `Lab` does to have runs carried out. A run is named by its id (or it itself)."""

    home: Home
    store: Store
    supervisor: Supervisor | None
    elsewhere: Elsewhere | None

    def recipe(self, source: RecipeSource, overrides: Sequence[str] = ()) -> Recipe:
        """The recipe in a file, in plain fields, or as it is; `overrides` are 'key=value'. Raises RecipeError."""
        if isinstance(source, Recipe):
            return source
        return build_recipe(source) if isinstance(source, Mapping) else read_recipe(Path(source), overrides)

    def submit(self, recipe: RecipeSource, overrides: Sequence[str] = (), executor: str | None = None) -> list[Run]:
        """Queue a run a variant, for that executor or the one the recipe names; raises LabError, and queues nothing,
        when any can't be run, or the executor can't work as things are."""
        read = chosen(self.recipe(recipe, overrides), executor)
        if read.executor is not None:
            check_ready(read.executor, self.home)
        runs = submit(read, self.store)
        self._wake()
        return runs

    def train(
        self, recipe: RecipeSource, overrides: Sequence[str] = (), *, executor: str | None = None,
        show: Callable[[Progress], None] = lambda progress: None,
    ) -> list[Run]:  # fmt: skip
        """Carry a recipe out and wait for it; `show` is given the progress as it goes. Raises LabError."""
        return self.carry_out(self.submit(recipe, overrides, executor), show=show)

    def carry_out(
        self, runs: Sequence[Run], *, executor: str | None = None,
        show: Callable[[Progress], None] = lambda progress: None,
    ) -> list[Run]:  # fmt: skip
        """Have queued runs carried out, and wait until they are over. Interrupting it leaves checkpoints."""
        ids = [run.id for run in runs]
        carrying = self.executor_for(runs, executor)
        carrying.start()
        try:
            for progress in self.follow(ids):
                show(progress)
        finally:
            carrying.stop()
        return [self.store.runs.get(run_id) for run_id in ids]

    def executor_for(self, runs: Sequence[Run], executor: str | None = None) -> Executor:
        """An executor for queued runs, not started yet: the one named, or that they are for. Raises LabError."""
        name = executor or executor_of(runs[0])
        check_ready(name, self.home)
        given = [give_to(run, executor, self.store) for run in runs]
        return make_executor(name, self.home, [run.id for run in given])

    def follow(self, runs: Iterable[str | Run]) -> Iterator[Progress]:
        """Snapshots of runs until all are over; whoever carries them out."""
        return follow([_id(run) for run in runs], self.store)

    def resume(self, run: str | Run) -> Run:
        """Queue a run that stopped early again; it goes on from its last checkpoint. Raises RunError."""
        again = resume(self.store.runs.get(_id(run)).id, self.store)
        self._wake()
        return again

    def fork(
        self, run: str | Run, overrides: Mapping[str, Any] | Sequence[str] = (), *, warm: bool = True,
        name: str | None = None,
    ) -> Run:  # fmt: skip
        """Queue a copy of a run with changes ({"learning_rate": 1e-4} or ["learning_rate=1e-4"]), beside that run.

        Warm, it goes on from the run's weights and step: while the run trains, from its next step, which does not
        disturb it. Cold, it begins anew. Raises LabError, and queues nothing, for changes that don't go with that.
        """
        copy = fork(_id(run), overrides, self.store, warm=warm, name=name)
        self._wake()
        return copy

    def cancel(self, run: str | Run, keep: bool = True) -> Run:
        """Stop a run within a step, keeping its weights so far or not; raises RunError for one that is over."""
        found = self.store.runs.get(_id(run))
        if found.status.over:
            raise RunError(f"run '{found.id}' is {found.status}", do="only a queued or running run can be cancelled.")
        return self.store.runs.request(found.id, "cancel" if keep else "discard")

    def _wake(self) -> None:
        """Have the executors that live beside this lab look into the queue now."""
        if self.supervisor:
            self.supervisor.wake()
        if self.elsewhere:
            self.elsewhere.wake()


def _id(run: str | Run) -> str:
    return run if isinstance(run, str) else run.id
