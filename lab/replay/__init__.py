"""Recordings of comparisons that play in a browser without a lab: one page with everything in it, and a folder that is
a static Space.

`recording` takes from the store what the page would have been told as the runs trained, `page` puts it into one HTML
file with the lab's own scripts and styles, `folder` writes that down. Nothing is drawn here: assets/js/replay plays it.
"""

from lab.replay.folder import Replay, write_replay
from lab.replay.page import MOST_BYTES, replay_html
from lab.replay.recording import recordings_of

__all__ = ["MOST_BYTES", "Replay", "recordings_of", "replay_html", "write_replay"]
