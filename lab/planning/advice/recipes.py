"""What a way of tuning looks like as a recipe that can be trained at once: plain fields, with example rows in the place
of somebody's own.
"""

from collections.abc import Sequence
from typing import Any

from lab.card import MethodCard, ObjectiveCard
from lab.data import data_cards
from lab.data.augment import READ
from lab.data.builtin.retain import CARD as RETAIN
from lab.data.builtin.retain import RETAIN_WEIGHT
from lab.data.mix import SPOKEN
from lab.model_ref import ModelRef
from lab.planning.advice.answers import Answers
from lab.planning.advice.examples import table
from lab.planning.advice.shown import Fields, settings_of, teaching_stages
from lab.planning.advice.traits import needs
from lab.planning.advice.ways import MIXED_IN, Cure, Way
from lab.recipe import usual_rate

STEPS = {"few": 0.5, "some": 1.0, "many": 2.0}
"""How many steps of the built-in recipe's so much data gets: few rows are soon learned by heart."""
FEWEST_STEPS = 30
MIXED_STEPS, MIXED_RATE = 1.5, 0.5
"""Where old questions are mixed in: some more steps at a lower rate (recipes/process/keep_what_it_knew.yaml)."""


def fields_of(
    way: Way, method: MethodCard, cures: Sequence[Cure], answers: Answers, parameters: int, rate: float | None = None
) -> Fields:
    """The fields of a recipe with one variant, without its name; `rate` is one that was measured to be good."""
    stages = _stages(way, method, answers)
    last = stages[-1]
    if rate is not None and last["method"] == method.id:
        last["learning_rate"] = rate
    for cure in cures:
        _add_cure(cure, last, stages, answers, usual_rate(last["method"], last["objective"], parameters))
    evaluate = settings_of(way.last.id)["evaluate"]
    if way.kind == "parts":
        evaluate = evaluate | {"tasks": True}
    shared: Fields = {"base": answers.base, "seed": 0} | ({"evaluate": evaluate} if evaluate else {})
    variant: Fields = {"name": method.name.en}
    if len(stages) > 1:
        return shared | {"data": last["data"], "variants": [variant | {"stages": stages}]}
    own = {name: last.pop(name) for name in ("method", "remedy", "learning_rate", "early_stop") if name in last}
    return shared | last | {"variants": [variant | own]}


def can_take(cure: Cure, way: Way, answers: Answers, format_: str | None) -> bool:
    """Whether the rows of what is learned last are of a kind that a remedy can do something with; `format_` is that of
    somebody's own rows, None where it is not known."""
    last = way.last
    if cure == MIXED_IN:
        able = not (last.rewarded or last.taught) and "prompt_completion" in last.formats
        return able and (answers.data is None or format_ in SPOKEN)
    if "made_rows" in cure.traits:
        named = _listed(_stages(way, None, answers)[-1]["data"])
        formats = {format_} if answers.data else {data_cards()[_name(one)].format for one in named}
        return formats <= {*SPOKEN, *READ} - {"text"}
    return True


def examples(way: Way, answers: Answers) -> tuple[str, ...]:
    """The names of built-in data that stand in for somebody's own rows."""
    data = [stage["data"] for stage in _stages(way, None, answers)]
    names = [_name(one) for some in data for one in _listed(some)]
    return tuple(name for name in dict.fromkeys(names) if name != answers.data)


def _stages(way: Way, method: MethodCard | None, answers: Answers) -> list[Fields]:
    chosen = method.id if method else ""
    if way.kind == "parts":
        return [_stage(way.last, chosen, answers) | {"data": data} for data in _parts(answers)]
    stages = [_stage(one, chosen, answers) for one in way.objectives]
    if way.last.taught:
        stages[-1:] = _taught(way.last, stages[-1])
    if way.kind == "reward_model":  # it learned from the pairs, which the policy's questions have nothing to do with
        stages[-1] |= {"data": table()["rewards"]["usual"]["data"], "reward": "stage:0"}
    if answers.data and way.kind != "reward_model":
        stages[-1]["data"] = answers.data
    elif answers.data:
        stages[0]["data"] = answers.data
    return stages


def _stage(objective: ObjectiveCard, method: str, answers: Answers) -> Fields:
    shown = settings_of(objective.id)
    budget = dict(shown["budget"])
    if not objective.rewarded:
        budget["steps"] = max(FEWEST_STEPS, round(budget["steps"] * STEPS[answers.amount]))
    stage: Fields = {
        "objective": objective.id,
        "method": method,
        "data": _example(objective, answers),
        "budget": budget,
    }
    if shown["options"]:
        stage["options"] = shown["options"]
    if objective.rewarded:
        stage |= _rewards(answers)
    if objective.gives == "score":  # it stands beside what is tuned, and is trained as the lab's own recipe does it
        stage |= {name: shown[name] for name in ("method", "knobs", "learning_rate") if name in shown}
    return stage


def _taught(objective: ObjectiveCard, stage: Fields) -> list[Fields]:
    """A teacher of its own for the example, where nobody names a larger model; then what learns from it."""
    before, teacher = teaching_stages(objective.id)
    return [{"data": stage["data"], "budget": stage["budget"]} | one for one in before] + [stage | {"teacher": teacher}]


def _add_cure(cure: Cure, last: Fields, stages: list[Fields], answers: Answers, usual: float) -> None:
    """Put a remedy into the last stage; what begins a new adapter, or holds weights, into all from the second on."""
    if cure == MIXED_IN:
        last["data"] = [*_listed(last["data"]), {"name": RETAIN.id, "weight": RETAIN_WEIGHT}]
        last["budget"] = last["budget"] | {"steps": round(last["budget"]["steps"] * MIXED_STEPS)}
        last["learning_rate"] = float(f"{last.get('learning_rate', usual) * MIXED_RATE:.1e}")
        return
    into = stages[1:] if "needs_past" in cure.traits and len(stages) > 1 else [last]
    for name, value in cure.fields:
        for stage in into:
            stage[name] = [*_listed(stage["remedy"]), value] if name == "remedy" and "remedy" in stage else value


def _example(objective: ObjectiveCard, answers: Answers) -> Any:
    """The built-in rows that stand in for somebody's own: by the task, in a format that the objective learns from."""
    tables = (table()["tasks"].get(answers.task, {}), table()["usual"])
    formats = [one for one in objective.formats if one != "text" or needs(objective) == "nothing"]
    return next(some[format_] for some in tables for format_ in formats if format_ in some)


def _rewards(answers: Answers) -> Fields:
    known = table()["rewards"]
    return dict(known.get(answers.task, known["usual"]))


def _parts(answers: Answers) -> list[Any]:
    """Rows that come one after the other: what was learned earlier, unless the base is a run that learned it."""
    parts, own = table()["parts"], answers.data or None
    if answers.task == "arriving" and own is None:
        return list(parts)
    later = own or table()["tasks"].get(answers.task, {}).get("prompt_completion") or parts[1]
    return [later] if ModelRef.parse(answers.base).run else [parts[0], later]


def _name(choice: Any) -> str:
    return choice if isinstance(choice, str) else str(choice["name"])


def _listed(data: Any) -> list[Any]:
    return list(data) if isinstance(data, list) else [data]
