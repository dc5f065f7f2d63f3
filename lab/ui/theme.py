"""What the page looks like and which scripts it carries: theme, style sheets, words and scripts; all from here."""

from importlib.resources import files

import gradio as gr

from lab.home import ASSETS
from lab.ui.recipe_words import names
from lab.ui.scripts import FIRST, as_data, scripts
from lab.words import ENGLISH, languages, words

SYSTEM_FONTS = ("ui-sans-serif", "system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")


def theme() -> gr.themes.Base:
    """Plain surfaces in our colours (assets/css), system fonts, nothing fetched."""
    fonts = [gr.themes.Font(name) if " " in name else name for name in SYSTEM_FONTS]
    plain = gr.themes.Base(
        font=fonts, font_mono=["ui-monospace", "monospace"], primary_hue="indigo", neutral_hue="gray"
    )
    return plain.set(
        body_background_fill="var(--lab-ground)", body_background_fill_dark="var(--lab-ground)",
        body_text_color="var(--lab-ink)", body_text_color_dark="var(--lab-ink)",
    )  # fmt: skip


def css() -> str:
    """The style sheets in the order of their numbers: of two rules for the same thing, the later one counts."""
    return "".join(file.read_text(encoding="utf-8") for file in sorted((ASSETS / "css").glob("*.css")))


def head(first: str = FIRST) -> str:
    """Our words as data, our scripts (the module that is run first, and all it needs), and uPlot's style: no request
    goes to another host."""
    return "\n".join((dressing(), scripts().preloads(first)))


def dressing() -> str:
    """What a page needs beside its scripts and style sheets: our words as data, and uPlot's style."""
    style = (files("uplot") / "static" / "uPlot.min.css").read_text(encoding="utf-8")
    said = {
        "languages": languages(),
        "words": {language: words(language) for language in languages()},
        "names": {language: names(language) for language in languages() if language != ENGLISH},
    }
    data = as_data(said)
    return "\n".join((
        '<meta name="viewport" content="width=device-width, initial-scale=1">', f"<style>{style}</style>",
        f'<script type="application/json" id="lab-words">{data}</script>',
    ))  # fmt: skip


def on_load() -> str:
    """What the page runs once it is there."""
    return f'() => import(new URL("{scripts().address()}", document.baseURI)).then((main) => main.begin())'
