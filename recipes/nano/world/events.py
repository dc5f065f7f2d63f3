"""Sentences that fit any story: feelings, meetings, little scenes on the way, and closings. Slots are those of `heroes.py`."""

FEELINGS = (
    "{H} {was} {sad}.", "{H} {was} {afraid}.", "{H} {was} very {angry}.", "{H} did not know what to do.", "{H} sat down and thought.", "{H} had to swallow hard.", "\"Oh dear,\" said {h}.", "\"What shall {i} do now?\" asked {h}.", "{H} took a deep breath.",
    "{H} scratched {his} {head}.", "\"This can not be true,\" said {h}.", "{H} looked left and right.", "\"It is not so bad,\" said {h}, but {he} did not believe it.", "Tears came into {hs} eyes.", "{Hs} {heart} beat fast.", "{H} could not believe it.",
    "\"{I} must do something,\" said {h}.", "For a while {h} did nothing at all.", "{H} turned pale.", "{H} turned red.", "{H} laughed, but it was not a real laugh.", "It was like a bad dream.", "\"Keep calm,\" {h} said to {himself}.", "{H} sat there with an open mouth.", "{H} bit {his} lip.", "{H} made a face.", "\"That is all {i} needed,\" said {h}.", "{H} looked up to the sky.", "{H} counted to ten.", "\"Think,\" said {h}, \"think!\"", "{H} shook {his} {head}.", "\"There must be a way,\" said {h}.", "{H} wanted to go back to bed.", "\"Why today?\" asked {h}.", "It was a very bad moment for {h}.",
)  # fmt: skip

STILL_TROUBLED = (
    "{H} {was} {sad} and tired.", "\"It is no use,\" said {h}.", "But {h} did not give up.", "\"{I} will try once more,\" said {h}.", "{H} sat down on a stone and rested.", "That made it even worse.", "{H} {was} close to tears.", "\"What else can {i} do?\" asked {h}.", "The sun was going down already.",
    "Time went by.", "It was enough to drive one mad.", "{H} had to laugh, although {he} {was} {sad}.", "\"Well,\" said {h}, \"that was nothing.\"", "{H} wiped {his} {nose}.", "\"{I} can not go on like this,\" said {h}.", "The clock ticked.", "{H} ate something first.", "Outside it was getting dark.", "Things got worse before they got better.", "{H} sighed.", "\"There must be another way,\" said {h}.", "{H} thought of {his} warm bed.", "Nobody could help.", "So that was no good.", "It did not work.", "The others only shook their heads.",
)  # fmt: skip

MEETINGS = (
    "Then {fintro} came by. \"[What is the matter|Why do you look so sad|Can I help you|What has happened]?\" asked {f}. {H} told {f} [everything|the whole story|what had happened].", "On the way {he} met {fintro}. \"[Where are you going|Why are you in such a hurry|What do you need]?\" asked {f}. {H} told {f} everything.",
    "\"[Maybe I can help|I know what to do|Let me see|That is easy|I have seen worse]!\" said a voice. It was {fintro}.", "{Fintro} had seen it all. \"[May I help|Shall we do it together|Will you let me try]?\" asked {f}. {H} nodded.", "By the road sat {fintro}. {H} said hello and shared a {food} with {f}. \"You are kind,\" said {f}. \"[Now I will help you|Tell me what is wrong|I will not forget it].\"",
    "{H} asked everybody. Only {fintro} stopped and listened.", "There was a rustle, and {fintro} stood in front of {him}. \"[Do not cry|Do not be afraid|Do not give up]!\" said {f}.", "\"[Ask me|Try it with me|Two heads are better than one],\" said {fintro} who had come along the road.", "Just then {fintro} came round the corner. \"You need help,\" said {f}. \"[Everybody does sometimes|I can see that|That is no shame].\"",
    "{Fintro} was there too. At first {f} said nothing. Then {f} said, \"[I have an idea|Listen to me|I have been thinking].\"", "In the end it was {fintro} who had an idea.", "Who would have thought that help would come from {fintro}?", "{H} sat down beside {fintro}. They looked at each other. \"[I know that face|You have a problem|Tell me],\" said {f}.",
)  # fmt: skip

