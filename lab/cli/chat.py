"""Talking to runs from the terminal: `lab chat`. The answers are computed in this process."""

import threading
from dataclasses import asdict
from typing import Annotated, Any

import typer

from lab.cli.options import AsJson
from lab.cli.output import emit_json
from lab.errors import LabError, RunError, nearest
from lab.home import Home, find_home
from lab.model_ref import ModelRef
from lab.models import CATALOGUE, find_base
from lab.store import Store

BASE = "base"


def add_to(app: typer.Typer) -> None:
    app.command()(chat)


def chat(
    runs: Annotated[list[str], typer.Argument(metavar="RUN…", help="Run ids, names of base models, or `base`.")],
    prompt: Annotated[str, typer.Option("--prompt", "-p", help="What to ask all of them.")],
    temperature: Annotated[float, typer.Option(help="0 always takes the likeliest word.")] = 0.7,
    top_p: Annotated[float, typer.Option(help="The share of likely words to choose from.")] = 0.95,
    tokens: Annotated[int, typer.Option(help="At most so many new tokens.")] = 120,
    seed: Annotated[int, typer.Option(help="The same seed gives the same answers.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Ask several runs the same; they answer side by side with the same settings and seed."""
    from lab.generate import Pane, Sampling

    sampling = Sampling(temperature, top_p, tokens, seed)
    home = find_home()
    with Store(home) as store:
        panes = [Pane(name, base) for name, base in bases_of(runs, store).items()]
        messages = [{"role": "user", "content": prompt}]
        said = _ask(home, panes, messages, sampling)
        for answer in said:
            kept = store.ratings.keep_answer(
                answer["run"], messages, answer["answer"], asdict(sampling), answer["fingerprint"]
            )
            answer["id"] = kept.id
    if as_json:
        emit_json(said)
    else:
        for answer in said:
            print(f"{answer['pane']}: {answer['error'] or answer['answer'].strip()}\n")
    if any(answer["error"] for answer in said):
        raise typer.Exit(1)


def bases_of(names: list[str], store: Store) -> dict[str, str]:
    """What each name given by the user answers with: 'run:<id>' or a base model; raises RunError."""
    found = {}
    for name in dict.fromkeys(names):
        if name == BASE:
            first = next((other for other in names if other != BASE), None)
            found[name] = _root(first, store)
        elif name in CATALOGUE or "/" in name:
            find_base(name, store.home)
            found[name] = name
        else:
            found[name] = str(ModelRef(run=_run_id(name, store)))
    return found


def _run_id(name: str, store: Store) -> str:
    try:
        return store.runs.get(ModelRef.of_answer(name).run or name).id
    except RunError as problem:
        hint = f"{problem.do or ''} base models: {nearest(name, CATALOGUE)}".strip()
        raise RunError(problem.what, where="RUN", do=hint) from None


def _root(name: str | None, store: Store) -> str:
    """The base model under a run; nano where no run is named."""
    from lab.models import root_base

    if name is None:
        return "nano"
    return name if name in CATALOGUE else root_base(str(ModelRef(run=_run_id(name, store))), store.home)


def _ask(home: Home, panes: list[Any], messages: list[dict[str, str]], sampling: Any) -> list[dict[str, Any]]:
    """Every pane's whole answer, in the order asked."""
    from lab.serving.engine import InferenceEngine

    said = {
        pane.key: {"pane": pane.key, "run": pane.base, "answer": "", "tokens": 0, "seconds": 0.0, "fingerprint": "",
                   "error": None}
        for pane in panes
    }  # fmt: skip
    conversations = {pane.key: messages for pane in panes}
    try:
        for delta in InferenceEngine(home).answer(conversations, panes, sampling, threading.Event()):
            answer = said[delta.pane]
            answer["answer"] += delta.text
            answer |= {"tokens": delta.tokens, "seconds": delta.seconds, "fingerprint": delta.fingerprint,
                       "error": delta.error}  # fmt: skip
    except LabError:
        raise
    return list(said.values())
