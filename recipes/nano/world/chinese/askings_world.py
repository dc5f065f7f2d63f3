"""How countries, climates, seasons and jobs are asked about in Chinese; what follows from a climate says why.

The last phrasings of every `ask` are held out; `MORE_ABOUT_THE_WORLD` is for training alone.
"""

from recipes.nano.world.facts import Asking

ASKINGS_ABOUT_THE_WORLD = {
    "continent": Asking(
        ("{country}在哪个洲？", "{country}属于哪个洲？", "{country}位于哪个大洲？", "哪个洲有{country}？", "{country}是哪个洲的国家？", "告诉我{country}在哪个洲。", "请问{country}在哪个洲？", "去{country}就是去哪个洲？",
         "{country}在世界的哪个洲？", "你知道{country}在哪个洲吗？", "{country}是在亚洲还是在别的洲？", "说出{country}所在的洲。"),
        ("{country}在{value}。", "在{value}。", "{value}。", "{country}是{value}的国家。"), ("{country}在{value}。", "{value}有个国家叫{country}。")),
    "language": Asking(
        ("{country}人说什么语言？", "在{country}说什么话？", "{country}的语言是什么？", "{country}人讲什么语？", "去{country}要会说什么语言？", "告诉我{country}人说什么语言。", "请问{country}用什么语言？", "在{country}，大家说什么？",
         "{country}的人平时讲哪种语言？", "什么语言是{country}人说的？", "你知道{country}人说什么语言吗？", "想跟{country}人聊天，要学什么语言？"),
        ("{country}人说{value}。", "{value}。", "说{value}。", "在{country}说{value}。"), ("{country}人说{value}。", "她去{country}以前先学了{value}。")),
    "climate": Asking(
        ("{country}的天气怎么样？", "{country}的气候怎么样？", "{country}冷不冷，热不热？", "{country}是什么气候？", "在{country}，天气是什么样的？", "告诉我{country}的气候。", "请问{country}天气如何？", "说说{country}的天气。",
         "去{country}会遇到什么天气？", "{country}平常天气怎样？", "你知道{country}的气候吗？", "住在{country}，天气会是什么样？"),
        ("{country}的气候{value}。", "{value}。", "那里{value}。", "{country}天气{value}。"), ("{country}的气候{value}。", "{country}天气{value}，人们都习惯了。")),
    "dish": Asking(
        ("{country}人爱吃什么？", "在{country}吃什么？", "{country}有什么好吃的？", "{country}人喜欢吃什么？", "去{country}可以尝尝什么？", "告诉我{country}人爱吃什么。", "请问{country}有什么美食？", "说出{country}的一种食物。",
         "{country}人的饭桌上常有什么？", "到了{country}，该吃什么？", "你知道{country}人爱吃什么吗？", "{country}有名的食物是什么？"),
        ("{country}人爱吃{value}。", "{value}。", "可以吃{value}。", "在{country}，人们喜欢吃{value}。"), ("{country}人爱吃{value}。", "我们在{country}吃了{value}。")),
    "native": Asking(
        ("{country}有什么动物？", "在{country}能看到什么动物？", "什么动物生活在{country}？", "{country}有名的动物是什么？", "说出{country}的一种动物。", "去{country}可以看什么动物？", "请问{country}有什么动物？", "告诉我{country}的一种动物。",
         "到{country}去，能见到什么动物？", "{country}的野外有什么动物？", "哪种动物住在{country}？", "提到{country}，你想到什么动物？"),
        ("{country}有{value}。", "{value}。", "在{country}可以看到{value}。"), ("{country}有{value}。", "我们在{country}看到了{value}。")),
    "wear": Asking(
        ("去{country}要带什么衣物？", "去{country}应该穿戴什么？", "到{country}去，要准备什么穿戴？", "在{country}穿戴什么合适？", "我要去{country}，该带什么穿的？", "在{country}，人们穿戴什么？", "去{country}旅行要带什么衣物？",
         "请问去{country}要带什么衣物？", "告诉我去{country}该穿戴什么。", "{country}人常穿戴什么？", "去{country}以前，要准备什么衣物？", "什么衣物适合在{country}穿戴？"),
        ("{country}气候{climate}，要带{value}。", "因为那里{climate}，所以要带{value}。", "{value}。", "带{value}吧，那里{climate}。", "要带{value}。"), ("{country}气候{climate}，人们离不开{value}。", "去{country}要带{value}。")),
    "grows": Asking(
        ("{country}能种什么？", "{country}长着什么植物？", "什么适合在{country}生长？", "在{country}可以看到什么植物？", "{country}的地里长什么？", "告诉我{country}长什么。", "请问{country}适合种什么？", "{country}有什么植物？",
         "按{country}的天气，能长什么？", "在{country}种什么好？", "说出{country}的一种植物。", "什么植物喜欢{country}的气候？"),
        ("{country}气候{climate}，适合长{value}。", "{value}。", "那里{climate}，长着{value}。", "在{country}可以看到{value}。"), ("{country}气候{climate}，适合长{value}。", "{country}到处长着{value}。")),
    "need": Asking(
        ("在{country}最需要什么？", "{country}人最需要什么？", "住在{country}，最要紧的是什么？", "去{country}，最离不开什么？", "在{country}生活需要什么？", "请问在{country}什么最重要？", "告诉我在{country}最需要什么。", "按{country}的天气，人们需要什么？",
         "{country}的天气让人最需要什么？", "在{country}，什么东西最有用？", "到了{country}，最需要的是什么？", "在{country}住，少不了什么？"),
        ("{country}气候{climate}，最需要{value}。", "{value}。", "那里{climate}，所以最需要{value}。", "最需要{value}。"), ("{country}气候{climate}，人们最需要{value}。",)),
    "rains": Asking(
        ("{country}常下雨吗？天气怎样？", "{country}的雨水多不多？", "{country}下雨吗，下雪吗？", "在{country}，天上常有什么？", "{country}一年到头天气怎样？", "说说{country}下不下雨。", "请问{country}的雨多吗？", "{country}的天空怎么样？",
         "在{country}会遇到雨、雪还是太阳？", "{country}的雨、雪和太阳怎么样？", "告诉我{country}的雨水情况。", "{country}会下雨还是会下雪？"),
        ("{country}{value}。", "{value}。", "那里{value}。", "{country}气候{climate}，{value}。"), ("{country}气候{climate}，{value}。",)),
    "season_of": Asking(
        ("{month}是什么季节？", "{month}属于哪个季节？", "到了{month}，是什么季节？", "{month}在哪个季节里？", "哪个季节有{month}？", "请问{month}是哪个季节？", "告诉我{month}是什么季节。", "{month}的时候是什么季节？",
         "现在是{month}，是什么季节？", "{month}是春夏秋冬里的哪一个？", "{month}算哪个季节？", "在{month}，我们过的是什么季节？"),
        ("{month}是{season}。", "{season}。", "是{season}。", "{month}属于{season}。"), ("{month}是{season}。", "{season}里有{month}。")),
    "season_weather": Asking(
        ("{season}的天气怎么样？", "{season}是冷还是热？", "{season}天气如何？", "到了{season}，天气会怎样？", "{season}的时候天气怎么样？", "告诉我{season}的天气。", "请问{season}冷不冷？", "说说{season}的天气。", "在{season}，天气是什么样的？",
         "{season}来了，天气会变得怎么样？", "{season}给人什么感觉，冷还是热？", "一到{season}，天气怎样？"),
        ("{season}天气{value}。", "{season}很{value}。", "{value}。", "天气{value}。"), ("{season}天气{value}。", "{season}到了，天气{value}起来。")),
    "season_doing": Asking(
        ("{season}可以做什么？", "{season}人们做什么？", "到了{season}，大家做什么？", "{season}适合做什么？", "{season}的时候玩什么、忙什么？", "告诉我{season}可以做什么。", "请问{season}做什么好？", "在{season}，我们能做什么？", "说一件{season}做的事。",
         "{season}来了，人们去做什么？", "一到{season}，大家都在忙什么？", "{season}有什么可以做的？"),
        ("{season}可以{value}。", "{value}。", "人们在{season}{value}。", "可以{value}。"), ("{season}可以{value}。", "{season}到了，我们一起{value}。")),
    "season_wear": Asking(
        ("{season}穿什么？", "{season}要穿什么衣服？", "到了{season}，该穿什么？", "{season}穿什么合适？", "{season}的时候人们穿什么？", "告诉我{season}穿什么。", "请问{season}穿什么好？", "在{season}应该穿什么衣服？", "{season}出门穿什么？",
         "{season}来了，要换上什么？", "什么衣服适合{season}穿？", "一到{season}，大家穿什么？"),
        ("{season}穿{value}。", "{value}。", "穿{value}。", "{season}{weather}，应该穿{value}。"), ("{season}穿{value}。", "{season}到了，他穿上了{value}。")),
    "season_nature": Asking(
        ("{season}大自然有什么变化？", "{season}会看到什么景色？", "到了{season}，外面怎么样？", "{season}的花草树木怎么样？", "{season}来了，会发生什么？", "告诉我{season}外面的样子。", "请问{season}有什么景色？", "说说{season}的景色。", "在{season}，田野和树林怎么样？",
         "{season}是什么样子的？", "一到{season}，大地有什么变化？", "怎么看出{season}到了？"),
        ("{season}到了，{value}。", "{value}。", "到了{season}，{value}。"), ("{season}到了，{value}。", "{value}，{season}来了。")),
    "tool": Asking(
        ("{job}用什么工作？", "{job}要用什么东西？", "{job}工作时用什么？", "{job}手里常拿着什么？", "{job}离不开什么？", "告诉我{job}用什么工作。", "请问{job}用什么工具？", "{job}干活用什么？", "当{job}，要用到什么？", "说出{job}用的一样东西。",
         "{job}工作的时候少不了什么？", "做{job}需要什么？"),
        ("{job}用{value}。", "{value}。", "用{value}。", "{job}工作的时候要用{value}。"), ("{job}工作的时候用{value}。", "{job}离不开{value}。")),
    "workplace": Asking(
        ("{job}在哪里工作？", "{job}在什么地方上班？", "在哪里可以找到{job}？", "{job}去哪里上班？", "{job}的工作地点在哪里？", "告诉我{job}在哪里工作。", "请问{job}在哪儿工作？", "我想找{job}，去哪里？", "{job}每天去哪里干活？", "哪里有{job}？",
         "{job}在哪个地方工作？", "要见{job}，该去哪里？"),
        ("{job}在{value}工作。", "{value}。", "在{value}。", "{job}一般在{value}工作。"), ("{job}在{value}工作。", "我在{value}见到了{job}。")),
}  # fmt: skip

