"""`Lab`: one lab's folder and store, with everything that can be asked of it.

Each method is a few lines around the package that does it. A page gives it a supervisor and a client that live as long
as the page; a notebook or the terminal needs neither: runs are carried out while one waits, models answer right here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lab.api.answering import Reply, answerer_here, ask, find_models
from lab.api.carrying import Carrying, RecipeSource
from lab.api.choosing import check_choice, furthest_apart, most_open
from lab.api.collecting import Collected, check_split, collect
from lab.api.comparing import runs_of
from lab.api.keeping import Keeping, marked
from lab.api.sharing import Sharing
from lab.api.tokens import ModelSurprise, row_tokens, surprise_of, surpriser_here
from lab.data.questions import questions
from lab.devices import parse_device
from lab.errors import RunError, nearest
from lab.evaluate.leaderboard import read_leaderboard
from lab.evaluate.leaders import Leader, leaders
from lab.evaluate.paired import Difference
from lab.evaluate.pooled import Pooled
from lab.evaluate.task_scores import pooled
from lab.evaluate.versus import versus
from lab.executors.elsewhere import Elsewhere
from lab.executors.endings import close_if_alone
from lab.executors.processes.supervisor import Supervisor
from lab.feedback.collection.collector import PairCollector
from lab.feedback.collection.pairs import Answerer, PairRequest
from lab.feedback.ranking import Ranking, rank_sums
from lab.feedback.scripted import rater_name
from lab.feedback.tally import tally_of
from lab.generate import Sampling
from lab.home import Home, find_home
from lab.planning import Planned, plan
from lab.planning.advice import Advice, advise, answers_for
from lab.planning.checks import check_data
from lab.planning.token_view import TokenView
from lab.recipe import DataChoice
from lab.serving.client import InferenceClient
from lab.serving.scoring import Scorer, judged_by
from lab.store import Feedback, Run, Store

if TYPE_CHECKING:
    import pandas

THUMBS = ("good", "bad", "none")
NOTEBOOK = "notebook"
"""Who gives ratings that don't say who gave them."""


