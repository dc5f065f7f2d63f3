"""Makes the README's animated picture anew: `python -m tests.browser.record_tour` walks the guided tour on the real
page and keeps what it saw in assets/pictures/tour.gif. Needs Pillow, which the lab brings along.
"""

import io
import tempfile
from pathlib import Path

from PIL import Image

from lab.home import PROJECT
from tests.browser.page import Server, Visit, open_chromium
from tests.browser.walk_tour import Reader

FILE = PROJECT / "assets" / "pictures" / "tour.gif"
VIEW = {"width": 1280, "height": 800}
SIZE = (960, 600)
COLOURS = 256
SHOWN = {
    "welcome": 3.0, "ways done": 2.5, "watch begins": 1.5, "watch goes on": 1.5, "watch done": 2.5, "table": 3.5,
    "overfit done": 3.0, "cure done": 3.0, "rating": 3.0, "votes": 3.0, "follow done": 4.0, "end": 3.0,
}  # fmt: skip
"""The moments that are kept, and for how many seconds each is shown."""
MOST_BYTES = 2_000_000


class Recording(Visit):
    """A lab that trains and answers; its page at the size of the picture."""

    server_kind = Server


def record() -> int:
    """Walk, and write the picture; returns its bytes."""
    frames: dict[str, Image.Image] = {}
    with tempfile.TemporaryDirectory() as folder, open_chromium() as browser:
        visit = Recording(Path(folder), browser)
        page = visit.page("?lang=en", viewport=VIEW, color_scheme="light", reduced_motion="reduce")
        page.wait_for_selector("[data-example]")

        def seen(moment: str) -> None:
            if moment in SHOWN:
                page.wait_for_timeout(900)  # what has just come into sight settles
                frames[moment] = Image.open(io.BytesIO(page.screenshot())).convert("RGB")

        Reader(page, pace=0.0, seen=seen).take()
        visit.server.close()
        visit.store.close()
    missing = SHOWN.keys() - frames.keys()
    assert not missing, f"the tour has no moment called {missing}"
    return write(frames)


def write(frames: dict[str, Image.Image]) -> int:
    """The frames as one animation, each with colours of its own: one palette for all loses those of the runs."""
    small = [frames[moment].resize(SIZE, Image.Resampling.LANCZOS) for moment in SHOWN]
    first, *rest = [one.quantize(COLOURS, dither=Image.Dither.NONE) for one in small]
    times = [round(1000 * seconds) for seconds in SHOWN.values()]
    first.save(FILE, save_all=True, append_images=rest, duration=times, loop=0, optimize=True)
    return FILE.stat().st_size


if __name__ == "__main__":
    made = record()
    print(f"{made:,} bytes in {FILE}" + ("" if made < MOST_BYTES else f": more than {MOST_BYTES:,}"))
