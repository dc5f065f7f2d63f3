"""The whole page: a header and the tabs. A new tab is a module with a `build`, a line here and its words."""

import gradio as gr

from lab.api import Lab
from lab.ui import arena, compare, learn, overfitting, programs, rlhf, runs, train, upkeep
from lab.ui.component import component, endpoints_of
from lab.ui.language import say
from lab.ui.tour import Tour
from lab.ui.who import Who
from lab.words import text

TABS = (
    ("learn", learn), ("train", train), ("compare", compare), ("arena", arena), ("rlhf", rlhf),
    ("overfitting", overfitting), ("runs", runs))  # fmt: skip
OPENS = "train"
"""The tab that shows something at once."""


def build(lab: Lab) -> gr.Blocks:
    """The page over one lab; launch it with what `theme` gives."""
    page = gr.Blocks(title=text("page.title")["en"], analytics_enabled=False, fill_width=True)
    with page:
        component("header", [*endpoints_of(Who(), "whoami"), *endpoints_of(Tour(lab), "taste")])
        upkeep.build_notice(lab)
        with gr.Tabs(elem_id="lab-tabs", selected=OPENS):
            for name, tab in TABS:
                with gr.Tab(say(f"page.{name}"), id=name, elem_id=f"tab-{name}", render_children=True):
                    tab.build(lab)
        programs.build(lab)
    return page
