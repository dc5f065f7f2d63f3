"""Data on the Hub, asked for where the Hub can't be reached: one sentence at once, unless a copy is here."""

import pytest

from lab.api import Lab
from lab.data.reach import check_reach, has_copy
from lab.errors import DataError
from lab.planning import submit
from lab.planning.checks import check_data
from lab.recipe import build_recipe, resolve
from lab.ui.train import Train


@pytest.fixture
def cache(monkeypatch, tmp_path):
    """An empty cache of the Hub's libraries, and nothing that answers."""
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr("huggingface_hub.constants.HF_HOME", str(tmp_path))
    monkeypatch.delenv("HF_DATASETS_CACHE", raising=False)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    return tmp_path


RECIPE = {"name": "R", "data": "owner/rows", "variants": [{"name": "a", "method": "lora", "learning_rate": 1e-3}]}


def test_nothing_is_queued_for_hub_data_that_can_not_be_had(cache, store):
    with pytest.raises(DataError, match=r"owner/rows: it is on the Hub, which can't be reached \(HF_HUB_"):
        submit(build_recipe(RECIPE), store)
    assert store.runs.all() == []


def test_a_hub_that_does_not_answer_is_told_with_what_to_do(cache, home, monkeypatch):
    monkeypatch.delenv("HF_HUB_OFFLINE")
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(DataError, match=r"Go online, or give a file"):
        check_data(resolve(build_recipe(RECIPE)), home)


def test_the_page_tells_it_beside_the_button_and_when_one_looks_inside(cache, store, home):
    page = Train(Lab(home, store))
    for told in (page.start({"fields": RECIPE}), page.peek({"fields": RECIPE})):
        assert "which can't be reached" in told["problem"]


@pytest.mark.parametrize("place", ["hub/datasets--owner--rows", "datasets/owner___rows"])
def test_a_copy_that_is_here_is_enough(cache, place):
    assert not has_copy("owner/rows")
    (cache / place).mkdir(parents=True)
    check_reach("owner/rows")
