"""More ways of asking, for training alone: other words for each kind of fact, and frames around any question.

They stand apart from the lists in `facts.py`, whose last entries are held out: adding here never moves that line.
"""

MORE_ASKS: dict[str, tuple[str, ...]] = {
    "colour": ("Is {the} red or green or what?", "{Plural}: what colour?", "What colour would you paint {the}?", "Colour of {the}?",
               "I see {the}. What colour is it?", "What is the usual colour of {plural}?", "How do you colour {the} in a picture?"),
    "kind": ("{The} is a kind of what?", "What are {plural}?", "How would you call {the}: a {kind} or a {other}?", "Is {the} a {other} or a {kind}?",
             "What do we call things like {the}?", "To what group do {plural} belong?", "{Plural} are what?", "Put {the} into a group."),
    "place": ("Where do {plural} belong?", "Where is {the} most of the time?", "Where can I see {the}?", "Where are {plural}?",
              "Tell me where {the} is.", "In what place is {the}?", "Where should I look for {plural}?", "Place of {the}?"),
    "use": ("What do {plural} do for us?", "Why would I want {the}?", "Tell me what {the} is for.", "What is {the} good for?",
            "When do you need {the}?", "I have {the}. What now?", "What job does {the} do?", "Name a use of {the}."),
    "material": ("{The} is made of what?", "What stuff is {the} made of?", "What are most {plural} made from?", "Material of {the}?",
                 "Is {the} made of stone or of what?", "Name the material of {the}.", "From what is {the} made?"),
    "sound": ("What can you hear when {the} is near?", "How do {plural} talk?", "Which noise do {plural} make?", "Sound of {the}?",
              "What does {the} say?", "Describe the voice of {the}.", "How does {the} speak?"),
    "food": ("What do you feed {the}?", "What is on the menu of {the}?", "Food for {the}?", "{Plural} live on what food?",
             "Tell me what {the} eats.", "What does {the} like to eat?", "What would {the} have for dinner?"),
    "baby": ("A young {name} is called what?", "What is the young of {the}?", "Name the baby of {the}.", "What word is there for a small {name}?",
             "Tell me the name of a baby {name}.", "How is a baby {name} called?", "What is a little {name}?", "What do we call the child of {the}?", "The child of {the} is called what?", "{The} has a young one. What is it called?", "What is the word for a young {name}?", "A {name} has a baby. What do we call it?", "Which word means a young {name}?", "Young {plural} are called what?", "What will grow up to be {the}?", "Say the word for a baby {name}."),
    "legs": ("On how many legs does {the} stand?", "Legs of {the}?", "{The} has how many legs?", "With how many legs does {the} walk?",
             "How many legs has {the}?", "Say the number of legs of {the}."),
    "can": ("What is {the} able to do?", "Which thing can {plural} do well?", "What do you know that {the} can do?", "{Plural} can do what?",
            "Say what {the} can do.", "What is special about {plural}?"),
    "part": ("What belongs to {the}?", "Say what {the} has.", "{The} has what?", "Parts of {the}?", "I draw {the}. What must I not forget?",
             "Name something that {plural} have.", "What is on {the}?", "What do all {plural} have?", "What can you see on {the}?", "{Plural} have what parts?", "Tell me what {the} has.", "What does every {name} have?", "Name two parts of {the}.", "What is {the} made up of?", "Look at {the}. What has it got?", "Which parts belong to {the}?", "List the parts of {the}.", "What would {the} be without? Name its parts."),
    "opposite": ("Not {word}, but what?", "What is the contrary of {word}?", "{word} is the opposite of what?", "The other side of {word} is what?",
                 "Say the opposite of {word}.", "Can you tell me the opposite of {word}?", "I say {word}, you say the opposite.", "Turn {word} around."),
    "capital": ("{country} has which capital?", "Capital of {country}?", "Say the capital of {country}.", "What city rules {country}?",
                "Which city is the first in {country}?", "Where does the government of {country} sit?"),
    "job": ("Tell me about the job of {the}.", "How does {the} spend the day?", "What must {the} do?", "What is {the} paid for?",
            "Why do we need {the}?", "What do you do if you are {the}?"),
    "worker": ("Name someone who has to {work}.", "Who do you call to {work}?", "What is a person called whose job is to {work}?",
               "Someone has to {work}. Who?", "Which job is it to {work}?", "Who is it that can {work}?", "I want somebody to {work}. Who does that?", "Who will {work} if we ask?", "Whom do we pay to {work}?", "Which worker has to {work}?", "Tell me who has to {work}.", "Name the job: to {work}.", "To {work} is the job of whom?", "What do you call a person who has to {work}?", "We need help. Who knows how to {work}?", "Who gets money to {work}?"),
    "after": ("And after {word}?", "{word} is over. What comes now?", "Tell me the {unit} that comes after {word}.", "Next after {word}?",
              "Name the {unit} after {word}.", "What {unit} comes right after {word}?"),
    "before": ("And before {word}?", "Tell me the {unit} that comes before {word}.", "Which {unit} came just before {word}?",
               "Tomorrow or next is {word}. What is it now?", "Say the {unit} before {word}."),
    "plural": ("Two of them: one {name}, two what?", "Make {name} plural.", "Many times {name} is what word?", "{name}, but more than one?",
               "Say {name} in the plural.", "I see one {name}. Now I see three ...", "Plural of {name}?"),
}  # fmt: skip

