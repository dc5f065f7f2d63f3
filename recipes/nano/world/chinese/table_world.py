"""The Chinese of what is said of countries, climates, seasons and tools that are no things of the tables."""

CONTINENTS = "Europe=欧洲, Asia=亚洲, Africa=非洲, North America=北美洲, South America=南美洲, Oceania=大洋洲"

LANGUAGES = """
French=法语, German=德语, Italian=意大利语, Spanish=西班牙语, English=英语, Chinese=汉语, Japanese=日语, Hindi=印地语, Russian=俄语
Arabic=阿拉伯语, Swahili=斯瓦希里语, Greek=希腊语, Polish=波兰语, Norwegian=挪威语, Swedish=瑞典语, Finnish=芬兰语
Portuguese=葡萄牙语, Turkish=土耳其语, Hungarian=匈牙利语, Danish=丹麦语, Thai=泰语, Korean=韩语, Persian=波斯语, Nepali=尼泊尔语
Icelandic=冰岛语, Ukrainian=乌克兰语, Romanian=罗马尼亚语, Bulgarian=保加利亚语, Croatian=克罗地亚语, Mongolian=蒙古语, Urdu=乌尔都语
Bengali=孟加拉语, Vietnamese=越南语, Malay=马来语, Indonesian=印尼语, Amharic=阿姆哈拉语, Malagasy=马达加斯加语
"""

DISHES = """
cheese=奶酪, sausages=香肠, pizza=比萨饼, paella=海鲜饭, fish and chips=炸鱼薯条, dumplings=饺子, sushi=寿司, curry=咖喱, pancakes=薄饼
beans=豆子, corn=玉米, olives=橄榄, cake=蛋糕, fish=鱼, meatballs=肉丸, stew=炖肉, potatoes=土豆, kebab=烤肉串, waffles=华夫饼, rice=米饭
pickled cabbage=泡菜, dates=枣子, lentils=扁豆, porridge=麦片粥, beet soup=甜菜汤, yogurt=酸奶, meat=肉, noodle soup=汤面
fried rice=炒饭, couscous=古斯米, flat bread=薄面包, bananas=香蕉, hamburgers=汉堡包, tacos=墨西哥卷饼, steak=牛排, pies=肉馅饼
"""

ANIMALS = """
bull=公牛, robin=知更鸟, panda=熊猫, crane=鹤, tiger=老虎, bear=熊, camel=骆驼, lion=狮子, goat=山羊, stork=白鹳, moose=驼鹿, reindeer=驯鹿
sheep=绵羊, llama=羊驼, beaver=河狸, elephant=大象, yak=牦牛, cow=牛, pony=矮种马, horse=马, buffalo=水牛, orangutan=红毛猩猩
giraffe=长颈鹿, gorilla=大猩猩, lemur=狐猴, zebra=斑马, eagle=老鹰, sloth=树懒, toucan=巨嘴鸟, tortoise=乌龟, kangaroo=袋鼠
"""

CLIMATES = """
hot and dry=炎热干燥, hot and rainy=炎热多雨, warm and sunny=温暖晴朗, mild=温和, cool and rainy=凉爽多雨, cold=寒冷
a sun hat=遮阳帽, light clothes=薄衣服, sunglasses=太阳镜, a light jacket=薄外套, a raincoat=雨衣, a thick coat=厚大衣
date palms=枣椰树, bananas=香蕉, olives=橄榄, wheat=小麦, grass=草, pine trees=松树, water=水, an umbrella=雨伞, shade=阴凉
a warm house in winter=冬天有暖和的房子, a warm stove=暖和的炉子, it almost never rains=几乎不下雨, it rains very often=经常下大雨
the sun shines almost every day=几乎天天出太阳, it is not too hot and not too cold=不太热也不太冷, it rains often=常常下雨
it snows for many months=一连下几个月的雪
"""

SEASONS = """
warm=温暖, hot=炎热, cool=凉爽, cold=寒冷, plant seeds=播种, swim in the sea=去海里游泳, gather the harvest=收庄稼, build snowmen=堆雪人
a light jacket=薄外套, a T-shirt=短袖衫, a sweater=毛衣, a thick coat=厚大衣, flowers begin to bloom=花开了, fruit grows sweet=果子变甜了
leaves fall from the trees=树叶落了, snow covers the ground=雪盖住了大地
"""

TOOLS = """
microphone=话筒, tray=托盘, spanner=扳手, pickaxe=镐, pair of scissors=剪刀, baton=指挥棒, wand=魔杖, microscope=显微镜, test tube=试管
pair of glasses=眼镜, clay=陶土, loom=织布机, gold=金子, brick=砖头, glass=玻璃, scales=秤, till=收银机, ice=冰块, hive=蜂箱, saddle=马鞍
gun=猎枪, diving mask=潜水镜, football=足球, swimsuit=泳衣, trolley=行李车, dictionary=词典, chisel=凿子
"""
