"""What is drawn when the documentation is built: cards, recipes' fields, commands, and the pages of the top folder.

MkDocs calls `on_files` and `on_page_markdown`. Every drawing is plain Markdown from plain data; what is missing (a
field without words, a page that is gone) fails the build.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import typer
import yaml
from mkdocs.structure.files import File

from lab.card import LIT, Card, Knob, Line, Number, find_cards
from lab.cli import app
from lab.data import data_cards
from lab.evaluate.leaderboard import Figure, Score, read_leaderboard
from lab.planning.advice.rules import Rule, rules
from lab.recipe import (
    Budget,
    DataChoice,
    EarlyStop,
    Evaluation,
    Fold,
    ForkPoint,
    Halving,
    Recipe,
    RemedyChoice,
    Repeat,
    RewardChoice,
    Search,
    Stage,
    Variant,
)
from lab.words import chinese

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent
FRONT = {"README.md": "index.md", "CONTRIBUTING.md": "contributing.md", "CHANGELOG.md": "changelog.md",
         "SECURITY.md": "security.md", "CODE_OF_CONDUCT.md": "code_of_conduct.md"}  # fmt: skip
PICTURES = "assets/pictures"
MODELS = (
    Recipe, Repeat, Variant, Stage, ForkPoint, Budget, DataChoice, Fold, Halving, RewardChoice, RemedyChoice,
    Evaluation, Search, EarlyStop,
)  # fmt: skip


def on_files(files, config):
    """Add the pages of the top folder to those in docs/."""
    for name, page in FRONT.items():
        files.append(File.generated(config, page, content=front_page(name)))
    for picture in sorted((PROJECT / PICTURES).iterdir()):
        files.append(File.generated(config, f"pictures/{picture.name}", abs_src_path=str(picture)))
    return files


def on_page_markdown(markdown, page, config, files):
    """Put the drawings where a page asks for them."""
    return re.sub(r"<!-- drawn: (\w+) -->", lambda found: _printed(DRAWN[found[1]]()), markdown)


def front_page(name: str) -> str:
    """A page of the project's top folder, its links led to where those pages are here."""
    text = re.sub(r"\A---\n.*?\n---\n", "", (PROJECT / name).read_text(encoding="utf-8"), flags=re.S)
    text = text.replace(f"]({PICTURES}/", "](pictures/").replace("](docs/", "](")
    for other, page in FRONT.items():
        text = text.replace(f"]({other})", f"]({page})")
    # files that are no pages
    return re.sub(r"\[([^]]+)\]\((?!https?:|#)[^)]+(?<!\.md)(?<!\.png)(?<!\.gif)\)", r"`\1`", text)


def methods() -> str:
    """All methods, by family."""
    cards = [module.CARD for module in find_cards("lab.methods").values()]
    parts = []
    for family in LIT:
        parts += [f"## {family.capitalize()}\n", *[card_page(card) for card in cards if card.family == family]]
    return "\n".join(parts)


def leaderboard() -> str:
    """The measured table of methods, a data set after the other."""
    if (found := read_leaderboard()) is None:
        return ""
    head = ("", "method", "accuracy", "beside the highest", "seeds", "retained", "perplexity", "trained", "CPU", "rate")
    lines = [f"Recorded {found.recorded}.\n"]
    for one in found.data:
        rows = [_score(place, score) for place, score in enumerate(found.of(one.id), 1)]
        lines += [f"## {one.name['en']} · {one.name['zh']} {{ #{one.id.split(':')[0]} }}\n"]
        lines += [f"{one.asked} held-out questions.\n", table(head, rows)]
    return "\n".join(lines)


def _score(place: int, one: Score) -> tuple[str, ...]:
    card = find_cards("lab.methods")[one.method].CARD
    beside = {"best": "highest", "unsure": "can't tell", "lower": "lower"}[one.standing]
    return (
        str(place), card.name.en, _share(one.accuracy), beside, f"{one.seeds}", _share(one.retained),
        f"{one.perplexity.mean:.1f}" if one.perplexity else "–", f"{one.trainable:,}{'' if one.equal else ' ≠'}",
        f"{one.cpu_seconds:.1f} s" if one.cpu_seconds else "–", f"{one.learning_rate:g}{' ↕' if one.at_edge else ''}",
    )  # fmt: skip


def _share(figure: Figure | None) -> str:
    if figure is None:
        return "–"
    between = "" if figure.low is None or figure.high is None else f" ({figure.low:.0%}–{figure.high:.0%})"
    return f"{figure.mean:.0%}{between}"


def objectives() -> str:
    """All objectives."""
    cards = [module.CARD for module in find_cards("lab.objectives").values()]
    return "\n".join(card_page(card, "##", f"Learns from rows of the kind {_code(card.formats)}.") for card in cards)


