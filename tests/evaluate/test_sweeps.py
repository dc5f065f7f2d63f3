"""The table of a sweep: settings that differ by their paths, figures as means, and which setting mattered."""

from lab.evaluate.sweeps import sweep_table
from lab.recipe import build_recipe, resolve
from lab.store import Change, Outcome, Run, Status


def finished(recipe, loss_of):
    return [
        Run(
            f"run{i:05}", "c0ffee", plan.name, "R", plan.to_yaml(), plan.base, "lora", "sft", None, Status.DONE, 0.0,
            outcome=Outcome(eval_loss=Change(3.0, loss_of(plan.stages[0], plan.seed))),
        )
        for i, plan in enumerate(resolve(build_recipe(recipe)))
    ]  # fmt: skip


def test_settings_that_differ_stand_beside_the_figures_and_the_one_that_mattered_is_first():
    sweep = {"knobs": {"r": [2, 8, 32]}, "learning_rate": [1e-3, 1e-2], "budget": {"steps": 10}}
    runs = finished(
        {"repeat": 2, "variants": [{"name": "LoRA", "method": "lora", **sweep}]},
        lambda stage, seed: 1 / stage.knobs["r"] + 0.001 * seed,
    )
    table = sweep_table(runs)
    assert len(table.variants) == 6 and table.variants[0] == "LoRA · r 2 · learning_rate 0.001"
    assert table.settings == {"knobs.r": (2, 2, 8, 8, 32, 32), "learning_rate": (1e-3, 1e-2) * 3}
    assert table.figures["held_out_loss"][0] == 0.5005
    first, second = table.importance["held_out_loss"]
    assert first.setting == "knobs.r" and first.share > 0.99 and second.share == 0


def test_variants_of_several_stages_and_a_recipe_that_can_not_be_read():
    stages = [{"method": "lora"}, {"method": "lora", "learning_rate": [1e-3, 1e-2]}]
    runs = finished({"variants": [{"name": "two", "stages": stages}]}, lambda stage, seed: 1.0)
    assert sweep_table(runs).settings == {"2.learning_rate": (1e-3, 1e-2)}
    broken = Run("run00009", "c0ffee", "gone", "R", "{", "nano", "lora", "sft", None, Status.FAILED, 0.0)
    assert sweep_table([*runs, broken]).variants[-1] == "gone"
    assert sweep_table([]).variants == ()


def test_data_of_different_sets_is_one_setting_and_of_the_same_sets_each_of_theirs():
    mix = ["cuisine", {"name": "retain", "weight": 0.3}]
    lora = {"method": "lora"}
    variants = [lora | {"name": "a"}, lora | {"name": "b", "data": mix}]
    runs = finished({"data": "cuisine", "variants": variants}, lambda stage, seed: 1.0)
    assert sweep_table(runs).settings == {"data": ("cuisine", "cuisine + retain × 0.3")}
    limits = {"name": "c", "data": {"name": "cuisine", "limit": [24, 48]}}
    runs = finished({"variants": [lora | limits]}, lambda stage, seed: 1.0)
    assert sweep_table(runs).settings == {"data.limit": (24, 48)}
