"""What other programs may call, through `gradio_client` or as tools of an MCP server: the calls below and no others.

Their names, parameters and what they give back are promised in docs/api.md; their docstrings are what a model reads
that is given them as tools.
"""

import hashlib
import time
from typing import Any, Literal

import gradio as gr
from gradio.events import api

from lab.api import Lab
from lab.api.answering import find_models
from lab.api.records import run_record
from lab.errors import RunError
from lab.evaluate.selection import select_runs
from lab.feedback.matchups import Matchup, vote
from lab.generate import Pane, Sampling
from lab.planning.open_to import check_model_open
from lab.recipe import parse_recipe
from lab.serving.conversations import Conversation, Conversations
from lab.store import Answer, Pair, Run
from lab.store.shapes import plain
from lab.ui.callers import call
from lab.ui.component import ANYBODY, without_paths
from lab.ui.costs import costs_of
from lab.ui.match_requests import TYPED
from lab.ui.offered import Kind, listed, whole
from lab.visitors import current

LONGEST_RECIPE, LONGEST_QUESTION = 200_000, 8_000
MOST_MODELS, MOST_RUNS = 5, 1000
MOST_WAIT, LOOK = 60.0, 0.25
"""Seconds that `follow` waits at most, and between two looks."""
ANSWER_SECONDS = 300.0
VERDICTS = {"first": "left", "second": "right", "tie": "tie", "both_bad": "both_bad"}
SWAPPED = {"left": "right", "right": "left"}
Verdict = Literal["first", "second", "tie", "both_bad"]
Plain = dict[str, Any]


def build(lab: Lab) -> None:
    """Put the calls on the page; nothing of them is seen there."""
    programs = Programs(lab)
    for name in ("catalogue", "check", "submit", "follow", "table", "stop", "ask", "vote"):
        api(getattr(programs, name), api_name=name, queue=False, concurrency_limit=4)


