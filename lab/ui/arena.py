"""The Arena tab: one question, two anonymous answers, a vote; who leads and how surely; scripted raters.

Who gave which answer never reaches the page before the vote. Everybody's place in the queue is in the store, so a
reload goes on where it was.
"""

from functools import lru_cache
from typing import Any, Literal

from pydantic import Field

from lab.card import find_cards
from lab.data.questions import Conversation, questions
from lab.errors import RunError
from lab.feedback.bouts import Bout, next_bout, seat, undo, vote
from lab.feedback.scripted import SCRIPTED
from lab.generate import Sampling
from lab.jobs.collect import Order
from lab.jobs.hall import Hall, Work
from lab.models import CATALOGUE
from lab.recipe import DataChoice, parse_recipe, resolve
from lab.store import Answer, Store
from lab.ui.island import Island, Question, door, doors_of
from lab.ui.lab import Lab
from lab.ui.language import pair
from lab.ui.people import called, people
from lab.ui.standings import Standings, feeds, lead

AHEAD = 8
"""Pairs that wait before more are made."""
REFILL = 24
TYPED = "typed"
HELD_OUT = "held_out"
RATER = Field(pattern=r"^[\w-]{4,60}$")


class Nothing(Question):
    """A door that needs no question."""


class Match(Question):
    """Who plays, what is asked, who rates."""

    first: str = Field(min_length=1, max_length=300)
    second: str = Field(min_length=1, max_length=300)
    source: Literal["prompts", "held_out"] = "prompts"
    rater: str = RATER
    temperature: float = 1.0
    length: int = Field(48, ge=1, le=256)
    retry: bool = False
    """Make pairs again after it failed."""

    @property
    def name(self) -> str:
        return Order(self.first, self.second, (), "", 0, Sampling()).match


class Voting(Match):
    """A vote on the pair that is shown."""

    pair: str = Field(pattern=r"^[0-9a-z-]{8,32}$")
    again: bool = False
    verdict: Literal["left", "right", "tie", "both_bad"]


class Own(Match):
    """A question of one's own."""

    text: str = Field(min_length=1, max_length=2000)


class Script(Match):
    """So many votes by a scripted rater."""

    script: str = Field(max_length=40)
    count: int = Field(ge=1, le=2000)


class Halt(Match):
    """Stop making pairs, or stop the scripted votes."""

    kind: Literal["fill", "script"]


def build(lab: Lab) -> None:
    """Lay the tab out."""
    arena = Arena(lab)
    Island("arena", doors_of(arena, "players", "bout", "cast", "take_back", "ask_own", "script", "halt", "standings"))


