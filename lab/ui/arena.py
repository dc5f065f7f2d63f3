"""The Arena tab: one question, two anonymous answers, a vote; who leads and how surely; scripted raters.

Who gave which answer never reaches the page before the vote. Everybody's place in the queue is in the store, so a
reload goes on where it was.
"""

from typing import Any, Literal

from pydantic import Field

from lab.errors import RunError
from lab.feedback.bouts import Bout, next_bout, seat, undo, vote
from lab.store import Answer
from lab.ui.exchange import Exchange
from lab.ui.island import Question, door, doors_of, island
from lab.ui.lab import Lab
from lab.ui.matches import HELD_OUT, TYPED, Match, check_player, order, questions_of, raters, shown_work
from lab.ui.people import called, people
from lab.ui.standings import Standings, feeds, lead

AHEAD = 8
"""Pairs that wait before more are made."""
REFILL = 24


class Nothing(Question):
    """A door that needs no question."""


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
    names = ("players", "bout", "cast", "take_back", "ask_own", "script", "halt", "standings")
    island("arena", doors_of(arena, *names) + doors_of(Exchange(lab), "take_out", "send", "bring_in"))


class Arena:
    """The doors of the tab."""

    def __init__(self, lab: Lab):
        self._home, self._store = lab.home, lab.store
        self._hall = lab.hall
        self._standings = Standings(lab.store)

    @door(Nothing)
    def players(self, _asked: Nothing) -> dict[str, Any]:
        """Who can play, and which scripts can rate."""
        return people(self._home, self._store) | {"raters": raters()}

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
        before = self._hall.work(asked.name, "own")
        if before and before.busy:
            raise RunError("the question before is still being answered", do="ask again in a moment.")
        self._hall.fill(order(asked, (conversation,), TYPED, 1, ahead=True), "own")
        return self._now(asked)

    @door(Script)
    def script(self, asked: Script) -> dict[str, Any]:
        """Have a scripted rater vote."""
        self._hall.script(order(asked, questions_of(asked, self._store), asked.source, asked.count), asked.script)
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
        for player in (asked.first, asked.second):
            check_player(player, self._store)
        sources = [HELD_OUT, TYPED] if asked.source == HELD_OUT else []
        found = next_bout(self._store, asked.rater, asked.name, sources)
        ready = len(self._store.pairs.waiting(asked.rater, asked.name, AHEAD, sources))
        filling = self._hall.work(asked.name, "fill")
        failed = filling is not None and filling.problem is not None and not asked.retry
        if ready < AHEAD and not failed and not (filling and filling.busy):
            filling = self._hall.fill(order(asked, questions_of(asked, self._store), asked.source, REFILL))
        votes = self._store.pairs.votes()
        return {
            "bout": _shown(found) if found else None, "ready": ready,
            "fill": shown_work(filling), "own": shown_work(self._hall.work(asked.name, "own")),
            "script": shown_work(self._hall.work(asked.name, "script")),
            "mine": len(self._store.pairs.cast_by(asked.rater, asked.name)),
            "lead": lead(votes, asked.name, self._store), "feeds": feeds(votes),
        }  # fmt: skip

    def _who(self, answer: Answer) -> dict[str, Any]:
        return called(answer.run, self._store) | {
            "fingerprint": answer.fingerprint,
            "seed": answer.settings.get("seed"),
        }


def _shown(bout: Bout) -> dict[str, Any]:
    """A bout without anything that tells who is who."""
    return {
        "pair": bout.pair.id, "again": bout.again, "asked": [dict(one) for one in bout.pair.first.messages],
        "answers": [bout.left.text, bout.right.text],
    }  # fmt: skip
