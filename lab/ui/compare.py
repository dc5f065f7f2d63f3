"""The Compare tab: the base and up to four runs answer one question side by side; thumbs and edits are kept."""

import contextlib
import random
from collections import Counter
from dataclasses import asdict
from functools import lru_cache
from typing import Any, Literal

import yaml
from pydantic import Field

from lab.api import Lab
from lab.data import load_mix
from lab.data.load import every_question
from lab.errors import LabError, RunError
from lab.evaluate.right_answers import asked_key, is_right, right_answers
from lab.feedback.tally import tally_of
from lab.generate import Pane, Sampling
from lab.model_ref import ModelRef
from lab.models import root_base
from lab.objectives import hook
from lab.planning.open_to import check_model_open
from lab.recipe import DataChoice, parse_recipe, resolve
from lab.serving.conversations import Conversation, Conversations, Reply, Turn
from lab.store import Feedback, Store
from lab.ui.component import Request, component, endpoint, endpoints_of
from lab.ui.players import player_label, players
from lab.ui.standings import KTO_NEEDS
from lab.ui.surprise import TALK, Surprise
from lab.visitors import current

MOST_RUNS = 4
SUGGESTED = 5


class Nothing(Request):
    """An endpoint that needs no question."""


class Open(Request):
    """Who is to answer."""

    runs: tuple[str, ...] = Field((), max_length=MOST_RUNS)
    base: str = Field("nano", max_length=300)
    blind: bool = False


class AskRequest(Request):
    """A question to all panes; without text the last one again."""

    talk: str = Field(pattern=TALK)
    text: str | None = Field(None, max_length=8000)
    seed: int = Field(0, ge=0, le=2**31)
    temperature: float = 0.0
    length: int = Field(96, ge=1, le=1024)


class Here(Request):
    """One conversation."""

    talk: str = Field(pattern=TALK)


class Rating(Request):
    """What a person says of one answer."""

    talk: str = Field(pattern=TALK)
    turn: int = Field(ge=0, le=1000)
    pane: str = Field(max_length=10)
    verdict: Literal["good", "bad", "none"] | None = None
    better: str | None = Field(None, max_length=8000)
    reason: str = Field("", max_length=300)
    """Why, in a line; with a thumb."""
    rater: str = Field("", pattern=r"^[\w-]{4,60}$")


def build(lab: Lab) -> None:
    """Lay the tab out."""
    names = ("players", "suggestions", "open", "ask", "stream", "stop", "rate", "tally", "reveal")
    tab = Compare(lab)
    reading = endpoints_of(Surprise(lab, tab.conversations), "surprise")
    component("talk", [*endpoints_of(tab, *names), *reading])


