"""Checkable rewards: a file each, with a card and `score`, in English and Chinese; see `Reward` in `lab.extension_points`.

A rule decides, from the answer and, where it needs one, the right answer of the row: nothing is learned and nobody is
asked. A card says whether its rule is about what is said (correctness) or how (form). They import nothing heavy.
"""

from lab.card import RewardCard, find_cards
from lab.extension_points import Reward


def get(reward: str) -> Reward:
    """The reward of that id; a KeyError for one there is not."""
    return find_cards("lab.rewards")[reward]


def cards() -> dict[str, RewardCard]:
    """The cards of all rewards by their ids."""
    return {name: reward.CARD for name, reward in find_cards("lab.rewards").items()}
