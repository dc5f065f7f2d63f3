"""Who and what a Chinese story is about: drawn once, so that names, pronouns, things and the season stay the same.

Slots: h (hero) he kind who a_who; f (friend) fhe; they; r (relative) rhe; old a_old oldhe; place inplace place2 inplace2
thing a_thing that_thing thing2 food a_food skill skill2 look colour trait trait2 pet a_pet season weather sky home near
happy sad; people are 他 or 她, animals 它. Some slots stand for marks that `introduce` turns into words at the end.
"""

import random
import re

from recipes.nano.world.chinese import words as w
from recipes.nano.world.chinese.parts import Who

# marks for what is named in full the first time, and shortly after that
FRIEND, OLD, A_OLD, PET, A_PET, A_THING = "\x01", "\x02", "\x03", "\x04", "\x05", "\x06"

PEOPLE = ("小女孩", "小男孩")
# names that are words too
WORDS_TOO = frozenset(
    (
        "石头",
        "杨柳",
        "刚刚",
        "明明",
        "圆圆",
        "甜甜",
        "小雨",
        "可可",
        "白白",
        "毛毛",
        "咕咕",
        "跳跳",
        "蹦蹦",
        "点点",
        "小燕",
        "春花",
        "小山",
        "亮亮",
        "黑黑",
        "闹闹",
        "泡泡",
        "呼呼",
    )
)
NOT_WALKING = ("小鱼",)  # heroes only when they are asked for
# (place, in or at it)
PLACES = tuple(
    (name, name + where)
    for where, names in {
        "里": "公园 森林 花园 果园 树林 山谷 菜园 竹林 村子 农场",
        "": "海边 河边 湖边 池塘边 山坡上 草地上 小桥边 田野边 大树下 麦田边 村口 井边 沙滩上",
        "上": "集市 广场 后山",
    }.items()
    for name in names.split()
)
HOMES = ("森林边的小木屋里", "大山脚下", "小河边的村子里", "海边的小房子里", "一条安静的小街上", "小镇的尽头", "山坡上的小院里",
         "一棵老槐树旁边", "湖边的白房子里", "一座老磨坊里", "开满野花的山谷里", "竹林后面")  # fmt: skip
ANIMAL_HOMES = ("一片大森林里", "老橡树的树洞里", "绿油油的草地边", "安静的池塘旁", "村边的谷仓里", "向阳的山坡上", "河边的草丛里",
                "一座小岛上", "密密的灌木丛里", "弯弯的小溪边", "开满野花的山谷里", "蘑菇屋里")  # fmt: skip
NEAR = ("村子东头", "小路尽头", "河对岸", "街角的小屋里", "山坡上的小屋里", "竹林那边")
ELDERS = (("老爷爷", "一位老爷爷", "他"), ("老奶奶", "一位老奶奶", "她"), ("老木匠", "一位老木匠", "他"), ("老渔夫", "一位老渔夫", "他"),
          ("卖花的婆婆", "一位卖花的婆婆", "她"), ("守林的老伯", "一位守林的老伯", "他"), ("老裁缝", "一位老裁缝", "她"))  # fmt: skip
