"""Who speaks in a file that is brought in, and how much of that a visitor may bring."""

import time
from collections.abc import Callable, Sequence

from lab.store import Feedback, Store
from lab.visitors import current
from lab.visitors.fair import DAY, check
from lab.visitors.keys import pseudonym
from lab.visitors.visitor import BROWSER, MEMBER


def brought_by(store: Store | None) -> Callable[[str], str]:
    """What the raters of a file are called here: for the lab's owner as it says, and by who they are where it has the
    pseudonyms of this lab's exports; a visitor's are theirs, so that nobody speaks for somebody else."""
    me = current()
    if not me.owns_lab:
        return lambda name: f"{me.id} {name}"[:100]
    people = store.ratings.raters() if store else []
    known = {
        pseudonym(store.home, one.rater): one.rater for one in people if one.rater.startswith((BROWSER, MEMBER))
    } if store else {}  # fmt: skip
    return lambda name: known.get(name, name)


def check_share(store: Store, ratings: Sequence[Feedback]) -> None:
    """Raise LimitError where a visitor takes in more than they may."""
    me = current()
    if me.owns_lab:
        return
    since, when = time.time() - DAY, "take in fewer now, and come back in 24 hours."
    (mine, names), (every, all_names) = store.ratings.brought(me.id, since), store.ratings.brought(None, since)
    new, said = len(ratings), {rating.rater for rating in ratings}
    check(me, "imported_votes", mine + new, every + new, of="votes from files within a day", when=when)
    check(me, "raters", len(names | said), len(all_names | said), of="raters in files",
          when="give them fewer names; waiting does not help.")  # fmt: skip
