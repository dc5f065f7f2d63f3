"""One row of a recipe's data as its base and objective read it, token by token: what is read, learned and cut off."""

from dataclasses import dataclass
from pathlib import Path

from lab.card import ObjectiveCard, find_cards
from lab.data import load_mix
from lab.data.fit import fits, measure
from lab.data.token_rows import ShownSequence, pieces_of, show_sequence
from lab.errors import DataError
from lab.extension_points import optional_hook
from lab.home import Home
from lab.models import find_base, root_base
from lab.models.chat_template import light_tokenizer
from lab.recipe import Recipe, ResolvedRun, ResolvedStage, resolve

NO_ROOM, TIE = "no_room", "tie"
MOST_PIECES = 20
"""Pieces of a long text that are shown."""


@dataclass(frozen=True)
class StageView:
    """Stages of a recipe that read their rows alike: the first of them, and the variants that have one."""

    run: ResolvedRun
    stage: ResolvedStage
    variants: tuple[str, ...]


@dataclass(frozen=True)
class TokenView:
    """A row as an objective reads it. `row` counts from 1 among the `rows` to learn from."""

    data: str
    base: str
    objective: str
    max_length: int
    row: int
    rows: int
    sequences: tuple[ShownSequence, ...]
    left_out: str | None = None
    """Why training leaves the row out: no_room (within max_length), or tie."""


def stage_views(recipe: Recipe) -> list[StageView]:
    """The different ways in which a recipe's stages read rows, in the order of its variants."""
    found: dict[str, StageView] = {}
    for run in resolve(recipe):
        for stage in run.stages:
            key = repr((stage.objective, stage.data, stage.budget.max_length, stage.long_text, stage.options))
            known = found.get(key)
            names = known.variants if known else ()
            if run.name not in names:
                found[key] = StageView(known.run if known else run, stage, (*names, run.name))
    return list(found.values())


def token_view(view: StageView, row: int, home: Home) -> TokenView:
    """Row number `row` (from 1) token by token. Raises LabError for a row there is not, or that can't be read."""
    run, stage = view.run, view.stage
    module = find_cards("lab.objectives")[stage.objective]
    card: ObjectiveCard = module.CARD
    sequences_of = optional_hook(module, "sequences")
    if sequences_of is None:
        raise DataError(f"objective '{card.id}' does not say what it reads", do="choose another objective.")
    data = load_mix(stage.data, home, run.seed, card.formats, run.split_seed)
    if data.format not in card.formats:
        raise DataError(
            f"objective '{card.id}' can't learn from '{data.name}', which is of the kind {data.format}",
            do=f"give data of the kind {', '.join(card.formats)}.",
        )
    if not 1 <= row <= len(data.train):
        raise DataError(f"there is no row {row:,}", where=data.name, do=f"give one from 1 to {len(data.train):,}.")
    tokenizer, chosen = light_tokenizer(Path(find_base(root_base(run.base, home), home))), data.train[row - 1]
    sequences = sequences_of(chosen, data.format, tokenizer, stage)
    (size,) = measure([chosen], data.format, tokenizer)
    fitting = fits(size, data.format, stage.budget.max_length, card.gives == "score")
    left_out = TIE if not sequences else None if fitting else NO_ROOM
    shown = [show_sequence(tokenizer, one) for one in pieces_of(sequences)[:MOST_PIECES]]
    limit, rows = stage.budget.max_length, len(data.train)
    return TokenView(data.name, run.base, card.id, limit, row, rows, tuple(shown), left_out)
