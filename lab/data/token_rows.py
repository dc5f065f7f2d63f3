"""A row as a trainer reads it, made visible: each token with what becomes of it. What is read and what is learned of a
row is said by its objective (`sequences`); here it is cut at the limit and put into words that a page can show.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from typing import Any

from lab.data.token_spans import Span, token_spans
from lab.models.chat_format import Piece, chat_format
from lab.models.renderer import mark

LEARNED, READ, TEMPLATE, SCORED, CUT = KINDS = ("learned", "read", "template", "scored", "cut")
"""What becomes of a token: the model is taught to write it; it only reads it; it only reads it and the chat template
has put it there; a reward model gives its score there; it is beyond the limit and nobody reads it."""
FIRST_MARK = 1000
"""Marks for what is given begin here, far from those that the template's reader puts into answers."""
Message = dict[str, Any]


@dataclass(frozen=True)
class TrainingSequence:
    """One sequence of tokens that a trainer makes of a row, before it is cut at `limit` tokens.

    `parts` are token ids and whether they are learned. Where a chat template wrote them they are the pieces of
    `messages`, in order (`lab.models.chat_format`), or the first of those.
    """

    parts: Sequence[tuple[Sequence[int], bool]]
    limit: int | None = None
    name: str = "row"
    """Which part of the row it is: row, chosen, rejected, completion, prompt."""
    goal: str = ""
    """What it is for: imitate, likelier, rarer, higher, lower, answer."""
    messages: Sequence[Message] = ()
    tools: Any = None
    score_at: str = ""
    """Where a reward model reads its score: last, all, or nowhere."""
    new: Mapping[int, str] = field(default_factory=dict)
    """Tokens that the tokenizer does not have, each with what it is called."""
    heads_at: Sequence[int] = ()
    """At which tokens heads tell something: a class, or the tag of a word."""


@dataclass(frozen=True)
class TokenChip:
    """One token, or the several tokens of one character."""

    text: str
    ids: tuple[int, ...]
    kind: str
    """One of KINDS."""
    special: bool = False
    """Whether it is one of the tokenizer's special tokens."""


@dataclass(frozen=True)
class ShownSequence:
    """A sequence as people look at it; `counts` are tokens of each kind."""

    name: str
    goal: str
    chips: tuple[TokenChip, ...]
    counts: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def show_sequence(tokenizer: Any, sequence: TrainingSequence) -> ShownSequence:
    """Every token of a sequence with its kind."""
    ids = [token for part, _ in sequence.parts for token in part]
    kinds = _kinds(tokenizer, sequence, ids)
    specials = set(tokenizer.get_added_vocab().values())
    breaks = {i for i, (one, other) in enumerate(pairwise(kinds), 1) if one != other}
    chips = [
        TokenChip(span.text, tuple(ids[span.start : span.end]), kinds[span.start], ids[span.start] in specials)
        for span in _spans(tokenizer, ids, breaks, sequence.new)
    ]
    counts = Counter(kinds)
    return ShownSequence(sequence.name, sequence.goal, tuple(chips), {kind: counts[kind] for kind in KINDS})


def pieces_of(sequences: Sequence[TrainingSequence]) -> list[TrainingSequence]:
    """The sequences, numbered where a long text has become several."""
    if len(sequences) < 2 or len({one.name for one in sequences}) == len(sequences):
        return list(sequences)
    return [replace(one, name=f"{one.name} {number}") for number, one in enumerate(sequences, 1)]


def _spans(tokenizer: Any, ids: Sequence[int], breaks: set[int], new: Mapping[int, str]) -> list[Span]:
    """All tokens in order as people read them, those that the tokenizer does not have by their names."""
    found: list[Span] = []
    for known, run in groupby(range(len(ids)), lambda place: ids[place] not in new):
        places = list(run)
        begin, end = places[0], places[-1] + 1
        if known:
            inside = {place - begin for place in breaks if begin < place < end}
            found += [Span(begin + one.start, begin + one.end, one.text)
                      for one in token_spans(tokenizer, ids[begin:end], inside)]  # fmt: skip
        else:
            found += [Span(place, place + 1, new[ids[place]]) for place in places]
    return found


