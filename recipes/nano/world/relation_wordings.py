"""How the relations of `inferring.py` are asked, answered and told; the last sixth of each list of questions is held out.

Slots: s (what is asked about), x (what answers it), more (what it follows from).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Relation:
    """One relation: questions, answers (the first is a whole sentence), and what running text says."""

    ask: tuple[str, ...]
    answer: tuple[str, ...]
    tell: tuple[str, ...]


RELATIONS: dict[str, Relation] = {
    "continent": Relation(
        ("On which continent is {s}?", "Which continent is {s} on?", "Where in the world is {s}?", "What continent does {s} belong to?", "{s} is on which continent?", "Tell me the continent of {s}.", "To which continent does {s} belong?", "I want to travel to {s}. On what continent is that?",
         "Name the continent of {s}.", "The continent of {s}?", "On what continent do I find {s}?", "Is {s} in Europe, Asia or somewhere else?", "Which part of the world is {s} in?", "Where is {s}? Name the continent.", "On which continent lies {s}?", "Do you know on which continent {s} is?", "What is the continent of {s}?", "In what part of the world would you look for {s}?"),
        ("{s} is in {x}.", "In {x}.", "It is in {x}.", "{x}."), ("{s} is a country in {x}.", "One of the countries of {x} is {s}.", "She flew to {x} and came to {s}.", "{s} lies in {x}.")),
    "language": Relation(
        ("What language do people speak in {s}?", "Which language is spoken in {s}?", "What do people speak in {s}?", "Which language do I need in {s}?", "How do people talk in {s}?", "In {s}, which language do they speak?", "Tell me the language of {s}.", "What is the language of {s}?", "The language of {s}?",
         "I go to {s}. What language shall I learn?", "Name the language that they speak in {s}.", "Which language do children learn first in {s}?", "In what language are the newspapers in {s}?", "A man comes from {s}. What does he speak?", "What tongue is spoken in {s}?", "Do you know the language of {s}?", "Which language would I hear in {s}?", "What language do they use in {s}?"),
        ("People in {s} speak {x}.", "They speak {x} there.", "{x}.", "In {s} they speak {x}."), ("In {s} people speak {x}.", "A woman from {s} spoke {x}.", "{x} is the language of {s}.", "The signs in {s} are written in {x}.")),
    "climate": Relation(
        ("What is the weather like in {s}?", "How is the weather in {s}?", "What is the climate of {s}?", "Is it hot or cold in {s}?", "What weather do they have in {s}?", "Tell me about the weather in {s}.", "Is {s} a hot country or a cold one?", "How warm is {s}?", "The climate of {s}?",
         "What kind of weather does {s} have?", "I go to {s}. What weather shall I expect?", "Is {s} warm?", "Describe the weather in {s}.", "What climate does {s} have?", "Is it dry or rainy in {s}, hot or cold?", "What sort of climate is there in {s}?", "How hot or cold is it in {s}?", "What would you say about the weather in {s}?"),
        ("In {s} it is {x}.", "It is {x} there.", "It is {x}.", "{s} is {x}."), ("{s} is a country where it is {x}.", "It is {x} in {s}.", "The people of {s} know it well: it is {x} there.")),
    "dish": Relation(
        ("What do people like to eat in {s}?", "What food do they eat in {s}?", "Which food is well known in {s}?", "What could I eat in {s}?", "Name a food from {s}.", "What is on the table in {s}?", "Tell me a food of {s}.", "What do they cook in {s}?", "I am in {s} and hungry. What is good there?",
         "Which dish do people in {s} like?", "What do the people of {s} eat?", "A food that is liked in {s}?", "What would you order in {s}?", "What do children eat in {s}?", "What is a typical food of {s}?", "What might I get for dinner in {s}?", "Which food belongs to {s}?", "What tastes good in {s}?"),
        ("People in {s} like {x}.", "They eat {x} there.", "{x}.", "In {s} you could eat {x}."), ("In {s} people like {x}.", "{x} on the table: that is {s}.", "On the first evening in {s} we ate {x}.")),
    "beast": Relation(
        ("Which animal lives in {s}?", "What animal can I see in {s}?", "Name an animal of {s}.", "What animals are there in {s}?", "Which animal is {s} known for?", "Tell me an animal that lives in {s}.", "In {s}, which animal could I meet?", "What animal belongs to {s}?", "An animal from {s}?",
         "I travel through {s}. Which animal may I see?", "Which wild or tame animal do you think of in {s}?", "What animal do you find in {s}?", "Which animal would you look for in {s}?", "What lives in {s}?", "Say the name of an animal in {s}.", "Which animal might I photograph in {s}?", "What animal makes its home in {s}?", "Can you name an animal of {s}?"),
        ("The {x} lives in {s}.", "A {x}.", "You can see a {x} in {s}.", "The {x}."), ("The {x} lives in {s}.", "In {s} they saw a {x}.", "A {x} is an animal of {s}.")),
    "wear": Relation(
        ("What should I wear in {s}?", "Which clothes do I need in {s}?", "What do people wear in {s}?", "I am going to {s}. What shall I pack?", "What do I put on in {s}?", "Tell me what to wear in {s}.", "Which clothes are right for {s}?", "What do I need to wear when I am in {s}?", "What would you wear in {s}?",
         "Clothes for {s}?", "What belongs in a suitcase for {s}?", "How do people dress in {s}?", "What should a traveller wear in {s}?", "What shall I wear on a trip to {s}?", "Which clothes would you take to {s}?", "How should I dress for {s}?", "What do I have to pack for {s}?", "Name something to wear in {s}."),
        ("In {s} it is {more}, so you need {x}.", "{s} is {more}, so wear {x}.", "You need {x}, because it is {more} in {s}.", "{x}.", "Take {x}."), ("It is {more} in {s}, so people wear {x} there.",)),
    "grows": Relation(
        ("What grows in {s}?", "Which plants grow in {s}?", "What could a farmer plant in {s}?", "Name a plant that grows in {s}.", "What do you see growing in {s}?", "Tell me what grows in {s}.", "Which plants would you find in {s}?", "What can one plant in {s}?", "What comes out of the ground in {s}?",
         "What grows well in {s}?", "In {s}, what grows?", "What might grow in a garden in {s}?", "What plants like the weather of {s}?", "Which plant do you think of in {s}?", "What grows in the fields and hills of {s}?", "What would grow in {s}?", "Name something that grows in {s}.", "What does the land give in {s}?"),
        ("In {s} it is {more}, so {x} can grow there.", "{s} is {more}: {x} grow well there.", "{x}.", "It is {more} in {s}. You can see {x}."), ("It is {more} in {s}, so you can see {x}.",)),
    "month": Relation(
        ("Which season is it in {s}?", "What season is {s} in?", "{s} belongs to which season?", "In {s}, what season is it?", "It is {s}. Which season is that?", "Tell me the season of {s}.", "Is {s} in spring, summer, autumn or winter?", "To which season does {s} belong?", "The season of {s}?", "My birthday is in {s}. In which season is that?",
         "Name the season of {s}.", "If it is {s}, what season do we have?", "Is it spring or what in {s}?", "We have {s}. What season is it?", "Say the season in which {s} is.", "Which season has {s} in it?", "In what time of the year is {s}?", "What part of the year is {s}?"),
        ("{s} is in {x}.", "In {s} it is {x}.", "{x}.", "It is {x}."), ("{s} is a month of {x}.", "It was {s}, and so it was {x}.", "{x} has three months, and {s} is one of them.")),
    "weather": Relation(
        ("What is the weather like in {s}?", "How is the weather in {s}?", "Is {s} hot or cold?", "How warm is {s}?", "In {s}, what is the weather like?", "Tell me about the weather in {s}.", "What weather comes with {s}?", "What is it like outside in {s}?", "The weather in {s}?",
         "Is it warm in {s}?", "How does the air feel in {s}?", "What kind of weather do we have in {s}?", "It is {s}. How is the weather?", "Describe the weather of {s}.", "When it is {s}, how is the weather?", "How would you call the weather of {s}?", "What sort of weather is there in {s}?"),
        ("In {s} it is {x}.", "It is {x}.", "{x}.", "{s} is {x}."), ("In {s} the weather is {x}.", "{s} came, and it was {x}.")),
    "season_wear": Relation(
        ("What do I wear in {s}?", "Which clothes do I need in {s}?", "What do people wear in {s}?", "It is {s}. What shall I put on?", "What should I wear in {s}?", "Clothes for {s}?", "Tell me what to wear in {s}.", "What keeps me comfortable in {s}?", "In {s}, what do people put on?",
         "What would you wear in {s}?", "When it is {s}, what do you wear?", "I go out in {s}. What do I need to wear?", "Which clothes are right for {s}?", "What do you take out of the wardrobe in {s}?", "Name something to wear in {s}.", "How should one dress in {s}?", "What do children wear in {s}?"),
        ("In {s} it is {more}, so wear {x}.", "{x}.", "You need {x}, because it is {more}.", "In {s} people wear {x}."), ("In {s} people wear {x}.", "{s} came, and she put on {x}.")),
    "doing": Relation(
        ("What do people do in {s}?", "What can one do in {s}?", "It is {s}. What shall we do?", "What is there to do in {s}?", "Tell me what people do in {s}.", "Name something to do in {s}.", "What do children like to do in {s}?", "What is {s} good for?", "In {s}, what do people do?",
         "What would you do in {s}?", "When it is {s}, what can we do?", "What is {s} the right time for?", "How do people spend {s}?", "What could we do together in {s}?", "Which things do people do in {s}?", "What is one thing to do in {s}?", "What do we do when {s} comes?"),
        ("In {s} people {x}.", "They {x}.", "You can {x}.", "We can {x}."), ("In {s} people {x}.", "{s} is the time to {x}.")),
    "tool": Relation(
        ("What does {s} work with?", "What does {s} need for the work?", "Which tool does {s} use?", "What does {s} use?", "{s} works with what?", "Tell me what {s} needs.", "What is in the hands of {s}?", "Name a thing that {s} uses.", "With what does {s} work?",
         "What must {s} have?", "What would {s} be without? Name the tool.", "Which thing helps {s} to work?", "What does {s} take to work?", "What belongs to the work of {s}?", "I want to be {s}. What do I need?", "Which tool belongs to {s}?", "What can {s} not do without?", "What do you give {s} to work with?"),
        ("{s} works with {x}.", "{x}.", "{s} uses {x}.", "It is {x}."), ("{s} works with {x}.", "To do the work, {s} needs {x}.", "Without {x}, {s} could not work.")),
    "workplace": Relation(
        ("Where does {s} work?", "Where do you find {s}?", "What is the place of work of {s}?", "In which place does {s} work?", "I am looking for {s}. Where should I go?", "{s} works where?", "Tell me where {s} works.", "Where is {s} in the day?", "Name the place where {s} works.",
         "Where would you look for {s}?", "Where can I meet {s}?", "Where does {s} go in the morning to work?", "At what place is {s} at work?", "To which place does {s} go to work?", "The place of work of {s}?", "Where might {s} be at work?", "Where is the work of {s} done?", "In what place would you ask for {s}?"),
        ("{s} works in the {x}.", "In the {x}.", "You find {s} in the {x}.", "{x}."), ("{s} works in the {x}.", "In the {x} they met {s}.", "You need {s}? Go to the {x}.")),
}  # fmt: skip

# a rule, asked of one thing: {q} is the bare question; {so} says that it is so; the last are held out
IS_IT_SO = (
    "{q}", "{q}", "{q}", "Tell me: {q}", "{q} Yes or no?", "{so}. Is that right?", "Is it true that {so}?", "Do you think that {so}?", "{so}. True or not?", "Would you say that {so}?", "I think that {so}. Am I right?", "Can it be that {so}?", "{so}. Do you agree?", "Somebody says that {so}. Is it so?", "My brother says that {so}. Is he right?",
    "Is it right that {so}?", "Could one say that {so}?", "{so}, correct?",
)  # fmt: skip
