"""How the instructions of `instructions.py` are put: some eighteen wordings a kind, of which the last sixth is held out.

Slots: q (a question), n (a number), kinds, list, the (a thing), word, text, sum. Below them: sentences to begin or fill.
"""

WORDINGS: dict[str, tuple[str, ...]] = {
    "one word": (
        "{q} Answer in one word.", "Answer in one word: {q}", "{q} One word only.", "In one word: {q}", "{q} Just one word, please.", "Use a single word. {q}", "{q} Say it in one word.", "One word, please: {q}", "{q} (one word)",
        "{q} Give me one word.", "{q} I want one word, no more.", "Give a one-word answer. {q}", "{q} Your answer must be a single word.", "{q} Only one word!", "Please answer with one word. {q}", "{q} Make it one word.",
        "No sentence, only a word: {q}", "{q} Tell me the word and nothing else.", "{q} Reply with a single word.", "{q} One word will do.", "Using just one word, tell me: {q}",
    ),
    "one sentence": (
        "{q} Answer in one sentence.", "Answer in one sentence: {q}", "{q} One sentence, please.", "In one sentence: {q}", "{q} Give me a whole sentence.", "{q} Say it in a full sentence.", "Use a full sentence. {q}", "{q} Just one sentence.", "{q} I want one sentence.",
        "Write one sentence. {q}", "{q} Answer with a complete sentence.", "{q} No single words, please: a sentence.", "{q} (one sentence)", "Please answer with a sentence. {q}", "{q} Make it one sentence.", "Speak in a full sentence: {q}",
        "{q} Use exactly one sentence.", "{q} A whole sentence, please.", "{q} Reply in a single sentence.", "With one sentence, tell me: {q}",
    ),
    "number of words": (
        "Describe {the} in {n} words.", "Describe {the} in exactly {n} words.", "What is {the}? Use exactly {n} words.", "Tell me what {the} is in {n} words.", "{the} in {n} words, please.", "Say what {the} is. Use {n} words.", "In {n} words: what is {the}?", "Use {n} words to describe {the}.",
        "Write {n} words about {the}.", "Give me {n} words about {the}.", "I want exactly {n} words about {the}.", "Explain {the} with {n} words.", "What is {the}? {n} words, no more and no less.", "How would you describe {the} in {n} words?", "Exactly {n} words: {the}.", "You have {n} words. What is {the}?",
        "Sum up {the} in {n} words.", "{n} words on {the}, please.", "Your answer must have {n} words. What is {the}?", "With exactly {n} words, say what {the} is.",
    ),
    "numbered": (
        "Make a numbered list of {n} {kinds}.", "List {n} {kinds} with numbers.", "Give me a numbered list of {n} {kinds}.", "Number them: {n} {kinds}.", "Write {n} {kinds} as a numbered list.", "{n} {kinds}, numbered, please.", "Name {n} {kinds} and number them.", "I need {n} {kinds}. Put a number before each.", "A numbered list: {n} {kinds}.",
        "Can you write {n} {kinds} with a number in front of each?", "Name {n} {kinds} as 1, 2, 3 and so on.", "Put {n} {kinds} into a numbered list.", "Please number {n} {kinds} for me.", "Use numbers: name {n} {kinds}.", "Which {kinds} do you know? Number {n} of them.", "Show me {n} {kinds} in a list with numbers.",
        "Count off {n} {kinds}, one number a line.", "Write down {n} {kinds}. Use numbers.", "Start with 1 and list {n} {kinds}.", "{n} {kinds} as a list with numbers.",
    ),
    "dashes": (
        "List {n} {kinds} with dashes.", "Make a list of {n} {kinds}, each with a dash.", "Give me {n} {kinds} as bullet points.", "Write {n} {kinds} as bullet points.", "Bullet points: {n} {kinds}.", "{n} {kinds}, with a dash before each.", "Put a dash before each: {n} {kinds}.", "Name {n} {kinds}. Use bullet points.", "I want bullet points: {n} {kinds}.",
        "Can you make a bullet list of {n} {kinds}?", "A list with dashes, please: {n} {kinds}.", "Use dashes to list {n} {kinds}.", "Show {n} {kinds} as a list with dashes.", "A bullet list of {n} {kinds}.", "Please list {n} {kinds} with bullets.", "Name {n} {kinds} in a list with dashes.",
        "Write a bullet list with {n} {kinds}.", "{n} {kinds} as bullets, please.", "Begin every line with a dash and name {n} {kinds}.",
    ),
    "one a line": (
        "Name {n} {kinds}, one per line.", "List {n} {kinds}, each on a new line.", "Write {n} {kinds}, one on each line.", "One per line: {n} {kinds}.", "Give me {n} {kinds}. Put each on its own line.", "{n} {kinds}, one a line.", "Each on a line of its own: {n} {kinds}.", "Write {n} {kinds} below one another.", "Put {n} {kinds} on separate lines.",
        "I want {n} {kinds}, one under the other.", "Use a new line for each: {n} {kinds}.", "Please name {n} {kinds}, line by line.", "Name {n} {kinds} with a line break after each.", "A new line for each of {n} {kinds}.", "Show {n} {kinds}, one line each.", "Type {n} {kinds}, one per line.",
        "{n} {kinds} on {n} lines, please.", "Give every word its own line: {n} {kinds}.", "List {n} {kinds} line after line.",
    ),
    "commas": (
        "Name {n} {kinds} with commas.", "List {n} {kinds}, separated by commas.", "Give me {n} {kinds} with commas between them.", "{n} {kinds}, commas only.", "Write {n} {kinds} as a comma list.", "Put commas between {n} {kinds}.", "A comma list of {n} {kinds}, please.", "Use commas: {n} {kinds}.", "Write {n} {kinds}. Use commas and no and.",
        "Name {n} {kinds} in one line with commas.", "Please list {n} {kinds} with commas.", "Separate {n} {kinds} by commas.", "I need {n} {kinds} with commas.", "Only commas, no and: {n} {kinds}.", "Show me {n} {kinds} in a row with commas.", "Make a row of {n} {kinds} with commas.",
        "Divide {n} {kinds} by commas.", "{n} {kinds}, with a comma after each but the last.", "Give {n} {kinds} as comma-separated words.",
    ),
    "items": (
        "Name exactly {n} {kinds}.", "Exactly {n} {kinds}, please.", "Give me {n} {kinds}, no more and no less.", "Tell me {n} {kinds}. Not more.", "I want {n} {kinds} and not one more.", "Only {n} {kinds}.", "Name {n} {kinds}, but not more than {n}.", "List exactly {n} {kinds}.", "Just {n} {kinds}.",
        "Say {n} {kinds} and then stop.", "No more than {n} and no fewer: {kinds}.", "Pick {n} {kinds} for me.", "Choose {n} {kinds}.", "Please give {n} {kinds}, exactly {n}.", "Think of {n} {kinds}.", "Which {n} {kinds} come to your mind?",
        "Your answer has {n} {kinds} in it.", "{n} {kinds}, not one more.", "Mention exactly {n} {kinds}.",
    ),
    "alphabet": (
        "Put these in alphabetical order: {list}.", "Sort these words by the alphabet: {list}.", "Alphabetical order, please: {list}.", "From A to Z: {list}.", "Order these words from a to z: {list}.", "Sort alphabetically: {list}.", "{list}. Put them in alphabetical order.", "{list}. Sort them from A to Z.", "Arrange these in the order of the alphabet: {list}.",
        "Which order do these words have in a dictionary? {list}", "Bring {list} into alphabetical order.", "Can you sort {list} by letter?", "Write these words in ABC order: {list}.", "In the order of the alphabet: {list}.", "Please order by the first letter: {list}.", "Sort these from A to Z: {list}.",
        "Alphabetise this list: {list}.", "How would a dictionary order these: {list}?", "{list}. In alphabetical order, please.",
    ),
    "reverse": (
        "Put these in reverse order: {list}.", "Reverse this list: {list}.", "Write this list backwards: {list}.", "The other way round, please: {list}.", "Turn the order around: {list}.", "{list}. Now in reverse order.", "{list}. Start with the last one.", "From last to first: {list}.", "Begin at the end: {list}.",
        "Say these words in the opposite order: {list}.", "Give me the same words from back to front: {list}.", "Reverse order: {list}.", "Can you reverse {list}?", "Read the list from the end: {list}.", "List these from the last to the first: {list}.", "Flip this list: {list}.",
        "Back to front: {list}.", "Repeat in reverse: {list}.", "{list}. Please reverse the order.",
    ),
    "capitals": (
        "Answer in capital letters: {q}", "{q} Answer in capital letters.", "{q} Use capital letters.", "In capital letters: {q}", "{q} Write in capitals.", "{q} Capital letters, please.", "{q} Use only capitals.", "Please shout: {q}", "{q} All letters must be capitals.",
        "Big letters only: {q}", "{q} Write it in big letters.", "Write in upper case: {q}", "{q} Use upper case.", "{q} In block letters, please.", "{q} Only big letters.", "With capital letters: {q}",
        "Reply in all caps: {q}", "{q} All caps.", "Put the answer in capitals: {q}",
    ),
    "small letters": (
        "Answer in small letters: {q}", "{q} Use only small letters.", "{q} No capital letters, please.", "In small letters: {q}", "{q} Write it in lower case.", "Lower case only: {q}", "{q} Small letters, please.", "Without any capital: {q}", "{q} All letters must be small.",
        "Write in lower case: {q}", "{q} Do not use capitals.", "{q} Only small letters.", "Use small letters: {q}", "{q} No big letters.", "With small letters only: {q}", "{q} In lower case, please.",
        "Keep all letters small: {q}", "{q} Everything in small letters.", "Reply in lower case: {q}",
    ),
    "begin": (
        'Write a sentence that begins with "{word}".', 'Begin a sentence with "{word}".', 'Start a sentence with the word "{word}".', 'Give me a sentence that starts with "{word}".', 'Make a sentence. The first word is "{word}".', 'Say something that begins with "{word}".', '"{word}" should be the first word. Write a sentence.',
        "Write a sentence and begin with {word}.", "A sentence that starts with {word}, please.", 'The sentence must begin with "{word}".', 'Finish this sentence: "{word} ..."', 'One sentence, first word: "{word}".', "Can you begin a sentence with {word}?", 'Use "{word}" as the first word of a sentence.', "I want a sentence with {word} at the beginning.", 'Your sentence starts with "{word}". How does it go?',
        'Open a sentence with "{word}".', 'Write a line whose first word is "{word}".', 'Let a sentence start with "{word}".',
    ),
    "begin answer": (
        '{q} Begin your answer with "{word}".', '{q} Start with "{word}".', 'Answer and begin with "{word}": {q}', '{q} The answer must start with "{word}".', '{q} First say "{word}".', 'Begin with "{word}". {q}', 'Start your answer with "{word}". {q}', '{q} Your first words must be "{word}".', 'Say "{word}" first, then answer. {q}',
        "{q} Please begin with {word}.", 'Put "{word}" before the answer. {q}', '{q} I want to hear "{word}" first.', 'Use "{word}" at the beginning. {q}', "{q} Start your reply with {word}.", '"{word}" comes first. {q}', '{q} Let the answer begin with "{word}".',
        'Open with "{word}". {q}', '{q} Lead with "{word}".', 'When you answer, start by saying "{word}". {q}',
    ),
    "end": (
        '{q} End your answer with "{word}".', '{q} End with "{word}".', 'Answer and end with "{word}": {q}', '{q} The answer must end with "{word}".', '{q} At the end say "{word}".', 'End with "{word}". {q}', 'Finish your answer with "{word}". {q}', '{q} Your last words must be "{word}".', 'Answer, then say "{word}". {q}',
        "{q} Please end with {word}.", 'Put "{word}" after the answer. {q}', '{q} I want to hear "{word}" last.', 'Use "{word}" at the end. {q}', "{q} Finish with {word}.", '"{word}" comes last. {q}', '{q} Let the answer end with "{word}".',
        'Close with "{word}". {q}', '{q} The last thing you say is "{word}".', 'When you answer, finish by saying "{word}". {q}',
    ),
    "without": (
        'What is {the}? Do not use the word "{word}".', 'Describe {the} without the word "{word}".', 'Tell me about {the}, but do not say "{word}".', 'Say what {the} is. The word "{word}" is forbidden.', 'Without saying "{word}": what is {the}?', 'Do not use "{word}". What is {the}?', 'Explain {the}. You may not say "{word}".', 'What is {the}? Never say "{word}".',
        "Describe {the}, but leave out the word {word}.", 'Tell me what {the} is without "{word}".', 'The word "{word}" is not allowed. Describe {the}.', 'Avoid the word "{word}" and describe {the}.', "Say something about {the} and do not use the word {word}.", 'No "{word}", please: what is {the}?', "Speak of {the}, but not with the word {word}.", 'You must not write "{word}". Tell me about {the}.',
        'Skip the word "{word}" and tell me what {the} is.', 'Can you describe {the} without using "{word}"?', '"{word}" must not appear. What is {the}?',
    ),
    "repeat": (
        'Say "{word}" {n} times.', "Write {word} {n} times.", 'Repeat "{word}" {n} times.', "{word}, {n} times, please.", 'Say the word "{word}" {n} times in a row.', 'I want to hear "{word}" {n} times.', "Repeat the word {word} {n} times.", 'Write "{word}" exactly {n} times.', 'Can you say "{word}" {n} times?',
        'Please repeat {n} times: "{word}"', '{n} times "{word}", please.', "Say {n} times: {word}", 'Type the word "{word}" {n} times.', 'How does "{word}" look {n} times?', 'Do it {n} times: say "{word}".', 'Not once, but {n} times: "{word}".',
        'Give me "{word}" {n} times over.', 'Put down "{word}" {n} times.', "{n} times the word {word}.",
    ),
    "yes or no": (
        "{q} Yes or no?", "{q} Answer with yes or no only.", "Only yes or no: {q}", "{q} Say only yes or no.", "Answer yes or no. {q}", "{q} Just yes or no.", "Yes or no: {q}", "{q} I want a yes or a no.", "{q} No explanation: yes or no?",
        "{q} One word: yes or no.", "Tell me yes or no: {q}", "{q} Please answer yes or no.", "Say yes or no. {q}", "{q} A simple yes or no, please.", "Use only yes or no. {q}", "{q} (yes/no)",
        "{q} Reply with yes or with no.", "Nothing but yes or no: {q}", "{q} Yes or no will do.",
    ),
    "quote": (
        "Put this in quotation marks: {text}", "Write this in quotation marks: {text}", "Quote this sentence: {text}", "Set quotation marks around this: {text}", "Quotation marks, please: {text}", "Give me this as a quote: {text}", "Make a quote of this: {text}", "{text} Put it in quotation marks.", "{text} Quote it.",
        "Use quotation marks: {text}", "Quote me: {text}", "Write it as if somebody said it, in quotation marks: {text}", "Please quote: {text}", "Between quotation marks: {text}", "Add quotation marks to this: {text}", "{text} Now with quotation marks.",
        "Turn this into a quote: {text}", "Wrap this in quotation marks: {text}", "{text} Put that between quotation marks.",
    ),
    "with": (
        'Write a sentence with the word "{word}".', "Make a sentence with {word}.", 'Use "{word}" in a sentence.', 'Give me a sentence with "{word}" in it.', "A sentence with {word}, please.", "Say something with the word {word}.", 'I need a sentence. It must have "{word}" in it.', "Can you use {word} in a sentence?", 'The word is "{word}". Write a sentence.',
        'Write one sentence about "{word}".', 'Put the word "{word}" into a sentence.', 'Your sentence must have the word "{word}".', "Please make one sentence with the word {word}.", "One sentence with {word}.", 'Show me how "{word}" is used.', 'Write something short with "{word}".',
        'Build a sentence around "{word}".', 'Include the word "{word}" in a sentence.', "Form a sentence with {word}.",
    ),
    "sentences": (
        "Tell me about {the} in {n} sentences.", "Describe {the} in {n} sentences.", "Write {n} sentences about {the}.", "{n} sentences about {the}, please.", "Use {n} sentences: what is {the}?", "In {n} sentences: {the}.", "Say {n} sentences about {the}.", "I want {n} sentences about {the}.", "Explain {the} in exactly {n} sentences.",
        "What do you know about {the}? Use {n} sentences.", "Give me {n} sentences on {the}.", "Exactly {n} sentences about {the}.", "Tell me {n} things about {the}, each in a sentence.", "{the}: {n} sentences.", "Make {n} sentences about {the}.", "With {n} sentences, describe {the}.",
        "Sum up {the} in {n} sentences.", "Your answer has {n} sentences. What is {the}?", "Can you write {n} sentences about {the}?",
    ),
    "number": (
        "{sum} = ? Only the number.", "What is {sum}? Just the number.", "{sum}. Give me the number only.", "Number only: {sum}", "What is {sum}? No words.", "Only the result: {sum}", "{sum}? Just say the number.", "Tell me only the number: {sum}", "How much is {sum}? Only the number, please.",
        "{sum}. Nothing but the number.", "Answer with a number: {sum}", "Result only: {sum}", "Please give just the number for {sum}.", "What is {sum}? One number.", "{sum} is what? Only the number.", "Write only the result of {sum}.",
        "Just the figure: {sum}", "{sum}. The number alone, please.", "How much is {sum}? A number and nothing else.",
    ),
}  # fmt: skip

