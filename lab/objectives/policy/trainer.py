"""PPOTrainer: proximal policy optimisation of a language model, on the loop of transformers' Trainer.

A step is a whole round: sample answers, score them, several epochs of updates. The last optimizer step of a round is
left to the Trainer's own loop, so its callbacks, schedule, logging and checkpoints all see rounds. Checkpoints fall
between rounds and hold everything, so a resumed run repeats an uninterrupted one exactly.
"""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
from accelerate.utils import set_seed
from datasets import IterableDataset
from torch import Tensor
from transformers import AutoModelForCausalLM, AutoTokenizer, Trainer, TrainerControl

from lab.errors import ModelError
from lab.objectives.policy.config import PPOConfig
from lab.objectives.policy.forward import ValueHead, output_width, silence_dropout
from lab.objectives.policy.moments import KLController, RunningMoments
from lab.objectives.policy.reference import choose_reference, share_weights
from lab.objectives.policy.rewards import ModelReward, Rewards, as_reward
from lab.objectives.policy.rollouts import RolloutCollector, SampledAnswer
from lab.objectives.policy.sampler import Sampler, check_prompts, end_tokens
from lab.objectives.policy.step_metrics import StepMetrics
from lab.objectives.policy.updates import PPOUpdater

VALUE_ADAPTER = "value"
STATE_FILE, VALUE_FILE = "ppo_state.json", "value_head.pt"


