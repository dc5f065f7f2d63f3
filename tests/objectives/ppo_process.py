"""A PPO run for `torchrun`: each process writes what it ended with. Used by test_ppo_distributed."""

import json
import sys
from pathlib import Path

from tests.objectives.games import make_lora, make_trainer, prompts

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    data = prompts(*(letter * times for letter in "abcdefgh" for times in (1, 2, 3, 4)))
    trainer = make_trainer(
        folder, peft_config=make_lora(), data=data, max_steps=3, per_device_train_batch_size=4, num_mini_batches=2,
        gradient_accumulation_steps=2, ddp_backend="gloo", kl_target=0.1, kl_horizon=64,
    )  # fmt: skip
    trainer.train()
    weights = [*trainer.model.parameters(), *trainer.value_head.parameters()]
    found = {
        "weights": [weight.double().sum().item() for weight in weights],
        "carried": [trainer.kl.coef, *vars(trainer.moments).values()],
        "answers": [[answer.prompt, answer.completion] for answer in trainer.answers],
        "log": trainer.state.log_history[-2],
    }
    (folder / f"process-{trainer.args.process_index}.json").write_text(json.dumps(found))
