"""Plots that happen out of doors: getting lost, storms, seeds, races, treasure, strangers, winter.

The same shape as `plots_home.py`; slots are named in `stories.py`.
"""

from recipes.nano.world.plots_home import Plot

OUTSIDE_PLOTS = (
    Plot(
        "getting lost in the forest",
        '[One day|One {weather} day], {h} went into the forest to look for [berries|mushrooms|flowers|nuts]. {His} {r} said, "Do not go too far." But {h} saw a {colour} bird and [ran after it|wanted to see where it lived]. {He} went deeper and deeper. Then the bird flew away. {h} looked around. [All the trees looked the same.|{he} did not know the way home.] It was getting dark. {h} was {afraid}. "Is anybody there?" {he} called.',
        '"I am here," said a voice. It was {f}. {f} knew the forest well. "[Do not be afraid|Do not cry]," said {f}. "I will take you home." They walked [along the river|under the stars|between the tall trees] and {f} told {h} the names of all the trees. Soon {h} saw a light. {His} {r} was standing at the door. {rhe} held {h} in {rhis} arms. {h} was so {happy} to be home, and {f} [stayed for dinner|got a {food} to take along].',
        'Nobody answered. {h} sat down under a tree and cried. The night was cold and long. An owl hooted, and something moved in the leaves. In the morning {f} found {h}. {h} was cold and very sick. {He} had to stay in bed for many weeks. {He} could hear the others play outside. "I should have listened," {he} said and felt {sad}.',
    ),
    Plot(
        "planting a seed",
        '[One day|One {weather} morning], {h} found a small seed in {place}. "What will it be?" {he} asked. {He} [dug a hole in the garden|put it in a pot with soil] and gave it water. Every day {h} came to look. But nothing happened. [A week went by.|Day after day there was only soil.] {f} said, "[It will never grow|Maybe it is a bad seed]." {h} felt {sad}, but {he} [gave it water again|did not give up].',
        'Then one morning there was something green! It was a very small plant. It grew and grew. [in summer|After some weeks] it had a big {colour} flower. {h} showed it to {f}. "You were right to wait," said {f}. Bees came, and birds came, and everyone in {place} wanted to see it. {h} was {happy}. [Good things take time.|Now {he} plants a seed every spring.]',
        'Then one morning there was something green! {h} was so {happy}. But that night there was a storm. The wind was strong and the rain was cold. In the morning the small plant was broken. {h} held it in {his} hands. There was nothing {he} could do. {f} said, "We can find a new seed." But {h} shook {his} head. {He} had loved this one, and {he} was {sad}.',
    ),
    Plot(
        "a storm at night",
        'It was night, and {h} was in bed. Outside, the wind [howled|blew hard]. Then there was a bright light and a loud noise. It was a storm! {h} was {afraid}. {He} pulled the blanket over {his} head and held {his} {thing}. [The window shook.|The rain beat on the roof.] Then {he} heard something at the door. [It was a small voice.|Somebody was crying outside.] "Please let me in," it said. {h}\'s heart beat fast.',
        '{h} [was {afraid}, but {he} opened the door|took a lamp and opened the door]. There stood {f}, all wet. "The storm broke my roof," said {f}. {h} gave {fhim} a dry blanket and a {food}. They sat close together and told stories. The storm did not seem so loud now. When the sun came up, they were both asleep. The next day {h} helped {f} mend the roof.',
        "{h} was too {afraid}. {He} did not move. After a while the voice was quiet. In the morning the sun was shining. {h} opened the door. There were small wet footprints, and beside them lay {f}'s {thing2}. It was {f} who had asked for help! {f} had left the place and did not come back. {h} was {sad} and wished {he} had opened the door.",
    ),
    Plot(
        "a race",
        'There was going to be a race in {place}. {h} wanted to win. {He} [ran every morning|trained for weeks]. {f} was in the race too. "[May the best one win|Good luck]," said {f}. On {day} they all stood at the start. One, two, three, go! {h} ran as fast as {he} could. [Soon {he} was in front.|The wind was in {his} face.] Then {he} heard a cry. {f} had fallen and could not get up.',
        '{h} looked at the goal. It was so near! But {he} turned around and ran back to {f}. "Take my hand," {he} said. Together they walked to the end. They were the last, but everyone clapped louder for them than for the winner. "You could have won," said {f}. "I would rather have a friend than a {look} cup," said {h}, and {he} was {happy}.',
        '{h} did not stop. {He} ran on and won. They gave {him} a {look} {thing}. But nobody clapped. They had all gone to help {f}. {h} stood there alone with the prize. {f} had a broken leg and did not look at {him}. "I won," said {h}, but it did not feel good. {He} felt {sad} and could not sleep that night.',
    ),
    Plot(
        "a treasure map",
        '{h} found an old map in {place}. There was a {colour} cross on it. "A treasure!" {he} shouted. {He} ran to {f}. "[Let us look for it!|Will you come with me?]" They [took a spade and a {food}|packed a bag] and followed the map. They went over the bridge, past the old mill and up the hill. It was hot, and their feet hurt. {f} wanted to go home. "Only a little more," said {h}. Then they saw a big stone with a {colour} cross. They began to dig.',
        'Their spade hit something hard. It was a {look} box! Inside there was no gold, but there was a {thing} and a letter. "Whoever finds this," it said, "share it with a friend." {h} and {f} looked at each other and laughed. They took turns with the {thing}, and on the way home they sang. The real treasure was the day they had together.',
        'They dug all day. The hole got deeper and deeper. At last they found a box. They opened it. It was empty. Someone had been there before them. {h} threw the map away. "It is your fault! You dug too slowly," {he} shouted at {f}. {f} turned around and went home without a word. {h} sat next to the hole all alone. {He} had no treasure and no friend, and {he} was {sad}.',
    ),
    Plot(
        "a lost little {pet}",
        '[One {weather} day|On {day}], {h} heard a small noise in {place}. {He} looked behind a tree and saw a little {pet}. It was all alone and [shook with cold|looked very hungry]. "Do not be afraid," said {h}. {He} gave it some water and wrapped it in {his} scarf. {h} took it home. "[May I keep it|Can it stay with us]?" {he} asked {his} {r}. "[Maybe someone is looking for it|It may have a mother]," said {his} {r}. That evening there was a knock at the door. It was {f}. "Have you seen my {pet}?" asked {f}. {His} eyes met {f}\'s.',
        '{h} wanted to keep the {pet}, but {he} saw how {sad} {f} was. "Yes, it is here," {he} said. The {pet} jumped into {f}\'s arms. "Thank you!" said {f}. "You may visit it every day." And so {h} did. {h}, {f} and the {pet} played together in {place}. {h} had lost a {pet} and found a friend.',
        '"No," said {h} and shut the door. {He} wanted to keep the {pet}. But the {pet} would not eat and would not play. It sat at the door and cried all night. In the morning it was gone. It had jumped out of the window into the cold. {h} looked for it everywhere, but {he} did not find it. {f} never found it either. {h} felt {sad}, and {he} knew it was because of a lie.',
    ),
    Plot(
        "the first snow",
        'It was winter. When {h} woke up, everything was white. "Snow!" {he} shouted. {He} put on {his} coat and ran outside to {f}. They made [a big snowman|a man of snow]. They gave him a carrot for a nose and an old hat. "He looks {happy}," said {f}. {h} put a {colour} scarf around his neck. They talked to the snowman every day and told him everything. But then the sun came out. It got warmer and warmer. The snowman grew small.',
        '"He must go now," said {h}\'s {r}, "but he will come back." {h} kept the hat and the scarf in a box. Spring came, and summer, and autumn. Then one morning the world was white again. {h} and {f} ran outside. They made a new snowman and gave him the same hat and the same {colour} scarf. "Welcome back!" they shouted and danced around him. They were very {happy}.',
        '{h} tried to save him. {He} put up an umbrella and brought ice from the kitchen. But it did not help. One day there was only some water, a hat and a carrot. {h} picked up the {colour} scarf. It was wet and cold. "He was our friend," {he} said. {f} had nothing to say. They went home, and all day the water ran down the street. {h} was {sad}.',
    ),
    Plot(
        "a boat on the lake",
        '{h} had a small {colour} boat. [One day|One {weather} morning], {he} and {f} went out on the lake with it. [The water was calm.|The sun was warm.] They had a {food} with them and {f} brought a {thing}. In the middle of the lake the wind came up. The waves got higher and higher. [Water came into the boat.|The boat went up and down.] "We have to go back!" shouted {f}. {h} was {afraid}. {He} could not see the shore any more.',
        '"You take the water out and I will row," said {h}. {f} used {fhis} hat and threw the water out. {h} rowed and rowed. {His} arms hurt. Then {f} saw a light. It was {h}\'s {r} with a lamp! They rowed to the light and were safe. {h}\'s {r} gave them dry clothes and hot cocoa. "We did it together," said {h}. They felt {happy} and a little brave.',
        'They tried to row, but the wind was too strong. The boat turned over. {h} and {f} held on to the wood for hours. At last a fisherman saw them and pulled them out. They were alive, but the {colour} boat was gone, and so was the {thing}. "It was my father\'s boat," said {h} and cried. {He} never went out on the lake again.',
    ),
    Plot(
        "getting ready for winter",
        'It was autumn. {f} was busy all day. {f} [gathered food|carried wood] and put everything away. {h} lay in the grass in {place} and [sang|played the flute|looked at the clouds]. "Why do you work so much?" asked {h}. "Winter will be long and cold," said {f}. "You should get ready too." "I have time," said {h} and closed {his} eyes. Then the first snow fell. {h} was cold and had nothing to eat. {He} felt {sad}.',
        '{h} walked through the snow to {f}\'s house and knocked. "You were right, and I was lazy," {he} said. {f} opened the door. "Come in," said {f}. "I have enough for two. But you must sing for me!" All winter {h} sang and told stories, and {f} cooked. It was warm and they were {happy}. In spring {h} was the first to work.',
        "{h} walked through the snow to {f}'s house and knocked. But {f} did not hear {him}. The wind was too loud. {h} went back to {his} cold home. {He} had one {food} left and made it last for three days. It was the longest winter of {his} life. {h} was hungry and {sad}, and {he} thought of the warm days when {he} had done nothing.",
    ),
    Plot(
        "a magic {thing}",
        '[One day|One evening], {h} met an old woman in {place}. She was carrying a heavy bag. {h} helped her. "You have a good heart," she said and gave {him} a {look} {thing}. "It will give you one wish. Think well!" {h} held the {thing} in {his} hand. {He} thought of [gold|a big house], of [toys|cakes] and of eating cake every day. Then {f} came along. {f} was [ill|very poor|very tired] and looked {sad}.',
        '{h} closed {his} eyes. "I wish that {f} may be well and happy," {he} said. The {thing} shone like a star. At once {f} laughed and jumped up. "What happened?" asked {f}. {h} only smiled. The {thing} was just an ordinary {thing} now. But when {h} came home, there was a {food} on the table, and a note: "For a good heart." {h} was {happy}.',
        'But {h} did not look at {f}. "I wish for all the gold in the world!" {he} said. There was gold everywhere: gold in the house, gold in the garden, gold in {place}. But the flowers were gold, and so were the apples and the bread. {h} could not eat gold. {f} had gone away. {h} sat on {his} gold, hungry and alone, and {he} was {sad}.',
    ),
    Plot(
        "a noise in the cave",
        'There was a cave near {place}. Everyone said that a monster lived there. At night you could hear it: "Oooh! Oooh!" [One day|On {day}], {h} said to {f}, "[I want to see the monster|Let us go and look]." {f} was {afraid}, but {he} came along with a lamp. It was dark and cold in the cave. Water fell from the stones. "Oooh!" they heard. It was very near now.',
        '{h} held up the lamp. There was no monster! It was only the wind that blew through a {look} hole in the wall. {h} and {f} laughed so loudly that the whole cave laughed with them. They told everyone, but {h} said, "Come and see for yourselves." From then on the children of the village played in the cave and made noises in the dark. They were all {happy}.',
        '{h} dropped the lamp and it went out. They could see nothing. They ran in the dark, and {f} fell and hurt {fhis} head. {h} could not find {fhim}. At last {he} got out and brought help. {f} lived, but {f} was in bed for a long time and did not speak to {h}. "It was my idea," thought {h}, and {he} was {sad}.',
    ),
    Plot(
        "a picnic",
        "It was a {weather} day. {h} and {f} wanted to have a picnic in {place}. They packed a {food}, some juice and a {colour} blanket. {h} carried the basket and {f} carried a {thing}. On the way they sang. [They found a good place under a tree.|They sat down in the grass.] But when they opened the basket, there were ants everywhere! Hundreds of ants were eating the food. {h} was {angry}.",
        '"They are hungry too," said {f}. "Let us give them some." {h} thought about it and then had to laugh. They put some crumbs on a stone, and all the ants went there. {h} and {f} ate the rest. Later they played with the {thing} and watched the ants carry the crumbs home. It was a good day after all.',
        '{h} shouted and kicked the basket. The juice fell on the blanket, the {food} fell in the mud, and the {thing} broke. "Why did you do that?" asked {f}. Now there was nothing to eat and nothing to play with. Then it began to rain. They walked home without a word. {h} was {sad}, because {he} had ruined the day {himself}.',
    ),
)
