"""Facts of countries, climates, seasons and jobs in Chinese, named `kind:English name`; what follows from a climate too."""

from recipes.nano.world import relations
from recipes.nano.world.chinese.askings import Fact
from recipes.nano.world.chinese.grammar import key_for
from recipes.nano.world.chinese.relations import (
    chinese_climates,
    chinese_countries,
    chinese_seasons,
    chinese_workers,
)

# places where one works on or beside, not in
AT_WORK = {"家": "别人家里", "马路": "马路上", "飞机": "飞机上", "大海": "大海上", "街道": "街道上", "舞台": "舞台上", "书桌": "书桌旁", "草地": "草地上", "屋顶": "屋顶上",
           "铁路": "铁路上", "轮船": "轮船上", "沙滩": "沙滩上"}  # fmt: skip


# kinds that go by another name in English: what is held out there is held out here
IN_ENGLISH = {"native": "beast", "season_weather": "weather", "season_doing": "doing"}


def _fact(kind: str, name: str, value: str, **slots: str) -> Fact:
    return Fact(kind, key_for(value), tuple((slots | {"value": value}).items()), f"{IN_ENGLISH.get(kind, kind)}:{name}")


def _of_countries() -> list[Fact]:
    found, climates = [], chinese_climates()
    for source, country in zip(relations.countries(), chinese_countries(), strict=True):
        own = {"continent": country.continent, "language": country.language, "climate": country.climate,
               "dish": country.food, "native": country.animal}  # fmt: skip
        found += [_fact(kind, source.name, value, country=country.name) for kind, value in own.items() if value]
        if country.climate:
            climate = climates[country.climate]
            follows = {"wear": climate.wear, "grows": climate.grows, "need": climate.need, "rains": climate.weather}
            # where it is mild nothing is needed above all, and there is no word on the rain
            found += [_fact(kind, source.name, value, country=country.name, climate=country.climate)
                      for kind, value in follows.items() if source.climate != "mild" or kind in ("wear", "grows")]  # fmt: skip
    return found


def _of_seasons() -> list[Fact]:
    found = []
    for source, season in zip(relations.seasons(), chinese_seasons(), strict=True):
        for month, said in zip(source.months, season.months, strict=True):
            slots = (("month", said), ("season", season.name))
            found.append(Fact("season_of", season.name, slots, f"month:{month}"))
        said_of = {"season_weather": season.weather, "season_doing": season.doing, "season_wear": season.wear,
                   "season_nature": season.nature}  # fmt: skip
        found += [_fact(kind, source.name, value, season=season.name, weather=season.weather)
                  for kind, value in said_of.items()]  # fmt: skip
    return found


def at_work(place: str) -> str:
    """Where one is when one works there: 医院, 飞机上."""
    return AT_WORK.get(place, place)


def _of_workers() -> list[Fact]:
    found = []
    for source, worker in zip(relations.workers(), chinese_workers(), strict=True):
        where = at_work(worker.place)
        found.append(_fact("workplace", f"a {source.job}", where, job=worker.job))
        if worker.tool:
            found.append(_fact("tool", f"a {source.job}", worker.tool, job=worker.job))
    return found


def facts_about_the_world() -> list[Fact]:
    """Every fact of countries, seasons and jobs."""
    return _of_countries() + _of_seasons() + _of_workers()
