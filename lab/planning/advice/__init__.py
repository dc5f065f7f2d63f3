"""Which way of tuning suits a task: a few answers in, ranked ways out, each with reasons and a recipe to train.

`answers` are the questions, `rules.yaml` is all that is judged by, `traits` what a rule may look at, `ways` objectives
and remedies put together, `candidates` those with methods, `recipes` what each looks like as a recipe; `ranking` ties
them together.
"""

from lab.planning.advice.answers import QUESTIONS, Answers
from lab.planning.advice.beside import together
from lab.planning.advice.judge import Reason
from lab.planning.advice.own_rows import answers_for
from lab.planning.advice.ranking import Advice, advise

__all__ = ["QUESTIONS", "Advice", "Answers", "Reason", "advise", "answers_for", "together"]
