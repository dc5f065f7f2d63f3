"""The built-in data set `intents`: short messages with what their writer wants, in English and Chinese.

Six intents, each in the wordings beside this file, filled with the same things, names and places, always the same way.
The held-out split uses wordings that training never does, so that a model must know what is meant, not the words alone.
The intents are unequally common, so that always saying the commonest is no bad guess: look at macro-F1 too.
`python -m lab.data.builtin.intents` prints counts and a few rows.
"""

import random
from collections import Counter
from string import Formatter

from lab.card import DataCard, Text
from lab.data.builtin._intent_wordings import FILLERS, WORDINGS

CARD = DataCard(
    id="intents",
    name=Text("What a message wants", "话里的意图"),
    explain=Text(
        "Short messages of six kinds: request, complaint, thanks, invitation, apology, refusal. All speak of the same "
        "things, names and places; the held-out messages are worded in ways that training never uses.",
        "六种意图的短句：请求、抱怨、感谢、邀请、道歉、拒绝。各类说的都是同样的东西、人名和地点；留出的句子换了训练中没有的说法。",
    ),
    format="labels",
    source="Our own wordings (lab/data/builtin/_intent_wordings.py).",
    licence="Apache-2.0",
    languages=("en", "zh"),
)  # fmt: skip

SEED = 2026
OFTEN = {"request": 6, "complaint": 5, "thanks": 4, "invitation": 3, "apology": 3, "refusal": 2}
"""In how many fillings training has each wording of an intent."""
HELD_OUT = {"request": 4, "complaint": 4, "thanks": 3, "invitation": 3, "apology": 3, "refusal": 3}
"""The same of the held-out wordings."""


def load(split: str, language: str = "en") -> list[dict[str, str]]:
    """Rows {"text", "label"} of split "train" or "held_out" in "en" or "zh", always in one order."""
    times = OFTEN if split == "train" else HELD_OUT
    rows = [
        {"text": text, "label": wordings.label}
        for intent, wordings in WORDINGS[language].items()
        for wording in (wordings.train if split == "train" else wordings.held_out)
        for text in filled(wording, language, times[intent])
    ]
    random.Random(f"{SEED} order {split}").shuffle(rows)
    return rows


def filled(wording: str, language: str, times: int) -> list[str]:
    """A wording with `times` different fillings, or as many as there are."""
    slots = [name for _, name, _, _ in Formatter().parse(wording) if name]
    rng, found = random.Random(f"{SEED} {wording}"), dict[str, None]()
    for _ in range(20 * times):
        if len(found) == times:
            break
        found[wording.format(**{slot: rng.choice(FILLERS[language][slot]) for slot in slots})] = None
    return list(found)


def _main() -> None:
    for language in CARD.languages:
        for split in ("train", "held_out"):
            rows = load(split, language)
            print(f"{language} {split}: {len(rows)} rows, {dict(Counter(row['label'] for row in rows))}")
            print("\n".join(f"  {row['label']}: {row['text']}" for row in rows[:4]))


if __name__ == "__main__":
    _main()
