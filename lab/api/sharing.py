"""Giving things away: models, data sets and comparisons to the Hub, the lab itself as a Space."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lab.errors import RunError
from lab.home import Home
from lab.store import Run, Store
from lab.store.access import is_private

if TYPE_CHECKING:
    from lab.hub import Pushed
    from lab.space import Staged


BUNDLE = "bundle"
"""The form of a comparison that another lab takes in."""


class Sharing:
    """What `Lab` can give away. The login is that of the Hub's own client (`hf auth login`, or HF_TOKEN)."""

    home: Home
    store: Store

    def push(
        self, what: str | Run | Sequence[str | Run], repo: str, *, form: str | None = None, type: str = "f16",
        private: bool | None = None, over: bool = False,
    ) -> "Pushed":  # fmt: skip
        """Put a run's model on the Hub, or, of a comparison or of several runs, what they came to, as a data set.

        `form` (and `type`, of a GGUF) is the model's, as in `export`; `bundle`: a comparison with what another lab can
        take in. Public unless `private`; what learned from files of your own, and a bundle (it holds votes), asks you
        to say which. `over` replaces a repository that the lab did not write. Raises LabError.
        """
        from lab.hub import push_comparison, push_model

        named = [_id(one) for one in ([what] if isinstance(what, str | Run) else what)]
        runs = [run for one in named for run in self.store.runs.all(comparison=one) or [self.store.runs.get(one)]]
        hidden = _hidden(runs, private, votes=form == BUNDLE)
        if form == BUNDLE:
            if len({run.comparison for run in runs}) > 1:
                raise RunError("a bundle is of one comparison", where="RUN", do="name one.")
            return push_comparison([runs[0].comparison], repo, self.store, bundle=True, private=hidden, over=over)
        if len(named) == 1 and not self.store.runs.all(comparison=named[0]):
            return push_model(runs[0].id, repo, self.store, form=form, type=type, private=hidden, over=over)
        if form is not None:
            raise RunError("a comparison has no form: its figures, curves and samples are pushed", where="--as",
                           do="name one run to push its model, or take --as bundle.")  # fmt: skip
        return push_comparison(named, repo, self.store, private=hidden, over=over)

    def push_data(self, name: str, repo: str, *, private: bool = False, over: bool = False) -> "Pushed":
        """Put a data set (built in, or a file) on the Hub as the lab reads it, held-out rows apart. Raises LabError."""
        from lab.hub import push_data

        return push_data(name, repo, self.home, private=private, over=over)

    def stage_space(
        self, folder: str | Path, *, hardware: str = "cpu", runs: Sequence[str] = (), **more: Any
    ) -> "Staged":
        """Make a folder that is a Hugging Face Space with this lab, and with these runs and comparisons to look at.

        `more`: title, description, sign_in. Raises LabError.
        """
        from lab.space import stage_space

        return stage_space(Path(folder), self.store, hardware=hardware, runs=runs, **more)

    def push_space(
        self, folder: str | Path, repo: str, *, private: bool = False, keep: str | None = None, over: bool = False
    ) -> "Pushed":
        """Put a staged folder on the Hub as the Space `repo`, or bring that up to date. Raises LabError."""
        from lab.space import push_space

        return push_space(Path(folder), repo, private=private, keep=keep, over=over)


def _hidden(runs: Sequence[Run], private: bool | None, votes: bool = False) -> bool:
    """Whether the repository is to be private; raises RunError where that must be said."""
    if votes and private is None:
        raise RunError(
            "a bundle holds what people voted, and on what", do="say --private, or --public if all may read it."
        )
    own = [run for run in runs if is_private(run)]
    if own and private is None:
        raise RunError(f"run '{own[0].id}' ({own[0].name}) learned from a file of yours, and may repeat what is in it",
                       do="say --private, or --public if everybody may have it.")  # fmt: skip
    return bool(private)


def _id(run: str | Run) -> str:
    return run.id if isinstance(run, Run) else run
