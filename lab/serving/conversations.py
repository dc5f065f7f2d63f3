"""Conversations in progress: which model is in which pane, what was said, and one thread a turn for all its answers.

They live in this process only: a rated answer is in the store, a lost conversation is begun again. Which model is
which in a blind conversation is known here and nowhere in the page.
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
from lab.store.shapes import cut_mark

Messages = dict[str, list[dict[str, str]]]
"""What each pane was asked and answered, by the pane's key."""
logger = logging.getLogger(__name__)
MOST_CONVERSATIONS = 100
MOST_TURNS = 40
DESERTED_SECONDS = 20.0
"""A page that has not asked for news for so long is closed; its answers are stopped."""


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
    cut: bool = False
    """Whether it was stopped or came to its limit before it ended by itself."""
    classes: tuple[tuple[str, float], ...] = ()
    """Of a model that tells classes apart, instead of a text: see `Delta.classes`."""
    picture: bool = False
    """Whether the text is a picture: see `Delta.picture`."""
    answer: str | None = None
    """Its id in the store, once it is whole."""


@dataclass
class Turn:
    """A question and all answers to it."""

    question: str
    seed: int
    replies: dict[str, Reply]


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

    def messages(self, key: str, turn: int = -1) -> list[dict[str, str]]:
        """What one pane was asked and answered before the answer of a turn, its question last; failed answers are left
        out. By default of the last turn, the open question."""
        asked, said = self.turns[turn], list[dict[str, str]]()
        for before in self.turns[:turn]:
            if text := before.replies[key].text.strip():
                said += [{"role": "user", "content": before.question}, {"role": "assistant", "content": text}]
        return [*said, {"role": "user", "content": asked.question}]


class Conversations:
    """All conversations of this process."""

    def __init__(self, store: Store, client: InferenceClient | None):
        self._store, self._given = store, client
        self._conversations: OrderedDict[str, Conversation] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def _client(self) -> InferenceClient:
        if self._given is None:
            raise RunError("nobody is there to answer", do="open the lab with `lab serve`.")
        return self._given

    def open(self, panes: Sequence[Pane], blind: bool) -> Conversation:
        """A new conversation; the oldest is forgotten when there are too many."""
        conversation = Conversation(tuple(panes), blind)
        with self._lock:
            self._conversations[conversation.id] = conversation
            while len(self._conversations) > MOST_CONVERSATIONS:
                self._conversations.popitem(last=False)
        return conversation

    def get(self, conversation_id: str) -> Conversation:
        with self._lock:
            if (conversation := self._conversations.get(conversation_id)) is None:
                raise RunError("this conversation is no longer there", do="begin a new one.")
            conversation.heard = time.monotonic()
            return conversation

    def ask(self, conversation: Conversation, question: str, sampling: Sampling) -> None:
        """Put a question to all panes; raises RunError while they still answer the one before."""
        with self._lock:
            if conversation.busy:
                raise RunError("the answers are still being given", do="wait, or stop them.")
            if len(conversation.turns) >= MOST_TURNS:
                raise RunError("this conversation is very long", do="begin a new one.")
            conversation.busy, conversation.problem, conversation.ahead = True, None, 0
            conversation.turns.append(Turn(question, sampling.seed, {pane.key: Reply() for pane in conversation.panes}))
        threading.Thread(target=self._receive, args=(conversation, sampling), name="conversation", daemon=True).start()

    def take_back(self, conversation: Conversation) -> str:
        """Forget the last turn and return its question, to ask it again."""
        with self._lock:
            if conversation.busy or not conversation.turns:
                raise RunError("there is nothing to ask again", do="ask something first.")
            return conversation.turns.pop().question

    def stop(self, conversation: Conversation) -> None:
        """Stop the answers; what was said stands."""
        self._client.stop(conversation.id)

    def _receive(self, conversation: Conversation, sampling: Sampling) -> None:
        """Collect all panes' answers as they come, then keep them."""
        turn = conversation.turns[-1]
        messages = {pane.key: conversation.messages(pane.key) for pane in conversation.panes}
        try:
            for delta in self._client.answer(
                messages, conversation.panes, sampling, conversation.id, self._waits(conversation)
            ):
                reply = turn.replies[delta.pane]
                reply.text += delta.text
                reply.tokens, reply.seconds, reply.error = delta.tokens, delta.seconds, delta.error
                reply.fingerprint = delta.fingerprint or reply.fingerprint
                reply.note = delta.note or reply.note
                reply.done, reply.cut, reply.classes = delta.done, delta.cut, delta.classes or reply.classes
                reply.picture = delta.picture or reply.picture
                conversation.ahead = 0
                if time.monotonic() - conversation.heard > DESERTED_SECONDS:
                    self._client.stop(conversation.id)
        except LabError as problem:
            conversation.problem = str(problem)
        except Exception:
            logger.exception("a conversation failed")
            conversation.problem = "Something went wrong while answering. Ask again."
        finally:
            self._keep(conversation, turn, messages, sampling)
            conversation.busy = False

    def _waits(self, conversation: Conversation) -> Callable[[int], None]:
        def waiting(ahead: int) -> None:
            conversation.ahead = ahead

        return waiting

    def _keep(self, conversation: Conversation, turn: Turn, messages: Messages, sampling: Sampling) -> None:
        """Keep every answer in words, so that it can be rated."""
        for pane in conversation.panes:
            reply = turn.replies[pane.key]
            reply.cut, reply.done = reply.cut or not reply.done, True
            if reply.text.strip() and not reply.error and not reply.picture:
                run = ModelRef.parse(pane.base).in_answers
                settings = asdict(sampling) | {"blind": conversation.blind} | cut_mark(reply.cut)
                kept = self._store.ratings.keep_answer(
                    run, messages[pane.key], reply.text.strip(), settings, reply.fingerprint
                )
                reply.answer = kept.id
