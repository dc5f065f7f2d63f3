"""Troubles among people and within oneself: fear, learning, illness, gifts, feasts, contests, mistakes, quarrels, being new."""

from recipes.nano.world.problems_things import Family, cases

WALKERS = ("child", "animal", "adult", "ruler", "pair", "family", "creature", "toy")

PEOPLE = (
    Family(
        "fear", "being afraid of {fear}",
        cases("fear|must|small|after", """
the dark|fetch a candle from the cellar|light a match and look: there are only potatoes|{he} went down there every evening and whistled
deep water|swim to the boat|put one foot in, then the other|nobody could get {him} out of the lake
thunder|go out and bring the hens in|count from the lightning to the thunder|{he} sat at the window in every storm and counted
high places|climb the tower and ring the bell|look up and not down|{he} often sat up there and looked over the land
big dogs|walk past the farm with the black dog|stand still and hold out an open hand|the black dog waited for {him} every day
spiders|take the basket from the corner of the barn|give the spider a name|the spider called Rosa lived above the door for years
the old forest|carry a basket to the hut between the pines|sing a song and keep to the path|{he} knew every tree by its name
strangers|ask the way to the station|say good morning first|{he} had a friend in every street
the doctor|go there with a sore ear|squeeze the toy frog when it hurts|{he} wanted to be a doctor, too
ghosts|sleep in the castle for one night|say good evening and pull off the sheet|{he} told ghost stories by the fire
speaking in front of people|hold a speech at the feast|look at one friendly face|they asked {him} to speak every year
fire|light the stove|strike the match away from the body|the room was warm, and the soup boiled
"""),
        ("There was something that {h} would never tell anybody.", "{H} {was} afraid. Nobody knew it.", '"Are you afraid?" they asked. {H} shook {his} {head}, but it was a lie.', "Everybody thought that {h} {was} not afraid of anything.", "What are you afraid of? {H} knew it very well."),
        ("{H} {was} afraid of {fear}. And now {he} had to {must}.", "Somebody had to {must}. All looked at {h}. But {h} {was} afraid of {fear}.", "{H} had to {must}, and there was nobody else. How could {he}, being so afraid of {fear}?"),
        ("\"{I} {am} ill,\" said {h}. Nobody believed it.", "{H} went half-way and ran back.", "{H} closed {his} eyes. It did not help, for now {he} fell over a bucket.", "{H} practised in front of the mirror. \"{I} {am} not afraid,\" {he} said to the mirror.", "\"{I} will do it tomorrow,\" said {h}. But they needed it today.", "{H} drank a glass of water. Then {he} drank another."),
        ("\"I was afraid of {fear}, too,\" said {f}. \"Do it like this: {small}.\" {H} did, with {f} close by. And then it was done! Later {after}.", "{F} did not laugh. \"One step is enough for today,\" said {f}. \"You only have to {small}.\" That was possible. And after one step came another. Soon {after}."),
        ("Then {h} thought: {i} only have to {small}. {He} did it, and it was not so bad. A month later {after}.", "In the end {h} had no choice. {Small}, that was the trick. The fear grew smaller and smaller, and {after}."),
        ("{H} could not do it. {Hs} {r} had to {must}, and everybody saw it.", "{H} ran away and hid. Long after, {he} {was} still afraid of {fear}, and ashamed."),
        WALKERS,
    ),
    Family(
        "learning", "learning to {learn}",
        cases("learn|wrong|right|teacher", """
swim|{he} sank like a stone|the water carried {him}|breathe out under water
ride a bicycle|{he} landed in the hedge|the wheels ran straight along the road|look ahead and not at the wheel
bake a cake|the cake was as flat as a plate|the cake rose until it looked over the tin|wait, and do not open the oven
play the violin|it sounded like a cat with a bad tooth|a real tune came out of it|hold the bow like a small bird
skate|{he} sat down on the ice, again and again|{he} flew over the ice in wide circles|bend the knees
read|the letters danced like flies|the first whole sentence stood there: the cat sat on the mat|take one word after the other
juggle|all the balls rolled under the sofa|three oranges flew in a circle|begin with one ball
fly|{he} fell into the soft grass|the wind took {him} up over the trees|trust the wind
tie a knot|the rope fell open|the knot held a whole boat|go round the tree and back into the hole
whistle|only air came out|a clear high note came out|wet the lips first
dance|{he} stepped on everybody's toes|{his} feet found the beat all by themselves|listen to the drum
make pottery|the bowl fell over like a wet hat|a round bowl stood on the wheel|keep the hands still
"""),
        ("{H} could not {learn}.", '"{I} want to {learn}!" said {h}.', "Everybody could {learn}, but not {h}.", "There was something {h} wanted to learn.", '"You will never learn to {learn}," somebody said to {h}.'),
        ("{H} wanted to learn to {learn}.", "More than anything, {h} wanted to {learn}. {He} had seen others do it.", "There was to be a big feast, and {h} had said, \"{I} can {learn}.\" That was not true. Now {he} had to learn it, and quickly."),
        ("The first time, {wrong}.", "{H} tried it in secret, but {wrong}. Somebody laughed.", "{H} tried it again and again, but {wrong}.", "{H} read how to do it in a book. But {wrong}.", "{H} practised until {his} arms were sore. Still {wrong}."),
        ("\"You must {teacher},\" said {f}. {H} tried it. And look: {right}!", "{F} could do it well and was patient. \"Again,\" said {f}, \"and {teacher}.\" On the seventh day {right}.", "\"I needed a whole year,\" said {f}. \"Just {teacher}.\" They practised together, and one morning {right}."),
        ("Then {h} noticed {his} mistake. One has to {teacher}! {He} did so, and {right}.", "{H} did not give up. {He} tried it ten times, twenty times. The twenty-first time, {right}."),
        ("But it was no use. {Wrong}, and that was the end of it. {H} gave up.", "On the day of the feast {wrong}, and everybody saw it. {H} never tried it again."),
        ("child", "animal", "adult", "ruler", "creature"),
    ),
    Family(
        "illness", "the sick {patient}",
        cases("patient|ill|cure|far|bad", """
grandmother|had a fever and shivered|the blue flower|on top of the mountain|the flower had withered in the heat
old horse|would not eat or stand up|the warm mash of the old farmer|three villages away|the old horse lay still in the straw
little sister|had red spots all over|the cool salve of the midwife|at the other end of the town|the spots stayed for the whole summer
baker|had such a cough that the rolls flew off the table|honey from the forest|in a hollow tree|there was no bread for a month
queen|could not laugh any more|the oldest joke in the world|in a book in the cellar|the queen never laughed again
owl|could not see at night|a pair of tiny glasses|in the shop of the clockmaker|the owl had to stay in the dark
teacher|had lost her voice|hot milk with butter|in the kitchen of the school|school was silent for weeks
apple tree|dropped its leaves in June|water from the deep well|behind the church|the tree had to be cut down
"""),
        ("The {patient} was ill.", "Something was wrong with the {patient}.", '"Come quickly, the {patient} is ill!" called somebody.', "Everyone was worried about the {patient}."),
        ("The {patient} {ill}. Only one thing could help: {cure}. It was to be found {far}.", "One morning the {patient} {ill}. {H} {was} worried. \"{Cure} would help,\" people said, \"but that is {far}.\"", "{H} heard that the {patient} {ill}. Somebody had to get {cure}, which was {far}."),
        ("{H} tried tea. It did not help.", "{H} told the {patient} a story, but that was not enough.", "{H} set out at once, but took the wrong road.", "{H} asked for the way. Each one pointed in a different direction.", "Half-way it got dark.", "{H} sat by the {patient} all night."),
        ("{F} knew the short way. They ran, and before night {h} had {cure}. The next morning the {patient} was well again.", "\"I have some left,\" said {f}. {F} gave {him} {cure} and did not want any money. Two days later the {patient} was up and about."),
        ("{H} walked all night and found {cure} {far}. When the sun came up, the {patient} was better already.", "{H} did not rest until {he} held {cure} in {his} hands. It worked like a charm, and the {patient} got well."),
        ("{H} came too late: {bad}.", "It was all for nothing. {Bad}."),
        WALKERS,
    ),
    Family(
        "stuck", "being stuck {stuck}",
        cases("stuck|how|out|bad", """
in a deep hole|{He} had not looked where {he} {was} going|a rope, made of three scarves|it rained, and {he} sat there until morning
up in a tree|It had been easy to get up|a ladder of crates|a branch broke, and so did {his} arm
in the mud|With each step {he} sank deeper|a board to lie on|both shoes stayed in the mud for ever
in a chimney|It was too narrow in the middle|a push from below and a pull from above|{he} {was} black for a week
on a rock in the sea|The water had come up all around|a small boat with one oar|the sea took {his} basket and {his} hat
in a lift|It had stopped between two floors|a red button that nobody had seen|the feast was over when the door opened
between two bars of the gate|{His} {head} had gone in, but did not come out|a little butter behind the ears|everybody in town came to look and laugh
in a locked room|The key had broken off|a hairpin and much patience|they had to break the door, and it cost all {his} money
in a net|It had been meant for the fish|a pair of scissors|the net was torn, and the fisherman was angry
on a roof|The ladder had fallen down|a long plank from the next window|{he} had to stay up there all night in the wind
"""),
        ('"Help!" called {h}. "{I} can not get out!"', "Nothing moved any more.", "It had been a very bad idea.", '"Do not laugh," said {h}.', "{H} should have gone round."),
        ("And then it happened: {h} {was} stuck {stuck}. {How}.", "{H} wanted to save time, and now {he} {was} stuck {stuck}. {How}.", "One wrong step, and {h} sat {stuck}. {How}."),
        ("{H} called for help until {he} had no voice left.", "{H} pulled and pushed. Nothing moved.", "{H} waited. A {pet} looked at {him} and went away.", "{H} tried to stay calm and sang a song.", "{H} waved with both arms, but the people only waved back.", "{H} counted the clouds. There were nineteen."),
        ("{F} looked at it and nodded. \"What we need is {out},\" said {f}. Ten minutes later {h} {was} free.", "\"Stay calm,\" said {f} and came back with {out}. One, two, three, and {h} {was} out!"),
        ("Then {h} saw it: {out}! That was the way out. {He} {was} stiff and dirty, but {he} {was} free.", "{H} thought and thought. At last {he} got free with {out}."),
        ("Nobody came for a long time. In the end {bad}.", "{H} got out in the end, but {bad}."),
        ("child", "animal", "adult", "pair", "creature", "ruler"),
    ),
    Family(
        "gift", "a gift for {whom}",
        cases("whom|gift|made|better", """
the old neighbour|a warm scarf|knitted by {himself}|one stitch was wrong, and that was the nicest one
the queen|a glass of plum jam|from {his} own plums|the queen ate it with a spoon before dinner
a friend who moved away|a box of small memories|with a leaf, a stone and a photo in it|the box stood beside the bed for years
the whole village|a bench under the lime tree|sawn, planed and painted|old and young sat on it every evening
the new baby|a mobile of paper birds|cut out with care|the baby laughed for the first time
the teacher|a song with three verses|written in one night|the whole class sang it
the lighthouse keeper|a kite with a long tail|of old newspapers|it could be seen from all the ships
the stray dog|a house of planks|with a blanket in it|the dog slept in it that same night
"""),
        ("{H} had no gift.", '"What can one give to {whom}?" asked {h}.', "Tomorrow was the birthday, and {h} had nothing.", "A gift should be something special, thought {h}."),
        ("{H} wanted to give something to {whom}. But {he} had no money.", "It was nearly time for the feast, and {h} needed a gift for {whom}.", "{H} opened {his} purse. There was one coin in it, and {he} needed a gift for {whom}."),
        ("In the shops everything was too expensive.", "{H} tried to carve a bird, but it looked like a potato.", "{H} picked flowers. They hung their heads after an hour.", "{H} asked {his} {r}. \"Soap,\" said {his} {r}. That was not a good idea.", "{H} wrote a poem. Nothing rhymed with orange."),
        ("\"Give something that you have made,\" said {f}. They sat down together and made {gift}, {made}. And it was just right: {better}.", "{F} asked, \"What can you do well?\" Then {h} knew it: {gift}, {made}. {F} helped with the paper. In the end {better}."),
        ("Then {h} had an idea: {gift}, {made}! {He} worked half the night. And what shall I say? {Better}.", "{H} gave away what {he} could do best: {gift}, {made}. Nobody had ever had such a gift, and {better}."),
        ("{H} brought {gift}, but somebody else had brought the same, and bigger. Nobody looked at {hs} gift.", "On the way {h} fell, and {gift} was spoiled. {He} stood at the door with empty hands."),
        WALKERS,
    ),
    Family(
        "feast", "the feast without {without}",
        cases("without|went|instead|cheer|bad", """
a cake|the cake was burnt as black as coal|pancakes with jam, as high as a tower|nobody asked for cake|the guests left hungry
music|the fiddler had broken his arm|pots, spoons and a comb with paper|they danced until the floor shook|it was so quiet that one heard the clock
light|all the candles were gone|a hundred glow-worms in glasses|it was as bright as in a palace|they sat in the dark and went home early
guests|nobody had got the letters|the people who happened to pass by|there was not one chair left|the table stayed empty, and the soup got cold
chairs|somebody had sold the chairs|logs, buckets and one old bathtub|they sat as in a circus|the old people had to go home
a roof|the wind had taken the tent|the big barn|the cows looked on and chewed|it rained into the soup
soup|the dog had eaten the meat|a stone, some water, and what each one brought|it was the best soup of the year|they had only dry bread
"""),
        ("Everything was ready for the feast. Almost everything.", '"A feast without {without}?" said {h}. "That is no feast!"', "In one hour the guests would come.", "It was the day of the great feast."),
        ("That evening there was to be a feast at {hs} house. But then: {went}.", "{H} had asked everybody to come at six. At five, {h} saw it: {went}!", "{H} had prepared the feast for weeks. {Went}. A feast without {without}!"),
        ("{H} ran to the shop, but the shop was closed.", "{H} asked {his} {r}. \"Cancel it,\" said {his} {r}.", "{H} sat down on the floor and held {his} {head}.", "{H} looked at the clock. Forty minutes left.", "{H} tried to borrow what {he} needed. The answer was no."),
        ("{F} looked around. \"What about this?\" said {f}: {instead}! They ran and carried and laughed. And {cheer}.", "\"There is always something,\" said {f}. And so they had {instead}. When the guests came, {cheer}."),
        ("Then {h} had an idea: {instead}! It was a lot of work, but {cheer}.", "{H} looked at what there was. At six o'clock there was {instead}, and {cheer}."),
        ("There was nothing to be done. {Bad}.", "The guests came, looked round, and {bad}."),
        ("child", "adult", "pair", "family", "ruler", "creature", "animal"),
    ),
    Family(
        "errand", "the {parcel}",
        cases("parcel|to|by|danger|bad", """
letter|the captain of the ship|before the ship sailed|the bridge was closed|the ship was only a small white spot on the sea
basket of eggs|the hospital|without breaking one|a ball came flying|all that was left was a yellow puddle
birthday cake|the old lighthouse keeper|while it was still warm|a wave came over the path|the fish ate the cake
golden key|the king|before midnight|three robbers sat by the road|the gate stayed closed for a hundred years
medicine|the vet|before the cow fell asleep|the snow was deep|the vet had already gone home
wedding ring|the church|before the bells stopped|a magpie saw it shine|the wedding had to wait until spring
pot of soup|the miners|while it was hot|the road was full of holes|the miners ate cold bread
book|the boy with the broken leg|before visiting time was over|it began to pour|one could not read a word any more
"""),
        ('"Can {i} do it?" asked {h}.', "Somebody had to carry the {parcel}.", '"Take this {parcel} to {to}," they said, "and hurry!"', "The {parcel} was heavy, and the way was long."),
        ("{H} had to bring a {parcel} to {to}, {by}.", "\"Please bring this {parcel} to {to}!\" That was what they had told {h}. It had to be there {by}.", "In {hs} bag was a {parcel}. {H} had promised to bring it to {to}, {by}."),
        ("But {danger}.", "{H} took a short cut and got lost.", "Half-way, {danger}. {H} stood still.", "{H} had to rest. When {he} woke up, an hour had gone by.", "{H} met three people, and each of them wanted to talk.", "The bag had a hole. Luckily {h} saw it in time."),
        ("\"Give it to me,\" said {f}, \"I am faster on this part.\" So they took turns, and the {parcel} arrived {by}.", "{F} knew another way and went with {him}. Out of breath, they stood before {to}, {by}. \"You are the best,\" they were told."),
        ("{H} ran as never before, and the {parcel} came to {to}, {by}. What a relief!", "{H} held the {parcel} high above {his} {head} and went on, step by step. {He} made it, {by}."),
        ("{H} came too late. {Bad}.", "It went wrong on the very last part of the way. {Bad}."),
        WALKERS,
    ),
    Family(
        "contest", "the {contest} contest",
        cases("contest|rival|trouble|own|result", """
pumpkin|a man with a pumpkin like a coach|something had eaten a hole into {hs} pumpkin|made a lantern out of the pumpkin|it got the prize for the most beautiful one
singing|a nightingale|{h} had a sore throat|sang very softly|nobody dared to breathe, and {h} came first
cooking|the cook of the queen|the salt was gone|used herbs from the wayside|the judges asked for a second plate
kite|a boy with a kite of silk|the tail was torn off|tied {his} own socks to the tail|it flew higher than all the others
running|a hare with new shoes|the hare fell into a ditch|helped the hare out of the ditch|they crossed the line together
drawing|a real painter|{hs} colours had dried up|drew the whole picture with a piece of coal|the picture hangs in the town hall today
sandcastle|the twins from the big hotel|a wave came and washed the tower away|built a bridge where the tower had been|the judges had never seen such a bridge
joke|a clown with a red nose|{h} forgot the joke|told the people the truth|the people laughed until they cried
snowman|the fire brigade|there was no carrot left|gave the snowman a nose of ice|it shone in the sun, and everyone clapped
"""),
        ("There was going to be a {contest} contest.", '"{I} want to win!" said {h}.', "On {day} was the big {contest} contest.", "Everybody in town spoke of the contest."),
        ("{H} wanted to win the {contest} contest. But there was also {rival}.", "There was a {contest} contest, and {h} had put down {his} name. Then {he} saw {rival}, and {his} {heart} sank.", "{H} had prepared for the {contest} contest for weeks. So had {rival}."),
        ("On the day itself, {trouble}.", "{H} practised day and night, but then {trouble}.", "\"You will never win,\" somebody said to {h}.", "{H} could not eat anything for breakfast.", "Then, just before the start, {trouble}."),
        ("\"It is not about winning,\" said {f}. \"Do it your own way!\" So {h} {own}. And {result}.", "{F} stood in the first row and nodded. {H} {own}, and {result}."),
        ("Then {h} {own}. Nobody had expected that. In the end {result}.", "{H} laughed and {own}. It was the best that could have happened: {result}."),
        ("{H} did not win. {He} did not even finish. The prize went to another.", "It all went wrong: {trouble}. {H} went home before the prizes were given."),
        ("child", "animal", "adult", "creature", "ruler"),
    ),
)  # fmt: skip
