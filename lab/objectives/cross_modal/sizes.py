"""How large the parts are that pictures need beside a language model; counted without loading torch."""

from lab.data.grids import DIGITS, SIDE
from lab.data.picture_code import TOKENS

PATCH = 4
PATCHES = (SIDE // PATCH) ** 2
"""The places that an encoder reads a picture into."""
CHANNELS = 48
FEATURES = 96
WIDE = 192
"""Numbers inside the projector."""


def row_count(width: int) -> int:
    """Parameters of the picture tokens' rows, for reading and for saying them, beside words of that width."""
    return 2 * TOKENS * width


def encoder_count(width: int, learns: bool) -> int:
    """Trainable parameters of encoder and projector; of an encoder that stays as it is only its places count."""
    convolutions = (len(DIGITS), CHANNELS, 3), (CHANNELS, CHANNELS, 3), (CHANNELS, FEATURES, PATCH)
    seen = sum(out * (into * side * side + 1) for into, out, side in convolutions)
    projected = WIDE * (FEATURES + 1) + width * (WIDE + 1)
    return (seen if learns else 0) + PATCHES * FEATURES + projected
