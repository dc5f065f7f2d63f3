"""What the lab's processes log: lines for people, or with LAB_LOG=json one JSON object a line; never a secret, and no
path of where things are installed.
"""

import json
import logging
import os
import re
import sys
import time
from pathlib import Path

from lab.home import PACKAGE, PROJECT

HIDDEN = "…"
SECRET_NAMES = re.compile(r"TOKEN|PASSWORD|SECRET|API_KEY|AUTH", re.IGNORECASE)
SHORTEST = 6
"""Letters of a value from which on it is taken for a secret: '1' and 'on' are none."""
SECRETS = (
    (re.compile(r"\b(hf|sk|ghp|xox[abp])[_-][A-Za-z0-9_-]{8,}"), HIDDEN),
    (re.compile(r"(://[^/\s:@]*):[^/\s@]+@"), rf"\1:{HIDDEN}@"),
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.+/=~-]{4,}"), rf"\1 {HIDDEN}"),
    (re.compile(r"(?i)\b(password|token)(['\"]?\s*[:=]\s*['\"]?)[^\s'\"]{4,}"), rf"\1\2{HIDDEN}"),
)


def scrub(words: str) -> str:
    """A text without secrets, and without the folders of the lab, of Python and of this user."""
    for value, name in _places():
        words = words.replace(value, name)
    for value in _secrets():
        words = words.replace(value, HIDDEN)
    for pattern, instead in SECRETS:
        words = pattern.sub(instead, words)
    return words


class Plain(logging.Formatter):
    """Lines for people."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        return scrub(super().format(record))


class AsJson(logging.Formatter):
    """One JSON object a line: time (UTC, ISO 8601), level, logger, process, message, and what was raised."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + f".{int(record.msecs):03}Z",
            "level": record.levelname.lower(), "logger": record.name, "process": os.getpid(),
            "message": scrub(record.getMessage()),
        }  # fmt: skip
        if record.exc_info:
            told["raised"] = scrub(self.formatException(record.exc_info))
        return json.dumps(told, ensure_ascii=False)


def set_up(level: int = logging.WARNING) -> None:
    """Have this process log to standard error in the lab's way, whatever was set up before."""
    handler = logging.StreamHandler()
    handler.setFormatter(AsJson() if os.environ.get("LAB_LOG", "").lower() == "json" else Plain())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("lab").setLevel(min(level, logging.INFO))


def _places() -> list[tuple[str, str]]:
    """Folders that nobody needs to know, the longest first."""
    found = {str(PACKAGE): "lab", str(PROJECT): "."}
    found |= {path: "python" for path in (*sys.path, sys.prefix, sys.base_prefix) if len(path) > 4}
    found |= {str(PACKAGE): "lab", str(PROJECT): "."}
    if len(own := str(Path.home())) > 1:
        found[own] = "~"
    if named := os.environ.get("LAB_HOME"):
        found[str(Path(named).expanduser().absolute())] = "LAB_HOME"
    return sorted(found.items(), key=lambda one: -len(one[0]))


def _secrets() -> list[str]:
    return [
        value for name, value in os.environ.items()
        if SECRET_NAMES.search(name) and len(value) >= SHORTEST and not Path(value).exists()
    ]  # fmt: skip
