"""Ranks every way of tuning for somebody's answers, each with its reasons, its cost on a device, and its recipe.

Methods are judged by their cards, by what was measured, and by what they would cost; ways by their objectives; remedies
are added where one is called for. What the planner refuses is not advised.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lab.card import MethodCard, ObjectiveCard, Text
from lab.devices import parse_device, this_device
from lab.errors import RecipeError
from lab.evaluate.leaderboard import Leaderboard, Score
from lab.home import Home
from lab.models import root_base, shape_of
from lab.planning.advice.answers import HERE, Answers
from lab.planning.advice.candidates import candidates, is_measured
from lab.planning.advice.costs import Costed, costed
from lab.planning.advice.judge import Reason, reasons
from lab.planning.advice.measured import measured_on
from lab.planning.advice.own_rows import format_of
from lab.planning.advice.shown import Fields
from lab.planning.advice.told import measured_figures
from lab.planning.advice.words import note_of, title_of, way_words
from lab.planning.plans import Planned, plan
from lab.recipe import Recipe, build_recipe
from lab.store import Store

MOST = 6
OF_A_WAY = 4
"""At most so many methods for one way."""
LEAST, BEHIND = 3, 2.0
"""Beyond the first few, what is further behind the best is not shown."""
IN_NOTE = 3


@dataclass(frozen=True)
class Advice:
    """One way of tuning that is advised: what it is, what speaks for and against it, its cost, and its recipe."""

    title: Text
    method: MethodCard
    objectives: tuple[ObjectiveCard, ...]
    way: Text
    remedies: tuple[str, ...]
    share: float
    """Of the base's weights, what the method trains."""
    score: float
    """The sum of all weights: of use only beside others for the same answers."""
    reasons: tuple[Reason, ...]
    measured: Score | None
    """What the table of methods has of it, where that says something of the task."""
    planned: Planned
    note: Text
    fields: Fields
    """The recipe's plain fields, without its name and note."""

    @property
    def pros(self) -> tuple[Reason, ...]:
        return tuple(one for one in self.reasons if one.weight > 0)

    @property
    def cons(self) -> tuple[Reason, ...]:
        """What speaks against it; `method.bad` is what its card warns of besides."""
        return tuple(one for one in self.reasons if one.weight < 0)

    @property
    def recipe(self) -> Recipe:
        """Its recipe, ready to be trained."""
        return self.recipe_in("en")

    def recipe_in(self, language: str) -> Recipe:
        """Its recipe, named in that language."""
        return build_recipe({"name": self.title[language][:200], "note": self.note[language][:2000], **self.fields})


def advise(
    answers: Answers, home: Home, store: Store | None = None, board: Leaderboard | None = None, most: int = MOST
) -> list[Advice]:
    """The ways of tuning that suit these answers, best first. Raises LabError for a base or data there is not."""
    shape = shape_of(root_base(answers.base, home), home)
    device = this_device() if answers.device == HERE else parse_device(answers.device)
    scores, data = measured_on(board, answers.task, answers.base)
    found = candidates(answers, shape, scores, format_of(answers, home))
    ranked = costed(found, answers, device, home)
    if not ranked:
        raise RecipeError("no way of tuning goes with these answers", where="answers", do="change one of them.")
    named = Text(data.get("en", ""), data.get("zh", ""))
    advised = [_advice(one, answers, _score_of(one, scores), named) for one in _varied(ranked, most)]
    if store:  # times on this machine follow what it managed before
        advised = [replace(one, planned=plan(one.recipe, home, store, device)[0]) for one in advised]
    return _unsaid_first(advised)


def _score_of(one: Costed, scores: Mapping[str, Score]) -> Score | None:
    return scores.get(one.candidate.method.id) if is_measured(one.candidate.way) else None


def _unsaid_first(advised: Sequence[Advice]) -> list[Advice]:
    """The same, where each tells first what was not said of those before it."""
    said: set[str] = set()
    found = []
    for one in advised:
        told = tuple(sorted(one.reasons, key=lambda reason: (reason.says.en in said, -abs(reason.weight))))
        said |= {reason.says.en for reason in told}
        found.append(replace(one, reasons=told))
    return found


def _varied(ranked: Sequence[Costed], most: int) -> list[Costed]:
    """The best, of each family of methods one for a way, of each way a few."""
    taken: list[Costed] = []
    ways: Counter[int] = Counter()
    families: set[tuple[int, str]] = set()
    for one in ranked:
        way, family = id(one.candidate.way), one.candidate.method.family
        far = ranked[0].judgement.weight - one.judgement.weight > BEHIND
        if (way, family) in families or ways[way] == OF_A_WAY or (far and len(taken) >= LEAST):
            continue
        families.add((way, family))
        ways[way] += 1
        taken.append(one)
        if len(taken) == most:
            break
    return taken


def _advice(one: Costed, answers: Answers, score: Score | None, data: Text) -> Advice:
    candidate = one.candidate
    told = reasons(one.judgement.rules, {**one.figures, **measured_figures(score, data)})
    because = [reason.says for reason in told if reason.weight > 0][:IN_NOTE]
    return Advice(
        title=title_of(candidate), method=candidate.method, objectives=candidate.way.objectives,
        way=way_words(candidate.way), remedies=tuple(cure.id for cure in candidate.cures), share=candidate.share,
        score=round(one.judgement.weight, 3), reasons=told, measured=score, planned=one.fitted.planned,
        note=note_of(candidate.way, answers, because), fields=one.fitted.fields,
    )  # fmt: skip
