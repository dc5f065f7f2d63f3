"""What the four stations of the feedback loop and its rounds show, read from the store each time they are looked at."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from lab.data.feedback import MADE_FROM, rows_of
from lab.errors import LabError
from lab.feedback.rounds import Round, card_of, duel, is_policy, last_stage, usual_script
from lab.home import Home
from lab.models import root_base
from lab.objectives.reward_model import likes_of
from lab.store import Change, Feedback, Run, Status, Store, Vote
from lab.store.pairs import match_of, run_name
from lab.ui.players import place_of, player_label
from lab.ui.run_view import run_json
from lab.ui.standings import KTO_NEEDS, feeds, rater_names

KINDS = ("vote", "thumb", "edit")
USUAL_SCRIPT = "happier"


def ratings_station(ratings: Sequence[Feedback], votes: Sequence[Vote], start: str, mine: str) -> dict[str, Any]:
    """Counts by kind and by rater, scripts apart, and how many compare two samples of the start."""
    kinds = Counter((one.kind, one.scripted) for one in ratings)
    names, raters = rater_names(ratings, mine), Counter(one.rater for one in ratings)
    here = [vote for vote in votes if (vote.first, vote.second) == (start, start) and not vote.again]
    return {
        "kinds": [{"kind": kind, "people": kinds[kind, False], "scripted": kinds[kind, True]} for kind in KINDS],
        "raters": [names[rater] | {"count": count} for rater, count in raters.most_common()],
        "here": len(here), "script": usual_script(here) or usual_script(votes) or USUAL_SCRIPT,
        "judged": sum(one.kind in MADE_FROM["binary_feedback"] for one in ratings), "judged_needed": KTO_NEEDS,
        **feeds(votes),
    }  # fmt: skip


def model_station(runs: Sequence[Run], base: str, began: float, store: Store) -> dict[str, Any]:
    """The newest reward model that scores what `base` says: how good it is, what it likes, what it learned from."""
    root = root_base(base, store.home)
    models = [run for run in runs if card_of(run).scores and _root(run, store.home) == root]
    usable = [run for run in models if run.status in (Status.DONE, Status.CANCELLED) and run.outcome.adapter_bytes]
    newest = models[-1] if models else None
    return {
        "run": newest and run_json(newest, place_of(newest, store)), "usable": usable[-1].id if usable else None,
        "learned": newest and _learned_from(newest, store), "held_out": newest and _held_out(newest),
        "available": preferences(store),
        "of_before": bool(usable and usable[-1].created < began),
        "likes": likes_of(usable[-1].id, store.home) if usable else None,
    }  # fmt: skip


def policy_of(runs: Sequence[Run], base: str) -> Run | None:
    """The newest policy that went out from `base`."""
    mine = (run for run in reversed(runs) if is_policy(run) and run.base == base)
    return next((run for run in mine if run.request != "discard"), None)


def duel_station(policy: Run | None, votes: Sequence[Vote]) -> dict[str, Any] | None:
    """Who meets whom, and how it stands; None without a policy that has weights."""
    if policy is None or not policy.status.over or policy.outcome.adapter_bytes is None:
        return None
    result = duel(policy, votes)
    return {"first": policy.base, "second": f"run:{policy.id}", "result": result and vars(result)}


def duel_match(policy: Run) -> str:
    return match_of(run_name(policy.base), policy.id)


def round_row(one: Round, store: Store) -> dict[str, Any]:
    """A round as a row of the lineage."""
    metrics, policy = one.policy.outcome.metrics, one.policy
    truth, wanted = _scores(one)
    kl = metrics.get("kl")
    accuracy = one.model and one.model.outcome.metrics.get("accuracy")
    return {
        "number": one.number, "start": player_label(one.start, store),
        "policy": run_json(policy, place_of(policy, store)),
        "model": one.model and {"id": one.model.id, "name": one.model.name, "accuracy": accuracy and accuracy.after},
        "score": wanted and (wanted.before, wanted.after), "truth": truth and (truth.before, truth.after),
        "watched": one.watched, "kl": kl.after if kl else _last(store, policy.id, policy.status, policy.step, "kl"),
        "duel": one.duel and vars(one.duel),
    }  # fmt: skip


def _scores(one: Round) -> tuple[Change | None, Change | None]:
    """The true score and the optimised one, before and after; the first is all that is measured where votes taught."""
    metrics, stage = one.policy.outcome.metrics, last_stage(one.policy)
    if stage and stage.reward and not any(choice.weight for choice in stage.reward):
        return metrics.get("reward"), None
    return metrics.get(f"reward/{one.watched}") if one.watched else None, metrics.get("reward")


@lru_cache(maxsize=256)
def _last(store: Store, run: str, _status: Status, _step: int, name: str) -> float | None:
    """The last value of a curve as far as a run has come."""
    curve = store.curves.curve(run, name)
    return curve[-1][1] if curve else None


def preferences(store: Store, raters: str = "all") -> int:
    """How many pairs there are to learn from."""
    return _preferences(store, store.ratings.newest(), raters)


@lru_cache(maxsize=64)
def _preferences(store: Store, until: int | None, raters: str = "all") -> int:
    """How many pairs there were to learn from when the rating of that number had been given."""
    return len(rows_of(store, "preference", raters, until)[0])


def _learned_from(run: Run, store: Store) -> int | None:
    stage = last_stage(run)
    choice = stage and stage.data[0]
    return _preferences(store, choice.until, choice.raters) if choice and choice.until is not None else None


def _held_out(run: Run) -> float | None:
    """The share of the pairs that it did not learn from."""
    stage = last_stage(run)
    return stage.data[0].held_out if stage else None


def _root(run: Run, home: Home) -> str | None:
    try:
        return root_base(run.base, home)
    except LabError:
        return None
