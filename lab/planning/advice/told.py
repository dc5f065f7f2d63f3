"""The figures that reasons speak of, as people read them, in two languages."""

from collections.abc import Mapping

from lab.card import Text
from lab.evaluate.leaderboard import Figure, Score


def size(count: float) -> str:
    """Bytes for people."""
    for unit in ("B", "kB", "MB"):
        if count < 1000:
            return f"{count:.0f} {unit}" if unit == "B" or count >= 10 else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.0f} GB" if count >= 100 else f"{count:.1f} GB"


def share(part: float) -> str:
    """A part of 1 in per cent, small ones to two digits."""
    return "100 %" if part >= 0.9995 else f"{100 * part:.0f} %" if part >= 0.1 else f"{100 * part:.2g} %"


def same(said: str) -> Text:
    """Words that are the same in both languages."""
    return Text(said, said)


def measured_figures(score: Score | None, data: Text) -> Mapping[str, Text]:
    """What was measured of a method."""
    if score is None:
        return {}
    kept = {} if score.retained is None else {"retained": same(share(score.retained.mean))}
    sized = Text("with about as many parameters as others", "参数量与其他方法相当")
    if not score.equal:
        part = share(score.trained_share)
        sized = Text(f"training {part} of the weights", f"训练 {part} 的参数")
    return kept | {
        "sized": sized,
        "accuracy": same(share(score.accuracy.mean)), "interval": same(_interval(score.accuracy)),
        "seeds": same(str(score.seeds)), "data": data,
    }  # fmt: skip


def _interval(figure: Figure) -> str:
    return "–" if figure.low is None or figure.high is None else f"{share(figure.low)} – {share(figure.high)}"
