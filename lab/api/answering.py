"""One question to several models, named as a person names them; whole answers, kept so that they can be rated."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from lab.errors import RunError, nearest
from lab.feedback.collection.pairs import Answerer
from lab.generate import Delta, Pane, Sampling
from lab.home import Home
from lab.machine import cores, inference_threads
from lab.model_ref import ModelRef
from lab.models import CATALOGUE, find_base, root_base
from lab.store import Store
from lab.store.shapes import cut_mark

BASE = "base"
"""Names the base model under the first run that is named beside it."""
FIRST_BASE = "nano"
Message = dict[str, str]


@dataclass(frozen=True)
class Reply:
    """One model's whole answer. `name` is what the model was asked for by, `model` its name in a recipe."""

    name: str
    model: str
    text: str = ""
    tokens: int = 0
    seconds: float = 0.0
    fingerprint: str = ""
    error: str | None = None
    cut: bool = False
    """Whether it came to its limit before it ended by itself."""
    classes: tuple[tuple[str, float], ...] = ()
    """Of a model that tells classes apart, instead of a text: each with its probability, the likeliest first."""
    picture: bool = False
    """Whether the text is a picture: see `lab.data.grids`."""
    id: str | None = None
    """The answer's id in the store, by which it is rated."""


def find_models(names: Sequence[str], store: Store) -> dict[str, str]:
    """What each name means, as a recipe says it: a run by (the beginning of) its id, a base model, or `base`.

    Raises LabError for a name that is none of these.
    """
    found = {}
    for name in dict.fromkeys(names):
        if name == BASE:
            first = next((other for other in names if other != BASE), None)
            found[name] = _root(first, store)
        elif name in CATALOGUE or "/" in name:
            find_base(name, store.home)
            found[name] = name
        else:
            found[name] = str(ModelRef(run=_run_id(name, store)))
    return found


def ask(
    models: Mapping[str, str], messages: Sequence[Message], sampling: Sampling, answer: Answerer, store: Store
) -> list[Reply]:
    """Every model's whole answer in the order of `models`, each kept in the store; raises LabError."""
    panes = [Pane(name, model) for name, model in models.items()]
    replies = {name: Reply(name, model) for name, model in models.items()}
    for delta in answer({name: list(messages) for name in models}, panes, sampling):
        so_far = replies[delta.pane]
        replies[delta.pane] = replace(
            so_far, text=so_far.text + delta.text, tokens=delta.tokens, seconds=delta.seconds,
            fingerprint=delta.fingerprint, error=delta.error, cut=delta.cut, classes=delta.classes,
            picture=delta.picture,
        )  # fmt: skip
    return [_kept(reply, messages, sampling, store) for reply in replies.values()]


def answerer_here(home: Home) -> Answerer:
    """A function that has models answer in this process, which loads them; the first call imports torch."""
    import torch

    from lab.serving.engine import InferenceEngine

    torch.set_num_threads(inference_threads(cores()))
    engine = InferenceEngine(home)

    def answer(
        conversations: Mapping[str, list[Message]], panes: Sequence[Pane], sampling: Sampling
    ) -> Iterator[Delta]:
        return engine.answer(conversations, panes, sampling, threading.Event())

    return answer


def _kept(reply: Reply, messages: Sequence[Message], sampling: Sampling, store: Store) -> Reply:
    if reply.error or reply.classes or reply.picture:  # they are nothing to rate or to learn from
        return reply
    who = ModelRef.parse(reply.model).in_answers
    settings = asdict(sampling) | cut_mark(reply.cut)
    answer = store.ratings.keep_answer(who, list(messages), reply.text, settings, reply.fingerprint)
    return replace(reply, id=answer.id)


def _run_id(name: str, store: Store) -> str:
    try:
        return store.runs.get(ModelRef.parse(name).run or name).id
    except RunError as problem:
        hint = f"{problem.do or ''} base models: {nearest(name, CATALOGUE)}".strip()
        raise RunError(problem.what, where="RUN", do=hint) from None


def _root(name: str | None, store: Store) -> str:
    """The base model under a run; nano where no run is named."""
    if name is None:
        return FIRST_BASE
    return name if name in CATALOGUE else root_base(str(ModelRef(run=_run_id(name, store))), store.home)
