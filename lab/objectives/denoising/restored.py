"""How well damaged text was restored: whole texts, and words, told from what handing the damaged text back would get."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from lab.evaluate.graded import Graded
from lab.evaluate.intervals import mean_interval, share_interval
from lab.objectives.denoising.damage import words_of
from lab.store.pictures import Texts

SHOWN = 12
"""Restorations in the picture of a run."""


def graded(damaged: Sequence[str], said: Sequence[str], original: Sequence[str]) -> Graded:
    """`restored`: texts that came out word for word. `restored_words`: of the words that the damage took, those that are
    back in their places; handing the damaged text back gets 0. `kept_words`: of the words it left, those still there."""
    if not original:
        return Graded()
    exact = [words_of(one) == words_of(other) for one, other in zip(said, original, strict=True)]
    taken, kept = [], []
    for text, answer, whole in zip(damaged, said, original, strict=True):
        left, found, every = standing(text, whole), standing(answer, whole), set(range(len(words_of(whole))))
        if gone := every - left:
            taken.append(len(gone & found) / len(gone))
        if left:
            kept.append(len(left & found) / len(left))
    share = sum(exact) / len(exact)
    means = {name: values for name, values in (("restored_words", taken), ("kept_words", kept)) if values}
    return Graded(
        {"restored": share, **{name: sum(values) / len(values) for name, values in means.items()}},
        {"restored": share_interval(share, len(exact)), **{n: mean_interval(values) for n, values in means.items()}},
    )


def standing(text: str, whole: str) -> set[int]:
    """The places of those words of `whole` that stand in `text` in the same order, in the longest runs they share."""
    matcher = SequenceMatcher(None, words_of(whole), words_of(text), autojunk=False)
    return {place for block in matcher.get_matching_blocks() for place in range(block.a, block.a + block.size)}


def drawn(damaged: Sequence[str], said: Sequence[str], original: Sequence[str]) -> Texts:
    """Some texts damaged, restored and as they were, spread over all."""
    some = range(0, len(original), max(1, -(-len(original) // SHOWN)))
    rows = tuple((damaged[i], said[i], original[i]) for i in some)
    right = tuple(words_of(said[i]) == words_of(original[i]) for i in some)
    return Texts(("damaged", "restored", "original"), rows, right)
