"""What every script has: where its files lie, the base, the settings of the trainer, where it stops, what it prints."""

from typing import Any

from lab.model_export.script.draft import Code, Draft
from lab.model_export.script.peft_code import write_after, write_method
from lab.model_export.script.source import Source
from lab.models import precision_of

FIGURES = {"reward": "held-out reward"}
"""What a script prints beside the run's own, for objectives that have no held-out loss."""


def write_head(draft: Draft, source: Source, base: str | None, files: str, recorded: float | None) -> None:
    """The constants and the rows. `base` is a Hub id; None for the folder beside the script."""
    draft.use("pathlib", "Path")
    draft.use("datasets", "Dataset")
    draft.use("json")
    place = f' / "{files}"' if files else ""
    draft.add(f"FILES = Path(__file__).resolve().parent{place}",
              f"BASE = {base!r}" if base else 'BASE = FILES / "base"',
              f"RECORDED = {recorded!r}  # what the run came to",
              "", "",
              "def rows(name):",
              '    with (FILES / name).open(encoding="utf-8") as file:',
              "        return Dataset.from_list([json.loads(line) for line in file])",
              "", "")  # fmt: skip


def write_tokenizer(draft: Draft) -> None:
    draft.use("transformers", "AutoTokenizer")
    draft.add('tokenizer = AutoTokenizer.from_pretrained(BASE, padding_side="left")',
              "tokenizer.pad_token = tokenizer.pad_token or tokenizer.eos_token")  # fmt: skip


def write_model(draft: Draft, source: Source, built: Any) -> None:
    """The language model with its method in place, as `model`."""
    draft.use("torch")
    draft.use("transformers", "AutoModelForCausalLM", "set_seed")
    draft.add(f"model = AutoModelForCausalLM.from_pretrained(BASE, dtype=torch.{dtype(source)})",
              f"set_seed({source.start_seed})")  # fmt: skip
    write_method(draft, source, built, "model", "CAUSAL_LM")


def dtype(source: Source) -> str:
    """The base's dtype: what trains of it is kept exact, unless the recipe says otherwise."""
    precision = precision_of(source.chain, source.home)
    exact = precision == "fp32" or (precision == "bf16" and not source.method.adapter)
    return "float32" if exact else "bfloat16"


def arguments(source: Source) -> dict[str, Any]:
    """The settings that every trainer of transformers takes, as the lab gives them."""
    stage = source.stage
    found: dict[str, Any] = {"output_dir": Code('str(FILES / "output")')}
    found |= {"max_steps": source.planned, "per_device_train_batch_size": stage.budget.batch_size}
    if stage.gradient_accumulation > 1:
        found["gradient_accumulation_steps"] = stage.gradient_accumulation
    found |= {"learning_rate": stage.learning_rate, "lr_scheduler_type": stage.schedule}
    found |= {"warmup_steps": round(stage.warmup * source.planned), "weight_decay": stage.weight_decay}
    found |= {"seed": source.seed, "data_seed": source.seed}
    found |= {"bf16": precision_of(source.chain, source.home) != "fp32"}
    found |= {"gradient_checkpointing": bool(stage.gradient_checkpointing)}
    if stage.gradient_checkpointing:
        found["gradient_checkpointing_kwargs"] = {"use_reentrant": False}
    return found | {"logging_steps": 10, "save_strategy": "no", "report_to": "none", "remove_unused_columns": False}


def write_training(draft: Draft, source: Source) -> None:
    """From a trainer that is made to one that has trained."""
    write_after(draft, source)
    if source.steps < source.planned:
        draft.use("transformers", "TrainerCallback")
        draft.add("", "",
                  "class Stop(TrainerCallback):",
                  "    def on_step_end(self, args, state, control, **_):",
                  f"        control.should_training_stop = state.global_step >= {source.steps}  # the run's weights",
                  "", "", "trainer.add_callback(Stop())")  # fmt: skip
    draft.add("trainer.train()")


def write_end(draft: Draft, figure: str, value: str, saved: str = "model") -> None:
    """Print the figure beside the run's, and keep what was trained."""
    draft.add(f"found = {value}")
    draft.add(f'print(f"{figure} {{found:.4f}}; the run\'s was {{RECORDED}}")')
    draft.add(f'{saved}.save_pretrained(FILES / "trained")')