def data() -> str:
    """The data sets that come with the lab."""
    lines = []
    for card in data_cards().values():
        facts = f"Kind: `{card.format}`. Languages: {', '.join(card.languages)}. From: {card.source}"
        lines += [f"## {card.name.en} · {card.name.zh} {{ #{card.id} }}\n", f"`{card.id}` · {card.licence}\n"]
        lines += [f"{card.explain.en}\n", f"{card.explain.zh}\n", f"{facts}\n"]
    return "\n".join(lines)


def advice() -> str:
    """The rules of the advisor, part by part."""
    lines = []
    for part, title in (("way", "Of ways"), ("method", "Of methods"), ("remedy", "Of remedies")):
        mine = [rule for rule in rules() if rule.of == part]
        rows = [
            (_trait(rule), _answers(rule), str(rule.weight), rule.why.en, rule.why.zh, rule.source) for rule in mine
        ]
        lines += [f"### {title}\n", table(("trait", "answers", "weight", "why", "理由", "source"), rows)]
    return "\n".join(lines)


def _trait(rule: Rule) -> str:
    without = f", not {_code(rule.without)}" if rule.without else ""
    return f"{_code(rule.trait)}{without}"


def _answers(rule: Rule) -> str:
    """When a rule holds."""
    when = [f"{name}: {', '.join(some)}" for name, some in rule.when.items()]
    unless = [f"{name}: {', '.join(some)}" for name, some in rule.unless.items()]
    return "; ".join([*when, *(["unless " + " or ".join(unless)] if unless else [])]) or "any"


def raters() -> str:
    """The scripted raters."""
    cards = [module.CARD for module in find_cards("lab.raters").values()]
    rows = [(f"`{card.id}`", card.name.en, card.name.zh, card.explain.en, card.explain.zh) for card in cards]
    return table(("id", "name", "名称", "what it likes", "喜欢什么"), rows)


def rewards() -> str:
    """The checkable rewards, with their knobs."""
    lines = []
    for card in (module.CARD for module in find_cards("lab.rewards").values()):
        needs = " Needs right answers." if card.answers else ""
        lines += [f"## {card.name.en} · {card.name.zh} {{ #{card.id} }}\n", f"`{card.id}` · {card.checks}.{needs}\n"]
        lines += [f"{card.explain.en}\n", f"{card.explain.zh}\n", *_knob_table(card.knobs)]
    return "\n".join(lines)


def remedies() -> str:
    """The remedies against forgetting, with their knobs."""
    lines = []
    for card in (module.CARD for module in find_cards("lab.remedies").values()):
        lines += [f"### {card.name.en} · {card.name.zh} {{ #{card.id} }}\n", f"`{card.id}` · {_paper(card.paper)}\n"]
        lines += [f"{card.explain.en}\n", f"{card.explain.zh}\n"]
        lines += [f"*Good for:* {card.good.en} {card.good.zh}\n", f"*Less for:* {card.bad.en} {card.bad.zh}\n"]
        lines += _knob_table(card.knobs)
    return "\n".join(lines)


def card_page(card: Card, level: str = "###", more: str = "") -> str:
    """What a card says, in both languages, with a table of its knobs."""
    lines = [f"{level} {card.name.en} · {card.name.zh} {{ #{card.id} }}\n"]
    lines += [f"`{card.id}` · {_paper(card.paper)} · learning rate {card.learning_rate:g}\n"]
    lines += [f"{card.explain.en} {more}\n", f"{card.explain.zh}\n"]
    lines += [f"*Good for:* {card.good.en} {card.good.zh}\n", f"*Less for:* {card.bad.en} {card.bad.zh}\n"]
    lines += _knob_table(card.knobs)
    return "\n".join(lines)


def _knob_table(knobs: Sequence[Knob]) -> list[str]:
    if not knobs:
        return []
    rows = [
        (
            f"`{knob.name}`",
            knob.label.en,
            knob.label.zh,
            _value(knob.default),
            _allowed(knob),
            knob.help.en,
            knob.help.zh,
        )
        for knob in knobs
    ]
    return [table(("knob", "label", "名称", "default", "allowed", "what it does", "说明"), rows)]


def recipes() -> str:
    """The fields of a recipe, from the models that check them."""
    words = yaml.safe_load((HERE / "fields.yaml").read_text(encoding="utf-8"))
    parts = [
        f"## {TITLES[model.__name__]} {{ #{model.__name__.lower()} }}\n\n{fields_of(model, words)}" for model in MODELS
    ]
    return "\n".join(parts)


TITLES = {
    "Recipe": "The recipe", "Repeat": "Repeats", "Variant": "A variant", "Stage": "A stage",
    "Budget": "The budget", "DataChoice": "A data set", "RewardChoice": "A reward",
    "RemedyChoice": "A remedy", "Evaluation": "The evaluation",
    "Fold": "A fold", "ForkPoint": "A fork", "Halving": "Halving", "Search": "A search for the learning rate",
    "EarlyStop": "Early stopping",
}  # fmt: skip


