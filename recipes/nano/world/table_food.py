"""What the world knows about food, drink and plants: one line a thing; "-" for nothing to say."""

# name | kind | colour | size | where it is kept or found | what it is for | what it is made of
FOOD_AND_PLANTS = """
apple|fruit|red|2|tree|eat|-
banana|fruit|yellow|2|kitchen|eat|-
orange|fruit|orange|2|tree|eat|-
lemon|fruit|yellow|2|tree|make lemonade|-
pear|fruit|green|2|tree|eat|-
peach|fruit|orange|2|tree|eat|-
plum|fruit|purple|1|tree|eat|-
cherry|fruit|red|1|tree|eat|-
strawberry|fruit|red|1|garden|eat|-
blueberry|fruit|blue|1|bush|eat|-
grape|fruit|purple|1|vine|eat|-
melon|fruit|green|3|field|eat|-
coconut|fruit|brown|3|beach|eat|-
mango|fruit|yellow|2|tree|eat|-
pineapple|fruit|yellow|3|field|eat|-
carrot|vegetable|orange|2|garden|eat|-
potato|vegetable|brown|2|field|eat|-
tomato|vegetable|red|2|garden|eat|-
onion|vegetable|white|2|kitchen|cook|-
pea|vegetable|green|1|garden|eat|-
cabbage|vegetable|green|3|garden|eat|-
cucumber|vegetable|green|2|garden|eat|-
pumpkin|vegetable|orange|4|field|make soup|-
lettuce|vegetable|green|2|garden|make salad|-
corn|vegetable|yellow|2|field|eat|-
bread|food|brown|2|bakery|eat|flour
cake|food|brown|2|bakery|eat|flour
cheese|food|yellow|2|kitchen|eat|milk
butter|food|yellow|2|kitchen|put on bread|milk
egg|food|white|1|kitchen|eat|-
cookie|food|brown|1|kitchen|eat|flour
pizza|food|red|3|restaurant|eat|flour
honey|food|golden|2|jar|eat|nectar
chocolate|food|brown|2|shop|eat|cocoa
rice|food|white|2|kitchen|eat|-
soup|food|orange|2|kitchen|eat|vegetables
milk|drink|white|2|fridge|drink|-
water|drink|clear|2|river|drink|-
tea|drink|brown|2|cup|drink|leaves
coffee|drink|black|2|cup|drink|beans
juice|drink|orange|2|glass|drink|fruit
lemonade|drink|yellow|2|glass|drink|lemons
rose|flower|red|1|garden|-|-
tulip|flower|red|1|garden|-|-
sunflower|flower|yellow|4|field|-|-
daisy|flower|white|1|meadow|-|-
oak|tree|green|7|forest|-|-
pine|tree|green|7|mountain|-|-
palm|tree|green|7|beach|-|-
apricot|fruit|orange|1|tree|eat|-
raspberry|fruit|red|1|bush|eat|-
kiwi|fruit|green|1|kitchen|eat|-
lime|fruit|green|1|tree|make juice|-
fig|fruit|purple|1|tree|eat|-
date|fruit|brown|1|palm tree|eat|-
papaya|fruit|orange|2|tree|eat|-
spinach|vegetable|green|2|garden|eat|-
garlic|vegetable|white|1|kitchen|give taste to food|-
pepper|vegetable|red|2|garden|cook|-
bean|vegetable|green|1|garden|eat|-
radish|vegetable|red|1|garden|eat|-
beet|vegetable|red|2|field|make soup|-
mushroom|food|brown|1|forest|eat|-
nut|food|brown|1|tree|eat|-
sandwich|food|brown|2|lunch box|eat|bread
pancake|food|golden|2|kitchen|eat|flour
noodle|food|yellow|1|kitchen|eat|flour
salad|food|green|2|kitchen|eat|vegetables
jam|food|red|2|jar|put on bread|fruit
sugar|food|white|1|kitchen|make food sweet|-
salt|food|white|1|kitchen|give taste to food|-
flour|food|white|2|kitchen|bake bread|grain
yogurt|food|white|2|fridge|eat|milk
pie|food|golden|2|kitchen|eat|flour
sausage|food|brown|2|butcher's shop|eat|meat
cocoa|drink|brown|2|cup|drink|milk
lily|flower|white|1|pond|-|-
violet|flower|purple|1|forest|-|-
poppy|flower|red|1|field|-|-
lotus|flower|pink|2|pond|-|-
birch|tree|white|7|forest|-|-
willow|tree|green|7|river|-|-
maple|tree|red|7|park|-|-
bamboo|plant|green|6|forest|-|-
grass|plant|green|1|meadow|feed cows|-
ivy|plant|green|4|wall|-|-
cactus|plant|green|4|desert|-|-
fern|plant|green|3|forest|-|-
moss|plant|green|1|stone|-|-
wheat|plant|golden|3|field|make flour|-
"""
