"""Talk in the chat template: greetings, advice (polite and blunt, short and long), stories on request, little tasks.

Questions with one right answer are `Question`s; open talk is a `Document` of turns.
"""

import random

from recipes.nano.world import feelings
from recipes.nano.world import reading as texts
from recipes.nano.world import words as w
from recipes.nano.world.advice import ADVICE
from recipes.nano.world.grammar import fill, ing, past, third
from recipes.nano.world.heroes import ROLES
from recipes.nano.world.shapes import Document, Ending, Question, Split, Story, phrasings
from recipes.nano.world.stories import any_story

GREETINGS = (
    ("[Hello|Hi|Good morning|Good evening|Hey][!|.]", "[Hello! How can I help you?|Hi! What can I do for you?|Good to see you!|Hello, my friend.]"),
    ("[Hello|Hi], my name is {name}.", "[Hello, {name}! Nice to meet you.|Hi {name}, I am Nano. How are you?|Nice to meet you, {name}.]"),
    ("How are you[ today|]?", "[I am fine, thank you. And you?|Very well, thank you.|I am happy to talk with you.|Fine.]"),
    ("[Who are you?|What is your name?|What are you?]", "[I am Nano, a very small language model.|My name is Nano. I am a small model that tells stories.|I am Nano.]"),
    ("[Thank you|Thanks|Thank you very much][!|.]", "[You are welcome!|You are very welcome.|It was nothing.|I am glad I could help.]"),
    ("[Goodbye|Bye|See you tomorrow|Good night][!|.]", "[Goodbye! Have a nice day.|See you soon!|Good night, sleep well.|Bye.]"),
    ("What can you do?", "[I can tell short stories, answer simple questions and do small sums.|I can count, name things and tell you a story.|Small things: stories, sums and simple questions.]"),
    ("[Are you a person?|Are you human?|Are you a robot?]", "[I am a small computer program.|No, I am Nano, a little language model.|I am only a model, but I like to talk.]"),
    ("[I like you.|You are nice.|Well done!|That was good.]", "[Thank you, that is kind of you.|Thank you!|I am glad to hear that.]"),
    ("[You are stupid.|That was wrong.|That is not right.|I do not like your answer.]", "[I am sorry. I am very small and still learning.|Sorry! Please ask me again.|I am sorry about that.]"),
    ("I am {mood_sad}.", "[I am sorry to hear that. What happened?|Oh dear. Do you want to talk about it?|That is a pity. Shall I tell you a story?]"),
    ("I am {mood_happy}.", "[I am glad to hear that!|How nice! What happened?|That is good news.]"),
    ("[Tell me a joke.|Make me laugh.|Do you know a joke?]", "[What is brown and sticky? A stick!|Why did the hen cross the road? To see the other side.|What do you call a sleeping cow? A bulldozer.]"),
    ("[I am hungry.|I want something to eat.]", "[Would you like a {food}?|Have a {food}. It will do you good.|Then eat a {food}.]"),
    ("[I am bored.|What shall I do today?|I have nothing to do.]", "[You could go to {place} and play with a {thing}.|Read a book or {verb}.|Why not {verb}?]"),
)  # fmt: skip
VERBS = tuple(
    """walk home|run to {place}|eat a {food}|find a {thing}|buy a {food}|play in {place}|sing a song|draw a picture|
read a book|open the door|clean the {thing}|look for the {thing}|make a {thing}|sleep in {place}|bring a {food}|
lose the {thing}|ride to {place}|drink some water|write a letter|jump over the fence|cook soup|paint the house|
help {friend}|visit {friend}|call {friend}|take the {thing}|hide the {thing}|sell the {thing}|break the {thing}|
see a bird|hear a noise|swim in the lake|climb a tree|catch a fish|wash the dishes""".replace("\n", "").split("|")
)

