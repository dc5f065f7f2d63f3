"""How the data set `intents` words what somebody wants: for each intent and language those of training, then others that
are only held out. All intents speak of the same things, names and places, so that these tell nothing."""

from lab.data.builtin._intent_parts import FILLERS, Wordings
from lab.data.builtin._intent_wordings_en import WORDINGS as ENGLISH
from lab.data.builtin._intent_wordings_zh import WORDINGS as CHINESE

__all__ = ["FILLERS", "WORDINGS", "Wordings"]

WORDINGS = {"en": ENGLISH, "zh": CHINESE}
