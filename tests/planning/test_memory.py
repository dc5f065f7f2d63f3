"""Memory as it is told, beside what others publish or measured: none of these figures was used to fit a constant."""

from dataclasses import replace

import pytest

from lab.devices import Device, parse_device
from lab.planning.cost import estimate_cost
from lab.planning.memory import GPU_BYTES, stage_memory
from lab.recipe import build_recipe, resolve
from tests.planning.shapes import LLAMA_2_7B, LLAMA_3_8B, LLAMA_3_70B, llama_like

GIB = 1024**3 / 1e9
GPU = parse_device("80 GB")
FACTORY = "LLaMA-Factory, README, Hardware Requirement (estimates)"
TORCHTUNE = "torchtune, README, Memory and training speed (measured, batch 2 x 2,048, compiled)"
GUIDE = "gigagpu.com, Fine-Tune LLaMA 3 8B with LoRA, VRAM Requirements by Method"
ZERO = "Rajbhandari et al. 2020, ZeRO, section 3.1: 16 bytes a parameter"
LONGLORA = "Chen et al. 2024, LongLoRA, table 12 (measured, 8,192 tokens, sharded optimizer)"
PUBLISHED = [
    (FACTORY, LLAMA_2_7B, "full", {"precision": "bf16"}, 120),
    (FACTORY, LLAMA_2_7B, "full", {"precision": "pure_bf16"}, 60),
    (FACTORY, LLAMA_2_7B, "lora", {}, 16), (FACTORY, LLAMA_2_7B, "lora", {"quantize": "8bit"}, 10),
    (FACTORY, LLAMA_2_7B, "lora", {"quantize": "4bit"}, 6),
    (FACTORY, LLAMA_3_70B, "full", {"precision": "bf16"}, 1200), (FACTORY, LLAMA_3_70B, "lora", {}, 160),
    (FACTORY, LLAMA_3_70B, "lora", {"quantize": "8bit"}, 80), (FACTORY, LLAMA_3_70B, "lora", {"quantize": "4bit"}, 48),
    (TORCHTUNE, LLAMA_3_8B, "lora", {"batch": 2}, 16.2 * GIB),
    (TORCHTUNE, LLAMA_3_8B, "lora", {"batch": 2, "quantize": "4bit"}, 7.4 * GIB),
    (GUIDE, LLAMA_3_8B, "full", {"precision": "pure_bf16"}, 65), (GUIDE, LLAMA_3_8B, "lora", {"rank": 16}, 22),
    (GUIDE, LLAMA_3_8B, "lora", {"rank": 16, "quantize": "4bit"}, 10),
    (ZERO, LLAMA_3_8B, "full", {}, 128.5), (LONGLORA, LLAMA_2_7B, "lora", {"length": 8192}, 25.7),
]  # fmt: skip
"""Gigabytes at one row of 2,048 tokens where nothing else is said."""


def told(sizes, method, device=GPU, batch=1, length=2048, rank=8, checkpoint=True, **more):
    """The estimate for a stage of that method, in bytes; rows are not known, so they count as full."""
    return planned(sizes, method, batch, length, rank, checkpoint, **more)[1](device).memory_bytes


def planned(sizes, method, batch=1, length=2048, rank=8, checkpoint=True, **more):
    knobs = {"r": rank} if method in ("lora", "dora") else {}
    fields = {"budget": {"steps": 10, "batch_size": batch, "max_length": length}, "gradient_checkpointing": checkpoint}
    (run,) = resolve(build_recipe(fields | more | {"variants": [{"name": "x", "method": method, "knobs": knobs}]}))
    return run, lambda device: estimate_cost(run, llama_like(*sizes), device=device)


@pytest.mark.parametrize(("source", "sizes", "method", "more", "gigabytes"), PUBLISHED)
def test_estimates_are_within_a_quarter_of_what_others_publish(source, sizes, method, more, gigabytes):
    assert told(sizes, method, **more) / 1e9 == pytest.approx(gigabytes, rel=0.25), source


def test_an_8b_model_in_its_parts():
    shape = llama_like(*LLAMA_3_8B)
    assert shape.parameters == 8_030_261_248
    run, _ = planned(LLAMA_3_8B, "full")
    full = stage_memory(run, run.stages[0], shape, None, shape.parameters, GPU)
    assert (full.weights, full.gradients, full.optimizer) == tuple(times * shape.parameters for times in (4, 4, 8))
    assert full.peak == 16 * shape.parameters + GPU_BYTES  # the backward pass ends with gradients, without activations
    run, _ = planned(LLAMA_3_8B, "lora", quantize="4bit")
    adapter = 20_971_520  # rank 8 beside all seven layers of a block
    lora = stage_memory(run, run.stages[0], shape, None, adapter, GPU)
    inside, outside = 32 * (2 * 4096 * 4096 + 2 * 4096 * 1024 + 3 * 4096 * 14336), 2 * 128256 * 4096 + 65 * 4096
    assert lora.weights == inside * 4.5 / 8 + 2 * outside + 4 * adapter
    assert lora.optimizer == 8 * adapter


def test_dora_takes_more_than_lora_and_less_than_a_quarter_more():
    lora, dora = (told(LLAMA_3_8B, method) for method in ("lora", "dora"))
    assert lora < dora < 1.25 * lora


def test_checkpointing_saves_activations_and_accumulation_keeps_gradients():
    kept, again = (told(LLAMA_3_8B, "lora", checkpoint=flag) for flag in (False, True))
    assert kept - again > 10e9
    one, four = (told(LLAMA_3_8B, "full", gradient_accumulation=times) for times in (1, 4))
    assert four - one == pytest.approx(2 * 6_979_321_856 + 2e9, rel=0.15)  # copies in bf16 beside waiting gradients
    batch, parts = (told(LLAMA_3_8B, "lora", batch=size, gradient_accumulation=8 // size) for size in (8, 1))
    assert parts < batch


def test_a_reference_of_all_weights_counts_on_a_gpu():
    more = {"objective": "dpo", "data": "pairs.jsonl"}
    full = told(LLAMA_3_8B, "full", **more) - told(LLAMA_3_8B, "full")
    assert full == pytest.approx(4 * 8_030_261_248, rel=0.05)


def test_time_on_a_gpu_follows_its_speed_and_is_not_made_up():
    _, on = planned(LLAMA_3_8B, "lora")
    assert on(parse_device("24 GB")).seconds is None
    slow, fast = (on(parse_device(name)).train_seconds for name in ("A100", "H100"))
    assert (slow - 0.3) / (fast - 0.3) == pytest.approx(989 / 312)
    _, four = planned(LLAMA_3_8B, "lora", gradient_accumulation=4)
    assert four(parse_device("A100")).train_seconds - 0.3 == pytest.approx(4 * (slow - 0.3))


def test_what_this_machine_takes_of_memory_is_not_asked_of_another():
    from lab.planning.cost import StageFacts

    run, _ = planned(LLAMA_3_8B, "lora")
    shape, here = llama_like(*LLAMA_3_8B), Device("here", True, None, here=True)
    facts = [StageFacts(ratio=2.0)]
    own, other = (
        estimate_cost(run, shape, facts, device=one).memory_bytes for one in (here, replace(here, here=False))
    )
    assert own == pytest.approx(2 * other, rel=1e-6)
