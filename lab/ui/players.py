"""Who can answer, and what they are called on the page: base models and runs that left weights."""

import os
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Any

from lab.feedback.rounds import card_of
from lab.home import Home
from lab.model_ref import ModelRef
from lab.models import CATALOGUE
from lab.store import Label, Run, Status, Store
from lab.ui.run_view import run_json
from lab.words import pair

OFFERED = 200
LOOKED_AT = (4 * OFFERED, 40 * OFFERED, None)
"""How many of the newest runs are looked at until so many are found; at last all of them."""
FIRST_BASE = "nano"
"""Who answers where nothing has been trained."""


def players(home: Home, store: Store, gives: Collection[str] = ("text",)) -> dict[str, Any]:
    """The bases, and the runs that left weights and give one of these (answers, where nobody says), newest first."""
    for newest in LOOKED_AT:
        offered = list(islice(_able(home, store, gives, newest), OFFERED))
        if len(offered) == OFFERED:
            break
    bases = [{"id": entry.id, "name": pair(entry.name)} for entry in CATALOGUE.values()]
    given = {run.id: card_of(run).gives for run in offered}
    return {"bases": bases, "runs": [one | {"gives": given[one["id"]]} for one in runs_json(offered, store)]}


def _able(home: Home, store: Store, gives: Collection[str], newest: int | None) -> Iterator[Run]:
    """Of the newest so many runs that are over those that left weights and give one of these, the newest first."""
    folder = f"{home.root}/runs"
    for run in reversed(store.runs.all(statuses=[Status.DONE, Status.CANCELLED], newest=newest)):
        if card_of(run).gives in gives and os.access(f"{folder}/{run.id}/weights.json", os.F_OK):
            yield run


def runs_json(runs: Sequence[Run], store: Store) -> list[dict[str, Any]]:
    """Runs as the page takes them, of any comparisons."""
    labels = store.runs.labels([run.id for run in runs])
    return [run_json(run, labels[run.id].place) for run in runs if run.id in labels]  # one may be deleted meanwhile


def player_label(player: str, store: Store) -> dict[str, Any]:
    """The name and colour of who gave an answer, as `Answer.run` names them; runs that were deleted keep their id."""
    return player_labels([player], store)[player]


def player_labels(named: Collection[str], store: Store) -> dict[str, dict[str, Any]]:
    """`player_label` of each of these players."""
    bases = {player: ModelRef.of_answer(player).base for player in named}
    labels = store.runs.labels([player for player, base in bases.items() if base is None])
    return {
        player: {"player": player} | (_run(player, labels.get(player)) if base is None else _base(base))
        for player, base in bases.items()
    }


def _run(run: str, label: Label | None) -> dict[str, Any]:
    if label is None:
        return {"name": run, "place": None}
    return {"run": run, "name": label.name, "place": label.place, "recipe": label.recipe_name}


def _base(base: str) -> dict[str, Any]:
    name = pair(CATALOGUE[base].name) if base in CATALOGUE else base.rstrip("/").rpartition("/")[2]
    return {"name": name, "place": None}
