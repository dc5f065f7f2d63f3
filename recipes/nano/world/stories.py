"""Stories from a plan: who, where, what they wish, what stands in the way, how it turns, how it ends.

The cast is drawn once and every sentence speaks of it through slots, so that names, pronouns and things stay the same.
Slots: h (hero) he him his himself; f (friend) fhe fhim fhis fkind; r (relative) rhe rhim rhis; r2 (old man or woman) r2he; place thing thing2 food
look colour skill pet trait day weather happy sad angry afraid; He, His … for the start of a sentence after a quotation.
"""

import random
from dataclasses import dataclass
from typing import Literal

from recipes.nano.world import scenes
from recipes.nano.world import words as w
from recipes.nano.world.grammar import fill
from recipes.nano.world.openings import AT_HOME, IN_THE_MIDST, TOGETHER
from recipes.nano.world.plots_friends import FRIEND_PLOTS
from recipes.nano.world.plots_home import HOME_PLOTS, Plot
from recipes.nano.world.plots_outside import OUTSIDE_PLOTS
from recipes.nano.world.shapes import Document

PLOTS: tuple[Plot, ...] = (*HOME_PLOTS, *OUTSIDE_PLOTS, *FRIEND_PLOTS)
Ending = Literal["happy", "sad"]

SKILLS = tuple(
    """swim|sing|draw|climb trees|dance|cook|read|whistle|skate|paint|ride a bicycle|play the drum|fly a kite|
jump over the stream|bake bread|swim across the pond|play the guitar|juggle|write|play chess""".replace("\n", "").split(
        "|"
    )
)
PETS = ("kitten", "puppy", "duckling", "rabbit", "bird", "lamb", "hedgehog", "pony", "mouse", "parrot", "goat", "owl")

ABOUT_HERO = (
    "Everyone knew that {h} was very {trait}.", "{h} liked to play in {place2}.", "{h} had a good friend named {f}.",
    "{h} loved to eat a {food} in the morning.", "{His} best friend was a {fkind} named {f}.",
    "{h} and a {fkind} named {f} were good friends.", "{He} had {colour} [boots|shoes|socks] and a {look} hat.",
    "{His} favourite colour was {colour}.", "{h} could {skill2} very well.", "{h} was almost always {trait}.",
    "Next door lived a {fkind} named {f}.", "{h}'s {r} often told {him} stories.", "", "", "",
)  # fmt: skip
MEETS_FRIEND = (
    "{His} best friend was a {fkind} named {f}.", "{h} had a good friend, a {fkind} named {f}.",
    "{h} often played with a {fkind} named {f}.", "{His} friend was called {f}. {f} was a {trait2} {fkind}.",
    "Near {him} lived {f}, a {trait2} {fkind}.", "{f}, a {fkind}, was {his} friend.",
)  # fmt: skip
CLOSINGS_HAPPY = ("", "", "", "The end.", "{h} never forgot that day.", "And they were friends for ever.",
                  "{h} went to bed with a smile.", "It was a good day.", "They all lived happily after that.",
                  "\"What a day!\" said {h}.", "And that is how {h} learned to be {good}.")  # fmt: skip
CLOSINGS_SAD = ("", "", "", "The end.", "{h} never forgot that day.", "It was a sad day.", "And nobody could help {him}.",
                "{h} cried quietly that night.", "After that, nothing was the same.", "\"I wish it had been different,\" said {h}.",
                "And so the story ends, and it is a sad one.")  # fmt: skip

PRONOUNS = {True: ("she", "her", "her", "herself"), False: ("he", "him", "his", "himself")}


@dataclass(frozen=True)
class Story:
    """A finished story and what one could ask about it."""

    text: str
    opening: str
    ending: Ending
    about: str
    slots: dict[str, str]


def _person(rng: random.Random, prefix: str, girl: bool, animal: bool, taken: str = "") -> dict[str, str]:
    he, him, his, himself = PRONOUNS[girl]
    names = w.ANIMAL_NAMES if animal else w.GIRLS if girl else w.BOYS
    name = rng.choice([n for n in names if n[:2] != taken[:2]])
    kind = rng.choice(w.ANIMAL_HEROES) if animal else "girl" if girl else "boy"
    key = prefix or "h"
    return {key: name, f"{prefix}he": he, f"{prefix}him": him, f"{prefix}his": his, f"{prefix}himself": himself,
            f"{prefix}He": he.capitalize(), f"{prefix}His": his.capitalize(), f"{prefix}kind": kind}  # fmt: skip


