"""Panes of models that draw or describe: a drawing comes as a text of lines that grows, a description as any answer."""

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from lab.data.grids import SIDE, read_grid, to_lines
from lab.errors import LabError, ModelError
from lab.generate.prompts import Message
from lab.generate.types import Delta, Pane, Sampling
from lab.home import Home
from lab.models import chain_of, fingerprint
from lab.models.chain import link_folder
from lab.objectives.cross_modal.kept import FILE, FOLDER, PictureModel, load_pictures, pictures_of

KEPT = 4
Tell = Callable[[str, int], None]
"""Called with new text and the tokens so far."""
ASK = f"send a picture: click one, choose a file, or write {SIDE} lines of {SIDE} digits from 0 to f."


@dataclass(frozen=True)
class _Loaded:
    model: PictureModel
    fingerprint: str


class PictureCache:
    """Loads models that draw or describe, and keeps those used last; `loading` is held while one is loaded."""

    def __init__(self, home: Home, loading: AbstractContextManager[object]):
        self._home, self._loading = home, loading
        self._loaded: OrderedDict[tuple[str, int], _Loaded] = OrderedDict()

    def knows(self, base: str) -> bool:
        """Whether what a pane names draws or describes; raises ModelError for a run that is gone."""
        return pictures_of(chain_of(base, self._home), self._home) is not None

    def answer(
        self, pane: Pane, messages: Sequence[Message], sampling: Sampling, stop: Callable[[], bool],
        send: Callable[[Delta], None],
    ) -> None:  # fmt: skip
        """Draw or describe the last message of a conversation, piece by piece; whatever goes wrong is said."""
        began = time.perf_counter()
        try:
            loaded = self._get(pane.base)
            asked = next((one["content"] for one in reversed(messages) if one["role"] == "user"), "")
            so_far = Delta(pane.key, fingerprint=loaded.fingerprint, picture=loaded.model.kept.does == "draw")
            sampling = sampling if pane.seed is None else replace(sampling, seed=pane.seed)

            def tell(text: str, tokens: int) -> None:
                nonlocal so_far
                so_far = replace(so_far, tokens=tokens, seconds=time.perf_counter() - began)
                send(replace(so_far, text=text))

            _give(loaded.model, asked, sampling, stop, tell)
            send(replace(so_far, done=True, cut=stop(), seconds=time.perf_counter() - began))
        except LabError as problem:
            send(Delta(pane.key, done=True, error=str(problem)))
        except Exception as problem:  # a pane must never wait for an answer that can't come
            send(Delta(pane.key, done=True, error=f"{type(problem).__name__}: {problem}"))

    def _get(self, base: str) -> _Loaded:
        last = link_folder(chain_of(base, self._home)[-1], self._home)
        name = (base, (last / FOLDER / FILE).stat().st_mtime_ns)
        if name not in self._loaded:
            with self._loading:
                model = load_pictures(base, self._home)
            self._loaded[name] = _Loaded(model, fingerprint(model.seeing.language))
        self._loaded.move_to_end(name)
        while len(self._loaded) > KEPT:
            self._loaded.popitem(last=False)
        return self._loaded[name]


def _give(model: PictureModel, asked: str, sampling: Sampling, stop: Callable[[], bool], tell: Tell) -> None:
    if model.kept.does == "draw":
        _draw(model, asked, sampling, stop, tell)
        return
    picture = read_grid(asked)
    if picture is None:
        raise ModelError("this model says what a picture shows, and the message is none", do=ASK)
    _describe(model, picture, sampling, stop, tell)


def _draw(model: PictureModel, caption: str, sampling: Sampling, stop: Callable[[], bool], tell: Tell) -> None:
    from lab.objectives.cross_modal.answering import draw
    from lab.objectives.cross_modal.rows import to_draw

    before = 0

    def grown(_number: int, squares: Sequence[int], tokens: int) -> None:
        nonlocal before
        lines = to_lines(squares)
        tell(("\n" if before else "") + "\n".join(lines[before:]), tokens)
        before = len(lines)

    draw(model.seeing, model.tokenizer, to_draw(model.tokenizer, [caption], None, model.seeing.words), sampling, grown,
         stop)  # fmt: skip


def _describe(model: PictureModel, picture: str, sampling: Sampling, stop: Callable[[], bool], tell: Tell) -> None:
    from lab.objectives.cross_modal.answering import describe
    from lab.objectives.cross_modal.rows import to_describe

    seeing = model.seeing
    rows = to_describe(model.tokenizer, [picture], None, seeing.words, seeing.patches)
    (said,) = describe(seeing, model.tokenizer, rows, stop, sampling)
    tell(said, len(model.tokenizer(said)["input_ids"]))
