"""A part of the page drawn by our own JavaScript, which asks Python through endpoints: checked in, plain JSON out.

Whatever goes wrong in an endpoint reaches the page as one sentence; what is not the user's to mend is logged too.
"""

import functools
import logging
import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import gradio as gr
from pydantic import BaseModel, ConfigDict, ValidationError

from lab.data.bad_rows import BadRowsError
from lab.errors import LabError, message_of
from lab.model_ref import RUN_ID
from lab.ui.doors import check_door
from lab.ui.notes import note_words
from lab.ui.scripts import scripts
from lab.visitors import Visitor, current

logger = logging.getLogger(__name__)
ONE_RUN = rf"^{RUN_ID}$"
"""What the page may send as the id of a run or of a comparison."""
ANYBODY = "anybody"
"""Who rates where nothing says who does."""
PATHS = re.compile(r"(?<![\w:/.…])/(?:[\w.@ -]+/)+")
"""The folders of an absolute path in a sentence."""
Endpoint = Callable[[Any], Any]

MOUNT = """
import(new URL("%s", document.baseURI)).then((main) => {
  main.mount(element.querySelector('[data-component]'), server, upload);
});
"""


class Request(BaseModel):
    """What an endpoint is asked; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Q = TypeVar("Q", bound=Request)


def component(name: str, endpoints: Sequence[Endpoint] = ()) -> gr.HTML:
    """A place in the page for the script of that name, and the endpoints it may call.

    A function: for each subclass of a component Gradio writes a stub into the folder of its source.
    """
    return gr.HTML(
        value="", html_template=f'<div class="lab-component" data-component="{name}"></div>',
        js_on_load=MOUNT % scripts().address(), server_functions=list(endpoints), apply_default_css=False,
        elem_id=f"component-{name}",
    )  # fmt: skip


def endpoint(kind: type[Q]) -> Callable[[Callable[[Any, Q], Any]], Callable[[Any, Any], Any]]:
    """A method the page may call: its one argument is checked as `kind`, and problems become {"problem": sentence}.

    Where rows of a file are bad, `bad` says how many and why.
    """

    def wrap(method: Callable[[Any, Q], Any]) -> Callable[[Any, Any], Any]:
        @functools.wraps(method)
        def answer(self: Any, asked: Any = None) -> Any:
            me = current()
            try:
                check_door(method.__name__, me)
                return method(self, _signed(kind.model_validate(asked or {}), me))
            except BadRowsError as problem:
                return {"problem": _open_words(str(problem), me), "bad": _told(problem)}
            except LabError as problem:
                return _problem(str(problem), me)
            except (OSError, MemoryError) as problem:
                logger.exception("the endpoint %s failed", method.__name__)
                return _problem(message_of(problem), me)
            except ValidationError as problem:
                return {"problem": f"The page asked for something unknown ({_first(problem)}). Reload the page."}
            except Exception:
                logger.exception("the endpoint %s failed", method.__name__)
                return {"problem": "Something went wrong inside the lab. Its log says more; trying again does no harm."}

        return answer

    return wrap


def _signed(asked: Q, me: Visitor) -> Q:
    """A question with who asks it as its rater: whom a cookie names, and nobody else. Without a page (a notebook, a
    test) it is whom the question names."""
    if "rater" not in type(asked).model_fields:
        return asked
    rater = me.id or getattr(asked, "rater", "") or ANYBODY
    return asked.model_copy(update={"rater": rater})


def _problem(sentence: str, me: Visitor) -> dict[str, Any]:
    """A sentence for the page; `said` has it in every language where others than English have words for it."""
    shown = _open_words(sentence, me)
    said = note_words(shown)
    return {"problem": shown} | ({"said": said} if len(said) > 1 else {})


def _open_words(problem: str, me: Visitor) -> str:
    """A sentence without the paths of this machine, but for its owner."""
    return problem if me.owns_lab else PATHS.sub("…/", problem)


def without_paths(said: Any) -> Any:
    """The same without the folders of this machine that its texts name."""
    if isinstance(said, dict):
        return {key: without_paths(one) for key, one in said.items()}
    if isinstance(said, list | tuple):
        return [without_paths(one) for one in said]
    return PATHS.sub("…/", said) if isinstance(said, str) else said


def endpoints_of(tab: Any, *names: str) -> list[Endpoint]:
    """The named endpoints of a tab, as plain functions (Gradio marks the functions it may call)."""
    return [_plain(getattr(tab, name), name) for name in names]


def _plain(method: Endpoint, name: str) -> Endpoint:
    def call(asked: Any = None) -> Any:
        return method(asked)

    call.__name__ = name
    return call


def _told(problem: BadRowsError) -> dict[str, Any]:
    """Bad rows as the page shows them, beside a button to go on without them."""
    where = problem.table
    return {"where": where, "count": problem.bad.count, "rows": problem.rows, "reasons": problem.bad.reasons(where)}


def _first(problem: ValidationError) -> str:
    error = problem.errors()[0]
    return f"{'.'.join(map(str, error['loc']))}: {error['msg']}"
