"""Whom a call of a program serves. Gradio carries calls out in tasks of its own, where nobody is served any more; what
travels with a call is its request, and into that the entrance writes who it is.
"""

import functools
import inspect
import json
import logging
from collections.abc import Callable
from typing import Any, get_type_hints

import gradio as gr
from pydantic import BaseModel, ValidationError, create_model

from lab.errors import LabError, message_of, shown
from lab.home import is_shared
from lab.ui.component import PATHS
from lab.ui.doors import check_call
from lab.visitors import Role, Visitor, acting, current

logger = logging.getLogger(__name__)
HEADER = "x-lab-visitor"
NOBODY = Visitor("", Role.VISITOR, "", known=False)
Headers = list[tuple[bytes, bytes]]


def named(headers: Headers, visitor: Visitor) -> Headers:
    """The headers of a request with who it is from; what a browser or a program says of that itself is left out."""
    said = json.dumps({"id": visitor.id, "role": int(visitor.role), "name": visitor.name, "known": visitor.known})
    others = [(name, value) for name, value in headers if name.lower() != HEADER.encode()]
    return [*others, (HEADER.encode(), said.encode())]


def caller(request: gr.Request | None) -> Visitor:
    """Who calls. Without a page around it (a test) that is who is served now; in a shared lab a call that did not come
    through the entrance is nobody's."""
    said = request.headers.get(HEADER) if request is not None else None
    if not said:
        return NOBODY if is_shared() else current()
    told = json.loads(said)
    return Visitor(told["id"], Role(told["role"]), told["name"], told["known"])


def call(method: Callable[..., Any]) -> Callable[..., Any]:
    """A method that programs may call: as its caller, where that is open to them. A problem is told in a sentence."""
    places, asked = inspect.signature(method), _asked_of(method)

    @functools.wraps(method)
    def answer(self: Any, *given: Any, **more: Any) -> Any:
        named = places.bind(self, *given, **more).arguments
        visitor = caller(named.get("request"))
        try:
            with acting(visitor):
                check_call(method.__name__, visitor)
                checked = asked.model_validate({name: named[name] for name in asked.model_fields if name in named})
                return method(self, **{name: getattr(checked, name) for name in asked.model_fields})
        except ValidationError as problem:
            first = problem.errors()[0]
            where = ".".join(map(str, first["loc"]))
            raise gr.Error(str(LabError(f"{shown(first['input'])} is not allowed", where=where, do=f"{first['msg']}.")),
                           print_exception=False) from None  # fmt: skip
        except LabError as problem:
            raise gr.Error(_open_words(str(problem), visitor), print_exception=False) from None
        except (OSError, MemoryError) as problem:
            logger.exception("the call %s failed", method.__name__)
            raise gr.Error(_open_words(message_of(problem), visitor), print_exception=False) from None
        except Exception:
            logger.exception("the call %s failed", method.__name__)
            raise gr.Error("Something went wrong inside the lab; its log says more.", print_exception=False) from None

    return answer


def _asked_of(method: Callable[..., Any]) -> type[BaseModel]:
    """What a call is given, by its parameters without Gradio's own: values of another kind are refused."""
    places, kinds = inspect.signature(method).parameters, get_type_hints(method)
    fields: dict[str, Any] = {
        name: (kinds[name], ... if place.default is inspect.Parameter.empty else place.default)
        for name, place in places.items() if name not in ("self", "request")
    }  # fmt: skip
    return create_model(f"{method.__name__} call", **fields)


def _open_words(problem: str, visitor: Visitor) -> str:
    return problem if visitor.owns_lab else PATHS.sub("…/", problem)
