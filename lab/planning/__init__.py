"""From a recipe to queued runs and what they will cost: checks, estimates, parameter budgets. Starts no process.

`plan` and `submit` are plain functions on a recipe and the store; `cost` and `parameter_budget` are pure arithmetic.
Loads no torch.
"""

from lab.planning.forks import fork, settle_forks
from lab.planning.plans import Planned, plan
from lab.planning.queue import remove, resume, submit

__all__ = ["Planned", "fork", "plan", "remove", "resume", "settle_forks", "submit"]
