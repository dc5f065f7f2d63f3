"""pass@k as a picture in the terminal: how often one of k tries is right, before and after."""

from lab.cli.output import figure
from lab.evaluate.graded import PASS
from lab.store import Outcome

WIDTH = 30


def tries_picture(outcome: Outcome) -> list[str]:
    """A line for each number of tries and moment, a bar of `WIDTH` blocks being certainty; nothing where none was
    measured."""
    lines = []
    for name, change in outcome.metrics.items():
        if name.startswith(PASS):
            lines += [
                f"{name:<8}{when:<8}{_bar(value)} {figure(value, 2)}"
                for when, value in (("before", change.before), ("after", change.after))
                if value is not None
            ]
    return ["One of so many tries is right (held-out problems):", *lines] if lines else []


def _bar(share: float) -> str:
    full = round(WIDTH * share)
    return "█" * full + "·" * (WIDTH - full)
