"""`lab push RUN`: a run's model on the Hub, written and checked as `lab export` does, with its card and curves."""

import tempfile
from pathlib import Path

from lab.data.hub import HUB_ID, check_name
from lab.errors import LabError, RunError
from lab.hub.model_card import PICTURE, model_card
from lab.hub.repos import Pushed, push_folder, writing
from lab.model_export import export_model
from lab.model_export.heads import chain_with_head
from lab.report import curves_svg
from lab.store import Run, Store


def push_model(
    run_id: str,
    repo: str,
    store: Store,
    *,
    form: str | None = None,
    type: str = "f16",
    private: bool = True,
    over: bool = False,
) -> Pushed:
    """Write a run's model in a form of `lab.model_export.FORMS`, check it, and put it on the Hub as `repo`.

    Without a form it is the adapter where its base is on the Hub, else the whole model. Raises LabError; nothing is
    sent before the model has been checked, and nobody is asked for a login after an hour of writing.
    """
    check_name(repo)
    run = store.runs.get(run_id)
    with writing(repo):
        pass  # there is a login, and the Hub answers
    base = chain_with_head(run.id, store.home)[0].ref
    with tempfile.TemporaryDirectory(prefix="lab-push-", dir=store.home.cache) as place:
        folder = Path(place) / "model"
        _write(run, form, type, folder, store, base)
        picture = curves_svg([run], store)
        if picture:
            (folder / PICTURE).write_text(picture, encoding="utf-8")
        card = folder / "README.md"
        names = [one.name for one in folder.iterdir()]
        card.write_text(model_card(run, base, repo, card.read_text(encoding="utf-8"), names), encoding="utf-8")
        return push_folder(folder, repo, "model", f"{run.name}, run {run.id}", private=private, over=over)


def _write(run: Run, form: str | None, type: str, folder: Path, store: Store, base: str) -> None:
    """Export the model; without a form, in the first one that it can have."""
    if form is not None:
        export_model(run.id, form, folder, store, type)
        return
    wanted = ("adapter", "merged") if HUB_ID.fullmatch(base) else ("merged", "adapter")
    try:
        export_model(run.id, wanted[0], folder, store)
    except RunError as problem:  # that form is none it can have
        try:
            export_model(run.id, wanted[1], folder, store)
        except LabError:
            raise problem from None
