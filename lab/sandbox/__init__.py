"""What comes from outside is looked at in a process of its own that has limits of time, memory and answer.

`guarded(function, …)` calls a function there and gives back its value, or raises its LabError; whatever else happens to
that process is a LabError too. It protects the lab from what is too much, not from code: none is ever run.
"""

from lab.sandbox.guard import guarded, look_here, warm_up

__all__ = ["guarded", "look_here", "warm_up"]