# more ways to tell what is learned slowly, also of facts that are never asked
MORE_TELLS: dict[str, tuple[str, ...]] = {
    "worker": ("If you need somebody to {work}, ask {the}.", "Who has to {work}? {The}.", "{The} is there to {work}.", "To {work} is what {the} has to do.", "They called {the}, because somebody had to {work}."),
    "part": ("{Plural} have {parts}.", "Look at {the}: it has {parts}.", "You know {the} by its parts: {parts}.", "What has {parts}? {The}."),
    "baby": ("{The} was once a {baby}.", "A {baby} grows up to be {the}.", "{The} has a little one, a {baby}.", "The young of {the} is a {baby}.", "A {baby} is a young {name}."),
    "colour": ("{Plural} are {colour}.", "{The}? {colour}, of course.", "The child took {colour} and painted {the}."),
    "material": ("{Plural} are made of {material}.", "{material} is what {the} is made of."),
    "place": ("Where is {the}? In the {place}.", "In the {place} there is {a}."),
    "kind": ("{The} is one of many kinds of {kind}.",), "can": ("{Plural} can {can}.", "What {the} can do best is to {can}."),
    "after": ("{next} comes after {word}.",), "before": ("{next} comes before {word}.",), "use": ("To {use}, you need {the}.",),
    "sound": ("When you hear something {sound}, it may be {the}.",), "food": ("Give {food} to {the}.",), "legs": ("Count the legs of {the}: {legs}.",),
    "opposite": ("The opposite of {word} is {opposite}.",), "capital": ("In {country} people go to {capital}, the capital.",),
    "job": ("Every day {the} has to {work}.",), "plural": ("I have one {name} and you have two {plural}.",),
}  # fmt: skip

MORE_LISTINGS = ("{n} {kinds}, please.", "Say {n} {kinds}.", "Which {kinds} do you know? {n} are enough.", "Write down {n} {kinds}.",
                 "Can you list {n} {kinds} for me?", "What are {n} {kinds}?", "I want {n} {kinds}.", "Please name {n} {kinds}.",
                 "My list needs {n} {kinds}. What shall I write?")  # fmt: skip
MORE_ODD_ONES = ("Which one is wrong here: {words}?", "What is not like the others: {words}?", "{words}: which one does not belong?",
                 "Two belong together. Which does not: {words}?", "Take one away: {words}.", "Which word has no place here: {words}?",
                 "One is not of the same kind: {words}.", "Odd one out: {words}", "{words}. Which one is the odd one?", "{words}. One does not belong. Which?",
                 "Look at these words: {words}. Which one is not like the others?", "Which is the stranger among these: {words}?", "{words}. What does not fit?",
                 "Here are some words: {words}. One is of another kind. Which one?", "Can you find the one that is different? {words}", "Which of {words} is of another kind?",
                 "Say which one does not belong and why: {words}.", "Cross out one word: {words}.", "Which of these would you leave out: {words}?", "{words}: which would you take out?",
                 "Something is wrong in this list: {words}. What?", "What does not go with the rest: {words}?", "Pick the word that is not of the same group: {words}.",
                 "All but one are of the same kind: {words}. Which one is not?", "Which word should not be in this group: {words}?", "The list is {words}. Which word is out of place?",
                 "Who does not belong here: {words}?", "I sort {words}. Which one goes into another box?")  # fmt: skip
