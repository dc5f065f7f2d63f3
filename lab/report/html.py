"""The few pieces of HTML that a report is made of. Heads are escaped here, rows come as they are to stand."""

from collections.abc import Iterable
from html import escape


def section(title: str, body: str) -> str:
    """A section under its heading; nothing for an empty one."""
    return f"<section><h2>{escape(title)}</h2>{body}</section>" if body else ""


def html_table(heads: Iterable[str], rows: Iterable[str], kind: str = "") -> str:
    """A table in a box of its own that can be scrolled; `rows` are whole rows of HTML."""
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    style = f' class="{kind}"' if kind else ""
    body = f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody>"
    return f'<div class="wide"><table{style}>{body}</table></div>'


def cells(values: Iterable[str]) -> str:
    """Cells of these escaped values."""
    return "".join(f"<td>{escape(value)}</td>" for value in values)


def row_of(title: str, rest: str, kind: str = "") -> str:
    """A row whose first cell is HTML that names it."""
    style = f' class="{kind}"' if kind else ""
    return f'<tr{style}><th scope="row">{title}</th>{rest}</tr>'
