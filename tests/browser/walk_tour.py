"""The guided tour as a reader takes it, timed: `python -m tests.browser.walk_tour` (`zh` for the Chinese page).

A real lab, nothing simulated but the reader: reads what the panel and the answers say at the pace that silent readers
have on average (238 English words a minute, Brysbaert 2019; 350 Chinese characters), looks some seconds at pictures and
tables, and presses what the step asks for. Prints the seconds of each step and the whole.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.browser.page import Server, Visit, open_chromium

PACE = {"en": 60 / 238, "zh": 60 / 350}
"""Seconds a word, or a Chinese character."""
PRESS = 1.2
"""Seconds from having read to having pressed."""
LOOKS = {"table": 8.0, "overfit": 5.0, "cure": 4.0, "votes": 3.0, "follow": 10.0}
"""Seconds to look at what a step shows, beside its words."""
SAID = "document.querySelector('[data-tour] [aria-live]').innerText"
STEP = "document.querySelector('[data-tour]').dataset.step"
PAIR = "[...document.querySelectorAll('.arena-question, .arena-answer p.answer')].map((one) => one.innerText).join(' ')"
Seen = Callable[[str], None]


class Reader:
    """Somebody who takes the tour; `pace` 0 reads in no time. `seen` is told what is on the page, moment by moment."""

    def __init__(self, page, language: str = "en", pace: float = 1.0, seen: Seen = lambda moment: None):
        self.page, self.language, self.pace, self.seen = page, language, pace, seen
        self.times: dict[str, float] = {}

    def take(self) -> float:
        """The whole tour; returns its seconds."""
        began = time.monotonic()
        self.page.click("[data-tour-toggle]")
        while self.page.locator("[data-tour] >> visible=true").count():
            step, entered = self.page.evaluate(STEP), time.monotonic()
            self.seen(step)
            self.read(self.page.evaluate(SAID))
            getattr(self, f"do_{step}", lambda: None)()
            self.wait(LOOKS.get(step, 0.0))
            self.seen(f"{step} done")
            self.go_on(step)
            self.times[step] = time.monotonic() - entered
        return time.monotonic() - began

    def wait(self, seconds: float) -> None:
        self.page.wait_for_timeout(1000 * seconds * self.pace)

    def read(self, text: str) -> None:
        count = len("".join(text.split())) if self.language == "zh" else len(text.split())
        self.wait(count * PACE[self.language])

    def press(self, selector: str) -> None:
        self.page.wait_for_selector(selector)
        self.wait(PRESS)
        self.page.click(selector)

    def go_on(self, step: str) -> None:
        """With *Next*, unless the tour went on by itself meanwhile."""
        if self.page.evaluate(STEP) == step:
            self.press("[data-tour-next]")
            self.page.wait_for_function(f"({STEP}) !== '{step}' || document.querySelector('.tour').hidden")

    def do_ways(self) -> None:
        self.press("details.variant[data-variant='2'] > summary")
        self.wait(3)

    def do_watch(self) -> None:
        self.page.wait_for_selector("#component-watch [data-example=recorded]")
        self.press("[data-tour-play]")
        self.page.wait_for_selector("[data-tour-play][disabled]")
        self.seen("watch begins")
        self.page.wait_for_timeout(3000)
        self.seen("watch goes on")
        self.page.wait_for_selector("[data-tour-done]")

    def do_overfit(self) -> None:
        self.page.wait_for_selector("#component-curves .error-pair .shares")

    def do_cure(self) -> None:
        self.press("[data-tour-go]")  # on a phone the switch may be below the panel
        self.press("[data-switch=dropout]")

    def do_rate(self) -> None:
        for rated in range(10):
            self.page.wait_for_selector("[data-vote]")
            self.read(self.page.evaluate(PAIR))
            self.wait(PRESS / 2)
            self.page.wait_for_timeout(500)  # a press at once is no judgement, and not taken
            if rated == 4:
                self.seen("rating")
            self.page.keyboard.press("ArrowLeft" if rated % 3 else "ArrowRight")
            self.page.wait_for_selector("[data-next-matchup]")
            if not self.pace:
                self.page.keyboard.press("Space")
            self.page.wait_for_function(f"JSON.parse(localStorage['lab.tour']).rated > {rated}")

    def do_ppo(self) -> None:
        self.page.wait_for_selector("[data-recorded-loop] > summary")
        self.press("[data-tour-go]")
        self.press("[data-recorded-loop] > summary")

    def do_follow(self) -> None:
        self.page.wait_for_selector("[data-recorded-loop] .trends canvas")


class Real(Visit):
    """An empty lab with all that trains and answers behind it."""

    server_kind = Server


def main(language: str) -> None:
    """Walk it once and say how long it took."""
    with tempfile.TemporaryDirectory() as folder, open_chromium() as browser:
        visit = Real(Path(folder), browser)
        page = visit.page(f"?lang={language}")
        page.wait_for_selector("[data-example]")
        reader = Reader(page, language)
        whole = reader.take()
        for step, seconds in reader.times.items():
            print(f"{step:10} {seconds:6.1f} s")
        print(f"{'in all':10} {whole:6.1f} s; {visit.store.runs.all() and 'something'} was trained")
        visit.server.close()
        visit.store.close()


if __name__ == "__main__":
    main("zh" if "zh" in sys.argv[1:] else "en")
