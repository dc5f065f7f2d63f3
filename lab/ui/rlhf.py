"""The RLHF tab: four stations on a line (ratings, reward model, optimisation, duel) and the rounds they add up to.

Nothing is remembered here: which round is in hand, and what became of those before, is read from the store.
"""

from collections.abc import Sequence
from typing import Any, Literal

from pydantic import Field

from lab.api import Lab
from lab.errors import LabError, RunError
from lab.feedback.loop_recipes import policy_objectives, policy_recipe, reward_model_recipe
from lab.feedback.loop_runs import loop_runs
from lab.feedback.rounds import duel_match, number_from, open_start, own_matches, rounds
from lab.feedback.tally import tally_of
from lab.model_ref import ModelRef
from lab.planning import plan
from lab.planning.whole_time import whole_seconds
from lab.recipe import Recipe
from lab.recipe.fields import to_fields
from lab.store import Run
from lab.store.pairs import match_of
from lab.ui import stations
from lab.ui.agreeing import Agreed
from lab.ui.component import Request, component, endpoint, endpoints_of
from lab.ui.curves import Curves
from lab.ui.forks import Forks
from lab.ui.form_choices import knobs
from lab.ui.match_requests import (
    HELD_OUT,
    PROMPTS,
    RATER,
    MatchRequest,
    check_player,
    job_json,
    pair_request,
    questions_of,
    raters,
)
from lab.ui.players import FIRST_BASE, player_label, players
from lab.ui.recorded_loop import read_recorded
from lab.ui.run_view import RunView
from lab.words import pair

AHEAD = 24
"""Pairs that a new round begins with."""


class Nothing(Request):
    """An endpoint that needs no question."""


class Look(Request):
    """Who looks, and from where the round goes out that is looked at (none: the one in hand)."""

    rater: str = RATER
    start: str | None = Field(None, min_length=1, max_length=300)


class Judging(Look):
    """Scripted votes: on two samples of the start, or on the policy against it."""

    script: str = Field(max_length=40)
    count: int = Field(ge=1, le=2000)
    what: Literal["ratings", "duel"] = "ratings"


class Making(Look):
    """A run to be made: a reward model, or (with an objective) a policy."""

    objective: str | None = Field(None, max_length=40)
    raters: Literal["all", "people", "scripted"] = "all"
    steps: int | None = Field(None, ge=1, le=100_000)
    batch: int | None = Field(None, ge=1, le=4096)
    stray: float | None = Field(None, ge=0, le=1000)
    model: bool = True
    """Whether a policy is rewarded by the reward model; else by the script."""
    script: str | None = Field(None, max_length=40)
    language: str = Field("en", pattern=r"^[a-zA-Z-]{2,12}$")
    """In which a run is named."""


def build(lab: Lab) -> None:
    """Lay the tab out."""
    names = (
        "choices",
        "stations",
        "estimate",
        "start_script",
        "stop_script",
        "submit",
        "as_fields",
        "begin_round",
        "recorded",
    )
    endpoints = endpoints_of(Loop(lab), *names) + endpoints_of(Curves(lab.store), "curves")
    endpoints += endpoints_of(Agreed(lab), "agreement")
    component("rlhf", endpoints + endpoints_of(RunView(lab.store), "stop") + endpoints_of(Forks(lab), "resume"))


