"""Small Chinese texts and questions about them: who, what, where, which colour, how many, why. The last questions are held out.

`MORE` and `OTHER_TEXTS` are for training alone: without many ways of asking, a small model learns one place to look at
for each text.
"""

import random

from recipes.nano.world.chinese import words as w
from recipes.nano.world.chinese.grammar import at, before_measure, fill, number_key
from recipes.nano.world.shapes import Question, Split, phrasings

Asks = tuple[tuple[str, str], ...]  # (question, the slot that answers it)

TEXTS: tuple[tuple[str, Asks], ...] = (
    ("{name}有一{mw}{colour}的{thing}。{friend}有一{mw2}{other}的{thing2}。",
     (("{thing}是什么颜色的？", "colour"), ("谁有{thing}？", "name"), ("{friend}有什么？", "thing2"), ("谁有{other}的东西？", "friend"), ("{name}的{thing}是什么颜色？", "colour"),
      ("{friend}的{thing2}是什么颜色的？", "other"))),
    ("{name}带着{thing}去了{place}。{friend}留在家里吃{food}。",
     (("{name}去了哪里？", "place"), ("谁留在家里？", "friend"), ("{friend}吃了什么？", "food"), ("谁去了{place}？", "name"), ("{name}到什么地方去了？", "place"), ("{name}带了什么？", "thing"))),
    ("{name}有{n}{mw}{thing}，都是{colour}的。{friend}也想要一{mw}。",
     (("{name}有几{mw}{thing}？", "n"), ("它们是什么颜色的？", "colour"), ("谁也想要一{mw}？", "friend"), ("{name}有什么？", "thing"), ("一共有几{mw}？", "n"), ("这些{thing}是谁的？", "name"))),
    ("{friend}送给{name}一{mw}{thing}。{name}把它放进{other}的盒子里，就去{place}了。",
     (("谁得到了{thing}？", "name"), ("是谁送的{thing}？", "friend"), ("盒子是什么颜色的？", "other"), ("盒子里有什么？", "thing"), ("谁把{thing}送了出去？", "friend"), ("{name}后来去了哪里？", "place"))),
    ("{thing}在{other}的盒子里，{thing2}在{colour}的盒子里。它们都是{name}的。",
     (("{colour}的盒子里有什么？", "thing2"), ("{other}的盒子里有什么？", "thing"), ("{thing2}在哪个盒子里？", "colour"), ("这些东西是谁的？", "name"), ("哪个颜色的盒子里有{thing2}？", "colour"),
      ("{thing}在什么颜色的盒子里？", "other"))),
    ("因为{thing}坏了，所以{name}很{sad}。{friend}帮忙把它修好了。",
     (("谁很{sad}？", "name"), ("什么东西坏了？", "thing"), ("谁帮忙了？", "friend"), ("{name}心情怎么样？", "sad"), ("是谁修好了{thing}？", "friend"), ("{name}为什么{sad}？", "broken"))),
)  # fmt: skip

