"""More things to play, learn and work with, by kind, and parts of the body; "-" for nothing to say."""

# name | colour | size | where it is kept or found | what it is for | what it is made of
MORE_PLAY = {
    "toy": """
toy car|red|1|toy box|play with|metal
toy train|green|2|toy box|play with|wood
toy boat|white|1|bath|play in water|plastic
hula hoop|pink|4|playground|turn around the waist|plastic
spinning top|red|1|floor|spin|wood
rocking horse|brown|4|playroom|rock|wood
rag doll|-|2|bed|hug|cloth
rattle|yellow|1|cradle|make a baby laugh|plastic
playing card|white|1|table|play games|paper
domino|black|1|box|play games|wood
water gun|green|2|garden|squirt water|plastic
dollhouse|pink|4|playroom|play with dolls|wood
sandpit|yellow|5|playground|build sandcastles|wood
climbing frame|-|6|playground|climb|metal
kaleidoscope|-|2|toy box|see pretty patterns|glass
snow globe|white|1|shelf|make snow fall|glass
pinwheel|-|1|garden|turn in the wind|paper
paper boat|white|1|puddle|float|paper
paper plane|white|1|classroom|fly|paper
""",
    "musical instrument": """
ukulele|brown|3|beach|play music|wood
banjo|brown|3|stage|play music|wood
cello|brown|4|concert hall|play music|wood
double bass|brown|5|concert hall|play low notes|wood
clarinet|black|3|concert hall|play music|wood
oboe|black|3|concert hall|play music|wood
bassoon|brown|4|concert hall|play low notes|wood
saxophone|golden|3|stage|play jazz|metal
trombone|golden|4|concert hall|play music|metal
tuba|golden|4|concert hall|play low notes|metal
recorder|brown|2|school|play music|wood
organ|brown|7|church|play church music|metal
tambourine|brown|2|music room|shake|wood
cymbal|golden|3|music room|make a loud sound|metal
gong|golden|4|temple|make a loud sound|metal
maraca|-|2|music room|shake|wood
bagpipe|-|4|-|play music|leather
mandolin|brown|3|music room|play music|wood
lute|brown|3|museum|play old music|wood
erhu|brown|3|stage|play music|wood
pipa|brown|4|stage|play music|wood
electric guitar|red|4|stage|play rock music|wood
""",
    "piece of sports equipment": """
football|black and white|2|stadium|kick|leather
basketball|orange|2|gym|throw into a basket|rubber
volleyball|white|2|beach|hit over a net|leather
tennis ball|yellow|1|tennis court|play tennis|rubber
tennis racket|-|3|tennis court|hit a tennis ball|-
shuttlecock|white|1|gym|play badminton|feathers
baseball bat|brown|3|field|hit a ball|wood
golf ball|white|1|grass|play golf|plastic
golf club|silver|3|grass|hit a golf ball|metal
ice skate|white|2|ice|slide on ice|leather
roller skate|-|2|street|roll on wheels|plastic
ski|-|4|snow|glide on snow|wood
snowboard|-|4|snow|glide on snow|wood
surfboard|white|4|beach|ride the waves|plastic
hockey stick|brown|3|ice|hit a puck|wood
boxing glove|red|2|gym|box|leather
goal|white|5|stadium|kick the ball in|metal
dumbbell|black|2|gym|get strong|metal
bow|brown|4|forest|shoot arrows|wood
arrow|brown|2|forest|hit a target|wood
dart|-|1|wall|hit a target|metal
life jacket|orange|3|boat|stay above water|-
trampoline|black|5|garden|jump|-
medal|golden|1|neck|show that you won|metal
trophy|golden|2|shelf|show that you won|metal
""",
    "school thing": """
blackboard|black|5|classroom|write with chalk|-
whiteboard|white|5|classroom|write with a marker|-
chalk|white|1|classroom|write on the blackboard|-
pencil case|-|2|school bag|keep pencils in|cloth
sharpener|silver|1|pencil case|sharpen pencils|metal
stapler|black|1|office|hold paper together|metal
paper clip|silver|1|desk|hold paper together|metal
folder|-|2|shelf|keep paper in|cardboard
globe|blue|3|classroom|see the world|plastic
textbook|-|2|school bag|learn|paper
dictionary|-|3|library|look up words|paper
exercise book|-|2|school bag|do homework|paper
school bag|-|3|classroom|carry books|cloth
calculator|black|1|desk|do sums|plastic
marker|black|1|classroom|write on the whiteboard|plastic
abacus|brown|2|classroom|count|wood
""",
    "machine": """
washing machine|white|5|bathroom|wash clothes|metal
dishwasher|white|5|kitchen|wash dishes|metal
vacuum cleaner|-|4|cupboard|suck up dust|plastic
hair dryer|-|2|bathroom|dry your hair|plastic
toaster|silver|2|kitchen|make toast|metal
microwave|white|3|kitchen|warm up food|metal
blender|-|2|kitchen|mix fruit|plastic
coffee machine|black|3|office|make coffee|metal
sewing machine|black|3|workshop|sew clothes|metal
printer|-|3|office|print paper|plastic
lawnmower|green|4|shed|cut the grass|metal
air conditioner|white|4|wall|cool a room|plastic
heater|white|4|room|warm a room|metal
lift|silver|6|hotel|go up and down|metal
escalator|silver|7|airport|go up and down|metal
cash machine|-|4|bank|get money|metal
freezer|white|5|kitchen|freeze food|metal
laptop|silver|2|desk|write and play games|metal
engine|grey|5|car|move a car|metal
loom|brown|5|workshop|weave cloth|wood
""",
    "object": """
statue|grey|5|park|look at|stone
poster|-|3|wall|look at|paper
postcard|-|1|post box|send greetings|paper
magazine|-|2|shop|read|paper
photo|-|1|wallet|remember people|paper
diary|-|2|drawer|write down your day|paper
traffic light|-|4|street|stop cars|metal
street lamp|-|6|street|light the street|metal
fountain|white|6|park|look at|stone
battery|-|1|torch|give power|-
light bulb|clear|1|lamp|give light|glass
alarm clock|-|2|bedroom|wake up|-
hourglass|-|2|shelf|measure time|glass
doorbell|-|1|door|call the people in a house|-
shampoo|-|1|bathroom|wash your hair|-
toothpaste|white|1|bathroom|clean your teeth|-
toilet|white|4|bathroom|-|-
shower|-|4|bathroom|wash yourself|-
sink|white|4|kitchen|wash hands in|-
tap|silver|2|sink|let water flow|metal
razor|-|1|bathroom|shave|metal
syringe|clear|1|hospital|give medicine|plastic
stethoscope|-|2|clinic|hear the heart|-
pill|white|1|pharmacy|get well|-
crutch|-|4|hospital|walk with a bad leg|metal
tablecloth|white|3|table|cover the table|cotton
napkin|white|1|table|wipe your mouth|paper
doormat|brown|3|door|wipe your shoes|-
fireplace|-|5|living room|warm the house|stone
firework|-|2|sky|celebrate a feast|-
lantern|red|2|street|give light|paper
present|-|3|party|make someone happy|-
ribbon|-|1|-|tie up a present|silk
button|-|1|shirt|close a shirt|plastic
zip|-|1|jacket|close a jacket|metal
feather|-|1|nest|keep a bird warm|-
shell|white|1|beach|protect a snail|-
nest|brown|2|tree|keep eggs in|straw
web|-|2|bush|catch flies|-
staircase|-|6|house|go upstairs|wood
wall|white|6|house|hold up the roof|brick
floor|-|6|room|stand on|wood
saddle|brown|3|horse|sit on a horse|leather
horseshoe|grey|1|horse|protect a hoof|metal
leash|-|2|hall|lead a dog|leather
scarecrow|-|5|field|scare away birds|straw
snowman|white|4|garden|-|snow
campfire|orange|4|campsite|keep warm|wood
sleeping bag|-|4|tent|sleep outside|cloth
passport|-|1|airport|travel to other countries|paper
banknote|-|1|wallet|buy things|paper
parachute|-|5|sky|fall slowly|cloth
oar|brown|4|rowing boat|row|wood
lifebelt|orange|3|ship|save a swimmer|-
tyre|black|3|car|roll on the road|rubber
magnet|red|1|school|attract iron|metal
wand|-|2|theatre|do magic tricks|wood
beehive|yellow|3|garden|keep bees in|wood
birthday card|-|1|party|send good wishes|paper
""",
    "sport": """
tennis|-|-|tennis court|have fun|-
swimming|-|-|swimming pool|get strong|-
skiing|-|-|mountain|have fun|-
boxing|-|-|gym|get strong|-
golf|-|-|grass|have fun|-
judo|-|-|gym|get strong|-
karate|-|-|gym|get strong|-
badminton|-|-|gym|have fun|-
surfing|-|-|sea|have fun|-
chess|-|-|table|train the mind|-
ice hockey|-|-|ice|have fun|-
gymnastics|-|-|gym|get strong|-
""",
    "shape": """
circle|-|-|-|draw a sun|-
square|-|-|-|draw a box|-
triangle|-|-|-|draw a roof|-
rectangle|-|-|-|draw a door|-
oval|-|-|-|draw an egg|-
star|-|-|-|-|-
cube|-|-|-|-|-
cone|-|-|-|-|-
cylinder|-|-|-|-|-
""",
    "body part": """
arm|-|3|body|lift things|-
leg|-|4|body|walk|-
finger|pink|1|hand|point|-
thumb|pink|1|hand|press|-
toe|pink|1|foot|-|-
knee|-|2|leg|bend the leg|-
elbow|-|1|arm|bend the arm|-
shoulder|-|2|body|carry a bag|-
neck|-|2|body|turn the head|-
back|-|4|body|-|-
belly|-|3|body|digest food|-
head|-|3|body|think|-
hair|-|1|head|keep the head warm|-
face|-|2|head|show feelings|-
cheek|red|1|face|-|-
chin|-|1|face|-|-
lip|red|1|mouth|kiss|-
eyebrow|-|1|face|-|-
eyelash|black|1|face|protect the eye|-
wrist|-|1|arm|-|-
ankle|-|1|leg|-|-
heel|-|1|foot|-|-
skin|-|4|body|protect the body|-
bone|white|2|-|hold up the body|-
muscle|red|2|arm|move the body|-
brain|pink|2|-|think|-
lung|pink|2|chest|breathe|-
stomach|-|2|belly|digest food|-
liver|-|2|belly|clean the blood|-
fingernail|pink|1|finger|scratch|-
beard|-|1|chin|-|-
blood|red|-|heart|carry air|-
""",
}
