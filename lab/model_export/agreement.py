"""Whether an exported model says what the run's model says: tokens of the questions, and logits at each of them."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lab.data.encode import prompt_ids
from lab.errors import ModelError

READER = Path(__file__).with_name("reader.py")
SECONDS = 1800
LEAST_SAME, MOST_NATS = 0.99, 1e-3
"""A model whose likeliest token is another one more often, or whose distributions are further away, is not the same."""
MOST_APART = 0.01
LEAST_LOG = -80.0
"""Log-probabilities below are nothing in 32 bits, and are compared by nobody."""


@dataclass(frozen=True)
class Asked:
    """A question, its tokens, and what the live model makes of them: logits after each (tokens, vocabulary)."""

    messages: list[dict[str, Any]]
    ids: list[int]
    logits: Any


@dataclass(frozen=True)
class Agreement:
    """Over tokens of the questions, or over texts where the model gives classes or a score: how far the exported model
    is from the run's, and what it was held to."""

    tokens: int
    largest_difference: float
    """Of two logits; of two log-probabilities where llama.cpp tells no logits."""
    kl: float
    """Mean divergence of the exported model's distribution of next tokens or classes from the run's, in nats; of scores
    the largest difference as a share of how far they lie apart."""
    same_likeliest: float
    """Share of the tokens after which both think the same token likeliest, of the texts of the same class, or of the
    pairs of answers in the same order."""
    of: str = "token"
    """What is likeliest: the next token; `class`: that of a text; `score`: pairs of answers, in the same order."""
    by: str = "transformers"
    """The library that loaded it again."""
    least_same: float = LEAST_SAME
    most_nats: float = MOST_NATS
    texts: int = 0
    """Texts of all kinds whose token ids were compared besides; 0 where the library that loaded it reads no texts."""
    texts_same: int = 0
    differing: tuple[str, ...] = ()
    """Some of the texts that it reads as other tokens."""

    @property
    def holds(self) -> bool:
        """One token may differ among however few: two likeliest ones may be equally likely."""
        others = round((1 - self.same_likeliest) * self.tokens)
        return others <= max(1.0, (1 - self.least_same) * self.tokens) and self.kl <= self.most_nats


def ask(model: Any, tokenizer: Any, questions: Sequence[Sequence[dict[str, Any]]]) -> list[Asked]:
    """What the live model makes of some questions."""
    import torch

    found = []
    for messages in questions:
        ids = prompt_ids(tokenizer, list(messages))
        with torch.no_grad():
            logits = model(input_ids=torch.tensor([ids], device=model.device)).logits[0, -len(ids) :].float().cpu()
        found.append(Asked(list(messages), ids, logits))
    return found


def agreement(folder: Path, asked: Sequence[Asked], of: str = "token") -> Agreement:
    """Load `folder` without the lab and hold it against the live model's answers (`of`: see Agreement). Raises
    ModelError where it is another model, reads the questions as other tokens, or can't be loaded."""
    again = _read(folder, [one.messages for one in asked])
    for i, one in enumerate(asked):
        if one.ids != again[f"ids{i}"].tolist():
            raise ModelError("loaded without the lab, its chat template reads a question as other tokens",
                             do="tell us: the base's template is not one that a folder can carry.")  # fmt: skip
    pairs = [(one.logits, again[f"logits{i}"]) for i, one in enumerate(asked)]
    if of == "score":
        return report_of(_scores_compared(pairs))
    return report_of(Agreement(**compared(pairs), of=of))


def _scores_compared(pairs: Sequence[tuple[Any, Any]]) -> Agreement:
    """Of scores of answers: the largest difference, which is held to a hundredth of how far they lie apart, and the
    share of pairs of answers that both put in the same order."""
    mine, others = [float(one[0, 0]) for one, _ in pairs], [float(other[0, 0]) for _, other in pairs]
    largest = max(abs(one - other) for one, other in zip(mine, others, strict=True))
    spread = max(mine) - min(mine)
    order = [(mine[i] - mine[j]) * (others[i] - others[j]) >= 0 for i in range(len(mine)) for j in range(i)]
    apart = largest / spread if spread else largest
    return Agreement(len(mine), largest, apart, sum(order) / len(order), of="score", most_nats=MOST_APART)


def compared(pairs: Iterable[tuple[Any, Any]], logs: bool = False) -> dict[str, Any]:
    """Tokens, largest difference, divergence and share of the same likeliest token over pairs of logits (tokens,
    vocabulary): the live model's, and another's as an array, which are log-probabilities where `logs`."""
    import torch

    total, largest, kl, same = 0, 0.0, 0.0, 0.0
    for logits, array in pairs:
        other = torch.from_numpy(array)
        mine, others = logits.log_softmax(-1), other.log_softmax(-1)
        seen = (mine > LEAST_LOG) & (others > LEAST_LOG)
        total += len(logits)
        largest = max(largest, ((mine if logs else logits) - other)[seen].abs().max().item())
        kl += (mine.exp() * (mine - others))[seen].sum().item()
        same += (mine.argmax(-1) == others.argmax(-1)).sum().item()
    return {"tokens": total, "largest_difference": largest, "kl": max(0.0, kl / total), "same_likeliest": same / total}


def report_of(found: Agreement) -> Agreement:
    """`found`, if it holds; else a ModelError."""
    if not found.holds:
        differs = {
            "token": f"after {1 - found.same_likeliest:.1%} of the tokens it thinks another one likeliest",
            "class": f"{1 - found.same_likeliest:.1%} of the texts are of another class",
            "score": f"scores differ by {found.largest_difference:.2g}",
        }[found.of]
        away = f" ({found.kl:.2g} nats away)" if found.of != "score" else ""
        raise ModelError(f"loaded without the lab it is another model: {differs}{away}",
                         do="take it in another form, and tell us: this is a fault of the lab.")  # fmt: skip
    return found


def _read(folder: Path, questions: Sequence[Sequence[dict[str, Any]]]) -> Any:
    """What `reader.py` found, in a process that knows nothing of the lab."""
    import numpy as np

    with tempfile.TemporaryDirectory() as place:
        asked, out = Path(place) / "questions.json", Path(place) / "out.npz"
        asked.write_text(json.dumps([list(messages) for messages in questions]), encoding="utf-8")
        told = run_reader(READER, str(folder), str(asked), str(out))
        if told.returncode:
            lines = told.stderr.decode(errors="replace").strip().splitlines() or ["no word why"]
            raise ModelError(f"it can't be loaded without the lab ({lines[-1][:300]})",
                             do="take it in another form.")  # fmt: skip
        with np.load(out) as arrays:
            return {name: arrays[name] for name in arrays.files}


def run_reader(script: Path, *given: str) -> "subprocess.CompletedProcess[bytes]":
    """Run a reader in a process that knows nothing of the lab. Raises ModelError where it takes too long."""
    try:
        return subprocess.run(
            [sys.executable, "-I", str(script), *given], capture_output=True, timeout=SECONDS,
            env=os.environ | {"TRANSFORMERS_VERBOSITY": "error"},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise ModelError(f"it was not loaded and compared within {SECONDS // 60} minutes",
                         do="export it where there is more memory or less to do.") from None  # fmt: skip
