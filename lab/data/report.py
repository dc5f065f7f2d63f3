"""What a data set looks like before training: lengths in tokens, what would be cut, copies, three rows to read.

Only the `tokenizers` library is used, so that a web process can show it without loading torch.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lab.data.types import DataReport, DataSet, Histogram, Row, RowSizes
from lab.errors import DataError, ModelError

MOST_MEASURED = 4_000
"""Rows whose tokens are counted: enough for a histogram, and at most a second's work."""
ENOUGH = 256
"""Rows whose sizes tell what a batch will be."""
BINS = 12
TURN_TOKENS = 5
"""What a chat template adds to a message: its opening mark, the role, a line break, the end mark, a line break."""


def describe(dataset: DataSet, folder_of_base: Path, max_length: int) -> DataReport:
    """Figures and a preview of a data set, read with the tokenizer of the base in that folder.

    Raises DataError when every row's question alone fills `max_length` tokens, so that no answer could be learned.
    """
    rows = _sample(dataset.train)
    tokenizer = _tokenizer(folder_of_base)
    lengths, given = _lengths(rows, tokenizer)
    if min(given) >= max_length:
        raise DataError(
            f"all rows are too long: the shortest question has {min(given)} tokens, and {max_length} are read",
            where=dataset.name, do="raise budget.max_length, or shorten the rows.",
        )  # fmt: skip
    cut = sum(length > max_length for length in lengths) / len(lengths)
    notes = [*dataset.notes]
    if cut == 1:
        notes.append(f"Every row is longer than {max_length} tokens and will be cut: raise budget.max_length.")
    if len(rows) < len(dataset.train):
        notes.append(f"Lengths are of {len(rows):,} rows, evenly chosen.")
    return DataReport(
        name=dataset.name, format=dataset.format, rows=len(dataset.train), held_out_rows=len(dataset.held_out),
        duplicates=dataset.dropped, repeated=dataset.repeated, lengths=histogram(lengths), truncated_share=cut,
        longest=max(lengths), preview=tuple(dataset.train[:3]), notes=tuple(notes),
    )  # fmt: skip


def row_sizes(rows: Sequence[Row], folder_of_base: Path, max_length: int, batch_size: int) -> RowSizes:
    """How large a batch of these rows is on average, in tokens of the base in that folder, from some of the rows."""
    some = [rows[i * len(rows) // ENOUGH] for i in range(ENOUGH)] if len(rows) > ENOUGH else rows
    lengths, given = _lengths(some, _tokenizer(folder_of_base))
    cut = sorted(min(length, max_length) for length in lengths)
    learned = [min(length, max_length) - min(start, max_length) for length, start in zip(lengths, given, strict=True)]
    # of n rows the k-th shortest is the longest of a batch of b with probability (k/n)^b - ((k-1)/n)^b
    count = len(cut)
    chances = [((k + 1) / count) ** batch_size - (k / count) ** batch_size for k in range(count)]
    longest = sum(length * chance for length, chance in zip(cut, chances, strict=True))
    return RowSizes(sum(cut) / count, longest, sum(learned) / count)


def histogram(values: Sequence[int]) -> Histogram:
    """Some twelve bins or fewer, from zero, with round numbers for edges."""
    width = _round_up(max(values) + 1)
    counts = [0] * (max(values) // width + 1)
    for value in values:
        counts[value // width] += 1
    return Histogram(tuple(width * i for i in range(len(counts) + 1)), tuple(counts))


def _round_up(span: int) -> int:
    """The least of 1, 2, 5, 10, 20, 50 … that covers `span` in BINS steps."""
    power = 1
    while True:
        for digit in (1, 2, 5):
            if digit * power * BINS >= span:
                return digit * power
        power *= 10


def _sample(rows: list[Row]) -> list[Row]:
    """At most MOST_MEASURED rows evenly spread, and with them the one with the most letters."""
    if len(rows) <= MOST_MEASURED:
        return rows
    spread = [rows[i * len(rows) // MOST_MEASURED] for i in range(MOST_MEASURED)]
    return [*spread, max(rows, key=lambda row: len(str(row)))]


def _tokenizer(folder: Path) -> Any:
    from tokenizers import Tokenizer

    file = Path(folder) / "tokenizer.json"
    if not file.is_file():
        raise ModelError("the base has no tokenizer.json", where=folder, do="choose a base with a fast tokenizer.")
    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _lengths(rows: Sequence[Row], tokenizer: Any) -> tuple[list[int], list[int]]:
    """For each row the tokens of the whole and of the part that is only given, not learned."""
    pieces = [_pieces(row) for row in rows]
    flat = [text for given, rest in pieces for text, _ in (*given, *rest)]
    counted = iter(len(encoding.ids) for encoding in tokenizer.encode_batch(flat, add_special_tokens=False))
    lengths, starts = [], []
    for given, rest in pieces:
        start = sum(next(counted) + extra for _, extra in given)
        starts.append(start)
        lengths.append(start + sum(next(counted) + extra for _, extra in rest))
    return lengths, starts


def _pieces(row: Row) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """The texts of a row, each with what the template adds: those given, and those learned from."""
    if "text" in row:
        return [], [(row["text"], 1)]
    if "messages" in row:
        first = next(i for i, message in enumerate(row["messages"]) if message["role"] == "assistant")
        return _said(row["messages"][:first]), _said(row["messages"][first:])
    answers = [row[key] for key in ("completion", "chosen", "rejected") if key in row]
    longest: str | list[dict[str, str]] = max(answers, key=_characters, default=[])
    given = _said(row.get("prompt", []))
    return (given, _said(longest)) if answers else ([], given)


def _characters(value: str | list[dict[str, str]]) -> int:
    return sum(len(text) for text, _ in _said(value))


def _said(value: str | list[dict[str, str]]) -> list[tuple[str, int]]:
    texts = [value] if isinstance(value, str) else [message["content"] for message in value]
    return [(text, TURN_TOKENS) for text in texts]
