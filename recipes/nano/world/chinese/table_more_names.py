"""The Chinese names of the things of the table_more files: one line a measure word (量词), as in table_names.py."""

MORE_NAMES = """
只: rooster=公鸡, canary=金丝雀, seagull=海鸥, stork=白鹳, crane=仙鹤, heron=苍鹭, pelican=鹈鹕, woodpecker=啄木鸟, cuckoo=杜鹃鸟
只: nightingale=夜莺, magpie=喜鹊, blackbird=乌鸫, swallow=燕子, raven=渡鸦, hawk=苍鹰, falcon=猎隼, vulture=秃鹫, toucan=巨嘴鸟
只: hummingbird=蜂鸟, kingfisher=翠鸟, quail=鹌鹑, pheasant=野鸡, emu=鸸鹋, kiwi bird=几维鸟, cockatoo=凤头鹦鹉, dove=白鸽, puffin=海鹦
只: albatross=信天翁, lark=云雀, jay=松鸦, goldfinch=金翅雀
只: wasp=黄蜂, bumblebee=熊蜂, hornet=大胡蜂, beetle=甲虫, dragonfly=蜻蜓, moth=飞蛾, cricket=蟋蟀, cicada=知了, flea=跳蚤, louse=虱子
只: cockroach=蟑螂, termite=白蚁, locust=蝗虫, firefly=萤火虫, mantis=螳螂, stick insect=竹节虫, water strider=水黾
条: silkworm=蚕, salmon=三文鱼, trout=鳟鱼, tuna=金枪鱼, carp=鲤鱼, cod=鳕鱼, herring=鲱鱼, sardine=沙丁鱼, eel=鳗鱼, pike=梭鱼, perch=鲈鱼
条: catfish=鲶鱼, clownfish=小丑鱼, pufferfish=河豚, swordfish=剑鱼, piranha=食人鱼, ray=鳐鱼, anglerfish=鮟鱇鱼, flying fish=飞鱼
条: sturgeon=鲟鱼, cobra=眼镜蛇, python=蟒蛇, rattlesnake=响尾蛇, viper=毒蛇, alligator=短吻鳄, slug=鼻涕虫, leech=水蛭
只: seahorse=海马, chameleon=变色龙, gecko=壁虎, iguana=鬣蜥, jellyfish=水母, starfish=海星, lobster=龙虾, shrimp=虾, squid=鱿鱼
只: cuttlefish=墨鱼, sea urchin=海胆, oyster=牡蛎, mussel=贻贝, clam=蛤蜊, hermit crab=寄居蟹
头: bull=公牛, ox=耕牛, mule=骡子, moose=驼鹿, reindeer=驯鹿, bison=野牛, buffalo=水牛, yak=牦牛, walrus=海象, sea lion=海狮, orca=虎鲸
头: narwhal=独角鲸, manatee=海牛, wild boar=野猪, tapir=貘, polar bear=北极熊
匹: pony=矮种马
只: cheetah=猎豹, leopard=花豹, panther=黑豹, jaguar=美洲豹, lynx=猞猁, hyena=鬣狗, jackal=胡狼, coyote=郊狼, antelope=羚羊, gazelle=瞪羚
只: llama=羊驼, platypus=鸭嘴兽, wombat=袋熊, opossum=负鼠, armadillo=犰狳, anteater=食蚁兽, sloth=树懒, lemur=狐猴, chimpanzee=黑猩猩
只: orangutan=红毛猩猩, baboon=狒狒, porcupine=豪猪, chipmunk=花栗鼠, guinea pig=豚鼠, gerbil=沙鼠, weasel=黄鼠狼, ferret=雪貂, badger=獾
只: mongoose=猫鼬, meerkat=狐獴, hare=野兔, marmot=土拨鼠, dormouse=睡鼠, salamander=火蜥蜴, newt=水蜥, scorpion=蝎子, dingo=澳洲野犬
只: husky=哈士奇, poodle=贵宾犬, snow leopard=雪豹
个: watermelon=西瓜, grapefruit=柚子, tangerine=橘子, pomegranate=石榴, avocado=牛油果, guava=番石榴, nectarine=油桃
个: dragon fruit=火龙果, durian=榴莲, passion fruit=百香果, star fruit=杨桃, quince=榅桲, persimmon=柿子, jackfruit=菠萝蜜
颗: lychee=荔枝, cranberry=蔓越莓, blackcurrant=黑加仑, gooseberry=醋栗, blackberry=黑莓, mulberry=桑葚, olive=橄榄, longan=龙眼, loquat=枇杷
棵: broccoli=西兰花, cauliflower=花椰菜, kale=羽衣甘蓝, napa cabbage=大白菜
根: celery=芹菜, asparagus=芦笋, courgette=西葫芦, leek=韭葱, okra=秋葵, bean sprout=豆芽, bitter melon=苦瓜, spring onion=小葱, chive=韭菜
个: aubergine=茄子, turnip=芜菁, sweet potato=红薯, artichoke=洋蓟, chilli=辣椒, yam=山药, taro=芋头, bamboo shoot=竹笋, winter melon=冬瓜
块: ginger=生姜
节: lotus root=莲藕
颗: lentil=扁豆, chickpea=鹰嘴豆, soybean=黄豆, almond=杏仁, walnut=核桃, hazelnut=榛子, chestnut=栗子, cashew=腰果, pistachio=开心果
颗: peanut=花生, raisin=葡萄干, sunflower seed=葵花籽
盘: spaghetti=意大利面, fried rice=炒饭, sushi=寿司, curry=咖喱, lasagne=千层面, roast duck=烤鸭, mashed potato=土豆泥, paella=海鲜饭
碗: stew=炖肉, porridge=麦片粥, tomato soup=番茄汤, pea soup=豌豆汤, noodle soup=汤面, cereal=玉米片, pudding=布丁, jelly=果冻
个: hamburger=汉堡包, hot dog=热狗, omelette=煎蛋卷, fried egg=煎蛋, boiled egg=煮鸡蛋, dumpling=饺子, taco=墨西哥卷饼, meatball=肉丸
个: spring roll=春卷, steamed bun=馒头, burrito=豆卷饼, fish pie=鱼肉派
串: kebab=烤肉串
块: steak=牛排, brownie=布朗尼, cheesecake=奶酪蛋糕, waffle=华夫饼, candy=糖果, caramel=焦糖, toffee=太妃糖, gingerbread=姜饼
口: hot pot=火锅
根: lollipop=棒棒糖, candy floss=棉花糖团, baguette=法棍面包
个: ice cream=冰淇淋, doughnut=甜甜圈, muffin=松饼, cupcake=纸杯蛋糕, mooncake=月饼, croissant=牛角面包, bun=小圆面包
个: birthday cake=生日蛋糕
颗: marshmallow=棉花糖
片: chewing gum=口香糖, ham=火腿, bacon=培根, toast=烤面包片, cracker=苏打饼
瓶: maple syrup=枫糖浆, oil=食用油, vinegar=醋, ketchup=番茄酱, soy sauce=酱油, mayonnaise=蛋黄酱, mustard=芥末酱, wine=葡萄酒, cola=可乐
杯: orange juice=橙汁, apple juice=苹果汁, tomato juice=番茄汁, milkshake=奶昔, soy milk=豆浆, green tea=绿茶, beer=啤酒
杯: coconut water=椰子汁, iced tea=冰茶
份: cream=奶油, pasta=通心粉, peanut butter=花生酱, cinnamon=桂皮
块: tofu=豆腐
桶: popcorn=爆米花
棵: ash=白蜡树, beech=山毛榉, elm=榆树, fir=冷杉, spruce=云杉, cedar=雪松, poplar=杨树, cypress=柏树, baobab=猴面包树, redwood=红杉
棵: ginkgo=银杏树, apple tree=苹果树, pear tree=梨树, cherry tree=樱桃树, peach tree=桃树, plum tree=李子树, orange tree=橙子树
棵: lemon tree=柠檬树, olive tree=橄榄树, banana tree=香蕉树, walnut tree=核桃树, rubber tree=橡胶树, bonsai=盆景
朵: orchid=兰花, carnation=康乃馨, iris=鸢尾花, daffodil=水仙花, dandelion=蒲公英, hyacinth=风信子, crocus=番红花, snowdrop=雪花莲
朵: chrysanthemum=菊花, peony=牡丹, marigold=万寿菊, pansy=三色堇, lilac=丁香花, jasmine=茉莉花, geranium=天竺葵, buttercup=毛茛
朵: bluebell=蓝铃花, water lily=睡莲, cherry blossom=樱花, hibiscus=木槿花, magnolia=玉兰花, azalea=杜鹃花, primrose=报春花
朵: dahlia=大丽花, camellia=山茶花, morning glory=牵牛花, cornflower=矢车菊, cloud=云
棵: lavender=薰衣草, clover=三叶草, reed=芦苇, seaweed=海带, thistle=大蓟, nettle=荨麻, barley=大麦, oat=燕麦, rye=黑麦, cotton plant=棉株
棵: tea bush=茶树, vine=葡萄树, rice plant=水稻, aloe=芦荟, holly=冬青, mistletoe=槲寄生, mint=薄荷, basil=罗勒, parsley=欧芹, dill=莳萝
棵: rosemary=迷迭香, thyme=百里香, sage=鼠尾草, coriander=香菜, chamomile=洋甘菊
根: sugar cane=甘蔗
堆: sand=沙子, straw=稻草, campfire=篝火
条: river=河流, stream=小溪, canal=运河
个: lake=湖泊, pond=池塘, puddle=水坑, swimming pool=游泳池
片: sea=大海, ocean=海洋, swamp=沼泽, desert=沙漠, beach=沙滩, plain=平原, coast=海岸
道: waterfall=瀑布, valley=山谷, canyon=峡谷, rainbow=彩虹, lightning=闪电
座: mountain=高山, hill=小山, island=岛屿, volcano=火山, cliff=悬崖, dune=沙丘, glacier=冰川
个: cave=山洞
场: rain=雨, snow=雪, hail=冰雹, fog=雾, storm=暴风雨, frost=霜
阵: wind=风, thunder=雷, tornado=龙卷风
缕: sunshine=阳光
滴: dew=露水
块: wood=木头, metal=金属, gold=黄金, copper=铜, steel=钢, plastic=塑料, rubber=橡胶, leather=皮革, clay=陶土, brick=砖头, stone=石头
块: wax=蜡, concrete=混凝土, cardboard=纸板, coal=煤, ice=冰
团: wool=羊毛, cotton=棉花
匹: silk=丝绸
张: paper=纸
根: wire=电线
辆: minibus=小巴, caravan=房车, jeep=吉普车, racing car=赛车, police car=警车, digger=挖掘机, bulldozer=推土机, forklift=叉车
辆: tricycle=三轮车, unicycle=独轮自行车, wheelchair=轮椅, pram=婴儿车, carriage=马车, snowplough=铲雪车, rubbish truck=垃圾车
辆: rickshaw=人力车, shopping trolley=购物车
艘: submarine=潜水艇, yacht=游艇, airship=飞艇, spaceship=宇宙飞船, sailing boat=帆船, speedboat=快艇
条: rowing boat=划艇, raft=木筏, kayak=皮划艇
架: glider=滑翔机
个: cable car=缆车, skateboard=溜冰板
把: spanner=扳手, pickaxe=镐头, chisel=凿子, hoe=锄头, pitchfork=草叉, sickle=镰刀, mop=拖把, ladle=汤勺, grater=刨丝器, trowel=泥铲
把: pair of scissors=剪刀, pair of tweezers=镊子, crowbar=撬棍, corkscrew=开瓶器
根: hose=水管, rolling pin=擀面杖, pin=别针, knitting needle=毛衣针, fishing rod=钓鱼竿, chain=链子
个: dustpan=簸箕, sieve=筛子, whisk=打蛋器, tin opener=开罐器, funnel=漏斗, compass=指南针, thimble=顶针, pump=打气筒, screw=螺丝钉
台: microscope=显微镜
块: chopping board=砧板
把: paint roller=滚筒刷
副: pair of binoculars=双筒望远镜, pair of glasses=眼镜, pair of sunglasses=太阳镜
个: mug=马克杯, jug=大水壶, flask=保温瓶, lunch box=饭盒, rubbish bin=垃圾桶, sack=麻袋, flowerpot=花盆, aquarium=鱼缸, safe=保险箱
个: piggy bank=存钱罐, wine glass=酒杯, handbag=女包, saucer=小碟子, crate=板条箱, tray=托盘, watering trough=水槽, toolbox=工具箱
把: teapot=茶壶, teaspoon=茶匙, butter knife=黄油刀
根: chopstick=筷子
把: armchair=扶手椅, rocking chair=摇椅, high chair=高脚椅, deckchair=躺椅
个: bookcase=书柜, cushion=靠垫, bedside table=床头柜, footstool=脚凳, coat stand=衣帽架
张: bunk bed=双层床, hammock=吊床, mattress=床垫, cot=婴儿床, dining table=餐桌
块: rug=小地毯
条: pair of trousers=裤子, pair of jeans=牛仔裤, pair of shorts=短裤, shawl=披肩
套: pair of pyjamas=睡衣, suit=西装, uniform=制服, tracksuit=运动服, spacesuit=宇航服, wetsuit=潜水服
件: vest=背心, blouse=女式衬衣, cardigan=开衫, nightgown=睡袍, dressing gown=浴袍, swimsuit=泳衣, cloak=斗篷
件: wedding dress=婚纱
只: sandal=凉鞋, sneaker=运动鞋, mitten=连指手套, stocking=长筒袜, ice skate=冰鞋, roller skate=旱冰鞋, boxing glove=拳击手套
个: bow tie=蝴蝶结领结, bib=围嘴
顶: straw hat=草帽, wool hat=毛线帽, tiara=冠冕
块: handkerchief=手帕
枚: brooch=胸针, medal=奖牌
颗: ruby=红宝石, emerald=绿宝石, sapphire=蓝宝石
座: cottage=乡间小屋, farmhouse=农舍, skyscraper=摩天大楼, temple=寺庙, mosque=清真寺, pyramid=金字塔, windmill=风车, stadium=体育场
座: airport=机场, prison=监狱, greenhouse=温室, stable=马厩, igloo=冰屋, pagoda=宝塔, dam=水坝, gym=体育馆
家: cinema=电影院, supermarket=超市, pharmacy=药店, bookshop=书店, toyshop=玩具店, cafe=咖啡馆
个: post office=邮局, police station=警察局, fire station=消防站, town hall=市政厅, petrol station=加油站, kennel=狗窝, henhouse=鸡舍
个: shed=棚子
所: university=大学, kindergarten=幼儿园
间: kitchen=厨房, bathroom=浴室, bedroom=卧室, living room=客厅, dining room=餐厅, classroom=教室, cellar=地窖, attic=阁楼, office=办公室
间: laboratory=实验室, playroom=游戏室, pantry=食品储藏室, waiting room=候诊室, changing room=更衣室
个: balcony=阳台
辆: toy car=玩具汽车
列: toy train=玩具火车
条: toy boat=玩具船
个: hula hoop=呼啦圈, spinning top=陀螺, rag doll=布娃娃, rattle=拨浪鼓, dollhouse=娃娃屋, sandpit=沙坑, climbing frame=攀爬架
个: kaleidoscope=万花筒, snow globe=雪花水晶球, pinwheel=纸风车
匹: rocking horse=木马
张: playing card=扑克牌
块: domino=多米诺骨牌
把: water gun=水枪
只: paper boat=纸船
架: paper plane=纸飞机
把: ukulele=尤克里里, banjo=班卓琴, cello=大提琴, double bass=低音提琴, trombone=长号, mandolin=曼陀林, lute=鲁特琴, erhu=二胡, pipa=琵琶
把: electric guitar=电吉他
支: clarinet=单簧管, oboe=双簧管, bassoon=大管, saxophone=萨克斯管, tuba=大号, recorder=竖笛
架: organ=管风琴
个: tambourine=手鼓, maraca=沙锤
面: cymbal=铜钹, gong=锣
支: bagpipe=风笛
个: football=足球, basketball=篮球, volleyball=排球, tennis ball=网球, shuttlecock=羽毛球, golf ball=高尔夫球, goal=球门, dumbbell=哑铃
个: trampoline=蹦床, trophy=奖杯
个: tennis racket=网球拍
根: baseball bat=棒球棒, golf club=高尔夫球杆, hockey stick=曲棍球杆
块: ski=滑雪板, snowboard=单板滑雪板, surfboard=冲浪板
张: bow=弓
支: arrow=箭, dart=飞镖
件: life jacket=救生衣
块: blackboard=黑板, whiteboard=白板
支: chalk=粉笔, marker=记号笔
个: pencil case=铅笔盒, sharpener=卷笔刀, stapler=订书机, paper clip=回形针, folder=文件夹, globe=地球仪, school bag=书包, calculator=计算器
本: textbook=课本, dictionary=词典, exercise book=练习本
把: abacus=算盘
台: washing machine=洗衣机, dishwasher=洗碗机, vacuum cleaner=吸尘器, toaster=烤面包机, microwave=微波炉, blender=搅拌机
台: coffee machine=咖啡机, sewing machine=缝纫机, printer=打印机, lawnmower=割草机, air conditioner=空调, heater=暖气机, lift=电梯
台: cash machine=取款机, freezer=冰柜, laptop=笔记本电脑, engine=发动机, loom=织布机
部: escalator=自动扶梯
个: hair dryer=吹风机
座: statue=雕像, fountain=喷泉
张: poster=海报, postcard=明信片, photo=照片, birthday card=生日贺卡, banknote=钞票
本: magazine=杂志, diary=日记本, passport=护照
盏: traffic light=红绿灯, street lamp=路灯, lantern=灯笼
节: battery=电池
个: light bulb=灯泡, alarm clock=闹钟, hourglass=沙漏, doorbell=门铃, toilet=马桶, shower=淋浴器, sink=洗碗池, tap=水龙头
个: stethoscope=听诊器, fireplace=壁炉, present=礼物, shell=贝壳, nest=鸟窝, scarecrow=稻草人, snowman=雪人, sleeping bag=睡袋
个: parachute=降落伞, lifebelt=救生圈, tyre=轮胎, beehive=蜂箱, horseshoe=马蹄铁, saddle=马鞍
瓶: shampoo=洗发水
支: toothpaste=牙膏, syringe=针筒
把: razor=剃须刀
颗: pill=药片, button=纽扣
根: crutch=拐杖, feather=羽毛, leash=狗绳, wand=魔杖
块: tablecloth=桌布, doormat=门垫, magnet=磁铁
张: napkin=餐巾纸, web=蜘蛛网
支: firework=烟花, oar=船桨
条: ribbon=丝带, zip=拉链
段: staircase=楼梯
堵: wall=墙
块: floor=地板
项: tennis=网球运动, swimming=游泳, skiing=滑雪, boxing=拳击, golf=高尔夫运动, judo=柔道, karate=空手道, badminton=羽毛球运动, surfing=冲浪
项: chess=国际象棋, ice hockey=冰球, gymnastics=体操
个: circle=圆形, square=正方形, triangle=三角形, rectangle=长方形, oval=椭圆形, star=五角星, cube=立方体, cone=圆锥体, cylinder=圆柱体
条: arm=胳膊, leg=腿
根: finger=手指, thumb=拇指, toe=脚趾, hair=头发, eyelash=睫毛, bone=骨头
个: knee=膝盖, elbow=胳膊肘, shoulder=肩膀, neck=脖子, back=后背, belly=肚子, head=头, cheek=脸颊, chin=下巴, wrist=手腕, ankle=脚踝
个: heel=脚后跟, brain=大脑, lung=肺, stomach=胃, liver=肝
张: face=脸
片: lip=嘴唇, fingernail=指甲
条: eyebrow=眉毛
块: skin=皮肤, muscle=肌肉
把: beard=胡子
滴: blood=血
"""
