"""The world of the data set `shapes`: what can be drawn, how it is drawn, and how it is said in two languages.

A picture is one shape in one colour at one place on one background. Every picture is made by `drawn` alone, so that a
caption has exactly one right picture, and a picture exactly one meaning: that is what makes checking exact.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lab.data.grids import SIDE, to_grid

MASKS = {
    "square": ("#####", "#####", "#####", "#####", "#####"),
    "circle": (".###.", "#####", "#####", "#####", ".###."),
    "triangle": ("..#..", "..#..", ".###.", ".###.", "#####"),
    "cross": ("..#..", "..#..", "#####", "..#..", "..#.."),
    "diamond": ("..#..", ".###.", "#####", ".###.", "..#.."),
    "frame": ("#####", "#...#", "#...#", "#...#", "#####"),
}
COLOURS = {"red": 3, "orange": 4, "yellow": 5, "green": 6, "blue": 8, "purple": 9}
BACKGROUNDS = {"white": 0, "black": 1, "grey": 2}
OFFSETS = (0, 3, 7)
PLACES = {
    "top left": (0, 0), "top": (0, 1), "top right": (0, 2),
    "left": (1, 0), "middle": (1, 1), "right": (1, 2),
    "bottom left": (2, 0), "bottom": (2, 1), "bottom right": (2, 2),
}  # fmt: skip
CHINESE = {
    "square": "正方形", "circle": "圆形", "triangle": "三角形", "cross": "十字", "diamond": "菱形", "frame": "方框",
    "red": "红色", "orange": "橙色", "yellow": "黄色", "green": "绿色", "blue": "蓝色", "purple": "紫色",
    "white": "白色", "black": "黑色", "grey": "灰色",
    "top left": "左上角", "top": "上边", "top right": "右上角", "left": "左边", "middle": "中间", "right": "右边",
    "bottom left": "左下角", "bottom": "下边", "bottom right": "右下角",
}  # fmt: skip
WORDINGS = {
    "en": (
        "A {colour} {shape} at the {place} on {background}.",
        "On {background}, at the {place}, a {colour} {shape}.",
        "At the {place} of a {background} picture there is a {colour} {shape}.",
    ),
    "zh": (
        "{background}背景的{place}有一个{colour}的{shape}。",
        "{place}画一个{colour}{shape},背景是{background}。",
        "一个{colour}的{shape},在{background}画面的{place}。",
    ),
}


@dataclass(frozen=True)
class Scene:
    """What a picture of this world shows."""

    colour: str
    shape: str
    place: str
    background: str


def scenes() -> Iterator[Scene]:
    """All 972 scenes, always in one order."""
    for colour in COLOURS:
        for shape in MASKS:
            for place in PLACES:
                for background in BACKGROUNDS:
                    yield Scene(colour, shape, place, background)


def is_held_out(scene: Scene) -> bool:
    """Whether training never has this colour × shape × place, on any background; of each pair of them it has some."""
    numbers = (list(COLOURS).index(scene.colour), list(MASKS).index(scene.shape), list(PLACES).index(scene.place))
    return sum(numbers) % 4 == 0


def drawn(scene: Scene) -> str:
    """The one picture of a scene."""
    squares = [BACKGROUNDS[scene.background]] * (SIDE * SIDE)
    down, right = (OFFSETS[place] for place in PLACES[scene.place])
    for row, line in enumerate(MASKS[scene.shape]):
        for column, mark in enumerate(line):
            if mark == "#":
                squares[(down + row) * SIDE + right + column] = COLOURS[scene.colour]
    return to_grid(squares)


def captions(scene: Scene, language: str) -> list[str]:
    """The scene in each wording of a language."""
    words = vars(scene)
    if language == "zh":
        words = {name: CHINESE[word] for name, word in words.items()}
    said = [wording.format(**words) for wording in WORDINGS[language]]
    return [one.replace("A orange", "An orange").replace("a orange", "an orange") for one in said]
