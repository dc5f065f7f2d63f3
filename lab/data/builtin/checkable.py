"""The built-in data set `checkable`: small problems with one right answer each, in English and Chinese.

Sums and differences to 20, comparisons, counting, letters of words, words of lists, numbers to sort; always the same.
A problem is held out by its content, in all wordings and both languages, so that a held-out answer has to be found.
`python -m lab.data.builtin.checkable` prints counts and a few rows.
"""

import random
from collections import Counter

from lab.card import DataCard, Text
from lab.data.builtin._problems import KINDS, WORDINGS, Problem

CARD = DataCard(
    id="checkable",
    name=Text("Checkable problems", "可判对错的小题"),
    explain=Text(
        "Small sums, comparisons, counting, letters and words to count, numbers to sort, in many wordings: a rule can say "
        "whether an answer is right. Held-out problems are none of the training problems in other words.",
        "小算术、比大小、数数、数字母和词、排序，问法多样，可由规则判定对错；留出的题目不是训练题目的另一种问法。",
    ),
    format="prompt_completion",
    source="Our own generator and sentences.",
    licence="Apache-2.0",
    languages=("en", "zh"),
)
SEED = 2026
ASKS = {"train": 2, "held_out": 1}
"""In how many wordings each problem is asked."""
EACH = {"train": 160, "held_out": 40}
"""At most so many questions of a kind, so that none drowns the others."""
SAYS = {"en": "The answer is {answer}.", "zh": "答案是{answer}。"}


def load(split: str, language: str = "en") -> list[dict[str, str]]:
    """Rows {"prompt", "completion"} of split "train" or "held_out" in "en" or "zh", kinds mixed, always in one order."""
    rows = []
    for kind in KINDS:
        rng = random.Random(f"{SEED} {kind.__name__} {split}")
        some = [problem for problem in kind() if problem.held_out == (split == "held_out")]
        asked = [(problem, wording) for problem in some for wording in _wordings(problem, split, language, rng)]
        rng.shuffle(asked)
        rows += [_row(problem, wording, language) for problem, wording in asked[: EACH[split]]]
    random.Random(f"{SEED} order {split}").shuffle(rows)
    return rows


def _wordings(problem: Problem, split: str, language: str, rng: random.Random) -> list[str]:
    return rng.sample(WORDINGS[language][problem.kind], ASKS[split])


def _row(problem: Problem, wording: str, language: str) -> dict[str, str]:
    answer = problem.answers[language]
    return {"prompt": wording.format(**problem.slots[language]), "completion": SAYS[language].format(answer=answer)}


if __name__ == "__main__":
    for language in CARD.languages:
        for split in EACH:
            rows = load(split, language)
            print(language, split, len(rows), Counter(len(row["completion"]) for row in rows).most_common(3))
            print(*rows[:4], sep="\n")
