"""A match as the page asks for it: who plays whom on which questions, checked, and made into requests for pairs.

The Arena and the RLHF tab ask alike. Nothing here makes a pair or counts a vote.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, Literal

from pydantic import Field

from lab.card import find_cards
from lab.data.feedback_card import FEEDBACK
from lab.data.questions import Messages, questions
from lab.errors import RunError
from lab.feedback.collection.collector import CollectionJob
from lab.feedback.collection.pairs import PairRequest
from lab.feedback.scripted import SCRIPTED
from lab.generate import Sampling
from lab.model_ref import ModelRef
from lab.models import CATALOGUE
from lab.planning.open_to import check_model_open
from lab.recipe import DataChoice, parse_recipe, resolve
from lab.store import Store
from lab.ui.component import Request
from lab.visitors import current
from lab.words import pair

PROMPTS: Final = "prompts"
HELD_OUT: Final = "held_out"
TYPED = "typed"
RATER = Field("", pattern=r"^[\w-]{4,60}$")
"""Who asks: named by their cookie, see `lab.ui.component`."""
TOP_P = 0.95


class MatchRequest(Request):
    """Who plays, what is asked, who rates."""

    first: str = Field(min_length=1, max_length=300)
    second: str = Field(min_length=1, max_length=300)
    source: Literal["prompts", "held_out"] = PROMPTS
    rater: str = RATER
    temperature: float = 1.0
    length: int = Field(48, ge=1, le=256)
    retry: bool = False
    """Make pairs again after it failed."""

    @property
    def name(self) -> str:
        return PairRequest(self.first, self.second, (), "", 0, Sampling()).match


def pair_request(
    asked: MatchRequest, asks: Sequence[Messages], source: str, pairs: int, ahead: bool = False
) -> PairRequest:
    """Pairs of a match to be made on these questions."""
    sampling = Sampling(asked.temperature, TOP_P, asked.length, 0)
    return PairRequest(asked.first, asked.second, tuple(asks), source, pairs, sampling, ahead)


def check_player(player: str, store: Store) -> None:
    """Raise LabError unless it may play; of paths, which could be anything, only those of runs' bases may."""
    if run := ModelRef.parse(player).run:
        store.runs.get(run)
    elif not current().owns_lab:
        check_model_open(player)
    elif player not in CATALOGUE and not store.runs.start_from(player):
        raise RunError(f"there is no player '{player}'", do="choose another.")


def questions_of(asked: MatchRequest, store: Store) -> tuple[Messages, ...]:
    """The questions to draw from: story prompts, or held-out questions of what the newer run learned from."""
    run = ModelRef.parse(asked.second).run or ModelRef.parse(asked.first).run
    recipe = store.runs.get(run).recipe if run else ""
    return _questions(recipe, asked.source, store, current().mark)


@lru_cache(maxsize=32)
def _questions(recipe: str, source: str, store: Store, _visitor: str | None) -> tuple[Messages, ...]:
    data: tuple[DataChoice, ...] = (DataChoice(name="prompts"),)
    formats: tuple[str, ...] = ()
    seed = split_seed = 0
    if recipe:
        run = resolve(parse_recipe(recipe))[0]
        last, seed, split_seed = run.stages[-1], run.seed, run.split_seed
        data = (DataChoice(name="prompts", language=last.data[0].language),)
        rated = any(choice.name == FEEDBACK for choice in last.data)  # its few questions have all been asked already
        if source == HELD_OUT and not rated:
            data, formats = last.data, find_cards("lab.objectives")[last.objective].CARD.formats
    return tuple(questions(data, store.home, seed, "held_out" if source == HELD_OUT else "train", formats, split_seed))


def raters() -> list[dict[str, Any]]:
    """The scripts that can rate."""
    cards = [module.CARD for module in find_cards("lab.raters").values()]
    return [{"id": card.id, "name": pair(card.name), "explain": pair(card.explain)} for card in cards]


def job_json(job: CollectionJob | None) -> dict[str, Any] | None:
    """A job of the collector as the page takes it."""
    if job is None:
        return None
    return {
        "busy": job.busy, "done": job.done, "total": job.total, "problem": job.problem, "same": job.same,
        "votes": sum(job.votes.values()), "rater": job.rater.removeprefix(SCRIPTED),
    }  # fmt: skip
