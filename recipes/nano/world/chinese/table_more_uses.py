"""The Chinese of what the things of the table_more files are for: verb phrases, as in table_uses.py."""

MORE_USES = """
make jam=做果酱, make oil=榨油, make food hot=让菜变辣, make tofu=做豆腐, lick=舔着吃, chew=嚼, put on pancakes=淋薄饼
celebrate a birthday=过生日, fry food=炒菜, make food sour=让食物变酸, put on sausages=抹香肠, put on chips=蘸薯条, put on salad=拌沙拉
put on cake=抹蛋糕, grow apples=结苹果, grow pears=结梨, grow cherries=结樱桃, grow peaches=结桃子, grow plums=结李子
grow oranges=结橙子, grow lemons=结柠檬, grow olives=结橄榄, grow bananas=结香蕉, grow walnuts=结核桃, make rubber=做橡胶
smell nice=闻香味, make tea=泡茶, make beer=酿啤酒, feed horses=喂马, make cloth=织布, make sugar=做糖, grow grapes=结葡萄
grow rice=产大米, swim=游泳, water the plants=浇灌植物, build snowmen=堆雪人, fly kites=放风筝, grow plants=让植物生长
build houses=盖房子, build machines=造机器, make jewellery=做首饰, make wires=做电线, build bridges=造桥, make bottles=做瓶子
make tyres=做轮胎, knit sweaters=织毛衣, make shirts=做衬衫, make fine clothes=做漂亮衣服, make shoes=做鞋, make pots=做陶罐
build walls=砌墙, write on=在上面写字, make candles=做蜡烛, make glass=做玻璃, make hats=编帽子, make boxes=做盒子, make fire=生火
carry electricity=输电, cool drinks=冰饮料, travel and sleep=旅行和睡觉, win races=赢得比赛, catch thieves=抓小偷, push soil=推泥土
lift heavy things=举重东西, travel under water=在水下航行, row=划桨, float=漂流, travel fast on water=在水上飞驰
fly to the stars=飞向星星, go up a mountain=上山, push a baby=推宝宝, clear the snow=清除积雪, take away rubbish=运走垃圾
turn bolts=拧螺栓, break stones=敲碎石头, carve wood=雕木头, loosen soil=松土, lift hay=叉干草, cut wheat=割麦子
water the garden=浇花园, wipe the floor=拖地, gather dust=收灰尘, sift flour=筛面粉, roll dough=擀面, serve soup=盛汤, beat eggs=打鸡蛋
grate cheese=刨奶酪丝, chop vegetables=切菜, open wine=开酒瓶, open tins=开罐头, fill bottles=灌瓶子, find north=辨认北方
see tiny things=看极小的东西, fasten cloth=别住布, protect the finger=保护手指, plant flowers=栽花, open boxes=撬箱子
paint walls=刷墙, hold things together=固定东西, lock a bicycle=锁自行车, blow up tyres=给轮胎打气, cut paper=剪纸
pull out splinters=拔刺, drink cocoa=喝热可可, pour milk=倒牛奶, keep tea hot=给茶保温, carry lunch=带午饭, throw rubbish in=扔垃圾
carry grain=装粮食, grow flowers in=养花, keep fish in=养鱼, lock up money=锁钱, save money in=攒钱, drink wine=喝酒
carry small things=装小东西, put a cup on=放茶杯, carry bottles=搬瓶子, carry cups=端杯子, give water to animals=给牲口喝水
keep tools in=放工具, carry shopping=装买的东西, stir tea=搅拌茶, eat rice=吃米饭, spread butter=抹黄油, rest=休息, keep books in=摆书
rock=摇一摇, lie in=躺着, sit softly=垫着坐, lie on=垫着睡, feed a baby=喂宝宝, put a lamp on=放台灯, keep a baby safe=让宝宝安睡
keep the floor warm=让地板暖和, rest your feet=搁脚, hang coats on=挂外套, have dinner at=吃晚饭, lie in the sun=晒太阳
cover the legs=遮住腿, wear in summer=夏天穿, see well=看清楚, keep the sun out of your eyes=给眼睛挡太阳, wear under a shirt=穿在衬衫里面
go to the office=穿着上班, show your job=表明职业, wear after a bath=洗完澡穿, walk in summer=夏天走路, run=跑步
keep the shoulders warm=给肩膀保暖, keep out the cold=挡住寒冷, keep the head warm=给头保暖, keep a baby clean=让宝宝保持干净
keep legs warm=给腿保暖, do sport=做运动, blow your nose=擤鼻涕, breathe in space=在太空中呼吸, dive=潜水, get married=结婚
decorate a coat=装饰大衣, decorate the hair=装饰头发, decorate a ring=装饰戒指, work in offices=办公, bury a king=埋葬国王
watch football=看足球赛, take a plane=坐飞机, buy food=买食物, buy medicine=买药, send parcels=寄包裹, ask for help=请求帮助
keep fire engines=停消防车, meet the mayor=见市长, study=读书, play and learn=游戏和学习, lock up thieves=关小偷
grow tomatoes=种西红柿, keep horses=养马, keep a dog=养狗, keep hens=养鸡, live in the cold=在寒冷中居住, hold back water=拦水
buy books=买书, buy toys=买玩具, drink coffee=喝咖啡, buy petrol=加油, sleep=睡大觉, sit together=坐在一起, have dinner=用餐
keep wine=藏酒, keep old things=放旧东西, work=工作, do experiments=做实验, play=做游戏, sit outside=坐着看外面, keep food=存食物
wait=等候, change clothes=换衣服, play in water=在水里玩, turn around the waist=绕着腰转, spin=转着玩, make a baby laugh=逗宝宝笑
squirt water=喷水, play with dolls=玩过家家, build sandcastles=堆沙堡, climb=爬上爬下, see pretty patterns=看美丽的图案
make snow fall=看雪花飘, turn in the wind=迎风转动, play low notes=演奏低音, play jazz=演奏爵士乐, play church music=演奏教堂音乐
shake=摇着演奏, play old music=演奏古乐, play rock music=演奏摇滚乐, kick=踢, throw into a basket=投篮, hit over a net=打过网
play tennis=打网球, hit a tennis ball=击打网球, play badminton=打羽毛球, hit a ball=击球, play golf=打高尔夫, hit a golf ball=击打高尔夫球
slide on ice=滑冰, roll on wheels=滑旱冰, glide on snow=滑雪, ride the waves=冲浪, hit a puck=打冰球, box=打拳, kick the ball in=射门
get strong=强身健体, shoot arrows=射箭, hit a target=射中靶子, stay above water=浮在水面, show that you won=表示得了奖
write with chalk=用粉笔写字, write with a marker=用记号笔写字, write on the blackboard=写黑板, keep pencils in=放铅笔
sharpen pencils=削铅笔, hold paper together=把纸夹在一起, keep paper in=放文件, see the world=认识世界, look up words=查字
do homework=做作业, do sums=算数, write on the whiteboard=写白板, count=数数, wash clothes=洗衣服, suck up dust=吸灰尘
dry your hair=吹干头发, make toast=烤面包片, warm up food=热饭菜, mix fruit=打碎水果, make coffee=煮咖啡, print paper=打印
cut the grass=割草, cool a room=给房间降温, warm a room=给房间取暖, go up and down=上楼下楼, get money=取钱, freeze food=冷冻食物
move a car=带动汽车, weave cloth=把线织成布, send greetings=寄去问候, remember people=记住亲人, write down your day=写日记
stop cars=指挥交通, light the street=照亮街道, give power=供电, wake up=叫醒自己, measure time=计时, call the people in a house=叫门
wash your hair=洗头发, wash hands in=接水洗手, let water flow=放水, shave=刮胡子, give medicine=打针, hear the heart=听心跳
walk with a bad leg=腿受伤时拄着走, cover the table=铺桌子, wipe your mouth=擦嘴, wipe your shoes=擦鞋底, warm the house=给家里取暖
celebrate a feast=过节, make someone happy=让人高兴, tie up a present=扎礼物, close a shirt=扣衬衫, close a jacket=拉上夹克
keep a bird warm=给鸟保暖, protect a snail=保护蜗牛, keep eggs in=放鸟蛋, catch flies=粘苍蝇, go upstairs=上楼, hold up the roof=撑住屋顶
stand on=站在上面, sit on a horse=坐在马上, protect a hoof=保护马蹄, lead a dog=牵狗, scare away birds=赶走小鸟
travel to other countries=出国旅行, fall slowly=慢慢降落, save a swimmer=救落水的人, roll on the road=在路上滚动, attract iron=吸铁
do magic tricks=变魔术, keep bees in=养蜜蜂, send good wishes=送祝福, have fun=取乐, train the mind=锻炼脑子, draw a sun=画太阳
draw a box=画盒子, draw a roof=画屋顶, draw a door=画门, draw an egg=画鸡蛋, lift things=提东西, point=指东西, press=按东西, bend the leg=弯腿
bend the arm=弯胳膊, carry a bag=背包, turn the head=转头, digest food=消化食物, think=思考, show feelings=表达感情, kiss=亲吻
protect the eye=保护眼睛, protect the body=保护身体, hold up the body=支撑身体, move the body=带动身体, breathe=呼吸
clean the blood=清洁血液, scratch=挠痒, carry air=运送氧气
"""
