"""Whether a reward model agrees with who looks, under RLHF. Asked apart from the stations: a model scores first."""

from dataclasses import asdict
from functools import lru_cache
from typing import Any

from pydantic import Field

from lab.api import Lab
from lab.api.agreeing import judge_agreement
from lab.feedback.tally import tally_of
from lab.model_ref import ModelRef
from lab.serving.scoring import Scorer, remembering
from lab.ui.component import ONE_RUN, Request, endpoint
from lab.ui.match_requests import RATER

JUDGED = ("vote", "thumb")


class Agreed:
    """The endpoint; answers that were scored once are not scored again."""

    class Asked(Request):
        """Which run's reward model, and who looks."""

        model: str = Field(pattern=ONE_RUN)
        rater: str = RATER

    def __init__(self, lab: Lab):
        self._lab = lab
        self._scorer = lru_cache(maxsize=4)(self._make_scorer)

    @endpoint(Asked)
    def agreement(self, asked: "Agreed.Asked") -> dict[str, Any]:
        """With whose ratings it was compared (one's own, or all where one has none), and how far it agrees."""
        with tally_of(self._lab.store).look() as tally:
            raters = tally.raters(*JUDGED)
        mine = any(one.rater == asked.rater for one in raters)
        if not raters:
            return {"whose": None}
        run = self._lab.store.runs.get(asked.model)
        found = judge_agreement(
            self._lab.store, run.id, self._scorer(run.id, run.ended), "all", asked.rater if mine else None
        )
        scripted = 0 if mine else sum(one.count for one in raters if one.scripted)
        return {"whose": "mine" if mine else "all", "scripted": scripted, **asdict(found)}

    def _make_scorer(self, run: str, _ended: float | None) -> Scorer:
        """A run that went on after its end has other weights then."""
        return remembering(self._lab.scorer(str(ModelRef(run=run))))
