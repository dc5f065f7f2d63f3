"""How each kind of fact is asked, answered and told in Chinese, and asked again in a talk that goes on.

The last phrasings of every `ask` are held out (`shapes.phrasings`); what training has besides stands in `phrasings.py`.
"""

from dataclasses import dataclass

from recipes.nano.world import facts as english
from recipes.nano.world.chinese.askings_world import ASKINGS_ABOUT_THE_WORLD
from recipes.nano.world.facts import Asking


@dataclass(frozen=True)
class Fact:
    """One thing that can be asked: how it is asked, its slots, its key, and the name that decides where it is held out."""

    kind: str
    key: str
    slots: tuple[tuple[str, str], ...]
    name: str
    source: english.Fact | None = None


ASKINGS = {
    "colour": Asking(
        ("{x}是什么颜色的？", "{x}是什么颜色？", "{x}的颜色是什么？", "告诉我{x}的颜色。", "我想画{x}，应该用什么颜色？", "{x}一般是什么颜色的？",
         "说出{x}的颜色。", "请问{x}是什么颜色的？", "什么颜色是{x}的颜色？", "{x}看起来是什么颜色的？", "你知道{x}的颜色吗？", "要给{x}涂色，该选哪种颜色？"),
        ("{x}是{colour}的。", "{x}是{colour}的。", "{colour}。", "是{colour}的。", "[好问题！|当然，|]{x}是{colour}的。", "{x}一般是{colour}的。"),
        ("{x}是{colour}的。", "图画里有{one}{x}，是{colour}的，跟大多数{x}一样。", "我见过{x}，它是{colour}的。")),
    "kind": Asking(
        ("{x}是什么？", "{x}是什么东西？", "{x}属于哪一类？", "{x}是{kind}还是{other}？", "{x}是{other}还是{kind}？", "{x}是哪一类东西？",
         "告诉我{x}是什么。", "请问{x}是什么？", "{x}算是什么？", "{x}应该归在哪一类？", "说说{x}是什么。", "你会把{x}放进哪一类？"),
        ("{x}是{a_kind}。", "{x}是{a_kind}。", "{x}属于{kind}。", "{kind}。", "它是{a_kind}。", "是{a_kind}。"),
        ("{x}是{a_kind}。", "{x}属于{kind}。", "{kind}里有{x}。")),
    "place": Asking(
        ("{x}在哪里？", "哪里有{x}？", "在哪里能找到{x}？", "{x}一般在哪里？", "我在找{x}，应该去哪里找？", "去哪里可以看到{x}？", "在什么地方能见到{x}？",
         "告诉我{x}在哪里。", "{x}通常在什么地方？", "想找{x}，要去哪儿？", "哪儿可以找到{x}？", "说说{x}会在什么地方。"),
        ("{x}在{at}。", "在{at}。", "{at}。", "在{at}可以找到{x}。", "去{at}找找看。", "一般在{at}。"),
        ("{x}在{at}。", "我们在{at}看到了{x}。", "在{at}可以找到{x}。")),
    "use": Asking(
        ("{x}是用来做什么的？", "{x}有什么用？", "{x}可以用来做什么？", "人们用{x}做什么？", "{x}的用处是什么？", "{x}能做什么用？", "我们为什么需要{x}？",
         "请问{x}有什么用处？", "拿{x}来做什么？", "要{x}做什么？", "告诉我{x}的用途。", "说一说{x}能用来干什么。"),
        ("{x}是用来{use}的。", "{x}可以用来{use}。", "用来{use}。", "{use}。", "它是用来{use}的。", "人们用它来{use}。"),
        ("{x}是用来{use}的。", "有了{x}，就可以{use}了。", "人们用{x}来{use}。")),
    "building": Asking(
        ("{x}是做什么的地方？", "人们去{x}做什么？", "在{x}可以做什么？", "{x}有什么用？", "{x}是用来做什么的？", "我们为什么需要{x}？", "{x}是干什么的地方？",
         "告诉我{x}有什么用。", "在{x}能做什么？", "说说人们为什么去{x}。"),
        ("{x}是{use}的地方。", "是{use}的地方。", "人们在那里{use}。", "去{x}可以{use}。", "{use}。"),
        ("{x}是{use}的地方。", "人们去{x}{use}。")),
    "material": Asking(
        ("{x}是用什么做的？", "{x}是什么做的？", "做{x}要用什么材料？", "{x}用的是什么材料？", "人们用什么做{x}？", "告诉我{x}是用什么做的。", "要做{x}，需要什么？",
         "{x}一般是用什么做成的？", "请问{x}是什么材料做的？", "{x}是由什么做成的？", "拿什么可以做{x}？", "说说{x}的材料。"),
        ("{x}是用{material}做的。", "{x}是{material}做的。", "用{material}做的。", "{material}。", "它一般是用{material}做的。"),
        ("{x}是用{material}做的。", "他们拿来一些{material}，做了{one}{x}。", "做{x}要用{material}。")),
    "sound": Asking(
        ("{x}怎么叫？", "{x}会发出什么声音？", "{x}的叫声是什么样的？", "{x}是怎么叫的？", "告诉我{x}怎么叫。", "{x}叫起来是什么声音？", "你能说说{x}怎么叫吗？",
         "听到{x}叫，是什么声音？", "请问{x}怎么叫？", "{x}会怎样叫？", "{x}发出的声音是什么样的？", "学一学{x}的叫声。"),
        ("{x}会{sound}。", "{x}{sound}。", "它会{sound}。", "{sound}。"),
        ("{x}会{sound}。", "{x}整天{sound}。", "{x}饿了就{sound}。")),
    "food": Asking(
        ("{x}吃什么？", "{x}喜欢吃什么？", "{x}爱吃什么？", "拿什么喂{x}？", "我的{x}饿了，该给它吃什么？", "{x}的食物是什么？", "告诉我{x}吃什么。",
         "{x}平时吃什么？", "请问{x}吃什么？", "{x}靠吃什么生活？", "喂{x}要用什么？", "说一说{x}爱吃的东西。"),
        ("{x}吃{food}。", "{x}喜欢吃{food}。", "吃{food}。", "{food}。", "它吃{food}。", "请给它吃{food}。"),
        ("{x}吃{food}。", "{x}最爱吃{food}。", "{x}饿了，就去找{food}吃。")),
    "baby": Asking(
        ("{x}的宝宝叫什么？", "{x}的孩子叫什么？", "刚出生的{x}叫什么？", "人们把{x}的宝宝叫作什么？", "年幼的{x}叫什么？", "怎么称呼{x}的宝宝？", "{x}小时候叫什么？",
         "请问{x}的孩子叫什么？", "告诉我{x}的宝宝叫什么。", "说出{x}的宝宝的名字。"),
        ("{x}的宝宝叫{baby}。", "叫{baby}。", "{baby}。", "{x}的孩子是{baby}。"),
        ("{x}的宝宝叫{baby}。", "{x}妈妈睡在{baby}旁边。")),
    "legs": Asking(
        ("{x}有几条腿？", "{x}有多少条腿？", "{x}长着几条腿？", "数一数{x}有几条腿。", "告诉我{x}有几条腿。", "{x}一共有几条腿？", "{x}的腿有几条？",
         "请问{x}有几条腿？", "{x}用几条腿走路？", "你知道{x}有几条腿吗？"),
        ("{x}{has_legs}。", "{x}{has_legs}。", "{legs}。", "它{has_legs}。"),
        ("{x}{has_legs}。", "我画了{one}{x}，它{has_legs}。")),
    "can": Asking(
        ("{x}会做什么？", "{x}会什么？", "{x}有什么本领？", "{x}擅长什么？", "{x}能做什么？", "说一件{x}会做的事。", "告诉我{x}会做什么。", "请问{x}有什么本事？",
         "{x}最拿手的是什么？", "{x}有什么能力？", "{x}有什么特别的本领？", "你知道{x}会做什么吗？"),
        ("{x}会{can}。", "{x}会{can}。", "会{can}。", "它会{can}。", "{can}。"),
        ("{x}会{can}。", "我们看着{x}，它会{can}。", "{x}很会{can}。")),
    "part": Asking(
        ("{x}有什么？", "{x}有哪些部分？", "在{x}上能看到什么？", "说出{x}的一个部分。", "{x}由哪些部分组成？", "我要画{x}，不能忘了画什么？", "告诉我{x}有什么。",
         "看看{x}，你能看到什么？", "{x}上面有什么？", "仔细看{x}，会看到什么？", "{x}都有哪些部分？", "说说{x}长什么样，有什么。"),
        ("{x}有{parts}。", "有{parts}。", "{parts}。", "它有{parts}。"),
        ("{x}有{parts}。", "我画了{one}{x}，没有忘记画{parts}。")),
    "opposite": Asking(
        ("“{word}”的反义词是什么？", "{word}的反义词是什么？", "说出“{word}”的反义词。", "“{word}”的反面是什么？", "跟“{word}”相反的词是什么？", "“{word}”，反义词是什么？",
         "什么词和“{word}”意思相反？", "请说出{word}的反义词。", "我说“{word}”，你说它的反义词。", "不是“{word}”，那是什么？", "哪个词与{word}相反？", "给“{word}”找一个反义词。"),
        ("“{word}”的反义词是“{opposite}”。", "{word}的反义词是{opposite}。", "{opposite}。", "是“{opposite}”。"),
        ("“{word}”和“{opposite}”是一对反义词。", "{word}的反义词是{opposite}。", "不是{word}，而是{opposite}。")),
    "capital": Asking(
        ("{country}的首都是哪里？", "{country}的首都是什么？", "哪座城市是{country}的首都？", "告诉我{country}的首都。", "说出{country}的首都。", "{country}的首都在哪里？",
         "请问{country}的首都是哪个城市？", "{country}的首都叫什么？", "什么城市是{country}的首都？", "{country}把哪里作为首都？", "你知道{country}的首都吗？", "哪里是{country}的首都？"),
        ("{country}的首都是{capital}。", "是{capital}。", "{capital}。", "{capital}是{country}的首都。"),
        ("{country}的首都是{capital}。", "她坐飞机去了{capital}，那是{country}的首都。", "{capital}是{country}的首都。")),
    "job": Asking(
        ("{job}做什么工作？", "{job}是做什么的？", "{job}的工作是什么？", "{job}每天做什么？", "告诉我{job}做什么。", "{job}上班的时候做什么？", "我们为什么需要{job}？",
         "请问{job}是干什么的？", "当{job}要做什么？", "{job}靠做什么挣钱？", "{job}的任务是什么？", "说说{job}的工作。"),
        ("{job}的工作是{work}。", "{job}{work}。", "{work}。", "他们{work}。", "{job}负责{work}。"),
        ("{job}的工作是{work}。", "她妈妈是{job}，每天{work}。")),
    "worker": Asking(
        ("谁{work}？", "谁的工作是{work}？", "{work}是谁的工作？", "什么人{work}？", "我想找人{work}，该找谁？", "负责{work}的人是谁？", "哪种人的工作是{work}？",
         "谁会来{work}？", "请问谁负责{work}？", "要{work}，应该找谁？"),
        ("{job}。", "是{job}。", "{work}是{job}的工作。", "你可以找{job}。", "{job}{work}。"),
        ("{work}是{job}的工作。", "{job}在{at}工作。")),
    "after": Asking(
        ("{word}后面是{which}？", "{word}之后是{which}？", "过了{word}是{which}？", "{word}的下一{one_unit}是{which}？", "{word}的后面是什么？", "{word}过完了，接下来是{which}？",
         "告诉我{word}后面是{which}。", "请问{word}之后是{which}？", "紧跟在{word}后面的是{which}？", "如果这{one_unit}是{word}，下一{one_unit}是{which}？"),
        ("{word}后面是{next}。", "{next}。", "是{next}。", "{word}之后是{next}。"),
        ("{word}后面是{next}。", "先是{word}，然后是{next}。", "过了{word}就是{next}。")),
    "before": Asking(
        ("{word}前面是{which}？", "{word}之前是{which}？", "{word}的上一{one_unit}是{which}？", "{word}的前面是什么？", "在{word}前面的是{which}？", "告诉我{word}前面是{which}。",
         "请问{word}之前是{which}？", "哪一{one_unit}在{word}前面？", "紧挨在{word}前面的是{which}？", "如果这{one_unit}是{word}，上一{one_unit}是{which}？"),
        ("{word}前面是{next}。", "{next}。", "是{next}。", "{word}之前是{next}。"),
        ("{word}前面是{next}。", "先是{next}，后来才是{word}。")),
    "measure": Asking(
        ("“{x}”用什么量词？", "{x}的量词是什么？", "一什么{x}？", "数{x}的时候用什么量词？", "说{x}的时候，用哪个量词？", "一（　）{x}，括号里填什么？", "请问{x}用哪个量词？",
         "我有一（　）{x}，填什么量词？", "告诉我{x}的量词。", "该说一什么{x}？"),
        ("{x}的量词是“{measure}”。", "一{measure}{x}。", "用“{measure}”。", "“{measure}”，一{measure}{x}。"),
        ("一{measure}{x}，两{measure}{x}，三{measure}{x}。", "那边有一{measure}{x}。", "{x}的量词是“{measure}”。")),
} | ASKINGS_ABOUT_THE_WORLD  # fmt: skip

