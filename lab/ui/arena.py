"""The Arena tab: one question, two anonymous answers, a vote; who leads and how surely; scripted raters.

Who gave which answer never reaches the page before the vote. Everybody's place in the queue is in the store, so a
reload goes on where it was.
"""

from typing import Any, Literal

from pydantic import Field

from lab.api import Lab
from lab.errors import RunError
from lab.feedback.matchups import Matchup, next_matchup, present, undo, vote, waiting_pairs
from lab.feedback.tally import tally_of
from lab.store import Answer
from lab.ui.component import Request, component, endpoint, endpoints_of
from lab.ui.feedback_files import FeedbackFiles
from lab.ui.match_requests import (
    HELD_OUT,
    TYPED,
    MatchRequest,
    check_player,
    job_json,
    pair_request,
    questions_of,
    raters,
)
from lab.ui.players import player_label, players
from lab.ui.standings import Standings, feeds, lead, opening_match

AHEAD = 8
"""Pairs that wait before more are made."""
REFILL = 24


class Nothing(Request):
    """An endpoint that needs no question."""


class Voting(MatchRequest):
    """A vote on the pair that is shown."""

    pair: str = Field(pattern=r"^[0-9a-z-]{8,32}$")
    again: bool = False
    verdict: Literal["left", "right", "tie", "both_bad"]


class Own(MatchRequest):
    """A question of one's own."""

    text: str = Field(min_length=1, max_length=2000)


class Script(MatchRequest):
    """So many votes by a scripted rater."""

    script: str = Field(max_length=40)
    count: int = Field(ge=1, le=2000)


class StopJob(MatchRequest):
    """Stop making pairs, or stop the scripted votes."""

    kind: Literal["fill", "script"]


def build(lab: Lab) -> None:
    """Lay the tab out."""
    arena = Arena(lab)
    tally_of(lab.store).begin()
    names = ("players", "matchup", "vote", "undo", "ask_own", "script", "stop", "standings")
    component("arena", endpoints_of(arena, *names) + endpoints_of(FeedbackFiles(lab), "export", "push", "import_file"))


class Arena:
    """The endpoints of the tab."""

    def __init__(self, lab: Lab):
        self._home, self._store = lab.home, lab.store
        self._collector = lab.collector
        self._standings = Standings(lab.store)

    @endpoint(Nothing)
    def players(self, _asked: Nothing) -> dict[str, Any]:
        """Who can play, whom to begin with, and which scripts can rate."""
        offered = players(self._home, self._store)
        return offered | {"raters": raters(), "opening": opening_match(offered, self._store)}

    @endpoint(MatchRequest)
    def matchup(self, asked: MatchRequest) -> dict[str, Any]:
        """What to judge now; has more pairs made when few are left."""
        return self._now(asked)

    @endpoint(Voting)
    def vote(self, asked: Voting) -> dict[str, Any]:
        """Keep a vote, and say who was who; the next pair comes with it."""
        judged = present(self._store, asked.rater, asked.pair, asked.again)
        vote(self._store, judged, asked.rater, asked.verdict)
        return {"sides": [self._who(judged.left), self._who(judged.right)], **self._now(asked)}

    @endpoint(MatchRequest)
    def undo(self, asked: MatchRequest) -> dict[str, Any]:
        """Undo the rater's last vote; its pair is to be judged again."""
        last = undo(self._store, asked.rater, asked.name)
        return {"undone": last is not None, **self._now(asked)}

    @endpoint(Own)
    def ask_own(self, asked: Own) -> dict[str, Any]:
        """Have both answer a question that was typed; it comes next."""
        question = asked.text.strip()
        if not question:
            raise RunError("the question is empty", do="write something first.")
        conversation = ({"role": "user", "content": question},)
        before = self._collector.job(asked.name, "own")
        if before and before.busy:
            raise RunError("the question before is still being answered", do="ask again in a moment.")
        self._collector.fill(pair_request(asked, (conversation,), TYPED, 1, ahead=True), "own")
        return self._now(asked)

    @endpoint(Script)
    def script(self, asked: Script) -> dict[str, Any]:
        """Have a scripted rater vote."""
        self._collector.script(
            pair_request(asked, questions_of(asked, self._store), asked.source, asked.count), asked.script
        )
        return self._now(asked)

    @endpoint(StopJob)
    def stop(self, asked: StopJob) -> dict[str, Any]:
        """Stop work in progress; what was made stays."""
        self._collector.halt(asked.name, asked.kind)
        return {}

    @endpoint(Standings.Asked)
    def standings(self, asked: "Standings.Asked") -> dict[str, Any]:
        """The ranking, the win matrix, agreement and consistency."""
        return self._standings.all(asked)

    def _now(self, asked: MatchRequest) -> dict[str, Any]:
        for player in (asked.first, asked.second):
            check_player(player, self._store)
        sources = [HELD_OUT, TYPED] if asked.source == HELD_OUT else []
        # before the pairs and votes, since the page asks no more of work that is over: all of it has to be among them
        jobs = {kind: job_json(self._collector.job(asked.name, kind)) for kind in ("fill", "own", "script")}
        with tally_of(self._store).look():  # one look for all
            waiting = waiting_pairs(self._store, asked.rater, asked.name, AHEAD, sources)
            found = next_matchup(self._store, asked.rater, asked.name, sources, waiting)
            line, fed = lead(asked.name, self._store, asked.rater), feeds(self._store)
        ready = len(waiting)
        filling = jobs["fill"]
        failed = filling is not None and filling["problem"] is not None and not asked.retry
        if ready < AHEAD and not failed and not (filling and filling["busy"]):
            request = pair_request(asked, questions_of(asked, self._store), asked.source, REFILL)
            jobs["fill"] = job_json(self._collector.fill(request))
        return {
            "matchup": _shown(found) if found else None, "ready": ready, **jobs,
            "mine": line["mine"] + line["looks"], "lead": line, "feeds": fed,
        }  # fmt: skip

    def _who(self, answer: Answer) -> dict[str, Any]:
        return player_label(answer.run, self._store) | {
            "fingerprint": answer.fingerprint,
            "seed": answer.settings.get("seed"),
        }


def _shown(matchup: Matchup) -> dict[str, Any]:
    """A matchup without anything that tells who is who."""
    return {
        "pair": matchup.pair.id, "again": matchup.again, "asked": [dict(one) for one in matchup.pair.first.messages],
        "answers": [matchup.left.text, matchup.right.text],
    }  # fmt: skip
