"""What each endpoint of the page asks of whoever calls it. One that is not listed here is open to the owner alone.

A test walks the page and the table: a new endpoint without a line here fails it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from lab.errors import LabError
from lab.visitors import Role, Visitor


@dataclass(frozen=True)
class Door:
    """Who may call an endpoint; and whether it makes work or keeps something, for which one must be known again."""

    role: Role = Role.VISITOR
    makes: bool = False


LOOK = Door()
"""Reads what everybody may see, or what is the caller's own: `lab.store.access` and `Conversations` judge which."""
MAKE = Door(makes=True)
"""Queues, asks, keeps or changes something of the caller's own, within their share."""
OWN = Door(Role.OWNER, makes=True)
"""In the owner's name, outside this lab."""

DOORS: Mapping[str, Door] = {
    # who one is
    "whoami": LOOK,
    # the guided tour
    "taste": LOOK,
    # the disk
    "disk": LOOK,
    # Learn
    "map": LOOK, "try_it": LOOK, "questions": LOOK, "advise": LOOK, "measured": LOOK,
    # Train, Overfitting
    "choices": LOOK, "preview": LOOK, "peek": LOOK, "tokens": LOOK, "fields_from": LOOK, "columns": LOOK,
    "pulls": LOOK, "pull": OWN, "stop_pull": OWN, "start": MAKE, "upload": MAKE,
    # runs
    "watch": LOOK, "list_runs": LOOK, "details": LOOK, "moved": LOOK, "settings": LOOK, "pictures": LOOK,
    "versus": LOOK, "sweep": LOOK, "pooled": LOOK, "fork_form": LOOK, "curves": LOOK,
    "list_comparisons": LOOK, "thumbnails": LOOK, "removal": LOOK, "diff": LOOK, "mark": MAKE, "rename": MAKE,
    "remove": MAKE, "stop": MAKE, "resume": MAKE, "fork": MAKE, "delete": MAKE,
    "take_home": MAKE, "give": MAKE, "bring_in": OWN,
    # Compare
    "players": LOOK, "suggestions": LOOK, "tally": LOOK, "stream": LOOK, "reveal": LOOK, "surprise": MAKE,
    "open": MAKE, "ask": MAKE, "rate": MAKE,
    # Arena, RLHF
    "standings": LOOK, "stations": LOOK, "agreement": MAKE, "as_fields": LOOK,
    "estimate": LOOK, "recorded": LOOK,
    "matchup": MAKE, "vote": MAKE, "undo": MAKE, "ask_own": MAKE, "script": MAKE,
    "start_script": MAKE, "stop_script": MAKE, "submit": MAKE, "begin_round": MAKE,
    # feedback in files
    "export": LOOK, "import_file": MAKE, "push": OWN,
}  # fmt: skip

CALLS: Mapping[str, Door] = {
    "catalogue": LOOK, "check": LOOK, "follow": LOOK, "table": LOOK,
    "submit": MAKE, "stop": MAKE, "ask": MAKE, "vote": MAKE,
}  # fmt: skip
"""What each call of `lab.ui.programs` asks of who calls."""


def check_door(name: str, visitor: Visitor) -> None:
    """Raise LabError where an endpoint is not open to a visitor."""
    _check(DOORS.get(name, OWN), visitor)


def check_call(name: str, visitor: Visitor) -> None:
    """Raise LabError where a program may not call that for a visitor."""
    _check(CALLS.get(name, OWN), visitor)


def _check(door: Door, visitor: Visitor) -> None:
    if visitor.owns_lab:
        return
    if visitor.role < door.role:
        raise LabError("only the lab's owner can do that")
    if door.makes and not visitor.known:
        raise LabError("this lab tells its visitors apart by a cookie, and yours did not come back",
                       do="allow cookies here, and reload the page.")  # fmt: skip
