"""The peer: what one writes by hand with TRL for one variant. Prints when the first step was done and when it ended."""

import argparse
import json
import time

from datasets import load_dataset
from peft import LoraConfig
from transformers import AutoModelForCausalLM, AutoTokenizer, TrainerCallback
from trl import SFTConfig, SFTTrainer


class FirstStep(TrainerCallback):
    at = None

    def on_step_end(self, args, state, control, **_):
        self.at = self.at or time.time()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("base")
    parser.add_argument("data")
    parser.add_argument("--method", choices=("full", "freeze", "lora"), default="lora")
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--batch-size", type=int, default=16)
    parser.add_argument("--max-length", type=int, default=64)
    parser.add_argument("--learning-rate", type=float, default=5e-3)
    parser.add_argument("--output", required=True)
    asked = parser.parse_args()

    model = AutoModelForCausalLM.from_pretrained(asked.base, dtype="float32")
    if asked.method == "freeze":
        model.requires_grad_(False)
        model.model.layers[-2:].requires_grad_(True)
        model.model.norm.requires_grad_(True)
    first = FirstStep()
    trainer = SFTTrainer(
        model=model,
        args=SFTConfig(
            output_dir=asked.output, max_steps=asked.steps, per_device_train_batch_size=asked.batch_size,
            max_length=asked.max_length, learning_rate=asked.learning_rate, warmup_steps=asked.steps // 10,
            bf16=False, gradient_checkpointing=False, use_cpu=True, logging_steps=1, report_to=[], disable_tqdm=True,
        ),
        train_dataset=load_dataset("json", data_files=asked.data, split="train"),
        processing_class=AutoTokenizer.from_pretrained(asked.base),
        peft_config=LoraConfig(r=8, target_modules="all-linear") if asked.method == "lora" else None,
        callbacks=[first],
    )  # fmt: skip
    trainer.train()
    trainer.save_model()
    print(json.dumps({"first_step_at": first.at, "ended_at": time.time()}))


if __name__ == "__main__":
    main()
