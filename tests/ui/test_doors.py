"""Every door of the page has a decision: who may call it. One without fails here; what is closed is closed."""

import pytest

from lab.ui.doors import DOORS, LOOK, MAKE, OWN, check_door
from lab.ui.entering import ROUTES
from lab.ui.entrance import PAGE, PROGRAMS, STILL
from lab.visitors import Role, Visitor
from tests.ui.shared_lab import SharedLab

CLOSED = {
    "/openapi.json", "/login", "/login/", "/logout", "/gradio_api/deep_link", "/monitoring", "/monitoring/summary",
    "/monitoring/{key}", "/gradio_api/user", "/gradio_api/user/", "/gradio_api/token", "/gradio_api/token/",
    "/gradio_api/dev/reload", "/gradio_api/runs", "/gradio_api/runs/", "/gradio_api/run-history/connect",
    "/gradio_api/run-history/buckets", "/gradio_api/run-history/records", "/gradio_api/openapi.json",
    "/gradio_api/run-history/records/{endpoint}/{record_id}/assets/{asset_id}", "/gradio_api/proxy={url_path:path}",
    "/gradio_api/custom_component/{id}/{environment}/{type}/{file_name}", "/gradio_api/file={path_or_url:path}",
    "/gradio_api/file/{path:path}", "/gradio_api/stream/{event_id}", "/gradio_api/stream/{event_id}/close",
    "/gradio_api/stream/{session_hash}/{run}/{component_id}/playlist.m3u8", "/gradio_api/reset", "/gradio_api/reset/",
    "/gradio_api/stream/{session_hash}/{run}/{component_id}/{segment_id}.{ext}", "/gradio_api/cancel",
    "/gradio_api/stream/{session_hash}/{run}/{component_id}/playlist-file", "/gradio_api/run/{api_name}",
    "/gradio_api/run/{api_name}/", "/gradio_api/api/{api_name}", "/gradio_api/api/{api_name}/",
    "/gradio_api/call/v2/{api_name}", "/gradio_api/call/v2/{api_name}/", "/gradio_api/call/{api_name}",
    "/gradio_api/call/{api_name}/", "/gradio_api/call/{api_name}/{event_id}",
    "/gradio_api/call/v2/{api_name}/{event_id}", "/gradio_api/queue/status",
    "/gradio_api/process_recording", "/gradio_api/vibe-edit", "/gradio_api/vibe-edit/", "/gradio_api/undo-vibe-edit",
    "/gradio_api/undo-vibe-edit/", "/gradio_api/vibe-code", "/gradio_api/vibe-code/",
    "/gradio_api/vibe-starter-queries", "/gradio_api/vibe-starter-queries/",
}  # fmt: skip
"""What Gradio answers and visitors have no use for."""
CALLING = {"/gradio_api/queue/join", "/gradio_api/queue/data"}
"""Where programs call: for members and the owner."""


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    lab = SharedLab(tmp_path_factory.mktemp("doors"))
    yield lab
    lab.close()


def paths_of(routes):
    for route in routes:
        if hasattr(route, "path"):
            yield route.path
        else:
            yield from paths_of(route.original_router.routes)


def filled(path):
    """An address that a route with places in it answers."""
    while "{" in path:
        before, _, rest = path.partition("{")
        path = f"{before}x1{rest.partition('}')[2]}"
    return path


def test_every_endpoint_of_the_page_has_a_decision_and_none_is_of_the_past(shared):
    assert {name.rpartition(".")[2] for name in shared.places} == set(DOORS)
    assert len(DOORS) > 50


def test_every_route_of_gradio_is_the_pages_or_closed(shared):
    routes = set(paths_of(shared.app().routes))
    opened = {path for path in routes if PAGE.fullmatch(filled(path)) or STILL.fullmatch(filled(path))}
    assert {path for path in routes if PROGRAMS.fullmatch(filled(path))} == CALLING
    assert routes - opened - CLOSED - CALLING == set(), "a new route: open it in lab/ui/entrance.py, or close it here"
    assert routes >= CLOSED and not opened & CLOSED
    assert len(routes) > 70 and not set(ROUTES) & routes


def test_closed_routes_answer_nobody_but_the_owner(shared, monkeypatch):
    monkeypatch.setenv("LAB_PUBLIC", "1")
    app = shared.app()
    guest, owner = shared.visit(app), shared.owner(app)
    for path in sorted(CLOSED):
        assert guest.web.get(filled(path)).status_code == 404, path
        assert guest.web.post(filled(path), json={}).status_code == 404, path
    for path in (*CALLING, "/gradio_api/mcp/", "/gradio_api/mcp/schema"):
        assert guest.web.get(path).status_code == guest.web.post(path, json={}).status_code == 403, path
    assert guest.web.get("/gradio_api/file=/etc/passwd").json() == {"detail": "There is nothing here."}
    assert owner.web.get("/openapi.json").status_code == 200
    assert owner.web.get("/gradio_api/file=/etc/passwd").status_code == 403


def test_an_endpoint_without_a_decision_is_the_owners():
    guest = Visitor("browser-1", Role.VISITOR)
    with pytest.raises(Exception, match="only the lab's owner"):
        check_door("something_new", guest)
    check_door("something_new", Visitor("browser-1", Role.OWNER))
    for name, door in DOORS.items():
        if door.role <= Role.VISITOR:
            check_door(name, guest)
    assert {DOORS["push"], DOORS["start"], DOORS["watch"]} == {OWN, MAKE, LOOK}


def test_who_keeps_no_cookie_only_looks(shared, monkeypatch):
    monkeypatch.setenv("LAB_PUBLIC", "1")
    nobody = shared.visit(shared.app(), cookies=False)
    for name, door in DOORS.items():
        if door == MAKE:
            assert "tells its visitors apart by a cookie" in nobody.problem(name), name
    assert nobody.ask("list_runs") == {"runs": [], "owner": False}
    nobody.web.cookies.clear()
    sent = nobody.web.post("/gradio_api/upload", files={"files": ("a.csv", b"a,b\n1,2\n")})
    assert sent.status_code in (403, 411)