ON_THE_WAY = (
    "On the way {h} counted [the trees|the windows|the clouds|{his} steps].", "It was a long way, and {h} sang to keep {his} {heart} light.", "{H} passed {place}, but nobody was there.", "It began to rain a little.", "A cart went by, and the driver lifted his hat.", "{H} ate a {food} and went on.", "The wind was cold, but {h} had a warm coat.", "A [bird|dog|butterfly|goat] followed {him} for a while.", "{H} drank some water from a stream.",
    "Far away a bell rang.", "{H} {was} glad about {his} thick socks.", "A gate creaked in the wind.", "{H} met a man with a ladder, but the man had no time.", "The path was narrow and full of roots.", "{H} asked an old woman for the way, and she pointed with her stick.",
    "A frog jumped across the road.", "{H} hummed a song about {place2}.", "Where the road forked, {h} went to the right.", "Smoke rose from a chimney in the distance.", "It smelled of hay and apples.", "A [white|grey|black] horse looked over a fence.", "Once {h} fell, but {he} got up at once.", "{H} rested under a pear tree.", "The shadows grew long.", "Somewhere somebody played the [flute|piano|trumpet].", "\"Keep going,\" {h} said quietly.", "The road went up and down, and then up again.", "{H} met a goose, but the goose knew nothing.", "At {place} {he} stopped and listened.", "Two crows sat on a fence and talked about {him}.",
)  # fmt: skip

REWARDS = (
    "\"Thank you!\" said {h} to {f}.", "{H} thanked {f} with a {food}.", "{H} gave {f} a {thing2} as a thank-you.", "\"I shall never forget this,\" said {h} to {f}.", "From that day on, {h} and {f} were friends.", "{H} wanted to give {f} something, but {f} only smiled and went away.", "\"Come and see {me} whenever you like,\" {h} said to {f}.", "\"That was nothing,\" said {f}.",
    "{H} invited {f} to supper. There was a {food} for everybody.", "{F} turned red with joy.", "\"Next time you will help me,\" said {f}.", "They shook hands, and {f} went on {fhis} way.",
)  # fmt: skip

CLOSINGS_HAPPY = (
    "The end.", "{H} slept well that night.", "That evening {h} laughed about it all.", "And if {he} {was} not asleep, {he} {was} telling the story to everyone.", "It was a good day after all.", "{H} never forgot it.", "And so everything was well again.", "\"All is well that ends well,\" said {h}.", "{H} {was} {happy}, and so was {hs} {r}.", "Since then, {h} always looked twice.",
    "The next morning the sun was shining again.", "They still talk about it near {place}.", "{H} {was} {happy} for the whole week.", "\"What a story!\" said {hs} {r}.", "From then on, {h} worried less.", "And do you know what? {H} smiled all evening.", "{H} learned something that day: it is good to ask for help.", "A little courage goes a long way.", "{H} wrote it all down in a book.", "It tasted like the best day of the year.",
    "That night there was dancing near {place}.", "\"Tomorrow,\" said {h}, \"{i} will stay in bed.\"", "Good things take time.", "And that was that.", "{H} went home with a light {heart}.",
)  # fmt: skip
CLOSINGS_SAD = (
    "The end.", "{H} lay awake for a long time that night.", "It was a sad day for {h}.", "{H} still thought of it years later.", "And nobody could change it.", "\"If only {i} had listened,\" said {h}.", "Nothing was quite the same after that.", "{H} {was} {sad} for a long time.", "Not every story ends well.", "{H} went home without a word.", "The lamp in {hs} window burned all night.", "\"It is over,\" said {h}.", "It rained all night.",
    "Some things can not be mended.", "{H} never spoke of it again.", "That evening {h} did not want to eat.", "{Hs} {r} tried to comfort {him}, but it did not help.", "And so the story ends, and {h} {was} alone with {his} thoughts.", "\"Next time {i} will be wiser,\" said {h}, but {he} {was} {sad}.",
)  # fmt: skip
