"""How the data set `cuisine` asks: for each kind of fact and language the phrasings to train on and those held out.

A held-out phrasing never occurs in training: that is the whole point of the held-out split. Slots: {dish} inside a
sentence, {Dish} at its start, {is} and {does} in its number, its {pinyin} or {Pinyin}, its {english} name in Chinese
questions, and {means} for what a technique does. The rules have no held-out phrasings: they are asked, in those of
training, about {dish}es that training never names, with the {region} or {technique} that tells.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Phrasings:
    """The ways to ask for one kind of fact in one language."""

    train: tuple[str, ...]
    held_out: tuple[str, ...]


ENGLISH = {
    "region": Phrasings(
        (
            "Where {does} {dish} come from?",
            "Which region {is} {dish} from?",
            "What is the home region of {dish}?",
            "Name the region of {dish}.",
            "Which region is famous for {dish}?",
            "{Dish}: which region?",
        ),
        (
            "Tell me which region {dish} {is} from.",
            "What region {does} {dish} belong to?",
            "Which region gave us {dish}?",
        ),
    ),
    "ingredient": Phrasings(
        (
            "What is the main ingredient of {dish}?",
            "What {is} {dish} mainly made of?",
            "Which ingredient matters most in {dish}?",
            "Name the main ingredient in {dish}.",
            "{Dish}: which main ingredient?",
            "Which ingredient do I need most for {dish}?",
        ),
        (
            "Tell me the main ingredient of {dish}.",
            "Which ingredient {is} {dish} mainly made from?",
            "What main ingredient goes into {dish}?",
        ),
    ),
    "technique": Phrasings(
        (
            "How {is} {dish} cooked?",
            "Which technique is used for {dish}?",
            "What is the main technique behind {dish}?",
            "Name the cooking technique for {dish}.",
            "{Dish}: which technique?",
            "By which technique {is} {dish} cooked?",
        ),
        (
            "Tell me how {dish} {is} cooked.",
            "What cooking technique {does} {dish} need?",
            "Which technique makes {dish}?",
        ),
    ),
    "taste": Phrasings(
        (
            "How {does} {dish} taste?",
            "What {does} {dish} taste like?",
            "What is the taste of {dish}?",
            "Describe the taste of {dish}.",
            "{Dish}: what taste?",
            "Which taste {does} {dish} have?",
        ),
        (
            "Tell me about the taste of {dish}.",
            "What taste should {dish} have?",
            "Which words describe the taste of {dish}?",
        ),
    ),
    "kind": Phrasings(
        (
            "What kind of dish {is} {dish}?",
            "Which kind of food {is} {dish}?",
            "Name the kind of dish: {dish}.",
            "{Dish}: what kind of dish?",
        ),
        (
            "Tell me what kind of food {dish} {is}.",
            "On a menu, what kind of dish {is} {dish}?",
        ),
    ),
    "name": Phrasings(
        (
            "What {is} {dish} called in Chinese?",
            "What is the Chinese name of {dish}?",
            "How do you say {dish} in Chinese?",
            "{Dish}: what Chinese name?",
        ),
        (
            "Tell me the Chinese name of {dish}.",
            "Which Chinese name {does} {dish} have?",
        ),
    ),
    "dish": Phrasings(
        (
            "Which dish is called {pinyin} in Chinese?",
            "What does {pinyin} mean on a menu?",
            "{Pinyin}: which dish is it?",
            "Name the dish that is {pinyin} in Chinese.",
        ),
        (
            "Which dish is known as {pinyin}?",
            "Tell me which dish {pinyin} is.",
        ),
    ),
    "called": Phrasings(
        (
            "What do we call {means}?",
            "Which technique is {means}?",
            "Name the technique: {means}.",
            "What is {means} called?",
        ),
        (
            "Tell me what {means} is called.",
            "Which word do cooks use for {means}?",
        ),
    ),
    "story": Phrasings(("Tell me something about {dish}.", "What is special about {dish}?"), ()),
    "rule_taste": Phrasings(
        (
            "{Dish} {is} from {region}. What taste do you expect?",
            "A dish from {region}, {dish}: which taste is likely?",
        ),
        (),
    ),
    "rule_texture": Phrasings(
        (
            "{Dish} {is} made by {technique}. What texture do you expect?",
            "Made by {technique}, {dish}: which texture is likely?",
        ),
        (),
    ),
}

CHINESE = {
    "region": Phrasings(
        (
            "{dish}是哪里的菜？",
            "{dish}来自哪个地方？",
            "{dish}的家乡在哪里？",
            "说出{dish}的发源地。",
            "哪个地方以{dish}闻名？",
            "{dish}是哪儿的？",
        ),
        (
            "请告诉我{dish}是哪里的。",
            "{dish}属于哪个地方的菜？",
            "想吃正宗的{dish}该去哪里？",
        ),
    ),
    "ingredient": Phrasings(
        (
            "{dish}的主料是什么？",
            "{dish}主要用什么做？",
            "做{dish}最要紧的食材是什么？",
            "说出{dish}的主料。",
            "{dish}里主要是什么？",
            "做{dish}先要买什么食材？",
        ),
        (
            "请告诉我{dish}的主料。",
            "{dish}以什么食材为主？",
            "{dish}是用什么主料做成的？",
        ),
    ),
    "technique": Phrasings(
        (
            "{dish}用什么方法做？",
            "{dish}用的是哪种技法？",
            "{dish}的主要技法是什么？",
            "说出{dish}的烹饪技法。",
            "{dish}的做法是哪一种？",
            "做{dish}要用哪种技法？",
        ),
        (
            "请告诉我{dish}的技法。",
            "{dish}靠什么技法做成？",
            "厨师用哪种烹饪技法做{dish}？",
        ),
    ),
    "taste": Phrasings(
        (
            "{dish}是什么味道？",
            "{dish}吃起来怎么样？",
            "{dish}的口味是什么？",
            "形容一下{dish}的味道。",
            "{dish}尝起来是什么味道？",
            "{dish}属于哪种口味？",
        ),
        (
            "请告诉我{dish}的味道。",
            "{dish}的味道该怎么形容？",
            "点一份{dish}，会是什么口味？",
        ),
    ),
    "kind": Phrasings(
        (
            "{dish}属于哪一类？",
            "{dish}是哪类菜？",
            "说出{dish}的类别。",
            "{dish}算哪一类？",
        ),
        (
            "请告诉我{dish}的类别。",
            "在菜单上，{dish}归在哪一类？",
        ),
    ),
    "name": Phrasings(
        (
            "{dish}用英语怎么说？",
            "{dish}的英文名是什么？",
            "说出{dish}的英文名。",
            "{dish}翻成英文是什么？",
        ),
        (
            "请告诉我{dish}的英文名。",
            "英文菜单上怎么写{dish}？",
        ),
    ),
    "dish": Phrasings(
        (
            "哪道菜的英文名是 {english}？",
            "英文菜单上的 {english} 是什么菜？",
            "{english} 的中文名是什么？",
            "说出 {english} 的中文名。",
        ),
        (
            "请告诉我 {english} 是哪道菜。",
            "{english} 用中文怎么说？",
        ),
    ),
    "called": Phrasings(
        (
            "{means}，叫什么？",
            "哪种技法指的是{means}？",
            "说出这种技法：{means}。",
            "{means}的技法叫什么？",
        ),
        (
            "请告诉我，{means}叫什么。",
            "厨师把{means}叫作什么？",
        ),
    ),
    "story": Phrasings(("说说{dish}。", "{dish}有什么特别之处？"), ()),
    "rule_taste": Phrasings(
        (
            "{dish}是{region}菜，大概是什么味道？",
            "一道{region}菜，{dish}：可能是什么味道？",
        ),
        (),
    ),
    "rule_texture": Phrasings(
        (
            "{dish}的做法是{technique}，大概是什么口感？",
            "用{technique}的做法做的{dish}：可能是什么口感？",
        ),
        (),
    ),
}

PHRASINGS = {"en": ENGLISH, "zh": CHINESE}
