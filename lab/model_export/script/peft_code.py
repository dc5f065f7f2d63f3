"""A method as Python that needs PEFT alone: its settings, and what it wants besides them."""

import dataclasses
from collections.abc import Iterable
from enum import Enum
from typing import Any

from lab.errors import RunError
from lab.model_export.script.draft import Code, Draft
from lab.model_export.script.source import Source

FILLED_IN = ("base_model_name_or_path", "inference_mode", "peft_version", "task_type", "token_dim", "num_layers",
             "num_attention_heads", "num_transformer_submodules", "auto_mapping", "revision", "peft_type")  # fmt: skip
"""Fields that PEFT sets by itself when the adapter is made."""
NO_SCRIPT = {
    "multitask_prompt": "PEFT wants a task number with every row for it, which only this lab adds",
    "lora_ga": "the lab starts it in a way of its own, with gradients of its first batches",
}


COPIED = ("lora", "rslora", "dora", "lora_plus", "lora_fa")
"""Adapters that TRL copies rightly for a reference: it makes a second one and copies the weights, and making
one changes nothing of the base."""


def check_method(source: Source, built: Any) -> None:
    """Raise RunError for a method that PEFT by itself does not have."""
    method = source.stage.method
    config = getattr(built, "peft_config", {}).get("default")
    if config is not None and type(config).__module__.startswith("lab."):
        raise RunError(f"PEFT by itself has no '{method}' adapters, only this lab has",
                       do="take the whole model (--as merged), or train a method of PEFT's.")  # fmt: skip
    if reason := NO_SCRIPT.get(method):
        raise RunError(f"no script is written for '{method}': {reason}", do="take the model: --as adapter or merged.")
    online = source.stage.objective in ("grpo", "rloo") and source.stage.options["kl_coef"] > 0
    if online and config is not None and not config.is_prompt_learning and method not in COPIED:
        raise RunError(f"TRL makes a second adapter for the reference, which is another model for '{method}'",
                       do="train with options.kl_coef: 0, or with lora, for a script.")  # fmt: skip
    if source.method.own_loss and source.stage.objective not in ("sft", "pretrain"):
        raise RunError(f"what '{method}' adds to the loss is the lab's doing with '{source.stage.objective}'",
                       do="a script is written for it with sft.")  # fmt: skip


def write_method(draft: Draft, source: Source, built: Any, model: str, task: str | None) -> None:
    """The lines that put the method on `model`: what may move, or the adapter. `task` is PEFT's name of the task."""
    if source.continues:
        draft.use("peft", "PeftModel")
        draft.add(f'{model} = PeftModel.from_pretrained({model}, FILES / "start", is_trainable=True)')
        return
    if hasattr(built, "peft_config"):
        draft.use("peft", "get_peft_model")
        draft.call("config = " + _name(built.peft_config["default"], draft), _fields(built, draft, source, task))
        adapted = f"get_peft_model({model}, config)"
        draft.add(f"{model} = {adapted}" if task else adapted)
        if source.stage.method == "lora_fa":
            draft.add(f"for name, weight in {model}.named_parameters():  # its first half stays as it was drawn",
                      '    weight.requires_grad_("lora_B" in name)')  # fmt: skip
        return
    moving = [name for name, weight in built.named_parameters() if weight.requires_grad]
    if len(moving) < sum(1 for _ in built.named_parameters()):
        draft.add(f"TRAINED = {_prefixes(moving, [name for name, _ in built.named_parameters()])!r}",
                  f"for name, weight in {model}.named_parameters():",
                  "    weight.requires_grad_(name.startswith(TRAINED))")  # fmt: skip


