"""What the four stations of the feedback loop and its rounds show, read from the store each time they are looked at."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from lab.data.feedback import MADE_FROM, count_preferences
from lab.errors import LabError
from lab.feedback.readings import collapsed
from lab.feedback.rounds import Round, card_of, duel, is_policy, last_stage, usual_script
from lab.feedback.sums import VoteSums
from lab.feedback.tally import tally_of
from lab.home import Home
from lab.model_ref import ModelRef
from lab.models import root_base
from lab.objectives.reward_model import likes_of
from lab.store import Change, RaterCount, Run, Status, Store
from lab.store.pairs import match_of
from lab.ui.players import player_labels, runs_json
from lab.ui.standings import KTO_NEEDS, feeds, most_first, rater_names

KINDS = ("vote", "thumb", "edit")
USUAL_SCRIPT = "happier"


def ratings_station(store: Store, start: str, mine: str) -> dict[str, Any]:
    """Counts by kind and by rater, scripts apart, and how many compare two samples of the start."""
    kinds = Counter[tuple[str, bool]]()
    with tally_of(store).look() as tally:
        counts, raters, voters = tally.counts(), tally.raters(), tally.raters("vote")
        match, newest = tally.match(match_of(start, start)), tally.newest
        here = [RaterCount(one.rater, one.scripted, match.by[one.rater]) for one in voters if match.by[one.rater]]
    for one in counts:
        kinds[one.kind, one.scripted] += one.count
    names = rater_names(raters, mine)
    return {
        "kinds": [{"kind": kind, "people": kinds[kind, False], "scripted": kinds[kind, True]} for kind in KINDS],
        "raters": [names[one.rater] | {"count": one.count} for one in most_first(raters)],
        "here": sum(one.count for one in here),
        "script": usual_script(here) or usual_script(voters) or USUAL_SCRIPT,
        "judged": sum(count for (kind, _), count in kinds.items() if kind in MADE_FROM["binary_feedback"]),
        "judged_needed": KTO_NEEDS, "newest": newest, **feeds(store),
    }  # fmt: skip


def model_station(runs: Sequence[Run], base: str, began: float, store: Store) -> dict[str, Any]:
    """The newest reward model that scores what `base` says: how good it is, what it likes, what it learned from."""
    root = root_base(base, store.home)
    models = [run for run in runs if card_of(run).gives == "score" and _root(run, store.home) == root]
    usable = [run for run in models if run.status in (Status.DONE, Status.CANCELLED) and run.outcome.adapter_bytes]
    newest = models[-1] if models else None
    return {
        "run": shown_run(newest, store), "usable": usable[-1].id if usable else None,
        "learned": newest and _learned_from(newest, store), "held_out": newest and _held_out(newest),
        "available": preferences(store),
        "of_before": bool(usable and usable[-1].created < began),
        "likes": likes_of(usable[-1].id, store.home) if usable else None,
    }  # fmt: skip


def policy_of(runs: Sequence[Run], base: str) -> Run | None:
    """The newest policy that went out from `base`."""
    mine = (run for run in reversed(runs) if is_policy(run) and run.base == base)
    return next((run for run in mine if run.request != "discard"), None)


def shown_run(run: Run | None, store: Store) -> dict[str, Any] | None:
    """A run as the page takes it, if there is one."""
    return next(iter(runs_json([run], store)), None) if run else None


def duel_station(policy: Run | None, votes: VoteSums) -> dict[str, Any] | None:
    """Who meets whom, and how it stands; None without a policy that has weights."""
    if policy is None or not policy.status.over or policy.outcome.adapter_bytes is None:
        return None
    result = duel(policy, votes)
    variety = policy.outcome.metrics.get("distinct_2") or Change()
    return {
        "first": policy.base, "second": str(ModelRef(run=policy.id)), "result": result and vars(result),
        "collapsed": collapsed(variety.before, variety.after),
    }  # fmt: skip


def round_rows(rounds: Sequence[Round], store: Store) -> list[dict[str, Any]]:
    """The rounds as rows of the lineage."""
    policies = {policy["id"]: policy for policy in runs_json([one.policy for one in rounds], store)}
    starts = player_labels([one.start for one in rounds], store)
    strays = store.curves.last(policies, "kl")
    return [
        _row(one) | {"start": starts[one.start], "policy": policies[one.policy.id]} | _kl(one, strays)
        for one in rounds if one.policy.id in policies
    ]  # fmt: skip


def _row(one: Round) -> dict[str, Any]:
    truth, wanted = _scores(one)
    accuracy = one.model and one.model.outcome.metrics.get("accuracy")
    return {
        "number": one.number,
        "model": one.model and {"id": one.model.id, "name": one.model.name, "accuracy": accuracy and accuracy.after},
        "score": wanted and (wanted.before, wanted.after), "truth": truth and (truth.before, truth.after),
        "watched": one.watched, "duel": one.duel and vars(one.duel),
    }  # fmt: skip


def _kl(one: Round, strays: Mapping[str, float]) -> dict[str, float | None]:
    """How far the policy has strayed: as measured at its end, else as far as it has come."""
    measured = one.policy.outcome.metrics.get("kl")
    return {"kl": measured.after if measured else strays.get(one.policy.id)}


def _scores(one: Round) -> tuple[Change | None, Change | None]:
    """The true score and the optimised one, before and after; the first is all that is measured where votes taught."""
    metrics, stage = one.policy.outcome.metrics, last_stage(one.policy)
    if stage and stage.reward and not any(choice.weight for choice in stage.reward):
        return metrics.get("reward"), None
    return metrics.get(f"reward/{one.watched}") if one.watched else None, metrics.get("reward")


def preferences(store: Store, raters: str = "all") -> int:
    """How many pairs there are to learn from."""
    with tally_of(store).look() as tally:
        return tally.preferred(raters) + tally.edits(raters)


@lru_cache(maxsize=64)
def _preferences(store: Store, until: int | None, raters: str = "all") -> int:
    """How many pairs there were to learn from when the rating of that number had been given."""
    return count_preferences(store, raters, until)


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
