"""More ways to begin a story, with any hero: action, sound, weather, question, talk, rumour, place, letter, habit.

Slots are those of `heroes.py`, and {when} (what interrupts), {noise}, {sky}. A beginning says nothing of the trouble that follows;
openings that do are the hooks of the problems. The openings that nano is judged by are in `openings.OTHER_OPENINGS`.
"""

WHEN = tuple(
    """the bell rang|it began to rain|somebody knocked at the door|the lights went out|a letter came|a bird flew in|the wind blew the window open|
something fell down behind {him}|a small voice called|{he} heard steps|the ground began to shake|a shadow fell on the floor|there was a cry outside|
the clock struck twelve|smoke came up the stairs|a dog barked|{he} saw a light far away|an apple fell on {his} {head}|a strange smell filled the air|
someone laughed behind the wall|the phone rang|a leaf landed on {his} {nose}|everything became quiet|{his} {r} came running|a cart stopped in the street""".replace("\n", "").split("|")
)  # fmt: skip
NOISES = ("bang", "crash", "knock, knock, knock", "thump", "splash", "tap, tap, tap", "ding dong", "boom", "click", "plop",
          "rattle, rattle", "swish", "creak", "clang", "hoo, hoo", "crack", "drip, drop", "buzz")  # fmt: skip
SKIES = ("The sky was grey", "The moon was full", "Fog lay over the fields", "Stars filled the sky", "The first snow was falling",
         "The air smelled of rain", "The sun burned", "Thunder rolled behind the hills", "The leaves were turning red", "A warm wind blew",
         "Ice covered the pond", "The morning was still and clear", "A rainbow stood over the roofs", "Rain drummed on the windows",
         "The cherry trees were in flower", "The days were getting short", "Frost sat on every branch", "Not one cloud was to be seen")  # fmt: skip

# somebody is brought in: the hero is new to the reader
NEW = (
    "Once there lived {intro}.", "There once lived {intro}.", "Long ago there lived {intro}.", "In {home} lived {intro}.", "Far from here lived {intro}.",
    "At the end of the village lived {intro}.", "Behind seven hills lived {intro}.", "Next to the old church lived {intro}.", "Once upon a time, {intro} lived near {place}.",
    "In the days when [animals could talk|there were still giants|the moon was young|nobody had a clock], there lived {intro}.",
    "A very long time ago, {intro} lived near {place2}.", "Where the river meets the sea, there lived {intro}.", "[Deep|Far away] in the forest lived {intro}.",
    "On top of a [green|steep|lonely|bare] hill lived {intro}.", "Under a [big|crooked|thick] oak lived {intro}.", "Under the old bridge lived {intro}.", "High above the town lived {intro}.", "High in the tower sat {intro}.",
    "On a small island lived {intro}.", "In a house with a [crooked|green|blue|leaking] roof lived {intro}.", "In the middle of a big noisy town lived {intro}.",
    "My grandmother told me of {intro}.", "People still talk about {intro}.", "This is a story about {intro}.", "I want to tell you about {intro}.", "Here is what happened to {intro}.",
    "Have you ever heard of {intro}?", "Listen, and I will tell you about {intro}.", "The old songs tell of {intro}.", "Nobody had ever heard of {intro} before that day.",
    "Hardly anybody in town knew {intro}.", "Nobody visited {intro}. {He} lived too far away.", "Not far from {place} lived {intro}.", "Beyond the mountains lived {intro}.", "By the sea lived {intro}.",
    "In a land without [rain|songs|roads|winter|clocks] lived {intro}.", "Down by {place} lived {intro}.", "Of all the people near {place}, nobody was like {intro}.", "When the world was young, there lived {intro}.",
    "Some years ago, near {place}, there lived {intro}.", "Between two rivers lived {intro}.", "In the smallest house of the street lived {intro}.", "Everybody has heard of {intro}.", "If you go past {place}, you may meet {intro}.",
    "At the edge of {place} stood a little house. In it lived {intro}.", "There is a picture in my book. It shows {intro}.", "On the last page of an old book stands the story of {intro}.",
    "Once, in a [hard|mild|long] winter, there lived {intro}.", "It was [a cold|a bright|a strange|an ordinary] morning for {intro}.", "It began with {intro}.", "{Sky}. On the road walked {intro}.", "{Sky}. Out of the door came {intro}.",
    "In the evening train sat {intro}.", "Across the market walked {intro}.", "Through the snow came {intro}.", "Past the mill and over the bridge came {intro}.", "Outside the gate waited {intro}.",
)  # fmt: skip

