"""The Chinese of what things are for (verb phrases: 用它来…) and of the parts that they have."""

USES = """
eat=吃, make lemonade=做柠檬汽水, cook=做菜, make soup=做汤, make salad=做沙拉, put on bread=抹面包, drink=喝, make juice=榨果汁
give taste to food=给菜调味, make food sweet=让食物变甜, bake bread=烤面包, feed cows=喂牛, make flour=磨面粉, drive=开着出门
carry people=载客, carry heavy things=运重东西, ride=骑, sail=划船, cross the sea=过海, fly=在天上飞, fly to the moon=飞上月球
pull a plough=拉犁, carry sick people=送病人, put out fires=灭火, hit nails=敲钉子, cut wood=锯木头, dig holes=挖坑
gather leaves=耙落叶, chop wood=砍柴, climb up high=爬到高处, tie things=捆东西, sew clothes=缝衣服, sweep the floor=扫地
tidy your hair=梳头发, measure things=量长短, open doors=开门, see in the dark=在黑暗中照明, carry water=提水, carry food=装食物
keep things in=放东西, carry things=装东西, hold water=装水, keep jam in=装果酱, drink tea=喝茶, drink water=喝水, eat soup=喝汤
cook soup=煮汤, put food on=盛菜, keep money in=放钱, eat noodles=吃面条, cut bread=切面包, sit on=坐, eat at=吃饭, sleep in=睡觉
write at=写字, keep books on=放书, keep plates in=放盘子, give light=照明, see your face=照脸, cover the floor=铺地板
keep the sun away=遮太阳, keep warm=保暖, wear=穿戴, walk in=走路, walk in the rain=在雨里走, keep feet warm=给脚保暖
keep hands warm=给手保暖, keep the neck warm=给脖子保暖, hold up trousers=系裤子, stay dry=挡雨, play games=玩游戏, play with=玩
fly in the wind=在风中放飞, hug=抱着, put together=拼起来, play on=玩耍, play music=演奏音乐, ring=摇响, read=看, write=写字, draw=画画
read the news=看新闻, send news=报信, find the way=找路, tell the time=看时间, call people=给人打电话, write and play games=打字和玩游戏
take pictures=拍照, wash your hands=洗手, dry yourself=擦干身体, clean your teeth=刷牙, rest your head=枕着头, sleep outside=露营
show a country=代表国家, buy things=买东西, live in=居住, learn=学习, help sick people=给人看病, borrow books=借书, pray=祈祷
keep animals=养牲口, cross the river=过河, slide down a hill=滑下山坡, paddle=划水, carry hay=运干草, turn screws=拧螺丝
make holes=钻孔, hold wood together=钉木头, paint=涂颜色, stick things together=粘东西, fry eggs=煎鸡蛋, boil water=烧水
bake cakes=烤蛋糕, make shirts smooth=熨衣服, wash dishes=洗碗, catch fish=捕鱼, hang up a coat=挂大衣, keep doors shut=锁门
water the flowers=浇花, carry soil=推土, look at stars=看星星, see small things=看小东西, make a loud sound=吹出响声, light a fire=点火
keep wine in=装酒, carry clothes=装衣服, carry books=背书, hold flowers=插花, keep birds in=关鸟, keep treasure in=藏宝物
send a letter=寄信, keep cookies in=装饼干, keep clothes in=挂衣服, rock a baby=摇宝宝, keep out the light=遮光
keep clothes clean=让衣服保持干净, walk in the house=在家里走, look smart=打扮得整齐, keep the head safe=保护头, hide the face=遮住脸
build towers=搭高楼, jump=跳着玩, take away pencil lines=擦掉铅笔字, see what day it is=看日子, take the train=坐火车, look at=欣赏
listen to music=听音乐, watch films=看电影, make cool air=扇风, keep food cold=冷藏食物, wash yourself=洗澡
see how warm it is=量温度, cover a cut=包扎伤口, get well=治病, hold a ship=停住船, catch the wind=接住风, roll=滚动
keep animals in=圈住动物, go in and out=进出, let in light=透进光来, keep out the rain=遮雨, let out the smoke=排烟
see old things=看古老的东西, see plays=看戏, keep money=存钱, take a train=乘火车, make things=造东西, sleep on a journey=在旅途中过夜
see far=看远处, guide ships=给船指路, grind grain=磨粮食, keep cars=停车, buy bread=买面包, see=看东西, hear=听声音, smell=闻气味
hold things=拿东西, walk=走, bite=咬东西, taste=尝味道, pump blood=输送血液
"""

