"""The names of runs: a variant that is trained with several seeds or folds gives each run a name with its number, and
is found by it again."""

MOST_LETTERS = 200
"""Of a name in a recipe and in the database."""
SEED, FOLD = " · seed ", " · fold "


def seeded_name(variant: str, seed: int) -> str:
    """The name of a variant's run with that seed."""
    return f"{variant[:180]}{SEED}{seed}"


def folded_name(variant: str, fold: int) -> str:
    """The name of a variant's run that holds out that fold."""
    return f"{variant[:180]}{FOLD}{fold}"


def variant_of(name: str) -> str:
    """The variant a run belongs to: its name without seed and fold."""
    for mark in (SEED, FOLD):
        variant, found, number = name.rpartition(mark)
        name = variant if found and number.isdigit() else name
    return name
