"""Runs whose model gives a score or classes: their head, put on the plain classifier of transformers that computes it.

A score that is read at the last token, and classes, are what a sequence classifier gives. A score that is summed over
all tokens is the sum of what a token classifier gives. The mean of several heads is one head with their mean weights.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lab.card import find_cards
from lab.errors import ModelError
from lab.home import Home
from lab.model_export.agreement import Asked
from lab.model_export.gguf_texts import TEXTS
from lab.models import Chain, chain_of
from lab.models.chain import link_folder
from lab.objectives.classes.kept import FOLDER as CLASSES
from lab.objectives.classes.kept import HEAD as CLASSES_FILE
from lab.objectives.classes.kept import classes_of
from lab.objectives.reward_model import HEAD, SUM_UNIT, SUMMED, classifier_of, likes_of
from lab.objectives.tasks.kept import FOLDER as TASKS
from lab.store import Run

PAIRS = (("Hello!", "Hello! How are you?"), ("Why is the sky blue?", "Because."), ("Tell me a story.", "No."))
MOST_PAIRS = 8
WHOLE = 10**9
"""Tokens of a text that is not cut."""


@dataclass(frozen=True)
class Head:
    """A linear layer on the backbone as the lab keeps it (`kept`: outputs, width); `names` are classes, or none for a
    score, whose outputs are an ensemble."""

    kept: Any
    names: tuple[str, ...] = ()
    summed: bool = False
    max_length: int = 0

    @property
    def weight(self) -> Any:
        """The layer that gives the classes, or the one score by itself (outputs, width)."""
        if self.names:
            return self.kept
        return self.kept.mean(0, keepdim=True) / (SUM_UNIT if self.summed else 1.0)

    @property
    def kind(self) -> str:
        """The class of transformers, without the model's own name."""
        return "ForTokenClassification" if self.summed else "ForSequenceClassification"

    @property
    def task(self) -> str:
        """As PEFT names it."""
        return "TOKEN_CLS" if self.summed else "SEQ_CLS"


def gives_of(run: Run, chain: Chain, home: Home) -> str:
    """What the run's model gives: `text`, `score`, `classes` (by a head; by their names as answers it is text),
    `tasks` with a head each, `picture` or `caption`."""
    cards = find_cards("lab.objectives")
    last = run.objective.split(", ")[-1]
    gives = str(cards[last].CARD.gives) if last in cards else "text"
    if gives == "classes":
        if len(chain) > 1 and (link_folder(chain[-1], home) / TASKS).exists():
            return "tasks"
        kept = classes_of(chain, home)
        return "text" if kept is not None and kept.read == "words" else gives
    return gives


def chain_with_head(run_id: str, home: Home) -> Chain:
    """The chain of the weights below the last head: that of a reward model lies beside it."""
    scored = sorted(home.run(run_id).root.glob(f"stage-*/{HEAD}/head.safetensors"))
    stage = scored[-1].parent.parent if scored else None
    beside = stage is not None and (stage / "weights.json").exists()
    return chain_of(f"run:{run_id}/{stage.name}" if stage and beside else f"run:{run_id}", home)


def head_of(run: Run, gives: str, chain: Chain, home: Home) -> Head:
    """The head that a run's last stage left. Raises ModelError where there is none."""
    from safetensors.torch import load_file

    if gives == "score":
        files = sorted(home.run(run.id).root.glob(f"stage-*/{HEAD}/head.safetensors"))
        if not files:
            raise ModelError(f"the score head of run '{run.id}' is gone", do="train it again.")
        kept = load_file(files[-1])
        return Head(kept["weight"], summed=bool(kept.get(SUMMED, False)))
    classes = classes_of(chain, home)
    file = link_folder(chain[-1], home) / CLASSES / CLASSES_FILE
    if classes is None or not file.exists():
        raise ModelError(f"the classes of run '{run.id}' are gone", do="train it again.")
    return Head(load_file(file)["weight"], classes.names, max_length=classes.max_length)


