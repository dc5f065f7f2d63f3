"""Plots of friends and strangers: quarrels, trades, tricks, help, fear and fame. The shape is that of `plots_home.py`."""

from recipes.nano.world.plots_home import Plot

FRIEND_PLOTS = (
    Plot(
        "a quarrel about a {thing}",
        '{h} and {f} found a {look} {thing} in {place}. "I saw it first," said {h}. "No, I did," said {f}. They both pulled at it. [They shouted so loudly that the birds flew away.|Neither of them let go.] {h} was {angry} and {f} was {angry} too. "You are not my friend any more," said {f}. {h} took one end of the {thing} and {f} the other.',
        'Then {h}\'s {r} came by. "Why do you not use it one after the other?" {rhe} asked. They looked at each other. It was so easy! "You first," said {h}. "No, you first," said {f}, and then they had to laugh. They played with the {thing} until evening. {h} was {happy} to have both, a {thing} and a friend.',
        "There was a loud crack. The {thing} broke in two. Now nobody had it. {f} threw down one half and went away, and {h} kept the other half. {He} put it on the shelf at home. Every time {h} looks at it, {he} thinks of {f} and feels {sad}. They never spoke to each other again.",
    ),
    Plot(
        "trading a {thing} for a {thing2}",
        '{h} had a {colour} {thing}. {f} had a {look} {thing2}. {h} liked the {thing2} better. "[Will you trade|Shall we trade] with me?" {he} asked. {f} [thought for a while|looked at the {thing}]. "All right," said {f}. So {h} gave away the {thing} and got the {thing2}. At first {he} was glad. But at home {h}\'s {r} asked, "Where is the {thing} that I made for you?" {h} turned red. {He} had forgotten that.',
        '{h} ran to {f} and told {fhim} the truth. "I am sorry," {he} said. "I must have my {thing} back." {f} was not angry. "I understand," said {f}. "My {r} made me something once, too." They traded back. Then {f} gave {him} the {thing2} to use for a week, and {h} gave {f} a {food}. {h} was {happy}.',
        "{h} ran to {f}, but {f} had sold the {thing} to a man at the station. The man was already far away. {h} looked at the {thing2}. It did not look so nice now. {His} {r} said nothing, but {rhe} was {sad}, and {h} could see it. {He} put the {thing2} in a drawer and never played with it.",
    ),
    Plot(
        "a bully",
        'There was a big {fkind} in {place} called {f}. {f} took things away from the little ones and laughed. [Everybody was {afraid} of {f}.|Nobody dared to speak.] [One day|On {day}], {f} took {h}\'s {thing}. "Give it back!" said {h}. "Come and get it," said {f}. {h}\'s heart beat fast, but {he} stood still and thought.',
        '"You may keep it today," said {h}. "But why do you never ask if you can play with us?" {f} was surprised. Nobody had ever said that. {f} looked at the ground. "Because nobody would say yes," {fhe} said. "I say yes," said {h}. {f} gave the {thing} back. Since that day {f} plays with all the others and takes care of the little ones. {h} is {happy} about it.',
        "{h} ran at {f} and pushed {fhim}. {f} fell, and the {thing} broke under {fhim}. Then {f} got up and hit {h} on the nose. It hurt. The others only watched. {h} walked home with a bloody nose and a broken {thing}. {He} did not go to {place} any more, and {he} was {sad}.",
    ),
    Plot(
        "a secret",
        '{f} told {h} a secret. "You must not tell anyone," said {f}. {h} promised. But it was a very good secret, and it was hard to keep. [At breakfast {he} almost told it.|It sat on {his} tongue like a sweet.] {His} {r} asked, "What are you thinking about?" "Nothing," said {h}. Then the others came and asked, "What did {f} tell you? We will give you a {thing} if you say it."',
        '{h} looked at the {thing}. It was {look} and lovely. But a promise is a promise. "I will not tell you," {he} said and walked away. In the evening {f} came with a {food}. "I heard what you did," said {f}. "I can trust you." {h} felt {happy}, and that was better than any {thing}.',
        '{h} took the {thing} and told the secret. They all laughed. Soon the whole village knew it. {f} came to {h} and cried. "I trusted you," said {f}. {h} wanted to give {fhim} the {thing}, but {f} did not want it. {f} has not told {h} anything since. {h} is {sad} and knows why.',
    ),
    Plot(
        "helping an old {r2}",
        'At the end of the road lived an old {r2}. {r2he} was alone and could not walk well. [Most people went past the house.|Nobody came to visit.] [One day|One {weather} day], {h} saw that the garden was full of weeds. {He} knocked at the door. "[May I help you|Can I do something for you]?" {he} asked. The old {r2} was surprised. "I would be very glad," {r2he} said. So {h} came back every {day}.',
        '{h} pulled out the weeds and planted {colour} flowers. Then they sat in the sun, and the old {r2} told {him} stories of ships and far lands. {f} wanted to hear them too, and soon all the children came. The old {r2} was not alone any more. On {h}\'s birthday {r2he} gave {him} a {look} {thing}. "You have brought the sun back," {r2he} said. {h} was {happy}.',
        '{h} pulled out the weeds and planted {colour} flowers. But one {day}, nobody opened the door. The house was dark. {f} said, "They took the old {r2} to the hospital." {h} waited, but the old {r2} did not come home. The flowers came up in spring. {h} gave them water and was {sad}. {He} still knows all the stories.',
    ),
    Plot(
        "a trick",
        '{h} liked to play tricks. {He} [put salt in the sugar|hid behind doors|tied shoes together]. [One day|On {day}], {he} ran to {f} and shouted, "Help! There is a wolf in {place}!" {f} took a stick and ran. But there was no wolf. {h} laughed and laughed. The next day {he} did it again, and again {f} came running. "That is not funny," said {f}. On the third day a real wolf came. {h} was {afraid} and cried, "Help! A wolf!"',
        '{f} heard it. "It may be a trick," thought {f}, "but I can not be sure." So {f} came once more, with a lamp and a drum, and made such a noise that the wolf ran away. {h} shook all over. "Thank you," {he} said. "I do not deserve you." {h} never played such a trick again, and {he} was {happy} to have such a friend.',
        '{f} heard it, but {fhe} only shook {fhis} head. "Not again," said {f}. Nobody came. {h} climbed a tree and sat there all night long. The wolf ate all {his} sheep. In the morning {f} saw what had happened. "This time I told the truth," {h} said and cried. "How could I know?" asked {f}. {h} was {sad}. Nobody believes a liar.',
    ),
    Plot(
        "singing in front of people",
        'There was going to be a feast in {place}. {h} was to sing a song. {He} had a lovely voice, but {he} was {afraid} of people. {He} practised [in {his} room|in front of the hens|under the blanket]. "You sing so well," said {f}. "Just look at me when you sing." On {day} {h} stood in front of all the people. There were so many eyes! {His} knees shook. {He} opened {his} mouth, and no sound came out.',
        'Then {he} saw {f} in the first row. {f} smiled and hummed the first notes. {h} took a breath and began to sing, very softly at first, then louder and louder. When {he} stopped, it was quiet for a moment. Then everyone clapped and shouted, "Again!" {h} sang three more songs. {He} was {happy} and not {afraid} any more.',
        '{He} looked for {f}, but {f} was not there. Somebody in the back laughed. {h} turned red and ran away. {He} hid behind the barn until the feast was over. From there {he} heard another child sing {his} song. "Where were you?" {he} asked {f} the next day. {f} had forgotten it. {h} was {sad} and did not sing for a whole year.',
    ),
    Plot(
        "a fire",
        'It was night. {h} woke up because {he} smelled smoke. {He} looked out of the window. There was fire on the roof of {f}\'s house! {f} was still asleep in there. {h} was {afraid}, but {he} did not wait. {He} ran across the street without shoes. "Wake up, {f}! Fire!" {he} shouted and beat on the door with a {thing}. The smoke was thick and black.',
        'At last {f} opened the door. {h} took {f} by the hand and they ran. A moment later the roof fell in. The firefighters came and put the fire out. {f} had lost the house, but not {fhis} life. "You saved me," said {f}. {f} lived with {h} until the new house was ready, and it was like one long holiday. They were {happy}.',
        "At last {f} came out and coughed. But {fhis} little {pet} was still inside. {f} wanted to go back, and {h} held {fhim} tight. Then the roof fell in. The firefighters were too late. {f} cried for {fhis} {pet}, and {h} cried too. They sat on the street until the sun came up. The whole street was {sad}.",
    ),
    Plot(
        "a star",
        'Every night {h} looked at the stars. One of them was [brighter|more {colour}] than the others. {h} called it {his} star and told it everything. [One night|One {day}], the star was gone. {h} looked and looked. "Maybe it has fallen down," {he} said to {f}. So they went to look for it, over the hill and through {place}, with a lamp and a {food}. It was a long way. {f}\'s feet hurt.',
        'By the pond they stopped. There was the star! It shone in the water. "It has only taken a bath," said {f}. {h} looked up, and there it was in the sky as well. A cloud had been in front of it. They lay down in the grass and looked at it together. Now it was their star, and {h} was {happy}.',
        'They looked until morning, but they did not find it. An old owl sat in a tree. "That star is gone," said the owl. "Stars do not live for ever. Its light went out long ago." {h} did not want to believe it. {He} looked up at the dark place in the sky each night. There was nobody to tell things to, and {he} was {sad}.',
    ),
    Plot(
        "a well full of wishes",
        'In the middle of {place} there was a well. If you threw in a coin, people said, your wish came true. {h} had only one coin. {He} wanted a {look} {thing}. {f} sat by the well and had no coin at all. "What would you wish for?" asked {h}. "That my {r} comes home from the sea," said {f} and looked away. {h} turned {his} coin in {his} hand.',
        'Then {he} gave the coin to {f}. "Your wish is bigger than mine," {he} said. {f} threw it in, and it made a small sound far below. Three days later a ship came into the harbour. {f} ran and ran, and there was {fhis} {r}, with a bag full of gifts. One of them was a {thing}. "This is for you, {h}," said {f}. {h} could not believe it. {He} was so {happy}!',
        "{He} threw it in and wished for the {thing}. {f} said nothing. {h} waited the whole day and the next one too. No {thing} came. But then people said that a ship had gone down in the storm. It was the ship of {f}'s {r}. {h} thought of {his} coin. Maybe it would have helped, and maybe not. {He} could not look at {f} and was {sad}.",
    ),
    Plot(
        "the school trip",
        'On {day} the whole class went to {place}. {h} had looked forward to it for weeks. {He} sat in the bus next to {f} and ate a {food}. "Stay together," said the teacher. But {h} saw a {colour} butterfly and followed it. When {he} turned around, the others were gone. {h} was {afraid}. {He} called, but there was no answer. {He} only had {his} {thing} with {him}.',
        '{h} remembered what the teacher had said: if you are lost, stay where you are. So {he} sat down and made noise with the {thing}. After a while {he} heard {f}\'s voice. "{h}! Over here!" The whole class had looked for {him}. The teacher was pale but glad. On the way back they all sang, and {h} sat in the middle. {He} was {happy}.',
        "{h} ran this way and that way and got more and more lost. It began to rain. When they found {him}, it was dark, and everyone was wet and tired. They had seen nothing of {place}. The teacher was {angry}, and nobody spoke in the bus. {f} sat in another seat. {h} looked out of the window and was {sad}.",
    ),
    Plot(
        "a caged bird",
        '{h} got a {colour} bird in a cage. It was a gift from {his} {r}. In the first days the bird sang so well that people stopped in front of the window. But then it sang less and less. {h} gave it seeds and water. {He} gave it a {thing} to play with. It did not help. The bird only looked at the sky. "It is [sad|homesick]," said {f}. {h} did not want to hear that.',
        "In the night {h} thought about it. In the morning {he} carried the cage to {place} and opened the door. The bird sat still for a moment. Then it flew up, higher and higher, and sang as never before. {h} cried a little and laughed a little. The next day {he} heard a song at the window. The bird had come back to visit! It came every morning, and {h} was {happy}.",
        '"It will get used to it," {he} said and kept the cage shut. The bird stopped eating. One cold morning it lay still and did not move. {h} took it in {his} hand. It was so light! {f} helped {him} to bury it in {place}. "I loved it too much to let it go," said {h}. The cage is empty now, and {h} is {sad}.',
    ),
)