# in the midst: the hero is named as if known
MIDST = (
    "{H} {was} {doing} when {when}.", "{H} {was} still {doing} when {when}.", "{h} {was} just {doing} when {when}.", "One [morning|evening|afternoon], {h} {was} {doing} when {when}.", "On {day}, {h} {was} {doing} when {when}.",
    "{H} {was} busy. {He} {was} {doing}. Then {when}.", "Late at night, when all the others were asleep, {h} {was} {doing}.", "All morning long {h} {was} {doing}.", "While the others slept, {h} {was} {doing}.",
    "{H} sat {at} and thought.", "{At}, {h} {was} {doing}.", "{H} stood {at} and listened.", "{H} woke up {at} and did not know why.", "{H} opened one eye, then the other.", "{H} had been {doing} for hours.",
    "Every [morning|evening|{day}], {h} could be found {at}.", "Every day {h} did the same: {he} got up, had breakfast and went to work. But not that day.", "{H} had never been late before.", "{H} had a plan.", "{H} had a dream. In it, {he} {was} {doing}.",
    "{H} had not slept all night.", "{H} had waited for this day for a whole year.", "{H} looked at the clock and jumped up.", "{H} opened the door and stood still.", "{H} put on {his} hat and went out.", "{H} sneezed three times. That was how it began.", "{H} counted to ten, but it did not help.",
    "{H} came home [late|early|with wet feet|with a heavy bag], and something was different.", "{H} knew at once that this would be no ordinary {day}.", "{H} thought that nothing would ever happen again.", "{H} turned round. Nobody was there.", "{H} ran all the way home.",
    '"{Noise}!" [it went|somebody called|came a sound] outside. {H} {was} {doing}.', "{Noise}! {H} jumped up.", "{Noise}! What was that? {H} {was} {doing} and looked up.", "{Noise}! Then it was quiet again. {H} held {his} breath.", "There was a knock. {H} {was} {doing} and did not hear it.",
    "There was a sound like a [drum|bell|far train|crying child], and {h} sat up.", "There were [footprints|feathers|crumbs|white spots] on the floor when {h} got up.", "There was nothing {h} liked more than {doing}.", "There was only one thing that {h} could not do: wait.",
    "{Sky}. {H} {was} {at}.", "{Sky}, and {h} {was} {doing}.", "{Sky}. \"What a day,\" said {h}.", "{Sky}, but {h} did not look up. {He} {was} {doing}.", "{Sky}. It was not a day to go out, but {h} had to.", "{Sky}. {H} shut the door behind {him} and looked down the road.",
    "It was raining, and {h} had no umbrella.", "It had snowed for three days, and {h} could not get out of the house.", "It was so hot that even the flies slept. Only {h} {was} {doing}.", "It was so quiet that {h} could hear a mouse.", "It was market day, and {h} had a lot to carry.", "It was the first day of [spring|summer|autumn|winter], and {h} {was} {doing}.", "It was long past midnight. {H} {was} awake.",
    "It all began on a {weather} {day}. {H} {was} {doing}.", "It happened {at}. {H} {was} {doing}, as always.", "It happened so fast that {h} did not have time to think.", "It was {hs} birthday, and nobody had said a word.", "It should have been a quiet day for {h}.",
    '"What is that?" said {h}.', '"Who is there?" called {h}.', '"Have you seen that?" asked {h}.', '"Today is the day," said {h}.', '"Oh no!" cried {h}.', '"Not again!" said {h}.', '"At last!" said {h}.', '"{I} will never do that again," said {h}.', '"Why does it always happen to {me}?" asked {h}.', '"Quick, open the door!" called a voice. {H} {was} {doing}.',
    '"Somebody has to do something," said {h}.', '"It is too early," said {h} and pulled the blanket over {his} {head}.', '"Good morning, world!" said {h}.', '"One, two, three," counted {h}. Something was not right.', '"You will never guess what happened to {me}," said {h}.', '"Help!" That was the voice of {h}.', '"Ready?" asked {h}. Nobody answered.', '"{I} {am} not afraid," said {h}. But {he} looked behind {him}.',
    '"Hurry up!" shouted somebody in the street. {H} {was} {doing}.', '"Look out!" {H} jumped to one side.', '"Sh!" said {h}. "Do you hear that?"', '"If only it would stop raining," said {h}.', '"Where is everybody?" asked {h}.', '"What would you do?" {h} asked the cat.', '"Once more," said {h}, "and then {I} will stop."',
    "Have you ever been so tired that you put salt in your tea? {H} had.", "Why was {h} up so early?", "Who was that {at}? It was {h}.", "What do you do when nothing helps? {H} wanted to know.", "How long can a day be? For {h} it was very long.", "Do you believe in luck? {H} did not.", "Where do you go when {place} is closed? {H} went home.",
    "Nobody knew what {h} did at night.", "Nobody believed {h}.", "Nobody had asked {h}.", "Nobody heard {h} come in.", "Nobody had seen {h} for a week.", "Nobody could {skill2} like {h}.", "Nobody [woke|helped|noticed|stopped] {h} that morning.", "Everybody was looking for {h}.", "Everybody was happy, but not {h}.", "Everybody said that {h} {was} {trait}.", "Everyone {at} stopped and looked at {h}.",
    "A letter lay on the mat. It was for {h}.", "A [bird|bee|cat|feather] came in through the window and sat down in front of {h}.", "A cold wind blew, and {h} {was} {doing}.", "A strange smell woke {h}.", "A boy ran past, and {h} looked after him.", "A week before the feast, {h} {was} {doing}.", "A light moved in the dark. {H} saw it.", "A door closed somewhere. {H} listened.",
    "Soon after breakfast, {h} went to {place}.", "At noon {h} {was} still {doing}.", "At six in the morning, {h} {was} already awake.", "Last night something happened to {h}.", "Last {day}, {h} went to {place}.", "Two days before [the new year|the holidays|the big race|the first snow], {h} {was} {doing}.", "After the storm, {h} went out to look.", "Before the sun was up, {h} {was} on the road.",
    "In the middle of the night {h} woke up.", "In the middle of {place} stood {h}.", "In the winter {h} stayed at home most of the time.", "In front of the mirror stood {h}.", "Under the [table|stairs|roof|blanket] sat {h}.", "Under the apple tree {h} {was} {doing}.", "Under a big umbrella stood {h}.", "Behind the curtain stood {h} and held {his} breath.", "On the way to {place}, {h} stopped.", "Up on the roof sat {h}.", "Down in the cellar it was dark, and {h} had no lamp.", "High on a ladder stood {h}.", "High up on the roof sat {h} and {was} {doing}.",
    "With a sigh, {h} sat down.", "Slowly {h} opened the box.", "Suddenly {h} stopped.", "Very quietly {h} closed the door.", "For the first time in {his} life, {h} {was} {at} alone.", "For a whole week {h} had been {doing}.", "If {h} had stayed at home that day, nothing would have happened.", "When {h} came to {place}, the gate was closed.", "When {h} woke up, the sun was already high.", "When the bell rang, {h} {was} {doing}.", "As soon as it was dark, {h} went out.",
    "Most people like {day}. {H} did not.", "Some days begin badly. {H} knew that.", "Dear reader, you must know one thing about {h}: {he} {was} very {trait}.", "It was not a lucky day for {h}. Nothing went well.", "The whole town was asleep. Only {h} {was} {doing}.", "The road was long, and {h} {was} tired.", "The soup was cold and {h} {was} late.", "The wind had taken {hs} hat.", "The day began badly for {h}.", "The last bus had gone, and {h} stood in the rain.", "The door was open, and {h} looked in.", "The birds stopped singing. {H} looked up.", "The cat saw it first. Then {h} saw it too.",
    "Three things made {h} happy: a warm bed, a good {food}, and {doing}.", "First {h} heard it. Then {he} saw it.", "Early in the morning, {h} {was} {doing}.", "Tired and hungry, {h} came to {place}.",
)  # fmt: skip

