"""The names of runs: a variant that is repeated over seeds gives each run its seed's name, and is found by it again."""

MARK = " · seed "


def seeded_name(variant: str, seed: int) -> str:
    """The name of a variant's run with that seed."""
    return f"{variant[:180]}{MARK}{seed}"


def variant_of(name: str) -> str:
    """The variant a run belongs to: its name without a seed."""
    variant, mark, seed = name.rpartition(MARK)
    return variant if mark and seed.isdigit() else name
