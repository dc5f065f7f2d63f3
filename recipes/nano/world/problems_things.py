"""Troubles with things and places: lost, missing, broken, in the way, stormy, noisy, stolen. What was lost is what is found.

A `Family` has cases (slots of its own, so that cause and cure agree) and, for each part of a story, several ways to tell it.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Family:
    """A kind of trouble. `helped` is the good turn when {f} has come, `alone` without help; `who` names groups, empty for all."""

    name: str
    about: str
    cases: tuple[dict[str, str], ...]
    hooks: tuple[str, ...]
    start: tuple[str, ...]
    attempts: tuple[str, ...]
    helped: tuple[str, ...]
    alone: tuple[str, ...]
    sad: tuple[str, ...]
    who: tuple[str, ...] = ()


def cases(names: str, table: str) -> tuple[dict[str, str], ...]:
    """One dict a line of the table."""
    keys = names.split("|")
    return tuple(dict(zip(keys, line.split("|"), strict=True)) for line in table.strip().splitlines())


THINGS = (
    Family(
        "lost", "the lost {thing}",
        cases("hid|cause|looked", """
under the big cupboard|it had rolled there|in every drawer
in the pocket of an old coat|{he} had put it there last winter|on every shelf
in the nest of a crow|the crow had taken it because it shone|behind every door
in the hay|it had fallen down from the ladder|in all the baskets
beside the well|{he} had put it down there to drink|in the whole house
under a heap of leaves|the wind had covered it|along the path
in the bread box|somebody had put it away with the bread|under the carpet
behind the stove|the cat had played with it|in the cellar
"""),
        ("Nobody could find {hs} {thing}.", '"Where is {my} {thing}?" cried {h}.', '"{My} {thing} is gone!" shouted {h}.', "{Hs} {thing} was not in its place.", "Something was missing, and {h} knew what: the {thing}.", "Who had seen the {thing} of {h}? Nobody.", "The {thing} was gone."),
        ("[That morning|Then] {h} wanted to use {his} {thing}, but it was gone.", "{H} reached for {his} {thing}. It was not there.", "All at once {h} noticed that {his} {thing} was missing.", "Without {his} {thing}, {h} could not do anything. And now it was gone.", "{H} had lost {his} {thing}. {He} had had it only yesterday."),
        ("{H} looked {looked}. Nothing.", "{H} asked {his} {r}, but {his} {r} had not seen the {thing}.", "{H} turned the whole house upside down. {He} found [two coins|an old key|a dead fly|a button], but no {thing}.", "{H} went back the way {he} had come and looked at the ground.", "{H} hung a note on the door: \"Lost: one {thing}.\" But nobody came.", "{H} tried to remember where {he} had been, but {he} could not."),
        ("\"Where did you have it last?\" asked {f}. {H} thought hard. They looked together, and there it was, {hid}: the {thing}! [In the end it was simple|Now it was clear]: {cause}.", "\"Look {hid},\" said {f}. {H} ran, and there lay the {thing}. \"How did you know?\" asked {h}. {F} only smiled: {cause}.", "{F} had good eyes. \"What is that, {hid}?\" asked {f}. It was the {thing}! Now it was clear: {cause}."),
        ("When {h} had given up, {he} saw something {hid}. It was the {thing}! How did it get there? {Cause}.", "Then {h} laughed out loud. There it was, {hid}. Now {he} remembered: {cause}.", "At last {h} looked {hid}, and there was the {thing}. {Cause}, that was all."),
        ("{H} searched until dark. The {thing} did not turn up that day, or the next. A year later somebody found it {hid}, but it was broken.", "They found the {thing} at last, {hid}. But it was too late: it was in two pieces. {H} put the pieces in a box.", "The {thing} was never found. {H} got a new one, but it was not the same."),
        ("child", "animal", "adult", "ruler", "creature", "toy"),
    ),
    Family(
        "missing", "the missing {animal}",
        cases("animal|where|why|call", """
