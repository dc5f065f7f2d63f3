"""Who can answer, and what they are called on the page: base models and runs that left weights."""

from typing import Any

from lab.errors import RunError
from lab.feedback.rounds import card_of
from lab.home import Home
from lab.models import CATALOGUE
from lab.store import Run, Status, Store
from lab.ui.run_view import run_json
from lab.words import pair

OFFERED = 200


def players(home: Home, store: Store) -> dict[str, Any]:
    """The bases, and the runs that left weights and can talk, newest first."""
    over = [run for run in store.runs.all(statuses=[Status.DONE, Status.CANCELLED]) if not card_of(run).scores]
    able = [run for run in reversed(over) if (home.run(run.id).root / "weights.json").exists()]
    bases = [{"id": entry.id, "name": pair(entry.name)} for entry in CATALOGUE.values()]
    return {"bases": bases, "runs": [run_json(run, place_of(run, store)) for run in able[:OFFERED]]}


def place_of(run: Run, store: Store) -> int:
    """A run's place in its comparison: its colour wherever it is shown."""
    return [other.id for other in store.runs.all(comparison=run.comparison)].index(run.id)


def player_label(player: str, store: Store) -> dict[str, Any]:
    """The name and colour of who gave an answer, as `Answer.run` names them; runs that were deleted keep their id."""
    if player.startswith("base:"):
        base = player.removeprefix("base:")
        name = pair(CATALOGUE[base].name) if base in CATALOGUE else base.rstrip("/").rpartition("/")[2]
        return {"player": player, "name": name, "place": None}
    try:
        run = store.runs.get(player)
    except RunError:
        return {"player": player, "name": player, "place": None}
    return {"player": player, "run": run.id, "name": run.name, "place": place_of(run, store), "recipe": run.recipe_name}
