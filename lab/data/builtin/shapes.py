"""The built-in data set `shapes`: small pictures with captions, of which held out are combinations never trained.

One coloured shape at one place on one background, drawn and worded by `_shapes_world`, always the same way. A quarter of
the combinations of colour, shape and place are held out on every background, while training has every pair of them:
whoever draws those right has put together what he learned apart. `python -m lab.data.builtin.shapes` prints some.
"""

import random
from typing import Any

from lab.card import DataCard, Text
from lab.data.builtin._shapes_world import Scene, captions, drawn, is_held_out, scenes

CARD = DataCard(
    id="shapes",
    name=Text("Shapes in pictures", "图形小画"),
    explain=Text(
        "Pictures of 12 × 12 squares with captions: one shape in one colour at one place on one background. Held out are "
        "combinations of colour, shape and place that training never has together.",
        "12×12 的小画配说明文字:一个图形、一种颜色、一个位置、一种背景。留出的是训练中从未同时出现过的「颜色+图形+位置」组合。",
    ),
    format="image",
    source="Our own generator (lab/data/builtin/_shapes_world.py).",
    licence="Apache-2.0",
    languages=("en", "zh"),
)  # fmt: skip
SEED = 2026


def load(split: str, language: str = "en") -> list[dict[str, Any]]:
    """Rows {"image", "caption", "also"}: training has each scene in two wordings, the held-out split in one, in mixed
    order; `also` are its other wordings, which are as right."""
    rows: list[dict[str, Any]] = []
    for number, scene in enumerate(scenes()):
        if is_held_out(scene) != (split == "held_out"):
            continue
        said = captions(scene, language)
        chosen = [said[number % 3]] if split == "held_out" else [said[number % 3], said[(number + 1) % 3]]
        rows += [
            {"image": drawn(scene), "caption": one, "also": [other for other in said if other != one]} for one in chosen
        ]
    random.Random(f"{SEED} {split}").shuffle(rows)
    return rows


def meaning_of(image: str) -> Scene | None:
    """What a picture shows; None for one that is no picture of this world."""
    return next((scene for scene in scenes() if drawn(scene) == image), None)


def _main() -> None:
    for split in ("train", "held_out"):
        rows = load(split)
        print(f"{split}: {len(rows)} rows")
        for row in rows[:2]:
            print(row["caption"], row["image"], sep="\n")


if __name__ == "__main__":
    _main()