# for what stands or hangs in one place: clouds, trees, the moon
STILL = (
    "{At} there was {intro}.", "{At}, {h} {was} {doing}.", "Once there was {intro}. {He} lived {at}.", "Every night {h} {was} {doing}.", "{H} {was} {doing}, as always.", "Nobody ever talked to {h}.", "Have you ever asked yourself what {intro} thinks?",
    "{H} saw everything from up there.", "{Sky}. {H} {was} {doing}.", '"What a view!" said {h}.', '"Good evening," said {h} to the birds.', "All alone, {at}, there was {intro}.", "People looked at {h}, but nobody asked {him} anything.", "It was {at} that this story began, with {intro}.",
)  # fmt: skip

WHO = ("{He} {was} {who}.", "{H}, you must know, was {who}.", "As everybody knew, {he} {was} {who}.", "{He} {was} {who} and lived in {home}.", "{He} {was} {who}, and {his} friends called {him} {good}.")  # fmt: skip
ABOUT = (
    "{He} {was} known to be {trait}.", "{He} {was} never in a hurry.", "{His} favourite food was a {food}.", "{He} liked {day} best of all.", "{He} could {skill2} better than anyone.", "{He} always had a {food} with {him}.", "{He} loved {colour} things.",
    "{He} did not like [noise|rain|cold water|long stories|getting up].", "{He} had never been further than {place}.", "People [liked|trusted|laughed about|admired] {him}.", "{He} had lived there for [many years|a long time|seven years|one summer].", "{He} had a {look} {thing2} that {he} never showed to anybody.",
    "{He} [seldom|often|sometimes] smiled.", "{He} knew every path and every stone around {place}.", "All {he} wanted was a little [peace|fun|sleep|company|sunshine].", "{He} {was} {trait}, but {he} {was} also {trait2}.", "{He} talked to the animals as if they were people.",
)  # fmt: skip