cat|on the roof of the church|a dog had chased it up there|a bowl of milk
hen|in the hay|it was sitting on seven eggs|a handful of corn
goat|in the neighbour's garden|it had eaten all the cabbages|a bunch of leaves
donkey|in the orchard|it liked ripe apples|a carrot
parrot|in the tallest tree|it wanted to see the world|a ripe nut
puppy|under the bridge|it was afraid of the thunder|a bone
lamb|between two rocks|its foot was caught|a soft song
pony|by the river|it was looking at itself in the water|an apple
hamster|in a shoe|it was warm in there|a piece of cheese
tortoise|under the rose bush|it was fast asleep for the winter|a leaf of lettuce
"""),
        ("The {animal} was gone.", '"Have you seen {my} {animal}?" asked {h}.', "The little {animal} had run away.", "Somebody had left the gate open, and the {animal} was out.", "The place where the {animal} slept was empty.", "One thing was certain: the {animal} was not at home."),
        ("{H} had a {animal}, and {he} loved it dearly. But that morning the {animal} was not there.", "{H} had promised to take care of a {animal}. {He} looked away for one moment, and the {animal} was gone.", "When {h} came to feed the {animal}, the door stood open and the {animal} was nowhere."),
        ("{H} called and called. No {animal} came.", "{H} put {call} in front of the door and waited. Only [a fly|a beetle|the wind] came.", "{H} followed some tracks, but they were those of a {pet}.", "{H} painted a picture of the {animal} and showed it to everybody.", "{H} looked behind the house and down by {place}."),
        ("{F} had heard something {where}. They went there together, and there was the {animal}: {why}. {H} held out {call}, and the {animal} came.", "\"Come with me,\" said {f}. \"I saw a {animal} {where}.\" It was true: {why}. {H} took the {animal} in {his} arms and carried it home.", "\"Listen!\" said {f}. There was a sound {where}. It was the {animal}! {Why}, that was all."),
        ("Then {h} thought: if {i} were a {animal}, where would {i} go? {He} looked {where}, and there it was: {why}. {Call} did the rest.", "At sunset {h} found the {animal} {where}. {Why}. {H} {was} so glad that {he} could not be angry.", "{H} heard a small noise {where}. There sat the {animal}! {Why}."),
        ("{H} left a light in the window every night. But the {animal} did not come back. Somebody said that it had been {where}, but when {h} got there, the place was empty.", "They found the {animal} {where}, but it did not know {h} any more and ran away again.", "Winter came, and there was still no {animal}. {Call} lay in front of the door until the snow covered it."),
        ("child", "adult", "pair", "family", "ruler", "creature"),
    ),
    Family(
        "broken", "the broken {broken}",
        cases("broken|harm|need|mended|bad", """
