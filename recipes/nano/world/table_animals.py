"""What the world knows about animals: own knowledge, written by hand, one line an animal; "-" for nothing to say."""

# name | colour | size (1 tiny … 7 huge) | where it lives | sound verb | food | baby | legs | what it can do
ANIMALS = """
dog|brown|4|house|bark|meat|puppy|4|run
cat|grey|3|house|meow|fish|kitten|4|climb trees
cow|brown|6|farm|moo|grass|calf|4|walk
horse|brown|6|farm|neigh|hay|foal|4|run
pig|pink|5|farm|oink|corn|piglet|4|dig
sheep|white|5|farm|bleat|grass|lamb|4|walk
goat|white|4|farm|bleat|leaves|kid|4|climb
hen|brown|3|farm|cluck|seeds|chick|2|lay eggs
duck|yellow|3|pond|quack|plants|duckling|2|swim
goose|white|3|pond|honk|grass|gosling|2|fly
rabbit|white|3|burrow|squeak|carrots|bunny|4|hop
mouse|grey|1|hole|squeak|cheese|pup|4|run
rat|grey|2|hole|squeak|grain|pup|4|run
lion|golden|6|savanna|roar|meat|cub|4|hunt
tiger|orange|6|jungle|roar|meat|cub|4|hunt
bear|brown|6|forest|growl|honey|cub|4|climb trees
wolf|grey|5|forest|howl|meat|cub|4|hunt
fox|red|4|forest|bark|meat|cub|4|run
deer|brown|5|forest|-|leaves|fawn|4|run
elephant|grey|7|savanna|trumpet|leaves|calf|4|lift trees
giraffe|yellow|7|savanna|-|leaves|calf|4|reach high leaves
zebra|black and white|6|savanna|bark|grass|foal|4|run
monkey|brown|4|jungle|chatter|bananas|baby|2|climb trees
gorilla|black|6|jungle|grunt|leaves|baby|2|climb
kangaroo|brown|5|desert|-|grass|joey|2|jump
koala|grey|4|tree|-|leaves|joey|4|climb trees
panda|black and white|6|forest|-|bamboo|cub|4|climb trees
camel|brown|6|desert|grunt|grass|calf|4|walk far
donkey|grey|5|farm|bray|hay|foal|4|carry bags
squirrel|red|2|tree|chatter|nuts|pup|4|climb trees
hedgehog|brown|2|garden|-|insects|hoglet|4|roll into a ball
mole|black|2|tunnel|-|worms|pup|4|dig
bat|black|2|cave|squeak|insects|pup|2|fly
otter|brown|4|river|squeak|fish|pup|4|swim
beaver|brown|4|river|-|bark|kit|4|build dams
seal|grey|5|sea|bark|fish|pup|0|swim
whale|blue|7|sea|sing|tiny shrimps|calf|0|swim
dolphin|grey|6|sea|click|fish|calf|0|swim
shark|grey|6|sea|-|fish|pup|0|swim
octopus|red|4|sea|-|crabs|-|8|swim
crab|red|2|beach|-|plants|-|10|walk sideways
fish|silver|2|water|-|plants|fry|0|swim
goldfish|orange|1|fishbowl|-|flakes|fry|0|swim
frog|green|2|pond|croak|insects|tadpole|4|jump
toad|brown|2|garden|croak|insects|tadpole|4|jump
snake|green|4|grass|hiss|mice|snakelet|0|slide
lizard|green|2|desert|-|insects|hatchling|4|climb walls
crocodile|green|6|river|-|meat|hatchling|4|swim
turtle|green|3|sea|-|plants|hatchling|4|swim
tortoise|brown|3|garden|-|leaves|hatchling|4|walk slowly
penguin|black and white|4|ice|squawk|fish|chick|2|swim
owl|brown|3|tree|hoot|mice|owlet|2|fly
eagle|brown|4|mountain|scream|fish|eaglet|2|fly
parrot|green|3|jungle|squawk|seeds|chick|2|talk
crow|black|3|field|caw|seeds|chick|2|fly
sparrow|brown|1|garden|chirp|seeds|chick|2|fly
robin|red|1|garden|sing|worms|chick|2|fly
swan|white|5|lake|hiss|plants|cygnet|2|swim
pigeon|grey|3|city|coo|seeds|squab|2|fly
peacock|blue|5|garden|scream|seeds|chick|2|show its tail
turkey|brown|4|farm|gobble|seeds|chick|2|walk
ostrich|black|6|savanna|-|plants|chick|2|run
flamingo|pink|5|lake|honk|shrimps|chick|2|stand on one leg
bee|yellow|1|hive|buzz|nectar|larva|6|make honey
ant|black|1|anthill|-|sugar|larva|6|carry leaves
fly|black|1|air|buzz|sugar|maggot|6|fly
butterfly|orange|1|garden|-|nectar|caterpillar|6|fly
ladybird|red|1|garden|-|small insects|larva|6|fly
spider|black|1|web|-|flies|spiderling|8|spin webs
worm|pink|1|soil|-|dead leaves|-|0|dig
snail|brown|1|garden|-|leaves|-|0|crawl
grasshopper|green|1|grass|chirp|grass|nymph|6|jump
mosquito|black|1|pond|buzz|blood|larva|6|fly
hippo|grey|7|river|grunt|grass|calf|4|swim
rhino|grey|7|savanna|grunt|grass|calf|4|run
raccoon|grey|4|forest|chatter|fruit|kit|4|climb trees
skunk|black and white|3|forest|-|insects|kit|4|make a bad smell
hamster|golden|2|cage|squeak|seeds|pup|4|run in a wheel
"""
