"""The scripts' one route: every module with its type and for good, by the hash of them all; nothing else is there."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from lab.home import ASSETS
from lab.ui import theme
from lab.ui.scripts import CHART_LIBRARY, scripts


@pytest.fixture(scope="module")
def client():
    return TestClient(Starlette(routes=scripts().routes()))


def test_every_module_of_the_folder_is_served_as_javascript_and_kept_for_good(client):
    paths = {file.relative_to(ASSETS / "js").as_posix() for file in (ASSETS / "js").rglob("*.js")}
    assert scripts().modules.keys() == paths | {CHART_LIBRARY} and len(paths) > 40
    for path in scripts().modules:
        answer = client.get("/" + scripts().address(path))
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/javascript; charset=utf-8")
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.content == scripts().modules[path]


@pytest.mark.parametrize(
    "path",
    ["", "nothing.js", "../css/10_base.css", "%2e%2e/words/languages.yaml", "/etc/passwd", "core", "..%2f..%2fapp.py"],
)
def test_nothing_else_is_served(client, path):
    assert client.get("/" + scripts().address(path)).status_code == 404


def test_an_older_pages_scripts_are_gone_instead_of_mixed(client):
    assert client.get("/scripts/0123456789abcdef/main.js").status_code == 404
    assert client.post("/" + scripts().address()).status_code == 405


def test_the_page_has_its_modules_fetched_at_once_and_its_words_as_data():
    head = theme.head()
    needed = scripts().needed()
    assert head.count('rel="modulepreload"') == len(needed)
    assert {"main.js", "rlhf/rlhf.js", CHART_LIBRARY} <= set(needed)
    assert "replay.js" not in needed and {"look/share.js", "comparison/table.js"} <= set(scripts().needed("look.js"))
    assert head.count("<script") == 1 and 'type="application/json" id="lab-words"' in head
    words = head.split('id="lab-words">')[1].split("</script>")[0]
    assert "<" not in words and "方法" in words
