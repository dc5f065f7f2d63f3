"""Tokens in the terminal: `lab tokens`, what a row of data teaches; `lab surprise`, how likely models find a text."""

import math
from dataclasses import asdict
from itertools import groupby
from typing import Annotated, Any

import typer

from lab.api import Lab
from lab.api.tokens import ModelSurprise
from lab.cli.options import AsJson, SkipBad
from lab.cli.output import counted, emit_json, print_table
from lab.data.token_rows import ShownSequence
from lab.generate import SpanSurprise
from lab.planning.token_view import TokenView
from lab.recipe import Budget

KINDS = {
    "learned": "learned", "read": "read", "template": "template", "scored": "scored", "cut": "cut off",
}  # fmt: skip
GOALS = {
    "imitate": "what is learned becomes likelier", "likelier": "made likelier", "rarer": "made rarer",
    "higher": "its score shall be the higher one", "lower": "its score shall be the lower one",
    "alike": "both scores shall be alike", "answer": "the model answers it, and learns from its own answers",
}  # fmt: skip
LEFT_OUT = {
    "no_room": "Training leaves this row out: within {limit:,} tokens there is no room for it. Raise max_length.",
    "tie": "Training leaves this row out: neither answer was found better.",
}


def add_to(app: typer.Typer) -> None:
    app.command()(tokens)
    app.command()(surprise)


def tokens(
    name: Annotated[str, typer.Argument(metavar="DATA", help="A built-in name, a file, a folder or a Hub id.")],
    row: Annotated[int, typer.Option(help="Which of the rows to learn from, counted from 1.")] = 1,
    objective: Annotated[str | None, typer.Option(help="Who learns from it; the usual one of such data.")] = None,
    base: Annotated[str, typer.Option(help="The base whose tokens and chat template are used.")] = "nano",
    max_length: Annotated[int, typer.Option(help="Tokens that are read of a row.")] = Budget().max_length,
    split: Annotated[str | None, typer.Option(help="The split to train on.")] = None,
    language: Annotated[str, typer.Option(help="Of a built-in data set, en or zh.")] = "en",
    skip_bad: SkipBad = False,
    as_json: AsJson = False,
) -> None:
    """A row of data as the model sees it in training: every token, and whether it is learned, only read, or cut off."""
    choice = {"name": name, "split": split, "language": language, "skip_bad": skip_bad}
    with Lab.open() as lab:
        view = lab.tokens(choice, row, objective=objective, base=base, max_length=max_length)
    return emit_json(asdict(view)) if as_json else _print_view(view)


def surprise(
    runs: Annotated[list[str], typer.Argument(metavar="RUN…", help="Run ids, names of base models, or `base`.")],
    text: Annotated[str, typer.Option("--text", "-t", help="What they read.")],
    prompt: Annotated[str, typer.Option("--prompt", "-p", help="The question that the text is an answer to.")] = "",
    as_json: AsJson = False,
) -> None:
    """How surprising a text is to several models, token by token, and what each would have written instead."""
    with Lab.open() as lab:
        found = lab.surprise(text, *runs, prompt=prompt or ())
    if as_json:
        emit_json([_record(one) for one in found])
    else:
        for one in found:
            _print_surprise(one)
    if any(one.surprise.error for one in found):
        raise typer.Exit(1)


def _print_view(view: TokenView) -> None:
    print(f"{view.data}, row {view.row:,} of {view.rows:,}, as {view.objective} reads it on {view.base}:")
    for one in view.sequences:
        _print_sequence(one)
    if view.left_out:
        print(LEFT_OUT[view.left_out].format(limit=view.max_length))


def _print_sequence(one: ShownSequence) -> None:
    counts = [f"{count:,} {KINDS[kind]}" for kind, count in one.counts.items() if count]
    goal = f" ({GOALS.get(one.goal, one.goal)})" if one.goal else ""
    print(f"\n{one.name}{goal}: {counted(one.total, 'tokens')}, {', '.join(counts)}")
    for kind, chips in groupby(one.chips, key=lambda chip: chip.kind):
        print(f"  {KINDS[kind]:>8}  {'|'.join(_visible(chip.text) for chip in chips)}")


def _print_surprise(one: ModelSurprise) -> None:
    found = one.surprise
    if found.error or found.mean is None:
        return print(f"{one.name}: {found.error or 'one token alone has no surprise: nothing stands before it.'}\n")
    figures = f"{found.mean:.2f} nats a token, perplexity {math.exp(min(found.mean, 50.0)):.4g}"
    print(f"{one.name}: {figures}, {counted(found.tokens, 'tokens')}")
    print_table("", ("token", "nats", "p", "likeliest there"), [_row(span) for span in found.spans])
    print()
    return None


def _row(span: SpanSurprise) -> tuple[str, str, str, str]:
    if span.nats is None:
        return _dotted(span.text), "–", "–", ""
    best = "  ".join(f"{_dotted(one.text)} {one.probability:.0%}" for one in span.tokens[0].alternatives)
    return _dotted(span.text), f"{span.nats:.2f}", f"{math.exp(-span.nats):.2%}", best


def _record(one: ModelSurprise) -> dict[str, Any]:
    """What programs read; keep the names stable."""
    found = one.surprise
    return {"name": one.name, "run": one.model, "nats": found.nats, "mean": found.mean, "tokens": found.tokens,
            "fingerprint": found.fingerprint, "error": found.error,
            "spans": [asdict(span) for span in found.spans]}  # fmt: skip


def _visible(text: str) -> str:
    """A token in one line: line breaks and other signs without a shape are shown."""
    return "".join("↵" if sign == "\n" else sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)


def _dotted(text: str) -> str:
    """A token that stands alone: its spaces are seen too."""
    return _visible(text).replace(" ", "·")
