"""Who looks at the page, and what they may do: for its header."""

import os
from typing import Any

from pydantic import Field

from lab.data.hub import HUB_ID
from lab.home import is_shared
from lab.ui.component import Request, endpoint
from lab.ui.entrance import renew
from lab.visitors import current


class Who:
    """The endpoint."""

    class Asked(Request):
        """The name that this browser made up for itself under an earlier version of the lab, if it did."""

        old: str | None = Field(None, pattern=r"^browser-[0-9a-f]{16}$")

    @endpoint(Asked)
    def whoami(self, asked: "Who.Asked") -> dict[str, Any]:
        """Role and name, and of a Space its name on the Hub, to duplicate it by.

        Where the lab is one person's own, their browser's old name goes on to be theirs: elsewhere it may have been
        given away.
        """
        me = current()
        if asked.old and not is_shared():
            renew(asked.old)
        told: dict[str, Any] = {"role": me.role.name.lower(), "name": me.name, "shared": is_shared()}
        space = os.environ.get("SPACE_ID", "")
        return told | ({"space": space} if HUB_ID.fullmatch(space) else {})