MORE: tuple[Asks, ...] = (
    (("{thing2}是什么颜色的？", "other"), ("谁有{thing2}？", "friend"), ("{name}有什么？", "thing"), ("谁有{colour}的东西？", "name"), ("什么是{other}的，{thing}还是{thing2}？", "thing2"),
     ("什么是{colour}的，{thing}还是{thing2}？", "thing"), ("{thing}是{colour}的还是{other}的？", "colour"), ("{thing2}是{colour}的还是{other}的？", "other"), ("{thing2}是谁的？", "friend"), ("{thing}是谁的？", "name"),
     ("有一样东西是{other}的，是什么？", "thing2"), ("{friend}的东西是什么颜色的？", "other"), ("说出{thing2}的颜色。", "other"), ("那{thing}呢，是什么颜色？", "colour")),
    (("谁带了{thing}？", "name"), ("谁吃了东西？", "friend"), ("{name}在家里还是在{place}？", "place"), ("{name}手里有一样东西，是什么？", "thing"), ("什么东西跟{name}一起去了{place}？", "thing"), ("谁不在家？", "name"),
     ("什么被吃了？", "food"), ("文中说到什么吃的？", "food"), ("{name}去什么地方？", "place"), ("谁在吃{food}？", "friend"), ("{friend}在家里吃什么？", "food"), ("谁在家？", "friend")),
    (("这里有几{mw}{thing}？", "n"), ("{thing}是什么颜色？", "colour"), ("{friend}想要什么？", "thing"), ("谁有{n}{mw}{thing}？", "name"), ("谁想要{thing}？", "friend"), ("说出{thing}的数量。", "n"), ("{name}有的是什么东西？", "thing"),
     ("它们的颜色是什么？", "colour"), ("谁有很多{thing}？", "name")),
    (("{friend}送了什么？", "thing"), ("{thing}现在在哪种颜色的盒子里？", "other"), ("现在谁有{thing}？", "name"), ("谁走了？", "name"), ("{name}去了什么地方？", "place"), ("{name}得到了什么？", "thing"), ("谁给了{name}东西？", "friend"),
     ("那是什么颜色的盒子？", "other"), ("谁把{thing}放进了盒子里？", "name"), ("放进盒子里的是什么？", "thing")),
    (("{thing}在哪个盒子里？", "other"), ("找{thing2}要打开哪个盒子？", "colour"), ("找{thing}要打开哪个盒子？", "other"), ("装着{thing2}的盒子是什么颜色的？", "colour"), ("装着{thing}的盒子是什么颜色？", "other"), ("它们是谁的？", "name"),
     ("我打开{other}的盒子，会看到什么？", "thing"), ("我打开{colour}的盒子，会看到什么？", "thing2"), ("我要{thing}，该打开{other}的还是{colour}的盒子？", "other"), ("我要{thing2}，该打开{other}的还是{colour}的盒子？", "colour"), ("{thing}是谁的？", "name")),
    (("是谁心里{sad}？", "name"), ("坏了的是什么？", "thing"), ("什么被修好了？", "thing"), ("谁来修{thing}？", "friend"), ("{name}觉得怎么样？", "sad"), ("{name}的什么坏了？", "thing"), ("谁的心情不好？", "name"), ("谁帮了{name}？", "friend")),
)  # fmt: skip

