"""More things people make, by kind: on the road, to work with, to keep things in, to sit on, to wear; "-" for nothing to say."""

# name | colour | size | where it is kept or found | what it is for | what it is made of
MORE_OBJECTS = {
    "vehicle": """
minibus|white|6|road|carry people|metal
caravan|white|6|campsite|travel and sleep|metal
jeep|green|6|desert|drive|metal
racing car|red|6|race track|win races|metal
police car|blue|6|police station|catch thieves|metal
digger|yellow|6|building site|dig holes|metal
bulldozer|yellow|6|building site|push soil|metal
forklift|yellow|5|factory|lift heavy things|metal
submarine|grey|7|sea|travel under water|metal
rowing boat|brown|5|lake|row|wood
raft|brown|5|river|float|wood
yacht|white|7|harbour|sail|-
kayak|yellow|5|river|paddle|plastic
speedboat|white|6|sea|travel fast on water|plastic
airship|silver|7|sky|fly|-
glider|white|6|sky|fly|-
spaceship|silver|7|space|fly to the stars|metal
cable car|red|6|mountain|go up a mountain|metal
skateboard|black|3|park|ride|wood
tricycle|red|4|yard|ride|metal
unicycle|black|4|circus|ride|metal
wheelchair|black|4|hospital|carry sick people|metal
pram|blue|4|park|push a baby|cloth
carriage|black|6|street|carry people|wood
snowplough|orange|6|road|clear the snow|metal
rubbish truck|green|7|street|take away rubbish|metal
sailing boat|white|6|lake|sail|wood
rickshaw|green|5|street|carry people|metal
""",
    "tool": """
spanner|silver|2|toolbox|turn bolts|metal
pickaxe|grey|4|mine|break stones|metal
chisel|grey|2|workshop|carve wood|metal
hoe|brown|4|garden|loosen soil|metal
pitchfork|brown|4|barn|lift hay|metal
sickle|grey|2|field|cut wheat|metal
hose|green|4|garden|water the garden|rubber
mop|white|4|kitchen|wipe the floor|cotton
dustpan|blue|2|kitchen|gather dust|plastic
sieve|silver|2|kitchen|sift flour|metal
rolling pin|brown|2|kitchen|roll dough|wood
ladle|silver|2|kitchen|serve soup|metal
whisk|silver|2|kitchen|beat eggs|metal
grater|silver|2|kitchen|grate cheese|metal
chopping board|brown|2|kitchen|chop vegetables|wood
corkscrew|silver|1|drawer|open wine|metal
tin opener|silver|1|drawer|open tins|metal
funnel|-|1|kitchen|fill bottles|plastic
compass|-|1|ship|find north|metal
microscope|white|3|laboratory|see tiny things|metal
fishing rod|brown|4|river|catch fish|wood
pin|silver|1|sewing box|fasten cloth|metal
thimble|silver|1|sewing box|protect the finger|metal
knitting needle|silver|2|basket|knit sweaters|metal
trowel|grey|2|garden|plant flowers|metal
crowbar|black|3|toolbox|open boxes|metal
paint roller|white|2|shed|paint walls|-
screw|silver|1|toolbox|hold things together|metal
chain|silver|3|bicycle|lock a bicycle|metal
pump|black|3|garage|blow up tyres|metal
pair of scissors|silver|2|drawer|cut paper|metal
pair of tweezers|silver|1|bathroom|pull out splinters|metal
pair of binoculars|black|2|bag|see far|-
""",
    "container": """
mug|white|2|kitchen|drink cocoa|clay
teapot|white|2|kitchen|make tea|clay
jug|white|2|table|pour milk|glass
flask|silver|2|backpack|keep tea hot|metal
lunch box|blue|2|school|carry lunch|plastic
rubbish bin|black|4|yard|throw rubbish in|plastic
sack|brown|4|barn|carry grain|cloth
flowerpot|brown|3|balcony|grow flowers in|clay
aquarium|clear|4|living room|keep fish in|glass
safe|grey|4|bank|lock up money|metal
piggy bank|pink|2|shelf|save money in|clay
wine glass|clear|2|restaurant|drink wine|glass
handbag|black|2|arm|carry small things|leather
saucer|white|1|table|put a cup on|clay
crate|brown|4|market|carry bottles|wood
tray|brown|3|restaurant|carry cups|wood
watering trough|grey|5|farm|give water to animals|stone
toolbox|red|3|garage|keep tools in|metal
shopping trolley|silver|4|supermarket|carry shopping|metal
""",
    "piece of cutlery": """
teaspoon|silver|1|cup|stir tea|metal
chopstick|brown|1|bowl|eat rice|wood
butter knife|silver|1|table|spread butter|metal
""",
    "piece of furniture": """
armchair|brown|5|living room|rest|leather
bookcase|brown|6|living room|keep books in|wood
rocking chair|brown|5|porch|rock|wood
bunk bed|-|6|bedroom|sleep in|wood
hammock|white|5|garden|lie in|rope
cushion|red|2|sofa|sit softly|cloth
mattress|white|5|bed|lie on|-
high chair|white|4|kitchen|feed a baby|wood
bedside table|brown|3|bedroom|put a lamp on|wood
cot|white|5|bedroom|keep a baby safe|wood
rug|red|4|floor|keep the floor warm|wool
footstool|brown|2|living room|rest your feet|wood
coat stand|black|4|hall|hang coats on|wood
dining table|brown|5|dining room|have dinner at|wood
deckchair|blue|4|beach|lie in the sun|cloth
""",
    "piece of clothing": """
pair of trousers|blue|3|wardrobe|cover the legs|cotton
pair of jeans|blue|3|wardrobe|cover the legs|cotton
pair of shorts|-|2|drawer|wear in summer|cotton
pair of pyjamas|-|3|bed|sleep in|cotton
pair of glasses|-|1|nose|see well|glass
pair of sunglasses|black|1|nose|keep the sun out of your eyes|plastic
vest|white|2|drawer|wear under a shirt|cotton
blouse|white|3|wardrobe|wear|silk
suit|black|4|wardrobe|go to the office|wool
uniform|blue|4|army camp|show your job|cloth
cardigan|grey|3|wardrobe|keep warm|wool
nightgown|white|3|bedroom|sleep in|cotton
dressing gown|blue|4|bathroom|wear after a bath|cotton
swimsuit|blue|2|swimming pool|swim|-
sandal|brown|2|beach|walk in summer|leather
sneaker|white|2|hall|run|-
mitten|red|1|pocket|keep hands warm|wool
shawl|-|3|shoulder|keep the shoulders warm|wool
cloak|black|4|castle|keep out the cold|wool
bow tie|black|1|neck|look smart|silk
straw hat|yellow|2|field|keep the sun away|straw
wool hat|-|2|head|keep the head warm|wool
bib|white|1|neck|keep a baby clean|cotton
stocking|-|2|leg|keep legs warm|-
tracksuit|-|3|gym|do sport|cotton
handkerchief|white|1|pocket|blow your nose|cotton
spacesuit|white|5|space|breathe in space|-
wetsuit|black|4|sea|dive|rubber
wedding dress|white|4|church|get married|silk
""",
    "piece of jewellery": """
brooch|golden|1|coat|decorate a coat|gold
tiara|silver|1|hair|decorate the hair|silver
ruby|red|1|ring|decorate a ring|-
emerald|green|1|ring|decorate a ring|-
sapphire|blue|1|ring|decorate a ring|-
""",
    "building": """
cottage|white|6|village|live in|stone
farmhouse|red|7|farm|live in|brick
skyscraper|grey|7|city|work in offices|-
temple|golden|7|mountain|pray|stone
mosque|white|7|city|pray|stone
pyramid|yellow|7|desert|bury a king|stone
windmill|white|7|hill|grind grain|wood
stadium|grey|7|city|watch football|-
airport|grey|7|city|take a plane|-
cinema|-|7|city|watch films|-
supermarket|white|7|town|buy food|-
pharmacy|white|6|town|buy medicine|brick
post office|yellow|6|town|send parcels|brick
police station|blue|6|town|ask for help|brick
fire station|red|6|town|keep fire engines|brick
town hall|white|7|town|meet the mayor|stone
university|-|7|city|study|brick
kindergarten|yellow|6|town|play and learn|brick
prison|grey|7|city|lock up thieves|stone
greenhouse|clear|6|garden|grow tomatoes|glass
shed|brown|5|garden|keep tools in|wood
stable|brown|6|farm|keep horses|wood
kennel|brown|4|yard|keep a dog|wood
henhouse|brown|5|farm|keep hens|wood
igloo|white|6|ice|live in the cold|snow
pagoda|red|7|mountain|pray|wood
dam|grey|7|river|hold back water|stone
gym|-|6|school|do sport|brick
bookshop|-|6|street|buy books|brick
toyshop|-|6|street|buy toys|brick
cafe|-|6|street|drink coffee|brick
petrol station|-|6|road|buy petrol|-
""",
    "room": """
kitchen|white|6|house|cook|-
bathroom|white|5|house|wash yourself|-
bedroom|-|6|house|sleep|-
living room|-|6|house|sit together|-
dining room|-|6|house|have dinner|-
classroom|-|6|school|learn|-
cellar|-|6|house|keep wine|-
attic|-|6|house|keep old things|-
office|-|6|bank|work|-
laboratory|white|6|university|do experiments|-
playroom|-|6|kindergarten|play|-
balcony|-|5|house|sit outside|-
pantry|-|4|house|keep food|-
waiting room|-|6|clinic|wait|-
changing room|-|5|gym|change clothes|-
""",
}
