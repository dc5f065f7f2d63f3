"""Plots that happen among people: sharing, telling the truth, learning, giving, waiting, parting.

Each plot is a wish, an obstacle and a turn; `happy` and `sad` are its two endings. Slots are named in `stories.py`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Plot:
    """A story's plan: what it is about (for titles and requests), its middle, and two ways to end."""

    about: str
    middle: str
    happy: str
    sad: str


HOME_PLOTS = (
    Plot(
        "losing a {thing}",
        '{h} had a {look} {thing} that {he} loved more than anything. {He} took the {thing} everywhere. [One day|One {day}|One {weather} morning], {h} went to {place} with the {thing}. [{he} ran and played and forgot about it.|There was so much to see that {he} forgot about the {thing}.|{he} put it down to eat a {food}.] When {he} came home, the {thing} was gone. {h} felt {sad}. [{he} looked under the bed and behind the door.|{he} looked in every corner.] "Where is my {thing}?" {he} [cried|asked]. {h} asked {f}, "[Have you seen|Did you see] my {thing}?" "[No, but I will help you look|I did not, but let us look together|Not today, but two look better than one]," said {f}.',
        '[They went back to {place}|They walked all the way back]. [They looked in the grass and under the bushes.|They asked everyone they met.] At last {f} saw something {colour}. It was the {thing}! {h} [jumped for joy|hugged {f}|laughed and danced]. "Thank you, {f}!" {he} said. [From that day on, {h} took good care of the {thing}.|That night {h} slept with the {thing} in {his} arms.|{h} let {f} play with the {thing} all afternoon.]',
        "[They went back to {place} and looked until it was dark.|They looked for three days.] But the {thing} was not there. [Somebody had taken it.|The wind had carried it away.|It had fallen into the water.] {h} cried. {f} sat with {him} for a long time, but {he} did not want to play. [{h} never saw the {thing} again.|{h} still thinks of it sometimes, and then {he} is {sad}.]",
    ),
    Plot(
        "sharing a {food}",
        '[One day|One {weather} day], {h} [had|bought|was given] a {food}. It [smelled|looked] so good! {h} wanted to eat it all alone. {He} sat down in {place}. Then {f} came by. "[I am so hungry|I have had nothing to eat today]," said {f}. "[May I have a little?|Can you share it?]" {h} looked at the {food}. [It was not very big.|{he} was hungry too.|{he} did not know what to do.]',
        'Then {h} [thought|remembered] how it feels to be hungry. {He} cut the {food} in two and gave one half to {f}. "[Thank you, {h}! You are a good friend|You are so kind]," said {f}. They ate together and [laughed|told each other stories]. The {food} tasted even better with a friend. [The next day {f} brought something nice for {h}.|From then on they always shared.]',
        '"No! It is mine," said {h}, and {he} ate it all very fast. {f} went away and was {sad}. Soon {h} had a bad pain in {his} belly. {He} wanted to tell {f} that {he} was sorry, but {f} had gone home. [{h} sat alone in {place}.|Nobody wanted to play with {h} that day.] {h} felt {sad}, and the {food} had not even made {him} happy.',
    ),
    Plot(
        "breaking a {thing}",
        '{h}\'s {r} had a {look} {thing}. It was very [old|dear to {rhim}]. "Please do not touch it," said {h}\'s {r}. [One day|One {weather} day], {h} was alone in the house. {He} wanted to see the {thing} [up close|just once]. {He} took it in {his} hands. It [slipped|fell] and broke! {h} was {afraid}. {He} hid the pieces [under the bed|in a box|behind the door]. [In the evening|After a while] {his} {r} asked, "Where is my {thing}?"',
        '{h} [took a deep breath|looked at the floor]. "I broke it," {he} said. "I am so sorry." {His} {r} was quiet for a moment. Then {rhe} [smiled|gave {him} a hug]. "Thank you for telling the truth," {rhe} said. "We can mend it together." They [sat at the table with some glue|worked all evening], and soon the {thing} was whole again. {h} felt {happy} and light.',
        '"I do not know," said {h}. But it was a lie. {His} {r} looked everywhere and then found the pieces. "You did not tell me the truth," {rhe} said. {His} {r} was {sad}, and that was worse than shouting. {h} went to bed without a story. {He} cried for a long time. The {thing} stayed broken, and [{his} {r} did not trust {him} for many days|the house was very quiet].',
    ),
    Plot(
        "learning to {skill}",
        '{h} wanted to [learn to {skill}|{skill}]. [All the others could do it.|{f} could do it very well.] [One day|One {weather} morning], {h} went to {place} to try. The first time {he} tried, it went wrong. The second time it went wrong too. [Some children laughed at {him}.|{h} felt {sad} and wanted to give up.] "I can not do it," {he} said. "[Nobody can do it the first time|It takes time]," said {f}. "[Try again|Let me show you]."',
        'So {h} tried again [every day|the next day and the day after]. {f} helped {him}. Slowly it got better. [At last|On {day}|After two weeks] {h} could {skill}! "Look at me!" {he} shouted. {f} clapped. {h} was very {happy}. {He} had learned that [you must not give up|it is good to have a patient friend|trying again helps].',
        '{h} tried one more time, but {he} fell and hurt {his} [leg|foot|arm|nose]. "I hate this!" {he} shouted. {He} was {angry} at {f}, at {place} and at {himself}. {He} went home and [shut the door|did not come back]. {f} waited for a long time, all alone. {h} never learned to {skill}, and each time {he} saw the others do it, {he} was {sad}.',
    ),
    Plot(
        "a sick friend",
        '[One day|One {weather} day], {h} waited for {f} in {place}. But {f} did not come. {h} went to {f}\'s house and knocked. {f} was in bed and looked [pale|weak|tired]. "[I am sick|I do not feel well]," said {f}. "[I can not go out|I can not play today]." {h} was {afraid} for {f}. {He} wanted to make {f} feel better. [{he} ran home as fast as {he} could|{he} thought and thought].',
        '{h} [made some hot soup|brought a {food}] and took {his} {thing} too. {He} sat down by the bed and [told {f} a funny story|read a book to {f}|sang a little song]. {f} smiled for the first time that day. {h} came back every day. [After a week|Soon] {f} was well again. "You are the best medicine," said {f}. They ran to {place} and played until dark.',
        '{h} brought a {food} and sat by the bed. But {f} [did not want to eat|only slept]. The doctor came and shook her head. "{f} must go to a hospital far away," she said. {h} waved until the car was gone. {He} waited for days and weeks. The {thing} they had always played with lay in the corner. {h} missed {f} very much.',
    ),
    Plot(
        "a birthday",
        'It was {h}\'s birthday. {He} woke up early and was [very {happy}|full of joy]. {He} [put on {his} best clothes|ran into the kitchen]. But nobody said anything. {His} {r} [was busy|only said good morning]. [At noon|Later] {h} met {f} in {place}. {f} did not say anything about the birthday and [ran away quickly|had no time to play]. "Have they all forgotten?" thought {h}. {He} felt {sad}.',
        'In the evening {h} walked home slowly. The house was dark. {He} opened the door. "Surprise!" everyone shouted. {f} was there, and {his} {r}, and all {his} friends. There was a big cake, and {f} gave {him} a {look} {thing}. "[We did not forget|How could we forget you]," said {f}. {h} laughed and [cried a little too|hugged them all]. It was the best birthday of all.',
        'In the evening {h} sat at the window and waited. Nobody came. There was no cake, no {thing} and no song. They really had forgotten. {h} went to bed early and pulled the blanket over {his} head. "Maybe next year," {he} said quietly. A tear ran down {his} face.',
    ),
    Plot(
        "moving away",
        '{h} and {f} were best friends. They [played in {place} every day|did everything together]. [One day|One {day}], {f} came with a {sad} face. "We are moving to another town," said {f}. "[It is far away|We leave tomorrow]." {h} could not believe it. {He} did not know what to say. That night {h} could not sleep.',
        'In the morning {h} had an idea. {He} [put a letter in a {thing}|wrapped {his} {look} {thing}] and gave it to {f}. "So you will think of me," {he} said. They promised to write every week. And they did! In the summer {f} came to visit, and they played in {place} as if no day had passed. {h} was {happy}. A good friend stays a friend.',
        "In the morning {h} ran to {f}'s house as fast as {he} could. But it was too late. The house was empty and the door was shut. {h} sat down on the step. {He} had wanted to give {f} the {thing} and to say goodbye. Now {he} could not. {h} went to {place} alone. Without {f} it was [quiet|empty] there. {h} was {sad} for a long time.",
    ),
    Plot(
        "saving money for a {thing}",
        '{h} saw a {look} {colour} {thing} in the shop. {He} wanted it very much. "How much is it?" {he} asked. It was too much. {h} had only [three|four|five|six] coins. So {he} [began to work|looked for work]. {He} [swept the floor|carried bags|washed dishes] for {his} {r} and fed the animals in {place}. Each day {he} put one coin in a jar. It took a long time.',
        'At last the jar was full. {h} ran to the shop. The {thing} was still there! {He} put the coins on the table and [took the {thing} home|held the {thing} in {his} arms]. {f} came to see it. "You worked so hard for it," said {f}. {h} was {happy} and proud. [A thing you have worked for is worth more.|They played with the {thing} until bedtime.]',
        'At last the jar was full. {h} ran to the shop. But the {thing} was gone. "I sold it this morning," said the man. {h} looked at {his} coins. {He} had been so close! {He} walked home slowly, and the jar felt heavy. {f} wanted to cheer {him} up, but {h} was too {sad} to talk.',
    ),
    Plot(
        "making a gift",
        '{h} wanted to give {his} {r} something nice. {He} had no money, but {he} had [paper|wood|wool] and a lot of time. "I will make a {thing} myself," {he} said. {h} sat down [in {place}|at the table] and worked. It was hard. [The first one broke.|The first one looked bad.] {f} came and asked, "[What are you doing|What will that be]?" "It is a secret," said {h}. {He} worked on it all week.',
        'On {day} the {thing} was ready. It was a bit crooked, but it was {colour} and lovely. {h} gave it to {his} {r}. {His} {r} looked at it for a long time. "You made this for me?" {rhe} asked, and {rhe} had tears in {rhis} eyes. "It is the most beautiful {thing} in the world." {h} was so {happy} that {he} [danced through the room|could not stop smiling].',
        'On {day} the {thing} was ready. {h} gave it to {his} {r}. But {his} {r} was busy and tired. {rhe} put it down without looking. "Not now," {rhe} said. Later {h} saw the {thing} on the floor. Somebody had stepped on it. {h} picked up the pieces, went to {his} room and said nothing. {He} felt {sad}.',
    ),
    Plot(
        "a new neighbour",
        'A new family moved into the house next door. They had a {fkind} named {f}. {h} watched from the window. {f} sat alone in front of the house and looked {sad}. "Maybe {f} has no friends here," thought {h}. But {h} was [shy|a little {afraid}]. [What if {f} does not like me?|What should I say?] {h} took {his} {thing} and went to the door. Then {he} stopped.',
        '{h} [took a deep breath|counted to three] and opened the door. "Hello, I am {h}," {he} said. "Do you want to play with my {thing}?" {f} looked up and smiled. "[I would love to|Yes, please]!" They played all day in {place}. In the evening {f} said, "I was {afraid} that nobody would talk to me." "So was I," said {h}, and they both laughed. Now they are best friends.',
        '{h} waited too long. The next day {f} was playing with other children. {h} went over and said hello, but very quietly. Nobody heard {him}. They ran off to {place} without {him}. {h} stood there with the {thing} in {his} hand. "I should have gone yesterday," {he} thought. {He} went home, and {he} was {sad}.',
    ),
    Plot(
        "baking with {r}",
        '[One {weather} day|On {day}], {h} wanted to bake a cake with {his} {r}. They took flour, eggs, milk and sugar. "[You may stir|Be careful with the eggs]," said {his} {r}. {h} stirred and stirred. There was flour on the table, on the floor and on {h}\'s nose. Then they put the cake in the oven. "Now we must wait," said {his} {r}. {h} sat in front of the oven. Then {f} called from outside, "Come and play!" {h} did not know what to do.',
        '"I can not leave the cake," {he} called. "But come in!" So {f} came in, and they waited together and played with a {thing}. Soon the kitchen smelled wonderful. The cake was high and golden. {h}, {f} and {his} {r} sat down at the table and each had a big piece. "It is the best cake I ever had," said {f}. {h} was {happy} and proud.',
        '{h} ran outside and forgot the cake. They played with a {thing} for a long time. Then {h} smelled smoke. {He} ran back. The cake was black! {His} {r} had been in the garden and had not seen it. "You wanted to watch it," {rhe} said. {h} looked at the burnt cake. All the work was for nothing. There was nothing to eat that evening but dry bread, and {h} was {sad}.',
    ),
    Plot(
        "waiting for a letter",
        '{h}\'s {r} had gone on a long journey. "I will write you a letter," {rhe} had said. Every morning {h} ran to the door when the postman came. "Is there a letter for me?" {he} asked. "Not today," said the postman. [Days went by.|A week went by.] {f} said, "[Let us play with your {thing}|Come to {place} with me]." But {h} only wanted to wait. {He} felt {sad}.',
        'On {day} it rained hard. There was a knock at the door. It was the postman, and he was very wet. "Today I have something for you!" he said. It was a thick letter, and in it was a {colour} {thing2}. "I will be home on Sunday," {his} {r} wrote. "I think of you every day." {h} read the letter three times. Then {he} ran to {f} and told {fhim} all about it. {h} was {happy}.',
        'The leaves turned brown and fell. The snow came and went. {h} still ran to the door each morning. But there was no letter, and {his} {r} did not come home. At last the postman said, "I am sorry, {h}." {h} put the {thing} that {rhe} had given {him} on the window and looked out at the empty road. {He} was {sad}.',
    ),
)
