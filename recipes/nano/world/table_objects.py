"""What the world knows about things people make, and parts of the body: one line a thing; "-" for nothing to say."""

# name | kind | colour | size | where it is kept or found | what it is for | what it is made of
OBJECTS = """
car|vehicle|red|6|road|drive|metal
bus|vehicle|yellow|7|road|carry people|metal
train|vehicle|green|7|railway|carry people|metal
truck|vehicle|blue|7|road|carry heavy things|metal
bicycle|vehicle|red|5|road|ride|metal
boat|vehicle|white|6|lake|sail|wood
ship|vehicle|grey|7|sea|cross the sea|metal
plane|vehicle|white|7|sky|fly|metal
helicopter|vehicle|blue|7|sky|fly|metal
rocket|vehicle|white|7|space|fly to the moon|metal
tractor|vehicle|green|6|farm|pull a plough|metal
ambulance|vehicle|white|6|road|carry sick people|metal
fire engine|vehicle|red|7|fire station|put out fires|metal
hammer|tool|grey|3|toolbox|hit nails|metal
saw|tool|grey|3|workshop|cut wood|metal
spade|tool|brown|4|garden|dig holes|metal
rake|tool|brown|4|garden|gather leaves|wood
axe|tool|grey|4|forest|chop wood|metal
ladder|tool|brown|5|shed|climb up high|wood
rope|tool|brown|3|boat|tie things|-
needle|tool|silver|1|sewing box|sew clothes|metal
broom|tool|brown|4|kitchen|sweep the floor|wood
brush|tool|brown|2|bathroom|tidy your hair|wood
ruler|tool|yellow|2|school|measure things|wood
key|tool|silver|1|pocket|open doors|metal
torch|tool|black|2|tent|see in the dark|plastic
bucket|container|blue|3|yard|carry water|plastic
basket|container|brown|3|market|carry food|straw
box|container|brown|3|cupboard|keep things in|paper
bag|container|green|3|shop|carry things|cloth
bottle|container|green|2|kitchen|hold water|glass
jar|container|clear|2|kitchen|keep jam in|glass
cup|container|white|2|kitchen|drink tea|clay
glass|container|clear|2|kitchen|drink water|glass
bowl|container|blue|2|kitchen|eat soup|clay
pot|container|grey|3|kitchen|cook soup|metal
plate|container|white|2|kitchen|put food on|clay
purse|container|red|2|bag|keep money in|leather
spoon|piece of cutlery|silver|1|kitchen|eat soup|metal
fork|piece of cutlery|silver|1|kitchen|eat noodles|metal
knife|piece of cutlery|silver|2|kitchen|cut bread|metal
chair|piece of furniture|brown|4|kitchen|sit on|wood
table|piece of furniture|brown|5|kitchen|eat at|wood
bed|piece of furniture|white|6|bedroom|sleep in|wood
sofa|piece of furniture|blue|6|living room|sit on|cloth
desk|piece of furniture|brown|5|school|write at|wood
shelf|piece of furniture|brown|4|library|keep books on|wood
cupboard|piece of furniture|white|5|kitchen|keep plates in|wood
lamp|piece of furniture|yellow|3|bedroom|give light|metal
mirror|piece of furniture|silver|3|bathroom|see your face|glass
carpet|piece of furniture|red|5|living room|cover the floor|wool
hat|piece of clothing|black|2|head|keep the sun away|cloth
coat|piece of clothing|blue|4|wardrobe|keep warm|wool
shirt|piece of clothing|white|3|wardrobe|wear|cotton
dress|piece of clothing|pink|3|wardrobe|wear|cotton
shoe|piece of clothing|black|2|hall|walk in|leather
boot|piece of clothing|brown|3|hall|walk in the rain|rubber
sock|piece of clothing|white|1|drawer|keep feet warm|wool
glove|piece of clothing|red|1|pocket|keep hands warm|wool
scarf|piece of clothing|red|2|neck|keep the neck warm|wool
belt|piece of clothing|brown|2|waist|hold up trousers|leather
umbrella|piece of clothing|black|3|hall|stay dry|cloth
ball|toy|red|2|playground|play games|rubber
doll|toy|pink|2|toy box|play with|cloth
kite|toy|yellow|3|sky|fly in the wind|paper
teddy bear|toy|brown|2|bed|hug|cloth
puzzle|toy|blue|2|toy box|put together|paper
balloon|toy|red|2|party|play with|rubber
swing|toy|green|5|playground|play on|wood
drum|musical instrument|red|3|music room|play music|wood
guitar|musical instrument|brown|4|music room|play music|wood
piano|musical instrument|black|6|music room|play music|wood
flute|musical instrument|silver|2|music room|play music|metal
violin|musical instrument|brown|3|music room|play music|wood
trumpet|musical instrument|golden|3|music room|play music|metal
bell|musical instrument|golden|2|school|ring|metal
book|object|blue|2|library|read|paper
pen|object|blue|1|desk|write|plastic
pencil|object|yellow|1|desk|draw|wood
newspaper|object|white|2|shop|read the news|paper
letter|object|white|1|post box|send news|paper
map|object|green|2|bag|find the way|paper
clock|object|white|3|wall|tell the time|metal
watch|object|silver|1|wrist|tell the time|metal
phone|object|black|2|pocket|call people|plastic
computer|object|grey|3|desk|write and play games|metal
camera|object|black|2|bag|take pictures|metal
candle|object|white|2|table|give light|wax
soap|object|white|1|bathroom|wash your hands|-
towel|object|white|3|bathroom|dry yourself|cotton
toothbrush|object|blue|1|bathroom|clean your teeth|plastic
pillow|object|white|3|bed|rest your head|cotton
blanket|object|blue|4|bed|keep warm|wool
tent|object|green|5|campsite|sleep outside|cloth
flag|object|red|3|pole|show a country|cloth
coin|object|golden|1|purse|buy things|metal
ring|piece of jewellery|golden|1|finger|wear|gold
necklace|piece of jewellery|golden|1|neck|wear|gold
crown|piece of jewellery|golden|2|palace|wear|gold
house|building|white|7|street|live in|brick
school|building|red|7|town|learn|brick
hospital|building|white|7|city|help sick people|brick
shop|building|blue|7|street|buy things|brick
library|building|grey|7|town|borrow books|brick
church|building|grey|7|village|pray|stone
castle|building|grey|7|hill|live in|stone
barn|building|red|7|farm|keep animals|wood
bridge|building|grey|7|river|cross the river|stone
scooter|vehicle|blue|4|street|ride|metal
van|vehicle|white|6|road|carry things|metal
taxi|vehicle|yellow|6|city|carry people|metal
tram|vehicle|red|7|city|carry people|metal
sledge|vehicle|brown|4|snow|slide down a hill|wood
canoe|vehicle|brown|5|river|paddle|wood
ferry|vehicle|white|7|harbour|carry people|metal
motorbike|vehicle|black|5|road|ride|metal
cart|vehicle|brown|5|farm|carry hay|wood
screwdriver|tool|red|2|toolbox|turn screws|metal
drill|tool|grey|3|toolbox|make holes|metal
nail|tool|grey|1|toolbox|hold wood together|metal
paintbrush|tool|brown|2|studio|paint|wood
glue|tool|white|1|drawer|stick things together|-
pan|tool|black|3|kitchen|fry eggs|metal
kettle|tool|silver|3|kitchen|boil water|metal
oven|tool|white|5|kitchen|bake cakes|metal
iron|tool|grey|3|cupboard|make shirts smooth|metal
comb|tool|brown|1|bathroom|tidy your hair|plastic
sponge|tool|yellow|2|bathroom|wash dishes|-
net|tool|white|3|boat|catch fish|rope
hook|tool|silver|1|wall|hang up a coat|metal
lock|tool|golden|1|door|keep doors shut|metal
watering can|tool|green|3|garden|water the flowers|metal
wheelbarrow|tool|red|4|garden|carry soil|metal
telescope|tool|black|4|roof|look at stars|metal
magnifying glass|tool|silver|2|desk|see small things|glass
whistle|tool|silver|1|pocket|make a loud sound|metal
match|tool|brown|1|kitchen|light a fire|wood
barrel|container|brown|5|cellar|keep wine in|wood
suitcase|container|brown|4|train|carry clothes|leather
backpack|container|green|3|school|carry books|cloth
vase|container|blue|3|table|hold flowers|glass
cage|container|grey|4|zoo|keep birds in|metal
chest|container|brown|4|attic|keep treasure in|wood
envelope|container|white|1|post office|send a letter|paper
wallet|container|brown|1|pocket|keep money in|leather
tin|container|silver|2|kitchen|keep cookies in|metal
bench|piece of furniture|green|5|park|sit on|wood
stool|piece of furniture|brown|3|kitchen|sit on|wood
wardrobe|piece of furniture|brown|6|bedroom|keep clothes in|wood
drawer|piece of furniture|brown|3|desk|keep things in|wood
cradle|piece of furniture|white|4|bedroom|rock a baby|wood
curtain|piece of furniture|green|4|window|keep out the light|cloth
jacket|piece of clothing|brown|3|wardrobe|keep warm|leather
skirt|piece of clothing|blue|3|wardrobe|wear|cotton
sweater|piece of clothing|green|3|drawer|keep warm|wool
cap|piece of clothing|blue|2|head|keep the sun away|cotton
apron|piece of clothing|white|3|kitchen|keep clothes clean|cotton
slipper|piece of clothing|pink|2|bedroom|walk in the house|cloth
tie|piece of clothing|blue|2|neck|look smart|silk
raincoat|piece of clothing|yellow|4|hall|stay dry|plastic
helmet|piece of clothing|black|3|head|keep the head safe|plastic
mask|piece of clothing|white|1|face|hide the face|paper
robot|toy|silver|3|toy box|play with|metal
marble|toy|green|1|pocket|play games|glass
slide|toy|yellow|5|playground|play on|metal
seesaw|toy|red|5|playground|play on|wood
dice|toy|white|1|box|play games|wood
block|toy|red|2|toy box|build towers|wood
puppet|toy|red|2|theatre|play with|wood
skipping rope|toy|blue|2|playground|jump|rope
harp|musical instrument|golden|5|concert hall|play music|wood
horn|musical instrument|golden|3|music room|play music|metal
accordion|musical instrument|red|4|music room|play music|wood
harmonica|musical instrument|silver|1|pocket|play music|metal
xylophone|musical instrument|brown|3|music room|play music|wood
notebook|object|red|2|desk|write|paper
eraser|object|pink|1|desk|take away pencil lines|rubber
crayon|object|red|1|school|draw|wax
calendar|object|white|2|wall|see what day it is|paper
stamp|object|blue|1|envelope|send a letter|paper
ticket|object|white|1|pocket|take the train|paper
picture|object|green|3|wall|look at|paper
radio|object|black|3|kitchen|listen to music|plastic
television|object|black|4|living room|watch films|plastic
fan|object|white|3|room|make cool air|plastic
stove|object|black|5|kitchen|cook|metal
fridge|object|white|6|kitchen|keep food cold|metal
bath|object|white|5|bathroom|wash yourself|metal
thermometer|object|white|1|wall|see how warm it is|glass
bandage|object|white|1|hospital|cover a cut|cotton
medicine|object|white|1|hospital|get well|-
anchor|object|grey|4|ship|hold a ship|metal
sail|object|white|6|boat|catch the wind|cloth
wheel|object|black|3|car|roll|rubber
fence|object|brown|5|garden|keep animals in|wood
door|object|brown|5|house|go in and out|wood
window|object|clear|4|house|let in light|glass
roof|object|red|6|house|keep out the rain|-
chimney|object|red|5|roof|let out the smoke|brick
diamond|piece of jewellery|clear|1|ring|wear|-
pearl|piece of jewellery|white|1|shell|wear|-
bracelet|piece of jewellery|silver|1|arm|wear|silver
earring|piece of jewellery|golden|1|ear|wear|gold
museum|building|white|7|city|see old things|stone
theatre|building|red|7|city|see plays|stone
bank|building|grey|7|city|keep money|stone
station|building|grey|7|town|take a train|brick
factory|building|grey|7|city|make things|brick
hotel|building|white|7|city|sleep on a journey|brick
tower|building|grey|7|hill|see far|stone
lighthouse|building|white|7|coast|guide ships|stone
mill|building|brown|7|river|grind grain|wood
palace|building|golden|7|city|live in|stone
hut|building|brown|6|forest|live in|wood
garage|building|grey|6|street|keep cars|brick
restaurant|building|red|6|street|eat|brick
bakery|building|white|6|street|buy bread|brick
eye|body part|blue|1|face|see|-
ear|body part|pink|1|head|hear|-
nose|body part|pink|1|face|smell|-
mouth|body part|red|1|face|eat|-
hand|body part|pink|2|arm|hold things|-
foot|body part|pink|2|leg|walk|-
tooth|body part|white|1|mouth|bite|-
tongue|body part|red|1|mouth|taste|-
heart|body part|red|2|chest|pump blood|-
"""
