"""Who can answer, and what they are called on the page: base models and runs that left weights."""

from collections.abc import Collection, Sequence
from typing import Any

from lab.feedback.rounds import card_of
from lab.home import Home
from lab.models import CATALOGUE
from lab.store import Label, Run, Status, Store
from lab.ui.run_view import run_json
from lab.words import pair

OFFERED = 200
BASE = "base:"


def players(home: Home, store: Store) -> dict[str, Any]:
    """The bases, and the runs that left weights and can talk, newest first."""
    over = [run for run in store.runs.all(statuses=[Status.DONE, Status.CANCELLED]) if not card_of(run).scores]
    able = [run for run in reversed(over) if (home.run(run.id).root / "weights.json").exists()]
    offered = able[:OFFERED]
    bases = [{"id": entry.id, "name": pair(entry.name)} for entry in CATALOGUE.values()]
    return {"bases": bases, "runs": runs_json(offered, store)}


def runs_json(runs: Sequence[Run], store: Store) -> list[dict[str, Any]]:
    """Runs as the page takes them, of any comparisons."""
    labels = store.runs.labels([run.id for run in runs])
    return [run_json(run, labels[run.id].place) for run in runs if run.id in labels]  # one may be deleted meanwhile


def player_label(player: str, store: Store) -> dict[str, Any]:
    """The name and colour of who gave an answer, as `Answer.run` names them; runs that were deleted keep their id."""
    return player_labels([player], store)[player]


def player_labels(named: Collection[str], store: Store) -> dict[str, dict[str, Any]]:
    """`player_label` of each of these players."""
    labels = store.runs.labels([player for player in named if not player.startswith(BASE)])
    return {player: {"player": player} | _named(player, labels.get(player)) for player in named}


def _named(player: str, label: Label | None) -> dict[str, Any]:
    if label:
        return {"run": player, "name": label.name, "place": label.place, "recipe": label.recipe_name}
    if not player.startswith(BASE):
        return {"name": player, "place": None}
    base = player.removeprefix(BASE)
    name = pair(CATALOGUE[base].name) if base in CATALOGUE else base.rstrip("/").rpartition("/")[2]
    return {"name": name, "place": None}
