"""Fixtures of a tiny base and a finished run of every kind on it, for the tests that read, serve and rebuild runs."""

from pathlib import Path

import pytest

from lab.home import Home
from lab.models import load_model, load_tokenizer
from tests.tiny import make_adapter_run, make_lora_run, make_tensors_run, make_tiny_base


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Home:
    return Home(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def base(home) -> str:
    return str(make_tiny_base(home.root / "tiny"))


@pytest.fixture(scope="module")
def model(base):
    return load_model(Path(base))


@pytest.fixture(scope="module")
def tokenizer(base):
    return load_tokenizer(Path(base))


@pytest.fixture(scope="module")
def runs(home, base) -> dict[str, str]:
    """Runs of every kind: two plain LoRAs, a DoRA, some tensors, a LoRA on a LoRA, a LoRA on tensors, a prefix."""
    from peft import PrefixTuningConfig

    first = make_lora_run(home, base, "aaaaaa01", seed=1)
    make_lora_run(home, base, "aaaaaa02", seed=2)
    make_lora_run(home, base, "aaaaaa03", seed=3, use_dora=True)
    tensors = make_tensors_run(home, base, "aaaaaa04", ("model.layers.1.mlp.up_proj.weight", "model.norm.weight"))
    make_lora_run(home, base, "aaaaaa05", seed=5, under=first)
    make_lora_run(home, base, "aaaaaa06", seed=6, under=tensors)
    make_adapter_run(home, base, "aaaaaa07", lambda: PrefixTuningConfig(num_virtual_tokens=4, task_type="CAUSAL_LM"))
    kinds = ("lora", "lora2", "dora", "tensors", "lora_on_lora", "lora_on_tensors", "prefix")
    return {kind: f"run:aaaaaa0{number}" for number, kind in enumerate(kinds, start=1)}