class Loop:
    """The endpoints of the tab."""

    def __init__(self, lab: Lab):
        self._lab, self._home, self._store, self._collector = lab, lab.home, lab.store, lab.collector

    @endpoint(Nothing)
    def choices(self, _asked: Nothing) -> dict[str, Any]:
        """What can be chosen: starts, scripts, and objectives with the price of straying."""
        able = [
            {"id": one["id"], "name": pair(one["card"].name), "explain": pair(one["card"].explain),
             "rewarded": one["card"].rewarded, "learns_from": one["card"].formats[0], "steps": one["steps"],
             "model_price": one["model_price"],
             "price": knobs([one["price"]])[0] if one["price"] else None}
            for one in policy_objectives()
        ]  # fmt: skip
        return players(self._home, self._store) | {"scripts": raters(), "policy_objectives": able}

    @endpoint(Look)
    def stations(self, asked: Look) -> dict[str, Any]:
        """All four stations and the rounds, as they are now."""
        runs = loop_runs(self._store, asked.start)
        base = self._start(asked, runs)
        policy, start = stations.policy_of(runs, base), ModelRef.parse(base).in_answers
        began = next((run.ended or 0.0 for run in runs if run.id == start), 0.0)
        # before the votes: work that is over has all of its votes among them
        rating = self._work(match_of(start, start))
        dueling = self._work(duel_match(policy) if policy else "")
        with tally_of(self._store).look() as tally:
            duel = stations.duel_station(policy, tally.votes) or {"first": None}
            played = rounds(runs, tally.votes)
        return {
            "number": number_from(base, runs), "base": base, "start": player_label(start, self._store),
            "ratings": stations.ratings_station(self._store, start, asked.rater) | rating,
            "model": stations.model_station(runs, base, began, self._store),
            "policy": stations.shown_run(policy, self._store),
            "duel": duel | dueling,
            "rounds": stations.round_rows(played, self._store),
        }  # fmt: skip

    @endpoint(Judging)
    def start_script(self, asked: Judging) -> dict[str, Any]:
        """Have a scripted rater vote, on pairs that wait and then on new ones."""
        match = self._match(asked, asked.what)
        self._collector.script(
            pair_request(match, questions_of(match, self._store), match.source, asked.count), asked.script
        )
        return {}

    @endpoint(Judging)
    def stop_script(self, asked: Judging) -> dict[str, Any]:
        """Stop the scripted votes; those given stay."""
        self._collector.halt(self._match(asked, asked.what).name, "script")
        return {}

    @endpoint(Making)
    def submit(self, asked: Making) -> dict[str, Any]:
        """Queue a reward model or a policy."""
        (run,) = self._lab.submit(self._recipe(asked))
        return {"run": run.id}

    @endpoint(Making)
    def estimate(self, asked: Making) -> dict[str, Any]:
        """How many seconds `submit` of the same would take on this machine as busy as it is now; None if unknown."""
        try:
            return {"seconds": whole_seconds(plan(self._recipe(asked), self._home, self._store))}
        except LabError:  # what is wrong is said where the button is
            return {"seconds": None}

    @endpoint(Making)
    def as_fields(self, asked: Making) -> dict[str, Any]:
        """What `make` would queue, for the Train tab to change."""
        return {"fields": to_fields(self._recipe(asked))}

    @endpoint(Look)
    def begin_round(self, asked: Look) -> dict[str, Any]:
        """Begin a round from `start`: have it answer twice, for people or scripts to rate."""
        match = self._match(asked, "ratings")
        self._collector.fill(pair_request(match, questions_of(match, self._store), PROMPTS, AHEAD))
        return {}

    @endpoint(Nothing)
    def recorded(self, _asked: Nothing) -> dict[str, Any]:
        """A whole round that was recorded; empty where none was."""
        return read_recorded()

    def _start(self, asked: Look, runs: Sequence[Run]) -> str:
        if asked.start is None:
            return open_start(runs, self._store.pairs.begun(own_matches(runs, FIRST_BASE)), FIRST_BASE)
        check_player(asked.start, self._store)
        return asked.start

    def _match(self, asked: Look, what: str) -> MatchRequest:
        runs = loop_runs(self._store, asked.start)
        base = self._start(asked, runs)
        if what == "ratings":
            return MatchRequest(first=base, second=base, rater=asked.rater)
        policy = stations.policy_of(runs, base)
        if policy is None:
            raise RunError("there is no policy to meet its start yet", do="train one at the third station.")
        return MatchRequest(first=base, second=str(ModelRef(run=policy.id)), source=HELD_OUT, rater=asked.rater)

    def _recipe(self, asked: Making) -> Recipe:
        runs = loop_runs(self._store, asked.start)
        base = self._start(asked, runs)
        number = number_from(base, runs)
        if asked.objective is None:
            pairs = stations.preferences(self._store, asked.raters)
            return reward_model_recipe(
                base, number, self._home, pairs=pairs, steps=asked.steps, raters=asked.raters, language=asked.language,
            )  # fmt: skip
        if asked.objective not in {one["id"] for one in policy_objectives()}:
            raise RunError(f"there is no way to optimise called '{asked.objective}'", do="choose another.")
        model = stations.model_station(runs, base, 0.0, self._store)["usable"] if asked.model else None
        return policy_recipe(
            base, number, self._home, objective=asked.objective, model=model, script=asked.script,
            stray=asked.stray, steps=asked.steps, batch=asked.batch, raters=asked.raters, language=asked.language,
        )  # fmt: skip

    def _work(self, match: str) -> dict[str, Any]:
        return {
            "fill": job_json(self._collector.job(match, "fill")),
            "work": job_json(self._collector.job(match, "script")),
        }
