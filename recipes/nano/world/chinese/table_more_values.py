"""The Chinese of the values that only the table_more files use, a table a field, as in table_values.py."""

MORE_PLACES = """
barn=谷仓, flower=花, nest=窝, fur=皮毛, hair=头发, swamp=沼泽, sand=沙子, plate=盘子, pan=平底锅, oven=烤箱, pot=锅, freezer=冰柜
funfair=游乐场, bottle=瓶子, coconut=椰子, cinema=电影院, churchyard=墓园, orchard=果园, flowerpot=花盆, vase=花瓶, balcony=阳台
fence=篱笆, valley=山谷, hotel=旅馆, factory=工厂, mine=矿井, building site=工地, race track=赛马场
police station=警察局, circus=马戏团, laboratory=实验室, basket=篮子, bicycle=自行车, garage=车库, backpack=背包, bank=银行
shelf=架子, supermarket=超市, porch=门廊, sofa=沙发, floor=地板, dining room=餐厅, nose=鼻子, army camp=军营, swimming pool=游泳池
shoulder=肩膀, castle=城堡, gym=体育馆, church=教堂, coat=大衣, university=大学, kindergarten=幼儿园, clinic=诊所, bath=浴缸
playroom=游戏室, cradle=摇篮, puddle=水坑, classroom=教室, stage=舞台, temple=寺庙, museum=博物馆, stadium=体育场
tennis court=网球场, school bag=书包, pencil case=铅笔盒, office=办公室, airport=机场, wallet=钱包, torch=手电筒, lamp=灯
sink=洗碗池, pharmacy=药店, shirt=衬衫, jacket=夹克, horse=马背, rowing boat=划艇, body=身体
hand=手, foot=脚, belly=肚子, chin=下巴, heart=心脏
"""
MORE_ON_THEM = """
flower, sand, plate, balcony, fence, bicycle, shelf, sofa, floor, nose, shoulder, coat, race track, stage, tennis court
shirt, jacket, horse, body, hand, foot, chin, building site
"""

MORE_MATERIALS = """
sausage=香肠, eggs=鸡蛋, rice=大米, corn=玉米, oats=燕麦, potatoes=土豆, tomatoes=西红柿, peas=豌豆, noodles=面条, duck=鸭子, fish=鱼
sugar=糖, chocolate=巧克力, cheese=奶酪, oranges=橙子, apples=苹果, soybeans=黄豆, grapes=葡萄, peanuts=花生, bark=树皮, grass=青草
water=水, soil=泥土, sand=沙子, ice=冰, air=空气, oil=石油, snow=雪, feathers=羽毛, cardboard=纸板
"""

MORE_SOUNDS = "crow=喔喔叫, rattle=沙沙响, laugh=像笑一样叫, whistle=吹哨似的叫"

MORE_FOODS = """
frogs=青蛙, small birds=小鸟, dead animals=腐肉, mosquitoes=蚊子, crumbs=面包屑, wood=木头, small fish=小鱼, shells=贝类, rats=大老鼠
seaweed=海草, rabbits=兔子, seals=海豹, moss=苔藓, ants=蚂蚁, snakes=蛇, roots=树根
"""

MORE_ABILITIES = """
wake people=叫人起床, sing=唱歌, dance=跳舞, stand still=一动不动地站着, carry fish in its beak=用嘴装鱼, make holes in trees=在树上啄洞
say its name=叫自己的名字, sing at night=在夜里唱歌, steal shiny things=偷闪亮的东西, fly far=飞很远, fly very fast=飞得很快
stand still in the air=停在空中, dive=潜水, run at night=在夜里跑, sting=蜇人, fly at night=在夜里飞, sing loudly=大声唱歌
build hills=筑土堆, shine at night=在夜里发光, make silk=吐丝, catch insects=捉虫子, look like a twig=装成树枝, walk on water=在水上走
swim fast=游得很快, swim like a snake=像蛇一样游, swim upright=直着身子游, hide=躲藏, blow itself up=把身体鼓起来, bite=咬人
swim flat=贴着海底游, shine in the dark=在黑暗中发光, jump over the waves=跃出海浪, change its colour=变颜色, squeeze=缠住猎物
walk on the sea floor=在海底走, swim backwards=倒着游, squirt ink=喷墨汁, make pearls=产珍珠, hold on to stones=粘在石头上
shut its shell=合上壳, live in a shell=住在壳里, push hard=用力顶, pull a plough=拉犁, run very fast=跑得飞快, run far=跑很远
pull sleds=拉雪橇, swim slowly=慢慢游, play dead=装死, lick up ants=舔食蚂蚁, hang from a branch=挂在树枝上, use tools=使用工具
raise its spines=竖起刺, carry nuts in its cheeks=用腮帮子装坚果, squeak loudly=大声吱吱叫, fight snakes=和蛇搏斗
stand up and watch=站起来放哨, sleep all winter=睡一个冬天, suck blood=吸血, learn tricks=学本领
"""

MORE_BABIES = "leveret=小野兔"
# the young of whole kinds, where no animal of it has a word of its own
BABIES_OF_KINDS = "insect=幼虫, fish=鱼苗"
MORE_BABIES_OF = """
moth=毛毛虫, cricket=若虫, cicada=若虫, louse=若虫, cockroach=若虫, locust=若虫, mantis=若虫, stick insect=若虫, water strider=若虫
newt=蝌蚪, bull=小牛, ox=小牛, pony=马驹, shark=小鲨鱼, ray=小鳐鱼, rooster=小鸡, elephant=小象, panda=熊猫宝宝
"""
