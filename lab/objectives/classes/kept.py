"""What a run that tells classes apart keeps beside its weights, and its model loaded again.

The file of classes is there for both ways; the head, if there is one, lies beside it. Reading the file loads no torch.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from lab.errors import ModelError
from lab.home import Home
from lab.models import Chain, chain_of, find_base, load_chain, load_tokenizer
from lab.models.chain import link_folder
from lab.models.load import in_words

FOLDER = "classes"
"""A folder of its own, so that nobody takes the head for weights of the base."""
FILE, HEAD = "classes.json", "head.safetensors"


@dataclass(frozen=True)
class Kept:
    """Which classes a run tells apart, by a head or by their names as words, in texts of at most so many tokens."""

    names: tuple[str, ...]
    read: Literal["head", "words"]
    max_length: int


@dataclass(frozen=True)
class Classifier:
    """A model that tells classes apart: the language model, and the classifier around its backbone where there is one."""

    kept: Kept
    model: Any
    tokenizer: Any
    head: Any = None

    def log_probabilities(self, texts: Sequence[str]) -> list[list[float]]:
        """Of each text the log-probability of each class, in the order of `kept.names`."""
        from lab.objectives.classes.head import head_log_probabilities
        from lab.objectives.classes.reading import read_texts
        from lab.objectives.classes.words import word_log_probabilities

        if self.head is None:
            return word_log_probabilities(self.model, self.tokenizer, texts, self.kept.names, self.kept.max_length)
        rows = read_texts(self.tokenizer, texts, self.kept.max_length)
        return head_log_probabilities(self.head, self.tokenizer, rows)

    def likeliest(self, texts: Sequence[str]) -> list[str]:
        """The likeliest class of each text."""
        found = self.log_probabilities(texts)
        return [max(zip(row, self.kept.names, strict=True), key=lambda one: one[0])[1] for row in found]

    def shares(self, text: str) -> list[tuple[str, float]]:
        """The classes of a text with their probabilities, the likeliest first."""
        row = zip(self.kept.names, map(math.exp, self.log_probabilities([text])[0]), strict=True)
        return sorted(row, key=lambda one: -one[1])


def keep_classes(kept: Kept, head: Any, folder: Path) -> None:
    """Write the classes, and the head's weights where there is one, into a stage's folder."""
    from safetensors.torch import save_file

    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(kept), ensure_ascii=False, indent=1)
    (folder / FOLDER / FILE).write_text(text, encoding="utf-8")
    if head is not None:
        save_file({"weight": head.weight.detach().cpu().contiguous()}, folder / FOLDER / HEAD)


def kept_in(folder: Path | None) -> Kept | None:
    """What a stage's folder says of its classes; None for one that tells none apart."""
    file = folder / FOLDER / FILE if folder else None
    if file is None or not file.is_file():
        return None
    raw = json.loads(file.read_text(encoding="utf-8"))
    return Kept(tuple(raw["names"]), raw["read"], raw["max_length"])


def classes_of(chain: Chain, home: Home) -> Kept | None:
    """The classes that the model at the end of a chain tells apart; None for one that answers."""
    return kept_in(link_folder(chain[-1], home)) if len(chain) > 1 else None


def load_head(head: Any, folder: Path) -> None:
    """Put the weights that a stage left into a head of the same classes; raises ModelError."""
    from safetensors.torch import load_file

    with in_words("the classification head can't be loaded", folder / FOLDER):
        head.weight.data.copy_(load_file(folder / FOLDER / HEAD)["weight"])


def load_classifier(ref: str, home: Home) -> Classifier:
    """The model of `run:<id>` that tells classes apart, ready to be asked; raises ModelError where there is none."""
    from lab.objectives.classes.head import head_on

    chain = chain_of(ref, home)
    kept = classes_of(chain, home)
    if kept is None:
        raise ModelError(f"'{ref}' tells no classes apart", do="name a run that has learned to (objective classify).")
    model, tokenizer = load_chain(chain, home), load_tokenizer(find_base(chain[0].ref, home))
    if kept.read == "words":
        return Classifier(kept, model, tokenizer)
    classifier = head_on(model, tokenizer, kept.names)
    load_head(classifier.score, link_folder(chain[-1], home))
    return Classifier(kept, model, tokenizer, classifier)
