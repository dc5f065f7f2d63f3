"""Who stories are about: children and animals with names, but also kings, bakers, pairs, families, toys, clouds and trees.

`cast` draws a child or an animal with a friend; `hero` draws anybody. Both give slots, so that names, pronouns and
things stay the same through a story. A hero of several is "they": {was} and {I} then become were and we.
"""

import random
from dataclasses import dataclass
from typing import Literal

from recipes.nano.world import words as w

Group = Literal["child", "animal", "adult", "ruler", "pair", "family", "toy", "creature", "nature"]

SKILLS = tuple(
    """swim|sing|draw|climb trees|dance|cook|read|whistle|skate|paint|ride a bicycle|play the drum|fly a kite|
jump over the stream|bake bread|swim across the pond|play the guitar|juggle|write|play chess""".replace("\n", "").split(
        "|"
    )
)
PETS = ("kitten", "puppy", "duckling", "rabbit", "bird", "lamb", "hedgehog", "pony", "mouse", "parrot", "goat", "owl")

PRONOUNS = {"f": ("she", "her", "her", "herself"), "m": ("he", "him", "his", "himself"),
            "n": ("it", "it", "its", "itself"), "p": ("they", "them", "their", "themselves")}  # fmt: skip


@dataclass(frozen=True)
class Role:
    """A hero without a name of a child: what it is, its sex (f, m, n, p), its group, what it owns, does, and where it is."""

    noun: str
    sex: str
    group: Group
    things: tuple[str, ...]
    doing: tuple[str, ...]  # "{his}" may stand in it
    at: tuple[str, ...]


