"""What there is: methods, objectives, rewards, remedies, models and recipes, from their cards; and pulling a model."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any

import typer

from lab.card import Card, Knob, RemedyCard, RewardCard, broken_cards, find_cards
from lab.cli.options import AsJson
from lab.cli.output import emit_json, print_table, say
from lab.errors import LabError, RecipeError, nearest
from lab.home import find_home
from lab.recipe.built_in import built_in
from lab.recipe.locate import read_text, shipped_file

models_app = typer.Typer(help="The base models there are.", invoke_without_command=True, no_args_is_help=False)


def add_to(app: typer.Typer) -> None:
    for command in (methods, objectives, rewards, remedies, recipes):
        app.command()(command)
    app.add_typer(models_app, name="models")


def methods(as_json: AsJson = False) -> None:
    """Which weights may move: the methods."""
    _show_cards("lab.methods", as_json)


def objectives(as_json: AsJson = False) -> None:
    """What signal moves them: the objectives."""
    _show_cards("lab.objectives", as_json)


def rewards(as_json: AsJson = False) -> None:
    """What a rule can check of an answer: the checkable rewards."""
    _tell_broken("lab.rewards")
    cards: list[RewardCard] = [module.CARD for module in find_cards("lab.rewards").values()]
    if as_json:
        return emit_json([_card_entry(card) for card in cards])
    rows = [
        (card.id, card.name.en, card.checks, "yes" if card.answers else "no", _knobs_words(card.knobs))
        for card in cards
    ]  # fmt: skip
    return print_table("", ("id", "name", "checks", "right answers needed", "knobs"), rows)


def remedies(as_json: AsJson = False) -> None:
    """What keeps a stage from unlearning the ones before it, or from overfitting: the remedies."""
    _tell_broken("lab.remedies")
    cards: list[RemedyCard] = [module.CARD for module in find_cards("lab.remedies").values()]
    if as_json:
        return emit_json([_card_entry(card) for card in cards])
    rows = [(card.id, card.name.en, _knobs_words(card.knobs), card.paper) for card in cards]
    return print_table("", ("id", "name", "knobs", "paper"), rows)


def recipes(
    path: Annotated[str | None, typer.Argument(metavar="[RECIPE]", help="Print this one, to copy.")] = None,
    as_json: AsJson = False,
) -> None:
    """The recipes that come with the lab; or one of them, as YAML."""
    if path:
        return _print_recipe(path, as_json)
    found = built_in()
    if as_json:
        entries = [
            {"path": str(shipped_file(path)), "name": recipe.name, "note": recipe.note, "base": recipe.base,
             "variants": [variant.name for variant in recipe.variants]}
            for path, recipe in found.items()
        ]  # fmt: skip
        return emit_json(entries)
    rows = [(path, recipe.name, recipe.base, len(recipe.variants)) for path, recipe in found.items()]
    return print_table("", ("recipe", "name", "base", "variants"), rows)


@models_app.callback()
def models(context: typer.Context, as_json: AsJson = False) -> None:
    """The base models that have a name of their own. Any Hub id or folder of a causal model works too."""
    if context.invoked_subcommand:
        return None
    home = find_home()
    entries = [model_entry(name, home) for name in _catalogue()]
    if as_json:
        return emit_json(entries)
    rows = [
        (
            entry["id"],
            entry["name"]["en"],
            f"{entry['parameters']:,}",
            entry["licence"],
            "yes" if entry["here"] else "no",
        )
        for entry in entries
    ]
    return print_table("", ("model", "name", "parameters", "licence", "here"), rows)


@models_app.command("pull")
def pull_model(name: Annotated[str, typer.Argument(metavar="NAME")], as_json: AsJson = False) -> None:
    """Get a model of the catalogue onto this machine, once."""
    from lab.models import CATALOGUE, pull

    if name not in CATALOGUE:
        raise RecipeError(f"there is no model '{name}' in the catalogue", where="NAME", do=nearest(name, CATALOGUE))
    try:
        folder = pull(name, find_home(), say)
    except LabError as problem:
        say(f"error: {problem}")
        if as_json:
            emit_json({"model": name, "folder": None, "error": str(problem)})
        raise typer.Exit(1) from None
    if as_json:
        return emit_json({"model": name, "folder": str(folder), "error": None})
    return print(folder)


def model_entry(name: str, home: Any) -> dict[str, Any]:
    """A catalogue entry with whether the model is on this machine."""
    from lab.models import find_base

    entry = asdict(_catalogue()[name])
    try:
        here = bool(find_base(name, home))
    except LabError:
        here = False
    return {key: entry[key] for key in ("id", "name", "explain", "hub", "parameters", "licence")} | {"here": here}


def _print_recipe(name: str, as_json: bool) -> None:
    """The text of one built-in recipe; raises RecipeError for a name there is not."""
    if name not in built_in():
        raise RecipeError(f"no recipe '{name}' comes with the lab", where="RECIPE", do=nearest(name, built_in()))
    text = read_text(shipped_file(name))
    return emit_json({"path": str(shipped_file(name)), "text": text}) if as_json else print(text, end="")


def _catalogue() -> dict[str, Any]:
    from lab.models import CATALOGUE

    return CATALOGUE


def _tell_broken(package: str) -> None:
    for problem in broken_cards(package):
        say(f"error: {problem}")


def _show_cards(package: str, as_json: bool) -> None:
    _tell_broken(package)
    cards: list[Card] = [module.CARD for module in find_cards(package).values()]
    if as_json:
        return emit_json([_card_entry(card) for card in cards])
    rows = [(card.id, card.name.en, card.family, f"{card.learning_rate:g}", _knobs_words(card.knobs)) for card in cards]
    return print_table("", ("id", "name", "family", "learning rate", "knobs"), rows)


def _card_entry(card: Card | RewardCard | RemedyCard) -> dict[str, Any]:
    knobs = [{"kind": type(knob).__name__.lower(), **asdict(knob)} for knob in card.knobs]
    return asdict(card) | {"knobs": knobs}


def _knobs_words(knobs: Sequence[Knob]) -> str:
    return ", ".join(map(_knob_words, knobs)) or "–"


def _knob_words(knob: Any) -> str:
    return f"{knob.name}={knob.default:g}" if isinstance(knob.default, float) else f"{knob.name}={knob.default}"
