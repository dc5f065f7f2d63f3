"""What the corpus draws from in each language, and in which shares."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from recipes.nano.world import (
    choices,
    facts,
    feelings,
    inferring,
    instructions,
    lists,
    numbers,
    pairs,
    phrasings,
    stories,
    talk,
    turns,
)
from recipes.nano.world.chinese import choices as chinese_choices
from recipes.nano.world.chinese import facts as chinese_facts
from recipes.nano.world.chinese import feelings as chinese_feelings
from recipes.nano.world.chinese import followups as chinese_turns
from recipes.nano.world.chinese import inferring as chinese_inferring
from recipes.nano.world.chinese import instructions as chinese_instructions
from recipes.nano.world.chinese import lists as chinese_lists
from recipes.nano.world.chinese import numbers as chinese_numbers
from recipes.nano.world.chinese import phrasings as chinese_phrasings
from recipes.nano.world.chinese import stories as chinese_stories
from recipes.nano.world.chinese import talk as chinese_talk
from recipes.nano.world.chinese import translation
from recipes.nano.world.shapes import Document, Question, Split

AskMaker = Callable[[random.Random, Split], Question]
DocumentMaker = Callable[[random.Random], Document]


@dataclass(frozen=True)
class Language:
    """The makers of questions and of other documents with their shares (a story is some ten times as long as a question).

    `slow_to_learn` says how much oftener a question is asked in training; `frames` are what may stand around one ({q});
    `instruct` asks for a form of the answer, which is a figure of its own.
    """

    questions: Mapping[AskMaker, float]
    slow_to_learn: Mapping[AskMaker, float]
    documents: Mapping[DocumentMaker, float]
    frames: tuple[str, ...]
    instruct: AskMaker


ENGLISH = Language(
    questions={
        facts.question: 48, choices.yes_or_no: 10, choices.listing: 7, numbers.arithmetic: 9, numbers.word_problem: 3,
        numbers.comparison: 4, numbers.counting: 5, feelings.question: 7, talk.rewriting: 5, talk.reading: 9,
        lists.question: 3, pairs.question: 5, instructions.question: 12, inferring.question: 10,
    },
    slow_to_learn={
        numbers.arithmetic: 1.7, numbers.word_problem: 2.0, talk.reading: 3.0, lists.question: 3.0,
        choices.yes_or_no: 1.3, choices.listing: 1.8, pairs.question: 1.6, instructions.question: 1.3,
    },
    documents={
        stories.document: 24, talk.story_on_request: 9, talk.continuation: 3, facts.tell: 30, facts.about: 5,
        numbers.tell: 2, talk.small_talk: 5, talk.advice: 5, talk.feeling_reply: 2, feelings.tell: 2,
        turns.conversation: 14, inferring.tell: 8,
    },
    frames=phrasings.FRAMES,
    instruct=instructions.question,
)  # fmt: skip
CHINESE = Language(
    questions={
        chinese_facts.question: 48, chinese_choices.yes_or_no: 10, chinese_choices.listing: 7,
        chinese_numbers.arithmetic: 9, chinese_numbers.word_problem: 3, chinese_numbers.comparison: 4,
        chinese_numbers.counting: 5, chinese_feelings.question: 7, chinese_talk.rewriting: 5, chinese_talk.reading: 9,
        chinese_lists.question: 3, translation.question: 8, chinese_instructions.question: 12,
        chinese_inferring.question: 8,
    },
    slow_to_learn={
        chinese_numbers.arithmetic: 1.7, chinese_numbers.word_problem: 2.0, chinese_talk.reading: 3.0,
        chinese_lists.question: 3.0, chinese_choices.yes_or_no: 1.3, chinese_choices.listing: 1.8,
        chinese_instructions.question: 1.3,
    },
    documents={
        chinese_stories.document: 24, chinese_stories.story_on_request: 9, chinese_stories.continuation: 3,
        chinese_facts.tell: 30, chinese_facts.about: 5, chinese_facts.conversation: 7, chinese_numbers.tell: 2,
        chinese_talk.small_talk: 5, chinese_talk.advice: 5, chinese_talk.feeling_reply: 2, chinese_feelings.tell: 2,
        translation.tell: 4, chinese_turns.document: 7, chinese_inferring.tell: 5,
    },
    frames=chinese_phrasings.FRAMES,
    instruct=chinese_instructions.question,
)  # fmt: skip
LANGUAGES = {"en": ENGLISH, "zh": CHINESE}
