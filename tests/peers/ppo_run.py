"""One PPO run in a process of its own, ours or TRL 1.12's (its last): same model, reward, prompts and settings.

`python -m tests.peers.ppo_run '{"peer": "lab", ...}'` prints one JSON line: mean score of each step, CPU and wall
seconds of each, and the peak memory that models and training took.
"""

import json
import os
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

from lab.home import ASSETS, PROJECT

TRL = "trl==1.12.0"
NAMES = {"lab": "reward", "trl": "objective/scores"}


@dataclass(frozen=True)
class Setting:
    """What both peers are told. `size` is 'letters' (some 0.8 million parameters, ten tokens) or 'nano'."""

    peer: str
    size: str = "letters"
    seed: int = 0
    steps: int = 12
    batch: int = 32
    tokens: int = 12
    rate: float = 2e-3
    trl: str = ""
    """The folder TRL 1.12 was installed in."""


def install_trl(folder: Path) -> bool:
    """TRL 1.12 alone, beside the pinned one; False where no registry can be reached."""
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(folder), TRL]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def run(setting: Setting) -> dict:
    """Carry `setting` out in a new process, on one thread."""
    environment = os.environ | {"OMP_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1", "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-m", "tests.peers.ppo_run", json.dumps(asdict(setting))]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=PROJECT, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return json.loads(done.stdout.splitlines()[-1])


def _main(setting: Setting) -> dict:
    if setting.peer == "trl":
        sys.path.insert(0, setting.trl)
    import torch
    from transformers import TrainerCallback

    from lab.training.memory import PeakMemory

    torch.set_num_threads(1)
    make = {"lab": _ours, "trl": _theirs}[setting.peer]
    {"lab": _imports_of_lab, "trl": _imports_of_trl}[setting.peer]()
    memory = PeakMemory(0)

    class Clock(TrainerCallback):
        def __init__(self):
            self.scores, self.cpu, self.wall = [], [time.process_time()], [time.perf_counter()]

        def on_log(self, args, state, control, logs=None, **_):
            if NAMES[setting.peer] in (logs or {}):
                self.scores.append(logs[NAMES[setting.peer]])
                self.cpu.append(time.process_time())
                self.wall.append(time.perf_counter())

    clock = Clock()
    trainer = make(setting)
    trainer.add_callback(clock)
    clock.cpu, clock.wall = [time.process_time()], [time.perf_counter()]
    trainer.train()
    return {
        "scores": clock.scores, "cpu": _gaps(clock.cpu), "wall": _gaps(clock.wall), "peak_memory": memory.bytes(),
    }  # fmt: skip


def _gaps(times: list[float]) -> list[float]:
    return [round(after - before, 3) for before, after in pairwise(times)]


def _imports_of_lab() -> None:
    import peft  # noqa: F401

    from lab.objectives.policy.trainer import PPOTrainer  # noqa: F401


def _imports_of_trl() -> None:
    import peft  # noqa: F401
    import trl
    from trl.experimental.ppo import PPOTrainer  # noqa: F401

    assert trl.__version__ == TRL.partition("==")[2]


def _parts(setting: Setting):
    """Policy, reward model, tokenizer, prompts and adapter: the same for both, whatever the seed."""
    import torch
    from peft import LoraConfig
    from transformers import LlamaForCausalLM, LlamaForSequenceClassification

    from tests.objectives.games import LETTERS, make_model, make_tokenizer

    if setting.size == "nano":
        from lab.data.builtin import prompts as built_in
        from lab.models import load_model, load_tokenizer

        policy, tokenizer = load_model(ASSETS / "nano"), load_tokenizer(ASSETS / "nano")
        asked = [row["prompt"] for row in built_in.load("train")]
    else:
        config = make_model().config
        config.update({"hidden_size": 128, "intermediate_size": 384, "num_hidden_layers": 4, "head_dim": 64})
        torch.manual_seed(1)
        policy, tokenizer = LlamaForCausalLM(config), make_tokenizer()
        asked = [one + other for one in LETTERS for other in LETTERS]
    config = policy.config.__class__.from_dict(policy.config.to_dict() | {"num_labels": 1, "id2label": {0: "score"}})
    torch.manual_seed(2)
    judge = LlamaForSequenceClassification(config)
    lora = LoraConfig(r=8, lora_alpha=16, target_modules="all-linear", task_type="CAUSAL_LM")
    return policy, judge, tokenizer, asked, lora


def _shared(setting: Setting) -> dict:
    return {
        "output_dir": "/tmp/ppo-peer", "per_device_train_batch_size": setting.batch, "learning_rate": setting.rate,
        "lr_scheduler_type": "constant", "num_ppo_epochs": 2, "num_mini_batches": 1, "kl_coef": 0.05, "cliprange": 0.2,
        "cliprange_value": 0.2, "vf_coef": 0.1, "gamma": 1.0, "lam": 0.95, "seed": setting.seed, "use_cpu": True,
        "report_to": [], "disable_tqdm": True, "save_strategy": "no", "temperature": 1.0, "logging_steps": 1,
        "gradient_checkpointing": False, "bf16": False,
    }  # fmt: skip


def _ours(setting: Setting):
    from datasets import Dataset

    from lab.objectives.policy.config import PPOConfig
    from lab.objectives.policy.trainer import PPOTrainer

    policy, judge, tokenizer, asked, lora = _parts(setting)
    args = PPOConfig(
        **_shared(setting), max_steps=setting.steps, max_completion_length=setting.tokens, scale_rewards=False,
        clip_rewards=None, early_stop_kl=None,
    )  # fmt: skip
    data = Dataset.from_list([{"prompt": prompt} for prompt in asked])
    return PPOTrainer(
        policy, judge, args, data, processing_class=tokenizer, reward_processing_classes=tokenizer, peft_config=lora
    )


def _theirs(setting: Setting):
    import torch
    from datasets import Dataset
    from transformers import LlamaForSequenceClassification
    from trl.experimental.ppo import PPOConfig, PPOTrainer

    policy, judge, tokenizer, asked, lora = _parts(setting)
    torch.manual_seed(setting.seed)
    critic = LlamaForSequenceClassification(judge.config)
    getattr(critic, critic.base_model_prefix).load_state_dict(getattr(policy, policy.base_model_prefix).state_dict())
    args = PPOConfig(
        **_shared(setting), total_episodes=setting.steps * setting.batch, response_length=setting.tokens,
        stop_token="eos", num_sample_generations=0,
    )  # fmt: skip
    data = Dataset.from_list([{"input_ids": tokenizer(prompt)["input_ids"]} for prompt in asked])
    return PPOTrainer(
        args=args, processing_class=tokenizer, model=policy, ref_model=None, reward_model=judge, value_model=critic,
        train_dataset=data, eval_dataset=data.select(range(2)), peft_config=lora,
    )  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(_main(Setting(**json.loads(sys.argv[1])))))