OTHER_TEXTS: tuple[tuple[str, Asks], ...] = (
    ("{name}在{at}丢了一{mw}{thing}。{day}，{friend}找到了它。",
     (("谁丢了{thing}？", "name"), ("谁找到了它？", "friend"), ("丢了什么？", "thing"), ("{thing}是在哪里丢的？", "place"), ("{friend}是什么时候找到的？", "day"), ("{friend}找到了什么？", "thing"), ("找到{thing}是星期几？", "day"))),
    ("{day}，{name}买了一{mw}{colour}的{thing}和一{fmw}{food}。{friend}什么也没买。",
     (("{thing}是什么颜色的？", "colour"), ("{name}现在可以吃什么？", "food"), ("谁什么也没买？", "friend"), ("那是星期几？", "day"), ("谁买了{food}？", "name"), ("{name}买了什么{colour}的东西？", "thing"), ("谁买了东西？", "name"))),
    ("{name}、{friend}和{third}一起去{place}。{friend}第一个到，{third}最后一个到。",
     (("谁第一个到？", "friend"), ("谁最后一个到？", "third"), ("他们去了哪里？", "place"), ("谁既不是第一个也不是最后一个？", "name"), ("谁到得最早？", "friend"), ("谁到得最晚？", "third"), ("第二个到的是谁？", "name"))),
    ("{name}比{friend}大。{friend}比{third}大。",
     (("谁最大？", "name"), ("谁最小？", "third"), ("谁比{name}小，又比{third}大？", "friend"), ("三个人里年纪最大的是谁？", "name"), ("年纪最小的是谁？", "third"), ("谁排在中间？", "friend"))),
    ("{name}比{friend}高，{third}比{friend}矮。",
     (("谁最高？", "name"), ("谁最矮？", "third"), ("谁不高也不矮？", "friend"), ("{name}和{friend}，谁高？", "name"), ("{friend}和{third}，谁矮？", "third"))),
    ("桌上有一{mw}{thing}，桌下有一{mw2}{thing2}，椅子上有一{fmw}{food}。",
     (("桌上有什么？", "thing"), ("桌下有什么？", "thing2"), ("椅子上有什么？", "food"), ("什么在桌上？", "thing"), ("这里有什么可以吃？", "food"), ("桌子底下是什么？", "thing2"), ("什么放在椅子上？", "food"))),
    ("{name}喜欢{colour}，{friend}喜欢{other}，{third}两种都喜欢。",
     (("{name}喜欢什么颜色？", "colour"), ("{friend}喜欢什么颜色？", "other"), ("谁两种颜色都喜欢？", "third"), ("谁只喜欢{other}？", "friend"), ("谁只喜欢{colour}？", "name"))),
    ("{colour}的{thing}要{n}元，{other}的{thing}要{m}元。{name}买了{other}的。",
     (("{colour}的{thing}多少钱？", "n"), ("{other}的{thing}多少钱？", "m"), ("{name}买了哪一种颜色的？", "other"), ("{n}元的是什么颜色的？", "colour"), ("{name}花了几元？", "m"), ("谁买了{thing}？", "name"))),
    ("{name}住在{at}，{friend}住在{at2}。{day}他们见面了。",
     (("{name}住在哪里？", "place"), ("他们什么时候见面？", "day"), ("谁住在{at}？", "name"), ("谁住在{at2}？", "friend"), ("{friend}住在哪里？", "place2"), ("{name}见到了谁？", "friend"))),
    ("{name}有{n}{mw}{thing}，{friend}有{m}{mw}。",
     (("{name}有几{mw}{thing}？", "n"), ("{friend}有几{mw}？", "m"), ("谁有{m}{mw}？", "friend"), ("谁有{n}{mw}？", "name"), ("谁的{thing}多？", "more"), ("谁的{thing}少？", "less"))),
    ("先来的是{name}，接着是{friend}，最后是{third}。{third}手里拿着{thing}。",
     (("谁先来？", "name"), ("{name}后面来的是谁？", "friend"), ("谁最后来？", "third"), ("谁拿着{thing}？", "third"), ("{third}拿着什么？", "thing"), ("{third}前面来的是谁？", "friend"))),
    ("{name}说：“我来洗碗。”{friend}说：“我来扫地。”",
     (("谁洗碗？", "name"), ("谁扫地？", "friend"), ("{friend}要做什么？", "sweep"), ("{name}要做什么？", "wash"), ("谁先说话？", "name"), ("谁后说话？", "friend"))),
    ("{name}的{relative}是{job}，每天去{place}。{name}的爱好是画画。",
     (("{name}的{relative}是做什么的？", "job"), ("谁是{job}？", "relative"), ("{relative}每天去哪里？", "place"), ("谁喜欢画画？", "name"), ("谁的{relative}是{job}？", "name"))),
    ("{day}下雨了，{name}没有带伞，{friend}把自己的伞借给了{name}。",
     (("谁没有带伞？", "name"), ("谁借出了伞？", "friend"), ("星期几下雨了？", "day"), ("伞是谁的？", "friend"), ("谁借到了伞？", "name"), ("那天天气怎么样？", "rain"))),
    ("从前有一只{animal}，住在{at}。它的朋友是一只{animal2}。它们天天一起吃{food}。",
     (("故事里谁住在{at}？", "animal"), ("{animal}住在哪里？", "place"), ("{animal}的朋友是谁？", "animal2"), ("它们天天吃什么？", "food"), ("谁是{animal2}的朋友？", "animal"))),
    ("{name}想去{place}，可是下雨了，只好待在家里玩{thing}。",
     (("{name}本来想去哪里？", "place"), ("{name}在哪里？", "home"), ("{name}玩什么？", "thing"), ("谁待在家里？", "name"), ("{name}为什么没有出去？", "rain"), ("天气怎么样？", "rain"))),
    ("早上{name}吃了{food}，中午吃了{food2}，晚上什么也没吃。",
     (("{name}早上吃了什么？", "food"), ("{name}中午吃了什么？", "food2"), ("谁晚上没吃东西？", "name"), ("{food2}是什么时候吃的？", "noon"), ("{food}是什么时候吃的？", "morning"), ("{name}什么时候没吃东西？", "night"))),
)  # fmt: skip

