"""`lab push` and `lab space`: models, data sets, comparisons and the lab itself on the Hugging Face Hub.

Who one is there the Hub's own login says (`hf auth login`, or HF_TOKEN); no command takes a token.
"""

import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from lab.api import Lab
from lab.cli.options import AsJson
from lab.cli.output import counted, emit_json, say, size
from lab.data.hub import check_name
from lab.errors import LabError, RunError
from lab.evaluate.selection import find_runs
from lab.store.access import is_private

space = typer.Typer(name="space", help="Put the lab on a Hugging Face Space.", no_args_is_help=True)
Hardware = Annotated[str, typer.Option(help="What it is to run on: cpu, gpu or zero (ZeroGPU).")]
Shown = Annotated[
    list[str] | None, typer.Option("--runs", metavar="RUN", help="A run or comparison to look at there; several times.")
]
Title = Annotated[str, typer.Option(help="The Space's title.")]
Description = Annotated[str, typer.Option(help="One line below it, of 60 letters at most.")]
SignIn = Annotated[bool, typer.Option("--sign-in/--no-sign-in", help="Whether people can sign in with Hugging Face.")]
Over = Annotated[bool, typer.Option("--replace", help="Replace what is there, though the lab did not write it.")]
TITLE, SHORT = "Parrot Lab", "Fine-tune small language models side by side"


def add_to(app: typer.Typer) -> None:
    app.command()(push)
    space.command()(stage)
    space.command("push")(push_space)
    app.add_typer(space)


def push(
    what: Annotated[
        list[str],
        typer.Argument(metavar="RUN… OWNER/NAME", help="A run, a comparison or several; then the name there."),
    ],
    data: Annotated[
        str | None, typer.Option("--data", metavar="NAME", help="Push a data set instead: built in, or a file.")
    ] = None,
    form: Annotated[
        str | None,
        typer.Option("--as", help="Of a run's model as for `lab export`; bundle: a comparison with weights and votes."),
    ] = None,
    type: Annotated[str, typer.Option("--type", help="Of a GGUF file: f16 or q8_0.")] = "f16",
    private: Annotated[
        bool | None, typer.Option("--private/--public", help="Who may see it; public where nothing is said.")
    ] = None,
    over: Over = False,
    as_json: AsJson = False,
) -> None:
    """Put a run's model on the Hugging Face Hub, with a card filled from the run; of a comparison, what it came to."""
    *named, repo = what
    if data is not None and (named or form):
        raise LabError("a data set is pushed by itself", where="--data", do="write: lab push --data NAME owner/name")
    if data is None and not named:
        raise LabError("it is not said what to push", where="RUN", do="write: lab push RUN owner/name")
    with Lab.open() as lab:
        if data is not None:
            sent = lab.push_data(data, repo, private=bool(private), over=over)
        else:
            sent = lab.push(named, repo, form=form, type=type, private=private, over=over)
    if as_json:
        return emit_json(asdict(sent))
    seen = "seen by you alone" if sent.private else "public"
    return say(f"{sent.url}: {counted(sent.files, 'files')} ({size(sent.bytes)}), {seen}.")


def stage(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="New, empty, or staged before.")],
    hardware: Hardware = "cpu",
    runs: Shown = None,
    title: Title = TITLE,
    description: Description = SHORT,
    sign_in: SignIn = True,
    replay: Annotated[
        bool, typer.Option("--replay", help="No lab, but a recording of the runs that plays: a static Space.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make a folder that is a Space: README, pinned requirements, the lab, and runs to look at. Nothing is sent."""
    if replay:
        return _stage_replay(folder, runs or [], None if title == TITLE else title, as_json)
    with Lab.open() as lab:
        made = lab.stage_space(
            folder, hardware=hardware, runs=runs or (), title=title, description=description, sign_in=sign_in
        )
    if as_json:
        return emit_json({**asdict(made), "folder": str(made.folder)})
    return say(
        f"{made.folder}: a Space for {made.hardware}, {counted(made.files, 'files')} ({size(made.bytes)}), "
        f"{counted(len(made.runs), 'runs')} to look at. `lab space push owner/name {folder}` puts it on the Hub."
    )


def _stage_replay(folder: Path, names: list[str], title: str | None, as_json: bool) -> None:
    """Make a folder that is a static Space which plays runs; raises RunError for those that strangers may not see."""
    if not names:
        raise RunError("it is not said what to play", where="--runs", do="name finished runs, or a comparison.")
    with Lab.open() as lab:
        runs = find_runs(names, lab.store)
        for run in runs:
            if is_private(run):
                raise RunError(f"run '{run.id}' ({run.name}) names files of yours, which strangers would read of",
                               where="--runs", do="choose others, or keep it to yourself: `lab replay`.")  # fmt: skip
        from lab.replay import write_replay  # it takes the page's own parts, and with them Gradio

        made = write_replay(runs, lab.store, folder, title)
    if as_json:
        return emit_json({**asdict(made), "folder": str(made.folder), "hardware": "static"})
    return say(
        f"{made.folder}: a static Space that plays {counted(made.runs, 'runs')} ({size(made.bytes)}). "
        f"`lab space push owner/name {folder}` puts it on the Hub."
    )


def push_space(
    repo: Annotated[str, typer.Argument(metavar="OWNER/NAME", help="The Space; it is made if it is not there.")],
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="A folder that was staged; without it one is staged now.")
    ] = None,
    hardware: Hardware = "cpu",
    runs: Shown = None,
    title: Title = TITLE,
    description: Description = SHORT,
    sign_in: SignIn = True,
    private: Annotated[bool, typer.Option("--private", help="Only you see it; of a new Space alone.")] = False,
    keep: Annotated[
        str | None,
        typer.Option("--keep", metavar="OWNER/DATA", help="A private data set where votes and runs outlive restarts."),
    ] = None,
    over: Over = False,
    as_json: AsJson = False,
) -> None:
    """Put the lab on the Hub as a Space, or bring that Space up to date."""
    check_name(repo)
    with Lab.open() as lab, tempfile.TemporaryDirectory(prefix="lab-space-") as place:
        if folder is None:
            folder = Path(place) / "space"
            lab.stage_space(
                folder, hardware=hardware, runs=runs or (), title=title, description=description, sign_in=sign_in
            )
        sent = lab.push_space(folder, repo, private=private, keep=keep, over=over)
    if as_json:
        return emit_json(asdict(sent))
    say(f"{sent.url}: {counted(sent.files, 'files')} ({size(sent.bytes)}). The Hub builds it now, for some minutes.")
    if keep:
        say(f"For {keep} set the secret HF_TOKEN there, under Settings: a token that may write that data set alone.")
    return None
