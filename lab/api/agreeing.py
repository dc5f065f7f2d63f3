"""How far a reward model agrees with people: on votes and thumbs on questions that it has not learned from. Beside it
what simple rules would get right of the same, and apart what it has learned from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lab.data.asked import number_of, questions_of
from lab.data.learned import Learned, learned_by
from lab.errors import RunError
from lab.evaluate.intervals import wilson
from lab.serving.scoring import Scorer
from lab.store import WHOSE, Answer, Feedback, Store
from lab.store.pairs import AGAIN

SIDES = {"left": 1, "right": -1}


@dataclass(frozen=True)
class Share:
    """`right` of `count` judgements went as a rule would have it; low to high is a 95 % interval."""

    right: float
    count: int
    low: float
    high: float

    @classmethod
    def of(cls, right: float, count: int) -> "Share":
        return cls(right, count, *wilson(right, count))


@dataclass(frozen=True)
class Agreeing:
    """Of votes that prefer one answer: how often that one has the higher score. Of pairs of a good and a bad answer
    (thumbs): how often the good one has it, counted over the fewer of the two, since pairs share answers."""

    votes: Share
    thumbs: Share

    @classmethod
    def of(cls, said: Sequence[Feedback], scores: Mapping[str, float]) -> "Agreeing":
        return cls(_votes(said, scores), _thumbs(said, scores))


@dataclass(frozen=True)
class JudgeAgreement:
    """How far a reward model agrees with raters."""

    new: Agreeing
    """On questions that neither it nor what it was made from has learned from."""
    learned: Agreeing
    """On the others, of which little follows."""
    longer: Agreeing
    """How often the longer answer was the better one, of the new ones: what a model without any sense would get."""
    left: Share
    """How often the left one was."""


def judge_agreement(
    store: Store, run: str, score: Scorer, raters: str = "people", rater: str | None = None
) -> JudgeAgreement:
    """How far the reward model that a run left, which scores, agrees with what people, scripts or all said, or only
    with one `rater`; raises RunError.

    Second looks at a pair and votes between equal answers are left out.
    """
    if raters not in WHOSE:
        raise RunError(f"'{raters}' are no raters", where="--raters", do=f"say {', '.join(WHOSE)}.")
    known = learned_by(run, store.home)
    if known is None:
        raise RunError(f"what run {run} learned was not written down", do="train the reward model anew.")
    said = [one for one in store.ratings.current("vote", "thumb", scripted=WHOSE[raters]) if rater in (None, one.rater)]
    answers = store.ratings.answers({name for one in said for name in (one.answer, one.other) if name})
    said = [one for one in said if _tells(one, answers)]
    wanted = [answers[name] for name in dict.fromkeys(name for one in said for name in (one.answer, one.other) if name)]
    found = dict(zip((one.id for one in wanted), score(wanted) if wanted else (), strict=True))
    lengths = {one.id: float(len(one.text)) for one in wanted}
    new = [one for one in said if not _learned(answers[one.answer], known)]
    learned = [one for one in said if _learned(answers[one.answer], known)]
    return JudgeAgreement(Agreeing.of(new, found), Agreeing.of(learned, found), Agreeing.of(new, lengths), _left(new))


def _tells(one: Feedback, answers: dict[str, Answer]) -> bool:
    """Whether a rating says which answers are better."""
    if one.kind == "thumb":
        return one.verdict in ("good", "bad")
    decided = one.verdict in SIDES and one.other is not None and not one.subject.endswith(AGAIN)
    return decided and answers[one.answer].text != answers[one.other or ""].text


def _votes(said: Sequence[Feedback], scores: Mapping[str, float]) -> Share:
    gaps = [
        (scores[one.answer] - scores[one.other]) * SIDES[one.verdict]
        for one in said if one.kind == "vote" and one.verdict in SIDES and one.other
    ]  # fmt: skip
    return Share.of(sum((gap > 0) + 0.5 * (gap == 0) for gap in gaps), len(gaps))


def _thumbs(said: Sequence[Feedback], scores: Mapping[str, float]) -> Share:
    good, bad = (
        [scores[one.answer] for one in said if one.kind == "thumb" and one.verdict == side] for side in ("good", "bad")
    )
    count = min(len(good), len(bad))
    wins = sum((one > other) + 0.5 * (one == other) for one in good for other in bad)
    return Share.of(count * wins / (len(good) * len(bad)) if count else 0.0, count)


def _left(said: Sequence[Feedback]) -> Share:
    votes = [one.verdict == "left" for one in said if one.kind == "vote"]
    return Share.of(sum(votes), len(votes))


def _learned(answer: Answer, known: Learned) -> bool:
    return any(number_of(key) in known for key in questions_of({"prompt": list(answer.messages)}))
