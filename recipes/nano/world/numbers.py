"""Counting, comparing and arithmetic to 100, asked and told. One in ten problems is held out, and so are phrasings."""

import random

from recipes.nano.world.grammar import fill, plural
from recipes.nano.world.phrasings import (
    MORE_COMPARISONS,
    MORE_COUNTS,
    MORE_IN_WORDS,
    MORE_SUMS,
    MORE_TAKEN,
    MORE_TOGETHER,
)
from recipes.nano.world.shapes import Document, Question, Split, fact_is_held_out, phrasings
from recipes.nano.world.words import BOYS, FOODS, GIRLS, KEEPSAKES

ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]  # fmt: skip
TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]

ASK = ("What is {sum}?", "How much is {sum}?", "{sum} = ?", "Calculate {sum}.", "What do you get for {sum}?",
       "Please work out {sum}.", "Tell me the result of {sum}.", "Can you solve {sum}?")  # fmt: skip
ANSWER = ("{sum} = {result}.", "{sum} = {result}.", "{result}.", "It is {result}.", "The answer is {result}.")
STORY = (
    "{name} has {a} {things}. {He} gets {b} more. How many {things} does {name} have now?",
    "{name} had {a} {things} and found {b} more. How many {things} are there?",
    "There are {a} {things} on the table. {name} brings {b} more. How many are there now?",
    "{name} has {a} {things} and {friend} has {b}. How many {things} do they have together?",
    "First {name} buys {a} {things}, then {b} more. How many {things} is that?",
)
TAKE = (
    "{name} has {a} {things}. {He} gives {b} to {friend}. How many {things} are left?",
    "There were {a} {things}. {name} took {b} away. How many are left?",
    "{name} had {a} {things} but lost {b}. How many {things} does {name} have now?",
    "{friend} takes {b} of the {a} {things}. How many remain?",
    "Of {a} {things}, {b} are gone. How many {things} does {name} still have?",
)


def in_words(number: int) -> str:
    """The number from 0 to 100 in words."""
    if number == 100:
        return "one hundred"
    if number < 20:
        return ONES[number]
    return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")


def draw_problem(rng: random.Random, split: Split) -> tuple[int, str, int, int]:
    """A problem of this split: a, its sign, b, and the result (0 to 100)."""
    while True:
        sign = rng.choice("++--*")
        top = rng.choice((10, 10, 10, 20, 20, 100))
        if sign == "*":
            a, b = rng.randint(0, 10), rng.randint(0, 10)
            result = a * b
        else:
            a = rng.randint(0, top)
            b = rng.randint(0, top - a) if sign == "+" else rng.randint(0, a)
            result = a + b if sign == "+" else a - b
        if fact_is_held_out(f"{a}{sign}{b}") == (split == "held_out"):
            return a, sign, b, result


def arithmetic(rng: random.Random, split: Split) -> Question:
    """A sum, difference or product up to 100."""
    a, sign, b, result = draw_problem(rng, split)
    slots = {"sum": f"{a} {sign} {b}", "result": str(result)}
    ask = fill(rng.choice(phrasings(ASK, split, MORE_SUMS)), rng, slots)
    return Question("arithmetic", ask, fill(rng.choice(ANSWER), rng, slots), str(result), f"{a}{sign}{b}")


def word_problem(rng: random.Random, split: Split) -> Question:
    """A sum or a difference up to 20 told with people and things."""
    while True:
        a, b, sign = rng.randint(2, 12), rng.randint(2, 8), rng.choice("+-")
        if (sign == "+" or a > b) and fact_is_held_out(f"{a}{sign}{b}") == (split == "held_out"):
            break
    result = a + b if sign == "+" else a - b
    girl = rng.random() < 0.5
    things = plural(rng.choice(KEEPSAKES + FOODS))
    slots = {"name": rng.choice(GIRLS if girl else BOYS), "friend": rng.choice(BOYS if girl else GIRLS),
             "He": "she" if girl else "he", "a": str(a), "b": str(b), "things": things}  # fmt: skip
    ask = fill(
        rng.choice(phrasings(*((STORY, split, MORE_TOGETHER) if sign == "+" else (TAKE, split, MORE_TAKEN)))),
        rng,
        slots,
    )
    answer = fill("[{a} {sign} {b} = {r}. The answer is {r}.|{r} {things}.|{a} {sign} {b} = {r}.]", rng,
                  slots | {"sign": sign, "r": str(result)})  # fmt: skip
    return Question("word_problem", ask, answer, str(result), f"{a}{sign}{b}")