# noun | sex | group | things it owns | what it is busy with | where it is
_ROLES = """
king|m|ruler|crown,ring,golden cup,cloak,sword|counting {his} coins,sitting on {his} throne,looking out over the land,polishing {his} shoes|in the castle,in the throne room,on the tower
queen|f|ruler|necklace,mirror,crown,fan,silver comb|writing a letter,walking in the rose garden,trying on a new dress,drinking tea from a golden cup|in the castle,in the rose garden,at the window of the tower
prince|m|ruler|horse brush,sword,ring,silver flute|feeding {his} horse,reading about far lands,practising with a wooden sword|in the castle,in the stable,in the courtyard
princess|f|ruler|ring,golden ball,silver shoe,crown|throwing a golden ball,riding {his} pony,climbing the castle wall|in the castle,by the well,in the courtyard
knight|m|ruler|helmet,shield,sword,banner|riding home,cleaning {his} armour,resting under a tree|on the road,in the castle,at the gate
baker|m|adult|rolling pin,apron,big spoon,white hat|kneading dough,taking rolls out of the oven,sweeping up the flour|in the bakery,at the oven,behind the counter
baker|f|adult|rolling pin,apron,cake tin,recipe book|making a cake,counting the rolls,putting sugar on the buns|in the bakery,at the oven,behind the counter
postman|m|adult|bag,whistle,bicycle bell,cap|sorting letters,riding {his} bicycle up the hill,looking for the right house|at the post office,on the road,at the garden gate
farmer|m|adult|pitchfork,straw hat,lantern,key of the barn|milking the cow,ploughing the field,mending a fence|on the farm,in the barn,in the field
farmer|f|adult|milk can,basket,lantern,straw hat|feeding the hens,picking beans,washing carrots|on the farm,in the barn,in the field
teacher|f|adult|red pen,bell,glasses,book of songs|writing on the board,reading to the class,wiping the board|in the classroom,at school,at the big desk
teacher|m|adult|chalk,glasses,map of the world,whistle|telling the class about whales,counting the children,correcting the tests|in the classroom,at school,at the big desk
grandma|f|adult|glasses,knitting needle,teapot,shawl|knitting a sock,making jam,watering {his} flowers,stirring the soup|in the kitchen,in {his} armchair,in the garden
grandpa|m|adult|pipe,walking stick,glasses,pocket watch|sleeping in {his} chair,telling an old story,cutting the hedge,looking for {his} slippers|in the garden,in {his} armchair,on the bench
fisherman|m|adult|net,fishing rod,lamp,rubber boot|mending {his} nets,rowing out to sea,waiting for a bite|on the shore,in {his} boat,at the harbour
shepherd|m|adult|flute,staff,warm cloak,bell|counting {his} sheep,playing the flute,sitting by the fire|on the hill,in the meadow,by the fire
shepherd|f|adult|flute,staff,bell,red scarf|counting {his} sheep,singing to the lambs,looking for grass|on the hill,in the meadow,by the stream
miller|m|adult|sack,key of the mill,white cap,scale|grinding corn,carrying sacks,listening to the wind|in the mill,by the stream,on the steps of the mill
tailor|m|adult|scissors,silver needle,measuring tape,thimble|sewing a coat,cutting cloth,threading a needle|in {his} shop,at {his} table,by the window
gardener|f|adult|watering can,rake,straw hat,pair of gloves|planting tulips,watering the roses,pulling up weeds|in the garden,in the greenhouse,among the roses
gardener|m|adult|watering can,rake,spade,pair of gloves|cutting the grass,digging a hole,picking apples|in the garden,in the orchard,among the roses
cook|m|adult|wooden spoon,big knife,white hat,soup pot|peeling potatoes,tasting the soup,chopping onions|in the kitchen,at the stove
doctor|f|adult|black bag,glasses,bicycle,watch|looking at a sore knee,washing {his} hands,drinking {his} first cup of tea|in the hospital,at {his} desk,on the way to a sick child
sailor|m|adult|compass,knife,spyglass,striped shirt|scrubbing the deck,tying a rope,looking at the stars|on the ship,at the harbour,in the little boat
captain|f|adult|compass,spyglass,map,blue hat|steering the ship,reading the map,giving orders|on the ship,at the wheel,at the harbour
librarian|f|adult|glasses,stamp,ladder,box of cards|putting books on the shelf,reading under the lamp,looking for a book|in the library,between the shelves
clockmaker|m|adult|tiny screwdriver,magnifying glass,golden watch|winding the clocks,mending a watch,listening to the ticking|in {his} shop,at {his} table
shoemaker|m|adult|hammer,leather apron,box of nails|sewing a boot,polishing shoes,cutting leather|in {his} shop,by the window
bus driver|f|adult|cap,key of the bus,lunch box|driving down the hill,waiting at the red light,cleaning the bus|at the bus stop,in the bus,on the long road
painter|f|adult|brush,box of paints,blue hat|painting the sea,mixing green and blue,looking for the right red|in the attic,by the sea,in front of {his} picture
clown|m|adult|red nose,trumpet,big shoe|juggling oranges,putting on {his} red nose,learning a new joke|in the circus,in {his} wagon
old woman|f|adult|walking stick,basket,shawl,teapot|gathering wood,feeding the birds,baking a pie|at the edge of the forest,in {his} little house,at the market
old man|m|adult|walking stick,lantern,pocket watch,old hat|chopping wood,smoking {his} pipe,talking to {his} donkey|at the end of the village,in {his} little house,on the bench
firefighter|f|adult|helmet,ladder,hose,whistle|cleaning the red engine,climbing a ladder,checking the hose|at the fire station,on the ladder
woodcutter|m|adult|axe,saw,rope,woollen cap|chopping wood,walking home through the snow,sharpening {his} axe|in the forest,by the stove
neighbour|m|adult|ladder,wheelbarrow,trumpet,key|washing {his} car,painting the fence,practising the trumpet|next door,at the fence,on {his} roof
wizard|m|creature|wand,pointed hat,spell book,crystal ball|stirring a green soup,looking for a spell,talking to {his} owl|in {his} tower,in a cave full of books
witch|f|creature|broom,kettle,spell book,black hat|stirring a kettle,riding {his} broom,picking herbs by moonlight|in {his} hut,on the roof,in the dark forest
giant|m|creature|club,huge boot,drum,big spoon|sleeping in the valley,eating a whole cheese,counting the clouds|on the mountain,behind the hill
fairy|f|creature|wand,silver bell,tiny lantern|dancing on a leaf,painting the butterflies,washing {his} wings in the dew|in a blue flower,under a mushroom
dragon|m|creature|golden cup,chain,treasure chest|sleeping on {his} gold,warming {his} feet,blowing smoke rings|in {his} cave,on the mountain
dragon|f|creature|ruby,golden plate,big egg|polishing {his} scales,roasting chestnuts,counting {his} treasure|in {his} cave,on the old tower
pirate|m|creature|treasure map,spyglass,wooden leg,hat|digging on the beach,singing a loud song,feeding {his} parrot|on {his} ship,on the island
robot|n|creature|battery,silver hand,key|sweeping the floor,counting to a million,watering plastic flowers|in the workshop,in the big hall
ghost|n|creature|chain,white sheet,candle|floating up the stairs,looking for somebody to scare,reading in the dark|in the old house,in the attic
monster|n|creature|blanket,big spoon,left slipper|brushing {his} teeth,hiding behind the curtain,eating socks|in the cellar,in the wardrobe,behind the door
troll|m|creature|club,stone cup,bag|sleeping through the day,fishing with {his} toes,growling at the goats|under a bridge,in a cave
teddy bear|m|toy|button,red ribbon,left ear|sitting on the shelf,waiting for night,looking at the moon|on the shelf,in the toy box,on the pillow
doll|f|toy|shoe,hat,blue ribbon|sitting in the window,dreaming of a tea party,learning to dance|in the doll's house,on the shelf,in the window of the shop
tin soldier|m|toy|drum,little sword,cap|standing guard,marching along the table,looking at the paper castle|in the toy box,on the table,on the windowsill
wooden horse|m|toy|saddle,tail,bell|rocking in the corner,dreaming of a green meadow,listening to the rain|in the attic,in the nursery
puppet|f|toy|string,cap,red shoe|hanging on a hook,practising a bow,waiting for the curtain|in the theatre,in an old trunk
"""

