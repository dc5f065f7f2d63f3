"""Runs of one variant under several seeds, told together."""

import pytest

from lab.cli.comparison import comparison_json
from lab.errors import RunError
from lab.evaluate.selection import find_runs
from lab.planning import submit
from lab.recipe import build_recipe
from lab.store import Change, Outcome, Status
from lab.store.groups import groups


@pytest.fixture
def runs(store, tiny_base):
    """Two variants under two seeds each; all but the last are done."""
    fields = {"base": str(tiny_base), "repeat": 2, "budget": {"steps": 3}, "variants": [{"name": "a"}, {"name": "b"}]}
    queued = submit(build_recipe(fields), store)
    for number, run in enumerate(queued[:3]):
        store.runs.claim("here", [run.id])
        store.runs.note(
            run.id, Outcome(eval_loss=Change(9, 1.0 + number), metrics={"exact_match": Change(0, 0.5)}, train_seconds=2)
        )
        store.runs.end(run.id, Status.DONE)
    return [store.runs.get(run.id) for run in queued]


def test_seeds_of_a_variant_are_told_as_mean_and_spread(runs):
    a, b = groups(runs)
    assert (a.variant, [run.name for run in a.runs]) == ("a", ["a · seed 0", "a · seed 1"])
    loss = a.figures["held_out_loss"]
    assert (loss.mean, loss.deviation, loss.runs) == (1.5, pytest.approx(0.5**0.5), 2)
    assert a.figures["exact_match"].deviation == 0
    assert (b.figures["held_out_loss"].mean, b.figures["held_out_loss"].deviation) == (3.0, None)
    assert "forgetting" not in a.figures


def test_a_comparison_is_found_by_its_id_and_by_those_of_its_runs(runs, store):
    assert find_runs([runs[0].comparison], store) == runs
    assert find_runs([runs[1].id, runs[0].id[:7], runs[1].id], store) == [runs[1], runs[0]]
    with pytest.raises(RunError, match="no run"):
        find_runs(["zzzz"], store)
    document = comparison_json(runs)
    assert [one["variant"] for one in document["variants"]] == ["a", "b"]
    assert document["variants"][0]["figures"]["held_out_loss"]["mean"] == 1.5
    assert len(document["variants"][1]["runs"]) == 2
