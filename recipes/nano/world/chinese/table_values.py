"""The Chinese of what is said of things, a table a field: the same English word may mean two things (bark, orange, glass).

Places are bare nouns: ON_THEM, AMONG and BARE say which of them are not followed by 里.
"""

KINDS = """
animal=动物, bird=鸟, insect=昆虫, fruit=水果, vegetable=蔬菜, food=食物, drink=饮料, flower=花, tree=树, plant=植物
vehicle=交通工具, tool=工具, container=容器, piece of cutlery=餐具, piece of furniture=家具, piece of clothing=衣物, toy=玩具
musical instrument=乐器, object=物品, piece of jewellery=首饰, building=建筑, body part=身体部位
living thing=生物, fish=鱼类, reptile=爬行动物, sea animal=海洋动物, herb=香草, dish=菜肴, sweet=甜食, piece of sports equipment=体育用品
school thing=学习用品, machine=机器, room=房间, body of water=水域, landform=地形, shape=形状, kind of weather=天气, material=材料, sport=运动
"""

COLOURS = """
brown=棕色, grey=灰色, pink=粉色, white=白色, yellow=黄色, golden=金色, orange=橙色, red=红色, black and white=黑白相间, black=黑色
blue=蓝色, silver=银色, green=绿色, purple=紫色, clear=透明
"""

MATERIALS = """
flour=面粉, milk=牛奶, nectar=花蜜, cocoa=可可, vegetables=蔬菜, leaves=叶子, beans=豆子, fruit=水果, lemons=柠檬, bread=面包
grain=粮食, meat=肉, metal=金属, wood=木头, plastic=塑料, straw=稻草, paper=纸, cloth=布, glass=玻璃, clay=陶土, leather=皮革
wool=羊毛, cotton=棉花, rubber=橡胶, wax=蜡, gold=金子, brick=砖头, stone=石头, rope=绳子, silk=丝绸, silver=银子
"""

PLACES = """
house=家, farm=农场, pond=池塘, burrow=地洞, hole=洞, savanna=草原, jungle=丛林, forest=森林, desert=沙漠, tree=树, garden=花园
tunnel=地道, cave=山洞, river=河, sea=大海, beach=沙滩, water=水, bowl=碗, fishbowl=鱼缸, grass=草丛, ice=冰, mountain=山, field=田野, lake=湖
city=城市, hive=蜂巢, anthill=蚁穴, air=空中, web=蜘蛛网, soil=泥土, cage=笼子, kitchen=厨房, bush=灌木丛, vine=葡萄藤, bakery=面包店
restaurant=餐馆, jar=罐子, shop=商店, fridge=冰箱, cup=杯子, glass=玻璃杯, meadow=草地, palm tree=棕榈树, lunch box=饭盒
butcher's shop=肉店, park=公园, wall=墙, stone=石头, road=马路, railway=铁路, sky=天空, space=太空, fire station=消防站
toolbox=工具箱, workshop=车间, shed=棚子, boat=船, sewing box=针线盒, bathroom=浴室, school=学校, pocket=口袋, tent=帐篷, yard=院子
market=市场, cupboard=橱柜, bag=包, bedroom=卧室, living room=客厅, library=图书馆, head=头, wardrobe=衣柜, hall=门厅, drawer=抽屉
neck=脖子, waist=腰, playground=操场, toy box=玩具箱, bed=床, party=聚会, music room=音乐教室, desk=书桌, post box=邮筒, wrist=手腕
table=桌子, campsite=营地, pole=旗杆, purse=手袋, finger=手指, palace=宫殿, street=街道, town=小镇, village=村子, hill=山坡, snow=雪地
harbour=港口, studio=画室, door=门, roof=屋顶, cellar=地窖, train=火车, zoo=动物园, attic=阁楼, post office=邮局, window=窗户, face=脸
box=盒子, theatre=剧院, concert hall=音乐厅, envelope=信封, room=房间, hospital=医院, ship=轮船, car=汽车, ring=戒指, shell=贝壳
arm=手臂, ear=耳朵, coast=海岸, leg=腿, mouth=嘴巴, chest=胸口
"""
# what one is on (墙上), what one is amid (天空中), and what needs no such word
ON_THEM = """
savanna, tree, palm tree, beach, ice, mountain, field, web, vine, meadow, wall, stone, road, railway, head, neck, waist
playground, party, boat, bed, desk, wrist, table, pole, finger, street, hill, snow, door, roof, window, face, envelope, train, ship, ring
arm, ear, coast, leg
"""
AMONG = "sky, water, space"
BARE = "air"

