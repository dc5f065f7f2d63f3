"""What every trainer is told of a stage that several processes share."""

from lab.data import DataSet
from lab.objectives.task import Task
from lab.recipe import build_recipe, resolve


def test_processes_share_the_batch_and_fsdp_settings_arrive_in_the_training_arguments(home, tmp_path):
    from transformers import TrainingArguments

    shared = {"base": "nano", "data": "cuisine", "budget": {"steps": 4, "batch_size": 8}, "variants": [{"name": "x"}]}
    settings = {
        "cpu_offload": True,
        "reshard_after_forward": False,
        "transformer_layer_cls_to_wrap": "LlamaDecoderLayer",
    }
    run = resolve(build_recipe(shared | {"processes": 4, "fsdp": settings}))[0]
    data = DataSet("cuisine", "prompt_completion", [], [])
    task = Task(None, None, data, run.stages[0], 1e-3, 0, False, tmp_path, home, processes=4, fsdp=run.fsdp)
    arguments = TrainingArguments(**task.arguments())
    assert arguments.per_device_train_batch_size == 2
    assert arguments.fsdp is True
    assert {name: arguments.fsdp_config[name] for name in settings} == settings | {
        "transformer_layer_cls_to_wrap": ["LlamaDecoderLayer"]
    }
    assert arguments.fsdp_plugin_args["cpu_offload"] is True
    assert arguments.fsdp_plugin_args["transformer_cls_names_to_wrap"] == "LlamaDecoderLayer"
