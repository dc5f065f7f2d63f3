"""In the terminal: how far variants differ from one of them, and what they come to over several tasks."""

from collections.abc import Mapping

from lab.cli.output import figure, print_table
from lab.evaluate.paired import Difference
from lab.evaluate.pooled import Estimate, Pooled

VERDICTS = {"higher": "higher", "lower": "lower", "unsure": "can't tell"}


def print_differences(differences: Mapping[str, Mapping[str, Difference]], against: str) -> None:
    """A row a variant and figure; what can't be told from chance is called so."""
    rows = [
        (variant, name.replace("_", " "), f"{one.mean:+.3f}", _between(one), VERDICTS[one.verdict], one.pairs,
         one.questions or "")
        for variant, figures in differences.items() for name, one in figures.items()
    ]  # fmt: skip
    print()
    head = ("variant", "figure", "difference", "95 % interval", "", "pairs of runs", "questions")
    print_table(f"Against {against}", head, rows)


def _between(one: Difference) -> str:
    return "–" if one.low is None else f"{one.low:+.3f} to {one.high:+.3f}"


def print_pooled(found: Pooled) -> None:
    """A row a variant: the interquartile mean over all tasks, and how probably it improves on the reference."""
    rows = [
        (one.variant, one.runs, _estimate(one.mean), _estimate(one.improvement) if one.improvement else "–",
         VERDICTS[one.verdict] if one.improvement else "")
        for one in found.variants
    ]  # fmt: skip
    head = ("variant", "runs a task", "interquartile mean", f"better than {found.reference}", "")
    print()
    print_table(f"Over {len(found.tasks)} tasks: {', '.join(found.tasks)}", head, rows)
    if any(one.runs < 2 for one in found.variants):
        print("One seed each: no interval, can't tell.")


def _estimate(one: Estimate) -> str:
    between = "" if one.low is None else f" ({figure(one.low, 2)}–{figure(one.high, 2)})"
    return figure(one.value, 2) + between