# what is there to be eaten, drunk or sat on is not used "to" do so
ASKINGS["plain_use"] = Asking(
    ASKINGS["use"].ask,
    ("{x}是用来{use}的。", "{x}可以{use}。", "{use}。", "可以{use}。", "是用来{use}的。"),
    ("{x}是用来{use}的。", "{x}可以{use}。"),
)

# asked of something that was spoken of just now: 它
FOLLOW_UPS = {
    "colour": ("[那|]它是什么颜色的？", "颜色呢？", "[那|]它的颜色是什么？"),
    "kind": ("[那|]它是什么？", "它属于哪一类？"),
    "place": ("[那|]它在哪里？", "在哪里能找到它？", "我去哪儿找它？"),
    "use": ("[那|]它有什么用？", "它是用来做什么的？", "有什么用呢？"),
    "plain_use": ("[那|]它有什么用？", "它可以做什么用？", "有什么用呢？"),
    "building": ("[那|]它有什么用？", "人们去那里做什么？"),
    "material": ("[那|]它是用什么做的？", "用什么做的呢？", "它是什么材料做的？"),
    "sound": ("[那|]它怎么叫？", "它会发出什么声音？", "叫声呢？"),
    "food": ("[那|]它吃什么？", "它喜欢吃什么？", "那喂它什么呢？"),
    "baby": ("[那|]它的宝宝叫什么？", "它的孩子呢，叫什么？"),
    "legs": ("[那|]它有几条腿？", "几条腿呢？"),
    "can": ("[那|]它会做什么？", "它有什么本领？"),
    "part": ("[那|]它有什么？", "它有哪些部分？"),
    "measure": ("[那|]它用什么量词？", "量词呢？"),
}
