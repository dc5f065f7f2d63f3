"""Troubles of conscience, friendship and wonder: mistakes, quarrels, being new, sleepless nights, wishes, finds, pests; and
what troubles a cloud, a tree, the moon."""

from recipes.nano.world.problems_things import Family, cases

WONDER = (
    Family(
        "mistake", "a mistake",
        cases("wrong|whose|make_good|bad", """
broken the blue vase|the old lady next door|a bunch of flowers and the last coins|the old lady locked her garden
left the gate open, and the sheep were gone|the shepherd|help to find all the sheep|a wolf was faster
eaten the whole pie|the family|bake a new one|nobody believed {him} for a long time
forgotten to feed the hens|the farmer|clean the hen house for a month|the farmer gave the work to another
spilled paint on the new carpet|the innkeeper|wash it with milk and salt|the spot could be seen for ever
told a secret|a good friend|say sorry in front of all|the friend never told {him} anything again
taken a ring that belonged to another|the goldsmith|bring the ring back that same evening|every knock at the door made {him} jump
laughed at the new boy|the new boy|sit down beside him and share lunch|the new boy never came back
let the soup burn|the guests|cook again, with twice as much love|the guests went to another inn
torn a page out of the oldest book|the librarian|write the page again by hand|{he} could not go to the library any more
"""),
        ("{H} had done something wrong.", "Nobody had seen it. Only {h} knew.", '"It was not {me}!" said {h}.', "What would you do if you had made a big mistake?", "{H} could not look anyone in the eye."),
        ("{H} had {wrong}. Nobody knew it yet.", "It happened in a moment: {h} had {wrong}.", "{H} had not meant to do it, but now it was done: {he} had {wrong}."),
        ("{H} thought: maybe they will not notice. But they did notice.", "{H} said that it was the cat. Everybody was angry with the poor cat.", "{H} could not sleep. It lay on {his} {heart} like a stone.", "{H} hid behind the house until evening.", "{H} began three times to tell it, and three times {he} spoke of the weather."),
        ("\"Say it,\" said {f}. \"It will be lighter then.\" So {h} went to {whose} and told the truth. \"What can {i} do?\" {he} asked. And {he} could {make_good}. After that {he} slept like a bear.", "{F} went with {him} to {whose}. There {h} told it all. It was not easy. But then {he} could {make_good}, and it was forgiven."),
        ("In the end {h} went to {whose} and said, \"{I} {am} sorry.\" It was quiet for a moment. \"That was brave,\" {he} heard. {H} could {make_good}, and all was well again.", "{H} wrote a note to {whose} with the whole truth. The next day {he} went to {make_good}. It felt good to be honest."),
        ("{H} never told anyone. But it came out, as such things do. {Bad}.", "When {h} told the truth at last, it was too late. {Bad}."),
    ),
    Family(
        "quarrel", "a quarrel about {about_what}",
        cases("about_what|said|found", """
the window seat|"I was here first!"|that by the other window one could see the sea
a song|"You sing it wrong!"|that both tunes together sounded even better
the last bun|"It is mine!"|that a bun has two halves
a word|"You called me a donkey!"|that it had only been "dear friend"
the way|"Left!" "No, right!"|that both ways met behind the hill
a tree on the border|"It stands on my side!"|that there were apples enough for ten
a game|"You cheated!"|that the wind had turned the card
the colour of the fence|"Green!" "Never, red!"|that a fence can be striped
the blanket|"Give it back!"|that it was big enough for two
"""),
        ("It began with a quarrel.", '"I will never speak to you again!" The door slammed.', "Two did not speak to each other any more.", "Nobody could say how the quarrel had begun."),
        ("{H} had a quarrel with {his} best friend. It was about {about_what}. {Said} they shouted.", "It was only about {about_what}, but {h} and {hs} old friend shouted so loudly that the birds flew away. {Said}", "{Said} Such words flew to and fro between {h} and {his} neighbour, and all because of {about_what}."),
        ("{H} went home and kicked a bucket. The bucket was harder.", "{H} wrote an angry letter and tore it up again.", "A whole week went by. {H} played alone. It was dull.", "{H} looked through the hedge. On the other side somebody looked back and turned away.", "{H} told everybody about it. Soon half the town was quarrelling."),
        ("{F} listened to one and then to the other. \"Come here, both of you,\" said {f} and showed them {found}. They looked at each other and had to laugh.", "\"Who is right?\" asked {h}. \"Both,\" said {f}. Then they saw {found}. \"Sorry,\" said one. \"Me, too,\" said the other."),
        ("Then {h} took {his} {heart} in both hands and knocked at the door. They talked, and it turned out {found}. How silly they had been!", "One morning {h} found a flower on the doorstep. {He} knew who had put it there. And by and by they saw {found}."),
        ("Neither of them said the first word. The years went by. There was still a hole in the hedge, but nobody looked through it.", "It was too late when they saw {found}. The friend had moved away."),
        ("child", "animal", "adult", "ruler", "creature", "toy"),
    ),
    Family(
        "new", "being new in {town}",
        cases("town|odd|bond|bad", """
a big city|all the houses looked alike|a chess board in the park|the letters from home got fewer and fewer
a big school|they all knew one another already|a football with a hole|{he} ate {his} lunch alone until summer
a village in the mountains|the people spoke in a funny way|a cow that was about to have a calf|nobody ever learned {his} name
a house by the sea|the wind never stopped|a stranded seal|{he} packed {his} things again
a foreign country|{he} did not know a single word|a song that both of them knew|{he} got a letter that told {him} to leave
the circus|everything moved and smelled of sawdust|a pony that would not jump|the circus left without {him}
the old forest|each tree had its owner|a dam that was about to break|{he} built {his} home where nobody came by
"""),
        ("{H} {was} new in {town}.", "Everything was strange in {town}.", '"Where do you come from?" they asked {h}.', "The boxes were not unpacked yet."),
        ("{H} had come to live in {town}. There {odd}, and {he} knew nobody.", "It was {hs} first week in {town}. {Odd}. At night {he} dreamed of the old home.", "{H} had moved to {town}. \"You will find friends,\" they had said. But {odd}."),
        ("{H} said hello to everyone. Some nodded.", "{H} smiled so much that {his} cheeks hurt. It did not help.", "{H} stood at the edge and watched the others.", "{H} talked to the stove, since nobody else was there.", "{H} baked biscuits and put them in front of the doors. The dogs ate them.", "{H} got lost twice on the first day."),
        ("Then there was {bond}. {F} was there, too. \"Can you hold this?\" asked {f}. And so they began to talk, and did not stop until evening.", "\"You look as if you knew about such things,\" said {f}. There was {bond}, and {f} needed help. From that day {h} had a friend in {town}."),
        ("What changed everything was {bond}. {H} knew what to do, and all of a sudden the others stood round {him} and asked questions. Now {he} belonged there.", "One day {h} came upon {bond}. Others came, too. By evening {he} knew seven names, and seven people knew {his} name."),
        ("It stayed like that. {Bad}.", "{H} waited for a year. {Bad}."),
        ("child", "animal", "adult", "pair", "family"),
    ),
    Family(
        "sleepless", "a sleepless night",
        cases("cause|try1|cure|bad", """
the moon shone too brightly|a hat over the eyes|a curtain of leaves|the moon was gone, and it was too dark
the bed was too hard|a sack of stones instead|a heap of sweet hay|{he} slept on the floor for a week
{he} thought of all the work of the next day|a long list|to write it down and put the list outside the door|{he} slept through the whole next day
there was a mosquito|to chase it with a shoe|a window, opened wide|in the morning {he} had nineteen red spots
{he} {was} too happy|to be sad|to tell somebody about it|the great day came, and {he} slept
it was too quiet|to hum|a clock that went tick, tock|{he} lay there with open eyes until the cock crowed
a dream came back each night|to stay awake|to dream it to the end|{he} drank coffee and saw the sun come up
"""),
        ("{H} could not sleep.", "One sheep, two sheep, three sheep. It did not help.", "It was two in the morning, and {h} lay awake.", '"Why can {i} not sleep?" asked {h}.'),
        ("It was late, and {h} could not sleep, because {cause}.", "For the third night {h} lay awake: {cause}.", "{H} turned to the left and to the right. No sleep came, for {cause}."),
        ("{H} tried it with {try1}. That was no good.", "{H} counted sheep. At three hundred the sheep fell asleep, but not {h}.", "{H} drank warm milk. Then {he} had to get up again.", "{H} walked three times round the house.", "{H} read the dullest book in the house. It became exciting."),
        ("Outside sat {f} and could not sleep either. They talked a while. \"What helps is this: {cure},\" said {f}. Ten minutes later both of them snored.", "\"Shh,\" said {f}. \"I know what you need: {cure}.\" It was true. Before {f} had finished the sentence, {h} {was} asleep."),
        ("Then {h} knew what would help: {cure}. And before {he} could say good night, {he} slept.", "What helped in the end was {cure}. {H} slept until noon."),
        ("Nothing helped. {Bad}.", "So it went on. {Bad}."),
        ("child", "animal", "adult", "ruler", "creature", "toy"),
    ),
    Family(
        "wish", "a wish",
        cases("wish|then|undo|bad", """
that it should always be summer|the grass turned yellow and the snow was missed by all|a cold, clear winter morning|the wells stayed dry
that everything {he} touched would turn to sugar|the bed was sticky, and the tea was a lump|clean hands|{he} had to eat sugar for ever
to be as small as a thumb|the cat looked at {him} in a strange way|{his} own size|{he} lived in a matchbox from that day on
to be as tall as a tower|{his} feet were cold and {his} {head} stood in the clouds|a bed that fitted|nobody up there could hear {him}
that nobody would ever be sad|nobody cried any more, and nobody comforted anybody|a few honest tears|all smiled, but nobody meant it
to understand the animals|the sheep talked about grass all day, and the flies never stopped|some peace|{he} never had a quiet minute again
to have a hundred friends|there was no bread left, and each wanted to sit in the best chair|one good friend|in the end nobody came
that time would stand still|the soup did not get warm, and the flower did not open|a clock that ticked|the clock never moved again
never to have to work|{he} did not know what to do with {his} hands|a small garden to dig|the days were long and grey
"""),
        ('"You have one wish," said a voice.', "If you had one wish, what would you wish for?", "In an old lamp lived a tiny spirit.", "A golden fish looked out of the water and spoke."),
        ("A [fish|fairy|little grey man|star] gave {h} one wish. {H} did not think long. {He} wished {wish}.", "{H} found an old [lamp|ring|coin]. \"Wish for something!\" it said. {H} wished {wish}.", "{H} had always wished {wish}. And one night it came true."),
        ("At first it was wonderful.", "The first day {he} {was} {happy}. The second day, too.", "But then {then}.", "It was not as {he} had thought. {Then}.", "Soon {then}. {H} began to be sorry."),
        ("\"Be careful what you wish for,\" said {f}. \"What do you really need?\" {H} thought about it. It was {undo}. {He} said it out loud, and everything was as before.", "{F} knew how to undo it: one must say thank you and wish for something small. {H} wished for {undo}, and that was enough."),
        ("\"{I} want {undo}!\" cried {h}. There was a flash, and it was over. Never had {he} been so glad about it.", "{H} went back and asked for {undo}. \"You have learned something,\" said the voice."),
        ("But a wish can not be taken back. {Bad}.", "{H} called and called, but the voice did not answer. {Bad}."),
        ("child", "animal", "adult", "ruler"),
    ),
    Family(
        "find", "the strange {found}",
        cases("found|looks|inside|after|bad", """
egg|blue with white dots|a tiny dragon with cold feet|it slept by the stove and lit the lamps|a big shadow came at night and took it away
box|of black wood and without a key|a hundred letters of a queen|they were read aloud in the library every {day}|it fell into the river before it was open
bottle|green and full of sand|a map of an island|they sailed there, and there were oranges|the map fell to dust in the wind
door|no higher than a knee|a room full of clocks, all at different times|{he} could visit yesterday|the next day there was only a wall
seed|as big as a fist|a plant that grew to the clouds|one could pick stars in the evening|a goat ate it overnight
coat|long and red, with forty pockets|in each pocket something that one needed|{he} always had string, bread and a candle|somebody left it in the rain, and the pockets were only pockets
key|small and black, and it fitted no lock in town|the old music box in the attic|it played a waltz, and grandmother danced|it broke off in the first lock
ticket|yellow, with the name of a place that was on no map|a train with red seats|the journey took one night and a whole life|the train had left one minute before
"""),
        ("What was that? A {found}!", "In the grass lay a {found}.", '"Look what {i} have found!" called {h}.'),
        ("{H} found a {found}. It was {looks}. {He} had never seen anything like it.", "There, in the middle of the path, was a {found}, {looks}.", "Behind the house {h} came upon a {found}, {looks}. Whose was it?"),
        ("{H} shook it and listened. Nothing.", "{H} asked everyone. They only shook their heads.", "{H} took it home and looked at it all evening.", "{H} wanted to sell it, but nobody would buy it.", "{H} put it under {his} pillow. In the night it was warm.", "\"Leave it alone,\" said {hs} {r}. But {h} could not stop thinking about it."),
        ("{F} knew such things from old stories. \"Be gentle with it,\" said {f}. And then they saw it: {inside}! Since that time {after}.", "\"Try it at midnight,\" said {f}. They waited together. When the clock struck twelve, there it was: {inside}. After that, {after}."),
        ("One evening, quite by itself, the secret came out: {inside}! And {after}.", "{H} {was} patient. On the seventh day {he} found {inside}. From then on {after}."),
        ("{H} waited too long. {Bad}.", "{H} could not keep it. {Bad}."),
        ("child", "animal", "adult", "pair", "ruler"),
    ),
    Family(
        "pests", "too many {pests}",
        cases("pests|did|remedy|bad", """
mice|danced on the table and ate the candles|a flute and a big cheese in the empty barn|in the end the people moved out
frogs|sat in the beds and in the soup|a new pond with lilies|they had to learn to sleep standing up
pigeons|covered the statue of the king|a tower of their own with a hundred holes|the king was grey from top to toe
ants|carried off the sugar, grain by grain|a line of honey that led to the forest|the cupboards were empty by Sunday
rabbits|nibbled at everything that was green|a meadow full of clover behind the hill|there was not one leaf left
balloons|filled the rooms up to the ceiling|an open window and a good wind|they lifted the house, and it was never seen again
wild geese|sat down on the runway and did not want to leave|someone who honked and flew ahead|no plane could start for a month
"""),
        ("There were {pests} everywhere.", '"{Pests}! Nothing but {pests}!" cried {h}.', "First there was one. Then there were a thousand.", "Nobody knew where all the {pests} came from."),
        ("One morning there were {pests} everywhere. They {did}. {H} had to do something.", "It had begun with two {pests}. Now they {did}.", "{H} {was} at {his} wits' end: the {pests} {did}."),
        ("{H} shouted at them. They looked at {him} and stayed.", "{H} brought a cat. The cat took fright and ran away.", "{H} shut all the doors. They came in by the windows.", "{H} asked them kindly to leave. Two of them did.", "{H} put up a sign: \"No {pests}!\" But they could not read."),
        ("\"They only want a place of their own,\" said {f}. What was needed was {remedy}. It worked! The last of the {pests} even waved.", "{F} had brought {remedy}. In a long row the {pests} went away, and the house was quiet."),
        ("Then {h} thought of {remedy}. By evening not one of the {pests} was left.", "The answer was {remedy}. It was so simple that {h} had to laugh."),
        ("They stayed, and {bad}.", "It got worse and worse. {Bad}."),
        ("child", "adult", "ruler", "pair", "family", "creature"),
    ),
)  # fmt: skip

