"""More plants and what else is in nature, by kind; "-" for nothing to say."""

# name | colour | size | where it is found | what it is for | what it is made of
MORE_PLANTS = {
    "tree": """
ash|green|7|forest|-|-
beech|green|7|forest|-|-
elm|green|7|park|-|-
fir|green|7|mountain|-|-
spruce|green|7|forest|-|-
cedar|green|7|mountain|-|-
poplar|green|7|road|-|-
cypress|green|7|churchyard|-|-
baobab|green|7|savanna|-|-
redwood|green|7|forest|-|-
ginkgo|golden|7|park|-|-
apple tree|green|6|orchard|grow apples|-
pear tree|green|6|orchard|grow pears|-
cherry tree|pink|6|orchard|grow cherries|-
peach tree|pink|5|orchard|grow peaches|-
plum tree|white|5|orchard|grow plums|-
orange tree|green|5|orchard|grow oranges|-
lemon tree|green|5|orchard|grow lemons|-
olive tree|green|6|hill|grow olives|-
banana tree|green|6|jungle|grow bananas|-
walnut tree|green|7|garden|grow walnuts|-
rubber tree|green|7|jungle|make rubber|-
bonsai|green|2|flowerpot|look at|-
""",
    "flower": """
orchid|purple|1|jungle|-|-
carnation|pink|1|vase|-|-
iris|purple|2|garden|-|-
daffodil|yellow|1|garden|-|-
dandelion|yellow|1|meadow|-|-
lavender|purple|2|field|smell nice|-
hyacinth|purple|1|flowerpot|-|-
crocus|purple|1|meadow|-|-
snowdrop|white|1|garden|-|-
chrysanthemum|yellow|1|garden|make tea|-
peony|pink|2|garden|-|-
marigold|orange|1|garden|-|-
pansy|purple|1|flowerpot|-|-
lilac|purple|3|bush|-|-
jasmine|white|1|bush|make tea|-
geranium|red|1|balcony|-|-
buttercup|yellow|1|meadow|-|-
bluebell|blue|1|forest|-|-
water lily|white|2|pond|-|-
cherry blossom|pink|1|tree|-|-
hibiscus|red|2|garden|make tea|-
magnolia|white|2|tree|-|-
azalea|pink|1|bush|-|-
primrose|yellow|1|forest|-|-
dahlia|red|2|garden|-|-
camellia|red|1|bush|-|-
morning glory|blue|1|fence|-|-
cornflower|blue|1|field|-|-
""",
    "plant": """
clover|green|1|meadow|feed cows|-
reed|green|4|pond|-|-
seaweed|green|2|sea|eat|-
thistle|purple|3|meadow|-|-
nettle|green|3|forest|-|-
barley|golden|3|field|make beer|-
oat|golden|3|field|feed horses|-
rye|golden|3|field|bake bread|-
cotton plant|white|3|field|make cloth|-
tea bush|green|3|hill|make tea|-
sugar cane|green|5|field|make sugar|-
vine|green|4|hill|grow grapes|-
rice plant|green|3|field|grow rice|-
aloe|green|2|flowerpot|-|-
holly|green|4|forest|-|-
mistletoe|green|2|tree|-|-
""",
    "herb": """
mint|green|1|garden|make tea|-
basil|green|1|flowerpot|give taste to food|-
parsley|green|1|garden|give taste to food|-
dill|green|1|garden|give taste to food|-
rosemary|green|2|garden|give taste to food|-
thyme|green|1|garden|give taste to food|-
sage|green|1|garden|make tea|-
coriander|green|1|garden|give taste to food|-
chamomile|white|1|meadow|make tea|-
""",
    "body of water": """
river|blue|7|valley|-|water
lake|blue|7|park|swim|water
sea|blue|7|coast|-|water
ocean|blue|7|-|-|water
pond|green|6|garden|-|water
stream|clear|5|forest|-|water
waterfall|white|7|mountain|-|water
puddle|brown|3|street|-|water
canal|green|7|city|-|water
swamp|brown|7|forest|-|water
swimming pool|blue|7|hotel|swim|water
""",
    "landform": """
mountain|grey|7|-|-|stone
hill|green|7|-|-|soil
valley|green|7|mountain|-|-
desert|yellow|7|-|-|sand
island|green|7|sea|-|-
cave|black|7|mountain|-|stone
beach|yellow|7|coast|-|sand
volcano|grey|7|-|-|stone
cliff|grey|7|coast|-|stone
canyon|red|7|desert|-|stone
glacier|white|7|mountain|-|ice
dune|yellow|7|desert|-|sand
plain|green|7|-|-|-
coast|-|7|sea|-|-
""",
    "kind of weather": """
rain|clear|-|sky|water the plants|water
snow|white|-|sky|build snowmen|ice
hail|white|-|sky|-|ice
wind|-|-|air|fly kites|air
fog|grey|-|air|-|water
storm|-|-|sky|-|-
thunder|-|-|sky|-|-
lightning|white|-|sky|-|-
rainbow|-|-|sky|-|-
cloud|white|-|sky|-|water
frost|white|-|window|-|ice
sunshine|golden|-|sky|grow plants|-
tornado|grey|-|-|-|air
dew|clear|-|grass|-|water
""",
    "material": """
wood|brown|-|forest|build houses|-
metal|grey|-|factory|build machines|-
gold|golden|-|mine|make jewellery|-
copper|brown|-|mine|make wires|-
steel|grey|-|factory|build bridges|-
plastic|-|-|factory|make bottles|oil
rubber|black|-|factory|make tyres|-
wool|white|-|farm|knit sweaters|-
cotton|white|-|field|make shirts|-
silk|-|-|shop|make fine clothes|-
leather|brown|-|shop|make shoes|-
clay|brown|-|river|make pots|-
brick|red|-|building site|build houses|clay
stone|grey|-|mountain|build walls|-
paper|white|-|school|write on|wood
wax|white|-|hive|make candles|-
concrete|grey|-|building site|build houses|-
sand|yellow|-|beach|make glass|-
straw|yellow|-|barn|make hats|-
cardboard|brown|-|shop|make boxes|paper
coal|black|-|mine|make fire|-
wire|silver|-|toolbox|carry electricity|metal
ice|clear|-|freezer|cool drinks|water
""",
}