SOUNDS = """
bark=汪汪叫, meow=喵喵叫, moo=哞哞叫, neigh=嘶嘶鸣叫, oink=哼哼叫, bleat=咩咩叫, cluck=咯咯叫, quack=嘎嘎叫, honk=昂昂叫, squeak=吱吱叫
roar=吼叫, growl=低吼, howl=嚎叫, trumpet=长鸣, chatter=叽叽喳喳, grunt=呼噜叫, bray=嗷昂叫, sing=唱歌, click=咔嗒叫, croak=呱呱叫
hiss=嘶嘶响, squawk=粗声叫, hoot=咕咕叫, scream=尖叫, caw=哇哇叫, chirp=啾啾叫, coo=咕噜叫, gobble=咯噜叫, buzz=嗡嗡叫
"""
# what an animal's sound is called in Chinese where the English verb's own word doesn't fit it
SOUNDS_OF = "fox=嗷嗷叫, zebra=嘶叫, seal=嗷叫, goose=嘎嘎叫, swan=嘶声叫, bear=吼叫, rhino=哼叫, gorilla=嗷呜叫"

FOODS = """
meat=肉, fish=鱼, grass=草, hay=干草, corn=玉米, leaves=树叶, seeds=种子, plants=植物, carrots=胡萝卜, cheese=奶酪, grain=粮食
honey=蜂蜜, bananas=香蕉, bamboo=竹子, nuts=坚果, insects=虫子, worms=蚯蚓, bark=树皮, tiny shrimps=磷虾, crabs=螃蟹, flakes=鱼食
mice=老鼠, shrimps=小虾, nectar=花蜜, sugar=糖, small insects=小虫子, flies=苍蝇, dead leaves=落叶, blood=血, fruit=水果
"""

BABIES = """
puppy=小狗, kitten=小猫, calf=牛犊, foal=马驹, piglet=小猪, lamb=羊羔, kid=小山羊, chick=小鸡, duckling=小鸭, gosling=小鹅, bunny=小兔
pup=幼崽, cub=幼兽, fawn=小鹿, baby=宝宝, joey=小袋鼠, hoglet=小刺猬, kit=崽子, fry=鱼苗, tadpole=蝌蚪, snakelet=小蛇
hatchling=幼龟, owlet=小猫头鹰, eaglet=小鹰, cygnet=小天鹅, squab=乳鸽, larva=幼虫, maggot=蛆, caterpillar=毛毛虫
spiderling=小蜘蛛, nymph=若虫
"""
# babies that have a word of their own in Chinese; any other is 小 before its name
BABIES_OF = """
cow=小牛, horse=小马, sheep=羊羔, hen=小鸡, duck=小鸭, fish=鱼苗, goldfish=鱼苗, frog=蝌蚪, toad=蝌蚪, bee=幼虫, ant=幼虫, fly=蛆
butterfly=毛毛虫, ladybird=幼虫, mosquito=孑孓, rabbit=小兔, lion=小狮子, tiger=小老虎, grasshopper=若虫, eagle=小鹰
"""

ABILITIES = """
run=跑, climb trees=爬树, walk=走路, dig=挖洞, climb=爬高, lay eggs=下蛋, swim=游泳, fly=飞, hop=蹦跳, hunt=捕猎, lift trees=举起大树
reach high leaves=够到高处的叶子, jump=跳, walk far=走很远的路, carry bags=驮东西, roll into a ball=缩成一团, build dams=筑水坝
walk sideways=横着走, slide=滑行, climb walls=爬墙, walk slowly=慢慢走, talk=学说话, show its tail=开屏, stand on one leg=单腿站立
make honey=酿蜜, carry leaves=搬叶子, spin webs=织网, crawl=爬行, make a bad smell=放臭气, run in a wheel=在轮子里跑
"""

NUMBERS = "no=没有, two=两, four=四, six=六, eight=八, ten=十"