PARTS = """
a tail=尾巴, paws=爪子, whiskers=胡须, horns=角, a mane=鬃毛, hooves=蹄子, a snout=长鼻子嘴, a curly tail=卷尾巴, wool=羊毛, a beard=胡子
wings=翅膀, a beak=嘴, a long neck=长脖子, long ears=长耳朵, a short tail=短尾巴, small ears=小耳朵, a long tail=长尾巴, claws=利爪
stripes=条纹, thick fur=厚毛, sharp teeth=尖牙, fur=皮毛, a bushy tail=蓬松的尾巴, antlers=鹿角, a trunk=长鼻子, tusks=象牙
spots=斑点, hands=手, a pouch=育儿袋, strong legs=有力的腿, a hump=驼峰, long legs=长腿, spines=刺, a small nose=小鼻子
big ears=大耳朵, a flat tail=扁尾巴, strong teeth=有力的牙齿, fins=鳍, a big mouth=大嘴巴, a long snout=长嘴, arms=触手
soft skin=软软的皮肤, a shell=壳, scales=鳞片, wet skin=湿湿的皮肤, a long body=长身体, flippers=鳍状肢, short legs=短腿
big eyes=大眼睛, sharp claws=尖爪子, feathers=羽毛, long feathers=长羽毛, a sting=毒刺, feelers=触角, a horn=独角, thick skin=厚皮
a core=果核, a skin=皮, a peel=果皮, juice=果汁, a stone=核, a stem=柄, a seed=果仁, a yolk=蛋黄, thorns=尖刺, leaves=叶子
a long stem=长茎, seeds=种子, branches=树枝, needles=松针, cones=松果, big leaves=大叶子, flowers=花, wheels=轮子, doors=门, seats=座位
windows=窗户, pedals=脚踏板, a sail=帆, oars=桨, a deck=甲板, an anchor=铁锚, an engine=发动机, blades=螺旋桨, a window=窗子
big wheels=大轮子, a handle=把手, a head=头, teeth=牙齿, a blade=刀刃, a long handle=长柄, bristles=刷毛, a bottom=底, a neck=颈
a rim=边, a lid=盖子, legs=腿, a seat=座面, a top=台面, a pillow=枕头, a blanket=毯子, cushions=靠垫, drawers=抽屉, a bulb=灯泡
a shade=灯罩, a brim=帽檐, a ribbon=丝带, sleeves=袖子, buttons=纽扣, a collar=领子, a sole=鞋底, laces=鞋带, ribs=伞骨, a string=线
strings=弦, keys=键, a bow=弓, pages=书页, a cover=封面, a point=笔尖, a lead=笔芯, numbers=数字, a strap=表带, a screen=屏幕
a lens=镜头, a button=按钮, a wick=烛芯, wax=蜡, rooms=房间, a roof=屋顶, classrooms=教室, a yard=院子, a tower=塔楼, towers=高塔
walls=围墙, fingers=手指, a thumb=拇指, toes=脚趾, a heel=脚跟, lips=嘴唇, a lock=锁, a frame=框, glass=玻璃, a wheel=轮子
handles=把手, a spout=壶嘴
"""
# parts that are called otherwise in one thing than in the rest
PARTS_OF = "oak: a trunk=树干|palm: a trunk=树干|apple: a core=果核|crab: claws=钳子|phone: buttons=按键|saw: teeth=锯齿|bird: a beak=嘴"