class Arena:
    """The doors of the tab."""

    def __init__(self, lab: Lab):
        self._home, self._store = lab.home, lab.store
        self._hall = Hall(lab.store, lab.chat.answer if lab.chat else _nobody)
        self._standings = Standings(lab.store)

    @door(Nothing)
    def players(self, _asked: Nothing) -> dict[str, Any]:
        """Who can play, and which scripts can rate."""
        raters = [module.CARD for module in find_cards("lab.raters").values()]
        cards = [{"id": card.id, "name": pair(card.name), "explain": pair(card.explain)} for card in raters]
        return people(self._home, self._store) | {"raters": cards}

    @door(Match)
    def bout(self, asked: Match) -> dict[str, Any]:
        """What to judge now; has more pairs made when few are left."""
        return self._now(asked)

    @door(Voting)
    def cast(self, asked: Voting) -> dict[str, Any]:
        """Keep a vote, and say who was who; the next pair comes with it."""
        judged = seat(self._store, asked.rater, asked.pair, asked.again)
        vote(self._store, judged, asked.rater, asked.verdict)
        return {"sides": [self._who(judged.left), self._who(judged.right)], **self._now(asked)}

    @door(Match)
    def take_back(self, asked: Match) -> dict[str, Any]:
        """Undo the rater's last vote; its pair is to be judged again."""
        last = undo(self._store, asked.rater, asked.name)
        return {"undone": last is not None, **self._now(asked)}

    @door(Own)
    def ask_own(self, asked: Own) -> dict[str, Any]:
        """Have both answer a question that was typed; it comes next."""
        question = asked.text.strip()
        if not question:
            raise RunError("the question is empty", do="write something first.")
        conversation = ({"role": "user", "content": question},)
        busy = self._hall.work(asked.name, "fill")
        if busy and busy.busy:
            raise RunError("other answers are being written", do="ask again in a moment.")
        self._hall.fill(self._order(asked, (conversation,), TYPED, 1, ahead=True))
        return self._now(asked)

    @door(Script)
    def script(self, asked: Script) -> dict[str, Any]:
        """Have a scripted rater vote."""
        self._hall.script(self._order(asked, self._asked(asked), asked.source, asked.count), asked.script)
        return self._now(asked)

    @door(Halt)
    def halt(self, asked: Halt) -> dict[str, Any]:
        """Stop work in progress; what was made stays."""
        self._hall.halt(asked.name, asked.kind)
        return {}

    @door(Standings.Asked)
    def standings(self, asked: "Standings.Asked") -> dict[str, Any]:
        """The ranking, the win matrix, agreement and consistency."""
        return self._standings.all(asked)

    def _now(self, asked: Match) -> dict[str, Any]:
        self._check_players(asked)
        sources = [HELD_OUT, TYPED] if asked.source == HELD_OUT else []
        found = next_bout(self._store, asked.rater, asked.name, sources)
        ready = len(self._store.pairs.waiting(asked.rater, asked.name, AHEAD, sources))
        filling = self._hall.work(asked.name, "fill")
        failed = filling is not None and filling.problem is not None and not asked.retry
        if ready < AHEAD and not failed and not (filling and filling.busy):
            filling = self._hall.fill(self._order(asked, self._asked(asked), asked.source, REFILL))
        votes = self._store.pairs.votes()
        return {
            "bout": _shown(found) if found else None, "ready": ready,
            "fill": _work(filling), "script": _work(self._hall.work(asked.name, "script")),
            "mine": len(self._store.pairs.cast_by(asked.rater, asked.name)),
            "lead": lead(votes, asked.name, self._store), "feeds": feeds(votes),
        }  # fmt: skip

    def _order(self, asked: Match, questions: tuple[Conversation, ...], source: str, pairs: int, ahead: bool = False):
        sampling = Sampling(asked.temperature, 0.95, asked.length, 0)
        return Order(asked.first, asked.second, questions, source, pairs, sampling, ahead)

    def _check_players(self, asked: Match) -> None:
        """Raise LabError unless both may play; of paths, which could be anything, only those of runs' bases may."""
        for player in (asked.first, asked.second):
            if player.startswith("run:"):
                self._store.runs.get(player.removeprefix("run:"))
            elif player not in CATALOGUE and player not in {run.base for run in self._store.runs.all()}:
                raise RunError(f"there is no player '{player}'", do="choose another.")

    def _asked(self, asked: Match) -> tuple[Conversation, ...]:
        """The questions to draw from: story prompts, or held-out questions of what the first run learned from."""
        run = next((one for one in (asked.first, asked.second) if one.startswith("run:")), None)
        recipe = self._store.runs.get(run.removeprefix("run:")).recipe if run else ""
        return _questions(recipe, asked.source, self._store)

    def _who(self, answer: Answer) -> dict[str, Any]:
        return called(answer.run, self._store) | {
            "fingerprint": answer.fingerprint,
            "seed": answer.settings.get("seed"),
        }


@lru_cache(maxsize=32)
def _questions(recipe: str, source: str, store: Store) -> tuple[Conversation, ...]:
    data, seed, formats, language = (DataChoice(name="prompts"),), 0, (), "en"
    if recipe:
        run = resolve(parse_recipe(recipe))[0]
        last, seed = run.stages[-1], run.seed
        language = last.data[0].language
        if source == HELD_OUT:
            data, formats = last.data, find_cards("lab.objectives")[last.objective].CARD.formats
    if source != HELD_OUT:
        data = (DataChoice(name="prompts", language=language),)
    return tuple(questions(data, store.home, seed, "held_out" if source == HELD_OUT else "train", formats))


def _shown(bout: Bout) -> dict[str, Any]:
    """A bout without anything that tells who is who."""
    return {
        "pair": bout.pair.id, "again": bout.again, "asked": [dict(one) for one in bout.pair.first.messages],
        "answers": [bout.left.text, bout.right.text],
    }  # fmt: skip


def _work(work: Work | None) -> dict[str, Any] | None:
    if work is None:
        return None
    return {
        "busy": work.busy, "done": work.done, "total": work.total, "problem": work.problem, "same": work.same,
        "votes": sum(work.votes.values()), "rater": work.rater.removeprefix(SCRIPTED),
    }  # fmt: skip


def _nobody(*_: object) -> Any:
    raise RunError("nobody is there to answer")
