"""What a data set looks like before training: lengths in tokens, what would be cut, copies, three rows to read.

Only the `tokenizers` library is used, so that a web process can show it without loading torch.
"""

from collections.abc import Sequence
from pathlib import Path

from lab.data.fit import measure
from lab.data.tasks import outputs_of
from lab.data.types import DataReport, DataSet, Histogram, Row, RowSizes
from lab.models.chat_template import light_tokenizer

MOST_MEASURED = 4_000
"""Rows whose tokens are counted: enough for a histogram, and at most a second's work."""
ENOUGH = 256
"""Rows whose sizes tell what a batch will be."""
BINS = 12


def describe(dataset: DataSet, folder_of_base: Path, max_length: int, notes: Sequence[str] | None = None) -> DataReport:
    """Figures and a preview of a data set, read with the tokenizer and the chat template of the base in that folder.

    `notes` are what is to be known of it, those of the data set where they are not given. Raises LabError for rows that
    the base can't read.
    """
    rows = spread(dataset.train, MOST_MEASURED)
    lengths = [row.length for row in measure(rows, dataset.format, light_tokenizer(folder_of_base))]
    return DataReport(
        name=dataset.name, format=dataset.format, rows=len(dataset.train), held_out_rows=len(dataset.held_out),
        duplicates=dataset.dropped, repeated=dataset.repeated, lengths=histogram(lengths),
        truncated_share=sum(length > max_length for length in lengths) / len(lengths), longest=max(lengths),
        preview=tuple(dataset.train[:3]), notes=tuple(dataset.notes if notes is None else notes),
    )  # fmt: skip


def row_sizes(rows: Sequence[Row], folder_of_base: Path, max_length: int, batch_size: int) -> RowSizes:
    """How large a batch of these rows is on average, in tokens of the base in that folder, from some of the rows."""
    found = measure(spread(rows, ENOUGH), _format_of(rows[0]), light_tokenizer(folder_of_base))
    cut = sorted(min(row.length, max_length) for row in found)
    learned = [min(row.length, max_length) - min(row.given, max_length) for row in found]
    # of n rows the k-th shortest is the longest of a batch of b with probability (k/n)^b - ((k-1)/n)^b
    count = len(cut)
    chances = [((k + 1) / count) ** batch_size - (k / count) ** batch_size for k in range(count)]
    longest = sum(length * chance for length, chance in zip(cut, chances, strict=True))
    return RowSizes(sum(cut) / count, longest, sum(learned) / count, outputs_of(rows))


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


def _format_of(row: Row) -> str:
    """The format of rows that have their keys only."""
    if "task" in row and "completion" in row:
        return "few_shot"
    spoken = {
        "completion": "prompt_completion", "tags": "tasks", "label": "labels", "text": "text", "messages": "messages",
        "chosen": "preference", "caption": "image",
    }  # fmt: skip
    return next((format for key, format in spoken.items() if key in row), "prompt")


def spread(rows: Sequence[Row], most: int) -> list[Row]:
    """At most `most` rows evenly spread, and with them the one with the most letters."""
    if len(rows) <= most:
        return list(rows)
    some = [rows[i * len(rows) // most] for i in range(most)]
    return [*some, max(rows, key=lambda row: len(str(row)))]