class Lab(Carrying, Keeping, Sharing):
    """One lab; a context manager that closes its store."""

    def __init__(
        self, home: Home, store: Store, supervisor: Supervisor | None = None, client: InferenceClient | None = None,
        elsewhere: Elsewhere | None = None,
    ):  # fmt: skip
        self.home, self.store, self.supervisor, self.client = home, store, supervisor, client
        self.elsewhere = elsewhere

    @classmethod
    def open(cls, folder: str | Path | None = None) -> "Lab":
        """The lab in `folder`; by default LAB_HOME, or `.lab` in the working folder."""
        home = Home(Path(folder)) if folder else find_home()
        return cls(home, Store(home))

    def close(self) -> None:
        self.store.close()

    def __enter__(self) -> "Lab":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def check(self, recipe: RecipeSource, overrides: Sequence[str] = (), device: str | None = None) -> list[Planned]:
        """What would run, and what it would cost; its data is read. Raises LabError, and starts nothing.

        `device` is what it would run on, such as "24 GB" or "RTX 4090"; this machine where none is named.
        """
        planned = plan(self.recipe(recipe, overrides), self.home, self.store, parse_device(device) if device else None)
        notes = check_data([one.run for one in planned], self.home)
        return [replace(one, notes=(*one.notes, *told)) for one, told in zip(planned, notes, strict=True)]

    def advise(self, **answers: Any) -> list[Advice]:
        """Which ways of tuning suit a task, the best first, each with reasons, its cost, and a `recipe` to train.

        `answers`: task, labels, amount (or a number of rows), keep, people, deliver, device, base, data; what is left
        out is as usual, or told by the rows of `data`. `lab.planning.advice.QUESTIONS` has what may be answered. Raises
        LabError.
        """
        return advise(answers_for(answers, self.home), self.home, self.store, read_leaderboard())

    def run(self, run_id: str) -> Run:
        """One run by its id, or by the beginning of it; raises RunError."""
        return self.store.runs.get(run_id)

    def runs(
        self, comparison: str | None = None, *, tag: str | None = None, starred: bool | None = None,
        archived: bool | None = None,
    ) -> list[Run]:  # fmt: skip
        """All runs, or those of one comparison, by their marks where these are given; in the order they were queued."""
        self.close_abandoned()
        return marked(self.store.runs.all(comparison=comparison), self.store, tag, starred, archived)

    def close_abandoned(self) -> None:
        """Close the runs that a lab process left running when it died, unless another one supervises them now."""
        close_if_alone(self.store)

    def table(self, runs: Iterable[str | Run] | None = None) -> "pandas.DataFrame":
        """What runs came to, a row a run."""
        from lab.api.tables import run_table

        return run_table(self.runs() if runs is None else [self.store.runs.get(_id(run)) for run in runs])

    def leaders(self, comparison: str) -> dict[str, Leader]:
        """By figure the best variant of a comparison, and whether it is ahead of the next by more than chance."""
        return leaders(runs_of([comparison], self.store))

    def differences(self, comparison: str, against: str) -> dict[str, dict[str, Difference]]:
        """How far the variants of a comparison differ from one of them, paired over seeds and questions."""
        return versus(runs_of([comparison], self.store), against)

    def pooled(self, *comparisons: str, against: str | None = None) -> Pooled | None:
        """What variants come to over the tasks of one comparison or of several: interquartile mean and probability of
        improvement on `against`, or on the best; None where there are not two tasks."""
        return pooled(runs_of(comparisons, self.store), against)

    def curves(self, runs: Iterable[str | Run]) -> "pandas.DataFrame":
        """Every point of their curves: columns run, curve, step, value."""
        from lab.api.tables import curve_table

        return curve_table([_id(run) for run in runs], self.store)

    def chat(self, prompt: str | Sequence[Mapping[str, str]], *models: str | Run, **sampling: Any) -> list[Reply]:
        """The whole answers of base models and runs to one prompt (or conversation), side by side.

        `sampling`: temperature (0, the likeliest words, where none is given), top_p, max_new_tokens, seed, as
        `lab.generate.Sampling`. Raises LabError.
        """
        named = find_models([_id(model) for model in models], self.store)
        messages = [{"role": "user", "content": prompt}] if isinstance(prompt, str) else [dict(one) for one in prompt]
        return ask(named, messages, Sampling(**{"temperature": 0.0} | sampling), self.answerer, self.store)

    def surprise(
        self, text: str, *models: str | Run, prompt: str | Sequence[Mapping[str, str]] = ()
    ) -> list[ModelSurprise]:
        """How surprising a text is to base models and runs, token by token, and what each would have written instead.

        With a `prompt` (or a conversation) it is read as the answer to that. Raises LabError.
        """
        named = find_models([_id(model) for model in models], self.store)
        context = [{"role": "user", "content": prompt}] if isinstance(prompt, str) else [dict(one) for one in prompt]
        return surprise_of(named, text, context, self.client.surprise if self.client else surpriser_here(self.home))

    def tokens(self, data: str | Mapping[str, Any], row: int = 1, **settings: Any) -> TokenView:
        """A row of a data set as a trainer reads it: each token, and whether it is learned, only read, or cut off.

        `settings`: objective, base, max_length, options (of the objective). Raises LabError.
        """
        return row_tokens(data, self.home, row, **settings)

    def rate(self, answer: str, thumb: str, *, rater: str = NOTEBOOK, reason: str = "") -> Feedback:
        """Give an answer a thumb: good, bad, or none to take it back; raises RunError."""
        if thumb not in THUMBS:
            raise RunError(f"'{thumb}' is no verdict", where="VERDICT", do=nearest(thumb, THUMBS))
        if self.store.ratings.answer(answer) is None:
            raise RunError(f"there is no answer '{answer}'", where="ANSWER", do="`lab chat … --json` gives the ids.")
        return self.store.ratings.rate(Feedback("thumb", answer, rater, thumb, answer, reason=reason))

    def collect(
        self, *models: str | Run, pairs: int = 100, data: str = "prompts", split: str = "train", language: str = "en",
        raters: Sequence[str] = (), judge: str | None = None, candidates: int = 1, **sampling: Any,
    ) -> Iterator[Collected]:  # fmt: skip
        """Make pairs of answers by one model (which answers twice) or two, and have scripted raters vote on them.

        With several `candidates`, each pair is chosen among the answers of so many pairs to the same question: the two
        about which the votes so far say least, or with a reward model as `judge` ('run:<id>') those whose scores are
        furthest apart. Neither has saved half of the votes, see docs/ranking.md.

        Yields the running totals; what was made stays when one stops listening. Raises LabError.
        """
        for rater in raters:
            rater_name(rater)
        wanted = check_split(split)
        if not 1 <= len(models) <= 2:
            raise RunError(f"{len(models)} are named", where="RUN", do="name one, which answers twice, or two.")
        settings = Sampling(**{"temperature": 1.0, "max_new_tokens": 48} | sampling)
        names = [_id(model) for model in models]
        check_choice(names, candidates, judge)
        found = find_models(names, self.store)
        asked = questions([DataChoice(name=data, language=language)], self.home, settings.seed, wanted)
        request = PairRequest(found[names[0]], found[names[-1]], tuple(asked), data, pairs, settings,
                              candidates=candidates)  # fmt: skip
        choose = furthest_apart(self.scorer(judge)) if judge else most_open(self.store) if candidates > 1 else None
        return collect(request, raters, self.store, self.answerer, choose)

    def votes(self) -> "pandas.DataFrame":
        """What every rater last said of every pair of answers, a row a vote."""
        from lab.api.tables import vote_table

        return vote_table(self.store)

    def ranking(self) -> Ranking:
        """Who leads by all votes, and how surely."""
        with tally_of(self.store).look() as tally:
            return rank_sums(tally.votes.by["all"])

    @cached_property
    def answerer(self) -> Answerer:
        """Who answers: the page's inference server, or else this process."""
        return self.client.answer if self.client else answerer_here(self.home)

    def scorer(self, judge: str) -> Scorer:
        """Scores by the reward model `run:<id>`: the page's inference server has it, or else this process."""
        return partial(self.client.score, judge) if self.client else judged_by(judge, self.home)

    @cached_property
    def collector(self) -> PairCollector:
        """Makes pairs of answers in the background; one for all tabs, so that each sees what another has begun."""
        return PairCollector(self.store, lambda *request: self.answerer(*request))


def _id(run: str | Run) -> str:
    return run if isinstance(run, str) else run.id
