"""Several models answer at once, each in its pane: adapters on one base in one batch, the others side by side.

Answers come as a stream of small pieces, from whichever pane has one. A pane that can't answer says why; the others
answer all the same.
"""

import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from lab.data.thoughts import thinks
from lab.errors import LabError
from lab.generate.batch import prompt_like, run_batch
from lab.generate.multi_lora import LoraWeights
from lab.generate.prompts import Message, conversation_prompt, eos_ids, room_for
from lab.generate.surprise import TextSurprise, text_surprise
from lab.generate.text_stream import TextStream
from lab.generate.types import Delta, Pane, Sampling
from lab.home import Home
from lab.models import chain_of
from lab.serving.classifying import ClassifierCache
from lab.serving.model_cache import LoadedModel, ModelCache, ModelKey
from lab.serving.picturing import PictureCache
from lab.serving.scoring import judged_by
from lab.store import Answer

Conversations = Mapping[str, Sequence[Message]]
Send = Callable[[Delta], None]


@dataclass
class _PendingAnswer:
    """One pane's answer while it grows."""

    pane: Pane
    key: ModelKey
    prompt: list[int] = field(default_factory=list)
    adapter: LoraWeights | None = None
    began: float = 0.0
    so_far: Delta = field(init=False)

    def __post_init__(self) -> None:
        self.so_far = Delta(self.pane.key)


class InferenceEngine:
    """Keeps models loaded and has them answer. `warm` are base models, by name and precision, loaded already."""

    def __init__(self, home: Home, warm: Mapping[tuple[str, str], Any] | None = None):
        self._home = home
        self._cache = ModelCache(home, warm or {})
        self._classifiers = ClassifierCache(home, self._cache.loading)
        self._pictures = PictureCache(home, self._cache.loading)

    def answer(
        self, conversations: Conversations, panes: Sequence[Pane], sampling: Sampling, stop: threading.Event
    ) -> Iterator[Delta]:
        """The answers of all panes, piece by piece; `conversations` holds each pane's messages by its key.

        Setting `stop`, or closing the iterator, ends every answer within a token.
        """
        pieces: queue.SimpleQueue[Delta] = queue.SimpleQueue()
        left = threading.Event()
        others, speakers = self._parted(panes, pieces.put)
        groups = self._groups(speakers, pieces.put)
        threads = [
            threading.Thread(
                target=self._answer_group, daemon=True,
                args=(rows, conversations, sampling, lambda: stop.is_set() or left.is_set(), pieces.put),
            )
            for rows in groups
        ]  # fmt: skip
        if others:
            asked = (others, conversations, sampling, lambda: stop.is_set() or left.is_set(), pieces.put)
            threads.append(threading.Thread(target=self._answer_otherwise, daemon=True, args=asked))
        for thread in threads:
            thread.start()
        try:
            waiting = {pane.key for pane in panes}
            while waiting:
                piece = pieces.get()
                waiting -= {piece.pane} if piece.done else set()
                yield piece
        finally:
            left.set()
            for thread in threads:
                thread.join(timeout=1)

    def score(self, judge: str, answers: Sequence[Answer]) -> list[float]:
        """What the reward model `run:<id>` thinks of answers; raises ModelError where there is none."""
        return list(judged_by(judge, self._home)(answers))

    def _parted(self, panes: Sequence[Pane], send: Send) -> tuple[list[Pane], list[Pane]]:
        """The panes whose models tell classes apart, draw or describe, and those that speak; one whose run is gone gets
        its error."""
        others: list[Pane] = []
        speakers: list[Pane] = []
        for pane in panes:
            try:
                speaks = not (self._classifiers.knows(pane.base) or self._pictures.knows(pane.base))
                (speakers if speaks else others).append(pane)
            except LabError as problem:
                send(Delta(pane.key, done=True, error=str(problem)))
        return others, speakers

    def _answer_otherwise(
        self, panes: Sequence[Pane], conversations: Conversations, sampling: Sampling, stop: Callable[[], bool],
        send: Send,
    ) -> None:  # fmt: skip
        for pane in panes:
            messages = conversations.get(pane.key, ())
            if stop():
                send(Delta(pane.key, done=True, cut=True))
            elif self._classifiers.knows(pane.base):
                send(self._classifiers.answer(pane, messages))
            else:
                self._pictures.answer(pane, messages, sampling, stop, send)

    def surprise(
        self, text: str, context: Sequence[Message], panes: Sequence[Pane], stop: threading.Event
    ) -> Iterator[TextSurprise]:
        """How surprising a text is in each pane, one after the other; a pane that can't say so says why."""
        for pane in panes:
            if not stop.is_set():
                try:
                    yield self._surprise(text, context, pane, stop)
                except LabError as problem:
                    yield TextSurprise(pane.key, error=str(problem))

    def _surprise(self, text: str, context: Sequence[Message], pane: Pane, stop: threading.Event) -> TextSurprise:
        key = self._cache.key_of(chain_of(pane.base, self._home))
        loaded = self._cache.get(key)
        with _held(loaded.lock, stop.is_set):
            adapter, fingerprint = None, loaded.fingerprint
            if key.adapter:
                adapter, fingerprint = loaded.adapter(key.adapter, self._home)
            spans = text_surprise(loaded.model, loaded.tokenizer, text, context, adapter)
        return TextSurprise(pane.key, spans, fingerprint)

    def _groups(self, panes: Sequence[Pane], send: Send) -> list[list[_PendingAnswer]]:
        """Panes that answer in one batch, together; one whose run is gone gets its error at once."""
        groups: dict[str, list[_PendingAnswer]] = {}
        for pane in panes:
            try:
                key = self._cache.key_of(chain_of(pane.base, self._home))
                groups.setdefault(key.cached_as(self._home), []).append(_PendingAnswer(pane, key))
            except LabError as problem:
                send(Delta(pane.key, done=True, error=str(problem)))
        return list(groups.values())

    def _answer_group(
        self,
        rows: list[_PendingAnswer],
        conversations: Conversations,
        sampling: Sampling,
        stop: Callable[[], bool],
        send: Send,
    ) -> None:
        """Answer all rows on one model; whatever happens, every row is closed."""
        try:
            loaded = self._cache.get(rows[0].key)
            with _held(loaded.lock, stop):
                ready = [row for row in rows if self._prepare(row, loaded, conversations, sampling, send)]
                one_by_one = prompt_like(loaded.model)
                for batch in [[row] for row in ready] if one_by_one else [ready] if ready else []:
                    _generate_batch(batch, loaded, sampling, stop, send)
        except Exception as problem:  # a pane must never wait for a thread that died
            text = str(problem) if isinstance(problem, LabError) else f"{type(problem).__name__}: {problem}"
            for row in rows:
                _close(row, send, error=text)
        for row in rows:  # what is still open has no end of its own
            _close(row, send, cut=True)

    def _prepare(
        self, row: _PendingAnswer, loaded: LoadedModel, conversations: Conversations, sampling: Sampling, send: Send
    ) -> bool:
        """Load the row's adapter and tokenise its conversation; False when it can't answer, which it has said then."""
        try:
            fingerprint = loaded.fingerprint
            if row.key.adapter:
                row.adapter, fingerprint = loaded.adapter(row.key.adapter, self._home)
            room, _ = room_for(loaded.model, sampling.max_new_tokens)
            thinking = thinks((*row.key.under, row.key.adapter) if row.key.adapter else row.key.under, self._home)
            prompt = conversation_prompt(loaded.tokenizer, conversations.get(row.pane.key, ()), room, thinking)
        except LabError as problem:
            _close(row, send, error=str(problem))
            return False
        row.prompt = prompt.ids
        row.so_far = Delta(row.pane.key, fingerprint=fingerprint, note=prompt.note)
        return True