def _kinds(tokenizer: Any, sequence: TrainingSequence, ids: Sequence[int]) -> list[str]:
    kinds = [LEARNED if learned else READ for part, learned in sequence.parts for _ in part]
    if sequence.score_at:
        kinds = [SCORED if sequence.score_at == "all" else READ] * len(ids)
    written = _template_places(tokenizer, sequence)
    kinds = [TEMPLATE if kind == READ and i in written else kind for i, kind in enumerate(kinds)]
    if kinds and kinds[0] == LEARNED:
        kinds[0] = READ  # nothing stands before the first token that it could be foretold from
    if sequence.score_at == "last" and kinds:
        kinds[-1] = SCORED
    for place in sequence.heads_at:
        kinds[place] = SCORED
    limit = len(ids) if sequence.limit is None else sequence.limit
    return [*kinds[:limit], *[CUT] * (len(ids) - limit)]


def _template_places(tokenizer: Any, sequence: TrainingSequence) -> set[int]:
    """The places of the tokens that are not in what anybody says: special ones, and the template's own words."""
    specials = set(tokenizer.get_added_vocab().values())
    ids = [token for part, _ in sequence.parts for token in part]
    places = {i for i, token in enumerate(ids) if token in specials}
    if not sequence.messages:
        return places
    start = 0
    for (part, _), said in zip(sequence.parts, _said(tokenizer, sequence), strict=False):
        if said is not None:
            places |= {start + i for i in _outside(tokenizer, part, said)}
        start += len(part)
    return places


def _said(tokenizer: Any, sequence: TrainingSequence) -> list[tuple[str, list[tuple[int, int]]] | None]:
    """For each piece its text and where in it somebody is quoted; None for answers, and where that can't be told."""
    format = chat_format(tokenizer)
    pieces = format.pieces(sequence.messages, sequence.tools)
    marked = [
        turn if turn["role"] == "assistant" else {**turn, "content": mark(FIRST_MARK + i)}
        for i, turn in enumerate(sequence.messages)
    ]
    contents = {mark(FIRST_MARK + i): str(turn.get("content") or "") for i, turn in enumerate(sequence.messages)}
    try:
        hidden: Sequence[Piece] = format.pieces(marked, sequence.tools)
    except Exception:  # a template that looks into what is said
        return [None] * len(pieces)
    if len(hidden) != len(pieces):
        return [None] * len(pieces)
    return [
        None if number % 2 else _quoted(piece.text, other.text, contents)
        for number, (piece, other) in enumerate(zip(pieces, hidden, strict=True))
    ]


def _quoted(text: str, hidden: str, contents: Mapping[str, str]) -> tuple[str, list[tuple[int, int]]] | None:
    """Where in a text the contents stand that are marks in `hidden`; None where the two don't match."""
    places = sorted((hidden.index(sign), sign) for sign in contents if sign in hidden)
    spans, at, read = [], 0, 0
    for place, sign in places:
        at += place - read
        read = place + len(sign)
        content = next((one for one in (contents[sign], contents[sign].strip()) if text.startswith(one, at)), None)
        if content is None:
            return None
        spans.append((at, at + len(content)))
        at += len(content)
    return (text, spans) if text[at:] == hidden[read:] else None


def _outside(tokenizer: Any, ids: Sequence[int], said: tuple[str, list[tuple[int, int]]]) -> list[int]:
    """Which tokens of a piece lie outside what is quoted in it; none where tokens and text don't match."""
    text, quotes = said
    spans = token_spans(tokenizer, ids)
    shown = "".join(span.text for span in spans)
    if shown not in (text, f" {text}"):
        return []
    outside: list[int] = []
    at = len(text) - len(shown)  # before the first word SentencePiece puts a space
    for span in spans:
        end = at + len(span.text)
        if not any(at < stop and start < end for start, stop in quotes):
            outside += range(span.start, span.end)
        at = end
    return outside