def write_after(draft: Draft, source: Source) -> None:
    """What the method wants of a trainer that is made: an optimizer of its own, a start, something after each step."""
    stage = source.stage
    knobs, rate = stage.knobs, stage.learning_rate
    if stage.method == "lora_plus":
        draft.use("peft.optimizers", "create_loraplus_optimizer")
        draft.call("trainer.optimizer = create_loraplus_optimizer", {
            "lr": rate, "loraplus_lr_ratio": knobs["ratio"], "loraplus_weight_decay": stage.weight_decay,
            "weight_decay": stage.weight_decay,
        }, given="model, torch.optim.AdamW")  # fmt: skip
    if stage.method == "lora_fa":
        draft.use("peft.optimizers", "create_lorafa_optimizer")
        draft.call("trainer.optimizer = create_lorafa_optimizer", {
            "r": knobs["r"], "lora_alpha": knobs["alpha"], "lr": rate, "weight_decay": stage.weight_decay,
        }, given="model")  # fmt: skip
    if stage.method == "eva" and not source.continues:
        from lab.methods.eva import BATCHES

        draft.use("peft", "initialize_lora_eva_weights")
        draft.use("itertools", "islice")
        draft.add("read = ('input_ids', 'attention_mask', 'position_ids', 'labels')",
                  f"batches = islice(trainer.get_train_dataloader(), {BATCHES})",
                  "batches = [{k: b[k] for k in read if k in b} | {'use_cache': False} for b in batches]",
                  "initialize_lora_eva_weights(model.eval(), batches, show_progress_bar=False)")  # fmt: skip
    if stage.method == "adalora" and not source.continues:
        draft.use("transformers", "TrainerCallback")
        draft.add("",
                  "class RankMover(TrainerCallback):",
                  "    def on_optimizer_step(self, args, state, control, **_):",
                  "        model.base_model.update_and_allocate(state.global_step + 1)",
                  "", "trainer.add_callback(RankMover())")  # fmt: skip


def _fields(built: Any, draft: Draft, source: Source, task: str | None) -> dict[str, Any]:
    """The settings that are not PEFT's defaults, as Python."""
    config = built.peft_config["default"]
    found = _changed(config, draft)
    if source.stage.method == "prompt" and source.stage.knobs["init"] == "text":
        from lab.methods.prompt import SENTENCE

        found |= {"prompt_tuning_init": "TEXT", "prompt_tuning_init_text": SENTENCE,
                  "tokenizer_name_or_path": Code("str(BASE)")}  # fmt: skip
    return found | ({"task_type": task} if task else {})


def _changed(config: Any, draft: Draft) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in dataclasses.fields(config):
        value = getattr(config, field.name)
        default = field.default_factory() if callable(field.default_factory) else field.default
        if field.name in FILLED_IN or not field.init or value == default:
            continue
        found[field.name] = Code(_value(value, draft))
    return found


def _value(value: Any, draft: Draft) -> str:
    """A setting as Python; raises RunError for one that can't be written."""
    if isinstance(value, Enum):
        return repr(value.value)
    if value is None or isinstance(value, bool | int | float | str):
        return repr(value)
    if isinstance(value, set | frozenset):
        return repr(sorted(value))
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(one, draft) for one in value)}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {_value(one, draft)}" for key, one in value.items()) + "}"
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        inside = ", ".join(f"{name}={code}" for name, code in _changed(value, draft).items())
        return f"{_name(value, draft)}({inside})"
    raise RunError(f"a setting of its adapter can't be written as Python ({type(value).__name__})",
                   do="take the model: --as adapter.")  # fmt: skip


def _name(config: Any, draft: Draft) -> str:
    import peft

    kind = type(config).__name__
    draft.use("peft" if hasattr(peft, kind) else type(config).__module__, kind)
    return kind


def _prefixes(moving: Iterable[str], every: Iterable[str]) -> tuple[str, ...]:
    """The shortest beginnings of names that only these weights have."""
    wanted = set(moving)
    others = [name for name in every if name not in wanted]
    found: list[str] = []
    for name in sorted(wanted):
        if any(name.startswith(prefix) for prefix in found):
            continue
        parts = name.split(".")
        tries = [".".join(parts[:count]) + "." for count in range(1, len(parts))] + [name]
        found.append(next(one for one in tries if not any(other.startswith(one) for other in others)))
    return tuple(found)