def fields_of(model: type, words: dict[str, dict[str, str]]) -> str:
    """A table of a model's own fields; those of a stage are told once. Raises KeyError for a field without words."""
    schema = model.model_json_schema()
    shared = set(Stage.model_fields) if issubclass(model, Stage) and model is not Stage else set()
    own = [name for name in schema["properties"] if name not in shared]
    if gone := set(words[model.__name__]) - set(schema["properties"]):
        raise KeyError(f"docs/fields.yaml speaks of {model.__name__}.{gone.pop()}, which is no field")
    rows = [
        (f"`{name}`", " or ".join(dict.fromkeys(_kinds(schema["properties"][name], schema))),
         _value(schema["properties"][name].get("default")), words[model.__name__][name])
        for name in own
    ]  # fmt: skip
    more = "\nAnd every field of [a stage](#stage), for all stages that don't say it themselves.\n" if shared else ""
    return table(("field", "value", "default", "meaning"), rows) + more


def commands() -> str:
    """Every command with its arguments and options, in the words of its `--help`."""
    lines = []
    for name, command in _commands(typer.main.get_command(app), "lab"):
        settings = [one for one in command.params if one.name != "help"]
        words = {one: one.metavar or one.name.upper() for one in settings}
        arguments = [words[one] for one in settings if one.param_type_name == "argument"]
        lines += [f"## {name}\n", f"{command.help}\n", f"```\n{' '.join([name, *arguments])}\n```\n"]
        rows = [
            (_code(one.opts if one.param_type_name == "option" else [words[one]]), getattr(one, "help", None) or "",
             _value(None if callable(one.default) else one.default))
            for one in settings
        ]  # fmt: skip
        lines += [table(("", "what it is", "default"), rows)] if rows else []
    return "\n".join(lines)


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines) + "\n"


def _commands(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Every command with its whole name; a group that does something itself is one too."""
    inner = getattr(command, "commands", {})
    if not inner or (command.invoke_without_command and name != "lab"):
        yield name, command
    for child, one in inner.items():
        yield from _commands(one, f"{name} {child}")


def _kinds(field: dict[str, Any], schema: dict[str, Any]) -> Iterator[str]:
    """What values a field takes, in words, from its JSON schema."""
    if "anyOf" in field:
        for one in field["anyOf"]:
            yield from _kinds(one, schema)
    elif "$ref" in field:
        name = field["$ref"].rsplit("/", 1)[-1].replace("BudgetChange", "Budget")
        yield f"[{TITLES[name].lower()}](#{name.lower()})"
    elif "const" in field or "enum" in field:
        yield _code(field.get("enum") or [field["const"]])
    elif field.get("type") == "array":
        yield "a list of " + " or ".join(_kinds(field["items"], schema))
    elif field.get("type") in PLAIN:
        yield PLAIN[field["type"]] + _range(field)


PLAIN = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "object": "a mapping",
}


def _range(field: dict[str, Any]) -> str:
    low, high = field.get("minimum", field.get("exclusiveMinimum")), field.get("maximum", field.get("exclusiveMaximum"))
    low_words = f"above {low:,}" if "exclusiveMinimum" in field else f"from {low:,}" if low is not None else ""
    high_words = f"below {high:,}" if "exclusiveMaximum" in field else f"to {high:,}" if high is not None else ""
    return "".join(f" {words}" for words in (low_words, high_words) if words)


def _allowed(knob: Knob) -> str:
    if isinstance(knob, Number):
        return f"{knob.low:g} to {knob.high:g}"
    if isinstance(knob, Line):
        return f"a line of up to {knob.longest} letters"
    return _code(getattr(knob, "options", ("true", "false")))


def _value(value: Any) -> str:
    """A default as one writes it in YAML; nothing where there is none."""
    if value is None or value in ((), [], {}, ""):
        return ""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{value:g}`" if isinstance(value, float) else "" if isinstance(value, dict) else f"`{value}`"


def _printed(text: str) -> str:
    """Chinese with its own signs, as the page sets it."""
    return "\n".join(chinese(line) for line in text.split("\n"))


def _paper(paper: str) -> str:
    """A paper's citation, linked where it has an arXiv number."""
    return re.sub(r"arXiv:(\d{4}\.\d{4,5})", r"[arXiv:\1](https://arxiv.org/abs/\1)", paper)


def _code(values: Any) -> str:
    return ", ".join(f"`{value}`" for value in values)


def _cell(words: str) -> str:
    return words.replace("|", "\\|").replace("\n", " ")


DRAWN = {
    "methods": methods, "objectives": objectives, "data": data, "raters": raters, "rewards": rewards,
    "remedies": remedies, "leaderboard": leaderboard, "advice": advice,
    "recipes": recipes, "commands": commands,
}  # fmt: skip