STORY_ASK = (
    "Tell me a story about {x}.", "Tell me a {mood} story about {x}.", "Write a short story about {x}.", "Can you tell me a story about {x}?",
    "I would like a {mood} story about {x}.", "Please write a {mood} story about {x}.", "A story about {x}, please.",
    "Do you know a story about {x}?", "Make up a story about {x}.", "Tell me about {x} in a story.", "I want to hear a story with {x}.",
)  # fmt: skip
ANY_STORY = ("Tell me a story.", "Tell me a {mood} story.", "Write a short story.", "Can you tell me a {mood} story?", "Story, please!",
             "I can not sleep. Tell me a story.", "I would like to hear a {mood} story.")  # fmt: skip


def _slots(rng: random.Random) -> dict[str, str]:
    girl = rng.random() < 0.5
    name, friend = rng.choice(w.GIRLS if girl else w.BOYS), rng.choice(w.BOYS if girl else w.GIRLS)
    slots = {"name": name, "friend": friend, "food": rng.choice(w.FOODS), "place": rng.choice(w.PLACES),
             "thing": rng.choice(w.KEEPSAKES), "colour": rng.choice(w.COLOURS), "mood_sad": rng.choice(w.SAD),
             "mood_happy": rng.choice(w.HAPPY), "he": "she" if girl else "he", "His": "her" if girl else "his"}  # fmt: skip
    verb = fill(rng.choice(VERBS), rng, slots)
    return slots | {"verb": verb[0].lower() + verb[1:]}


def small_talk(rng: random.Random) -> Document:
    """One to three exchanges of greetings and moods."""
    slots, turns = _slots(rng), []
    for ask, answer in rng.sample(GREETINGS, rng.randint(1, 3)):
        turns += [("user", fill(ask, rng, slots)), ("assistant", fill(answer, rng, slots))]
    return Document("talk", turns=tuple(turns))


def advice(rng: random.Random) -> Document:
    """Somebody has a small problem; the answer is short or long, polite or blunt."""
    problem, tips = rng.choice(ADVICE)
    ask = fill(f"[{problem[0].upper()}{problem[1:]}. What should I do?|What can I do when {problem}?|{problem[0].upper()}{problem[1:]}. "
               f"Can you help me?|Help! {problem}.|Give me some advice: {problem}.|I have a problem: {problem}.]", rng)  # fmt: skip
    chosen = rng.sample(tips, rng.randint(1, min(3, len(tips))))
    said = [tip[0].upper() + tip[1:] + "." for tip in chosen]
    manner = rng.randrange(4)
    if manner == 0:
        text = (
            fill("[I am sorry to hear that.|Do not worry.|I understand.|Of course I can help.]", rng)
            + " "
            + " ".join(said)
        )
        text += fill("[ I hope it helps.| Good luck!| Everything will be fine.|]", rng)
    elif manner == 1:
        text = said[0]
    elif manner == 2:
        text = fill("[Stop talking and do this:|That is easy.|So what?|Do not make a fuss.]", rng) + " " + said[0]
    else:
        text = " Then ".join([said[0], *(s[0].lower() + s[1:] for s in said[1:])])
    return Document("talk", turns=(("user", ask), ("assistant", text)))


def _wish(rng: random.Random) -> tuple[str, dict]:
    form = rng.randrange(5)
    if form == 4:
        kind = rng.choice(ROLES).noun
        return f"a {kind}", {"kind": kind}
    if form == 0:
        kind = rng.choice(w.ANIMAL_HEROES)
        return f"a {kind}", {"kind": kind}
    if form == 1:
        thing = rng.choice(w.KEEPSAKES)
        return f"a {thing}", {"thing": thing}
    kind, thing = rng.choice((*w.ANIMAL_HEROES, "girl", "boy", "girl", "boy")), rng.choice(w.KEEPSAKES)
    return f"a {kind} and a {thing}", {"kind": kind, "thing": thing}


