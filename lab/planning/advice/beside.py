"""The first of what is advised as one comparison: methods for the same way, side by side."""

from collections.abc import Mapping, Sequence

from lab.card import Text
from lab.errors import RecipeError
from lab.planning.advice.ranking import Advice
from lab.planning.advice.shown import Fields
from lab.recipe import Recipe, build_recipe

MOST = 3
NOTE = Text(
    "The first {n} that were advised, each as it would be trained alone. {first}",
    "推荐的前 {n} 种方案，各按单独训练时的设置并排比较。{first}",
)


def together(advised: Sequence[Advice]) -> tuple[Mapping[str, Recipe], int]:
    """A recipe with the first few that go the way of the very first, in each language, and how many they are; none
    where that is alone."""
    alike = [one for one in advised if one.way == advised[0].way and one.objectives == advised[0].objectives][:MOST]
    if len(alike) < 2:
        return {}, len(alike)
    fields = _joined([one.fields for one in alike])
    found = {}
    for code in ("en", "zh"):
        names = [one.method.name[code] for one in alike]
        name = f"{', '.join(names)}: {alike[0].way.en}" if code == "en" else f"{'、'.join(names)}：{alike[0].way.zh}"
        note = NOTE[code].format(n=len(alike), first=alike[0].note[code])
        try:
            found[code] = build_recipe({"name": name[:200], "note": note[:2000], **fields})
        except RecipeError:
            return {}, 1
    return found, len(alike)


def _joined(some: Sequence[Fields]) -> Fields:
    """One set of fields with a variant each: what differs from the first stands with the variant."""
    shared = {name: value for name, value in some[0].items() if name != "variants"}
    own = ("base", "seed", "evaluate", "variants")
    variants = []
    for fields in some:
        differs = {name: value for name, value in fields.items() if name not in own and shared.get(name) != value}
        variants.append({**fields["variants"][0], **({} if fields["variants"][0].get("stages") else differs)})
    return shared | {"variants": variants}
