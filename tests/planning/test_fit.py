"""Whether a run fits: the advice is estimated, so following it makes the run fit."""

import json

import pytest

from lab.devices import parse_device
from lab.home import Home
from lab.planning import plan
from lab.planning.fit import USABLE
from tests.planning.shapes import LLAMA_3_8B, config_of, llama_like


@pytest.fixture
def big(tmp_path, monkeypatch):
    """A folder with the config of an 8B model and nothing else; its shape is counted already."""
    (tmp_path / "config.json").write_text(json.dumps(config_of(*LLAMA_3_8B)))
    shape = llama_like(*LLAMA_3_8B)
    monkeypatch.setattr("lab.models.shape.tensors_of", lambda *_: dict(shape.tensors))
    return str(tmp_path)


def fields(base, **variant):
    budget = {"steps": 10, "batch_size": 4, "max_length": 2048}
    return {"base": base, "budget": budget, "variants": [{"name": "x", **variant}]}


def planned(base, device, changes=(), **variant):
    from lab.recipe import build_recipe

    made = fields(base, **variant)
    for change in changes:
        key, _, value = change.partition("=")
        target = made["variants"][0] if key == "method" else made
        parts = key.split(".")
        for part in parts[:-1]:
            target = target[part]
        target[parts[-1]] = json.loads(value) if value.isdigit() or value in ("true", "false") else value
        if key == "method":
            target.pop("knobs", None)
    return plan(build_recipe(made), Home(base + "/lab"), None, parse_device(device))[0]


@pytest.mark.parametrize(
    ("device", "method"), [("24 GB", "full"), ("16 GB", "lora"), ("8 GB", "lora"), ("80 GB", "full")]
)
def test_advice_that_is_followed_makes_the_run_fit(big, device, method):
    first = planned(big, device, method=method)
    assert not first.fit.fits and first.fit.usable_bytes == int(parse_device(device).memory * USABLE)
    assert first.fit.advice
    for advice in first.fit.advice:
        then = planned(big, device, advice.changes, method=method)
        assert then.fit.fits and then.fit.memory_bytes == advice.memory_bytes, advice


def test_what_fits_needs_no_advice_and_what_never_fits_is_told_so(big):
    assert planned(big, "24 GB", method="lora", quantize="4bit").fit.advice == ()
    never = planned(big, "4 GB", method="full").fit
    assert not never.fits and not never.advice and never.smallest_bytes > never.usable_bytes


def test_large_bases_are_checkpointed_unless_a_recipe_says_no(big):
    assert planned(big, "24 GB", method="lora").run.stages[0].gradient_checkpointing is True
    assert (
        planned(big, "24 GB", method="lora", gradient_checkpointing=False).run.stages[0].gradient_checkpointing is False
    )
    assert planned(big, "24 GB", method="prefix").run.stages[0].gradient_checkpointing is False
