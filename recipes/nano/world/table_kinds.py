"""What is true of every thing of a kind, so that it can be inferred: own knowledge, written by hand.

A rule goes down to the kinds within and to every thing of them, but for its exceptions. "not" marks what is never so.
"""

# kind | the wider kinds that it belongs to
WIDER = """
animal|living thing
bird|animal
insect|animal
fish|animal
reptile|animal
sea animal|animal
plant|living thing
tree|plant
flower|plant
herb|plant
fruit|food
vegetable|food
drink|food
dish|food
sweet|food
piece of cutlery|tool
musical instrument|object
vehicle|object
tool|object
container|object
toy|object
piece of sports equipment|object
school thing|object
machine|object
piece of furniture|object
piece of clothing|object
piece of jewellery|object
"""

# kind | holds (yes, not) | what, in the base form or with can | in Chinese | exceptions
RULES = """
living thing|yes|grow|会生长|-
living thing|yes|need water|需要水|-
animal|yes|need food|需要食物|-
animal|yes|breathe|会呼吸|-
animal|yes|can move|会动|-
animal|not|have leaves|有叶子|-
animal|not|have wheels|有轮子|-
animal|not|be made of metal|是金属做的|-
bird|yes|have feathers|有羽毛|-
bird|yes|have wings|有翅膀|-
bird|yes|have two legs|有两条腿|-
bird|yes|have a beak|有喙|-
bird|yes|lay eggs|会下蛋|-
bird|yes|can fly|会飞|penguin, ostrich, emu, kiwi bird, turkey, hen, rooster, peacock
bird|not|have fur|有皮毛|-
bird|not|have four legs|有四条腿|-
bird|not|have teeth|有牙齿|-
fish|yes|live in water|生活在水里|-
fish|yes|have fins|有鳍|-
fish|yes|can swim|会游泳|-
fish|yes|breathe with gills|用鳃呼吸|-
fish|not|have legs|有腿|-
fish|not|have feathers|有羽毛|-
fish|not|have fur|有皮毛|-
insect|yes|have six legs|有六条腿|-
insect|yes|have feelers|有触角|-
insect|yes|be small|很小|-
insect|not|have bones|有骨头|-
insect|not|have eight legs|有八条腿|-
reptile|yes|have scales|有鳞片|-
reptile|yes|be cold-blooded|是冷血动物|-
reptile|yes|like the sun|喜欢晒太阳|-
reptile|not|have feathers|有羽毛|-
reptile|not|have fur|有皮毛|-
reptile|not|give milk|产奶|-
sea animal|yes|live in the sea|生活在海里|-
sea animal|yes|need salt water|需要海水|-
sea animal|not|have feathers|有羽毛|-
sea animal|not|live in the desert|生活在沙漠里|-
plant|yes|need light|需要阳光|-
plant|yes|grow in the soil|长在土里|moss, lotus, water lily, seaweed, mistletoe, cherry blossom
plant|not|can walk|会走路|-
plant|not|eat meat|吃肉|-
plant|not|have eyes|有眼睛|-
tree|yes|have a trunk|有树干|-
tree|yes|have branches|有树枝|palm, banana tree
tree|yes|have roots|有树根|-
tree|yes|have leaves or needles|有叶子或针叶|-
tree|yes|give shade|能遮阴|bonsai
tree|yes|give wood|能提供木材|bonsai, banana tree
tree|not|be small|很小|bonsai
flower|yes|have petals|有花瓣|-
flower|yes|smell or look nice|好闻或者好看|-
flower|yes|can stand in a vase|可以插在花瓶里|-
flower|not|have a trunk|有树干|-
flower|not|be heavy|很重|-
herb|yes|give taste to food|能给菜调味|-
herb|yes|have leaves|有叶子|-
herb|not|have a trunk|有树干|-
food|not|be made of metal|是金属做的|-
food|not|be a toy|是玩具|-
fruit|yes|can be eaten|可以吃|-
fruit|yes|grow on plants|长在植物上|-
fruit|yes|be good for you|对身体好|-
fruit|yes|have seeds or a stone|有籽或者核|banana, pineapple
fruit|not|come from animals|来自动物|-
fruit|not|have legs|有腿|-
vegetable|yes|can be eaten|可以吃|-
vegetable|yes|grow on plants or in the soil|长在地里|-
vegetable|yes|be good for you|对身体好|-
vegetable|not|come from animals|来自动物|-
drink|yes|can be drunk|可以喝|-
drink|yes|be wet|是湿的|-
drink|yes|can be poured|可以倒出来|-
drink|not|have bones|有骨头|-
drink|not|be hard|是硬的|-
dish|yes|can be eaten|可以吃|-
dish|yes|be made by a cook|是厨师做的|cereal
dish|not|grow on trees|长在树上|-
sweet|yes|taste sweet|是甜的|-
sweet|yes|have sugar in it|里面有糖|-
sweet|yes|be bad for your teeth|对牙齿不好|-
sweet|not|taste sour|是酸的|-
object|not|be alive|是活的|-
object|not|eat grass|吃草|-
object|not|breathe|会呼吸|-
vehicle|yes|move people or things|能运人或者运东西|-
vehicle|yes|can go from place to place|能从一个地方到另一个地方|-
vehicle|yes|be made by people|是人造的|-
vehicle|not|have feathers|有羽毛|-
vehicle|not|can be eaten|可以吃|-
tool|yes|help us to work|能帮我们干活|-
tool|yes|be used with the hands|要用手来用|oven, hook, nail, lock, match
tool|yes|be made by people|是人造的|-
tool|not|can be eaten|可以吃|-
container|yes|can hold things|能装东西|-
container|yes|be hollow|是空心的|plate, tray, saucer, envelope, wallet, purse
container|yes|can be empty or full|可以是空的或者满的|-
container|not|can fly|会飞|-
container|not|can be eaten|可以吃|-
piece of cutlery|yes|be used for eating|是吃饭用的|-
piece of cutlery|yes|be washed after meals|饭后要洗|-
piece of furniture|yes|be found in a house|放在家里|bench, hammock, deckchair
piece of furniture|yes|be made by people|是人造的|-
piece of furniture|not|have an engine|有发动机|-
piece of furniture|not|can be eaten|可以吃|-
piece of clothing|yes|be worn|是穿戴的|umbrella, handkerchief
piece of clothing|yes|can be washed|可以洗|-
piece of clothing|not|can be eaten|可以吃|-
piece of clothing|not|have an engine|有发动机|-
toy|yes|be for playing|是用来玩的|-
toy|yes|make children happy|能让孩子高兴|-
toy|not|can be eaten|可以吃|-
toy|not|be alive|是活的|-
musical instrument|yes|make music|能发出音乐|-
musical instrument|yes|be played|是用来演奏的|bell
musical instrument|yes|make sounds|能发出声音|-
musical instrument|not|can be eaten|可以吃|-
musical instrument|not|be silent|是无声的|-
piece of sports equipment|yes|be used for sport|是运动用的|-
piece of sports equipment|yes|be made by people|是人造的|-
piece of sports equipment|not|can be eaten|可以吃|-
school thing|yes|be used at school|是上学用的|-
school thing|yes|be made by people|是人造的|-
school thing|not|can be eaten|可以吃|-
machine|yes|be made by people|是人造的|-
machine|yes|need power|需要动力|loom
machine|yes|help us to work|能帮我们干活|-
machine|not|be alive|是活的|-
machine|not|can be eaten|可以吃|-
piece of jewellery|yes|be worn|是穿戴的|-
piece of jewellery|yes|be pretty|很漂亮|-
piece of jewellery|yes|cost much money|很贵|-
piece of jewellery|not|can be eaten|可以吃|-
building|yes|be made by people|是人造的|-
building|yes|be big|很大|kennel, henhouse, shed
building|yes|stand on the ground|立在地上|-
building|not|can move|会动|-
building|not|can be eaten|可以吃|-
room|yes|have walls|有墙|balcony
room|yes|have a floor|有地板|-
room|yes|be inside a building|在建筑里面|balcony
room|not|can be eaten|可以吃|-
room|not|have wheels|有轮子|-
body part|yes|belong to a body|是身体的一部分|-
body part|not|be made of wood|是木头做的|-
body part|not|be bought in a shop|是商店里买的|-
body of water|yes|be wet|是湿的|-
body of water|yes|have fish in it|里面有鱼|puddle, waterfall, swimming pool
body of water|yes|be part of nature|是大自然的一部分|canal, swimming pool
body of water|not|burn|会燃烧|-
body of water|not|have legs|有腿|-
landform|yes|be part of nature|是大自然的一部分|-
landform|yes|be very old|很古老|beach, dune
landform|not|be made by people|是人造的|-
landform|not|can fly|会飞|-
shape|yes|can be drawn|可以画出来|-
shape|not|be alive|是活的|-
shape|not|can be eaten|可以吃|-
kind of weather|yes|come and go|来了又走|-
kind of weather|not|be alive|是活的|-
kind of weather|not|can be bought|可以买到|-
material|yes|be used to make things|能用来做东西|-
material|not|be alive|是活的|-
material|not|breathe|会呼吸|-
sport|yes|keep us healthy|能让我们健康|chess
sport|yes|have rules|有规则|swimming, skiing, surfing
sport|yes|can be won or lost|有输有赢|swimming, skiing, surfing, gymnastics
sport|not|can be eaten|可以吃|-
"""