mill wheel|so nobody had flour for bread|a strong new board|it turned again, and the stones began to sing|the mill stood still for the whole winter
clock in the tower|so everybody came too late|a tiny new wheel|it struck twelve, loud and clear|it said half past three for ever after
boat|and water came in at the bottom|a board and some tar|it swam like a swan|it sank in the middle of the lake
cart|so the apples lay in the road|a new wheel|it rolled as well as ever|the apples went bad in the sun
roof|so the rain fell on the beds|a ladder and forty tiles|the beds stayed dry|the wall came down in the next storm
bridge|so nobody could get to the other side|three tall trees|the first cart went over it with a flag|the two villages never saw each other again
oven|so there was no bread in the morning|some bricks and clay|it gave forty warm loaves|the fire went out for good
bell|so nobody knew when school began|a new rope|it rang over all the roofs|it hung there silent and grey
fence|so the sheep walked into the corn|a bundle of sticks|not one sheep got out|the whole corn was eaten
lamp of the harbour|so the ships could not see the rocks|some oil and a clean glass|it shone far over the sea|a ship ran on the rocks that night
swing|so nobody could play in the garden|a piece of strong rope|it flew as high as the apple tree|it lay in the grass and rotted
pump at the well|so there was no water to drink|a ring of leather|clear water came out of it|they had to leave the house
"""),
        ("There was a loud crack.", '"It is broken!" called somebody.', "For a hundred years it had worked well. That day it stopped.", "Something was wrong, and everybody could see it.", "Nobody wanted to mend it.", '"Oh no, not that, too!" said {h}.'),
        ("Then the {broken} broke, {harm}.", "That day, of all days, the {broken} broke, {harm}.", "There was trouble: the {broken} was broken, {harm}. Somebody had to mend it.", "The storm had broken the {broken}, {harm}."),
        ("{H} tried to mend it with string, but the string broke.", "{H} looked at it from all sides. It did not help.", "{H} hit it with a hammer. Now it was even worse.", "{H} asked a man who knew about such things. \"That costs a hundred coins,\" he said. Nobody had a hundred coins.", "{H} read a thick book about it. On the last page it said: ask somebody who knows.", "{H} used some glue. It held for five minutes."),
        ("\"You only need {need},\" said {f}. They got it together and worked until evening. Then {mended}!", "{F} brought {need}. {H} held it, and {f} did the rest. At last {mended}.", "\"Hold this,\" said {f}, \"and do not let go.\" With {need} and a lot of patience they did it, and {mended}."),
        ("{H} went away and came back with {need}. {He} worked for three days. Then {mended}.", "What was missing was {need}. {H} found it behind the house. An hour later, {mended}.", "{H} took a deep breath and began again, slowly this time, with {need}. In the end {mended}."),
        ("It could not be mended. {Bad}.", "They would have needed {need}, but there was none to be had. {Bad}.", "{H} gave up. {Bad}."),
    ),
    Family(
        "way", "the way to {goal}",
        cases("block|goal|trick|bad", """
a wide river without a bridge|the next village|a row of flat stones that could be seen only at low water|the water was too strong
a wall, ten feet high|the garden of the golden pears|a small door under the ivy|the wall had no door at all
a tree that lay across the road|the market|a long pole, pushed under it and pressed down|the tree did not move
deep snow|the warm hut on the mountain|two boards tied under the feet|the snow came up to the chin
a locked iron gate|the old castle|a key that hung on a nail behind a stone|the key broke in the lock
a swamp that swallowed everything|the dry hills|a path from one tuft of grass to the next|a boot stayed in the mud, and then the other
a dark tunnel|the valley of flowers|a jar full of glow-worms|the light went out half-way
a hill of ice|the house of the doctor|some ashes to strew on the ice|they slipped down each time
"""),
        ("\"How shall {i} ever get there?\" asked {h}.", "The road ended.", "There were many ways, and all of them were bad.", "{H} {was} in a hurry.", "The map was wrong."),
        ("{H} had to get to {goal} before night. But in the way was {block}.", "{His} {r} was waiting in {goal}. And now there was {block}.", "{H} {was} on the way to {goal}. Then {he} stood still, for there was {block}.", "A letter had come from {goal}: \"Come at once!\" {H} went, but soon there was {block}."),
        ("{H} tried to go round it, but there was no end.", "{H} waited for somebody to come. Nobody came.", "{H} called across, but only the echo answered: \"Ho! Ho!\"", "{H} took a run. It was no use, and now {he} had a sore knee.", "{H} sat down and ate {his} last {food}.", "{H} asked a bird to carry {him}, but the bird only laughed."),
        ("\"There is a way,\" said {f}. It was {trick}. {F} went first and {h} behind. Soon they stood in {goal}.", "{F} knew the place well and showed {him} {trick}. Step by step {h} came to the other side. There lay {goal} in the evening sun.", "\"I learned it from my mother,\" said {f} and showed {him} {trick}. It worked! Before dark they were in {goal}."),
        ("Then {h} saw what nobody had seen before: {trick}. That was it! An hour later {he} {was} in {goal}.", "{H} thought for a long time and found a way: {trick}. It took all day, but then {goal} lay before {him}."),
        ("But {bad}. {H} had to turn back and never saw {goal}.", "{H} tried until night, but {bad}. In {goal} they waited for nothing.", "There was a way: {trick}. But {h} did not find it, and so {he} had to go home."),
        ("child", "animal", "adult", "ruler", "pair", "family", "creature"),
    ),
    Family(
        "weather", "the {storm}",
        cases("storm|came|harm|fix|bad", """
