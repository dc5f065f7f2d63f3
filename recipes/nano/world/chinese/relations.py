"""What can be inferred, in Chinese: the records of relations.py with every word in Chinese, in the same order.

Rules need no copy: a `Rule` says itself in both languages (`asked_in_chinese`, `said_in_chinese`).
"""

from dataclasses import replace
from functools import lru_cache

from recipes.nano.world import relations
from recipes.nano.world.chinese.dictionary import TABLES, chinese
from recipes.nano.world.relations import Climate, Country, Season, Worker

_CLIMATE = ("name", "wear", "grows", "need", "weather")


def _said(word: str, field: str) -> str:
    return chinese(word, field) if word else ""


@lru_cache(maxsize=1)
def chinese_countries() -> tuple[Country, ...]:
    """Every country, in the order of `relations.countries()`."""
    return tuple(
        Country(
            chinese(country.name, "country"),
            chinese(country.capital, "capital"),
            _said(country.continent, "continent"),
            _said(country.language, "language"),
            _said(country.climate, "climate"),
            _said(country.food, "dish"),
            _said(country.animal, "animal"),
        )
        for country in relations.countries()
    )


@lru_cache(maxsize=1)
def chinese_climates() -> dict[str, Climate]:
    """Each climate by its Chinese name."""
    found = relations.climates().values()
    said = [Climate(*(chinese(getattr(climate, field), "climate") for field in _CLIMATE)) for climate in found]
    return {climate.name: climate for climate in said}


@lru_cache(maxsize=1)
def chinese_seasons() -> tuple[Season, ...]:
    """The four seasons, spring first."""
    return tuple(
        replace(
            season,
            name=chinese(season.name, "calendar"),
            months=tuple(chinese(month, "calendar") for month in season.months),
            **{field: chinese(getattr(season, field), "season") for field in ("weather", "doing", "wear", "nature")},
        )
        for season in relations.seasons()
    )


@lru_cache(maxsize=1)
def chinese_workers() -> tuple[Worker, ...]:
    """Every job with its tool, in the order of `relations.workers()`."""
    return tuple(
        Worker(
            chinese(worker.job, "job"), chinese(worker.work, "work"), chinese(worker.place, "workplace"), _tool(worker)
        )
        for worker in relations.workers()
    )


def _tool(worker: Worker) -> str:
    return TABLES["tool"].get(worker.tool) or _said(worker.tool, "name")
