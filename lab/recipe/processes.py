"""Whether a run can be shared out over several processes, so that it comes to what one process would."""

from collections.abc import Iterator, Sequence

from lab.card import ObjectiveCard, find_cards
from lab.errors import RecipeError
from lab.recipe.budget import SEARCH
from lab.recipe.schema import ResolvedRun, ResolvedStage


def check_processes(run: ResolvedRun, spots: Sequence[str]) -> None:
    """Raise RecipeError for what several processes can't train together; `spots` name the stages."""
    if run.fsdp is not None and run.processes == 1:
        raise RecipeError("fsdp lays a model over several processes, and there is one", where="fsdp",
                          do="add `processes: 2` (one for each GPU), or leave it out.")  # fmt: skip
    if run.processes == 1:
        return
    for stage, spot in zip(run.stages, spots, strict=True):
        for reason, do in _reasons(run, stage):
            raise RecipeError(f"{run.processes} processes can't train this together: {reason}", where=spot, do=do)


def _reasons(run: ResolvedRun, stage: ResolvedStage) -> Iterator[tuple[str, str]]:
    """Why a stage can't be shared out, and what to do."""
    cards = find_cards("lab.objectives")
    card: ObjectiveCard = cards[stage.objective].CARD
    rows, alone = stage.budget.batch_size, "or leave `processes` out"
    if not card.splits:
        able = ", ".join(name for name, module in cards.items() if module.CARD.splits)
        yield f"batches of '{card.id}' can't be shared out", f"take one of {able}, {alone}."
    if rows % run.processes:
        near = run.processes * max(1, round(rows / run.processes))
        yield (
            f"a batch of {rows} rows can't be divided by {run.processes}",
            f"set budget.batch_size to {near}, {alone}.",
        )
    if stage.learning_rate == SEARCH:
        yield "a search for the learning rate is for one process", f"search in one, then give the rate, {alone}."
    if run.evaluate.shots:
        yield "`evaluate.shots` trains on the side, which is for one process", f"leave it out, {alone}."
    if run.fork:
        yield "a fork goes on from the checkpoint of one process", f"start from `base: run:{run.fork.run}`, {alone}."
    if run.fsdp is not None and (stage.chooses or run.halving):
        yield "with fsdp nothing is measured while it trains", "leave out early_stop, keep and halving, or fsdp."
    if run.fsdp is not None and card.rewarded:
        yield f"'{card.id}' answers while it trains, which a model laid over processes can't", "leave out fsdp."
