"""Who can answer, and what they are called on the page: base models and runs that left weights."""

import os
from collections.abc import Collection, Sequence
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
FIRST_BASE = "nano"
"""Who answers where nothing has been trained."""


def players(home: Home, store: Store, gives: Collection[str] = ("text",)) -> dict[str, Any]:
    """The bases, and the runs that left weights and give one of these (answers, where nobody says), newest first."""
    over = reversed(store.runs.all(statuses=[Status.DONE, Status.CANCELLED]))
    folder = f"{home.root}/runs"
    giving = (run for run in over if card_of(run).gives in gives)
    able = (run for run in giving if os.access(f"{folder}/{run.id}/weights.json", os.F_OK))
    offered = list(islice(able, OFFERED))
    bases = [{"id": entry.id, "name": pair(entry.name)} for entry in CATALOGUE.values()]
    given = {run.id: card_of(run).gives for run in offered}
    return {"bases": bases, "runs": [one | {"gives": given[one["id"]]} for one in runs_json(offered, store)]}


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
