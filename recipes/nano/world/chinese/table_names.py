"""The Chinese names of things: one line a measure word (量词), `English=中文` after it; own knowledge, written by hand."""

NAMES = """
只: dog=狗, cat=猫, sheep=绵羊, goat=山羊, hen=母鸡, duck=鸭子, goose=鹅, rabbit=兔子, mouse=老鼠, rat=大老鼠, tiger=老虎
只: fox=狐狸, deer=鹿, monkey=猴子, gorilla=大猩猩, kangaroo=袋鼠, koala=考拉, panda=熊猫, squirrel=松鼠, hedgehog=刺猬
只: mole=鼹鼠, bat=蝙蝠, otter=水獭, beaver=河狸, seal=海豹, octopus=章鱼, crab=螃蟹, frog=青蛙, toad=蟾蜍, lizard=蜥蜴
只: turtle=海龟, tortoise=乌龟, penguin=企鹅, owl=猫头鹰, eagle=老鹰, parrot=鹦鹉, crow=乌鸦, sparrow=麻雀, robin=知更鸟
只: swan=天鹅, pigeon=鸽子, peacock=孔雀, turkey=火鸡, ostrich=鸵鸟, flamingo=火烈鸟, bee=蜜蜂, ant=蚂蚁, fly=苍蝇
只: butterfly=蝴蝶, ladybird=瓢虫, spider=蜘蛛, snail=蜗牛, grasshopper=蚱蜢, mosquito=蚊子, raccoon=浣熊, skunk=臭鼬
只: hamster=仓鼠, giraffe=长颈鹿
头: cow=牛, pig=猪, lion=狮子, bear=熊, elephant=大象, donkey=驴, whale=鲸鱼, hippo=河马, rhino=犀牛
匹: horse=马, wolf=狼, zebra=斑马
峰: camel=骆驼
条: dolphin=海豚, shark=鲨鱼, fish=鱼, goldfish=金鱼, snake=蛇, crocodile=鳄鱼, worm=蚯蚓
个: apple=苹果, orange=橙子, lemon=柠檬, pear=梨, peach=桃子, plum=李子, melon=甜瓜, coconut=椰子, mango=芒果, pineapple=菠萝
个: potato=土豆, tomato=西红柿, onion=洋葱, pumpkin=南瓜, egg=鸡蛋, apricot=杏子, kiwi=猕猴桃, lime=青柠, fig=无花果
个: papaya=木瓜, pepper=甜椒, sandwich=三明治, pie=馅饼, beet=甜菜, radish=萝卜
根: banana=香蕉, carrot=胡萝卜, cucumber=黄瓜, corn=玉米, sausage=香肠, noodle=面条, bamboo=竹子
颗: cherry=樱桃, strawberry=草莓, blueberry=蓝莓, grape=葡萄, pea=豌豆, raspberry=树莓, date=枣子, bean=豆子, nut=坚果
棵: cabbage=卷心菜, lettuce=生菜, spinach=菠菜, oak=橡树, pine=松树, palm=棕榈树, birch=桦树, willow=柳树, maple=枫树
棵: cactus=仙人掌, fern=蕨菜, wheat=小麦, grass=青草, ivy=常春藤
头: garlic=大蒜
块: bread=面包, cake=蛋糕, cheese=奶酪, butter=黄油, cookie=饼干, chocolate=巧克力
张: pizza=比萨饼, pancake=薄饼
罐: honey=蜂蜜, jam=果酱, salt=盐, sugar=糖
碗: rice=米饭, soup=汤
袋: flour=面粉
盘: salad=沙拉
杯: milk=牛奶, water=水, tea=茶, coffee=咖啡, juice=果汁, lemonade=柠檬汽水, yogurt=酸奶, cocoa=热可可
朵: rose=玫瑰, tulip=郁金香, sunflower=向日葵, daisy=雏菊, lily=百合, violet=紫罗兰, poppy=罂粟花, lotus=莲花, mushroom=蘑菇
片: moss=苔藓
辆: car=汽车, bus=公共汽车, truck=卡车, bicycle=自行车, tractor=拖拉机, ambulance=救护车, fire engine=消防车, scooter=滑板车
辆: van=面包车, taxi=出租车, tram=有轨电车, motorbike=摩托车, cart=大车, wheelbarrow=独轮车
列: train=火车
条: boat=小船, canoe=独木舟
艘: ship=轮船, ferry=渡船
架: plane=飞机, helicopter=直升机, ladder=梯子, piano=钢琴, harp=竖琴, accordion=手风琴, telescope=望远镜, xylophone=木琴
枚: rocket=火箭, coin=硬币, stamp=邮票, ring=戒指
架: sledge=雪橇, seesaw=跷跷板, slide=滑梯, swing=秋千
把: hammer=锤子, saw=锯子, spade=铲子, rake=耙子, axe=斧头, broom=扫帚, brush=梳妆刷, ruler=尺子, key=钥匙, spoon=勺子, fork=叉子
把: knife=刀, chair=椅子, umbrella=雨伞, guitar=吉他, violin=小提琴, trumpet=小号, screwdriver=螺丝刀, drill=电钻, kettle=水壶
把: comb=梳子, lock=锁, toothbrush=牙刷, horn=圆号, harmonica=口琴, watering can=洒水壶
条: rope=绳子, scarf=围巾, belt=腰带, towel=毛巾, blanket=毯子, necklace=项链, apron=围裙, tie=领带, skirt=裙子, skipping rope=跳绳
条: bench=长椅
根: needle=针, candle=蜡烛, nail=钉子, match=火柴, bandage=绷带
个: torch=手电筒, bucket=水桶, basket=篮子, box=盒子, bag=袋子, bottle=瓶子, jar=罐子, cup=杯子, glass=玻璃杯, bowl=碗, pot=锅
个: plate=盘子, purse=手袋, shelf=架子, cupboard=橱柜, ball=球, doll=洋娃娃, teddy bear=泰迪熊, puzzle=拼图, balloon=气球
个: bell=铃铛, clock=时钟, pillow=枕头, whistle=哨子, hook=钩子, magnifying glass=放大镜, barrel=木桶, suitcase=手提箱
个: backpack=背包, vase=花瓶, cage=笼子, chest=宝箱, envelope=信封, wallet=钱包, tin=铁盒, stool=凳子, wardrobe=衣柜, drawer=抽屉
个: cradle=摇篮, helmet=头盔, mask=面具, robot=机器人, marble=弹珠, dice=骰子, puppet=木偶, calendar=日历, thermometer=温度计
个: wheel=轮子, chimney=烟囱, bath=浴缸, iron=熨斗, oven=烤箱, pan=平底锅, stove=炉子, anchor=铁锚
张: table=桌子, bed=床, sofa=沙发, desk=书桌, carpet=地毯, newspaper=报纸, map=地图, net=网, ticket=车票
盏: lamp=灯
面: mirror=镜子, drum=鼓, flag=旗子
顶: hat=帽子, tent=帐篷, cap=鸭舌帽, crown=王冠
件: coat=大衣, shirt=衬衫, jacket=夹克, sweater=毛衣, raincoat=雨衣
条: dress=连衣裙
只: shoe=鞋子, boot=靴子, sock=袜子, glove=手套, slipper=拖鞋, earring=耳环, bracelet=手镯
只: eye=眼睛, ear=耳朵, hand=手, foot=脚
个: nose=鼻子, heart=心脏
张: mouth=嘴巴
颗: tooth=牙齿, diamond=钻石, pearl=珍珠
条: tongue=舌头
只: kite=风筝
支: flute=长笛, pen=钢笔, pencil=铅笔, paintbrush=画笔, crayon=蜡笔
本: book=书, notebook=笔记本
封: letter=信
块: watch=手表, soap=肥皂, sponge=海绵, block=积木, eraser=橡皮, curtain=窗帘
部: phone=电话
台: computer=电脑, camera=照相机, radio=收音机, television=电视机, fan=风扇, fridge=冰箱
瓶: glue=胶水, medicine=药
幅: picture=图画
张: sail=船帆
道: fence=篱笆
扇: door=门, window=窗户
个: roof=屋顶
座: house=房子, castle=城堡, bridge=桥, barn=谷仓, tower=塔, lighthouse=灯塔, mill=磨坊, palace=宫殿, hut=小木屋, church=教堂
座: museum=博物馆, theatre=剧院, station=车站, garage=车库, library=图书馆
所: school=学校, hospital=医院
家: shop=商店, bank=银行, factory=工厂, hotel=旅馆, restaurant=餐馆, bakery=面包店
"""
