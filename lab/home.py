"""Where things lie on disk. The only file that builds paths.

A `Home` is made once at each entry point (command line, app, test) and passed down; nothing else reads LAB_HOME.
"""

import contextlib
import os
import re
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

from lab.errors import LabError, RunError, in_words
from lab.model_ref import RUN_ID

PACKAGE = Path(__file__).resolve().parent
PROJECT = PACKAGE.parent
"""The checkout; means nothing where the lab was installed from a wheel."""


def _shipped(name: str) -> Path:
    """A folder that comes with the lab: inside the package in a wheel, beside it in a checkout."""
    return packed if (packed := PACKAGE / f"_{name}").is_dir() else PROJECT / name


REMOTE = ("fuse", "nfs", "9p", "cifs")
"""How kinds of file systems begin that lie on another machine."""
ASSETS = _shipped("assets")
RECIPES = _shipped("recipes")


@dataclass(frozen=True)
class Home:
    """The lab's folder: database, runs, cached models, uploaded data, logs."""

    root: Path

    def __post_init__(self) -> None:
        object.__setattr__(self, "root", Path(self.root).expanduser().absolute())
        try:
            self.root.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            raise LabError("there is a file where the lab's folder is to be", where=self.root,
                           do="move it away, or set another LAB_HOME.") from None  # fmt: skip
        except OSError as problem:
            raise in_words(problem) from None

    @property
    def database_url(self) -> str:
        return os.environ.get("LAB_DATABASE_URL") or f"sqlite:///{self.root / 'lab.db'}"

    @property
    def models(self) -> Path:
        return self._made(self.root / "models")

    @property
    def uploads(self) -> Path:
        return self._made(self.root / "uploads")

    def uploads_of(self, visitor: str | None) -> Path:
        """The uploads of a visitor, by the mark of their runs; of the lab's owner for None."""
        if visitor is None:
            return self.uploads
        if not re.fullmatch(r"[\w-]{4,60}", visitor):
            raise LabError("that is no visitor's id")
        return self._made(self.of_visitors / visitor)

    @property
    def of_visitors(self) -> Path:
        """The folder with a folder of uploads for each visitor who has any."""
        return self.root / "uploads" / ".visitors"

    @property
    def cache(self) -> Path:
        return self._made(self.root / "cache")

    @property
    def received(self) -> Path:
        """What browsers have just sent, before it is looked at; whatever stays is emptied after an hour."""
        return self.root / "received"

    @property
    def reserve(self) -> Path:
        """A folder that takes up space, which is given up when the disk is full."""
        return self.root / "reserve"

    @property
    def secret(self) -> Path:
        """What cookies are signed with: see `lab.visitors.keys`."""
        return self.root / "secret"

    @property
    def supervisor_lock(self) -> Path:
        return self.root / "supervisor.lock"

    def lock_of(self, executor: str) -> Path:
        """The lock of who carries out runs on other machines by that executor, beside the home's supervisor."""
        return self.root / f"supervisor-{executor}.lock"

    def machine_of(self, executor: str) -> str:
        """Who has taken the runs that are carried out on other machines by that executor."""
        return f"{executor}@{self.machine}"[:200]

    def supervisors(self) -> list[tuple[Path, str]]:
        """The locks of all who may carry out runs of this home, each with the name it takes them by."""
        names = [file.stem.removeprefix("supervisor-") for file in sorted(self.root.glob("supervisor-*.lock"))]
        beside = [(self.lock_of(name), self.machine_of(name)) for name in names]
        return [(self.supervisor_lock, self.machine), *beside]

    @property
    def supervisor_log(self) -> Path:
        return self.root / "supervisor.log"

    @property
    def lab_id(self) -> str:
        """Eight hexadecimal letters that tell this lab from others, and nothing else."""
        return self._lasting_id

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
    def heartbeat(self) -> Path:
        """Touched by the worker after each step."""
        return self.root / "heartbeat"

    @property
    def tensorboard(self) -> Path:
        """What a run that reports to TensorBoard writes: `tensorboard --logdir` reads it."""
        return self.root / "tensorboard"

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


def path_there(text: str | Path) -> Path | None:
    """The path that a text names where something is there; None too for what can be no path (too long, a user `~` that
    nobody is)."""
    try:
        path = Path(text).expanduser()
        return path if path.exists() else None
    except (OSError, ValueError, RuntimeError):
        return None


def is_public() -> bool:
    """Whether strangers use this lab: on a Space, unless LAB_PUBLIC=0 says no, and wherever LAB_PUBLIC=1 says so.

    What is its owner's is closed to them then.
    """
    said = os.environ.get("LAB_PUBLIC", "").strip().lower()
    return bool(os.environ.get("SPACE_ID")) if not said else said not in ("0", "no", "off", "false")


def is_shared() -> bool:
    """Whether others than its owner use this lab: strangers, or a class that enters with passwords."""
    return is_public() or os.environ.get("LAB_SHARED", "") == "1"


def find_home() -> Home:
    """LAB_HOME if set, else .lab in the working folder. On a Space: its disk at /data if it has one, else where it can
    write."""
    if named := os.environ.get("LAB_HOME"):
        return Home(Path(named))
    if not os.environ.get("SPACE_ID"):
        return Home(Path(".lab"))
    if os.access("/data", os.W_OK) and not is_bucket(Path("/data")):
        return Home(Path("/data"))
    places = (Path(".lab"), Path.home() / ".lab")
    return Home(next((one for one in places if os.access(one.parent, os.W_OK)), Path(tempfile.gettempdir()) / "lab"))


def is_bucket(folder: Path, mounts: Path = Path("/proc/mounts")) -> bool:
    """Whether a folder is mounted from elsewhere, such as a bucket of the Hub: a place to keep copies in, and none for
    a database that is written to all the time."""
    try:
        lines = [line.split() for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines()]
    except OSError:
        return False
    return any(len(line) > 2 and line[1] == str(folder) and line[2].startswith(REMOTE) for line in lines)
