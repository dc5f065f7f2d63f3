"""The endpoint of the measured table: plain JSON whose variants are ready for a recipe; a lab without one says so."""

import json

from lab.recipe import build_recipe, resolve
from lab.ui.measured import Measured


def test_every_row_can_be_put_into_a_recipe():
    page = Measured().measured({})
    json.dumps(page, allow_nan=False)
    assert page["scores"] and {one["data"] for one in page["scores"]} == {one["id"] for one in page["data"]}
    assert all(one["explain"]["zh"] and one["asked"] > 20 for one in page["data"])
    data = page["data"][0]
    variants = [one["variant"] for one in page["scores"] if one["data"] == data["id"]]
    runs = resolve(build_recipe({"data": data["fields"], "variants": variants}))
    assert [run.stages[0].learning_rate for run in runs] == [one["learning_rate"] for one in variants]
    assert {one["method"] for one in page["scores"]} <= set(page["methods"])


def test_where_none_is_recorded_it_says_so(monkeypatch):
    monkeypatch.setattr("lab.ui.measured.read_leaderboard", lambda: None)
    assert Measured().measured({}) == {"none": True}
