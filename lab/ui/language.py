"""The page's words in two languages: a YAML file a tab and language in assets/words.

Our own scripts look words up by key and draw again when the language changes; Gradio's own labels get a marker which
its client translates. `?lang=zh`, the last choice, then the browser's language decide; see assets/js/base.js.
"""

import html
import re
from functools import cache

import gradio as gr
import yaml

from lab.card import Text
from lab.home import ASSETS

LANGUAGES = ("en", "zh")
WORDS = ASSETS / "words"


@cache
def words(language: str) -> dict[str, str]:
    """All words of a language by 'tab.key'."""
    found = {}
    for file in sorted(WORDS.glob(f"*.{language}.yaml")):
        tab = file.name.split(".")[0]
        found |= {f"{tab}.{key}": text for key, text in yaml.safe_load(file.read_text(encoding="utf-8")).items()}
    return found


def text(key: str) -> Text:
    """The words for a key in both languages."""
    return Text(words("en")[key], words("zh")[key])


@cache
def translations() -> gr.I18n:
    """What Gradio's client needs to translate the markers of `say`."""
    return gr.I18n(**{language: words(language) for language in LANGUAGES})


def say(key: str) -> object:
    """A label of a Gradio component, translated in the browser."""
    return translations()(key)


def both(words: Text) -> str:
    """HTML that shows one of the languages; assets/style.css hides the other."""
    return "".join(f'<span lang="{code}">{html.escape(words[code])}</span>' for code in LANGUAGES)


def pair(words: Text) -> dict[str, str]:
    """Both languages as our scripts take them."""
    return {"en": words.en, "zh": chinese(words.zh)}


def chinese(words: str) -> str:
    """Chinese with its own signs: full-width where a sign stands beside a Chinese character, as it is set in print."""
    words = words.replace("「", "“").replace("」", "”")
    words = re.sub(r"\(([^()]*[\u4e00-\u9fff][^()]*)\)", r"（\1）", words)
    return re.sub(r"(?<=[\u4e00-\u9fff”）])[,;:?!] ?|[,;:?!](?=[\u4e00-\u9fff“])", _full_width, words)


def _full_width(sign: re.Match) -> str:
    return chr(ord(sign[0][0]) + 0xFEE0)
