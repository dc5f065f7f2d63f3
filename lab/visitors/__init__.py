"""Who is who: the owner of a lab, members who entered it, and visitors whom it knows by a cookie alone.

Nothing here knows of runs, data or the page: those ask `current()` whom they serve, and refuse what is not theirs.
Whoever does not come through the page (a terminal, a notebook, the supervisor) is the owner.
"""

from lab.visitors.visitor import LOCAL, Role, Visitor, acting, current, visitor_of

__all__ = ["LOCAL", "Role", "Visitor", "acting", "current", "visitor_of"]
