"""A lab that others use, as its web application answers it: no server, no browser, no training."""

from gradio.routes import App
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from lab.api import Lab
from lab.home import Home
from lab.limits import UPLOAD_BYTES
from lab.store import Store
from lab.ui.entrance import Entrance
from lab.ui.gate import Gate
from lab.ui.launch import routes_of
from lab.ui.page import build
from lab.visitors.keys import owner_key
from lab.visitors.sessions import Sessions

RECIPE = {"base": "nano", "data": [{"name": "cuisine"}], "variants": [{"name": "LoRA", "method": "lora"}],
          "budget": {"steps": 20}}  # fmt: skip


class Nobody:
    """Stands where a supervisor would: nothing is carried out."""

    def wake(self) -> None: ...


class Client:
    """Stands where the models answer: it says nothing, until it is stopped."""

    def answer(self, *_asked):
        yield from ()

    def stop(self, _request): ...


class SharedLab:
    """The page over one lab, built once; `app` has it answered anew, as the environment is now."""

    def __init__(self, root, client=None):
        self.home = Home(root / "home")
        self.store = Store(self.home)
        self.lab = Lab(self.home, self.store, Nobody(), client)
        self.page = build(self.lab)
        self.page.max_file_size = UPLOAD_BYTES  # as `launch` sets it
        self.places: dict[str, int] = {}
        """Where each endpoint is asked, by its name, or by its component's name and its own ("talk.stop")."""
        for block in self.page.blocks.values():
            for name, one in vars(block).items():
                if getattr(one, "_is_server_fn", None) is True:
                    self.places.setdefault(name, block._id)
                    self.places[f"{block.elem_id.removeprefix('component-')}.{name}"] = block._id

    def app(self, **entrance) -> App:
        middleware = [Middleware(Gate), Middleware(Entrance, home=self.home, **entrance)]
        return App.create_app(self.page, app_kwargs={"routes": routes_of(self.lab), "middleware": middleware})

    def visit(self, app, cookies=True, https=False) -> "Visit":
        return Visit(self, app, cookies, https)

    def owner(self, app) -> "Visit":
        visit = self.visit(app)
        assert visit.web.post("/enter", json={"password": owner_key(self.home)}).status_code == 200
        return visit

    def close(self):
        self.store.close()


class Visit:
    """One browser."""

    def __init__(self, lab, app, cookies=True, https=False):
        self.lab = lab
        self.web = TestClient(app, base_url=f"http{'s' * https}://127.0.0.1", follow_redirects=False)
        if cookies:
            self.web.get("/robots.txt")  # brings the cookie, as the page does
        self.keeps = cookies

    def become(self, other: "Visit"):
        """Come with somebody's cookies, and no others."""
        self.web.cookies.clear()
        self.web.cookies.update(dict(other.web.cookies))
        return self

    def send(self, name, /, **asked):
        if not self.keeps:
            self.web.cookies.clear()
        body = {
            "data": asked,
            "component_id": self.lab.places[name],
            "fn_name": name.rpartition(".")[2],
            "session_hash": "tests",
        }
        return self.web.post("/gradio_api/component_server", json=body)

    def ask(self, name, /, **asked):
        answer = self.send(name, **asked)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def problem(self, name, /, **asked):
        return self.ask(name, **asked).get("problem", "")

    def train(self, **changes):
        """Queue one run and return its id, or the problem."""
        said = self.ask("start", fields=RECIPE | changes)
        if "problem" in said:
            return said["problem"]
        return self.lab.store.runs.all(comparison=said["comparison"])[0].id

    @property
    def id(self):
        """Who this is, as their cookie says."""
        sessions = Sessions(self.lab.home)
        return sessions.read(dict(self.web.cookies)[sessions.cookie]).id