ANIMAL_ELDERS = ("老山羊", "老乌龟", "老黄牛", "老猫头鹰", "老象", "老马", "老松鼠", "老白鹅")
PETS = ("小猫", "小狗", "小鸟", "小兔子", "小鸭子", "小刺猬", "小羊", "小松鼠", "小鸡")
SMALL_PETS = ("小麻雀", "小田鼠", "小壁虎", "小云雀", "小鼹鼠", "小黄鹂", "小仓鼠", "小灰鹅")
WINTER_PETS = ("小麻雀", "小山雀", "小田鼠", "小灰鹅")
BIG = ("自行车", "木马", "大衣", "吉他")  # never lost under a pillow
SKILLS = (
    "唱歌",
    "跳舞",
    "画画",
    "跳绳",
    "吹口哨",
    "讲故事",
    "下棋",
    "翻跟头",
    "剪纸",
    "打鼓",
    "捏泥人",
    "变魔术",
    "踢毽子",
    "写毛笔字",
)
RELATIVES = tuple(one for one in w.RELATIVES if one[0] not in ("老师", "邻居", "妹妹", "弟弟"))
SEASONS = {
    "春天": (("暖和", "晴朗", "有风"), ("春风轻轻地吹", "柳树发了新芽", "小草偷偷地钻出了土", "桃花开了满树", "细细的春雨刚刚停")),
    "夏天": (("炎热", "晴朗", "闷热"), ("知了叫个不停", "太阳火辣辣的", "荷花开得正好", "树荫下凉快极了", "天上飘着几朵白云")),
    "秋天": (("凉爽", "晴朗", "有雾"), ("树叶黄了，一片一片落下来", "田里的稻子黄澄澄的", "大雁排着队往南飞", "果园里飘着香味", "天又高又蓝")),
    "冬天": (("寒冷", "下雪", "干冷"), ("雪花一片一片地飘下来", "河面结了厚厚的冰", "北风呼呼地吹", "屋顶上盖着白白的雪", "窗户上结满了冰花")),
}  # fmt: skip
PORTABLE = tuple(one for one in w.FOODS if one[1] not in ("碗", "盘", "杯", "罐"))


def _a(measure: str, noun: str) -> str:
    return f"一{measure}{noun}"


def _person(rng: random.Random, who: Who, girl: bool, kind: str, taken: str = "") -> tuple[str, str, str, str]:
    """Name, pronoun, kind and measure word; an animal may go by its kind alone."""
    if who == "people":
        names = [n for n in (w.GIRLS if girl else w.BOYS) if n[0] != taken[:1] and n not in WORDS_TOO]
        return rng.choice(names), "她" if girl else "他", kind or PEOPLE[not girl], "个"
    kinds = dict(w.ANIMAL_HEROES)
    kind = kind or rng.choice([k for k in kinds if k not in NOT_WALKING and k[-2:] not in taken])
    name = (
        kind
        if rng.random() < 0.35
        else rng.choice([n for n in w.ANIMAL_NAMES if n[0] not in taken and n not in WORDS_TOO])
    )
    return name, "它", kind, kinds.get(kind, "只")


