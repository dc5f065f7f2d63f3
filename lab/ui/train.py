"""The Train tab: a form on the left, what becomes of it on the right. What the form holds is a recipe."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import gradio as gr
import yaml
from pydantic import Field

from lab.api import Lab
from lab.data import save_upload, uploads
from lab.data.by_value import MOST_VALUES
from lab.data.columns import NAMES, read_columns
from lab.devices import KNOWN, Device, parse_device
from lab.errors import DataError
from lab.evaluate.selection import told_apart
from lab.model_ref import ModelRef
from lab.planning import plan
from lab.planning.checks import check_hub
from lab.planning.plans import Planned
from lab.planning.reading import formats_of, report_on
from lab.planning.repeat import recipe_of_runs
from lab.planning.repeats import WITHIN
from lab.planning.whole_time import whole_seconds
from lab.recipe import Recipe, resolve
from lab.recipe.fields import command_for, parse_form, read_fields, to_fields, with_values
from lab.ui import form_choices
from lab.ui.component import Request, component, endpoint, endpoints_of
from lab.ui.costs import costs_of
from lab.ui.example import Example
from lab.ui.exports import Exports
from lab.ui.forks import Forks
from lab.ui.giving import Giving
from lab.ui.notes import note_words
from lab.ui.pulling import Pulling
from lab.ui.row_tokens import RowTokens
from lab.ui.run_details import COMPARING, RunDetails
from lab.ui.run_view import RunView, Shown, found_runs
from lab.ui.take_home import TakeHome
from lab.ui.uploads import Uploaded, received

LONGEST_TEXT = 200_000
FIVE = 5
"""Seeds that are offered where they take a few minutes."""


class Nothing(Request):
    """An endpoint that needs no question."""


class Form(Request):
    """A recipe as fields or as YAML, and the built-in one it was begun from."""

    fields: dict[str, Any] | None = None
    text: str | None = Field(None, max_length=LONGEST_TEXT)
    recipe: str | None = Field(None, max_length=300)
    device: str | None = Field(None, max_length=60)
    """What the costs are told for; this machine where none is named."""


class Part(Form):
    """A form, and which of its data sets is asked about."""

    part: int = Field(0, ge=0, le=100)


class Origin(Shown):
    """What to begin a form from: all runs that are shown, or one run's weights."""

    weights: bool = False


class Kept(Uploaded):
    """A file to keep, whether one with bad rows is kept too, and which column is what, where that was said."""

    skip_bad: bool = False
    columns: dict[str, str] = Field(default_factory=dict, max_length=100)


def build(lab: Lab) -> None:
    """Lay the tab out."""
    tab = Train(lab)
    names = ("choices", "preview", "peek", "columns", "start", "upload", "fields_from")
    with gr.Row(elem_classes="lab-split"):
        with gr.Column(scale=0, min_width=320, elem_classes="lab-side"):
            more = [*endpoints_of(RowTokens(lab), "tokens"), *endpoints_of(Pulling(lab), "pull", "stop_pull", "pulls")]
            component("form", [*endpoints_of(tab, *names), *more])
        with gr.Column(scale=1, min_width=320, elem_classes="lab-main"):
            example = Example(lab.store)
            details = endpoints_of(RunDetails(lab.store, example), "moved", "settings", "pictures", *COMPARING)
            details += endpoints_of(Exports(lab.store, example), "export") + endpoints_of(TakeHome(lab), "take_home")
            details += endpoints_of(Giving(lab), "give")
            watch = endpoints_of(RunView(lab.store, example), "watch", "stop")
            component("watch", watch + endpoints_of(Forks(lab), "resume", "fork_form", "fork") + details)