# what can not walk has troubles of its own: noun | sex | what it is busy with | where it is
_NATURE = """
cloud|n|drifting along,looking down at the fields,playing with the wind|above the hills,over the sea,high in the sky
tree|n|counting {his} leaves,listening to the birds,swaying in the wind|in the middle of a field,behind the school,at the top of a hill
snowman|m|watching the children,holding {his} broom,looking at the stars|in the garden,in front of the house,in the park
star|f|twinkling,looking down at the roofs,combing {his} light|in the sky,above the village
moon|m|shining into a bedroom,rolling slowly over the hills,talking to an owl|in the sky,over the forest
scarecrow|m|guarding the corn,waving {his} arms,counting crows|in the corn field,at the edge of the garden
lighthouse|n|blinking,looking out to sea,counting the ships|on a rock,at the end of the island
river|n|running down to the sea,telling stories to the stones,playing with a leaf|in the valley,between the mountains
"""


def _split(field: str) -> tuple[str, ...]:
    return tuple(field.split(","))


ROLES = tuple(
    Role(noun, sex, group, _split(things), _split(doing), _split(at))  # type: ignore[arg-type]
    for noun, sex, group, things, doing, at in (line.split("|") for line in _ROLES.strip().splitlines())
)
NATURE = tuple(
    Role(noun, sex, "nature", ("light",), _split(doing), _split(at))
    for noun, sex, doing, at in (line.split("|") for line in _NATURE.strip().splitlines())
)
CHILD_DOING = tuple(
    """playing with marbles,drawing a picture,eating breakfast,walking home,sitting on the steps,looking for snails,building a tower,
climbing a tree,throwing stones into the water,reading a book,tying {his} shoes,watching the ants,blowing bubbles,washing {his} hands,
looking out of the window,humming a song,jumping over puddles,picking flowers,feeding the ducks,drinking cocoa""".replace("\n", "").split(",")
)  # fmt: skip
ANIMAL_DOING = tuple(
    """looking for food,lying in the sun,washing {his} face,listening to the wind,playing in the leaves,counting the clouds,
digging a hole,gathering leaves,watching the river,chasing a butterfly,taking a nap,hiding from the rain,singing to the moon""".replace("\n", "").split(",")
)  # fmt: skip
ADULT_NAMES = (
    "Hill", "Green", "Stone", "Miller", "Fox", "Bell", "Wood", "Cook", "Field", "Rose", "Marsh", "Lake", "Fisher", "King",
    "Baker", "Lamb", "Winter", "Summer", "Long", "Short", "Little", "Bird", "Moon", "Frost", "Berry", "Pepper", "Ray",
)  # fmt: skip
KIN = {"dad": "m", "mum": "f", "grandma": "f", "grandpa": "m", "sister": "f", "brother": "m", "aunt": "f", "uncle": "m",
       "dog": "n", "cat": "n", "pony": "n", "cousin": "m"}  # fmt: skip
FAMILIES = ("family", "twins", "three brothers", "three sisters", "five mice", "three bears", "seven ducklings", "children",
            "two old friends", "neighbours", "four kittens", "two frogs", "musicians")  # fmt: skip
STRANGERS = (("old woman", "f"), ("old man", "m"), ("traveller", "m"), ("little girl", "f"), ("small boy", "m"),
             ("soldier", "m"), ("milkmaid", "f"), ("beggar", "m"), ("sailor", "m"), ("shepherd", "m"), ("wise woman", "f"))  # fmt: skip
