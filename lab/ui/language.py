"""Gradio's own labels in the page's languages: markers which its client translates. The words are in `lab.words`.

Our own scripts look words up by key and draw again when the language changes. `?lang=zh`, the last choice, then the
browser's language decide; see assets/js/core/words.js.
"""

from functools import cache
from pathlib import Path

import gradio as gr
from gradio.i18n import I18nData

from lab import words


def translations() -> gr.I18n:
    """What Gradio's client needs to translate the markers of `say`."""
    return _translations(words.WORDS)


def say(key: str) -> I18nData:
    """A label of a Gradio component, translated in the browser."""
    return translations()(key)


@cache
def _translations(_folder: Path) -> gr.I18n:
    return gr.I18n(**{code: words.words(code) for code in words.languages()})