MORE_ABOUT_THE_WORLD: dict[str, tuple[str, ...]] = {
    "continent": ("{country}，哪个洲？", "{country}在哪一洲？", "{country}是什么洲的？", "在哪个洲能找到{country}？", "{country}算哪个洲？", "我要去{country}，那是在哪个洲？"),
    "language": ("{country}，说什么语言？", "{country}人的话是什么语？", "{country}的人说哪种话？", "{country}的孩子学说什么语言？", "{country}用哪种语言？", "去{country}，说什么话才行？"),
    "climate": ("{country}，天气怎样？", "{country}天气好吗，怎么样？", "{country}那边是什么天气？", "{country}的气候呢？", "{country}是冷是热？", "在{country}天气如何？"),
    "dish": ("{country}人吃什么？", "{country}的美食是什么？", "{country}有什么吃的？", "我在{country}饿了，吃什么？", "{country}人最爱吃什么？", "{country}的好吃的有哪些？说一种。"),
    "native": ("{country}的动物是什么？", "{country}，有什么动物？", "{country}有哪种动物？", "我想在{country}看动物，能看到什么？", "{country}住着什么动物？", "{country}的动物有哪些？说一种。"),
    "wear": ("去{country}穿什么？", "{country}那种天气，穿戴什么？", "{country}的人出门穿戴什么？", "到{country}，我该穿戴什么？", "行李里放什么衣物去{country}？", "去{country}玩，带什么衣物？"),
    "grows": ("{country}长什么？", "{country}种什么？", "在{country}，什么长得好？", "{country}有什么长在地里？", "{country}的土地上长什么？", "{country}的农民可以种什么？"),
    "need": ("{country}人少不了什么？", "在{country}要准备什么最要紧？", "去{country}一定要有什么？", "{country}的人最缺不了什么？", "在{country}，人们最需要的是什么？", "住{country}要有什么才好？"),
    "rains": ("{country}下雨多吗？", "{country}的雨怎么样？", "{country}雨多还是雪多？", "{country}会不会下雨？", "{country}的雨水怎么样？", "去{country}会碰上雨吗？"),
    "season_of": ("{month}，什么季节？", "{month}是哪个季节？", "什么季节里有{month}？", "{month}到了，是什么季节？", "{month}我们在过什么季节？", "{month}是春天吗，还是别的季节？"),
    "season_weather": ("{season}冷还是热？", "{season}怎么样，冷吗？", "{season}的天气呢？", "{season}天气好不好，怎么样？", "什么样的天气是{season}的？", "{season}里天气怎样？"),
    "season_doing": ("{season}做什么好？", "{season}里大家忙什么？", "{season}能玩什么、做什么？", "{season}有什么好做的？", "{season}的活动是什么？", "{season}一般做什么？"),
    "season_wear": ("{season}要穿什么？", "{season}里穿什么？", "{season}该换什么衣服？", "{season}上学穿什么？", "给我说说{season}穿什么。", "{season}穿的是什么？"),
    "season_nature": ("{season}外面有什么变化？", "{season}的景色怎么样？", "{season}里大自然怎么样？", "{season}能看到什么变化？", "{season}的树和花怎么样？", "{season}的大地是什么样？"),
    "tool": ("{job}用什么？", "{job}的工具是什么？", "{job}拿什么工作？", "{job}靠什么干活？", "{job}干活离不开什么？", "什么东西{job}天天用？"),
    "workplace": ("{job}在哪儿？", "{job}在哪儿上班？", "{job}的工作在哪里？", "去哪里能见到{job}？", "{job}在什么地方干活？", "{job}一般在哪里？"),
}  # fmt: skip
