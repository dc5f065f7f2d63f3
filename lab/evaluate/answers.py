"""Is an answer the wanted one? Exact match and word overlap, after the habits of SQuAD (Rajpurkar et al. 2016)."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence


def normalise(text: str) -> str:
    """Without case, punctuation, surplus spaces and differences of Unicode form; Chinese stays as it is."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(" " if unicodedata.category(letter).startswith("P") else letter for letter in plain)
    return re.sub(r"\s+", " ", kept).strip()


def exact_match(answers: Sequence[str], wanted: Sequence[str]) -> float:
    """Share of answers that are the wanted ones, 0 to 1."""
    return _mean(matches(answers, wanted))


def token_f1(answers: Sequence[str], wanted: Sequence[str]) -> float:
    """Mean F1 of the words (characters in Chinese) an answer shares with the wanted one, 0 to 1."""
    return _mean(overlaps(answers, wanted))


def matches(answers: Sequence[str], wanted: Sequence[str]) -> list[float]:
    """For each answer 1 if it is the wanted one, else 0."""
    return [float(normalise(answer) == normalise(want)) for answer, want in zip(answers, wanted, strict=True)]


def overlaps(answers: Sequence[str], wanted: Sequence[str]) -> list[float]:
    """For each answer the F1 of the words it shares with the wanted one."""
    return [_f1(_words(answer), _words(want)) for answer, want in zip(answers, wanted, strict=True)]


def commonest(answers: Iterable[str]) -> str:
    """The answer that is given most often, the first of several such; the empty text for none."""
    first: dict[str, str] = {}
    counts = Counter(first.setdefault(normalise(answer), answer) for answer in answers)
    return counts.most_common(1)[0][0] if counts else ""


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _words(text: str) -> list[str]:
    return re.findall(r"[一-鿿]|[^\s一-鿿]+", normalise(text))


def _f1(said: list[str], wanted: list[str]) -> float:
    shared = sum((Counter(said) & Counter(wanted)).values())
    if not shared:
        return float(said == wanted)
    precision, recall = shared / len(said), shared / len(wanted)
    return 2 * precision * recall / (precision + recall)
