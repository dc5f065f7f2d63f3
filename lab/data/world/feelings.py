"""Sentences with a feeling, and questions about it: is this happy or sad, was the review good or bad."""

import random

from lab.data.world.grammar import fill
from lab.data.world.phrasings import MORE_BAD, MORE_GOOD
from lab.data.world.shapes import Question, Split, phrasings
from lab.data.world.words import BOYS, FOODS, GIRLS, KEEPSAKES, PLACES

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
    ask = fill(rng.choice(phrasings(RATE if rate else ASK, split)), rng, {"text": text})
    return Question("sentiment", ask, fill(rng.choice(ANSWER), rng, {"label": label}), label, text)
