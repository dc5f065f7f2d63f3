"""Conversations in progress: who sits in which pane, what was said, and one thread that hears all answers of a turn.

They live in this process only: a rated answer is in the store, a lost conversation is begun again. Who is who in a
blind conversation is known here and nowhere in the page.
"""

import logging
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field

from lab.errors import LabError, RunError
from lab.generate import Pane, Sampling
from lab.model_ref import ModelRef
from lab.serving.client import InferenceClient
from lab.store import Store

Messages = dict[str, list[dict[str, str]]]
"""What each pane has heard and said, by the pane's key."""
logger = logging.getLogger(__name__)
MOST_TALKS = 100
MOST_TURNS = 40
DESERTED_SECONDS = 20.0
"""A page that has not listened for so long has gone; its answers are stopped."""


@dataclass
class Reply:
    """One pane's answer as far as it has come."""

    text: str = ""
    done: bool = False
    tokens: int = 0
    seconds: float = 0.0
    error: str | None = None
    fingerprint: str = ""
    note: str = ""
    answer: str | None = None
    """Its id in the store, once it is whole."""


@dataclass
class Turn:
    """A question and all answers to it."""

    question: str
    seed: int
    sayings: dict[str, Reply]


@dataclass
class Conversation:
    """A conversation of one page with several panes; the first pane is the base's unless it is blind."""

    panes: tuple[Pane, ...]
    blind: bool
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    turns: list[Turn] = field(default_factory=list)
    ahead: int = 0
    problem: str | None = None
    busy: bool = False
    heard: float = field(default_factory=time.monotonic)

    def messages(self, key: str) -> list[dict[str, str]]:
        """What one pane has heard and said, the open question last; its failed answers are left out."""
        said: list[dict[str, str]] = []
        for turn in self.turns[:-1]:
            if text := turn.sayings[key].text.strip():
                said += [{"role": "user", "content": turn.question}, {"role": "assistant", "content": text}]
        return [*said, {"role": "user", "content": self.turns[-1].question}]


class Conversations:
    """All conversations of this process."""

    def __init__(self, store: Store, chat: InferenceClient):
        self._store, self._chat = store, chat
        self._talks: OrderedDict[str, Conversation] = OrderedDict()
        self._lock = threading.Lock()

    def open(self, panes: Sequence[Pane], blind: bool) -> Conversation:
        """A new conversation; the oldest is forgotten when there are too many."""
        talk = Conversation(tuple(panes), blind)
        with self._lock:
            self._talks[talk.id] = talk
            while len(self._talks) > MOST_TALKS:
                self._talks.popitem(last=False)
        return talk

    def get(self, talk_id: str) -> Conversation:
        with self._lock:
            if (talk := self._talks.get(talk_id)) is None:
                raise RunError("this conversation is no longer there", do="begin a new one.")
            talk.heard = time.monotonic()
            return talk

    def ask(self, talk: Conversation, question: str, sampling: Sampling) -> None:
        """Put a question to all panes; raises RunError while they still answer the one before."""
        with self._lock:
            if talk.busy:
                raise RunError("the answers are still being given", do="wait, or stop them.")
            if len(talk.turns) >= MOST_TURNS:
                raise RunError("this conversation is very long", do="begin a new one.")
            talk.busy, talk.problem, talk.ahead = True, None, 0
            talk.turns.append(Turn(question, sampling.seed, {pane.key: Reply() for pane in talk.panes}))
        threading.Thread(target=self._hear, args=(talk, sampling), name="talk", daemon=True).start()

    def take_back(self, talk: Conversation) -> str:
        """Forget the last turn and return its question, to ask it again."""
        with self._lock:
            if talk.busy or not talk.turns:
                raise RunError("there is nothing to ask again", do="ask something first.")
            return talk.turns.pop().question

    def stop(self, talk: Conversation) -> None:
        """Stop the answers; what was said stands."""
        self._chat.stop(talk.id)

    def _hear(self, talk: Conversation, sampling: Sampling) -> None:
        """Collect all panes' answers as they come, then keep them."""
        turn = talk.turns[-1]
        conversations = {pane.key: talk.messages(pane.key) for pane in talk.panes}
        try:
            for delta in self._chat.answer(conversations, talk.panes, sampling, talk.id, self._waits(talk)):
                saying = turn.sayings[delta.pane]
                saying.text += delta.text
                saying.tokens, saying.seconds, saying.error = delta.tokens, delta.seconds, delta.error
                saying.fingerprint = delta.fingerprint or saying.fingerprint
                saying.note = delta.note or saying.note
                saying.done = delta.done
                talk.ahead = 0
                if time.monotonic() - talk.heard > DESERTED_SECONDS:
                    self._chat.stop(talk.id)
        except LabError as problem:
            talk.problem = str(problem)
        except Exception:
            logger.exception("a conversation failed")
            talk.problem = "Something went wrong while answering. Ask again."
        finally:
            self._keep(talk, turn, conversations, sampling)
            talk.busy = False

    def _waits(self, talk: Conversation) -> Callable[[int], None]:
        def waiting(ahead: int) -> None:
            talk.ahead = ahead

        return waiting

    def _keep(self, talk: Conversation, turn: Turn, conversations: Messages, sampling: Sampling) -> None:
        """Keep every answer that has words, so that it can be rated."""
        for pane in talk.panes:
            saying = turn.sayings[pane.key]
            saying.done = True
            if saying.text.strip() and not saying.error:
                run = ModelRef.parse(pane.base).in_answers
                settings = asdict(sampling) | {"blind": talk.blind}
                kept = self._store.ratings.keep_answer(
                    run, conversations[pane.key], saying.text.strip(), settings, saying.fingerprint
                )
                saying.answer = kept.id