WILD = ("mouse", "owl", "crow", "hedgehog", "squirrel", "frog", "goat", "fox", "donkey", "snail", "hare", "mole", "beetle",
        "swallow", "cat", "dog", "turtle", "duck", "sparrow", "bee")  # fmt: skip


def _pronouns(prefix: str, sex: str) -> dict[str, str]:
    he, him, his, himself = PRONOUNS[sex]
    return {f"{prefix}he": he, f"{prefix}him": him, f"{prefix}his": his, f"{prefix}himself": himself,
            f"{prefix}He": he.capitalize(), f"{prefix}His": his.capitalize()}  # fmt: skip


def _person(rng: random.Random, prefix: str, girl: bool, animal: bool, taken: str = "") -> dict[str, str]:
    names = w.ANIMAL_NAMES if animal else w.GIRLS if girl else w.BOYS
    name = rng.choice([n for n in names if n[:2] != taken[:2]])
    kind = rng.choice(w.ANIMAL_HEROES) if animal else "girl" if girl else "boy"
    return {prefix or "h": name, f"{prefix}kind": kind} | _pronouns(prefix, "f" if girl else "m")


def cast(rng: random.Random, kind: str | None = None, thing: str | None = None) -> dict[str, str]:
    """A child or an animal and who else is there; the friend is mostly of the other sex, so that she and he are clear."""
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
    drawn = hero | friend | {
        "r": relative, "rhe": rhe, "rhim": rhim, "rhis": rhis, "r2": old, "r2he": old_he, "thing": thing, "place": place, "place2": place2,
        "thing2": rng.choice([k for k in w.KEEPSAKES if k != thing]), "food": rng.choice(w.FOODS), "skill": skill,
        "skill2": skill2, "look": rng.choice([k for k in w.LOOKS if k not in thing]), "colour": rng.choice(w.COLOURS),
        "pet": rng.choice([p for p in PETS if p != hero["kind"]]), "size": rng.choice([s for s in w.SIZES if s != "old" or animal]),
        "home": rng.choice(w.ANIMAL_HOMES if animal else w.HOMES), "trait": rng.choice(w.TRAITS),
        "trait2": rng.choice(w.TRAITS), "good": rng.choice(w.GOOD_TRAITS), "day": rng.choice(w.DAYS),
        "weather": rng.choice(w.WEATHER), "happy": rng.choice(w.HAPPY), "sad": rng.choice(w.SAD),
        "angry": rng.choice(w.ANGRY), "afraid": rng.choice(w.AFRAID),
    }  # fmt: skip
    group: Group = "animal" if animal else "child"
    doing = rng.choice(ANIMAL_DOING if animal else CHILD_DOING).format(his=drawn["his"])
    at = rng.choice(
        (f"in {drawn['place2']}", f"in {drawn['place2']}", "at home", "near the old bridge", "behind the house")
    )
    trait = drawn["trait"]
    return drawn | _speech(drawn["h"], group) | {
        "doing": doing, "at": at, "fintro": f"a {drawn['fkind']} named {drawn['f']}", "fs": f"{drawn['f']}'s",
        "intro": f"a {trait} {drawn['kind']} named {drawn['h']}", "who": f"a {trait} {drawn['kind']}",
    }  # fmt: skip


def _speech(h: str, group: Group) -> dict[str, str]:
    """What depends on whether the hero is one or several, and the hero's name in its other forms."""
    many = group in ("pair", "family")
    said = (
        ("We", "are", "our", "us", "were", "heads", "hearts", "noses")
        if many
        else ("I", "am", "my", "me", "was", "head", "heart", "nose")
    )
    slots = dict(zip(("I", "am", "my", "me", "was", "head", "heart", "nose"), said, strict=True))
    slots["i"] = "we" if many else "I"
    return slots | {"group": group, "h": h, "H": h[0].upper() + h[1:], "hs": f"{h}'" if h.endswith("s") and many else f"{h}'s",
                    "My": slots["my"].capitalize()}  # fmt: skip


