"""Talk in Chinese whose later turns lean on earlier ones: what was told, sums that go on, another one, the same in English."""

import random
from functools import lru_cache

from recipes.nano.world.chinese import words as w
from recipes.nano.world.chinese.askings import ASKINGS, Fact
from recipes.nano.world.chinese.choices import LISTED, members
from recipes.nano.world.chinese.dictionary import chinese, measure_word
from recipes.nano.world.chinese.facts import answered, by_split, chinese_things
from recipes.nano.world.chinese.grammar import before_measure, fill, in_words
from recipes.nano.world.shapes import Document, fact_is_held_out, phrasings

TOLD = (
    ("[我叫{name}。|你好，我是{name}。|我的名字叫{name}。]", "[你好，{name}！|很高兴认识你，{name}。]", "[我叫什么名字？|你还记得我的名字吗？|我是谁？|我叫什么？]", "[你叫{name}。|{name}。|你是{name}。]"),
    ("[我今年{age}岁。|我{age}岁了。|今天我满{age}岁了。]", "[你{age}岁了，真好！|知道了。]", "[我几岁了？|我多大了？|你记得我的年龄吗？]", "[你{age}岁。|{age}岁。|你今年{age}岁。]"),
    ("[我最喜欢的颜色是{colour}。|我喜欢{colour}。]", "[{colour}很好看。|我记住了。]", "[我喜欢什么颜色？|我最喜欢哪种颜色？|你记得我喜欢的颜色吗？]", "[你喜欢{colour}。|{colour}。]"),
    ("[我养了一{pmw}{pet}。|我家有一{pmw}{pet}。]", "[真可爱！|{pet}很可爱。]", "[我养了什么？|我家有什么动物？|你记得我养的是什么吗？]", "[你养了一{pmw}{pet}。|{pet}。]"),
    ("[我住在{place}附近。|我家在{place}旁边。]", "[那里一定很不错。|知道了。]", "[我住在哪里？|我家在哪儿？|你记得我住在哪里吗？]", "[你住在{place}附近。|{place}附近。]"),
    ("[我爱吃{food}。|我最喜欢吃{food}。]", "[{food}很好吃。|我记住了。]", "[我爱吃什么？|我最喜欢吃什么？|你记得我爱吃什么吗？]", "[你爱吃{food}。|{food}。]"),
    ("[我的好朋友叫{friend}。|{friend}是我的好朋友。]", "[有朋友真好。|{friend}一定很好。]", "[我的好朋友叫什么？|谁是我的好朋友？|我的好朋友是谁？]", "[你的好朋友叫{friend}。|{friend}。|是{friend}。]"),
    ("[我把{thing}放在{box}的盒子里了。|{thing}在{box}的盒子里。]", "[好的，我记住了。|知道了。]", "[{thing}在哪里？|我的{thing}放在哪儿了？|哪个盒子里有{thing}？]", "[在{box}的盒子里。|{thing}在{box}的盒子里。]"),
    ("[今天是{day}。|告诉你，今天是{day}。]", "[知道了，谢谢。|好的。]", "[今天星期几？|今天是星期几？]", "[今天是{day}。|{day}。]"),
)  # fmt: skip
PETS = ("dog", "cat", "rabbit", "goldfish", "parrot", "hamster", "turtle", "pigeon")


def _slots(rng: random.Random) -> dict[str, str]:
    name, friend = rng.sample(w.GIRLS + w.BOYS, 2)
    pet = rng.choice(PETS)
    return {"name": name, "friend": friend, "age": rng.choice((str, in_words))(rng.randint(3, 12)), "colour": rng.choice(w.COLOURS),
            "box": rng.choice(w.COLOURS), "pet": chinese_things()[pet].name, "pmw": measure_word(pet), "place": rng.choice(w.PLACES).rstrip("上边"),
            "food": rng.choice(w.FOODS)[0], "thing": rng.choice(w.KEEPSAKES)[0], "day": rng.choice(w.DAYS)}  # fmt: skip