class PPOTrainer(Trainer):
    """Trains `model` (a causal LM, a PeftModel, or the name of one) to give answers that `reward_funcs` score highly.

    Shaped like TRL's RLOOTrainer. `reward_funcs`: a function `f(prompts, completions, **columns) -> list[float]`, a
    sequence classifier with one output or its name, or a list of these, summed with `args.reward_weights`.
    `train_dataset` has a column `prompt`, of texts or conversations. `answers` holds the last round's answers with
    their rewards, and so does `state.answers`, where callbacks find them.
    """

    _tag_names = ("ppo",)
    regulariser: Callable[[], Tensor] | None = None
    """What the policy's method adds to the loss, if anything."""

    def __init__(
        self,
        model: Any,
        reward_funcs: Any,
        args: PPOConfig | None = None,
        train_dataset: Any = None,
        eval_dataset: Any = None,
        processing_class: Any = None,
        reward_processing_classes: Any = None,
        callbacks: list[Any] | None = None,
        optimizers: tuple[Any, Any] = (None, None),
        peft_config: Any = None,
    ):
        args = args or PPOConfig("ppo")
        set_seed(args.seed)  # before the adapter is made: its weights come from it
        tokenizer = processing_class or AutoTokenizer.from_pretrained(_name_of(model))
        if tokenizer.pad_token_id is None:
            tokenizer.pad_token = tokenizer.eos_token
        policy = _policy(model, peft_config, args)
        check_prompts(train_dataset, "train_dataset")
        if isinstance(train_dataset, IterableDataset):
            args.accelerator_config.dispatch_batches = False  # texts can't be sent around as tensors
        super().__init__(
            model=policy, args=args, data_collator=list, train_dataset=_enough(train_dataset, args),
            eval_dataset=eval_dataset, processing_class=tokenizer, callbacks=callbacks, optimizers=optimizers,
        )  # fmt: skip
        self.value_head = ValueHead(output_width(policy)).to(args.device)
        self.kl = KLController(args.kl_coef, args.kl_target, args.kl_horizon)
        self.moments = RunningMoments()
        self.step_metrics = StepMetrics(self.accelerator)
        self.rewards = _rewards(policy, reward_funcs, reward_processing_classes, args)
        self.answers: tuple[SampledAnswer, ...] = ()
        self.tokens_seen = 0
        value_adapter = VALUE_ADAPTER if args.value_source == "adapter" else None
        self._collector = RolloutCollector(
            sampler=Sampler(tokenizer, args, end_tokens(policy, tokenizer)), rewards=self.rewards, args=args,
            reference=choose_reference(policy, args), value_head=self.value_head, value_adapter=value_adapter,
            moments=self.moments, kl=self.kl, metrics=self.step_metrics, accelerator=self.accelerator,
        )  # fmt: skip
        self._waiting: list[dict[str, Any]] = []
        set_seed(args.seed)  # the same in all processes, which share their draws

    def training_step(self, model: Any, inputs: Sequence[dict[str, Any]], num_items_in_batch: Any = None) -> Tensor:
        """Gather prompts; once all of a step are here, a whole round, but for its last optimizer step."""
        self._waiting += inputs
        if not self.accelerator.sync_gradients:
            return torch.zeros((), device=self.args.device)
        rows, self._waiting = self._waiting, []
        model.eval()  # dropout would make old and new policy differ before the first update
        batch = self._collector.collect(self.model, rows)
        self.answers = self.state.answers = batch.answers
        self.tokens_seen += batch.token_count
        updater = PPOUpdater(model, self.value_head, self._head_in_use, self._collector, self._step_optimizer,
                             self.regulariser)  # fmt: skip
        loss = updater.update(batch)
        self.kl.update(batch.kl_per_answer, batch.answer_count)
        if self.args.stop_kl is not None and batch.kl_per_answer > self.args.stop_kl:
            self.control.should_training_stop = True
        return loss

    def _step_optimizer(self) -> None:
        """One optimizer step within a round."""
        if self.args.max_grad_norm > 0:
            self._clip_grad_norm(self.model_wrapped)
        self.optimizer.step()

    def create_optimizer(self, model: Any = None) -> Any:
        """The policy's groups, and one of the value head with its own learning rate."""
        new = self.optimizer is None
        optimizer = super().create_optimizer(model)
        known = {id(weight) for group in optimizer.param_groups for weight in group["params"]}
        if new or id(self.value_head.linear.weight) not in known:
            rate = self.args.value_learning_rate or self.args.learning_rate
            optimizer.add_param_group({"params": list(self.value_head.parameters()), "lr": rate, "weight_decay": 0.0})
        return optimizer

    def _prepare_for_training(
        self, max_steps: int, train_dataloader: Any, resume_from_checkpoint: str | bool | None
    ) -> Any:
        prepared = super()._prepare_for_training(max_steps, train_dataloader, resume_from_checkpoint)
        several = self.accelerator.num_processes > 1
        self._head_in_use = self.accelerator.prepare_model(self.value_head) if several else self.value_head
        return prepared

    def _clip_grad_norm(self, model: Any) -> Any:
        """The norm is that of policy and value head together."""
        weights = [*model.parameters(), *self.value_head.parameters()]
        return self.accelerator.clip_grad_norm_(weights, self.args.max_grad_norm)

    def evaluate(
        self, eval_dataset: Any = None, ignore_keys: list[str] | None = None, metric_key_prefix: str = "eval"
    ) -> dict[str, float]:
        """Mean reward, its parts, divergence and length of answers to the evaluation prompts.

        Sampled from the run's seed, leaving training's random numbers as they were.
        """
        rows = self.eval_dataset if eval_dataset is None else eval_dataset
        check_prompts(rows, "eval_dataset")
        self.model.eval()
        devices = [self.args.device] if self.args.device.type == "cuda" else []
        with torch.random.fork_rng(devices=devices):
            torch.manual_seed(self.args.seed)
            means = self._collector.evaluate(self.model, rows, self.args.per_device_eval_batch_size)
        metrics = {f"{metric_key_prefix}_{name}": value for name, value in means.items()}
        self.log(metrics)
        self.control: TrainerControl = self.callback_handler.on_evaluate(self.args, self.state, self.control, metrics)
        return metrics

    def log(self, logs: dict[str, float], start_time: float | None = None) -> None:
        """The round's figures along with the loop's own."""
        if "loss" in logs:
            figures = self.step_metrics.means()
            fine = {name for name, value in figures.items() if name.startswith("not_finite/") and not value}
            logs |= {name: value for name, value in figures.items() if name not in fine}
            logs |= {"kl_coef": self.kl.coef, "num_tokens": float(self.tokens_seen)}
        super().log(logs, start_time)

    def floating_point_ops(self, inputs: Any) -> int:
        return 0  # the inputs are prompts, not tokens

    def _save(self, output_dir: str | None = None, state_dict: dict[str, Any] | None = None) -> None:
        super()._save(output_dir, state_dict)
        folder = Path(output_dir or self.args.output_dir)
        if self.args.should_save:
            torch.save(self.value_head.state_dict(), folder / VALUE_FILE)
            state = {"kl_coef": self.kl.coef, "moments": vars(self.moments), "tokens_seen": self.tokens_seen}
            (folder / STATE_FILE).write_text(json.dumps(state), encoding="utf-8")

    def _load_from_checkpoint(self, resume_from_checkpoint: str, model: Any = None) -> None:
        flags = [(weight, weight.requires_grad) for weight in self.model.parameters()]
        super()._load_from_checkpoint(resume_from_checkpoint, model)
        for weight, flag in flags:  # loading makes whole adapters trainable, or none but the active one
            weight.requires_grad_(flag)
        folder = Path(resume_from_checkpoint)
        try:
            state = json.loads((folder / STATE_FILE).read_text(encoding="utf-8"))
            head = torch.load(folder / VALUE_FILE, map_location=self.args.device, weights_only=True)
        except FileNotFoundError as problem:
            raise ModelError("the checkpoint has no value head", where=folder, do="resume from another.") from problem
        self.value_head.load_state_dict(head)
        self.kl.coef, self.tokens_seen = state["kl_coef"], state["tokens_seen"]
        vars(self.moments).update(state["moments"])


