"""What a stage that learns from rewards samples: in the same words for all, so that variants compare."""

from lab.card import find_cards
from lab.recipe import ResolvedRun, ResolvedStage


def sampling_notes(run: ResolvedRun) -> tuple[str, ...]:
    """A note for each stage that samples answers: how many a step, to how many questions, and how much in all."""
    objectives = find_cards("lab.objectives")
    return tuple(_note(run.name, stage) for stage in run.stages if objectives[stage.objective].CARD.rewarded)


def _note(name: str, stage: ResolvedStage) -> str:
    budget, longest = stage.budget, int(stage.options["answer_tokens"])
    answers = budget.batch_size * stage.gradient_accumulation
    each = int(stage.options.get("group", 1))
    said = (
        f"{name}: a step of {stage.objective} samples {answers:,} answers of at most {longest:,} tokens: "
        f"{each} to each of {answers // each:,} questions"
    )
    if budget.steps is None:
        return said + "."
    whole = budget.steps * answers
    return f"{said}; {budget.steps:,} steps sample {whole:,}, at most {whole * longest:,} tokens."