# sentences by their first word
BEGINNINGS: dict[str, tuple[str, ...]] = {
    "Today": ("Today {name} went to {place}.", "Today it is {weather}.", "Today {friend} ate a {food}."),
    "Yesterday": ("Yesterday {name} found a {colour} {thing}.", "Yesterday a {pet} ran past.", "Yesterday it was {weather}."),
    "Tomorrow": ("Tomorrow {name} will go to {place}.", "Tomorrow is {day}.", "Tomorrow we will visit {friend}."),
    "When": ("When {name} came home, {friend} was there.", "When it is {weather}, we stay at home.", "When the bell rings, the children run out."),
    "My": ("My {thing} is {colour}.", "My friend {name} likes {place}.", "My brother has a {pet}."),
    "Nobody": ("Nobody saw the {pet}.", "Nobody was in {place}.", "Nobody knows where {name} is."),
    "Sometimes": ("Sometimes {name} eats a {food}.", "Sometimes it is {weather}.", "Sometimes a {pet} comes to the door."),
    "Every": ("Every {day} {name} goes to {place}.", "Every child likes a {food}.", "Every morning {friend} feeds a {pet}."),
    "In": ("In the garden there is a {pet}.", "In the box lies a {colour} {thing}.", "In summer {name} goes to {place}."),
    "Two": ("Two friends played in {place}.", "Two birds sat in a tree.", "Two days later {name} came back."),
    "Why": ("Why is {name} in {place}?", "Why does the {pet} run away?", "Why is the {thing} {colour}?"),
    "Where": ("Where is my {thing}?", "Where does {name} live?", "Where did the {pet} go?"),
    "If": ("If it is {weather}, {name} stays at home.", "If you are hungry, eat a {food}.", "If I had a {thing}, I would give it to {friend}."),
    "The": ("The {pet} sleeps in the sun.", "The {thing} is {colour}.", "The road leads to {place}."),
    "A": ("A small {pet} came to the door.", "A boy ran to {place}.", "A long road leads to {place}.", "A girl named {name} ate a {food}."),
    "Once": ("Once {name} lost a {thing}.", "Once there was a {colour} {pet}.", "Once a week we go to {place}."),
    "Never": ("Never take the {thing} of {friend}.", "Never run into the road.", "Never wake a sleeping {pet}."),
    "Please": ("Please bring me a {food}.", "Please close the door.", "Please give the {thing} to {name}."),
    "After": ("After school {name} goes to {place}.", "After the rain the sun came out.", "After dinner {friend} ate a {food}."),
    "We": ("We saw a {pet} in {place}.", "We like {name}.", "We ate a {food} together."),
    "She": ("She has a {colour} {thing}.", "She went to {place}.", "She likes her {pet}."),
    "They": ("They played in {place} all day.", "They found a {thing}.", "They have a {pet}."),
    "Look": ("Look at the {colour} {thing}!", "Look, there is a {pet}!", "Look what {name} has found!"),
    "There": ("There is a {pet} in {place}.", "There was no {food} left.", "There goes {name}!"),
}  # fmt: skip

SENTENCES_WITH = {
    "thing": ("There is a {word} in {place}.", "{name} has a {word}.", "I see a {word}.", "{name} and {friend} found a {word}.", "A {word} makes {name} happy.", "We looked for a {word} all day.", "Do you like the {word}?", "{friend} gave {name} a {word}.", "Yesterday {name} saw a {word}.", "The {word} was in {place}."),
    "name": ("{word} went to {place}.", "{word} has a {colour} {thing}.", "I know {word}.", "{word} eats a {food}.", "Today {word} is happy.", "My friend {word} can sing.", "We met {word} in {place}.", "{word} found a {pet}."),
}  # fmt: skip
