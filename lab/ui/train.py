"""The Train tab: a form on the left, what becomes of it on the right. What the form holds is a recipe."""

import json
from typing import Any

import gradio as gr
import yaml
from pydantic import Field

from lab.api import Lab
from lab.data import save_upload, uploads
from lab.devices import KNOWN, parse_device
from lab.model_ref import ModelRef
from lab.planning import plan
from lab.planning.fit import Fit
from lab.planning.plans import Planned
from lab.planning.reading import report_on
from lab.planning.repeat import recipe_of_runs
from lab.recipe.fields import command_for, parse_form, to_fields
from lab.store import Run
from lab.ui import form_choices
from lab.ui.component import ONE_RUN, Request, component, endpoint, endpoints_of
from lab.ui.example import Example
from lab.ui.notes import note_words
from lab.ui.row_tokens import RowTokens
from lab.ui.run_details import RunDetails
from lab.ui.run_view import RunView
from lab.ui.uploads import Uploaded, received

LONGEST_TEXT = 200_000


class Nothing(Request):
    """An endpoint that needs no question."""


class Form(Request):
    """A recipe as fields or as YAML, and the built-in one it was begun from."""

    fields: dict[str, Any] | None = None
    text: str | None = Field(None, max_length=LONGEST_TEXT)
    recipe: str | None = Field(None, max_length=300)
    device: str | None = Field(None, max_length=60)
    """What the costs are told for; this machine where none is named."""


class Origin(Request):
    """What to begin a form from: all runs of a comparison, one run, or one run's weights."""

    comparison: str | None = Field(None, pattern=ONE_RUN)
    run: str | None = Field(None, pattern=ONE_RUN)
    weights: bool = False


class Kept(Uploaded):
    """A file to keep, and whether one with bad rows is kept too."""

    skip_bad: bool = False


def build(lab: Lab) -> None:
    """Lay the tab out."""
    tab = Train(lab)
    names = ("choices", "preview", "peek", "start", "upload", "fields_from")
    with gr.Row(elem_classes="lab-split"):
        with gr.Column(scale=0, min_width=320, elem_classes="lab-side"):
            component("form", [*endpoints_of(tab, *names), *endpoints_of(RowTokens(lab), "tokens")])
        with gr.Column(scale=1, min_width=320, elem_classes="lab-main"):
            example = Example(lab.store)
            details = endpoints_of(RunDetails(lab.store, example), "moved", "settings", "pictures", "versus", "sweep")
            component("watch", endpoints_of(RunView(lab.store, example), "watch", "stop") + details)


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
            "devices": list(KNOWN), "precisions": form_choices.precisions(),
        }  # fmt: skip

    @endpoint(Form)
    def preview(self, asked: Form) -> dict[str, Any]:
        """The form as YAML and as a command, and what it would cost."""
        recipe = parse_form(asked.fields, asked.text)
        fields = to_fields(recipe)
        device = parse_device(asked.device) if asked.device else None
        plans = plan(recipe, self._home, self._store, device)
        return {
            "fields": fields, "text": _as_yaml(fields), "command": command_for(fields, asked.recipe),
            "plans": [_cost(planned) for planned in plans],
        }  # fmt: skip

    @endpoint(Form)
    def peek(self, asked: Form) -> dict[str, Any]:
        """Three rows of the form's data and how long its rows are."""
        recipe = parse_form(asked.fields, asked.text)
        report = report_on(recipe, self._home)
        return {
            "rows": report.rows, "held_out": report.held_out_rows, "format": report.format, "longest": report.longest,
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
        return {"name": save_upload(received(asked), self._home, skip_bad=asked.skip_bad)}

    @endpoint(Origin)
    def fields_from(self, asked: Origin) -> dict[str, Any]:
        """The fields of a form that repeats runs, or goes on from a run's weights."""
        runs = self._store.runs.all(comparison=asked.comparison) if asked.comparison else [self._run(asked)]
        fields = recipe_of_runs(runs)
        if asked.weights:
            fields |= {"base": str(ModelRef(run=runs[0].id)), "name": f"After {runs[0].name}"[:200]}
        return {"fields": fields}

    def _run(self, asked: Origin) -> Run:
        return self._store.runs.get(asked.run or "")


def _cost(planned: Planned) -> dict[str, Any]:
    cost, methods = planned.cost, ", ".join(dict.fromkeys(stage.method for stage in planned.run.stages))
    return {
        "name": planned.run.name, "method": methods, "trainable": cost.trainable_params, "share": cost.trainable_share,
        "memory": cost.memory_bytes, "seconds": cost.seconds, "bytes": cost.adapter_bytes,
        "fit": _fit(planned.fit) if planned.fit else None,
        "rates": [{"rates": rate.rates, "origin": rate.origin} for rate in planned.rates],
    }  # fmt: skip


def _fit(fit: Fit) -> dict[str, Any]:
    """Whether a variant fits, and the first few ways to make it fit."""
    advice = [{"changes": ", ".join(one.changes), "memory": one.memory_bytes} for one in fit.advice]
    return {"fits": fit.fits, "device": fit.device, "usable": fit.usable_bytes, "advice": advice}


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
