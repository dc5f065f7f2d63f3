"""Each method practised once on a tiny base, for all tests to look at: what it was, what it became, what it keeps.

The loop is bare PyTorch, with the hooks a method may bring: the lab's trainers are tested elsewhere.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import torch

from lab.card import MethodCard, find_cards
from lab.data.encode import encode
from lab.home import Home
from lab.methods import hook
from lab.models import Link, ModelShape, load_chain, load_model, load_tokenizer
from lab.models.shape import folder_shape
from lab.training.weights import save_weights
from tests.tiny import SENTENCES, make_tiny_base

STEPS = 30
METHODS = find_cards("lab.methods")

OTHER_KNOBS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("freeze", {"keep": 1, "head": True}),
    ("freeze", {"keep": 0, "head": True}),
    ("freeze", {"part": "embeddings"}),
    ("lora", {"where": "attention", "r": 4}),
    ("prefix", {"projection": True}),
    ("prompt", {"init": "random"}),
    ("prompt", {"init": "vocabulary"}),
    ("p_tuning", {"encoder": "LSTM"}),
    ("adapter", {"where": "houlsby"}),
    ("adapter", {"where": "parallel"}),
)
CASES = (*((method, {}) for method in METHODS), *OTHER_KNOBS)
NAMES = [f"{method}{'-' if knobs else ''}{'-'.join(map(str, knobs.values()))}" for method, knobs in CASES]

QUESTIONS = (
    ("What is in mapo tofu?", "Tofu, minced beef and Sichuan pepper."),
    ("What is in zongzi?", "Sticky rice in bamboo leaves."),
    ("Where is Peking duck from?", "It is from Beijing."),
    ("What does the green bird say?", "It says hello, one, two, three."),
)
ROWS = [{"prompt": question, "completion": answer} for question, answer in QUESTIONS]


@dataclass
class Practised:
    """A method after `STEPS` steps. Tensors are by name; logits are those of `probe`."""

    card: MethodCard
    knobs: dict[str, Any]
    model: Any
    shape: ModelShape
    formula: int
    built: dict[str, torch.Tensor]
    trainable: frozenset[str]
    loss_before: float
    loss_after: float
    folder: Path
    link: Link
    home: Home

    def reloaded(self) -> Any:
        return load_chain((Link("base", str(self.folder)), self.link), self.home)


class Ground:
    """The base all methods start from: a tiny Llama that has read a few sentences."""

    def __init__(self, root: Path):
        torch.set_num_threads(1)
        self.folder = make_tiny_base(root / "base")
        self.tokenizer = load_tokenizer(self.folder)
        self.home = Home(root / "home")
        self.read_sentences()
        self.batch = self.padded(encode(ROWS, "prompt_completion", self.tokenizer, 64))
        self.probe = self.batch["input_ids"][:2, :16]
        self.cached = cache(self.practise)

    def read_sentences(self, steps: int = 40) -> None:
        """A first training of all weights, so that there is something to keep and to adapt."""
        model = self.base()
        rows = self.padded(encode([{"text": text} for text in SENTENCES], "text", self.tokenizer, 64))
        optimizer = torch.optim.AdamW(model.parameters(), 5e-3)
        for _ in range(steps):
            optimizer.zero_grad()
            model(**rows).loss.backward()
            optimizer.step()
        model.save_pretrained(self.folder)

    def base(self) -> Any:
        return load_model(self.folder)

    def padded(self, rows) -> dict[str, torch.Tensor]:
        longest = max(len(row["input_ids"]) for row in rows)

        def filled(values, value):
            return torch.tensor([row + [value] * (longest - len(row)) for row in values])

        mask = [[1] * len(row["input_ids"]) for row in rows]
        return {
            "input_ids": filled([row["input_ids"] for row in rows], self.tokenizer.pad_token_id),
            "labels": filled([row["labels"] for row in rows], -100),
            "attention_mask": filled(mask, 0),
        }

    def logits(self, model, ids=None) -> torch.Tensor:
        """Logits of the text alone, (batch, length, vocabulary), in evaluation mode."""
        ids = self.probe if ids is None else ids
        training = model.training
        model.eval()
        with torch.no_grad():
            logits = model(input_ids=ids, attention_mask=torch.ones_like(ids)).logits[:, -ids.shape[1] :]
        model.train(training)
        return logits

    def loss(self, model) -> float:
        """Mean cross-entropy of the answers, without anything a method adds to its loss."""
        model.eval()
        with torch.no_grad():
            inputs = {name: self.batch[name] for name in ("input_ids", "attention_mask")}
            logits = model(**inputs).logits[:, -inputs["input_ids"].shape[1] : -1]
        labels = self.batch["labels"][:, 1:]
        return torch.nn.functional.cross_entropy(logits.flatten(0, 1), labels.flatten(), ignore_index=-100).item()

    def start(self, index: int, untied: bool = False) -> tuple[Any, dict[str, Any]]:
        """The base with the method of case `index` in place, and its knobs; `untied` gives it a head of its own."""
        method, given = CASES[index]
        knobs = METHODS[method].CARD.complete_knobs(given, method)
        torch.manual_seed(0)
        base = self.base()
        if untied:
            base.config.tie_word_embeddings = False
            base.lm_head.weight = torch.nn.Parameter(base.lm_head.weight.detach().clone())
        return METHODS[method].build(base, steps=STEPS, seed=0, **knobs), knobs

    def practise(self, index: int) -> Practised:
        shape = folder_shape(self.folder)
        method, _ = CASES[index]
        module = METHODS[method]
        model, knobs = self.start(index)
        if initialise := hook(method, "initialise"):
            initialise(model, [self.batch], **knobs)
        built = {name: tensor.detach().clone() for name, tensor in model.named_parameters()}
        trainable = frozenset(name for name, tensor in model.named_parameters() if tensor.requires_grad)
        before = self.loss(model)
        train(model, method, knobs, self.batch, module.CARD.learning_rate)
        stage = SimpleNamespace(method=method, knobs=knobs)
        run_id = f"practice{index:03d}"
        link = save_weights(model, self.home.run(run_id).stage(0), stage, f"{run_id}/stage-0")
        return Practised(
            module.CARD, knobs, model, shape, module.count(shape, **knobs), built, trainable, before,
            self.loss(model), self.folder, link, self.home,
        )  # fmt: skip


def train(model, method: str, knobs: dict[str, Any], batch: dict[str, torch.Tensor], rate: float) -> None:
    """`STEPS` steps on one batch with all that the method brings along; the rate falls to zero at the end."""
    callbacks = hook(method, "callbacks")
    called = callbacks(model, steps=STEPS, **knobs) if callbacks else []
    own, regulariser = hook(method, "optimizer"), hook(method, "regulariser")
    weights = [weight for weight in model.parameters() if weight.requires_grad]
    optimizer = (
        own(model, learning_rate=rate, weight_decay=0.0, **knobs)
        if own
        else torch.optim.AdamW(weights, rate, weight_decay=0)
    )
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.05, total_iters=STEPS)
    model.train()
    state = SimpleNamespace(global_step=0)
    for callback in called:
        callback.on_train_begin(SimpleNamespace(output_dir="."), state, None)
    for step in range(STEPS):
        state.global_step = step
        loss = model(**batch).loss + (regulariser(model) if regulariser else 0.0)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimizer.step()
        for callback in called:
            callback.on_optimizer_step(None, state, None)
        schedule.step()
        optimizer.zero_grad()
    for callback in called:
        callback.on_train_end(None, state, None)
