"""More to eat and drink, by kind; "-" for nothing to say."""

# name | colour | size | where it is kept or found | what it is for | what it is made of
MORE_FOOD = {
    "fruit": """
watermelon|green|4|field|eat|-
blackberry|black|1|bush|eat|-
grapefruit|yellow|2|tree|eat|-
tangerine|orange|1|tree|eat|-
pomegranate|red|2|tree|eat|-
lychee|red|1|tree|eat|-
avocado|green|2|tree|make salad|-
guava|green|2|tree|eat|-
cranberry|red|1|swamp|make juice|-
blackcurrant|black|1|bush|make jam|-
gooseberry|green|1|bush|make jam|-
nectarine|orange|2|tree|eat|-
dragon fruit|pink|2|market|eat|-
durian|green|3|tree|eat|-
passion fruit|purple|1|vine|make juice|-
star fruit|yellow|2|tree|eat|-
quince|yellow|2|tree|make jam|-
persimmon|orange|2|tree|eat|-
mulberry|purple|1|tree|eat|-
olive|green|1|tree|make oil|-
jackfruit|green|4|tree|eat|-
longan|brown|1|tree|eat|-
loquat|orange|1|tree|eat|-
""",
    "vegetable": """
broccoli|green|2|garden|eat|-
cauliflower|white|2|garden|eat|-
celery|green|2|garden|make salad|-
asparagus|green|1|field|cook|-
aubergine|purple|2|garden|cook|-
courgette|green|2|garden|cook|-
leek|green|2|garden|make soup|-
turnip|white|2|field|make soup|-
sweet potato|orange|2|field|cook|-
kale|green|2|garden|cook|-
artichoke|green|2|garden|cook|-
chilli|red|1|garden|make food hot|-
ginger|yellow|1|kitchen|give taste to food|-
okra|green|1|garden|cook|-
bean sprout|white|1|kitchen|cook|-
napa cabbage|white|3|field|cook|-
yam|brown|2|field|cook|-
taro|brown|2|field|cook|-
lotus root|white|2|pond|cook|-
bamboo shoot|white|2|forest|cook|-
bitter melon|green|2|garden|cook|-
winter melon|green|4|field|make soup|-
chive|green|1|garden|give taste to food|-
lentil|brown|1|kitchen|make soup|-
chickpea|yellow|1|kitchen|cook|-
soybean|yellow|1|field|make tofu|-
spring onion|green|1|garden|give taste to food|-
""",
    "dish": """
spaghetti|yellow|2|plate|eat|flour
hamburger|brown|2|restaurant|eat|meat
hot dog|brown|2|restaurant|eat|sausage
omelette|yellow|2|pan|eat|eggs
fried egg|yellow|1|pan|eat|eggs
boiled egg|white|1|plate|eat|eggs
fried rice|golden|2|plate|eat|rice
dumpling|white|1|plate|eat|flour
sushi|white|1|plate|eat|rice
curry|yellow|2|bowl|eat|-
taco|yellow|2|plate|eat|corn
kebab|brown|2|restaurant|eat|meat
lasagne|red|3|oven|eat|flour
stew|brown|3|pot|eat|meat
porridge|white|2|bowl|eat|oats
steak|brown|2|pan|eat|meat
meatball|brown|1|plate|eat|meat
mashed potato|yellow|2|plate|eat|potatoes
tomato soup|red|2|bowl|eat|tomatoes
pea soup|green|2|bowl|eat|peas
noodle soup|-|2|bowl|eat|noodles
spring roll|golden|1|plate|eat|flour
steamed bun|white|2|plate|eat|flour
roast duck|brown|3|oven|eat|duck
hot pot|red|3|table|eat|-
cereal|yellow|2|bowl|eat|grain
paella|yellow|3|pan|eat|rice
burrito|brown|2|restaurant|eat|beans
fish pie|golden|3|oven|eat|fish
""",
    "sweet": """
lollipop|red|1|shop|lick|sugar
ice cream|white|1|freezer|eat|milk
candy|red|1|shop|eat|sugar
doughnut|golden|1|bakery|eat|flour
muffin|brown|1|bakery|eat|flour
cupcake|pink|1|bakery|eat|flour
pudding|yellow|2|bowl|eat|milk
jelly|red|2|bowl|eat|sugar
marshmallow|white|1|shop|eat|sugar
caramel|brown|1|shop|eat|sugar
gingerbread|brown|1|oven|eat|flour
brownie|brown|1|bakery|eat|chocolate
cheesecake|white|3|fridge|eat|cheese
chewing gum|white|1|pocket|chew|-
mooncake|golden|1|box|eat|flour
candy floss|pink|2|funfair|eat|sugar
toffee|brown|1|shop|eat|sugar
waffle|golden|2|plate|eat|flour
maple syrup|golden|1|bottle|put on pancakes|-
birthday cake|white|3|party|celebrate a birthday|flour
""",
    "drink": """
orange juice|orange|2|glass|drink|oranges
apple juice|yellow|2|glass|drink|apples
tomato juice|red|2|glass|drink|tomatoes
milkshake|pink|2|glass|drink|milk
cola|black|2|bottle|drink|-
soy milk|white|2|cup|drink|soybeans
green tea|green|2|cup|drink|leaves
wine|red|2|bottle|drink|grapes
beer|yellow|2|glass|drink|grain
coconut water|clear|2|coconut|drink|-
iced tea|brown|2|glass|drink|leaves
""",
    "food": """
oil|yellow|2|bottle|fry food|-
vinegar|clear|2|bottle|make food sour|-
mustard|yellow|1|fridge|put on sausages|-
ketchup|red|1|bottle|put on chips|tomatoes
mayonnaise|white|1|fridge|put on salad|eggs
soy sauce|black|1|bottle|give taste to food|soybeans
cream|white|2|fridge|put on cake|milk
ham|pink|2|fridge|eat|meat
bacon|red|1|fridge|eat|meat
toast|golden|1|plate|eat|bread
croissant|golden|1|bakery|eat|flour
baguette|golden|3|bakery|eat|flour
bun|golden|1|bakery|eat|flour
cracker|yellow|1|cupboard|eat|flour
pasta|yellow|2|kitchen|eat|flour
tofu|white|2|fridge|eat|soybeans
almond|brown|1|tree|eat|-
walnut|brown|1|tree|eat|-
hazelnut|brown|1|bush|eat|-
chestnut|brown|1|forest|eat|-
cashew|yellow|1|shop|eat|-
pistachio|green|1|shop|eat|-
peanut|brown|1|soil|eat|-
raisin|brown|1|cupboard|eat|grapes
peanut butter|brown|1|jar|put on bread|peanuts
popcorn|white|1|cinema|eat|corn
sunflower seed|black|1|garden|eat|-
cinnamon|brown|1|kitchen|give taste to food|bark
""",
}
