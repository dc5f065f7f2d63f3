"""More animals, by kind: the same columns as table_animals; -1 legs where counting them is no child's question."""

# name | colour | size | where it lives | sound verb | food | baby | legs | what it can do
MORE_ANIMALS = {
    "bird": """
rooster|red|3|farm|crow|seeds|chick|2|wake people
canary|yellow|1|cage|sing|seeds|chick|2|sing
seagull|white|3|coast|scream|fish|chick|2|fly
stork|white|5|field|-|frogs|chick|2|stand on one leg
crane|white|5|lake|-|fish|chick|2|dance
heron|grey|5|pond|-|fish|chick|2|stand still
pelican|white|5|coast|-|fish|chick|2|carry fish in its beak
woodpecker|black and white|2|tree|-|insects|chick|2|make holes in trees
cuckoo|grey|2|forest|-|insects|chick|2|say its name
nightingale|brown|1|bush|sing|insects|chick|2|sing at night
magpie|black and white|3|garden|chatter|insects|chick|2|steal shiny things
blackbird|black|2|garden|sing|worms|chick|2|sing
swallow|black|1|barn|-|flies|chick|2|fly far
raven|black|3|mountain|caw|meat|chick|2|fly
hawk|brown|4|sky|scream|mice|chick|2|hunt
falcon|grey|3|sky|scream|small birds|chick|2|fly very fast
vulture|brown|5|desert|-|dead animals|chick|2|fly
toucan|black|3|jungle|-|fruit|chick|2|fly
hummingbird|green|1|flower|-|nectar|chick|2|stand still in the air
kingfisher|blue|1|river|-|fish|chick|2|dive
quail|brown|2|field|-|seeds|chick|2|lay eggs
pheasant|brown|3|field|-|seeds|chick|2|run
emu|brown|6|desert|-|plants|chick|2|run
kiwi bird|brown|3|forest|-|worms|chick|2|run at night
cockatoo|white|3|jungle|squawk|seeds|chick|2|talk
dove|white|3|roof|coo|seeds|chick|2|fly
puffin|black and white|3|coast|-|fish|chick|2|dive
albatross|white|5|sea|-|fish|chick|2|fly far
lark|brown|1|field|sing|insects|chick|2|sing
jay|blue|2|forest|squawk|nuts|chick|2|fly
goldfinch|yellow|1|garden|chirp|seeds|chick|2|sing
""",
    "insect": """
wasp|yellow|1|nest|buzz|sugar|larva|6|sting
bumblebee|yellow|1|garden|buzz|nectar|larva|6|fly
hornet|yellow|1|nest|buzz|insects|larva|6|sting
beetle|black|1|soil|-|leaves|larva|6|crawl
dragonfly|blue|1|pond|-|mosquitoes|larva|6|fly
moth|grey|1|air|-|nectar|caterpillar|6|fly at night
cricket|brown|1|grass|chirp|grass|nymph|6|sing at night
cicada|brown|1|tree|buzz|plants|nymph|6|sing loudly
flea|black|1|fur|-|blood|larva|6|jump
louse|grey|1|hair|-|blood|nymph|6|crawl
cockroach|brown|1|kitchen|-|crumbs|nymph|6|run
termite|white|1|soil|-|wood|nymph|6|build hills
locust|green|1|field|-|leaves|nymph|6|jump
firefly|black|1|meadow|-|small insects|larva|6|shine at night
silkworm|white|1|bush|-|leaves|larva|6|make silk
mantis|green|1|grass|-|insects|nymph|6|catch insects
stick insect|brown|1|bush|-|leaves|nymph|6|look like a twig
water strider|black|1|pond|-|insects|nymph|6|walk on water
""",
    "fish": """
salmon|pink|3|river|-|small fish|fry|0|jump
trout|brown|3|river|-|insects|fry|0|swim
tuna|blue|5|sea|-|small fish|fry|0|swim fast
carp|golden|3|pond|-|plants|fry|0|swim
cod|grey|4|sea|-|small fish|fry|0|swim
herring|silver|2|sea|-|tiny shrimps|fry|0|swim
sardine|silver|1|sea|-|tiny shrimps|fry|0|swim
eel|black|4|river|-|small fish|fry|0|swim like a snake
pike|green|4|lake|-|small fish|fry|0|hunt
perch|green|2|lake|-|small fish|fry|0|swim
catfish|grey|4|river|-|small fish|fry|0|swim
seahorse|yellow|1|sea|-|tiny shrimps|fry|0|swim upright
clownfish|orange|1|sea|-|tiny shrimps|fry|0|hide
pufferfish|yellow|2|sea|-|shells|fry|0|blow itself up
swordfish|blue|6|sea|-|fish|fry|0|swim fast
piranha|silver|2|river|-|meat|fry|0|bite
ray|grey|5|sea|-|shells|pup|0|swim flat
anglerfish|black|3|sea|-|fish|fry|0|shine in the dark
flying fish|blue|2|sea|-|tiny shrimps|fry|0|jump over the waves
sturgeon|grey|5|river|-|worms|fry|0|swim
""",
    "reptile": """
chameleon|green|2|tree|-|insects|hatchling|4|change its colour
gecko|green|1|wall|-|insects|hatchling|4|climb walls
iguana|green|4|tree|-|leaves|hatchling|4|climb trees
cobra|brown|4|grass|hiss|mice|snakelet|0|bite
python|brown|5|jungle|hiss|rats|snakelet|0|squeeze
rattlesnake|brown|4|desert|rattle|mice|snakelet|0|bite
viper|brown|3|stone|hiss|mice|snakelet|0|bite
alligator|green|6|swamp|-|fish|hatchling|4|swim
""",
    "sea animal": """
jellyfish|clear|2|sea|-|tiny shrimps|-|-1|sting
starfish|orange|1|sea|-|shells|-|-1|crawl
lobster|blue|3|sea|-|fish|-|10|walk on the sea floor
shrimp|pink|1|sea|-|plants|-|10|swim backwards
squid|pink|4|sea|-|fish|-|-1|squirt ink
cuttlefish|brown|3|sea|-|crabs|-|-1|change its colour
sea urchin|black|1|sea|-|seaweed|-|0|crawl
oyster|grey|1|sea|-|-|-|0|make pearls
mussel|black|1|sea|-|-|-|0|hold on to stones
clam|white|1|sand|-|-|-|0|shut its shell
hermit crab|red|1|beach|-|-|-|10|live in a shell
""",
    "animal": """
bull|black|6|farm|moo|grass|calf|4|push hard
ox|brown|6|field|moo|grass|calf|4|pull a plough
pony|brown|5|farm|neigh|hay|foal|4|run
mule|brown|6|mountain|bray|hay|-|4|carry bags
cheetah|yellow|5|savanna|-|meat|cub|4|run very fast
leopard|yellow|5|jungle|growl|meat|cub|4|climb trees
panther|black|5|jungle|growl|meat|cub|4|hunt
jaguar|yellow|5|jungle|growl|meat|cub|4|swim
lynx|brown|4|forest|-|rabbits|kitten|4|hunt
hyena|brown|5|savanna|laugh|dead animals|cub|4|run far
jackal|yellow|4|savanna|howl|meat|pup|4|hunt
coyote|grey|4|desert|howl|meat|pup|4|hunt
polar bear|white|6|ice|growl|seals|cub|4|swim
moose|brown|6|forest|-|leaves|calf|4|swim
reindeer|brown|5|snow|-|moss|calf|4|pull sleds
antelope|brown|5|savanna|-|grass|calf|4|run
gazelle|brown|4|savanna|-|grass|fawn|4|run very fast
bison|brown|6|meadow|-|grass|calf|4|run
buffalo|black|6|swamp|-|grass|calf|4|pull a plough
yak|black|6|mountain|grunt|grass|calf|4|carry bags
llama|white|5|mountain|-|grass|calf|4|carry bags
walrus|brown|6|ice|-|shells|calf|0|swim
sea lion|brown|5|coast|bark|fish|pup|0|swim
orca|black and white|7|sea|click|seals|calf|0|hunt
narwhal|grey|6|sea|-|fish|calf|0|dive
manatee|grey|6|sea|-|plants|calf|0|swim slowly
platypus|brown|3|river|-|worms|-|4|lay eggs
wombat|brown|4|burrow|-|grass|joey|4|dig
opossum|grey|3|tree|-|fruit|joey|4|play dead
armadillo|grey|3|burrow|-|insects|pup|4|roll into a ball
anteater|grey|5|savanna|-|ants|pup|4|lick up ants
sloth|brown|4|tree|-|leaves|baby|4|hang from a branch
lemur|grey|3|jungle|-|fruit|baby|4|jump
chimpanzee|black|5|jungle|-|fruit|baby|2|use tools
orangutan|orange|5|jungle|-|fruit|baby|2|climb trees
baboon|brown|5|savanna|bark|fruit|baby|4|climb
porcupine|black|3|forest|-|leaves|-|4|raise its spines
chipmunk|brown|1|forest|chatter|nuts|pup|4|carry nuts in its cheeks
guinea pig|brown|2|cage|squeak|hay|pup|4|squeak loudly
gerbil|brown|1|cage|squeak|seeds|pup|4|dig
weasel|brown|2|hole|-|mice|kit|4|hunt
ferret|brown|3|cage|-|meat|kit|4|hunt
badger|black and white|4|burrow|-|worms|cub|4|dig
mongoose|brown|3|burrow|-|snakes|pup|4|fight snakes
meerkat|brown|2|desert|bark|insects|pup|4|stand up and watch
wild boar|brown|5|forest|grunt|roots|piglet|4|dig
hare|brown|3|field|-|grass|leveret|4|run very fast
marmot|brown|3|mountain|whistle|grass|pup|4|sleep all winter
dormouse|brown|1|tree|-|nuts|pup|4|sleep all winter
tapir|black and white|5|jungle|-|leaves|calf|4|swim
salamander|black|1|forest|-|worms|-|4|crawl
newt|brown|1|pond|-|insects|tadpole|4|swim
scorpion|black|1|desert|-|insects|-|8|sting
slug|brown|1|garden|-|leaves|-|0|crawl
leech|black|1|swamp|-|blood|-|0|suck blood
dingo|yellow|4|desert|howl|meat|pup|4|run
husky|grey|4|snow|howl|meat|puppy|4|pull sleds
poodle|white|3|house|bark|meat|puppy|4|learn tricks
snow leopard|white|5|mountain|-|meat|cub|4|jump
""",
}
