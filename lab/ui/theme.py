"""What the page looks like and which scripts it carries: theme, style sheet, our scripts, uPlot; all from here."""

import json
from importlib.resources import files

import gradio as gr

from lab.home import ASSETS
from lab.words import languages, words

SYSTEM_FONTS = ("ui-sans-serif", "system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")
FIRST = "base.js"
"""What every other script builds on; their own order is all one."""

ON_LOAD = """() => { const wait = () => window.Lab ? Lab.begin() : setTimeout(wait, 20); wait(); }"""


def theme() -> gr.themes.Base:
    """Plain surfaces in our colours (assets/style.css), system fonts, nothing fetched."""
    fonts = [gr.themes.Font(name) if " " in name else name for name in SYSTEM_FONTS]
    plain = gr.themes.Base(
        font=fonts, font_mono=["ui-monospace", "monospace"], primary_hue="indigo", neutral_hue="gray"
    )
    return plain.set(
        body_background_fill="var(--lab-ground)", body_background_fill_dark="var(--lab-ground)",
        body_text_color="var(--lab-ink)", body_text_color_dark="var(--lab-ink)",
    )  # fmt: skip


def css() -> str:
    return "".join(file.read_text(encoding="utf-8") for file in sorted(ASSETS.glob("*.css"), reverse=True))


def head() -> str:
    """Our words and scripts, and uPlot from its package, inlined: no request goes to another host."""
    uplot = files("uplot") / "static"
    scripts = [(uplot / "uPlot.iife.js").read_text(encoding="utf-8"), _words_script()]
    own = sorted((ASSETS / "js").glob("*.js"), key=lambda file: (file.name != FIRST, file.name))
    scripts += [file.read_text(encoding="utf-8") for file in own]
    style = (uplot / "uPlot.min.css").read_text(encoding="utf-8")
    tags = "\n".join(f"<script>{_inline(script)}</script>" for script in scripts)
    return f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<style>{style}</style>\n{tags}'


def _words_script() -> str:
    every = {language: words(language) for language in languages()}
    said = json.dumps({"languages": languages(), "words": every}, ensure_ascii=False)
    return f"{{const said = {said}; window.LAB_LANGUAGES = said.languages; window.LAB_WORDS = said.words;}}"


def _inline(script: str) -> str:
    """A script that can't end its own tag."""
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")
