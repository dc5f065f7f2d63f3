"""`lab push COMPARISON`: a whole comparison as a data set of the Hub: figures, curves, samples, recipe and a report."""

import json
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from lab.bundle import write_bundle
from lab.errors import LabError, RecipeError
from lab.evaluate.selection import find_runs, told_apart
from lab.hub.model_card import PICTURE
from lab.hub.repos import TAG, Pushed, push_folder
from lab.hub.words import cell, file_name, front_matter, public_recipe, section, without_folders
from lab.planning.repeat import recipe_of_runs
from lab.recipe.schema import dump_fields
from lab.report import curves_svg, report_html, result_table, written
from lab.store import Run, Store

REPORT, RUNS, CURVES, SAMPLES, RECIPE = "report.html", "runs.jsonl", "curves.jsonl", "samples.jsonl", "recipe.yaml"
BUNDLE = "bundle.zip"
TAKEN_IN = """
## In a lab of yours

`hf download {repo} {file} --repo-type dataset --local-dir .`, then `lab import {file}`: {runs} runs, weights of
{weights} of them, and {votes} votes, thumbs and edits, whose raters have pseudonyms.
"""


def push_comparison(
    ids: Sequence[str], repo: str, store: Store, *, bundle: bool = False, private: bool = True, over: bool = False
) -> Pushed:
    """Put runs and comparisons on the Hub as the data set `repo`: figures, curves, samples; no weights.

    With `bundle` (of one comparison) also the file that another lab takes in, with weights and votes. Raises LabError.
    """
    runs = [_shareable(run) for run in told_apart(find_runs(ids, store))]
    with tempfile.TemporaryDirectory(prefix="lab-push-") as place:
        folder = Path(place)
        write_comparison(runs, store, folder)
        if bundle:
            _add_bundle(ids[0], repo, store, folder)
        title = " · ".join(dict.fromkeys(run.recipe_name for run in runs))
        return push_folder(folder, repo, "dataset", f"{title}: {len(runs)} runs", private=private, over=over)


def _add_bundle(comparison: str, repo: str, store: Store, folder: Path) -> None:
    """With weights, where their bases are such as another lab can have."""
    file = folder / BUNDLE
    try:
        made = write_bundle(comparison, file, store, weights=True)
    except LabError:
        made = write_bundle(comparison, file, store)
    told = TAKEN_IN.format(repo=repo, file=BUNDLE, runs=made.runs, weights=len(made.weights), votes=made.ratings)
    with (folder / "README.md").open("a", encoding="utf-8") as card:
        card.write(told)


def write_comparison(runs: Sequence[Run], store: Store, folder: Path) -> None:
    """Write what there is to tell of these runs into a folder, each kind of rows as a subset that `datasets` reads."""
    table = result_table(runs)
    names = {run.id: run.name for run in runs}
    (folder / REPORT).write_text(report_html(runs, store), encoding="utf-8")
    (folder / RECIPE).write_text(_recipe(runs), encoding="utf-8")
    _write_rows(folder / RUNS, [_run_row(run) for run in runs])
    samples = store.curves.samples(list(names))
    _write_rows(folder / SAMPLES, [
        {"run": one.run, "name": names[one.run], "step": one.step, "prompt": one.prompt, "answer": one.answer}
        for one in samples
    ])  # fmt: skip
    _write_rows(folder / CURVES, [
        {"run": run.id, "name": run.name, "curve": curve, "step": step, "value": value}
        for run in runs for curve in store.curves.names([run.id]) for step, value in store.curves.curve(run.id, curve)
    ])  # fmt: skip
    picture = curves_svg(runs, store)
    if picture:
        (folder / PICTURE).write_text(picture, encoding="utf-8")
    (folder / "README.md").write_text(_card(runs, written(table, "markdown"), folder), encoding="utf-8")


def _card(runs: Sequence[Run], table: str, folder: Path) -> str:
    title = cell(" · ".join(dict.fromkeys(run.recipe_name for run in runs)))
    there = [one for one in (RUNS, CURVES, SAMPLES) if (folder / one).exists()]
    configs = [{"config_name": one.removesuffix(".jsonl"), "data_files": one} for one in there]
    files = [f"- `{REPORT}`: everything on one page, which loads nothing from elsewhere",
             f"- `{RECIPE}`: `lab train {RECIPE}` repeats it", *(f"- `{one}`" for one in there)]  # fmt: skip
    parts = [
        f"\n# {title}\n",
        f"{len(runs)} runs that Parrot Lab trained side by side: what each learned, cost and forgot.\n",
        section("Results", [table.strip()]),
        section("Curves", [f"![Curves of training, and dashed of held-out rows]({PICTURE})"])
        if (folder / PICTURE).exists()
        else "",
        section("Files", files),
    ]
    return front_matter({"tags": [TAG], "configs": configs}) + "\n".join(part for part in parts if part)


def _shareable(run: Run) -> Run:
    """A run that tells nothing of where things lie on this machine."""
    notes = tuple(map(without_folders, run.outcome.notes))
    outcome = replace(run.outcome, notes=notes)
    return replace(run, recipe=public_recipe(run.recipe) + "\n", base=file_name(run.base), outcome=outcome)


def _recipe(runs: Sequence[Run]) -> str:
    """One recipe that repeats them; where there is none, the recipe of each."""
    try:
        return dump_fields(recipe_of_runs(runs))
    except RecipeError:
        return "\n---\n".join(run.recipe.strip() for run in runs) + "\n"


def _run_row(run: Run) -> dict[str, object]:
    out = run.outcome
    told = {"loss": out.eval_loss, "retained": out.retained, "forgetting": out.forgetting, **out.metrics}
    figures = {name: {"before": change.before, "after": change.after} for name, change in told.items()}
    return {
        "run": run.id, "name": run.name, "recipe_name": run.recipe_name, "base": file_name(run.base),
        "method": run.method, "objective": run.objective, "status": str(run.status), "steps": out.steps,
        "trainable_params": out.trainable_params, "total_params": out.total_params, "train_seconds": out.train_seconds,
        "figures": json.dumps(figures, sort_keys=True), "recipe": public_recipe(run.recipe),
    }  # fmt: skip


def _write_rows(file: Path, rows: Sequence[dict[str, object]]) -> None:
    if rows:
        file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
