"""Where runs are carried out and conversations answered: the queue, the supervisor, the warm processes it forks.

`plan`, `submit`, `resume` and `remove` are plain functions on the store; `Supervisor` (or `Inline`) carries runs out;
`Chat` answers. This side of the room imports no torch; `zygote`, `worker` and `talker` live in processes of their own.
"""

from lab.jobs.chat import Chat
from lab.jobs.inline import Inline
from lab.jobs.plan import Planned, plan, remove, resume, submit
from lab.jobs.supervisor import Supervisor

__all__ = ["Chat", "Inline", "Planned", "Supervisor", "plan", "remove", "resume", "submit"]
