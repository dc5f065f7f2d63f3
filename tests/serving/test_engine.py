"""The stream of answers: pieces, stopping, errors that stay in their pane, long conversations."""

import subprocess
import sys
import threading
import time

import pytest

from lab.generate import Delta, Pane, Sampling
from lab.models import Link, save_chain
from lab.serving.engine import InferenceEngine
from tests.serving.ask import OTHERS, QUESTION, WARM, answers
from tests.tiny import make_lora_run, make_tiny_base


def test_each_pane_goes_on_with_its_own_conversation(home, base, runs):
    panes = [Pane("a", base), Pane("b", runs["lora"])]
    talks = {"a": QUESTION, "b": [*QUESTION, {"role": "assistant", "content": "Tofu."}, *OTHERS[0]]}
    heard = {"a": "", "b": ""}
    for delta in InferenceEngine(home).answer(talks, panes, WARM, threading.Event()):
        heard[delta.pane] += delta.text
    assert heard["a"] == answers(InferenceEngine(home), {"a": base}, question=talks["a"])["a"]
    assert heard["b"] == answers(InferenceEngine(home), {"b": runs["lora"]}, question=talks["b"])["b"]


def test_pieces_come_while_the_answer_grows_and_count_tokens(home, base):
    pieces = list(InferenceEngine(home).answer({"a": QUESTION}, [Pane("a", base)], WARM, threading.Event()))
    assert [piece.done for piece in pieces] == [False] * (len(pieces) - 1) + [True]
    assert len(pieces) > 5
    assert [piece.tokens for piece in pieces] == sorted(piece.tokens for piece in pieces)
    assert pieces[-1].tokens <= WARM.max_new_tokens
    assert pieces[-1].seconds > 0
    assert len({piece.fingerprint for piece in pieces}) == 1


def test_stop_ends_every_pane_within_a_token(home, base, runs):
    stop, voices = threading.Event(), InferenceEngine(home)
    endless = Sampling(temperature=1.5, top_p=1.0, max_new_tokens=400, seed=1)
    bases = {"base": base, "lora": runs["lora"], "tensors": runs["tensors"]}
    counts, at_stop, closed = {}, {}, set()
    panes = [Pane(key, name) for key, name in bases.items()]
    for delta in voices.answer(dict.fromkeys(bases, QUESTION), panes, endless, stop):
        counts[delta.pane] = delta.tokens
        closed |= {delta.pane} if delta.done else set()
        if not stop.is_set() and len(counts) == 3 and min(counts.values()) >= 3:
            stop.set()
            at_stop = dict(counts)
            time.sleep(0.2)  # the pieces that were on their way are in the queue by now
    assert closed == set(bases)
    assert max(counts.values()) < 200
    assert at_stop


def test_stopped_before_the_first_token_is_done_at_once(home, base):
    stop = threading.Event()
    stop.set()
    pieces = list(InferenceEngine(home).answer({"a": QUESTION}, [Pane("a", base)], WARM, stop))
    assert pieces[-1].done
    assert pieces[-1].tokens <= 1


def test_leaving_the_stream_ends_the_threads(home, base):
    stream = InferenceEngine(home).answer(
        {"a": QUESTION}, [Pane("a", base)], Sampling(1.5, 1.0, 400, 1), threading.Event()
    )
    before = threading.active_count()
    next(stream)
    stream.close()
    assert threading.active_count() <= before


def test_a_pane_whose_run_is_gone_says_so_and_the_others_answer(home, base, runs):
    make_lora_run(home, base, "bbbbbb01", seed=9)
    for file in home.run("bbbbbb01").stage(0).glob("*.safetensors"):
        file.unlink()
    panes = [Pane("a", base), Pane("b", "run:bbbbbb01"), Pane("c", "run:cccccc01"), Pane("d", runs["lora"])]
    last: dict[str, Delta] = {}
    for delta in InferenceEngine(home).answer({pane.key: QUESTION for pane in panes}, panes, WARM, threading.Event()):
        last[delta.pane] = delta
    assert all(delta.done for delta in last.values())
    assert last["a"].error is None
    assert last["d"].error is None
    assert "the weights of 'bbbbbb01/stage-0', which run 'bbbbbb01' builds on, are gone" in last["b"].error
    assert "run 'cccccc01' has no weights here" in last["c"].error


def test_an_adapter_that_does_not_fit_is_its_panes_problem(home, base, runs, tmp_path):
    wide = make_tiny_base(tmp_path / "wide", layers=3)
    chain = make_lora_run(home, str(wide), "bbbbbb02", seed=9)
    save_chain(home.run("bbbbbb02"), (Link("base", base), *chain[1:]))
    (home.run("bbbbbb02").stage(0) / "adapter_model.safetensors").write_bytes(b"no tensors here")
    panes = [Pane("a", runs["lora"]), Pane("b", "run:bbbbbb02")]
    last = {}
    for delta in InferenceEngine(home).answer({"a": QUESTION, "b": QUESTION}, panes, WARM, threading.Event()):
        last[delta.pane] = delta
    assert last["a"].error is None
    assert last["a"].tokens > 0
    assert "bbbbbb02" in last["b"].error


def test_a_run_trained_anew_answers_anew(home, base):
    make_lora_run(home, base, "dddddd01", seed=11)
    voices = InferenceEngine(home)
    before = answers(voices, {"a": "run:dddddd01"})
    time.sleep(0.02)
    make_lora_run(home, base, "dddddd01", seed=12)
    after = answers(voices, {"a": "run:dddddd01"})
    assert after != before
    assert after == answers(InferenceEngine(home), {"a": "run:dddddd01"})


def test_a_long_conversation_loses_its_oldest_turns_and_says_so(home, base):
    turn = [
        {"role": "user", "content": "Tell me about the parrot. " * 8},
        {"role": "assistant", "content": "It said hello to every boat. " * 8},
    ]
    long = [{"role": "system", "content": "Be brief."}, *turn * 6, *QUESTION]
    pieces = list(InferenceEngine(home).answer({"a": long}, [Pane("a", base)], WARM, threading.Event()))
    assert pieces[-1].error is None
    dropped = int(pieces[-1].note.split()[2])
    assert dropped > 0
    assert dropped % 2 == 0
    short = [long[0], *long[1 + dropped :]]
    heard = "".join(piece.text for piece in pieces)
    assert heard == answers(InferenceEngine(home), {"a": base}, question=short)["a"]


@pytest.mark.parametrize(
    ("talk", "says"),
    [
        ([], "there is nothing to answer"),
        ([{"role": "user", "content": "parrot " * 2000}], "this model can read"),
        ([{"role": "king", "content": "Hello"}], "is not a message"),
        ([{"role": "user"}], "is not a message"),
    ],
)
def test_what_can_not_be_answered_is_refused_in_words(home, base, talk, says):
    pieces = list(InferenceEngine(home).answer({"a": talk}, [Pane("a", base)], WARM, threading.Event()))
    assert [piece.done for piece in pieces] == [True]
    assert says in pieces[0].error


def test_two_conversations_at_once_do_not_disturb_each_other(home, base, runs):
    voices = InferenceEngine(home)
    bases = {"base": base, "lora": runs["lora"], "lora2": runs["lora2"]}
    wanted = answers(voices, bases)
    heard: list[dict[str, str]] = []
    threads = [threading.Thread(target=lambda: heard.append(answers(voices, bases))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert heard == [wanted] * 3


def test_asking_loads_no_torch():
    code = "import sys, lab.generate; sys.exit('torch' in sys.modules or 'transformers' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
