"""Scripted raters: a file each, with a card and `score`, in English and Chinese; see `Rater` in `lab.extension_points`.

They stand in for people, so that the whole loop of feedback can be seen without two hundred clicks; wherever their
ratings are used they are labelled as scripted. Their word lists are our own. They import nothing heavy.
"""

from lab.card import RaterCard, find_cards
from lab.extension_points import Rater


def get(rater: str) -> Rater:
    """The rater of that id; a KeyError for one there is not."""
    return find_cards("lab.raters")[rater]


def cards() -> dict[str, RaterCard]:
    """The cards of all raters by their ids."""
    return {name: rater.CARD for name, rater in find_cards("lab.raters").items()}
