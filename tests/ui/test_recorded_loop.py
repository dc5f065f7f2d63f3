"""The recorded round of the feedback loop: shown as it was, in the form that the tab's endpoints give today."""

import pytest

from lab.errors import RunError
from lab.ui.record_loop import record
from lab.ui.recorded_loop import FILE, read_recorded
from tests.ui.test_rlhf import ME, loop  # noqa: F401


def test_the_recorded_round_has_what_the_page_shows_of_a_round(loop):  # noqa: F811
    recorded, fresh = loop.recorded({}), loop.stations(ME)
    assert recorded == read_recorded() and FILE.exists()
    for station in ("ratings", "model", "duel"):
        assert set(fresh[station]) <= set(recorded["stations"][station]), station
    assert set(recorded["stations"]) == set(fresh) - {"problem"}
    assert recorded["curves"]["curves"]["reward"] and recorded["curves"]["samples"]


def test_what_was_recorded_went_well_and_says_how_sure_it_is():
    recorded = read_recorded()
    model, policy = recorded["stations"]["model"]["run"], recorded["stations"]["policy"]
    assert (model["status"], policy["status"]) == ("done", "done")
    low, high = model["sure"]["accuracy"]["after"]
    assert low < model["metrics"]["accuracy"][1] < high
    assert policy["metrics"]["reward"][1] > policy["metrics"]["reward"][0]
    assert recorded["stations"]["duel"]["collapsed"] is None
    assert recorded["curves"]["verdict"] not in (None, "narrows", "parts")


def test_a_round_without_a_duel_is_not_recorded(loop, store, tmp_path):  # noqa: F811
    with pytest.raises(RunError, match="no round that has come to its duel"):
        record(loop.stations(ME), store, tmp_path / "loop.json")
    assert list(tmp_path.glob("*.json")) == []
