"""Texts as points: the mean of what a model makes of their tokens, whitened; or TF-IDF, which knows words alone.

States of a causal model all point much the same way, so that a few directions drown the others (Ethayarajh 2019,
arXiv:1909.00512): they are turned to their main directions, and all of those count the same (Su et al. 2021,
arXiv:2103.15316).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lab.generate.batch import at_rest
from lab.models.causal import causal_of
from lab.objectives.classes.head import AT_ONCE, padded

WORDS = r"(?u)[一-鿿]|\w+"


@dataclass(frozen=True)
class Whitening:
    """What turns states (texts, width) into points (texts, dimensions) of length one, as learned from some texts."""

    middle: Any
    directions: Any

    @classmethod
    def of(cls, states: Any, dimensions: int) -> "Whitening":
        """The main directions of these states, each divided by how far they reach along it."""
        import numpy as np

        middle = states.mean(0)
        _, sizes, turned = np.linalg.svd(states - middle, full_matrices=False)
        known = min(dimensions, int((sizes > 1e-6 * max(sizes[0], 1e-12)).sum()) or 1)
        return cls(middle, turned[:known].T * (len(states) ** 0.5 / np.maximum(sizes[:known], 1e-12)))

    def __call__(self, states: Any) -> Any:
        import numpy as np

        points = (states - self.middle) @ self.directions
        return points / np.maximum(np.linalg.norm(points, axis=1, keepdims=True), 1e-12)


def states_of(model: Any, tokenizer: Any, rows: Sequence[Sequence[int]]) -> Any:
    """The mean of the last layer's states over the tokens of each row of ids: numpy (rows, width)."""
    import numpy as np
    import torch

    causal = causal_of(model)
    backbone, found = getattr(causal, causal.base_model_prefix), []
    with torch.inference_mode(), at_rest(model):
        for begin in range(0, len(rows), AT_ONCE):
            batch = {n: part.to(causal.device) for n, part in padded(tokenizer, rows[begin : begin + AT_ONCE]).items()}
            hidden = backbone(**batch, use_cache=False).last_hidden_state.float()
            mask = batch["attention_mask"][:, :, None]
            found.append(((hidden * mask).sum(1) / mask.sum(1)).cpu().numpy())
    return np.concatenate(found).astype(np.float64)


def tfidf_points(texts: Sequence[str], more: Sequence[str] = ()) -> tuple[Any, Any]:
    """TF-IDF of texts and of more texts, by what the first taught; of Chinese, of characters."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(token_pattern=WORDS)
    return vectorizer.fit_transform(texts), vectorizer.transform(more) if more else None


def telling_words(texts: Sequence[str], groups: Sequence[int], count: int, most: int = 3) -> list[str]:
    """For each of `count` groups the words that are most its own, by the mean TF-IDF of its texts over that of all."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(token_pattern=WORDS)
    points = vectorizer.fit_transform(texts)
    words, everywhere = vectorizer.get_feature_names_out(), np.asarray(points.mean(0))[0]
    found = []
    for group in range(count):
        mine = [i for i, one in enumerate(groups) if one == group]
        more = np.asarray(points[mine].mean(0))[0] - everywhere if mine else 0 * everywhere
        found.append(" ".join(words[i] for i in np.argsort(-more, kind="stable")[:most] if more[i] > 0))
    return found