class Programs:
    """The calls. `request` is Gradio's own, and says who calls."""

    def __init__(self, lab: Lab):
        self._lab, self._store = lab, lab.store
        self._conversations = Conversations(lab.store, lab.client)

    @call
    def catalogue(self, kind: Kind, name: str = "", request: gr.Request | None = None) -> list[Plain]:
        """List what a recipe can be made of: built-in recipes, base models, data sets, methods (which weights move),
        objectives (what signal moves them) or rewards. With a name, give that one entry with all its settings; of a
        recipe its whole YAML, which can be changed and submitted.

        Args:
            kind: What to list: recipes, bases, data, methods, objectives or rewards.
            name: The id of one entry, such as recipes/first_steps.yaml or lora; leave it empty for the whole list.

        Returns:
            A list of entries, each with id, name and explain.
        """
        return listed(kind, self._lab) if not name else [whole(kind, name, self._lab)]

    @call
    def check(self, recipe: str, request: gr.Request | None = None) -> list[Plain]:
        """Check a recipe and tell what each of its variants would cost. Starts nothing.

        Args:
            recipe: The recipe as YAML; see the call catalogue for examples.

        Returns:
            A list with each variant's name, method, number of runs, estimated seconds, memory and bytes kept.
        """
        return [_plain(one) for one in costs_of(self._lab.check(parse_recipe(_recipe_text(recipe))))]

    @call
    def submit(self, recipe: str, request: gr.Request | None = None) -> Plain:
        """Queue the runs of a recipe: one for each variant, which are trained side by side as a comparison.

        Args:
            recipe: The recipe as YAML; see the call catalogue for examples.

        Returns:
            The comparison's id, and of each run its id and variant.
        """
        runs = self._lab.submit(parse_recipe(_recipe_text(recipe)))
        return {"comparison": runs[0].comparison, "runs": [{"id": run.id, "variant": run.name} for run in runs]}

    @call
    def follow(self, ids: list[str], wait: float = 0.0, request: gr.Request | None = None) -> Plain:
        """Tell how far runs are: status, step, and the newest value of each curve.

        Args:
            ids: Ids of runs or of comparisons.
            wait: Seconds to wait for the end of all of them, 0 to 60; the answer comes earlier where they are over.

        Returns:
            Whether all are over, and of each run id, variant, status, step, steps in all, error and newest values.
        """
        until = time.monotonic() + min(MOST_WAIT, max(0.0, float(wait)))
        runs = self._runs(ids)
        while not all(run.status.over for run in runs) and time.monotonic() < until:
            time.sleep(LOOK)
            runs = self._runs(ids)
        return {"over": all(run.status.over for run in runs), "runs": [self._progress(run) for run in runs]}

    @call
    def table(self, ids: list[str], request: gr.Request | None = None) -> list[Plain]:
        """Read what runs came to: losses, metrics before and after with intervals, forgetting, time, memory, size.

        Args:
            ids: Ids of runs or of comparisons.

        Returns:
            A list with a record of each run, as `lab train --json` gives it.
        """
        return [_plain(run_record(run)) for run in self._runs(ids)]

    @call
    def stop(self, run: str, keep: bool = True, request: gr.Request | None = None) -> Plain:
        """Stop a run within a step.

        Args:
            run: The run's id.
            keep: Whether what it has learned so far is kept.

        Returns:
            The run's id and what was asked of it.
        """
        asked = self._lab.cancel(run, keep)
        return {"id": asked.id, "request": asked.request}

    @call
    def ask(
        self, models: list[str], question: str, temperature: float = 0.0, max_new_tokens: int = 96, seed: int = 0,
        request: gr.Request | None = None,
    ) -> list[Plain]:  # fmt: skip
        """Ask base models and trained runs the same question, and wait for all answers.

        Args:
            models: One to five names: ids of runs, base models such as nano, or base for the base of the first run.
            question: What to ask.
            temperature: 0 for the likeliest words, up to 2 for variety.
            max_new_tokens: The longest answer in tokens, 1 to 1024.
            seed: The seed of the draws.

        Returns:
            A list with each model's name, answer, id of the answer (for the call vote), tokens, and error if it failed.
        """
        if not 1 <= len(models) <= MOST_MODELS:
            raise RunError(f"{len(models)} models are named", where="models", do=f"name one to {MOST_MODELS}.")
        if not 0 < len(question.strip()) <= LONGEST_QUESTION:
            raise RunError("the question is empty or too long", where="question",
                           do=f"write 1 to {LONGEST_QUESTION} letters.")  # fmt: skip
        if not 1 <= max_new_tokens <= 1024:
            raise RunError(f"{max_new_tokens} is no length", where="max_new_tokens", do="say 1 to 1024.")
        found = self._models(models)
        panes = [Pane(f"p{place}", base) for place, base in enumerate(found.values())]
        sampling = Sampling(temperature=temperature, max_new_tokens=max_new_tokens, seed=seed)
        conversation = self._conversations.open(panes, blind=False)
        self._conversations.ask(conversation, question.strip(), sampling)
        return self._answers(conversation, list(found))

    @call
    def vote(self, first: str, second: str, verdict: Verdict, request: gr.Request | None = None) -> Plain:
        """Say which of two answers to the same question is better. The vote counts in the ranking, and reward models
        and DPO can learn from it.

        Args:
            first: The id of an answer, as the call ask gives it.
            second: The id of another model's answer to the same question.
            verdict: first or second for the better one, tie, or both_bad.

        Returns:
            The id of the pair and the verdict that was kept.
        """
        one, other = self._answer(first, "first"), self._answer(second, "second")
        if one.messages != other.messages:
            raise RunError("these answer different questions", do="ask both models the same.")
        if one.id == other.id or one.text == other.text:
            raise RunError("these are the same words", do="vote on two answers that differ.")
        side = VERDICTS[verdict]
        if one.id > other.id:  # the same two answers are the same pair, whichever is named first
            one, other, side = other, one, SWAPPED.get(side, side)
        pair = Pair(hashlib.sha256(f"{one.id} {other.id}".encode()).hexdigest()[:24], TYPED, one, other)
        if self._store.pairs.get(pair.id) is None:
            self._store.pairs.keep([pair])
        vote(self._store, Matchup(pair, again=False, swapped=False), current().id or ANYBODY, side)
        return {"pair": pair.id, "verdict": verdict}

    def _runs(self, ids: list[str]) -> list[Run]:
        """The runs meant; raises RunError where one of them is not there, or not for who calls."""
        if not 1 <= len(ids) <= MOST_RUNS:
            raise RunError(f"{len(ids)} ids are given", where="ids", do=f"give one to {MOST_RUNS}.")
        found = select_runs([str(one)[:64] for one in ids], self._store)
        if found.missing:
            raise RunError(f"there is no run or comparison '{found.missing[0]}'", where="ids",
                           do="take ids that the call submit gave.")  # fmt: skip
        return list(found.runs)

    def _progress(self, run: Run) -> Plain:
        names = [name for name in self._store.curves.names([run.id]) if name != "learning_rate"]
        newest = {name: self._store.curves.last([run.id], name).get(run.id) for name in names}
        return _plain({
            "id": run.id, "variant": run.name, "status": run.status.value, "step": run.step, "steps": run.total_steps,
            "error": run.error, "newest": newest,
        })  # fmt: skip

    def _models(self, names: list[str]) -> dict[str, str]:
        """What each name means to a recipe; raises LabError for one that is not there, or not open to who calls."""
        named = [str(name)[:300] for name in names]
        for name in named:
            if "/" in name:
                check_model_open(name)
        return find_models(named, self._store)

    def _answers(self, conversation: Conversation, names: list[str]) -> list[Plain]:
        """The answers when all are whole; raises RunError where none can be had."""
        until = time.monotonic() + ANSWER_SECONDS
        while self._conversations.get(conversation.id).busy:
            if time.monotonic() > until:
                self._conversations.stop(conversation)
                until += ANSWER_SECONDS  # what was said until then is kept
            time.sleep(0.05)
        if conversation.problem:
            raise RunError(conversation.problem)
        replies = conversation.turns[-1].replies
        return [
            _plain({"model": name, "answer": reply.text.strip(), "id": reply.answer, "tokens": reply.tokens,
                    "seconds": round(reply.seconds, 3), "cut": reply.cut, "error": reply.error,
                    "classes": [list(one) for one in reply.classes]})
            for name, reply in zip(names, replies.values(), strict=True)
        ]  # fmt: skip

    def _answer(self, name: str, where: str) -> Answer:
        found = self._store.ratings.answer(str(name)[:64])
        if found is None:
            raise RunError(f"there is no answer '{str(name)[:64]}'", where=where, do="take an id that `ask` gave.")
        return found


def _recipe_text(recipe: str) -> str:
    if len(recipe) > LONGEST_RECIPE:
        raise RunError(f"it has {len(recipe):,} letters", where="recipe", do=f"write at most {LONGEST_RECIPE:,}.")
    return recipe


def _plain(said: Plain) -> Plain:
    """JSON without numbers that are none; for others than the owner without this machine's paths."""
    told: Plain = plain(said)
    return told if current().owns_lab else without_paths(told)
