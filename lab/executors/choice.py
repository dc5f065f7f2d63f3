"""Which executor carries a run out: as asked, else as its recipe says, else LAB_EXECUTOR, else the default one.

It is written into a run's recipe when it is queued, so that whoever looks into the queue knows whose it is. Executors
of this machine (warm, inline, zero) take each other's runs; one that works elsewhere takes only those that name it.
"""

import os
import re
from collections.abc import Sequence

import yaml

from lab.card import find_cards
from lab.errors import RecipeError
from lab.recipe import Recipe
from lab.recipe.schema import dump_fields
from lab.store import Run, Store
from lab.visitors import current

DEFAULT = "warm"
SETTING = "LAB_EXECUTOR"
SAID = re.compile(r"^executor: *([\w-]+) *$", re.M)
"""What a queued run's recipe says, which `ResolvedRun.to_yaml` has written."""


def chosen(recipe: Recipe, asked: str | None = None) -> Recipe:
    """The recipe with who is to carry it out; as it is where nobody says. Raises RecipeError for a visitor's choice."""
    if recipe.executor is not None and not current().owns_lab:
        raise RecipeError("only the lab's owner can choose where runs are carried out", where="executor",
                          do="leave it out.")  # fmt: skip
    name = asked or recipe.executor or os.environ.get(SETTING)
    return recipe.model_copy(update={"executor": name}) if name else recipe


def executor_of(run: Run) -> str:
    """The executor that a queued run is for."""
    found = SAID.search(run.recipe)
    return found.group(1) if found else DEFAULT


def carried_elsewhere(run: Run) -> str | None:
    """The executor of other machines that a run is for; None for one that is carried out on this machine."""
    name = executor_of(run)
    module = find_cards("lab.executors").get(name) if name != DEFAULT else None
    return name if module is not None and module.CARD.elsewhere else None


def queue_of(store: Store, executor: str | None, only: Sequence[str] | None = None) -> list[str]:
    """The queued runs (of `only` these) that an executor takes, first come first: those that name it, where it works
    elsewhere; for None all that are carried out on this machine."""
    waiting = store.runs.waiting(only)
    known = store.runs.some(waiting)
    return [run for run in waiting if run in known and carried_elsewhere(known[run]) == executor]


def give_to(run: Run, executor: str | None, store: Store) -> Run:
    """The run with its recipe saying that this executor carries it out; as it is for None."""
    if executor is None or executor == executor_of(run):
        return run
    fields = yaml.safe_load(run.recipe)
    variants = fields.pop("variants")
    store.runs.rewrite_recipe(run.id, dump_fields({**fields, "executor": executor, "variants": variants}))
    return store.runs.get(run.id)
