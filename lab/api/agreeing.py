"""How far a reward model agrees with people: on votes and thumbs on questions that it has not learned from."""

from collections.abc import Sequence
from dataclasses import dataclass

from lab.api.choosing import judged_by
from lab.data.asked import number_of, questions_of
from lab.data.learned import learned_by
from lab.errors import RunError
from lab.evaluate.intervals import wilson
from lab.home import Home
from lab.model_ref import ModelRef
from lab.store import WHOSE, Answer, Feedback, Store

SIDES = {"left": 1, "right": -1}


@dataclass(frozen=True)
class Share:
    """`right` of `count` judgements went as the reward model would have it; low to high is a 95 % interval."""

    right: float
    count: int
    low: float
    high: float

    @classmethod
    def of(cls, right: float, count: int) -> "Share":
        return cls(right, count, *wilson(right, count))


@dataclass(frozen=True)
class JudgeAgreement:
    """Of votes that prefer one answer: how often the model scores that one higher. Of pairs of a good and a bad answer
    (thumbs): how often the good one scores higher, counted over the fewer of the two, since pairs share answers."""

    votes: Share
    thumbs: Share
    learned: int
    """Judgements left out because the model has learned from the same question."""


def judge_agreement(store: Store, run: str, raters: str = "people") -> JudgeAgreement:
    """How far the reward model that a run left agrees with what people, scripts or all said; raises RunError."""
    if raters not in WHOSE:
        raise RunError(f"'{raters}' are no raters", where="--raters", do=f"say {', '.join(WHOSE)}.")
    known = learned_by(run, store.home)
    if known is None:
        raise RunError(f"what run {run} learned was not written down", do="train the reward model anew.")
    said = store.ratings.current("vote", "thumb", scripted=WHOSE[raters])
    answers = store.ratings.answers({name for one in said for name in (one.answer, one.other) if name})
    fresh = [one for one in said if not _learned(answers[one.answer], known)]
    scores = _scores(answers, fresh, run, store.home)
    return JudgeAgreement(_votes(fresh, scores), _thumbs(fresh, scores), len(said) - len(fresh))


def _votes(said: Sequence[Feedback], scores: dict[str, float]) -> Share:
    gaps = [
        (scores[one.answer] - scores[one.other]) * SIDES[one.verdict]
        for one in said if one.kind == "vote" and one.verdict in SIDES and one.other
    ]  # fmt: skip
    return Share.of(sum((gap > 0) + 0.5 * (gap == 0) for gap in gaps), len(gaps))


def _thumbs(said: Sequence[Feedback], scores: dict[str, float]) -> Share:
    good, bad = (
        [scores[one.answer] for one in said if one.kind == "thumb" and one.verdict == side] for side in ("good", "bad")
    )
    count = min(len(good), len(bad))
    wins = sum((one > other) + 0.5 * (one == other) for one in good for other in bad)
    return Share.of(count * wins / (len(good) * len(bad)) if count else 0.0, count)


def _scores(answers: dict[str, Answer], said: Sequence[Feedback], run: str, home: Home) -> dict[str, float]:
    wanted = [answers[name] for name in dict.fromkeys(name for one in said for name in (one.answer, one.other) if name)]
    if not wanted:
        return {}
    return dict(zip((answer.id for answer in wanted), judged_by(str(ModelRef(run=run)), home)(wanted), strict=True))


def _learned(answer: Answer, known: frozenset[int]) -> bool:
    return any(number_of(key) in known for key in questions_of({"prompt": list(answer.messages)}))
