"""Tokenizers as the lab needs them: with a pad token, and a chat template that marks what the assistant says.

Training on conversations learns only the assistant's words, which the template must mark with {% generation %}.
Many templates lack the marks; they are added where that provably changes nothing in what is rendered.
"""

import json
import re
from pathlib import Path
from typing import Any

from lab.errors import ModelError

PADS = ("<|pad|>", "<pad>", "[PAD]", "<|finetune_right_pad_id|>", "<|endoftext|>", "<|end_of_text|>", "<unk>")
"""Tokens that may serve as padding, in this order, when the tokenizer names none of its own."""

FALLBACK = (
    "{% for message in messages %}{{ '### ' + message['role'] + ':\\n' }}"
    "{% if message['role'] == 'assistant' %}{% generation %}{{ message['content'] + eos_token }}{% endgeneration %}"
    "{% else %}{{ message['content'] }}{% endif %}{{ '\\n\\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '### assistant:\\n' }}{% endif %}"
)

# {{ HEAD + message['content'] + TAIL }}, as in ChatML, Zephyr and many others
SAID = re.compile(
    r"\{\{(?P<cut>-?)\s*(?P<head>[^{}]+?)\s*\+\s*(?P<said>message(?:\['content'\]|\[\"content\"\]|\.content)(?:\s*\|\s*trim)?)"
    r"(?P<tail>[^{}]*?)(?P<newline>\s*\+\s*(?:'\\n'|\"\\n\"|'\n'|\"\n\"))?\s*(?P<end>-?)\}\}"
)

PROBE = (
    {"role": "user", "content": "A question?"},
    {"role": "assistant", "content": "An answer."},
    {"role": "user", "content": "Another?"},
    {"role": "assistant", "content": "The last."},
)


def load_tokenizer(folder: Path) -> Any:
    """The tokenizer in `folder` with a pad token, padding on the left, and a chat template; raises ModelError."""
    from transformers import AutoTokenizer

    try:
        tokenizer = AutoTokenizer.from_pretrained(folder, trust_remote_code=False)
    except Exception as problem:  # its parsers raise anything
        reason = (str(problem).strip().splitlines() or [type(problem).__name__])[0]
        raise ModelError(f"the tokenizer can't be loaded ({reason})", where=folder) from problem
    tokenizer.padding_side = "left"
    _set_pad(tokenizer)
    if isinstance(tokenizer.chat_template, dict):  # several by name
        tokenizer.chat_template = tokenizer.chat_template.get("default")
    if tokenizer.chat_template:
        tokenizer.chat_template = mark_assistant(tokenizer)
    else:
        tokenizer.chat_template = _begin(tokenizer) + FALLBACK
    return tokenizer


def has_own_chat_template(folder: Path) -> bool:
    """Whether the model in `folder` brings a chat template; else the lab's plain one is used. Imports nothing heavy."""
    if (folder / "chat_template.jinja").exists() or (folder / "chat_template.json").exists():
        return True
    try:
        return bool(json.loads((folder / "tokenizer_config.json").read_text(encoding="utf-8")).get("chat_template"))
    except (OSError, ValueError):
        return False


def marks_assistant(template: str) -> bool:
    """Whether a chat template says which part is the assistant's."""
    return bool(re.search(r"\{%[-+]?\s*generation\s*[-+]?%\}", template))


def mark_assistant(tokenizer: Any) -> str:
    """The tokenizer's chat template with marks around what the assistant says; as it was where we don't know how."""
    template: str = tokenizer.chat_template
    if marks_assistant(template):
        return template
    marked = SAID.sub(_mark, template)
    if marked == template:
        return template
    try:
        same = all(
            _render(tokenizer, template, prompt) == _render(tokenizer, marked, prompt) for prompt in (False, True)
        )
    except Exception:  # a template may refuse the probe (roles, order) or the edit may have broken it
        same = False
    return marked if same else template


def _mark(found: re.Match[str]) -> str:
    """One expression that writes any role's message, split in two branches; the turn's end belongs to the answer."""
    head, said, tail, newline = (found[name] or "" for name in ("head", "said", "tail", "newline"))
    newline = f"{{{{ {newline.strip().removeprefix('+').strip()} }}}}" if newline else ""
    opening = "{%- if" if found["cut"] else "{%+ if"
    closing = "endif -%}" if found["end"] else "endif +%}"
    answer = f"{{{{ {head} }}}}{{% generation %}}{{{{ {said}{tail} }}}}{{% endgeneration %}}{newline}"
    return f"{opening} message['role'] == 'assistant' %}}{answer}{{% else %}}{found[0]}{{% {closing}"


def _render(tokenizer: Any, template: str, prompt: bool) -> str:
    text: str = tokenizer.apply_chat_template(
        list(PROBE), chat_template=template, tokenize=False, add_generation_prompt=prompt
    )
    return text


def _begin(tokenizer: Any) -> str:
    """The beginning-of-text token, for models that expect one."""
    begins = tokenizer("a")["input_ids"][:1] == [tokenizer.bos_token_id]
    return "{{ bos_token }}" if begins and tokenizer.bos_token else ""


def _set_pad(tokenizer: Any) -> None:
    """A pad token other than the end-of-answer token, else a model could learn never to end; raises ModelError."""
    if tokenizer.pad_token is not None and tokenizer.pad_token_id != tokenizer.eos_token_id:
        return
    known = tokenizer.get_vocab()
    tokenizer.pad_token = next(
        (pad for pad in PADS if pad in known and pad != tokenizer.eos_token), tokenizer.eos_token
    )
    if tokenizer.pad_token is None:
        raise ModelError("the tokenizer has neither a pad nor an end token", where=tokenizer.name_or_path)