WHOLE_ANSWERS = {
    "name": "[{v}。|是{v}。]", "friend": "[{v}。|是{v}。]", "third": "[{v}。|是{v}。]", "more": "[{v}。|{v}的多。]", "less": "[{v}。|{v}的少。]",
    "colour": "[{v}。|{v}的。|是{v}的。]", "other": "[{v}。|{v}的。|是{v}的。]", "thing": "[{v}。|是{v}。]", "thing2": "[{v}。|是{v}。]",
    "n": "{v}。", "m": "{v}。", "broken": "[因为{thing}坏了。|{thing}坏了。]", "rain": "[下雨了。|因为下雨了。]",
}  # fmt: skip
ANIMALS = ("兔子", "狐狸", "松鼠", "刺猬", "小熊", "猴子", "乌龟", "小猫", "小狗", "青蛙")


def _choose(rng: random.Random, split: Split) -> tuple[str, Asks]:
    """A text and what may be asked about it in this split."""
    if split == "train" and rng.random() < 0.6:
        return rng.choice(OTHER_TEXTS)
    at_text = rng.randrange(len(TEXTS))
    text, asks = TEXTS[at_text]
    return text, phrasings(asks, split, MORE[at_text])


def _slots(rng: random.Random, slots: dict[str, str]) -> dict[str, str]:
    """The slots of a text: what was drawn, and a second of each kind that is another."""
    n, m = rng.sample(range(2, 10), 2)
    names = (slots["name"], slots["friend"])
    thing2, measure2 = rng.choice([t for t in w.KEEPSAKES if t[0] not in slots["thing"] and slots["thing"] not in t[0]])
    place2 = rng.choice([p for p in w.PLACES if p != slots["place"]])
    animal, animal2 = rng.sample(ANIMALS, 2)
    characters = rng.random() < 0.5
    return slots | {
        "other": rng.choice([c for c in w.COLOURS if c != slots["colour"]]), "thing2": thing2, "mw2": measure2,
        "n": before_measure(n) if characters else str(n), "m": before_measure(m) if characters else str(m),
        "third": rng.choice([name for name in w.GIRLS + w.BOYS if name not in names]), "day": rng.choice(w.DAYS),
        "sad": slots["mood_sad"], "place2": place2, "at": at(slots["place"]), "at2": at(place2),
        "food2": rng.choice([f for f, _ in w.FOODS if f not in slots["food"] and slots["food"] not in f]),
        "relative": rng.choice(("妈妈", "爸爸", "叔叔", "姑姑")), "job": rng.choice(("医生", "老师", "司机", "画家", "厨师")),
        "animal": animal, "animal2": animal2, "more": names[n < m], "less": names[n > m], "sweep": "扫地", "wash": "洗碗",
        "rain": "下雨", "home": "家里", "noon": "中午", "morning": "早上", "night": "晚上", "broken": "坏",
        "key_n": number_key(n), "key_m": number_key(m),
    }  # fmt: skip


def question(rng: random.Random, split: Split, slots: dict[str, str]) -> Question:
    """A text, then a question about it; `slots` name who and what is spoken of."""
    slots = _slots(rng, slots)
    text, asks = _choose(rng, split)
    ask, answer = rng.choice(asks)
    said = {"t": fill(text, rng, slots), "a": fill(ask, rng, slots)}
    forms = (
        ("{t}{a}", "{t}\n{a}", "{a}{t}", "读一读：{t}{a}", "{t}问：{a}", "看下面的话，回答问题。{t}{a}")
        if split == "train"
        else ("{t}{a}",)
    )
    prompt = fill(rng.choice(forms), rng, said)
    value = slots[answer]
    shown = fill(WHOLE_ANSWERS.get(answer, "{v}。"), rng, slots | {"v": value})
    key = slots.get(f"key_{answer}", value)
    if answer in ("colour", "other"):
        key = f"{value}|{value[:-1]}的"
    return Question("reading", prompt, shown, "坏" if answer == "broken" else key, prompt)
