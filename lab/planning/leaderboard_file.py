"""Recording the table of methods: the finished runs of its recipe become assets/leaderboard.json, as plain figures."""

import json
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lab.card import find_cards
from lab.data import data_cards
from lab.errors import RunError
from lab.evaluate.leaderboard import FILE
from lab.planning.leaderboard import ACCURACY, Cell, cells_of, measured, rate_of, recipe_for
from lab.recipe import Recipe, ResolvedRun, parse_recipe, resolve
from lab.store import Run, Status, Store

Fields = dict[str, Any]


def record(store: Store, recipe: Recipe, path: str, file: Path = FILE, seeds: int = 5) -> Fields:
    """Write what the runs of the table's recipe came to into `file`, and return it. `path` is how the recipe is found.

    Raises RunError where no run is done.
    """
    over = _of_this_recipe(
        {c: run for c, run in measured(store, recipe.name).items() if run.status.over}, recipe, store
    )
    done = [run for run in over.values() if run.status == Status.DONE]
    if not done:
        raise RunError(f"no run of '{recipe.name}' is done here", do="measure first: `lab leaderboard measure`.")
    data, found = (
        list(dict.fromkeys(cell.data for cell in over)),
        defaultdict[tuple[str, str], list[tuple[Cell, Run]]](list),
    )
    for cell, run in over.items():
        found[cell.data, cell.variant].append((cell, run))
    raw = {
        "recorded": time.strftime("%Y-%m-%d", time.gmtime(max(run.ended or 0.0 for run in done))),
        "base": recipe.base, "recipe": path, "parameters": recipe.parameters, "seeds": seeds,
        "steps": recipe.budget.steps, "versions": _versions(done),
        "data": [_data(one, [run for cell, run in over.items() if cell.data == one]) for one in data],
        "cells": [_cell(name, sorted(some, key=lambda one: one[0].seed)) for (name, _), some in found.items()],
    }  # fmt: skip
    file.write_text(_text(raw), encoding="utf-8")
    return raw


def _of_this_recipe(over: dict[Cell, Run], recipe: Recipe, store: Store) -> dict[Cell, Run]:
    """The runs that the recipe would carry out as it is now, not those of an earlier wording with other settings."""
    kept = dict[Cell, Run]()
    for label in dict.fromkeys(cell.data for cell in over):
        own = {cell: run for cell, run in over.items() if cell.data == label}
        choices = [one.model_dump(exclude_defaults=True) for one in _resolved(next(iter(own.values()))).stages[-1].data]
        wanted = {c.variant: c.settings for c in cells_of(recipe_for(recipe, choices, recipe.seed), store.home)}
        kept |= {cell: run for cell, run in own.items() if wanted.get(cell.variant) == cell.settings}
    return kept


def _data(label: str, runs: Sequence[Run]) -> Fields:
    """What is the same for all runs on a data set: how a recipe names it, its questions, and where the base stood."""
    done = next((run for run in runs if run.status == Status.DONE), None)
    choices = _resolved(runs[0]).stages[-1].data
    fields = [choice.model_dump(mode="json", exclude_defaults=True) for choice in choices]
    out = done.outcome if done else None
    asked = out.metrics[ACCURACY] if out else None
    return {
        "id": label, "fields": fields[0] if len(fields) == 1 else fields,
        "name": _named([choice.name for choice in choices]), "asked": asked.n if asked else 0,
        "groups": list(asked.groups) if asked else [],
        "start": {
            "accuracy": asked.before if asked else None,
            "retained": out.retained.before if out else None, "perplexity": out.forgetting.before if out else None,
        },
    }  # fmt: skip


def _named(names: Sequence[str]) -> dict[str, str]:
    cards = data_cards()
    return {
        language: " + ".join(getattr(cards[name].name, language) if name in cards else name for name in names)
        for language in ("en", "zh")
    }


def _cell(data: str, runs: Sequence[tuple[Cell, Run]]) -> Fields:
    """A method on a data set: what it trained, the rates tried, and the figures of each seed."""
    done = [(cell, run) for cell, run in runs if run.status == Status.DONE]
    first = (done or runs)[0][1]
    stage, out = _resolved(first).stages[-1], first.outcome
    usual = find_cards("lab.methods")[stage.method].CARD.complete_knobs({}, "")
    return {
        "method": stage.method, "data": data, "rate": rate_of(first) if done else None,
        "tried": [[one.learning_rate, _short(one.held_out_loss)] for one in out.search],
        "knobs": {name: value for name, value in stage.knobs.items() if value != usual[name]},
        "trainable": out.trainable_params, "total": out.total_params,
        "runs": [_seed(cell.seed, run) for cell, run in done],
        "failed": [[cell.seed, (run.error or "")[:200]] for cell, run in runs if run.status == Status.FAILED],
    }  # fmt: skip


def _seed(seed: int, run: Run) -> Fields:
    out = run.outcome
    answered = out.metrics[ACCURACY]
    return {
        "seed": seed, "accuracy": _short(answered.after), "marks": _marks(answered.marks),
        "retained": _short(out.retained.after), "kept": _marks(out.retained.marks),
        "perplexity": _short(out.forgetting.after), "cpu": _short(out.cpu_seconds), "memory": out.peak_memory_bytes,
    }  # fmt: skip


def _resolved(run: Run) -> ResolvedRun:
    return resolve(parse_recipe(run.recipe))[0]


def _marks(marks: Sequence[float]) -> str:
    return "".join("1" if one >= 1 else "0" for one in marks)


def _short(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.5g}")


def _versions(runs: Sequence[Run]) -> dict[str, str]:
    """The libraries that most of the runs were carried out with, and the device."""
    found = Counter(json.dumps({**run.outcome.environment.get("versions", {}),
                                "device": run.outcome.environment.get("device", "")}) for run in runs)  # fmt: skip
    most: dict[str, str] = json.loads(found.most_common(1)[0][0])
    return most


def _text(raw: Fields) -> str:
    """JSON with a cell a line, so that a change of one is a change of a line."""
    cells = ",\n".join(json.dumps(cell, ensure_ascii=False, separators=(",", ":")) for cell in raw["cells"])
    rest = json.dumps({name: value for name, value in raw.items() if name != "cells"}, ensure_ascii=False)
    return f'{rest[:-1]}, "cells": [\n{cells}\n]}}\n'