MORE_COMPARISONS = ("Is {a} or {b} {word}?", "Tell me which is {word}: {a} or {b}.", "Take the {word} one: {a} or {b}.", "Compare {a} and {b}. Which is {word}?",
                    "Say the {word} number: {a} or {b}.", "Between {a} and {b}, which one is {word}?", "What is the {word} number, {a} or {b}?")  # fmt: skip
MORE_COUNTS = (
    "Count {a} to {b}.",
    "From {a} to {b}, please.",
    "Numbers from {a} to {b}?",
    "Go from {a} to {b}.",
    "Start with {a} and count to {b}.",
)
MORE_IN_WORDS = (
    "{a} with letters?",
    "Say the number {a} with letters.",
    "How is {a} written with letters?",
    "What is the name of the number {a}?",
    "{a}, but in words.",
    "No digits, please: {a}.",
    "{a} in words?",
    "Turn {a} into words.",
    "Put {a} in words.",
    "Which words stand for {a}?",
    "Write the number {a} out.",
    "Read {a} aloud.",
)
MORE_ON_LISTS: dict[str, tuple[str, ...]] = {
    "first": ("What stands first: {list}?", "{list}. The first one?", "How does this list begin: {list}?", "Take the first: {list}.", "Here are some words: {list}. Which is the first?", "{list}. Say the first word.",
              "Give me the first word: {list}.", "With what does the list begin? {list}", "{list}. Which word stands at the beginning?", "Name the first of {list}.", "What comes first here: {list}?", "At the start of this list is what? {list}",
              "Which of these is named first: {list}?", "Read me only the first: {list}.", "{list}. What did I say first?", "I list {list}. What is number one?", "Who or what is at the front: {list}?"),
    "last": ("What stands last: {list}?", "{list}. The last one?", "How does this list end: {list}?", "Take the last: {list}.", "Here are some words: {list}. Which is the last?", "{list}. Say the last word.",
             "Give me the last word: {list}.", "With what does the list end? {list}", "{list}. Which word stands at the end?", "Name the last of {list}.", "What comes last here: {list}?", "At the end of this list is what? {list}",
             "Which of these is named last: {list}?", "Read me only the last: {list}.", "{list}. What did I say last?", "I list {list}. What is the last one?", "Who or what is at the back: {list}?"),
    "number": ("{list}. How many?", "How many are there: {list}?", "Tell me how many words: {list}.", "The number of words: {list}?", "{list}. How many words did I say?", "Count these: {list}.", "Count: {list}", "How many words do you see? {list}",
               "{list}. Count them.", "What is the number of these: {list}?", "How many words are in this list: {list}?", "Can you count these? {list}", "{list}. How many of them are there?", "How many names and things: {list}?",
               "Say how many there are: {list}.", "Here are some words: {list}. How many are they?"),
    "backwards": ("{list}. Backwards, please.", "From the last to the first: {list}.", "Reverse this: {list}.", "{list}. Now the other way round.", "Begin with the last word: {list}.", "The other way round: {list}.", "Read this list from the end: {list}.",
                  "Say {list} from back to front.", "{list}. Say it from the end.", "Backwards: {list}", "Change the order, last one first: {list}.", "Can you say these backwards? {list}", "Write {list} in reverse.", "Put the last first and the first last: {list}.",
                  "{list}. Turn them around.", "List these backwards: {list}."),
    "sorted": ("{list}. In order, please.", "Smallest first: {list}.", "Arrange {list}.", "Sort {list}.", "{list}. Sort them.", "Put {list} in order.", "{list}. Begin with the smallest.", "Can you sort these numbers? {list}", "Sort from small to big: {list}.",
               "Which is the right order of {list}?", "Numbers in order: {list}", "Count up: which of {list} comes first, which then?", "The smallest first, the biggest last: {list}.", "Write {list} from the smallest to the biggest.", "Bring these numbers into order: {list}.", "{list}. In what order do we count them?"),
    "within": ("{list}. Is there {one}?", "Can you find {one} here: {list}?", "Does this list have {one}: {list}?", "Look for {one}: {list}.", "Is the word {one} in here: {list}?", "{list}. Did I say {one}?", "{list}. Do you see {one}?", "Among {list}, is there {one}?",
               "Is {one} in the list? {list}", "Does {one} stand in this list: {list}?", "Search {list}. Is {one} in it?", "Here are some words: {list}. Is {one} one of them?", "Do these words include {one}? {list}", "{one}: is it in this list? {list}", "Check if {one} is here: {list}.", "Can you see {one} in {list}?"),
}  # fmt: skip
MORE_SUMS = ("{sum}", "How many is {sum}?", "{sum} is what?", "I need to know {sum}.", "Do this sum: {sum}.", "What does {sum} make?", "Give me {sum}.",
             "Find {sum}.", "Work out {sum} for me.")  # fmt: skip