def _helper(rng: random.Random, group: Group, taken: str) -> dict[str, str]:
    """Somebody who comes along: a stranger, a wild animal, or the drawn friend (then nothing changes)."""
    form = rng.random()
    if group in ("child", "animal") and form < 0.4:
        return {}
    if form < 0.7:
        noun, sex = rng.choice([s for s in STRANGERS if s[0] not in taken])
    else:
        noun, sex = rng.choice([n for n in WILD if n not in taken]), "n"
    look = rng.choice(("", "", "small", "friendly", "tired", "thin", "funny", "cheerful"))
    look = "" if " " in noun or sex != "n" else look
    return {"f": f"the {noun}", "fs": f"the {noun}'s", "fkind": noun, "fintro": f"a {look} {noun}".replace("  ", " ")} | _pronouns("f", sex)  # fmt: skip


def _role(rng: random.Random, role: Role, base: dict[str, str]) -> dict[str, str]:
    """The slots of a hero that is called by what it is, or a grown-up by a surname."""
    h, trait = f"the {role.noun}", base["trait"]
    who = f"a {trait} {role.noun}"
    intro = who
    if role.group == "adult" and not role.noun.startswith(("old", "grand", "neigh")) and rng.random() < 0.25:
        h = f"{'Mrs.' if role.sex == 'f' else 'Mr.'} {rng.choice(ADULT_NAMES)}"
        intro = f"{who} called {h}"
    elif role.noun in ("grandma", "grandpa"):
        h = intro = role.noun.capitalize()
        who = f"a {trait} old lady" if role.sex == "f" else f"a {trait} old man"
        intro = f"{who} whom everybody called {h}"
    elif role.group in ("toy", "creature") and rng.random() < 0.4:
        h = rng.choice(w.ANIMAL_NAMES)
        intro = f"{who} named {h}"
    his = PRONOUNS[role.sex][2]
    relatives = {
        "adult": ("daughter", "son", "sister", "brother", "neighbour"),
        "ruler": ("daughter", "son", "cook", "sister"),
    }
    relative = rng.choice(relatives.get(role.group, ("neighbour", "cousin", "sister")))
    rsex = {"daughter": "f", "sister": "f", "cook": "f"}.get(relative, "m")
    return base | _speech(h, role.group) | _pronouns("", role.sex) | {
        "kind": role.noun, "who": who, "intro": intro, "thing": rng.choice(role.things), "doing": rng.choice(role.doing).format(his=his),
        "at": rng.choice(role.at).format(his=his), "r": relative, **{f"r{k}": v for k, v in zip(("he", "him", "his"), PRONOUNS[rsex], strict=False)},
    }  # fmt: skip


def _several(rng: random.Random, base: dict[str, str]) -> dict[str, str]:
    """The slots of a hero that is more than one: a child with somebody, or a small crowd."""
    if rng.random() < 0.6:
        girl = rng.random() < 0.5
        name, other = rng.choice(w.GIRLS if girl else w.BOYS), rng.choice(list(KIN))
        h = f"{name} and {'her' if girl else 'his'} {other}"
        if rng.random() < 0.3:
            h = f"{name} and {rng.choice([n for n in w.GIRLS + w.BOYS if n[0] != name[0]])}"
        group: Group = "pair"
        who = intro = h
    else:
        noun = rng.choice(FAMILIES)
        h, group = f"the {noun}", "family"
        if noun == "family":
            h = f"the {rng.choice(ADULT_NAMES)} family"
        who = intro = h
    return base | _speech(h, group) | _pronouns("", "p") | {
        "kind": "friends", "who": who, "intro": intro, "doing": rng.choice(CHILD_DOING).format(his="their"), "r": "neighbour",
        "rhe": "he", "rhim": "him", "rhis": "his",
    }  # fmt: skip


def hero(rng: random.Random, kind: str | None = None, thing: str | None = None) -> dict[str, str]:
    """Anybody at all, with a helper; a kind may be asked for."""
    base = cast(rng, kind if kind in (*w.ANIMAL_HEROES, "girl", "boy") else None, thing)
    form = rng.random()
    roles = [role for role in (*ROLES, *NATURE) if role.noun == kind]
    if roles or (kind is None and form < 0.5):
        drawn = _role(rng, rng.choice(roles or (NATURE if form < 0.04 else ROLES)), base)
        if thing and drawn["group"] != "nature":
            drawn["thing"] = thing
    elif kind is None and form < 0.68:
        drawn = _several(rng, base)
    else:
        drawn = base
    group: Group = drawn["group"]  # type: ignore[assignment]
    helper = _helper(rng, group, drawn["h"] + drawn["kind"]) or {}
    if not helper and group not in ("child", "animal"):
        helper = _helper(rng, "adult", drawn["h"] + drawn["kind"])
    return drawn | helper
