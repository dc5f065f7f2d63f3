"""Which answers to a question are worth a vote: the two whose verdict the votes so far leave most open, or the two that
a reward model finds furthest apart (ActiveUltraFeedback, arXiv:2603.09692, has the idea).

On nano neither taught clearly more than as many votes at random, and neither saved half of them: docs/ranking.md. Such
votes teach; they don't measure.
"""

from collections.abc import Sequence
from itertools import combinations

from lab.data.feedback import rows_of
from lab.errors import RunError
from lab.feedback.collection.pairs import Chooser, first_two
from lab.feedback.collection.telling import VoteModel
from lab.serving.scoring import Scorer
from lab.store import Answer, Store

MOST = 16
FEWEST, MOST_VOTES = 50, 2000


def check_choice(models: Sequence[str], candidates: int, judge: str | None) -> None:
    """Raises RunError where pairs can't be chosen, or a choice would spoil what the votes are for."""
    if not 1 <= candidates <= MOST:
        raise RunError(f"{candidates} candidates", where="--candidates", do=f"give a number from 1 to {MOST}.")
    if judge is not None and candidates == 1:
        raise RunError("a reward model chooses pairs among several candidates", where="--judge, --candidates",
                       do="give both: --judge run:<id> --candidates 4.")  # fmt: skip
    if candidates > 1 and len(set(models)) > 1:
        raise RunError("votes on chosen pairs can't tell which of two models is better", where="--candidates",
                       do="name one model, which answers twice, or leave --candidates and --judge out.")  # fmt: skip


def furthest_apart(score: Scorer) -> Chooser:
    """Chooses, of the answers to each question, the two whose scores differ most; equal and empty ones come last."""

    def choose(answers: Sequence[Sequence[Answer]]) -> list[tuple[Answer, Answer]]:
        scores = iter(score([answer for some in answers for answer in some]))
        return [_furthest([(answer, next(scores)) for answer in some]) for some in answers]

    return choose


def most_open(store: Store) -> Chooser:
    """Chooses, of the answers to each question, the two about which the votes in the store say least; any, before
    there are FEWEST of them."""

    def choose(answers: Sequence[Sequence[Answer]]) -> list[tuple[Answer, Answer]]:
        rows, _ = rows_of(store, "preference", ties=True)
        if len(rows) < FEWEST:
            return first_two(answers)
        some = rows[:: 1 + len(rows) // MOST_VOTES]  # ties come last, so that the first or the last won't do
        voted = [(row["chosen"][-1]["content"], row["rejected"][-1]["content"]) for row in some]
        known = VoteModel(voted, [0 if row.get("tie") else 1 for row in some])
        return [_most_open(said, known) for said in answers]

    return choose


def _most_open(answers: Sequence[Answer], known: VoteModel) -> tuple[Answer, Answer]:
    pairs = [pair for pair in combinations(answers, 2) if _usable(*pair)]
    if not pairs:
        return answers[0], answers[1]
    openness = known.openness([(one.text, other.text) for one, other in pairs])
    return pairs[max(range(len(pairs)), key=openness.__getitem__)]


def _usable(one: Answer, other: Answer) -> bool:
    return bool(one.text and other.text and one.text != other.text)


def _furthest(scored: Sequence[tuple[Answer, float]]) -> tuple[Answer, Answer]:
    def gap(pair: tuple[tuple[Answer, float], tuple[Answer, float]]) -> float:
        (one, mine), (other, yours) = pair
        return abs(mine - yours) if _usable(one, other) else -1.0

    (one, _), (other, _) = max(combinations(scored, 2), key=gap)
    return one, other
