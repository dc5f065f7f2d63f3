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
from lab.limits import share
from lab.model_ref import ModelRef
from lab.serving.client import InferenceClient
from lab.store import Store
from lab.store.shapes import cut_mark
from lab.visitors import LOCAL, Visitor, current
from lab.visitors.fair import LimitError, check, in_about, most_for

Messages = dict[str, list[dict[str, str]]]
"""What each pane was asked and answered, by the pane's key."""
logger = logging.getLogger(__name__)
IDLE_SECONDS = 600.0
"""A conversation whose page has not asked for news for so long gives its place to another's."""
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
    visitor: Visitor = LOCAL
    """Who opened it; to anybody else it is not there."""

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
        """A new conversation. Where a visitor has too many, the oldest of theirs is forgotten, and where there are too
        many in all, one that nobody looks at; raises LimitError while there is none.
        """
        conversation = Conversation(tuple(panes), blind, visitor=current())
        with self._lock:
            self._make_room(conversation.visitor)
            self._conversations[conversation.id] = conversation
        return conversation

    def _make_room(self, visitor: Visitor) -> None:
        mine = [one for one in self._conversations.values() if one.visitor.id == visitor.id]
        most, in_all = most_for(visitor, "conversations"), share("conversations").all
        if (most and len(mine) >= most) or (mine and in_all and len(self._conversations) >= in_all):
            del self._conversations[mine[0].id]
        if not in_all or len(self._conversations) < in_all:
            return
        idlest = min(self._conversations.values(), key=lambda one: one.heard)
        idle = time.monotonic() - idlest.heard
        if idle < IDLE_SECONDS and not visitor.owns_lab:
            raise LimitError(f"{in_all:,} conversations are kept at once, and all are in use",
                             do=f"come back {in_about(IDLE_SECONDS - idle)}.")  # fmt: skip
        del self._conversations[idlest.id]

    def get(self, conversation_id: str) -> Conversation:
        with self._lock:
            conversation = self._conversations.get(conversation_id)
            if conversation is None or conversation.visitor.id != current().id:
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
            self._check_answering(conversation.visitor)
            conversation.busy, conversation.problem, conversation.ahead = True, None, 0
            conversation.turns.append(Turn(question, sampling.seed, {pane.key: Reply() for pane in conversation.panes}))
        threading.Thread(target=self._receive, args=(conversation, sampling), name="conversation", daemon=True).start()

    def _check_answering(self, visitor: Visitor) -> None:
        """Raise LimitError where too many questions of a visitor, or of all, are being answered."""
        busy = [one.visitor.id for one in self._conversations.values() if one.busy and not one.visitor.owns_lab]
        check(visitor, "answering", busy.count(visitor.id) + 1, len(busy) + 1, of="questions at once",
              when="come back in a few seconds, or stop the others.")  # fmt: skip

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