def memory(rng: random.Random) -> Document:
    """Somebody tells one to three things of themselves, then asks about some of them."""
    slots, told = _slots(rng), rng.sample(TOLD, rng.randint(1, 3))
    turns = [(tell, reply) for tell, reply, _, _ in told]
    turns += [(ask, answer) for _, _, ask, answer in rng.sample(told, rng.randint(1, len(told)))]
    return _document(turns, rng, slots)


def _document(turns: list[tuple[str, str]], rng: random.Random, slots: dict[str, str]) -> Document:
    said = [
        (role, fill(text, rng, slots)) for turn in turns for role, text in zip(("user", "assistant"), turn, strict=True)
    ]
    return Document("talk", turns=tuple(said))


def sums(rng: random.Random) -> Document:
    """A sum that goes on: 三加五等于几？再加二呢？ No step of it is a held-out problem."""
    say = rng.choice((str, in_words))
    total, turns = rng.randint(1, 10), []
    for step in range(rng.randint(2, 4)):
        signs = [
            (sign, n)
            for n in range(1, 10)
            for sign in "+-"
            if (sign == "+" or n <= total) and not fact_is_held_out(f"{total}{sign}{n}")
        ]
        sign, n = rng.choice(signs)
        word = "加" if sign == "+" else "减"
        ask = (
            f"{say(total)}{word}{say(n)}等于几？"
            if step == 0
            else rng.choice((f"再{word}{say(n)}呢？", f"再{word}{say(n)}是多少？", f"那再{word}{say(n)}呢？"))
        )
        total = total + n if sign == "+" else total - n
        turns.append((ask, fill("[{r}。|等于{r}。|是{r}。]", rng, {"r": say(total)})))
    return _document(turns, rng, {})


def another(rng: random.Random) -> Document:
    """One of a kind, then another, then some more, and what was said."""
    kind = rng.choice(LISTED)
    known = members(kind)
    chosen = sorted(rng.sample(known, min(len(known), rng.randint(2, 4))), key=known.index)
    slots = {"kind": chinese(kind, "kind")}
    turns = [("[说一种{kind}。|告诉我一种{kind}。|你知道什么{kind}？]", f"{chosen[0]}。")]
    turns += [("[再说一种。|还有呢？|还有别的吗？|换一种。]", f"{one}。") for one in chosen[1:]]
    if rng.random() < 0.4:
        count = before_measure(len(chosen))
        turns.append(rng.choice((("[你一共说了几种？|刚才说了几种？]", f"{count}种。"), ("[你第一个说的是什么？|最先说的是哪个？]", f"{chosen[0]}。"),
                                 ("[请再说一遍。|把刚才说的都说一遍。]", "、".join(chosen) + "。"))))  # fmt: skip
    return _document(turns, rng, slots)


@lru_cache(maxsize=1)
def _facts_of_things() -> tuple[Fact, ...]:
    """What training asks of things that English names too."""
    return tuple(fact for fact in by_split()["train"] if fact.slots[0][0] == "x" and fact.source)


def again(rng: random.Random) -> Document:
    """A fact, then the same shorter, longer, once more, or its thing in English."""
    fact = rng.choice(_facts_of_things())
    slots = dict(fact.slots)
    full, short = ASKINGS[fact.kind].answer[0], ASKINGS[fact.kind].answer[2]
    name = dict(fact.source.slots)["name"]
    turns = [(answered(rng, fact, rng.choice(phrasings(ASKINGS[fact.kind].ask, "train"))), answered(rng, fact, full))]
    if not fact_is_held_out(f"translate:{name}") and rng.random() < 0.4:
        turns.append(
            (fill("[{x}用英文怎么说？|它的英文是什么？|那{x}的英文呢？]", rng, slots), f"{name[0].upper()}{name[1:]}.")
        )
    else:
        turns.append(rng.choice(((fill("[再说一遍。|请重复一遍。|我没听清。]", rng), turns[0][1]),
                                 (fill("[说短一点。|太长了。|简单点说。]", rng), answered(rng, fact, short)))))  # fmt: skip
    return _document(turns, rng, {})


def document(rng: random.Random) -> Document:
    """A talk of any of these sorts."""
    return rng.choice((memory, memory, sums, another, again))(rng)