storm|The wind tore at the roofs|the tents of the feast flew away|they tied everything down with ropes|in the morning the old tree lay on the ground
flood|The river rose and rose|water stood in the kitchen|they built a wall of sand and sacks|the water took the little house with it
drought|No rain had fallen for months|the wells were empty|they dug deeper, and water came up between the stones|the corn died in the fields
snowstorm|The snow came down so thick that one could not see a hand|the lamps went out|they stretched a rope from house to house|the road stayed closed until spring
fog|Thick white fog came from the sea|the boats could not find the harbour|they rang the bell and lit a fire on the hill|one boat did not come home
heat|The sun burned every day|the animals lay in the shade and panted|they carried water from the spring in the night|the flowers hung their heads and dried up
frost|In May there was frost once more|the young plants were freezing|they lit small fires between the rows|in the morning everything was black
hail|Hail as big as eggs fell from the sky|the windows broke|they held tables over their heads and brought the hens in|not one apple was left on the trees
"""),
        ('"Look at the sky!" shouted somebody.', "It came without a warning.", "The old people had said it would be a bad year.", "The swallows flew low that day.", "The animals knew it first."),
        ("Then a {storm} came. {Came}, and {harm}.", "{Came}. Soon {harm}. It was a real {storm}.", "That was the year of the {storm}. {Came}. {Harm}, and {h} {was} in the middle of it."),
        ("{H} shut the door and waited. It got worse.", "{H} ran from one to the other and asked for help. Each was busy at home.", "{H} tried to do it alone, but two hands were not enough.", "{H} looked up at the sky and shouted, \"Stop!\" The sky did not listen.", "{H} hid under the table."),
        ("\"All of us together!\" called {f}. {H} fetched the others, and {fix}. When it was over, nobody was hurt.", "{F} had seen a {storm} before and knew what to do. They did as {f} said: {fix}. The next morning the sky was clear.", "\"Quick!\" said {f}. They did not waste a minute: {fix}. Then they sat together and drank something warm."),
        ("Then {h} knew what to do. {He} called everybody together, and {fix}. By evening the worst was over.", "{H} went first, and the others followed. {Fix}. When the sun came out, they laughed and hugged one another."),
        ("They did what they could, but {bad}.", "There was no help. {Bad}.", "When it was over, {h} went out to see. {Bad}."),
        ("child", "animal", "adult", "ruler", "pair", "family", "creature"),
    ),
    Family(
        "noise", "a strange noise",
        cases("noise2|from|cause|end|bad", """
a strange knocking|in the attic|a branch that beat on the roof|the branch was cut off, and all was still|the knocking moved into the wall and never stopped
a scratching|behind the wall|a mouse with a nut too big for its hole|the nut was cracked, and the mouse had a feast|the mouse gnawed until there was a big hole in the wall
a deep humming|under the floor|a bee nest as big as a bucket|the bees got a box in the garden and gave honey|the bees stung everybody, and they had to sleep outside
a sad howling|in the chimney|the wind in an empty bottle|the bottle was taken away, and the chimney was quiet|nobody dared to light the fire again
a soft crying|in the cellar|a kitten that had fallen through the window|the kitten got milk and a name|the cellar was empty when they came
a loud snoring|in the cupboard|a bear who had come in from the cold|the bear got a blanket and slept in the barn until spring|the bear woke up and ate all they had
a rattling|in the kitchen|a crab that had got into a pot|the crab was brought back to the sea|the best plates lay on the floor, all broken
a patter of steps|on the stairs|a hen that wanted to sleep in the house|the hen got a nest by the stove|they ran out in their shirts and caught a cold
a whistling|in the garden|a boy who looked for his lost dog|the dog was found, and the boy laughed|it was never heard again, and {h} never knew what it was
"""),
        ("There it was again.", '"Do you hear that?" asked {h}.', "At midnight {h} sat up in bed.", "It was quiet, and then it was not quiet any more.", "What could it be?", '"That can not be the wind," said {h}.'),
        ("Then {h} heard something. It was {noise2}, and it came from somewhere {from}.", "All of a sudden there was {noise2} {from}.", "Night after night {h} heard {noise2} {from} and could not sleep."),
        ("{H} put cotton in {his} ears. {He} could still hear it.", "\"Who is there?\" called {h}. The noise stopped, and then it began again.", "{H} told {his} {r} about it. \"That is only the wind,\" said {his} {r}.", "{H} took a lamp, but the lamp went out on the first step.", "{H} sang loudly. The noise was louder.", "{H} hid under the blanket and counted to a hundred."),
        ("\"I am not afraid of noises,\" said {f}. {F} went first with a lamp. They looked carefully {from}. It was only {cause}! So {end}.", "{F} laughed. \"I know that sound. It must be {cause}.\" And so it was. Soon {end}.", "With {f} beside {him}, {h} dared to look. And what was it? {Cause}! They laughed until they cried, and {end}."),
        ("At last {h} took all {his} courage and went to look. It was {cause}. \"Is that all?\" said {h}. So {end}.", "{H} opened the door with one push. It was nothing but {cause}. That same night {end}."),
        ("{H} never dared to look. In the end {bad}.", "It was {cause}, but they found out too late: {bad}."),
    ),
    Family(
        "thief", "who took the {loot}",
        cases("loot|thief|why|sign|bad", """
