"""Trackers: what is missing is told before anything is queued, and nobody but the owner has anything reported."""

import pytest
import yaml

from lab.errors import RecipeError
from lab.planning import plan, submit, trackers
from lab.planning.repeat import recipe_of_runs
from lab.planning.trackers import check_trackers
from lab.recipe import build_recipe, parse_recipe, resolve
from lab.ui import form_choices
from lab.visitors import Role, Visitor, acting
from lab.visitors.tokens import environment_of_children

GUEST = Visitor("browser-00000000000000000000000000000000", Role.VISITOR)
SMALL = {"name": "Small", "base": "nano", "budget": {"steps": 5}, "variants": [{"name": "LoRA", "method": "lora"}]}
AWAY = {"WANDB_API_KEY": "", "WANDB_MODE": "online", "MLFLOW_TRACKING_URI": "", "TRACKIO_SPACE_ID": "",
        "HF_HUB_OFFLINE": "", "NETRC": "/nowhere"}  # fmt: skip


@pytest.fixture
def installed(monkeypatch):
    """Every tracker is installed, and the environment says nothing of any."""
    monkeypatch.setattr(trackers, "find_spec", lambda name: True)
    for name, value in AWAY.items():
        monkeypatch.setenv(name, value)


def test_a_recipe_names_one_several_or_none():
    def named(said):
        return build_recipe(SMALL | {"report_to": said}).report_to

    assert named("trackio") == ("trackio",) and named(["wandb", "mlflow"]) == ("wandb", "mlflow")
    assert named("none") == named(None) == named([]) == build_recipe(SMALL).report_to == ()
    for wrong in ("tensorbord", 7, ["trackio", 3], {"name": "trackio"}, "all"):
        with pytest.raises(RecipeError, match="report_to"):
            named(wrong)


def test_a_run_keeps_it_and_repeats_it(store, installed):
    (run,) = submit(build_recipe(SMALL | {"report_to": "tensorboard"}), store)
    assert resolve(parse_recipe(run.recipe))[0].report_to == ("tensorboard",)
    assert recipe_of_runs([run])["report_to"] == ["tensorboard"]
    with acting(GUEST):  # who repeats the owner's run reports nothing
        assert "report_to" not in recipe_of_runs([run])
    assert "report_to" not in yaml.safe_load(submit(build_recipe(SMALL), store)[0].recipe)


@pytest.mark.parametrize("name", ["trackio", "tensorboard", "wandb", "mlflow"])
def test_a_package_that_is_missing_is_told_with_its_line_and_nothing_is_queued(store, monkeypatch, name):
    monkeypatch.setattr(trackers, "find_spec", lambda package: None)
    with pytest.raises(RecipeError, match=f"report_to: the package `{name}` is not installed.*pip install {name}"):
        submit(build_recipe(SMALL | {"report_to": name}), store)
    assert store.runs.all() == []


def test_a_visitor_reports_nothing_and_no_key_reaches_what_trains(store, installed, monkeypatch):
    monkeypatch.setenv("LAB_PUBLIC", "1")
    monkeypatch.setenv("WANDB_API_KEY", "secret")
    assert form_choices.trackers() == ["trackio", "tensorboard", "wandb", "mlflow"]
    for role in (Role.VISITOR, Role.MEMBER):
        with acting(Visitor(GUEST.id, role)):
            assert form_choices.trackers() == []
        with (
            acting(Visitor(GUEST.id, role)),
            pytest.raises(RecipeError, match="only the lab's owner can have runs report"),
        ):
            plan(build_recipe(SMALL | {"report_to": "tensorboard"}), store.home, store)
    assert "WANDB_API_KEY" not in environment_of_children()


@pytest.mark.parametrize(("name", "setting", "said"), [
    ("wandb", {}, "nobody is logged in"),
    ("wandb", {"WANDB_API_KEY": "x", "HF_HUB_OFFLINE": "1"}, "HF_HUB_OFFLINE is set"),
    ("wandb", {"WANDB_API_KEY": "x", "LAB_PUBLIC": "1"}, "others use this lab"),
    ("trackio", {"TRACKIO_SPACE_ID": "me/space", "HF_HUB_OFFLINE": "1"}, "HF_HUB_OFFLINE is set"),
    ("mlflow", {"MLFLOW_TRACKING_URI": "https://x", "LAB_SHARED": "1"}, "others use this lab"),
])  # fmt: skip
def test_what_can_not_be_reached_as_things_are_is_told(installed, monkeypatch, name, setting, said):
    for key, value in setting.items():
        monkeypatch.setenv(key, value)
    with pytest.raises(RecipeError, match=said):
        check_trackers([name])


@pytest.mark.parametrize(("name", "setting"), [
    ("wandb", {"WANDB_MODE": "offline", "HF_HUB_OFFLINE": "1"}), ("wandb", {"WANDB_API_KEY": "x"}),
    ("trackio", {"HF_HUB_OFFLINE": "1"}), ("mlflow", {"MLFLOW_TRACKING_URI": "sqlite:///x.db", "LAB_PUBLIC": "1"}),
    ("tensorboard", {"LAB_PUBLIC": "1", "HF_HUB_OFFLINE": "1"}),
])  # fmt: skip
def test_what_stays_on_this_machine_may_be_reported(installed, monkeypatch, name, setting):
    for key, value in setting.items():
        monkeypatch.setenv(key, value)
    check_trackers([name])


def test_a_login_that_wandb_has_written_down_is_found(installed, monkeypatch, tmp_path):
    (tmp_path / "netrc").write_text("machine api.wandb.ai login user password key\n")
    (tmp_path / "netrc").chmod(0o600)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    check_trackers(["wandb"])
