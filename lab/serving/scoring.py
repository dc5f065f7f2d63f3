"""What a reward model thinks of answers from the store. The model is loaded once, where the function is made."""

from collections.abc import Callable, Sequence

from lab.home import Home
from lab.store import Answer

Scorer = Callable[[Sequence[Answer]], Sequence[float]]


def judged_by(judge: str, home: Home) -> Scorer:
    """The scores of the reward model `run:<id>`; raises ModelError where there is none."""
    from lab.objectives.policy.rewards import Answers
    from lab.objectives.reward_model import load_reward

    reward = load_reward(judge, home)

    def score(answers: Sequence[Answer]) -> Sequence[float]:
        said = [[{"role": "assistant", "content": answer.text}] for answer in answers]
        ended = [answer.ended for answer in answers]
        scores: Sequence[float] = reward.score(Answers.given([list(one.messages) for one in answers], said, ended))
        return scores

    return score


def remembering(score: Scorer) -> Scorer:
    """The same scores, but no answer is scored twice."""
    known: dict[str, float] = {}

    def scored(answers: Sequence[Answer]) -> Sequence[float]:
        if new := [answer for answer in answers if answer.id not in known]:
            known.update(zip((answer.id for answer in new), score(new), strict=True))
        return [known[answer.id] for answer in answers]

    return scored