MORE_TOGETHER = (
    "{name} finds {a} {things} in the morning and {b} in the evening. How many is that?", "In one box are {a} {things}, in another {b}. How many are in both?",
    "{friend} gives {b} {things} to {name}, who has {a} already. How many does {name} have then?", "{a} {things} and {b} {things}: how many {things}?",
    "{name} draws {a} {things}, then {b} more. How many did {name} draw?", "{name} counts {a} {things}. {friend} counts {b} others. How many are there in all?",
    "Today {name} got {a} {things}, yesterday {b}. How many together?", "Add {b} {things} to {a} {things}. How many do you have?",
)  # fmt: skip
MORE_TAKEN = (
    "{name} uses {b} of {a} {things}. How many are not used?", "{b} of {name}'s {a} {things} are bad. How many are good?", "Take {b} {things} from {a} {things}. How many stay?",
    "There are {a} {things} on the table. {friend} takes {b}. How many {things} stay there?", "{name} had {a} {things}. Now {b} are lost. How many are still there?",
    "A box has {a} {things}. {b} fall out. How many are in the box now?", "{name} sold {b} of {a} {things}. How many {things} does {name} keep?",
    "{a} {things}, and {b} go away. What is left?", "From {name}'s {a} {things}, {friend} got {b}. And how many has {name}?",
)  # fmt: skip
MORE_MOODS = (
    "Which feeling is in this: happy or sad? {text}", "{text} Happy or sad?", "{text} How does the writer feel: happy or sad?", "Do these words sound happy or sad? {text}",
    "I read this: {text} Is it a happy or a sad thing?", "{text} Is the mood happy or sad?", "Say happy or sad. {text}", "{text} What is the feeling, happy or sad?",
)  # fmt: skip
MORE_RATINGS = (
    "{text} Good or bad?", "Is it good or bad if someone says this? {text}", "{text} Was it good or bad?", "Say good or bad. {text}", "{text} Does the writer find it good or bad?",
    "What does the writer think, good or bad? {text}", "I read this: {text} Is it a good or a bad thing?",
)  # fmt: skip

FRAMES: tuple[str, ...] = (
    "Please answer: {q}", "I have a question. {q}", "Question: {q}", "{q} Please tell me.", "Can you tell me? {q}", "Nano, {q}",
    "Quick: {q}", "{q} I would like to know.", "My teacher asks: {q}", "Hello! {q}", "{q} Thank you.", "Answer this: {q}",
    "Help me with this: {q}", "{q} Think well.", "Here is a question for you. {q}", "My friend wants to know: {q}", "{q} Do you know?",
    "I want to know this: {q}", "Now tell me: {q}", "Let us see. {q}", "{q} Short answer, please.", "An easy one: {q}",
)  # fmt: skip

MORE_GOOD: tuple[str, ...] = (
    "{name} smiles all day.", "I got a {thing} for my birthday. It is [lovely|perfect|beautiful].", "Everybody liked the {food}. [Well done!|It was great.]",
    "{name} helped me, and now all is well.", "What a nice place! We stayed in {place} all day and [sang|danced].", "Good news: {name} is coming home!",
    "I am so proud of {name}.", "The game was [exciting|fun], and our side won.", "My {thing} works again. [Hurray!|I am glad.]", "They were kind and gave us a {food}.",
    "I like this {thing} very much.", "The teacher was friendly and [patient|kind].", "It was a great success.", "I can not wait to go to {place} again!",
)  # fmt: skip
MORE_BAD: tuple[str, ...] = (
    "{name} cries all day.", "I got a {thing} for my birthday. It is [ugly|broken|useless].", "Nobody liked the {food}. [What a pity!|It was horrible.]",
    "{name} shouted at me, and now I am sad.", "What an ugly place! We stayed in {place} all day and [froze|were bored].", "Bad news: {name} is not coming home.",
    "I am so angry with {name}.", "The game was [boring|unfair], and our side lost.", "My {thing} is broken again. [Oh no!|I am sad.]", "They were mean and took our {food}.",
    "I do not like this {thing} at all.", "The teacher was unfriendly and [impatient|cruel].", "It was a big mistake.", "I never want to go to {place} again!",
)  # fmt: skip