def _name_of(model: Any) -> str:
    return model if isinstance(model, str) else str(model.config._name_or_path)


def _policy(model: Any, peft_config: Any, args: PPOConfig) -> Any:
    """The causal LM to be trained, with its adapter; raises ModelError for contradictions."""
    if isinstance(model, str):
        model = AutoModelForCausalLM.from_pretrained(model, dtype=torch.float32)
    adapted = hasattr(model, "peft_config") and hasattr(model, "disable_adapter")
    if peft_config is not None:
        if adapted:
            raise ModelError("the model has an adapter already", do="merge it, or leave peft_config out.")
        from peft import get_peft_model

        model, adapted = get_peft_model(model, peft_config), True
    if args.value_source == "adapter":
        if not adapted:
            raise ModelError("value_source='adapter' needs a policy with an adapter", do="pass a peft_config.")
        flags = [(weight, weight.requires_grad) for weight in model.parameters()]
        model.add_adapter(VALUE_ADAPTER, model.peft_config[model.active_adapter])
        for name, weight in model.named_parameters():
            weight.requires_grad_(f".{VALUE_ADAPTER}" in name)
        for weight, flag in flags:
            weight.requires_grad_(flag)
    if not any(weight.requires_grad for weight in model.parameters()):
        raise ModelError("no weight of the model can move", do="unfreeze some, or pass a peft_config.")
    if args.gradient_checkpointing:
        silence_dropout(model)  # checkpointing needs training mode, where dropout would be on
        if adapted:
            model.enable_input_require_grads()
    return model


def _rewards(policy: Any, sources: Any, tokenizers: Any, args: PPOConfig) -> Rewards:
    """All rewards; models go to the policy's device and use its frozen weights where they are the same."""
    sources = list(sources) if isinstance(sources, list | tuple) else [sources]
    tokenizers = list(tokenizers) if isinstance(tokenizers, list | tuple) else [tokenizers] * len(sources)
    rewards = [as_reward(source, tokenizer) for source, tokenizer in zip(sources, tokenizers, strict=True)]
    for reward in rewards:
        if isinstance(reward, ModelReward):
            share_weights(policy, reward.to(args.device))
    return Rewards(rewards, args.reward_weights)


def _enough(dataset: Any, args: PPOConfig) -> Any:
    """`dataset`, repeated where it has fewer prompts than a step answers: each may be answered several times."""
    if not hasattr(dataset, "select"):
        return dataset
    wanted = args.per_device_train_batch_size * args.gradient_accumulation_steps * args.world_size
    repeats = -(-wanted // len(dataset))
    return dataset if repeats <= 1 else dataset.select(list(range(len(dataset))) * repeats)
