"""Measuring a table of methods for real, on nano: killed in between, begun again, recorded and read."""

import pytest
import yaml

import lab
from lab.api.leaderboard import measure, record
from lab.errors import DataError
from lab.store import Status

RECIPE = {
    "name": "Tiny table", "base": "nano", "data": {"name": "cookbook", "subset": "west"}, "parameters": 42000,
    "learning_rate": "search", "search": {"rates": 2, "steps": 1}, "budget": {"steps": 2, "batch_size": 2},
    "evaluate": {"apart": True, "rows": 4, "answers": 6, "retained": 4},
    "variants": [{"name": "LoRA", "method": "lora"}, {"name": "IA3", "method": "ia3", "parameters": 4224}],
}  # fmt: skip


@pytest.mark.long
def test_a_table_is_measured_interrupted_and_recorded(tmp_path):
    recipe, file, told = tmp_path / "table.yaml", tmp_path / "table.json", []
    recipe.write_text(yaml.safe_dump(RECIPE))
    settings = {"executor": "inline", "show": told.append}
    with lab.open(tmp_path / "home") as opened:
        assert measure(opened, recipe, seeds=1, data=[None], **settings) == 2
        first = record(opened, recipe, file=file, seeds=2)
        assert [one.seeds for one in first.scores] == [1, 1] and first.seeds_planned == 2
        left = opened.submit(RECIPE | {"data": "boxes", "variants": RECIPE["variants"][:1], "order": "queue"})
        opened.store.runs.claim("here", only=[left[0].id])
        opened.store.runs.end(left[0].id, Status.INTERRUPTED, "the lab was killed")
        assert measure(opened, recipe, seeds=2, data=[None, "boxes"], **settings) == 6
        assert [one for one in told if "that were begun" in one] == ["1 runs that were begun or waiting go on"]
        assert "2 of 2: IA3 is done" in told
        assert measure(opened, recipe, seeds=2, data=[None, "boxes"], **settings) == 0
        runs = opened.runs()
        assert len(runs) == 8 and all(run.status == Status.DONE for run in runs), [run.error for run in runs]
        assert all(run.outcome.cpu_seconds > 0 for run in runs)
        table = record(opened, recipe, file=file, seeds=2)
        assert {one.id for one in table.data} == {"cookbook: west", "boxes"}
        assert [one.seeds for one in table.scores] == [2] * 4
        lora = table.score("lora", "boxes")
        assert lora.trainable == 41472 and lora.equal and lora.retained.seeds == 2 and lora.at_edge
        with pytest.raises(DataError, match="there is no data set 'bxes'"):
            measure(opened, recipe, seeds=3, data=[None, "bxes"], **settings)
        assert len(opened.runs()) == 8, "all data sets are looked at before anything is carried out"


def test_the_table_that_ships_is_read_from_python():
    table = lab.leaderboard()
    row = table.of(table.data[0].id)[0].row()
    assert row["standing"] == "best" and row["accuracy_low"] <= row["accuracy"] <= row["accuracy_high"]