def comparison(rng: random.Random, split: Split) -> Question:
    """Which of two numbers is bigger or smaller."""
    while True:
        a, b = rng.randint(0, 100), rng.randint(0, 100)
        if a != b and fact_is_held_out(f"{a}?{b}") == (split == "held_out"):
            break
    word = rng.choice(("bigger", "smaller"))
    result = max(a, b) if word == "bigger" else min(a, b)
    ask = phrasings((f"Which is {word}, {a} or {b}?", f"Which number is {word}: {a} or {b}?", f"What is {word}, {a} or {b}?",
                     f"{a} or {b}: which one is {word}?", f"Of {a} and {b}, which number is the {word} one?"), split, MORE_COMPARISONS)  # fmt: skip
    answer = fill(f"[{result} is {word}.|{result}.|{result} is {word} than {a + b - result}.]", rng)
    prompt = fill(rng.choice(ask), rng, {"a": str(a), "b": str(b), "word": word})
    return Question("comparison", prompt, answer, str(result), f"{a}?{b}")


def counting(rng: random.Random, split: Split) -> Question:
    """Count up or down, or say the number before or after, or write it in words."""
    form = rng.randrange(4)
    while True:
        start = rng.randint(1, 90)
        if fact_is_held_out(f"count:{form}:{start}") == (split == "held_out"):
            break
    if form < 2:
        numbers = [str(start + i) for i in range(rng.randint(3, 7))]
        numbers = numbers if form == 0 else numbers[::-1]
        ask = phrasings(("Count from {a} to {b}.", "Please count from {a} to {b}.", "Can you count from {a} to {b}?",
                         "Say the numbers from {a} to {b}."), split, MORE_COUNTS)  # fmt: skip
        prompt = fill(rng.choice(ask), rng, {"a": numbers[0], "b": numbers[-1]})
        return Question("counting", prompt, ", ".join(numbers) + ".", ", ".join(numbers), f"count:{form}:{start}")
    if form == 2:
        after = rng.random() < 0.5
        result = start + 1 if after else start - 1
        side = "after" if after else "before"
        ask = phrasings((f"Which number comes {side} {start}?", f"What comes {side} {start}?", f"What number is right {side} {start}?",
                         f"Name the number {side} {start}."), split,
                        (f"{start}: what is {side} it?", f"I count. Which number is {side} {start}?", f"Tell me the number {side} {start}.",
                         f"Just {side} {start} comes which number?", f"What is the number {side} {start}?"))  # fmt: skip
        return Question("counting", rng.choice(ask), fill(f"[{result}.|{result} comes {side} {start}.]", rng), str(result),
                        f"count:{form}:{start}")  # fmt: skip
    ask = phrasings((f"Write {start} in words.", f"How do you write {start} in words?", f"Say {start} in words.",
                     f"What is {start} in words?", f"Spell the number {start}."), split, MORE_IN_WORDS)  # fmt: skip
    return Question(
        "counting",
        fill(rng.choice(ask), rng, {"a": str(start)}),
        f"{in_words(start)}.".capitalize(),
        in_words(start),
        f"count:{form}:{start}",
    )


def tell(rng: random.Random) -> Document:
    """Lines of sums and counting as running text, from the training problems only."""
    lines = []
    for _ in range(rng.randint(3, 8)):
        a, sign, b, result = draw_problem(rng, "train")
        lines.append(f"{a} {sign} {b} = {result}")
    return Document("numbers", "\n".join(lines))