NATURE = (
    Family(
        "still", "{h}",
        cases("kinds|woe|plan|turn|bad", """
cloud,river|had no water left|waited for the wind from the sea|the wind came and brought rain|there was only dust
cloud,star,moon|wanted to see a garden from close by|came down on a foggy night|a child held out a hand and said good evening|it got stuck in the branches and could not get up again
tree,scarecrow,lighthouse|was to be taken away, because a road should be built|asked the birds to tell everybody|the children stood round in a ring, and the road made a bend|men with big machines came in the morning
tree,scarecrow,snowman,lighthouse,moon,star|was lonely|asked a passing crow to stay|the crow brought a friend, and the friends brought their children|the crow flew south and did not come back
snowman|was afraid of the spring|asked the children what to do|they put some of the snow in the freezer until next year|only a carrot and a hat were left in the grass
star,moon|did not shine any more|asked the night wind to polish the glass of the sky|the dust flew off, and it was bright as day|the ships had to sail without light
river,cloud|had been made dirty by the people|grew black and silent|a girl saw the dead fish, and the whole school came to clean|no bird came to drink any more
lighthouse,star,moon|was so tired that its light went out|asked a thousand fireflies to help for one night|not one ship was lost, and it slept at last|a ship ran on the rocks
tree|had lost all its leaves and thought it was ill|asked an old owl about it|"Wait till spring," said the owl, and so it was|woodcutters came and took it for dead
scarecrow|liked birds and had to frighten them|took off its terrible hat|the birds ate the beetles, and the corn grew better than ever|the farmer put it in the shed
"""),
        ("Something was wrong, and only {h} knew it.", '"Nobody sees that {i} {am} sad," said {h}.', "Every evening {h} sighed."),
        ("{H} had a trouble. {He} {woe}.", "You may not believe it, but {h} {woe}.", "One day it came to this: {h} {woe}."),
        ("{H} asked the wind, but the wind was in a hurry.", "Nobody noticed it. People walked by with their bags.", "{H} told it to a passing bird. The bird did not understand.", "{H} waited for a whole week."),
        ("Then came {fintro}. {F} listened for a long time and had an idea. So {h} {plan}. And then {turn}.", "{F} stopped and looked up. \"Do not be sad,\" said {f}. {H} took heart and {plan}. And truly, {turn}."),
        ("In the end {h} {plan}. It took a long time, but then {turn}.", "So {h} {plan}. And what happened? {Turn}."),
        ("{H} {plan}, but it was of no use: {bad}.", "It was too late. {Bad}."),
        ("nature",),
    ),
)  # fmt: skip
