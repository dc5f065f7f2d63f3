"""Sections of a report besides its table and curves: samples, figures by a column's values, notes."""

from collections.abc import Callable, Mapping, Sequence
from html import escape

from lab.evaluate.right_answers import is_right
from lab.recipe import variant_of
from lab.report.html import cells, html_table, row_of, section
from lab.store import Run, Sample, Store
from lab.store.pictures import ByValue

MOST_VARIANTS = 12
"""Variants whose samples stand side by side; of more the first."""
Words = Mapping[str, str]


def samples_section(runs: Sequence[Run], store: Store, said: Words, names: Words) -> str:
    """The last answers of each variant's first run to the fixed prompts, with the right one where the data knows it."""
    first = {variant_of(run.name): run for run in reversed(runs)}
    shown = [run for run in runs if first[variant_of(run.name)] is run][:MOST_VARIANTS]
    last: dict[tuple[str, int], Sample] = {}
    for sample in store.curves.samples([run.id for run in shown]):
        place = (sample.run, sample.position)
        if place not in last or sample.step >= last[place].step:
            last[place] = sample
    if not last:
        return ""
    asked = {one.position: one.prompt for one in last.values()}
    rows = []
    for position in sorted(asked):
        wanted = next((run.outcome.wanted[position] for run in shown if position < len(run.outcome.wanted)), "")
        right = f'<br><span class="soft">{escape(said["page.right_answer"])} {escape(wanted)}</span>' if wanted else ""
        answers = cells(_answer(last.get((run.id, position)), wanted) for run in shown)
        rows.append(row_of(escape(asked[position]) + right, answers))
    called = [names.get(variant_of(run.name), variant_of(run.name)) for run in shown]
    return section(said["report.samples"], html_table((said["report.asked"], *called), rows, "left"))


def by_value_section(runs: Sequence[Run], said: Words, names: Words) -> str:
    """The figures of each run by the values of a column, a table a run."""
    parts = []
    for run in runs:
        picture = run.outcome.pictures.get("by_value")
        if isinstance(picture, ByValue):
            parts.append(f"<h3>{escape(names.get(run.name, run.name))}</h3>{_by_value(picture, said)}")
    return section(said["picture.by_value"], "".join(parts))


def notes_section(runs: Sequence[Run], said: Words, names: Words, say: Callable[[str], str]) -> str:
    """What is to be known beside the figures, and why runs failed."""
    told: dict[str, list[str]] = {}
    for run in runs:
        for note in (*run.outcome.notes, *([run.error.splitlines()[0]] if run.error else [])):
            told.setdefault(note, []).append(names.get(run.name, run.name))
    items = [
        f"<li>{'' if len(named) == len(runs) else escape(', '.join(named)) + ': '}{escape(say(note))}</li>"
        for note, named in told.items()
    ]
    return section(said["report.notes"], f"<ul>{''.join(items)}</ul>" if items else "")


def _by_value(picture: ByValue, said: Words) -> str:
    measure = said.get(f"metric.{picture.measure}", picture.measure)
    heads = [picture.column, said["picture.by_value_rows"], said["picture.by_value_loss"]]
    heads += [measure, "95 %", "n"] if measure else []
    rows = []
    for place, value in enumerate(picture.values):
        told = [str(picture.rows[place]), _told(picture.losses[place], "{:.3f}")]
        if measure:
            low, high = picture.low[place], picture.high[place]
            between = "–" if low is None or high is None else f"{100 * low:.0f}–{100 * high:.0f} %"
            told += [_told(picture.shares[place], "{:.0%}"), between, str(picture.counts[place])]
        rows.append(row_of(escape(value), cells(told)))
    return html_table(heads, rows)


def _answer(sample: Sample | None, wanted: str) -> str:
    if sample is None:
        return "–"
    right = is_right(sample.answer, wanted)
    return sample.answer + ("" if right is None else " ✓" if right else " ✗")


def _told(value: float | None, how: str) -> str:
    return "–" if value is None else how.format(value)