class Compare:
    """The endpoints of the tab."""

    def __init__(self, lab: Lab):
        self._home, self._store = lab.home, lab.store
        self.conversations = Conversations(lab.store, lab.client)

    @endpoint(Nothing)
    def players(self, _asked: Nothing) -> dict[str, Any]:
        """Who can answer, tell classes apart, draw or describe: the bases, and runs that left weights, newest first."""
        return players(self._home, self._store, ("text", "classes", "picture", "caption"))

    @endpoint(Open)
    def suggestions(self, asked: Open) -> dict[str, Any]:
        """Questions from the held-out rows of the first run's data, and the answers that those rows want."""
        recipe = self._store.runs.get(asked.runs[0]).recipe if asked.runs else None
        try:
            asked_there = _held_out_prompts(recipe, self._store)
        except LabError:
            return {"prompts": (), "wanted": ()}
        return {"prompts": [prompt for prompt, _ in asked_there], "wanted": [answer for _, answer in asked_there]}

    @endpoint(Open)
    def open(self, asked: Open) -> dict[str, Any]:
        """Begin a conversation: the base first, then the runs; shuffled and nameless where it is blind."""
        runs = [self._store.runs.get(run_id) for run_id in dict.fromkeys(asked.runs)]
        tuned = [str(ModelRef(run=run.id)) for run in runs]
        if not tuned:
            check_model_open(asked.base)
        base = root_base(tuned[0], self._home) if tuned else asked.base
        bases = [base, *tuned]
        if asked.blind:
            random.SystemRandom().shuffle(bases)
        panes = [Pane(f"p{i}", name) for i, name in enumerate(bases)]
        conversation = self.conversations.open(panes, asked.blind)
        return {"talk": conversation.id, "panes": [self._pane(pane, named=not asked.blind) for pane in panes]}

    @endpoint(AskRequest)
    def ask(self, asked: AskRequest) -> dict[str, Any]:
        """Put a question; the answers are heard with `hear`."""
        conversation = self.conversations.get(asked.talk)
        sampling = Sampling(temperature=asked.temperature, max_new_tokens=asked.length, seed=asked.seed)
        question = (asked.text or "").strip() if asked.text is not None else self.conversations.take_back(conversation)
        if not question:
            raise RunError("the question is empty", do="write something first.")
        self.conversations.ask(conversation, question, sampling)
        return {}

    @endpoint(Here)
    def stream(self, asked: Here) -> dict[str, Any]:
        """The conversation as it is now."""
        conversation = self.conversations.get(asked.talk)
        return {
            "busy": conversation.busy, "ahead": conversation.ahead, "trouble": conversation.problem,
            "turns": [_turn(turn, conversation, self._wanted(conversation, turn)) for turn in list(conversation.turns)],
        }  # fmt: skip

    @endpoint(Here)
    def stop(self, asked: Here) -> dict[str, Any]:
        """Stop the answers."""
        self.conversations.stop(self.conversations.get(asked.talk))
        return {}

    @endpoint(Rating)
    def rate(self, asked: Rating) -> dict[str, Any]:
        """Keep a thumb or a better answer, and say what there is by now."""
        conversation = self.conversations.get(asked.talk)
        if asked.turn >= len(conversation.turns) or asked.pane not in conversation.turns[asked.turn].replies:
            raise RunError("that answer is no longer there", do="ask again.")
        answer = conversation.turns[asked.turn].replies[asked.pane].answer
        if answer is None:
            raise RunError("that answer is not whole yet", do="rate it when it is.")
        kind, verdict = (
            ("edit", asked.better.strip()) if asked.better is not None else ("thumb", asked.verdict or "none")
        )
        if not verdict:
            raise RunError("the better answer is empty", do="write what it should have said.")
        self._store.ratings.rate(Feedback(kind, answer, asked.rater, verdict, answer, reason=asked.reason.strip()))
        return self._tally()

    @endpoint(Nothing)
    def tally(self, _asked: Nothing) -> dict[str, Any]:
        """What there is to learn from by now."""
        return self._tally()

    @endpoint(Here)
    def reveal(self, asked: Here) -> dict[str, Any]:
        """Who was who; the conversation is no longer blind."""
        conversation = self.conversations.get(asked.talk)
        conversation.blind = False
        return {"panes": [self._pane(pane, named=True) for pane in conversation.panes]}

    def _wanted(self, conversation: Conversation, turn: Turn) -> str:
        """The right answer to a turn's question, where the data of one who answers knows it."""
        refs = [ModelRef.parse(pane.base) for pane in conversation.panes]
        known = self._store.runs.some(ref.run for ref in refs if ref.run)
        recipes: dict[str | None, None] = dict.fromkeys(run.recipe for run in known.values()) or {None: None}
        found = (_right_answers(recipe, self._store).get(asked_key(turn.question)) for recipe in recipes)
        return next(filter(None, found), "")

    def _tally(self) -> dict[str, int]:
        counts = Counter[str]()
        with tally_of(self._store).look() as tally:
            said = tally.counts()
        for one in said:
            counts[one.kind] += one.count
        return {
            "thumbs": counts["thumb"],
            "missing": max(0, KTO_NEEDS - counts["thumb"]),
            "edits": counts["edit"],
        }

    def _pane(self, pane: Pane, named: bool) -> dict[str, Any]:
        if not named:
            return {"key": pane.key}
        ref = ModelRef.parse(pane.base)
        return {"key": pane.key, "base": ref.base, **player_label(ref.in_answers, self._store)}


