"""The built-in data set `boxes`: into which box a thing goes, where each kind of thing has a box of its own colour.

No row says that: that all fruit goes into the red box has to be seen from examples. Held-out questions ask about things
that no training row names, so that what is known by heart answers none of them. `python -m lab.data.builtin.boxes`
prints counts and some rows.
"""

import random

from lab.card import DataCard, Text

CARD = DataCard(
    id="boxes",
    name=Text("Which box", "放进哪个箱子"),
    explain=Text(
        "Into which box a thing goes: one box for all fruit, others for tools, animals and clothes. The rule is told nowhere; "
        "held-out questions are on things that training never names.",
        "东西该放进哪个箱子：水果一箱，工具、动物、衣物各一箱。规则哪里都没写，要从示例看出；留出的问题问的都是训练中没出现过的东西。",
    ),
    format="prompt_completion",
    source="Our own invention (lab/data/builtin/boxes.py).",
    licence="Apache-2.0",
    languages=("en", "zh"),
)

SEED = 2026
HELD_OUT = 18
"""Things of each kind that training never names."""
ASKS = {"train": 3, "held_out": 1}
"""In how many wordings each thing is asked about."""
BOXES = {
    "animal": Text("Green", "绿"), "fruit": Text("Red", "红"), "tool": Text("Grey", "灰"), "clothing": Text("Blue", "蓝"),
}  # fmt: skip
THINGS = {
    "animal": "dog 狗,cat 猫,cow 牛,horse 马,pig 猪,sheep 绵羊,goat 山羊,rabbit 兔子,mouse 老鼠,lion 狮子,tiger 老虎,bear 熊,"
              "wolf 狼,fox 狐狸,deer 鹿,elephant 大象,zebra 斑马,monkey 猴子,camel 骆驼,donkey 驴,hedgehog 刺猬,otter 水獭,"
              "panda 熊猫,squirrel 松鼠,koala 考拉,kangaroo 袋鼠,gorilla 大猩猩,beaver 河狸,seal 海豹,whale 鲸鱼,dolphin 海豚,"
              "frog 青蛙,mole 鼹鼠,giraffe 长颈鹿,lizard 蜥蜴,bat 蝙蝠",
    "fruit": "apple 苹果,banana 香蕉,orange 橙子,lemon 柠檬,pear 梨,peach 桃子,plum 李子,cherry 樱桃,strawberry 草莓,"
             "blueberry 蓝莓,grape 葡萄,melon 甜瓜,coconut 椰子,mango 芒果,pineapple 菠萝,apricot 杏子,raspberry 树莓,kiwi 猕猴桃,"
             "lime 青柠,fig 无花果,papaya 木瓜,watermelon 西瓜,grapefruit 柚子,lychee 荔枝,blackberry 黑莓,tangerine 橘子,"
             "pomegranate 石榴,avocado 牛油果,guava 番石榴,cranberry 蔓越莓,blackcurrant 黑加仑,nectarine 油桃,durian 榴莲,"
             "persimmon 柿子,quince 榅桲,gooseberry 醋栗",
    "tool": "hammer 锤子,saw 锯子,spade 铁锹,rake 耙子,axe 斧头,ladder 梯子,rope 绳子,needle 针,broom 扫帚,brush 刷子,ruler 尺子,"
            "torch 手电筒,screwdriver 螺丝刀,drill 电钻,nail 钉子,glue 胶水,comb 梳子,sponge 海绵,hook 钩子,lock 锁,spanner 扳手,"
            "chisel 凿子,hoe 锄头,sickle 镰刀,pickaxe 镐,pitchfork 干草叉,hose 水管,telescope 望远镜,wheelbarrow 独轮车,"
            "paintbrush 画笔,key 钥匙,whistle 哨子,net 网,iron 熨斗,match 火柴,magnifying glass 放大镜",
    "clothing": "hat 帽子,coat 大衣,shirt 衬衫,dress 连衣裙,shoe 鞋,boot 靴子,sock 袜子,glove 手套,scarf 围巾,belt 腰带,"
                "jacket 夹克,skirt 裙子,sweater 毛衣,apron 围裙,slipper 拖鞋,tie 领带,raincoat 雨衣,helmet 头盔,vest 背心,"
                "suit 西装,uniform 制服,sandal 凉鞋,cloak 斗篷,blouse 女衬衫,cap 鸭舌帽,mask 面具,cardigan 开衫,nightgown 睡裙,"
                "swimsuit 泳衣,sneaker 运动鞋,mitten 连指手套,shawl 披肩,dressing gown 睡袍,gown 礼服,kimono 和服,hood 兜帽",
}  # fmt: skip
ASKED = {
    "en": ("Which box does the {thing} go into?", "Where do I put the {thing}?", "In which box is the {thing}?",
           "Here is the {thing}. Which box?", "What colour is the box for the {thing}?", "The {thing}: which box?"),
    "zh": ("{thing}放进哪个箱子？", "我该把{thing}放在哪里？", "{thing}在哪个箱子里？", "我这儿有{thing}，放哪个箱子？", "装{thing}的箱子是什么颜色？",
           "{thing}：哪个箱子？"),
}  # fmt: skip


def load(split: str, language: str = "en") -> list[dict[str, str]]:
    """Rows {"prompt", "completion"} of split "train" or "held_out" in "en" or "zh", always in one order."""
    rows = []
    for kind in THINGS:
        for english, chinese in _things(kind, split):
            rng = random.Random(f"{SEED} {english}")
            thing = chinese if language == "zh" else english
            for wording in rng.sample(ASKED[language], ASKS[split]):
                rows.append({"prompt": wording.format(thing=thing), "completion": _answer(kind, language)})
    random.Random(f"{SEED} order {split}").shuffle(rows)
    return rows


def _things(kind: str, split: str) -> list[tuple[str, str]]:
    """Those of a kind that a split asks about, in English and Chinese."""
    every = [(en, zh) for en, zh in (one.rsplit(maxsplit=1) for one in THINGS[kind].split(","))]
    random.Random(f"{SEED} {kind}").shuffle(every)
    return every[:HELD_OUT] if split == "held_out" else every[HELD_OUT:]


def _answer(kind: str, language: str) -> str:
    return f"{BOXES[kind].zh}色。" if language == "zh" else f"{BOXES[kind].en}."


if __name__ == "__main__":
    for language in CARD.languages:
        for split in ASKS:
            rows = load(split, language)
            print(f"{language} {split}: {len(rows)} rows")
            for row in rows[:8]:
                print(f"    {row['prompt']}  →  {row['completion']}")