def classifier(model: Any, tokenizer: Any, head: Head) -> Any:
    """A plain classifier of transformers around the backbone of `model`, a causal LM whose adapters are merged."""
    import torch
    import transformers

    known = {name: value for name, value in model.config.to_dict().items() if name not in ("id2label", "label2id")}
    config = type(model.config)(**known | {"num_labels": len(head.weight), "pad_token_id": tokenizer.pad_token_id})
    if head.names:
        config.id2label = dict(enumerate(head.names))
        config.label2id = {name: i for i, name in enumerate(head.names)}
    if head.summed:
        config.classifier_dropout = 0.0
    try:
        with torch.device("meta"):
            shell = getattr(transformers, f"AutoModel{head.kind}").from_config(config)
    except ValueError as problem:
        raise ModelError(f"transformers has no classifier of the kind {model.config.model_type}",
                         do="run it here, or train it on a base of another kind.") from problem  # fmt: skip
    setattr(shell, model.base_model_prefix, getattr(model, model.base_model_prefix))
    score = torch.nn.Linear(head.weight.shape[1], len(head.weight), bias=head.summed)
    score.weight.data.copy_(head.weight)
    if head.summed:
        score.bias.data.zero_()
    shell.score = score.to(model.dtype)
    return shell.eval()


def ask_head(model: Any, tokenizer: Any, head: Head, run: Run, texts: Sequence[str], home: Home) -> list[Asked]:
    """What the live model gives, as the lab reads it: a score of some answers (1, 1), or logits of classes (1, classes)
    of some texts."""
    return _classes(model, tokenizer, head, texts) if head.names else _scores(model, tokenizer, head, run, home)


def _classes(model: Any, tokenizer: Any, head: Head, texts: Sequence[str]) -> list[Asked]:
    import torch

    from lab.objectives.classes.head import head_on, padded
    from lab.objectives.classes.reading import read_texts

    judge = head_on(model, tokenizer, head.names)
    judge.score.weight.data.copy_(head.kept)
    found = []
    for text in (*texts, *TEXTS[:MOST_PAIRS]):
        (ids,) = read_texts(tokenizer, [text], WHOLE)
        with torch.no_grad():
            logits = judge(**{name: part.to(judge.device) for name, part in padded(tokenizer, [ids]).items()}).logits
        found.append(Asked([{"role": "user", "content": text}], ids, logits.float().cpu()))
    return found


def _scores(model: Any, tokenizer: Any, head: Head, run: Run, home: Home) -> list[Asked]:
    import torch

    from lab.objectives.policy.rewards import Answers, ModelReward

    judge = classifier_of(model, tokenizer, len(head.kept), head.summed)
    judge.score.weight.data.copy_(head.kept)
    reward = ModelReward(judge, tokenizer)
    found = []
    liked = [(one["prompt"], one["answer"]) for some in (likes_of(run.id, home) or {}).values() for one in some]
    for prompt, answer in [*liked[: MOST_PAIRS - len(PAIRS)], *PAIRS]:
        asked, said = [{"role": "user", "content": prompt}], [{"role": "assistant", "content": answer}]
        (score,) = reward.score(Answers.given([asked], [said]))
        ids = tokenizer(reward.text(asked, said, True), add_special_tokens=False)["input_ids"]
        found.append(Asked([*asked, *said], list(ids), torch.tensor([[score]])))
    return found


def write_adapter_head(folder: Path, head: Head) -> None:
    """Put the head into an adapter's folder, as PEFT keeps what it saves besides an adapter."""
    import json

    import torch
    from safetensors.torch import load_file, save_file

    file, settings = folder / "adapter_model.safetensors", folder / "adapter_config.json"
    own = {"base_model.model.score.weight": head.weight.float().contiguous()}
    if head.summed:
        own["base_model.model.score.bias"] = torch.zeros(len(head.weight))
    save_file(load_file(file) | own, file, metadata={"format": "pt"})
    config = json.loads(settings.read_text(encoding="utf-8"))
    config |= {"task_type": head.task, "modules_to_save": ["score"]}
    settings.write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
