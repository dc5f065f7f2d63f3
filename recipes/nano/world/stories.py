"""Stories with a plot that is told whole: who, where, what they wish, what stands in the way, how it turns, how it ends.

The cast is drawn once and every sentence speaks of it through slots, so that names, pronouns and things stay the same.
Slots: h (hero) he him his himself; f (friend) fhe fhim fhis fkind; r (relative) rhe rhim rhis; r2 (old man or woman) r2he; place thing thing2 food
look colour skill pet trait day weather happy sad angry afraid; He, His … for the start of a sentence after a quotation.
"""

import random

from recipes.nano.world import begins, plan, scenes
from recipes.nano.world.grammar import fill
from recipes.nano.world.heroes import cast
from recipes.nano.world.openings import AT_HOME, IN_THE_MIDST, OTHER_OPENINGS, TOGETHER
from recipes.nano.world.plots_friends import FRIEND_PLOTS
from recipes.nano.world.plots_home import HOME_PLOTS, Plot
from recipes.nano.world.plots_outside import OUTSIDE_PLOTS
from recipes.nano.world.shapes import Document, Ending, Story

PLOTS: tuple[Plot, ...] = (*HOME_PLOTS, *OUTSIDE_PLOTS, *FRIEND_PLOTS)
# no story begins with the first four words of an opening that nano is judged by
HELD_OUT_BEGINNINGS = tuple(" ".join(opening.split()[:4]) for opening in OTHER_OPENINGS)

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


def _opening(rng: random.Random, friend_comes_later: bool = False) -> str:
    """How a story begins, as a template; unless the plot brings the friend in, so does the opening."""
    if rng.random() < 0.15 and not friend_comes_later:
        return rng.choice(TOGETHER)
    if rng.random() < 0.3:
        parts = [rng.choice(begins.NEW)] if rng.random() < 0.4 else [rng.choice(begins.MIDST), rng.choice(begins.WHO)]
    else:
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
    slots = plan.dress(rng, cast(rng, kind, thing))
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
    slots = plan.dress(rng, cast(rng, kind, thing))
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


def begins_as_held_out(text: str) -> bool:
    """Whether a story begins like one of the openings that are kept for judging."""
    return text.startswith(HELD_OUT_BEGINNINGS)


def any_story(
    rng: random.Random, kind: str | None = None, thing: str | None = None, ending: Ending | None = None
) -> Story:
    """A story by the grammar of `plan.py` most often, else one with a plot, or a day; what was asked for occurs in it."""
    while True:
        made = rng.choices((plan.story, story, day), (0.7, 0.2, 0.1))[0](rng, kind, thing, ending)
        if (thing or "") in made.text and (kind or "") in made.text and not begins_as_held_out(made.text):
            return made


def document(rng: random.Random) -> Document:
    """A story as plain text."""
    return Document("stories", any_story(rng).text)
