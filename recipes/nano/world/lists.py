"""Small tasks on a list that stands in the question: first, last, how many, backwards, sorted, is it in there."""

import random

from recipes.nano.world import words as w
from recipes.nano.world.grammar import fill, join
from recipes.nano.world.phrasings import MORE_ON_LISTS
from recipes.nano.world.shapes import Question, Split, phrasings
from recipes.nano.world.things import things

COUNT = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}
ASKS = {
    "first": ("Which word is first: {list}?", "What is the first word of {list}?", "First word: {list}", "Tell me the first of these: {list}.",
              "{list}. Which of these words comes first?"),
    "last": ("Which word is last: {list}?", "What is the last word of {list}?", "Last word: {list}", "Tell me the last of these: {list}.",
             "{list}. Which of these words comes last?"),
    "number": ("How many words are these: {list}?", "Count the words: {list}.", "How many things do I name? {list}.",
               "Here is a list: {list}. How long is it?"),
    "backwards": ("Say this backwards: {list}.", "Turn this list around: {list}.", "Start from the end: {list}.",
                  "Give me the words in the other direction: {list}."),
    "sorted": ("Sort these numbers: {list}.", "Put these numbers in order: {list}.", "Order the numbers {list}.",
               "From small to big: {list}.", "Which order do these numbers have: {list}?"),
    "within": ("Is there a {one} in this list: {list}?", "Is {one} one of these: {list}?", "{list}. Is {one} among them?",
               "Do I say {one}? {list}."),
}  # fmt: skip


def question(rng: random.Random, split: Split) -> Question:
    """One task on one list."""
    task = rng.choice(list(ASKS))
    pool = rng.choice((w.KEEPSAKES, w.GIRLS + w.BOYS, tuple(thing.name for thing in things())))
    words = rng.sample(sorted(set(pool)), rng.randint(2, 6))
    one = ""
    if task == "sorted":
        words = [str(n) for n in rng.sample(range(100), rng.randint(2, 5))]
        answer = ", ".join(sorted(words, key=int))
    elif task == "backwards":
        answer = ", ".join(reversed(words))
    elif task == "number":
        answer = COUNT[len(words)]
    elif task == "within":
        inside = rng.random() < 0.5
        one = rng.choice(words if inside else [word for word in pool if word not in words])
        answer = "yes" if inside else "no"
    else:
        answer = words[0 if task == "first" else -1]
    prompt = fill(
        rng.choice(phrasings(ASKS[task], split, MORE_ON_LISTS[task])), rng, {"list": ", ".join(words), "one": one}
    )
    return Question(
        "lists",
        prompt,
        fill("{answer}.", rng, {"answer": answer[0].upper() + answer[1:]}),
        answer,
        f"{task}:{join(words)}",
    )
