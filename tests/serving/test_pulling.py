"""Models fetched in the background: a process each, whose words and bytes are told, and which can be stopped."""

import subprocess
import sys
import time

import pytest

from lab.api import Lab
from lab.errors import ModelError
from lab.serving import pulling
from lab.serving.pulling import Pulls
from lab.ui.pulling import Pulling
from lab.visitors import acting, visitor_of

SCRIPT = r"""
import sys, os, pathlib, time
pathlib.Path(os.environ["TMPDIR"], "part").write_bytes(b"x" * 100_000)
print("downloading it from somewhere", file=sys.stderr, flush=True)
time.sleep({seconds})
print('''{{"error": {error}}}''')
sys.exit({code})
"""


@pytest.fixture
def pulls(home, monkeypatch):
    """Pulls whose process is a script of ours: `pulls.script` sets how long it takes and how it ends."""
    real = subprocess.Popen

    def popen(command, **more):
        assert command[1:] == ["-m", "lab.cli", "models", "pull", "smollm2-135m", "--json"]
        return real([sys.executable, "-c", SCRIPT.format(**made.ends)], **more)

    monkeypatch.setattr(pulling.subprocess, "Popen", popen)
    made = Pulls(home)
    made.ends = {"seconds": 0, "error": "null", "code": 0}
    return made


def until(pulls, state):
    for _ in range(600):
        (one,) = pulls.all()
        if one.state == state:
            return one
        time.sleep(0.05)
    raise AssertionError(one)


def test_a_pull_is_followed_to_its_end(pulls):
    pulls.start("smollm2-135m")
    done = until(pulls, "done")
    assert (done.error, done.words) == (None, "downloading it from somewhere") and done.total > 100_000_000


def test_a_pull_that_fails_says_why_and_can_be_tried_again(pulls):
    pulls.ends |= {"code": 1, "error": '"the Hub is far away"'}
    pulls.start("smollm2-135m")
    assert until(pulls, "failed").error == "the Hub is far away"
    pulls.ends["code"] = 0
    pulls.start("smollm2-135m")
    assert until(pulls, "done").error is None


def test_a_pull_tells_its_bytes_is_begun_once_and_is_stopped(pulls, home):
    pulls.ends["seconds"] = 60
    pulls.start("smollm2-135m")
    pulls.start("smollm2-135m")
    for _ in range(600):
        if pulls.all()[0].words and pulls.all()[0].bytes >= 100_000:
            break
        time.sleep(0.05)
    assert len(pulls.all()) == 1 and pulls.all()[0].bytes >= 100_000
    pulls.stop("smollm2-135m")
    assert until(pulls, "stopped").error is None and pulls._works["smollm2-135m"].process.wait(30) != 0


def test_the_page_pulls_what_is_in_the_catalogue_and_nothing_for_strangers(store, home, pulls):
    lab = Lab(home, store)
    lab.__dict__["pulls"] = pulls
    page = Pulling(lab)
    assert page.pulls() == {"pulls": {}, "here": ["nano"]}
    assert "no model 'rm -rf'" in page.pull({"model": "rm -rf"})["problem"]
    with acting(visitor_of("browser-aaaa")):
        assert "only the lab's owner" in page.pull({"model": "smollm2-135m"})["problem"]
    assert page.pull({"model": "smollm2-135m"})["pulls"]["smollm2-135m"]["state"] == "working"
    until(pulls, "done")
    with pytest.raises(ModelError, match="no model"):
        pulls.start("nothing")
