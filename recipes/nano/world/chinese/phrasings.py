"""More ways of asking in Chinese, for training alone: other words for each kind of fact, and frames around any question.

They stand apart from the lists whose last entries are held out (`askings.py`): adding here never moves that line.
"""

import random

from recipes.nano.world.chinese.askings_world import MORE_ABOUT_THE_WORLD

MORE_ASKS: dict[str, tuple[str, ...]] = {
    "colour": ("{x}呢，是什么颜色？", "{x}的颜色？", "{x}有什么样的颜色？", "我看见{one}{x}，它是什么颜色的？", "{x}大多是什么颜色的？", "画{x}要用哪种颜色的笔？",
               "{x}是红色的还是别的颜色？", "大家说{x}是什么颜色？", "猜猜{x}是什么颜色。", "{x}什么颜色？"),
    "kind": ("{x}是一种什么？", "{x}是哪一种东西？", "{x}是{kind}，还是{other}？", "{x}到底是什么？", "给{x}分个类。", "{x}跟什么是一类？", "{x}算{kind}还是算{other}？",
             "我没见过{x}，那是什么？", "什么是{x}？", "{x}属于什么？", "{x}是哪类？"),
    "place": ("{x}在哪儿？", "哪里看得到{x}？", "我该去哪里找{x}？", "{x}会在什么地方？", "{x}在什么地方？", "什么地方有{x}？", "{x}要去哪里找？", "{x}，在哪里？",
              "我想看{x}，去哪里好？", "怎样才能找到{x}？去哪里？"),
    "use": ("{x}做什么用？", "{x}是干什么用的？", "有了{x}可以做什么？", "什么时候要用{x}？", "{x}有什么作用？", "我有{one}{x}，能做什么？", "{x}对我们有什么用？", "{x}用来干什么？",
            "为什么要用{x}？", "{x}可以干什么？"),
    "building": ("{x}是什么样的地方？", "我们去{x}干什么？", "什么时候要去{x}？", "{x}里的人在做什么？", "{x}，做什么用的？", "去{x}能做什么？", "人们在{x}干什么？"),
    "material": ("{x}用什么做？", "什么材料可以做{x}？", "{x}的材料是什么？", "{x}是拿什么做的？", "大多数{x}是用什么做的？", "{x}是木头做的还是别的做的？", "{x}，用什么做的？",
                 "说出做{x}的材料。", "{x}是什么做成的？", "想做{x}要准备什么？"),
    "sound": ("{x}的声音是什么样的？", "{x}说话是什么声音？", "什么声音是{x}的叫声？", "{x}叫什么样？", "你听，{x}来了，它怎么叫？", "{x}高兴的时候怎么叫？", "{x}的叫声呢？", "模仿一下{x}的叫声。"),
    "food": ("{x}都吃些什么？", "{x}最爱吃什么？", "给{x}吃什么好？", "{x}饿了吃什么？", "{x}要吃什么才能长大？", "我想喂{x}，用什么喂？", "什么是{x}爱吃的？", "{x}一般吃些什么？",
             "{x}的午饭是什么？", "养{x}要喂什么？"),
    "baby": ("{x}生的宝宝叫什么？", "小小的{x}叫什么？", "{x}妈妈的孩子叫什么？", "{x}的幼儿怎么叫？", "{x}的宝宝是什么？", "{x}的下一代叫什么？", "{x}宝宝的名称是什么？"),
    "legs": ("{x}几条腿？", "{x}是几条腿的？", "{x}靠几条腿走路？", "{x}身上有几条腿？", "看看{x}，有几条腿？", "{x}的腿一共多少条？", "说出{x}有几条腿。"),
    "can": ("{x}能干什么？", "{x}的本领是什么？", "{x}做什么最好？", "{x}的特长是什么？", "{x}可以做什么？", "{x}会干什么？", "说说{x}的本领。", "{x}天生会什么？"),
    "part": ("{x}长什么样？有什么？", "{x}少不了什么？", "说说{x}有什么。", "{x}的身上有什么？", "画{x}的时候要画上什么？", "一看{x}就能看到什么？", "{x}的部分有哪些？", "{x}有些什么？"),
    "opposite": ("“{word}”对什么？", "和“{word}”相反的是什么？", "“{word}”的相反词是什么？", "{word}对什么？", "什么是“{word}”的反义词？", "把“{word}”反过来说。", "{word}的反面呢？",
                 "“{word}”反过来是什么？", "与{word}意思相反的词是哪个？", "{word}和什么相反？", "告诉我“{word}”的反义词。"),
    "capital": ("{country}首都是哪儿？", "{country}的首都？", "{country}的首都是哪座城市？", "去{country}的首都，是去哪里？", "{country}的国家首都叫什么名字？", "{country}的政府在哪座城市？",
                "我想去{country}的首都，那是哪里？", "{country}，首都是哪里？"),
    "job": ("{job}干什么活？", "{job}一天到晚忙什么？", "{job}会做什么？", "{job}要做什么事？", "{job}负责什么？", "如果我是{job}，我做什么？", "{job}干的是什么工作？", "什么是{job}的工作？"),
    "worker": ("谁来{work}？", "谁能{work}？", "专门{work}的人叫什么？", "每天{work}的是谁？", "{work}的人是做什么的？", "谁负责{work}？", "说出一种{work}的人。", "{work}要找谁？"),
    "after": ("{word}完了是{which}？", "下一{one_unit}呢？这{one_unit}是{word}。", "说出{word}后面的那一{one_unit}。", "{word}接下来是{which}？", "{word}，然后是{which}？", "等{word}过去，就是{which}？",
              "{word}往后一{one_unit}是{which}？"),
    "before": ("{word}的前一{one_unit}是{which}？", "说出{word}前面的那一{one_unit}。", "还没到{word}，先是{which}？", "{word}往前一{one_unit}是{which}？", "什么在{word}的前面？", "上一{one_unit}呢？这{one_unit}是{word}。",
               "先有{which}，再有{word}？"),
    "measure": ("一……{x}，中间说什么？", "{x}用什么量词？", "{x}，量词是哪个？", "{x}应该用哪个量词来数？", "我看见一什么{x}？", "数{x}用哪个字？", "说“一”和“{x}”，中间放什么字？"),
} | MORE_ABOUT_THE_WORLD  # fmt: skip

