"""Panes of models that tell classes apart: for what was said last they give each class with its probability."""

import time
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from lab.errors import LabError
from lab.generate.prompts import Message
from lab.generate.types import Delta, Pane
from lab.home import Home
from lab.models import chain_of, fingerprint
from lab.models.chain import link_folder
from lab.objectives.classes.kept import FILE, FOLDER, Classifier, classes_of, load_classifier

KEPT = 4


@dataclass(frozen=True)
class _Loaded:
    classifier: Classifier
    fingerprint: str


class ClassifierCache:
    """Loads models that tell classes apart, and keeps those used last; `loading` is held while one is loaded."""

    def __init__(self, home: Home, loading: AbstractContextManager[object]):
        self._home, self._loading = home, loading
        self._loaded: OrderedDict[tuple[str, int], _Loaded] = OrderedDict()

    def knows(self, base: str) -> bool:
        """Whether what a pane names tells classes apart; raises ModelError for a run that is gone."""
        return classes_of(chain_of(base, self._home), self._home) is not None

    def answer(self, pane: Pane, messages: Sequence[Message]) -> Delta:
        """The classes of the last message of a conversation, the likeliest first; whatever goes wrong is said."""
        began = time.perf_counter()
        try:
            loaded = self._get(pane.base)
            asked = next((one["content"] for one in reversed(messages) if one["role"] == "user"), "")
            found = loaded.classifier.shares(asked)
        except LabError as problem:
            return Delta(pane.key, done=True, error=str(problem))
        except Exception as problem:  # a pane must never wait for an answer that can't come
            return Delta(pane.key, done=True, error=f"{type(problem).__name__}: {problem}")
        seconds = time.perf_counter() - began
        return Delta(pane.key, done=True, seconds=seconds, fingerprint=loaded.fingerprint, classes=tuple(found))

    def _get(self, base: str) -> _Loaded:
        last = link_folder(chain_of(base, self._home)[-1], self._home)
        name = (base, (last / FOLDER / FILE).stat().st_mtime_ns)
        if name not in self._loaded:
            with self._loading:
                classifier = load_classifier(base, self._home)
            self._loaded[name] = _Loaded(classifier, fingerprint(classifier.model))
        self._loaded.move_to_end(name)
        while len(self._loaded) > KEPT:
            self._loaded.popitem(last=False)
        return self._loaded[name]
