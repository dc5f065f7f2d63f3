"""Names, tags, notes, stars and the archive: every change that people make to runs that are there, in one place."""

import re
from collections.abc import Sequence

from lab.errors import RunError
from lab.evaluate.selection import find_runs
from lab.recipe import variant_of
from lab.recipe.names import FOLD, MOST_LETTERS, SEED
from lab.store import Run, Store
from lab.store.access import check_may_change

LONGEST_VARIANT = 180
LONGEST_TAG = 40
LONGEST_NOTE = 5000
MOST_TAGS = 20


def rename(named: str, name: str, store: Store) -> list[Run]:
    """Give a variant of a run, or a comparison, another name; returns the runs that are called by it now.

    A variant's runs of all seeds and folds go together, for they are one in every table and chart. Raises RunError.
    """
    found = find_runs([named], store)
    whole = all(run.comparison == named for run in found)
    words = _checked_name(name, MOST_LETTERS if whole else LONGEST_VARIANT)
    if whole:
        store.runs.rename({run.id: run.name for run in found}, words)
        return find_runs([named], store)
    variant = variant_of(found[0].name)
    beside = store.runs.all(comparison=found[0].comparison)
    if words != variant and any(variant_of(run.name) == words for run in beside):
        raise RunError(f"this comparison has a variant '{words}' already", do="choose another name.")
    own = [run for run in beside if variant_of(run.name) == variant]
    store.runs.rename({run.id: words + run.name[len(variant) :] for run in own})
    return list(store.runs.some(run.id for run in own).values())


def mark(
    named: Sequence[str], store: Store, *, add: Sequence[str] = (), remove: Sequence[str] = (), note: str | None = None,
    starred: bool | None = None, archived: bool | None = None,
) -> list[Run]:  # fmt: skip
    """Add and remove tags of runs (and of all runs of comparisons), and set their note, star and place in the archive
    where these are given; returns the runs. Raises RunError, and changes nothing, where anything is wrong."""
    found = find_runs(named, store)
    for run in found:
        check_may_change(run)
    added, removed = [_checked_tag(tag) for tag in add], [_checked_tag(tag) for tag in remove]
    if note is not None and len(note) > LONGEST_NOTE:
        raise RunError(f"the note has {len(note):,} letters", do=f"write at most {LONGEST_NOTE:,}.")
    ids = [run.id for run in found]
    for one in store.marks.some(ids).values():
        if len({*one.tags, *added} - set(removed)) > MOST_TAGS:
            raise RunError(f"a run has at most {MOST_TAGS} tags", do="remove some first.")
    told = None if note is None else note.strip()
    store.marks.change(ids, add=added, remove=removed, note=told, starred=starred, archived=archived)
    return found


def _checked_name(name: str, most: int) -> str:
    words = " ".join(name.split())
    if not words:
        raise RunError("a name has at least one letter", do="give one.")
    if len(words) > most:
        raise RunError(f"the name has {len(words)} letters", do=f"give at most {most}.")
    if variant_of(words) != words:
        mark = SEED if SEED in words else FOLD
        raise RunError(f"a name can't end like '{mark.strip()} 1'", do="runs of several seeds get that end themselves.")
    return words


def _checked_tag(tag: str) -> str:
    """A tag without `#` and space around it: letters, digits, `-`, `_`, `.` and `/`, in any script."""
    word = tag.strip().removeprefix("#")
    if not re.fullmatch(r"[\w./-]+", word) or len(word) > LONGEST_TAG:
        raise RunError(f"'{tag}' is no tag", do=f"write letters, digits, - _ . or /, at most {LONGEST_TAG}, no space.")
    return word