FRAMES: tuple[str, ...] = (
    "请回答：{q}", "我有个问题。{q}", "问题：{q}", "{q}请告诉我。", "你能告诉我吗？{q}", "Nano，{q}", "快说：{q}", "{q}我想知道。", "老师问：{q}", "你好！{q}", "{q}谢谢。",
    "回答这个问题：{q}", "帮我看看这个：{q}", "{q}好好想一想。", "给你出个题：{q}", "我朋友想知道：{q}", "{q}你会吗？", "我想问一下，{q}", "现在告诉我：{q}", "来，{q}", "{q}请简短回答。",
    "这个很简单：{q}", "麻烦你，{q}", "请教一下：{q}", "考考你：{q}", "妈妈问我：{q}", "下一题：{q}", "{q}拜托了。", "嗨，{q}", "小测验：{q}",
)  # fmt: skip


def framed(rng: random.Random, prompt: str) -> str:
    """The question in one of the frames; one that ends without a sign gets a comma before what follows it."""
    frame = rng.choice(FRAMES)
    comma = "" if frame.endswith("{q}") or prompt[-1] in "。？！.?!：" else "，"
    return frame.replace("{q}", prompt + comma)


MORE_SUMS = ("{sum}", "{sum}是几？", "{sum}得几？", "{sum}一共是多少？", "算出{sum}。", "我想知道{sum}是多少。", "{sum}，结果是什么？", "帮我算{sum}。", "{sum}得出多少？", "做这道题：{sum}", "求{sum}。",
             "说出{sum}的结果。")  # fmt: skip
