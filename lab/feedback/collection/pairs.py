"""Pairs of answers at scale: two answers each to many questions, in large batches, kept in the store as they come.

The caller gives `ask`: `InferenceClient.answer` from the web process, `InferenceEngine.answer` where the models are in
this one. Both answers of a pair have seeds of their own, so that two samples of one run differ. Nothing here loads a
model.
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from lab.data.questions import Messages
from lab.errors import RunError
from lab.generate import Delta, Pane, Sampling
from lab.model_ref import ModelRef
from lab.store import Answer, Pair, Store
from lab.store.pairs import match_of, new_answer, new_pair
from lab.store.shapes import cut_mark

Answerer = Callable[[Mapping[str, list[dict[str, str]]], Sequence[Pane], Sampling], Iterator[Delta]]
Chooser = Callable[[Sequence[Sequence[Answer]]], list[tuple[Answer, Answer]]]
"""Takes all answers to each question (of the two sides in turn) and gives the two to be compared."""
GROWING = (4, 8, 16)
"""Pairs of the first requests: whoever waits has something to rate at once."""
TOGETHER = 32
"""Pairs of a later request: large enough for a good pace, short enough that a chat need not wait long behind it."""
SEEDS = 2**31


@dataclass(frozen=True)
class PairRequest:
    """Pairs to be made. `first` and `second` answer: a base model's name or 'run:<id>', perhaps the same one twice."""

    first: str
    second: str
    questions: tuple[Messages, ...]
    source: str
    pairs: int
    sampling: Sampling
    ahead: bool = False
    """Whether the pairs come before all others in the queue."""
    candidates: int = 1
    """Pairs of answers to each question of which one is kept, as whoever chooses says."""

    @property
    def match(self) -> str:
        return match_of(ModelRef.parse(self.first).in_answers, ModelRef.parse(self.second).in_answers)


@dataclass(frozen=True)
class PairBatch:
    """What one request brought: pairs to vote on, how many were twice the same words, how many had an empty answer."""

    pairs: tuple[Pair, ...]
    same: int
    silent: int
    asked: int


def collect_pairs(
    request: PairRequest, store: Store, ask: Answerer, stop: threading.Event, choose: Chooser | None = None
) -> Iterator[PairBatch]:
    """Make the pairs, request by request, each stored before it is yielded; ends early when `stop` is set.

    Pairs made earlier for the same match are continued: another question, other seeds. Raises RunError when an
    answer can't be had; what was kept stays.
    """
    before, done = store.pairs.count(request.match), 0
    while done < request.pairs and not stop.is_set():
        size = min(_size_after(done), request.pairs - done)
        said = _answers(request, range(before + done, before + done + size), ask, stop, choose or first_two)
        if said is None:
            return
        answered = [pair for pair in said if pair[0].text and pair[1].text]
        made = [new_pair(request.source, *pair) for pair in answered]
        # those in the same words too: nobody is asked about them, but how often that happens tells of the two
        store.pairs.keep(made, ahead=request.ahead)
        differ = tuple(pair for pair in made if pair.first.text != pair.second.text)
        done += size
        yield PairBatch(differ, len(made) - len(differ), len(said) - len(answered), size)


def _size_after(done: int) -> int:
    begun = 0
    for size in GROWING:
        if done <= begun:
            return size
        begun += size
    return TOGETHER


def _answers(
    request: PairRequest, places: range, ask: Answerer, stop: threading.Event, choose: Chooser
) -> list[tuple[Answer, Answer]] | None:
    """A pair of answers to the questions at these places of the endless line of questions; None when stopped."""
    each = request.candidates
    panes = [
        Pane(f"{place}/{number}/{side}", base, (request.sampling.seed + 2 * (place * each + number) + side) % SEEDS)
        for place in places
        for number in range(each)
        for side, base in enumerate((request.first, request.second))
    ]
    asked = {pane.key: request.questions[int(pane.key.split("/")[0]) % len(request.questions)] for pane in panes}
    texts, prints, cut = dict.fromkeys(asked, ""), dict.fromkeys(asked, ""), set()
    for delta in ask({key: list(said) for key, said in asked.items()}, panes, request.sampling):
        if stop.is_set():
            return None
        if delta.error:
            raise RunError(delta.error)
        if delta.classes:
            base = next(pane.base for pane in panes if pane.key == delta.pane)
            raise RunError(f"'{base}' gives classes and no answers", do="collect answers of a model that speaks.")
        texts[delta.pane] += delta.text
        prints[delta.pane] = delta.fingerprint or prints[delta.pane]
        cut |= {delta.pane} if delta.cut else set()
    answers = [
        new_answer(
            ModelRef.parse(pane.base).in_answers,
            asked[pane.key],
            texts[pane.key].strip(),
            _settings(request, pane, pane.key in cut),
            prints[pane.key],
        )
        for pane in panes
    ]
    return choose([answers[begin : begin + 2 * each] for begin in range(0, len(answers), 2 * each)])


def first_two(answers: Sequence[Sequence[Answer]]) -> list[tuple[Answer, Answer]]:
    """Of the answers to each question the first two: there is nothing to choose by."""
    return [(one, other) for one, other, *_ in answers]


def _settings(request: PairRequest, pane: Pane, cut: bool) -> dict[str, object]:
    """How the answer came about; that it was cut is said only where it was."""
    return asdict(replace(request.sampling, seed=pane.seed or 0)) | cut_mark(cut)
