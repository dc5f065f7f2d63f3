"""Where things lie on disk. The only file that builds paths.

A `Home` is made once at each entry point (command line, app, test) and passed down; nothing else reads LAB_HOME.
"""

import contextlib
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from lab.errors import RunError
from lab.model_ref import RUN_ID

PACKAGE = Path(__file__).resolve().parent
PROJECT = PACKAGE.parent
"""The checkout; means nothing where the lab was installed from a wheel."""


def _shipped(name: str) -> Path:
    """A folder that comes with the lab: inside the package in a wheel, beside it in a checkout."""
    return packed if (packed := PACKAGE / f"_{name}").is_dir() else PROJECT / name


ASSETS = _shipped("assets")
RECIPES = _shipped("recipes")


@dataclass(frozen=True)
class Home:
    """The lab's folder: database, runs, cached models, uploaded data, logs."""

    root: Path

    def __post_init__(self) -> None:
        object.__setattr__(self, "root", Path(self.root).expanduser().absolute())
        self.root.mkdir(parents=True, exist_ok=True)

    @property
    def database_url(self) -> str:
        return os.environ.get("LAB_DATABASE_URL") or f"sqlite:///{self.root / 'lab.db'}"

    @property
    def models(self) -> Path:
        return self._made(self.root / "models")

    @property
    def uploads(self) -> Path:
        return self._made(self.root / "uploads")

    @property
    def cache(self) -> Path:
        return self._made(self.root / "cache")

    @property
    def supervisor_lock(self) -> Path:
        return self.root / "supervisor.lock"

    @property
    def supervisor_log(self) -> Path:
        return self.root / "supervisor.log"

    @property
    def machine(self) -> str:
        """Who carries out runs here. The lock holds for one home, so the home is the name; hosts change theirs."""
        return f"{self._lasting_id}:{self.root}"[:200]

    @property
    def _lasting_id(self) -> str:
        """A few letters made once for this home: two machines with the same path may share a database."""
        file = self.root / "home-id"
        if not file.exists():
            new = file.with_suffix(f".{os.getpid()}")
            new.write_text(secrets.token_hex(4))
            with contextlib.suppress(FileExistsError):
                os.link(new, file)  # the first one counts
            new.unlink()
        return file.read_text()

    def run(self, run_id: str) -> "RunFolder":
        """The folder of one run; raises RunError for anything that is not a run id (no path can be smuggled in)."""
        if not re.fullmatch(RUN_ID, run_id):
            raise RunError(f"'{run_id}' is not a run id", do="`lab runs` lists the runs.")
        return RunFolder(self.root / "runs" / run_id)

    def _made(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        return folder


@dataclass(frozen=True)
class RunFolder:
    """What one run leaves on disk."""

    root: Path

    @property
    def recipe(self) -> Path:
        return self.root / "recipe.yaml"

    @property
    def log(self) -> Path:
        return self.root / "log.txt"

    @property
    def learned(self) -> Path:
        """What the run and those it builds on have learned: see `lab.data.learned`."""
        return self.root / "learned.bin"

    def thinks(self, index: int) -> Path:
        """There where stage `index` has learned to think before it answers: see `lab.data.thoughts`."""
        return self.root / f"stage-{index}.thinks"

    def stage(self, index: int) -> Path:
        """The finished weights of stage `index`: an adapter or a whole model, with its tokenizer."""
        return self.root / f"stage-{index}"

    def checkpoints(self, index: int) -> Path:
        """The trainer's own folder for stage `index`: checkpoints to resume from."""
        return self.root / f"stage-{index}-checkpoints"


def is_public() -> bool:
    """Whether strangers use this lab (LAB_PUBLIC=1, as on a public Space): what is its owner's is closed to them."""
    return os.environ.get("LAB_PUBLIC", "") not in ("", "0")


def find_home() -> Home:
    """LAB_HOME if set, else /data on a Space that has it, else .lab in the working folder."""
    if named := os.environ.get("LAB_HOME"):
        return Home(Path(named))
    if os.environ.get("SPACE_ID") and os.access("/data", os.W_OK):
        return Home(Path("/data"))
    return Home(Path(".lab"))