MORE_TOGETHER = (
    "{name}早上找到{a}{mw}{x}，晚上又找到{b}{mw}。一共找到几{mw}？", "一个盒子里有{a}{mw}{x}，另一个盒子里有{b}{mw}。两个盒子里一共有几{mw}？", "{friend}送给{name}{b}{mw}{x}，{name}原来就有{a}{mw}。{name}现在有几{mw}？",
    "{a}{mw}{x}加上{b}{mw}{x}，一共几{mw}？", "{name}数了{a}{mw}{x}，{friend}数了另外{b}{mw}。他们一共数了几{mw}？", "今天{name}得到{a}{mw}{x}，昨天得到{b}{mw}。两天一共得到几{mw}？",
    "左边有{a}{mw}{x}，右边有{b}{mw}。合起来有几{mw}？", "{name}先看见{a}{mw}{x}，后来又看见{b}{mw}。{name}一共看见几{mw}？", "{name}有{a}{mw}{x}，再来{b}{mw}，是几{mw}？",
)  # fmt: skip
MORE_TAKEN = (
    "{name}有{a}{mw}{x}，用掉了{b}{mw}。还有几{mw}没用？", "{a}{mw}{x}里有{b}{mw}是坏的。好的有几{mw}？", "从{a}{mw}{x}里拿走{b}{mw}，还剩几{mw}？", "桌上有{a}{mw}{x}，{friend}拿走了{b}{mw}。桌上还有几{mw}？",
    "盒子里有{a}{mw}{x}，掉出来{b}{mw}。现在盒子里有几{mw}？", "{name}卖掉了{a}{mw}{x}中的{b}{mw}。{name}还留着几{mw}？", "{a}{mw}{x}，少了{b}{mw}，剩下几{mw}？", "{name}有{a}{mw}{x}，{friend}借走{b}{mw}。{name}手里还有几{mw}？",
    "原来有{a}{mw}{x}，现在不见了{b}{mw}。还有几{mw}？",
)  # fmt: skip
MORE_COMPARISONS = ("{a}{word}还是{b}{word}？", "告诉我哪个{word}：{a}还是{b}？", "说出更{word}的数：{a}，{b}。", "比一比{a}和{b}，谁{word}？", "{a}跟{b}比，哪个{word}一些？", "{a}和{b}当中，{word}的是哪个？",
                    "谁更{word}，{a}还是{b}？", "找出{word}的数：{a}，{b}。", "{a}、{b}，哪个比较{word}？", "选一个更{word}的：{a}或{b}。", "{a}，{b}，{word}的那个是几？", "{a}和{b}比大小，哪个{word}？")  # fmt: skip
MORE_COUNTS = ("数一数，从{a}到{b}。", "从{a}开始数，数到{b}。", "{a}到{b}，数给我听。", "说一说从{a}到{b}的数。", "从{a}一个一个数到{b}。", "我们从{a}数到{b}吧。", "写出从{a}到{b}的数。", "{a}到{b}有哪些数？",
               "数数：从{a}到{b}。", "帮我从{a}数到{b}。", "请你从{a}往{b}数。")  # fmt: skip
MORE_NEXT = ("{n}的{side}面是几？", "{n}{side}面的数是几？", "说出{n}{side}面的数。", "告诉我{n}{side}面是几。", "数数的时候，{n}{side}面是哪个数？", "紧挨着{n}，{side}面那个数是几？", "{n}的{side}一个数是多少？", "{n}，{side}一个是几？")  # fmt: skip
MORE_IN_WORDS = ("{n}写成汉字。", "{n}的汉字怎么写？", "{n}怎么读？", "用中文写{n}。", "不要用数字，写出{n}。", "{n}，用汉字说。", "把数字{n}写成中文。", "读一读{n}。", "{n}用中文数字怎么写？", "{n}念什么？")  # fmt: skip
MORE_IN_DIGITS = ("{w}写成数字。", "{w}的数字怎么写？", "用阿拉伯数字写{w}。", "{w}，写成数字是多少？", "不要用汉字，写出{w}。", "把汉字{w}变成数字。", "{w}用数字写是几？", "写出{w}的数字。")  # fmt: skip