def story_on_request(rng: random.Random) -> Document:
    """A story asked for: about something, happy or sad, or just any."""
    ending: Ending = rng.choice(("happy", "sad"))
    if rng.random() < 0.2:
        made = any_story(rng, ending=ending)
        ask = fill(rng.choice(ANY_STORY), rng, {"mood": ending})
    elif rng.random() < 0.25:
        made = any_story(rng, ending=ending)
        ask = fill(rng.choice(STORY_ASK), rng, {"mood": ending, "x": made.about})
    else:
        x, wish = _wish(rng)
        made = any_story(rng, ending=ending, **wish)
        ask = fill(rng.choice(STORY_ASK), rng, {"mood": ending, "x": x})
    return Document("story_chat", turns=(("user", ask), ("assistant", made.text)))


def continuation(rng: random.Random) -> Document:
    """Go on with a story, name it, or say how it ends."""
    made: Story = any_story(rng)
    form = rng.randrange(3)
    if form == 0 and made.text != made.opening:
        ask = fill("[Go on:|Continue this story:|How does this story go on?|Finish the story:|What happens next?]", rng)
        return Document("story_chat", turns=(("user", f"{ask} {made.opening}"), ("assistant", made.text[len(made.opening):].strip())))  # fmt: skip
    asks = [("[What is this story about?|Say what the story is about.|Give this story a title.]", f"It is about {made.about}."),
            ("[Does this story end well?|Is the ending happy or sad?|How does the story end?]", f"It has a {made.ending} ending."),
            ("[Who is the story about?|What is the name of the hero?]", f"The story is about {made.slots['h']}.")]  # fmt: skip
    turns = []
    for index, (ask, answer) in enumerate(rng.sample(asks, rng.randint(1, 3))):
        question = fill(ask, rng)
        turns += [("user", f"{question}\n{made.text}" if index == 0 else question), ("assistant", fill(answer, rng))]
    return Document("story_chat", turns=tuple(turns))


def rewriting(rng: random.Random, split: Split) -> Question:
    """Put a sentence into the past, the negative or the present; or repeat it."""
    slots = _slots(rng)
    name, verb = slots["name"], slots["verb"]
    now, then = f"{name} {third(verb)}.", f"{name} {past(verb)}."
    form = rng.randrange(5)
    ask, source, goal = (
        (("Put this into the past: {s}", "Say this in the past tense: {s}", "Change to the past: {s}", "Write in the past tense: {s}"), now, then),
        (("Say that it is not so: {s}", "Make this negative: {s}", "Turn this into a no: {s}", "Write the negative: {s}"), now, f"{name} does not {verb}."),
        (("Repeat after me: {s}", "Say this again: {s}", "Please repeat: {s}", "Copy this: {s}"), now, now),
        (("Put this into the present: {s}", "Say this in the present tense: {s}", "Change to the present: {s}", "Write in the present tense: {s}"), then, now),
        (("Say that it happens right now: {s}", "Write this with is and -ing: {s}", "Say that {name} is doing it now: {s}", "It is happening now: {s}"), now, f"{name} is {ing(verb)}."),
    )[form]  # fmt: skip
    prompt = fill(rng.choice(phrasings(ask, split)), rng, slots | {"s": source})
    return Question("rewrite", prompt, fill("{g}", rng, {"g": goal}), goal.rstrip("."), source)


def reading(rng: random.Random, split: Split) -> Question:
    """A small text, then a question about it."""
    return texts.question(rng, split, _slots(rng))


def feeling_reply(rng: random.Random) -> Document:
    """A user tells news, the assistant answers to the feeling in it."""
    good = rng.random() < 0.5
    reply = fill("[How nice!|I am glad to hear that.|That is wonderful!|Good for you.]" if good else
                 "[Oh no, I am sorry.|That is sad.|I am sorry to hear that.|What a pity!]", rng)  # fmt: skip
    return Document("talk", turns=(("user", feelings.sentence(rng, good)), ("assistant", reply)))
