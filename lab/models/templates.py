"""Chat templates as text: rendered without transformers, and the training twins that TRL ships of known ones.

A training twin writes every earlier turn as it was written when it was the last, so that one pass over a conversation
teaches each answer after just what a chat would have shown (Qwen3's own template strips earlier turns' thoughts).
"""

import importlib.util
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

FALLBACK = (
    "{% for message in messages %}{{ '### ' + message['role'] + ':\\n' + message['content'] }}"
    "{% if message['role'] == 'assistant' %}{{ eos_token }}{% endif %}{{ '\\n\\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '### assistant:\\n' }}{% endif %}"
)
"""For models that bring no template of their own."""


def compile_template(template: str) -> Callable[..., str]:
    """The template as a function of messages, tools, special tokens and add_generation_prompt.

    The same settings and helpers as transformers' apply_chat_template, in jinja's sandbox. Raises jinja2.TemplateError.
    """
    environment = _environment()

    def raise_exception(message: str) -> None:
        from jinja2 import TemplateError

        raise TemplateError(message)

    return environment.from_string(template, globals={"raise_exception": raise_exception, "strftime_now": _now}).render  # type: ignore[no-any-return]


def training_twin(template: str) -> str:
    """The template that TRL trains with in place of this one; itself where TRL ships none."""
    return _twins().get(template.strip(), template)


def shipped_templates() -> dict[str, str]:
    """The chat templates of real models that the installed TRL ships, by name, training twins left out."""
    names = {file.stem: file for file in _trl_files()}
    return {name: file.read_text(encoding="utf-8") for name, file in names.items() if not name.endswith("_training")}


@lru_cache(maxsize=1)
def _twins() -> Mapping[str, str]:
    files = {file.stem: file for file in _trl_files()}
    pairs = [(files[name], files[f"{name}_training"]) for name in files if f"{name}_training" in files]
    return {own.read_text(encoding="utf-8").strip(): twin.read_text(encoding="utf-8") for own, twin in pairs}


def _trl_files() -> Sequence[Path]:
    """TRL's template files, found without importing TRL."""
    spec = importlib.util.find_spec("trl")
    folders = spec.submodule_search_locations if spec else None
    return sorted(Path(next(iter(folders)), "chat_templates").glob("*.jinja")) if folders else []


@lru_cache(maxsize=1)
def _environment() -> Any:
    from jinja2 import nodes
    from jinja2.ext import Extension, loopcontrols
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class GenerationMarks(Extension):
        """{% generation %} … {% endgeneration %} are read over: what is learned is found by other means."""

        tags = {"generation"}  # noqa: RUF012 (jinja declares it so)

        def parse(self, parser: Any) -> Any:
            line = next(parser.stream).lineno
            body = parser.parse_statements(("name:endgeneration",), drop_needle=True)
            return nodes.Scope(body).set_lineno(line)

    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[GenerationMarks, loopcontrols]
    )
    environment.filters["tojson"] = _as_json
    return environment


def _as_json(
    value: Any, ensure_ascii: bool = False, indent: int | None = None, separators: Any = None, sort_keys: bool = False
) -> str:
    """JSON as it is: jinja's own filter would write < and > as codes."""
    return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


def _now(how: str) -> str:
    return datetime.now().strftime(how)