MORE_LISTINGS = ("{n}种{kind}，谢谢。", "写出{n}种{kind}。", "你知道哪些{kind}？说{n}种就够了。", "给我说{n}种{kind}。", "想出{n}种{kind}。", "{n}种{kind}是什么？", "我要{n}种{kind}。", "{kind}有哪些？说{n}种。",
                 "能不能说{n}种{kind}？", "数出{n}种{kind}。", "告诉我{n}种{kind}的名字。", "请写下{n}种{kind}。", "举{n}个{kind}的例子。")  # fmt: skip
MORE_ODD_ONES = ("{words}，哪个不合群？", "哪一个放错了：{words}？", "{words}，谁跟别的不一样？", "两个是一类，哪个不是：{words}？", "去掉一个：{words}。", "哪个词不该在这里：{words}？", "有一个不是同类：{words}。是哪个？",
                 "{words}，找出不同的那个。", "挑出不一样的：{words}。", "{words}这三个里，哪个不同类？", "{words}，哪个应该拿走？", "看看{words}，哪个不对？")  # fmt: skip
MORE_ON_LISTS: dict[str, tuple[str, ...]] = {
    "first": ("{list}，打头的是哪个？", "{list}。第一个？", "这一串从什么开始：{list}？", "取第一个：{list}。", "最前面的是哪个：{list}？", "{list}，最先说的是什么？", "开头的词：{list}。", "{list}，排第一的是谁？"),
    "last": ("{list}，排在末尾的是哪个？", "{list}。最后一个？", "这一串到什么结束：{list}？", "取最后一个：{list}。", "最后面的是哪个：{list}？", "{list}，最后说的是什么？", "末尾的词：{list}。", "{list}，排最后的是谁？"),
    "number": ("{list}。一共几个？", "{list}，有多少个？", "数数看：{list}。", "这里有几个：{list}？", "{list}，是几个词？", "我说了几个词？{list}。", "{list}。数量是多少？"),
    "backwards": ("{list}。请倒过来。", "从最后一个说到第一个：{list}。", "反过来说：{list}。", "倒着写出来：{list}。", "把{list}倒过来说。", "从尾到头：{list}。", "颠倒顺序：{list}。"),
    "sorted": ("{list}。请排好顺序。", "小的在前：{list}。", "排一排：{list}。", "把{list}从小排到大。", "由小到大：{list}。", "先小后大：{list}。", "给这些数排队，小的排前面：{list}。"),
    "within": ("{list}。里面有{one}吗？", "你能找到{one}吗？{list}。", "这里面有{one}没有：{list}？", "找找{one}：{list}。有吗？", "{list}，有{one}吗？", "{one}在不在这里面：{list}？", "看看有没有{one}：{list}。"),
    "nth": ("{list}，排第{nth}的是什么？", "{list}。第{nth}个？", "取第{nth}个：{list}。", "第{nth}个是谁：{list}？", "{list}，第{nth}个叫什么？", "从前往后数，第{nth}个是哪个：{list}？", "第{nth}个词：{list}。"),
}  # fmt: skip

MORE_MOODS = (
    "这里面是什么心情，高兴还是难过？{text}", "{text}高兴还是难过？", "{text}写的人是高兴还是难过？", "这几句话听着高兴还是难过？{text}", "我读到这句：{text}这是高兴的事还是难过的事？", "{text}心情是高兴还是难过？",
    "说高兴或难过。{text}", "{text}感觉怎么样，高兴还是难过？", "判断心情，高兴或难过：{text}", "{text}说话的人开不开心？回答高兴或难过。", "读一读：{text}是高兴还是难过？", "{text}这个人难过还是高兴？",
)  # fmt: skip
MORE_RATINGS = (
    "{text}好还是坏？", "有人这样说，是好还是坏？{text}", "{text}是好是坏？", "说好或坏。{text}", "{text}写的人觉得好还是坏？", "写这话的人怎么想，好还是坏？{text}", "我读到：{text}这是好事还是坏事？", "判断好坏：{text}",
    "{text}算好事还是坏事？", "{text}评价是好的还是坏的？", "好评还是坏评？{text}", "听听这话：{text}好还是坏？",
)  # fmt: skip
