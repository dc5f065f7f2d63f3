"""The Overfitting tab: a variant that learns its rows by heart, and a switch for each remedy that puts one beside it.

The variants are those of the recipe `recipes/overfitting/clinic.yaml`, in its order; a switch is one of them, with the
value that its slider sets.
"""

from dataclasses import asdict, dataclass
from typing import Any, Literal

import gradio as gr
from pydantic import Field

from lab.api import Lab
from lab.errors import RecipeError
from lab.planning import plan
from lab.planning.whole_time import whole_seconds
from lab.recipe import build_recipe
from lab.recipe.fields import Fields, built_in_fields
from lab.recipe.paths import EVERY, Path, with_value
from lab.ui import form_choices
from lab.ui.component import Request, component, endpoint, endpoints_of
from lab.ui.example import Example
from lab.ui.exports import Exports
from lab.ui.run_details import COMPARING, RunDetails
from lab.ui.run_view import RunView
from lab.words import ENGLISH, text

RECIPE = "recipes/overfitting/clinic.yaml"
FOLDS = 4
MOST_VARIANTS = 8


@dataclass(frozen=True)
class Slider:
    """The one value of a switch that can be set: where it stands in its variant, and between what it may be."""

    path: Path
    low: float
    high: float
    step: float


@dataclass(frozen=True)
class Switch:
    """A remedy: its id, the number of its variant in the recipe, and its slider."""

    id: str
    variant: int
    slider: Slider


SWITCHES = (
    Switch("simpler", 1, Slider(("knobs", "r"), 1, 16, 1)),
    Switch("more_data", 2, Slider(("data", EVERY, "limit"), 24, 224, 8)),
    Switch("augmentation", 3, Slider(("remedy", 0, "knobs", "copies"), 1, 8, 1)),
    Switch("l2", 4, Slider(("remedy", 0, "knobs", "strength"), 0.1, 10, 0.1)),
    Switch("l1", 5, Slider(("remedy", 0, "knobs", "strength"), 0.05, 1, 0.05)),
    Switch("dropout", 6, Slider(("remedy", 0, "knobs", "share"), 0.05, 0.5, 0.05)),
    Switch("early_stopping", 7, Slider(("early_stop", "patience"), 1, 6, 1)),
)


class Nothing(Request):
    """An endpoint that needs no question."""


class Chosen(Request):
    """Which remedies stand beside the variant without one, the values of their sliders, the base, and whether folds are
    taken."""

    on: tuple[Literal["simpler", "more_data", "augmentation", "l2", "l1", "dropout", "early_stopping"], ...] = Field(
        (), max_length=len(SWITCHES)
    )
    values: dict[str, float] = Field(default_factory=dict)
    base: str = Field("nano", max_length=300)
    language: Literal["en", "zh"] = "en"
    page: str = Field(ENGLISH, max_length=12)
    """The language that the variants are named in."""
    folds: bool = False


def build(lab: Lab) -> None:
    """Lay the tab out."""
    example = Example(lab.store)
    with gr.Row(elem_classes="lab-split"):
        with gr.Column(scale=0, min_width=320, elem_classes="lab-side"):
            component("switches", endpoints_of(Clinic(lab), "choices", "preview", "start"))
        with gr.Column(scale=1, min_width=320, elem_classes="lab-main"):
            details = endpoints_of(RunDetails(lab.store, example), "moved", "settings", "pictures", *COMPARING)
            details += endpoints_of(Exports(lab.store, example), "export")
            component("curves", endpoints_of(RunView(lab.store, example), "watch", "stop") + details)


class Clinic:
    """The endpoints of the switches."""

    def __init__(self, lab: Lab):
        self._lab = lab

    @endpoint(Nothing)
    def choices(self, _asked: Nothing) -> dict[str, Any]:
        """The switches with the values they start at, and the bases."""
        variants = built_in_fields()[RECIPE]["variants"]
        switches = [
            {"id": one.id, "value": _read(variants[one.variant], one.slider.path), **asdict(one.slider)}
            for one in SWITCHES
        ]
        return {"switches": switches, "bases": form_choices.bases(self._lab.home, self._lab.store), "folds": FOLDS}

    @endpoint(Chosen)
    def preview(self, asked: Chosen) -> dict[str, Any]:
        """The recipe that the switches stand for, and the seconds it would take."""
        fields = fields_of(asked)
        plans = plan(build_recipe(fields), self._lab.home, self._lab.store)
        return {"fields": fields, "runs": len(plans), "seconds": whole_seconds(plans)}

    @endpoint(Chosen)
    def start(self, asked: Chosen) -> dict[str, Any]:
        """Queue the variants."""
        runs = self._lab.submit(build_recipe(fields_of(asked)))
        return {"comparison": runs[0].comparison}


def fields_of(asked: Chosen) -> Fields:
    """The recipe with a variant for each switch that is on; raises RecipeError for impossible values."""
    recipe = built_in_fields()[RECIPE]
    variants = [recipe["variants"][0] | {"name": _name("none", asked.page)}]
    for one in SWITCHES:
        if one.id in asked.on:
            value = asked.values.get(one.id)
            variant = recipe["variants"][one.variant] | {"name": _name(one.id, asked.page)}
            variants.append(variant if value is None else with_value(variant, one.slider.path, _checked(one, value)))
    fields: Fields = recipe | {"base": asked.base, "variants": variants} | ({"folds": FOLDS} if asked.folds else {})
    return _in_language(fields, asked.language)


def _name(switch: str, language: str) -> str:
    """What a variant is called: as its switch is."""
    said = text(f"overfitting.{switch}")
    return said.get(language, said[ENGLISH])


def _checked(switch: Switch, value: float) -> float | int:
    slider = switch.slider
    if not slider.low <= value <= slider.high:
        raise RecipeError(
            f"{value:g} is not allowed for '{switch.id}'", do=f"give a number from {slider.low:g} to {slider.high:g}."
        )
    return int(value) if slider.step == int(slider.step) else value


def _read(value: Any, path: Path) -> Any:
    for key in path:
        value = value[0] if key == EVERY else value[key]
    return value


def _in_language(fields: Fields, language: str) -> Fields:
    """The recipe with all its data in that language."""
    if language == "en":
        return fields

    def told(part: Fields) -> Fields:
        return {**part, "data": [{**one, "language": language} for one in part["data"]]} if "data" in part else part

    return told(fields) | {"variants": [told(variant) for variant in fields["variants"]]}
