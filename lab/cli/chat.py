"""Talking to runs from the terminal: `lab chat`. The answers are computed in this process."""

from typing import Annotated, Any

import typer

from lab.api import Lab, Reply
from lab.cli.options import AsJson
from lab.cli.output import emit_json
from lab.cli.small_pictures import picture_lines


def add_to(app: typer.Typer) -> None:
    app.command()(chat)


def chat(
    runs: Annotated[list[str], typer.Argument(metavar="RUN…", help="Run ids, names of base models, or `base`.")],
    prompt: Annotated[str, typer.Option("--prompt", "-p", help="What to ask all of them.")],
    temperature: Annotated[float, typer.Option(help="0 takes the likeliest word; 0.7 is livelier.")] = 0.0,
    top_p: Annotated[float, typer.Option(help="The share of likely words to choose from.")] = 0.95,
    tokens: Annotated[int, typer.Option(help="At most so many new tokens.")] = 120,
    seed: Annotated[int, typer.Option(help="The same seed gives the same answers.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Ask several runs the same; they answer side by side with the same settings and seed."""
    sampling = {"temperature": temperature, "top_p": top_p, "max_new_tokens": tokens, "seed": seed}
    with Lab.open() as lab:
        replies = lab.chat(prompt, *runs, **sampling)
    if as_json:
        emit_json([_record(reply) for reply in replies])
    else:
        for reply in replies:
            print(f"{reply.name}: {reply.error or _classes(reply) or _said(reply)}\n")
    if any(reply.error for reply in replies):
        raise typer.Exit(1)


def _record(reply: Reply) -> dict[str, Any]:
    """A reply as programs read it; keep the names stable."""
    return {"pane": reply.name, "run": reply.model, "answer": reply.text, "tokens": reply.tokens,
            "seconds": reply.seconds, "fingerprint": reply.fingerprint, "error": reply.error,
            "cut": reply.cut, "classes": dict(reply.classes), "picture": reply.picture, "id": reply.id}  # fmt: skip


def _said(reply: Reply) -> str:
    """The answer in words, or drawn below its model's name."""
    return "\n" + "\n".join(picture_lines(reply.text)) if reply.picture else reply.text.strip()


def _classes(reply: Reply) -> str:
    """The classes with their probabilities in one line; nothing for a model that speaks."""
    return ", ".join(f"{name} {share:.0%}" for name, share in reply.classes)
