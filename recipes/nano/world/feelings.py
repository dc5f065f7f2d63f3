"""Sentences with a feeling, and questions about it: is this happy or sad, was the review good or bad."""

import random

from recipes.nano.world.grammar import fill
from recipes.nano.world.phrasings import MORE_BAD, MORE_GOOD, MORE_MOODS, MORE_RATINGS
from recipes.nano.world.shapes import Document, Question, Split, phrasings
from recipes.nano.world.words import BOYS, FOODS, GIRLS, KEEPSAKES, PLACES

GOOD = (
    "I love this {thing}. It [works very well|is just what I wanted|makes me smile every day].",
    "[What a wonderful day!|This was a lovely day.] We went to {place} and [laughed a lot|had so much fun].",
    "The {food} was [delicious|very tasty|the best I ever had]. [I want more!|Thank you, {name}!|We will come back.]",
    "{name} won a prize and [danced for joy|could not stop smiling].",
    "{name} gave me a {thing}. I am so [happy|glad|thankful].",
    "The film was [great|very funny|beautiful]. {name} and I [clapped|loved every minute].",
    "My friend {name} came back, and we [hugged|played all day].",
    "[The sun is shining|The birds are singing] and {name} is [full of joy|in a good mood].",
    "The book was [exciting|wonderful]. I [read it twice|did not want it to end].",
    "{name} got well again. [We are all so glad.|What a relief!]",
    "Our trip to {place} was [perfect|a great success].", "The people in the shop were [friendly|kind and quick].",
)  # fmt: skip
BAD = (
    "I hate this {thing}. It [broke after one day|does not work at all|looks terrible].",
    "[What an awful day!|This was a terrible day.] We went to {place} and [it rained|everything went wrong].",
    "The {food} was [cold|awful|far too salty]. [I could not eat it.|Never again!|{name} felt sick.]",
    "{name} lost the game and [cried all evening|went home alone].",
    "{name} broke my {thing}. I am so [sad|angry|upset].",
    "The film was [boring|too long|very bad]. {name} and I [fell asleep|left early].",
    "My friend {name} moved away, and I [miss her so much|have nobody to play with].",
    "[The sky is grey|It is dark and cold] and {name} is [full of sorrow|in a bad mood].",
    "The book was [dull|terrible]. I [did not finish it|fell asleep over it].",
    "{name} is very sick. [We are all so worried.|What a sad thing!]",
    "Our trip to {place} was [a disaster|a big mistake].", "The people in the shop were [rude|slow and unfriendly].",
)  # fmt: skip
ASK = (
    "Is this happy or sad? {text}", "{text} Is that happy or sad?", "Does the writer feel happy or sad? {text}",
    "Happy or sad: {text}", "Read this and say if it is happy or sad: {text}", "How does this sound, happy or sad? {text}",
    "{text} Would you call this happy or sad?",
)  # fmt: skip
RATE = (
    "Is this good or bad? {text}", "{text} Is that good or bad?", "Good or bad: {text}", "Tell me if this is good or bad: {text}",
    "Is the following good news or bad news? {text}", "{text} Would you say that is good or bad?",
)  # fmt: skip
ANSWER = ("{label}.", "It is {label}.", "This is {label}.", "That sounds {label}.")


# words told to be good or bad, also such as occur in held-out sentences alone
GOOD_WORDS = tuple("""nice|wonderful|lovely|great|perfect|kind|friendly|brave|beautiful|delicious|tasty|exciting|funny|clever|polite|quick|gentle|
happy|glad|proud|fun|joy|success|a prize|a gift|a hug|a smile|a friend|peace|luck|love|sunshine|health|a holiday|a party|
help|comfort|hope|laughter|a win|a surprise|fresh air|good news|warm|sweet|calm|safe""".replace("\n", "").split("|"))  # fmt: skip
BAD_WORDS = tuple("""awful|terrible|horrible|ugly|rude|mean|slow|cruel|boring|dull|lazy|salty|broken|useless|dirty|unfair|impatient|unfriendly|
sad|angry|afraid|pain|sorrow|a disaster|a mistake|a lie|a fight|a wound|a tear|an enemy|war|trouble|hate|a storm|illness|
an accident|loss|fear|loneliness|a thief|bad news|cold|bitter|sick|dangerous""".replace("\n", "").split("|"))  # fmt: skip


def tell(rng: random.Random) -> Document:
    """Words with the feeling they carry, told or asked one by one."""
    good = rng.random() < 0.5
    chosen = rng.sample(GOOD_WORDS if good else BAD_WORDS, rng.randint(2, 4))
    label, mood = ("good", "happy") if good else ("bad", "sad")
    if rng.random() < 0.5:
        tells = '["{x}" is a {label} word.|When we hear "{x}", we are {mood}.|Is "{x}" good or bad? It is {label}.]'
        told = [fill(tells, rng, {"x": x, "label": label, "mood": mood}) for x in chosen]
        return Document("feelings", " ".join(told))
    turns = []
    for x in chosen[:2]:
        asks = '[Is "{x}" a good or a bad word?|"{x}": good or bad?|Happy or sad: "{x}"|Someone says "{x}". Is that happy or sad?]'
        ask = fill(asks, rng, {"x": x})
        answer = fill(rng.choice(ANSWER), rng, {"label": mood if "sad" in ask.partition('"')[0] + ask[-8:] else label})
        turns += [("user", ask), ("assistant", answer)]
    return Document("feelings", turns=tuple(turns))


def sentence(rng: random.Random, good: bool, split: Split = "train") -> str:
    """One or two sentences with a clear feeling; some of the patterns are held out."""
    slots = {"name": rng.choice(GIRLS + BOYS), "thing": rng.choice(KEEPSAKES), "place": rng.choice(PLACES),
             "food": rng.choice(FOODS)}  # fmt: skip
    patterns = phrasings(GOOD, split, MORE_GOOD) if good else phrasings(BAD, split, MORE_BAD)
    return fill(rng.choice(patterns), rng, slots)


def question(rng: random.Random, split: Split) -> Question:
    """What is the feeling of this text?"""
    good = rng.random() < 0.5
    text = sentence(rng, good, split)
    rate = rng.random() < 0.4
    label = ("good" if good else "bad") if rate else ("happy" if good else "sad")
    ask = fill(
        rng.choice(phrasings(*((RATE, split, MORE_RATINGS) if rate else (ASK, split, MORE_MOODS)))), rng, {"text": text}
    )
    return Question("sentiment", ask, fill(rng.choice(ANSWER), rng, {"label": label}), label, text)