class Train:
    """The endpoints of the form."""

    def __init__(self, lab: Lab):
        self._lab, self._home, self._store = lab, lab.home, lab.store

    @endpoint(Nothing)
    def choices(self, _asked: Nothing) -> dict[str, Any]:
        """All that the form offers."""
        return {
            "recipes": form_choices.recipes(), "bases": form_choices.bases(self._home, self._store),
            "data": form_choices.data_sets() + [{"id": name, "upload": True} for name in uploads(self._home)],
            "methods": form_choices.methods(), "objectives": form_choices.objectives(),
            "rewards": form_choices.rewards(self._store), "replay": form_choices.replay(),
            "remedies": form_choices.remedies(),
            "devices": list(KNOWN), "precisions": form_choices.precisions(), "trackers": form_choices.trackers(),
        }  # fmt: skip

    @endpoint(Form)
    def preview(self, asked: Form) -> dict[str, Any]:
        """The form as YAML and as a command, and what it would cost."""
        recipe = parse_form(asked.fields, asked.text)
        given = read_fields(asked.text) if asked.text is not None else asked.fields
        fields = with_values(to_fields(recipe), given or {})
        device = parse_device(asked.device) if asked.device else None
        plans = plan(recipe, self._home, self._store, device)
        return {
            "fields": fields, "text": _as_yaml(fields), "command": command_for(fields, asked.recipe),
            "plans": costs_of(plans), "runs": len(plans), **_times(recipe, plans, device),
        }  # fmt: skip

    @endpoint(Form)
    def peek(self, asked: Form) -> dict[str, Any]:
        """Three rows of the form's data and how long its rows are."""
        recipe = parse_form(asked.fields, asked.text)
        check_hub(resolve(recipe))
        report = report_on(recipe, self._home)
        return {
            "name": report.name.removeprefix("upload:"), "rows": report.rows, "held_out": report.held_out_rows,
            "format": report.format, "longest": report.longest,
            "cut": report.truncated_share, "edges": report.lengths.edges, "counts": report.lengths.counts,
            "preview": [_shown_row(row) for row in report.preview], "notes": list(map(note_words, report.notes)),
        }  # fmt: skip

    @endpoint(Form)
    def start(self, asked: Form) -> dict[str, Any]:
        """Queue the form's variants."""
        runs = self._lab.submit(parse_form(asked.fields, asked.text))
        return {"comparison": runs[0].comparison}

    @endpoint(Kept)
    def upload(self, asked: Kept) -> dict[str, Any]:
        """Check an uploaded file and keep it."""
        return {"name": save_upload(received(asked), self._home, asked.columns, asked.skip_bad, unnamed=True)}

    @endpoint(Part)
    def columns(self, asked: Part) -> dict[str, Any]:
        """What each column of one of the form's files became, and what it can be said to be."""
        recipe = parse_form(asked.fields, asked.text)
        choices = recipe.data or ()
        if asked.part >= len(choices):
            raise DataError("the form has no such data set", where="data", do="reload the page.")
        found = read_columns(choices[asked.part], self._home, formats_of(recipe))
        return {
            "columns": [asdict(one) for one in found.columns], "names": NAMES, "format": found.format,
            "layout": found.layout, "rows": found.rows, "trouble": found.problem, "unnamed": found.unnamed,
            "most": MOST_VALUES,
        }  # fmt: skip

    @endpoint(Origin)
    def fields_from(self, asked: Origin) -> dict[str, Any]:
        """The fields of a form that repeats runs, or goes on from a run's weights."""
        runs = told_apart(found_runs(self._store, asked).runs)
        fields = recipe_of_runs(runs)
        if asked.weights:
            fields["variants"] = [{key: one[key] for key in one if key != "fork"} for one in fields["variants"]]
            fields |= {"base": str(ModelRef(run=runs[0].id)), "name": f"After {runs[0].name}"[:200]}
        return {"fields": fields}


def _times(recipe: Recipe, plans: Sequence[Planned], device: Device | None) -> dict[str, float | None]:
    """The seconds of all runs, and of five seeds of each where one was asked for and five stay within a few minutes."""
    if device is not None:
        return {"seconds": None, "five": None}
    five = whole_seconds(list(plans) * FIVE) if recipe.repeat.n == 1 and not recipe.folds else None
    return {"seconds": whole_seconds(plans), "five": five if five and five <= WITHIN else None}


def _shown_row(row: dict[str, Any]) -> list[tuple[str, str]]:
    """A row's columns as text, conversations as lines."""
    return [(name, _as_text(value)[:600]) for name, value in row.items()]


def _as_text(value: Any) -> str:
    return "\n".join(map(_line, value)) if isinstance(value, list) else str(value)


def _line(item: dict[str, Any]) -> str:
    """A message with its calls of tools, or a tool."""
    if "role" not in item:
        return json.dumps(item, ensure_ascii=False)
    calls = [json.dumps(call["function"], ensure_ascii=False) for call in item.get("tool_calls", ())]
    mark = " (train: false)" if item.get("train") is False else ""
    return f"{item['role']}{mark}: {' '.join(filter(None, (item['content'], *calls)))}"


def _as_yaml(fields: dict[str, Any]) -> str:
    return yaml.safe_dump(fields, sort_keys=False, allow_unicode=True, default_flow_style=None, width=76)