eggs|fox|three small cubs at home|a red hair on the fence|the hens were gone too
cakes|magpie|a birthday and no cake|black and white feathers|the shop had to close
carrots|hare|a sick grandmother|small holes in the earth|nothing was left for the winter
socks|mouse|cold feet and eleven children|a thread that led to the wall|everybody had cold feet in the snow
apples|hedgehog|a long winter before it|tiny tracks in the mud|the tree stood bare
letters|goat|never got a letter itself|a chewed corner of paper|nobody knew what was in them
spoons|raven|nobody to eat with|a shining thing in the tree|they had to eat soup with their hands
strawberries|snail|never tasted anything so sweet|a silver line on the leaf|there was no jam that year
fish|seal|a pup that cried|a wet line on the boards|the boat went home empty
nuts|squirrel|forgotten where its own were|shells under the oak|the squirrel had forgotten these, too
"""),
        ("Every morning some {loot} were missing.", '"Who has taken the {loot}?" asked {h}.', "First one was gone, then two, then all the {loot}.", "There was a thief near {place}.", "The {loot} had been there in the evening. In the morning they were not."),
        ("Somebody was stealing the {loot}. {H} wanted to know who it was.", "Night after night the {loot} got fewer. {H} decided to find out why.", "{H} counted the {loot}: there were ten. The next day there were only seven."),
        ("{H} sat up all night, but at three o'clock {he} fell asleep.", "{H} locked the door. In the morning there were still fewer {loot}.", "{H} thought that it was {his} {r}. \"Me? Never!\" said {his} {r} and was hurt.", "{H} put a bell on a string. It rang, but nobody was there.", "{H} asked the dog, but the dog had slept."),
        ("{F} found {sign}. They followed the trail, and at the end sat a {thief}. It turned red. \"I am sorry,\" it said. It had {why}. {H} {was} not angry any more. From now on there were {loot} for the {thief} too.", "\"Look, {sign}!\" said {f}. Now it was clear: the thief was a {thief}. \"Why did you not ask?\" said {h}. The {thief} had {why}. They shared the {loot}, and all had enough."),
        ("Then {h} saw {sign} and knew: it was the {thief}! The poor {thief} had {why}. \"Next time, knock at the door,\" said {h} and gave it some {loot}.", "The fourth night {h} stayed awake. In came a {thief}, very quietly. \"Good evening,\" said {h}. The {thief} nearly fainted. It had {why}. So they became friends."),
        ("They never caught the thief. In the end {bad}.", "The {thief} was too clever for {him}. Soon {bad}.", "{H} blamed the wrong one, and a friendship broke. In the end {bad}."),
        ("child", "animal", "adult", "ruler", "pair", "family"),
    ),
)  # fmt: skip