def cast(rng: random.Random, kind: str | None = None, thing: str | None = None) -> dict[str, str]:
    """Who and what a story is about; the friend is mostly of the other sex, so that she and he are clear."""
    animal = kind in w.ANIMAL_HEROES if kind else rng.random() < 0.4
    girl = kind == "girl" if kind in ("girl", "boy") else rng.random() < 0.5
    hero = _person(rng, "", girl, animal)
    if kind:
        hero["kind"] = kind
    friend = _person(rng, "f", girl if rng.random() < 0.15 else not girl, animal, hero["h"])
    relative, rhe, rhim, rhis = rng.choice(w.RELATIVES[:8])
    old, old_he = rng.choice((("man", "he"), ("woman", "she")))
    thing = thing or rng.choice(w.KEEPSAKES)
    skill, skill2 = rng.sample(SKILLS, 2)
    place, place2 = rng.sample(w.PLACES, 2)
    return hero | friend | {
        "r": relative, "rhe": rhe, "rhim": rhim, "rhis": rhis, "r2": old, "r2he": old_he, "thing": thing, "place": place, "place2": place2,
        "thing2": rng.choice([k for k in w.KEEPSAKES if k != thing]), "food": rng.choice(w.FOODS), "skill": skill,
        "skill2": skill2, "look": rng.choice([k for k in w.LOOKS if k not in thing]), "colour": rng.choice(w.COLOURS),
        "pet": rng.choice([p for p in PETS if p != hero["kind"]]), "size": rng.choice([s for s in w.SIZES if s != "old" or animal]),
        "home": rng.choice(w.ANIMAL_HOMES if animal else w.HOMES), "trait": rng.choice(w.TRAITS),
        "trait2": rng.choice(w.TRAITS), "good": rng.choice(w.GOOD_TRAITS), "day": rng.choice(w.DAYS),
        "weather": rng.choice(w.WEATHER), "happy": rng.choice(w.HAPPY), "sad": rng.choice(w.SAD),
        "angry": rng.choice(w.ANGRY), "afraid": rng.choice(w.AFRAID),
    }  # fmt: skip


def _opening(rng: random.Random, friend_comes_later: bool = False) -> str:
    """How a story begins, as a template; unless the plot brings the friend in, so does the opening."""
    if rng.random() < 0.15 and not friend_comes_later:
        return rng.choice(TOGETHER)
    parts = [rng.choice(AT_HOME if rng.random() < 0.5 else IN_THE_MIDST)]
    if rng.random() < 0.6:
        parts.append(rng.choice([one for one in ABOUT_HERO if "{f}" not in one or not friend_comes_later]))
    if not friend_comes_later and "{f}" not in " ".join(parts):
        parts.append(rng.choice(MEETS_FRIEND))
    return " ".join(parts)


def story(rng: random.Random, kind: str | None = None, thing: str | None = None, ending: Ending | None = None,
          plot: Plot | None = None) -> Story:  # fmt: skip
    """One story; hero's kind, thing, ending and plot may be asked for, the rest is drawn."""
    ending = ending or rng.choice(("happy", "sad"))
    if plot is None:
        pool = [p for p in PLOTS if "{thing}" in p.middle] if thing else PLOTS
        plot = rng.choice(pool)
    slots = cast(rng, kind, thing)
    # one reading of the opening and the middle; the ending after it, so that two endings of one story can be made
    opening = fill(_opening(rng, friend_comes_later="named {f}" in plot.middle), rng, slots)
    middle = fill(plot.middle, rng, slots)
    last = fill(" ".join([plot.happy if ending == "happy" else plot.sad,
                          rng.choice(CLOSINGS_HAPPY if ending == "happy" else CLOSINGS_SAD)]), rng, slots)  # fmt: skip
    breaks = rng.choice((" ", " ", "\n\n", "\n"))
    text = breaks.join((opening, middle, last))
    return Story(text, breaks.join((opening, middle)), ending, fill(plot.about, rng, slots).lower(), slots)


def day(rng: random.Random, kind: str | None = None, thing: str | None = None, ending: Ending | None = None) -> Story:
    """A story without a plot: some scenes of a day; the last one decides how it ends."""
    ending = ending or rng.choice(("happy", "sad"))
    slots = cast(rng, kind, thing)
    opening = _opening(rng)
    mood, other = (scenes.GOOD, scenes.BAD) if ending == "happy" else (scenes.BAD, scenes.GOOD)
    chosen = [*rng.sample(scenes.NEUTRAL, rng.randint(1, 2)), *rng.sample(other, rng.randint(0, 1))]
    rng.shuffle(chosen)
    chosen += rng.sample(mood, rng.randint(1, 2))
    linked = [
        chosen[0],
        *(f"{rng.choice(scenes.LINKS)} {scene}" if scene.startswith("{h} ") else scene for scene in chosen[1:]),
    ]
    breaks = rng.choice((" ", " ", "\n\n", "\n"))
    opening = fill(opening, rng, slots)
    middle = breaks.join(fill(scene, rng, slots) for scene in linked)
    last = fill(rng.choice(scenes.ENDS[ending]), rng, slots)
    about = f"a day of {slots['h']} and {slots['f']}"
    return Story(breaks.join((opening, middle, last)), breaks.join((opening, middle)), ending, about, slots)


def any_story(
    rng: random.Random, kind: str | None = None, thing: str | None = None, ending: Ending | None = None
) -> Story:
    """Mostly a story with a plot, sometimes a day; what was asked for occurs in it."""
    while True:
        made = (story if rng.random() < 0.62 else day)(rng, kind, thing, ending)
        if (thing or "") in made.text and (kind or "") in made.text:
            return made


def document(rng: random.Random) -> Document:
    """A story as plain text."""
    return Document("stories", any_story(rng).text)