def _turn(turn: Turn, conversation: Conversation, wanted: str) -> dict[str, Any]:
    """A turn as the page takes it; the fingerprints would tell who is who in a blind one."""
    hidden = {"fingerprint": "", "answer": ""} if conversation.blind else {}
    replies = {
        key: asdict(reply) | hidden | {"ratable": reply.answer is not None, "right": _right(reply, wanted)}
        for key, reply in turn.replies.items()
    }
    return {"question": turn.question, "seed": turn.seed, "wanted": wanted, "sayings": replies}


def _right(reply: Reply, wanted: str) -> bool | None:
    """Whether a whole answer in words is right; None where that can't be told."""
    return is_right(reply.text, wanted) if reply.done and not (reply.error or reply.picture or reply.classes) else None


def _held_out_prompts(recipe: str | None, store: Store) -> tuple[tuple[str, str], ...]:
    """Some held-out questions with the answers wanted, the same for the same data."""
    return _prompts_of(*_learned(recipe), store, current().mark)


def _right_answers(recipe: str | None, store: Store) -> dict[str, str]:
    """All right answers that the data of a recipe knows, by what is asked; none where it can't be read."""
    data, _, split_seed = _learned(recipe)
    with contextlib.suppress(LabError):
        return _answers_of(data, split_seed, store, current().mark)
    return {}


def _learned(recipe: str | None) -> tuple[str, str, int]:
    """What a recipe's first run begins to learn from (YAML), its last objective, and the seed of the split."""
    data: tuple[DataChoice, ...] = (DataChoice(name="cuisine"),)
    split_seed, objective = 0, "sft"
    if recipe is not None:
        run = resolve(parse_recipe(recipe))[0]
        split_seed, data, objective = run.split_seed, run.stages[0].data, run.stages[-1].objective
    return yaml.safe_dump([choice.model_dump() for choice in data]), objective, split_seed


@lru_cache(maxsize=8)
def _answers_of(data: str, split_seed: int, store: Store, _visitor: str | None) -> dict[str, str]:
    choices = [DataChoice(**choice) for choice in yaml.safe_load(data)]
    also = {asked_key(question): answer for choice in choices for question, answer in every_question(choice)}
    return also | right_answers(load_mix(choices, store.home, 0, (), split_seed))


@lru_cache(maxsize=32)
def _prompts_of(
    data: str, objective: str, split_seed: int, store: Store, _visitor: str | None
) -> tuple[tuple[str, str], ...]:
    rows = load_mix([DataChoice(**choice) for choice in yaml.safe_load(data)], store.home, 0, (), split_seed)
    asked = hook(objective, "asked")
    pairs = (asked(row) if asked else (_prompt(row), _wanted(row)) for row in rows.held_out or rows.train)
    prompts = {prompt: wanted for prompt, wanted in pairs if prompt}
    chosen = list(prompts.items())
    random.Random(split_seed).shuffle(chosen)
    return tuple(chosen[:SUGGESTED])


def _prompt(row: dict[str, Any]) -> str:
    """What a person would ask in a row; nothing for plain text."""
    asked = row.get("prompt") or row.get("messages") or ""
    if isinstance(asked, list):
        asked = next((message["content"] for message in asked if message["role"] == "user"), "")
    return asked if len(asked) <= 200 else ""


def _wanted(row: dict[str, Any]) -> str:
    """The answer that a row wants, the better one of a pair; nothing where it has none."""
    said = row.get("completion") or row.get("chosen") or row.get("messages") or ""
    if isinstance(said, list):
        said = next((message["content"] for message in said if message["role"] == "assistant"), "")
    return str(said)
