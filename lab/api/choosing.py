"""Which answers are worth a vote: of several to each question, the two that a reward model finds furthest apart.

Such votes are tied less often (ActiveUltraFeedback, arXiv:2603.09692, has the idea), but on nano, with a judge of 100
votes, they taught no more than as many at random: `tests/bench/bench_votes.py`. They teach; they don't measure.
"""

from collections.abc import Sequence
from itertools import combinations

from lab.errors import RunError
from lab.feedback.collection.pairs import Chooser
from lab.serving.scoring import Scorer
from lab.store import Answer

MOST = 16


def check_choice(models: Sequence[str], candidates: int, judge: str | None) -> None:
    """Raises RunError where pairs can't be chosen, or a choice would spoil what the votes are for."""
    if not 1 <= candidates <= MOST:
        raise RunError(f"{candidates} candidates", where="--candidates", do=f"give a number from 1 to {MOST}.")
    if (candidates > 1) != (judge is not None):
        raise RunError("pairs are chosen by a reward model among several candidates", where="--judge, --candidates",
                       do="give both: --judge run:<id> --candidates 4.")  # fmt: skip
    if judge is not None and len(set(models)) > 1:
        raise RunError("votes on chosen pairs can't tell which of two models is better", where="--judge",
                       do="name one model, which answers twice, or leave the judge out.")  # fmt: skip


def furthest_apart(score: Scorer) -> Chooser:
    """Chooses, of the answers to each question, the two whose scores differ most; equal and empty ones come last."""

    def choose(answers: Sequence[Sequence[Answer]]) -> list[tuple[Answer, Answer]]:
        scores = iter(score([answer for some in answers for answer in some]))
        return [_furthest([(answer, next(scores)) for answer in some]) for some in answers]

    return choose


def _furthest(scored: Sequence[tuple[Answer, float]]) -> tuple[Answer, Answer]:
    def gap(pair: tuple[tuple[Answer, float], tuple[Answer, float]]) -> float:
        (one, mine), (other, yours) = pair
        usable = bool(one.text and other.text and one.text != other.text)
        return abs(mine - yours) if usable else -1.0

    (one, _), (other, _) = max(combinations(scored, 2), key=gap)
    return one, other
