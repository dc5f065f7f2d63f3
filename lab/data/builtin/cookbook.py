"""The built-in data set `cookbook`: the dishes of `cuisine` as four chapters that arrive one after the other.

Each chapter asks the same of dishes that no other has: main ingredient, technique, taste, region. So what is asked
stays alike while the answers change, which is how a model that goes on with the new chapter loses the ones before it.
Held-out questions ask the same facts in phrasings that training never uses. Take one chapter with `subset: west`.
`python -m lab.data.builtin.cookbook` prints counts and a few rows.
"""

import random

from lab.card import DataCard, Text
from lab.data.builtin._cuisine_phrasings import PHRASINGS
from lab.data.builtin._dishes import Dish, read_table
from lab.data.builtin.cuisine import picked, question_about

SEED = 2026
ASKS = 4
"""In how many phrasings training asks each fact."""
DISHES = 14
"""Of how many dishes a chapter speaks: as many in each, so that no chapter is easier for being short."""
KINDS = ("ingredient", "technique", "taste", "region")
CHAPTERS = {
    "west": ("Sichuan", "Chongqing", "Shaanxi", "Xinjiang", "Gansu", "Guizhou", "Yunnan"),
    "south": ("Guangdong", "Hong Kong", "Fujian", "Taiwan", "Guangxi", "Hainan"),
    "north": ("Beijing", "Shandong", "the Northeast", "Tianjin", "Shanxi"),
    "east": ("Jiangsu", "Zhejiang", "Shanghai", "Anhui", "Hunan", "Hubei", "Jiangxi"),
}

CARD = DataCard(
    id="cookbook",
    name=Text("A cookbook in chapters", "分章到来的菜谱"),
    explain=Text(
        "Short questions about Chinese dishes in four chapters (west, south, north, east) of fourteen dishes each, to be "
        "learned one after the other. The held-out questions ask for the same facts in other words.",
        "关于中国菜的短问答,分西、南、北、东四章(west、south、north、east),每章十四道菜,可以一章接一章地学。留出的问题换一种问法,考同样的知识。",
    ),
    format="prompt_completion",
    source="Our own table of dishes and our own sentences (assets/data/dishes.yaml).",
    licence="Apache-2.0",
    languages=("en", "zh"),
    subsets=tuple(CHAPTERS),
)  # fmt: skip


def load(split: str, language: str = "en") -> list[dict[str, str]]:
    """Rows {"prompt", "completion"} of all chapters, of split "train" or "held_out", always in one order."""
    rows = [row for chapter in CHAPTERS for row in load_subset(chapter, split, language)]
    random.Random(f"{SEED} order {split}").shuffle(rows)
    return rows


def load_subset(subset: str, split: str, language: str = "en") -> list[dict[str, str]]:
    """The rows of one chapter."""
    rows = []
    for dish in dishes_of(subset):
        for kind in KINDS:
            phrasings = PHRASINGS[language][kind]
            choices, times = (phrasings.train, ASKS) if split == "train" else (phrasings.held_out, 1)
            rows += [question_about(dish, kind, wording, language) for wording in picked(dish.id, kind, choices, times)]
    random.Random(f"{SEED} {subset} {split}").shuffle(rows)
    return rows


def dishes_of(chapter: str) -> list[Dish]:
    """The dishes of a chapter, evenly chosen from those of its regions."""
    some = [dish for dish in read_table().dishes if dish.region.en in CHAPTERS[chapter]]
    return [some[place * len(some) // DISHES] for place in range(DISHES)]


if __name__ == "__main__":
    for language in CARD.languages:
        for chapter in CHAPTERS:
            for split in ("train", "held_out"):
                rows = load_subset(chapter, split, language)
                print(f"{language} {chapter} {split}: {len(rows)} rows")
                for row in rows[:3]:
                    print(f"    {row['prompt']}  →  {row['completion']}")