def _generate_batch(
    batch: list[_PendingAnswer], loaded: LoadedModel, sampling: Sampling, stop: Callable[[], bool], send: Send
) -> None:
    """Answer a batch of prepared rows, sending each new piece of text."""
    model, tokenizer = loaded.model, loaded.tokenizer
    ends = set(eos_ids(model, tokenizer))
    _, answer = room_for(model, sampling.max_new_tokens)
    texts = [TextStream(tokenizer) for _ in batch]
    began = time.perf_counter()
    for row in batch:
        row.began = began

    def on_token(number: int, token: int) -> None:
        row = batch[number]
        if token in ends:
            _close(row, send)
            return
        text, seconds = texts[number].add(token), time.perf_counter() - began
        row.so_far = replace(row.so_far, tokens=row.so_far.tokens + 1, seconds=seconds)
        if text or row.so_far.tokens == 1:
            send(replace(row.so_far, text=text))

    prompts, adapters = [row.prompt for row in batch], [row.adapter for row in batch]
    seeds = [sampling.seed if row.pane.seed is None else row.pane.seed for row in batch]
    settings = replace(sampling, max_new_tokens=answer)
    run_batch(
        model, tokenizer, prompts, settings, weights=loaded.weights, adapters=adapters, seeds=seeds,
        on_token=on_token, stop=stop,
    )  # fmt: skip


@contextmanager
def _held(lock: threading.Lock, stop: Callable[[], bool]) -> Iterator[None]:
    """Hold `lock` (another conversation may have it); raises LabError when told to stop before it is free."""
    while not lock.acquire(timeout=0.05):
        if stop():
            raise LabError("stopped before the model was free")
    try:
        yield
    finally:
        lock.release()


def _close(row: _PendingAnswer, send: Send, error: str | None = None, cut: bool = False) -> None:
    """Send a row's last piece, unless that was done."""
    if row.so_far.done:
        return
    seconds = time.perf_counter() - row.began if row.began else 0.0
    row.so_far = replace(row.so_far, done=True, seconds=seconds, error=error, cut=cut)
    send(row.so_far)