def cast(rng: random.Random, kind: str = "", thing: str = "", season: str = "", who: Who = "any") -> dict[str, str]:
    """The slots of one story. A kind that is not asked for is drawn; `season` and `who` are what the problem needs."""
    if kind:
        who = "people" if kind in PEOPLE else "animals"
    elif who == "any":
        who = rng.choice(("people", "animals"))
    girl = kind == PEOPLE[0] if kind in PEOPLE else rng.random() < 0.5
    h, he, kind, measure = _person(rng, who, girl, kind)
    f_girl = girl if rng.random() < 0.3 else not girl
    f, fhe, fkind, f_measure = _person(rng, who, f_girl, "", h + kind)
    animals = who == "animals"
    old, a_old, oldhe = rng.choice(ELDERS)
    if animals:
        old = rng.choice([one for one in ANIMAL_ELDERS if one[-1] not in h + kind + f + fkind])
        a_old, oldhe = _a("只" if old[-1] not in "牛象马" else {"牛": "头", "象": "头", "马": "匹"}[old[-1]], old), "它"
    keepsakes = dict(w.KEEPSAKES)
    thing = thing or rng.choice([one for one in keepsakes if one not in BIG])
    food, food_measure = rng.choice(PORTABLE)
    (place, inplace), (place2, inplace2) = rng.sample(PLACES, 2)
    skill, skill2 = rng.sample(SKILLS, 2)
    season = season or rng.choice(tuple(SEASONS))
    pets = (WINTER_PETS if season == "冬天" else SMALL_PETS) if animals else PETS
    pet = rng.choice([one for one in pets if one[-1] not in kind + fkind])
    r, rhe = rng.choice(RELATIVES)
    return {
        "h": h, "he": he, "kind": kind, "who": kind if h == kind else kind + h,
        "a_who": _a(measure, kind) if h == kind else _a(measure, f"叫{h}的{kind}"), "a_kind": _a(measure, kind),
        "f": FRIEND, "fname": f, "fhe": fhe, "fkind": fkind, "fwho": fkind if f == fkind else f if not animals else fkind + f,
        "a_fwho": _a(f_measure, fkind) if f == fkind else _a(f_measure, f"叫{f}的{fkind}"),
        "they": "它们" if animals else "她们" if he == fhe == "她" else "他们",
        "r": r, "rhe": "它" if animals else rhe, "old": OLD, "oldname": old, "a_old": A_OLD, "a_oldname": a_old, "oldhe": oldhe,
        "place": place, "inplace": inplace, "place2": place2, "inplace2": inplace2,
        "thing": thing, "a_thing": A_THING, "a_thingname": _a(keepsakes.get(thing, "个"), thing),
        "that_thing": f"那{keepsakes.get(thing, '个')}{thing}", "thing2": rng.choice([k for k in keepsakes if k[-1] != thing[-1] and k not in BIG]),
        "food": food, "a_food": _a(food_measure, food), "skill": skill, "skill2": skill2,
        "pet": PET, "petname": pet, "a_pet": A_PET, "a_petname": _a("只", pet),
        "look": rng.choice(w.LOOKS), "colour": rng.choice(w.COLOURS), "trait": rng.choice(w.TRAITS), "trait2": rng.choice(w.GOOD_TRAITS),
        "season": season, "weather": rng.choice(SEASONS[season][0]), "sky": rng.choice(SEASONS[season][1]),
        "home": rng.choice(ANIMAL_HOMES if animals else HOMES), "home_near": rng.choice(NEAR),
        "day2": rng.choice(("星期六", "星期天", "下个星期")), "happy": rng.choice(w.HAPPY), "sad": rng.choice(w.SAD),
    }  # fmt: skip


def _first_and_later(text: str, marks: str, first: str, later: dict[str, str], in_speech: dict[str, str]) -> str:
    """The marks as words: `first` where one stands first outside of speech, then `later`."""
    out, met, depth = [], False, 0
    for char in text:
        depth += (char == "“") - (char == "”")
        if char not in marks:
            out.append(char)
        elif met or depth:
            out.append((later if met else in_speech)[char])
        elif out and out[-1] == "的" and char in PET + OLD:
            out.append(later[char])  # 他的小猫, not 他的一只小猫
            met = True
        else:
            out.append(first)
            met = True
    return "".join(out)


def introduce(text: str, rng: random.Random, slots: dict[str, str]) -> str:
    """The text with the marks of cast turned into words: a cat at first, then the cat; a friend by kind and name."""
    known = re.search("好朋友|朋友是", text[: text.find(FRIEND)]) is not None
    friend = slots["fwho"] if known else rng.choice(("好朋友", "好朋友", "小伙伴", "邻居")) + slots["fwho"]
    name, old, pet = slots["fname"], slots["oldname"], slots["petname"]
    text = _first_and_later(text, FRIEND, friend, {FRIEND: name}, {FRIEND: name})
    text = _first_and_later(
        text, OLD + A_OLD, slots["a_oldname"], {OLD: old, A_OLD: old}, {OLD: old, A_OLD: slots["a_oldname"]}
    )
    text = _first_and_later(text, PET + A_PET, slots["a_petname"], {PET: pet, A_PET: "那" + slots["a_petname"][1:]},
                            {PET: pet, A_PET: slots["a_petname"]})  # fmt: skip
    return _first_and_later(
        text, A_THING, slots["a_thingname"], {A_THING: slots["that_thing"]}, {A_THING: slots["a_thingname"]}
    )
