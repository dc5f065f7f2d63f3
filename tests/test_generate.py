"""Answers: the same weights say the same in any company, streams are whole, stop works, errors stay in their pane."""

import threading
import time
from collections import Counter
from pathlib import Path

import pytest
import torch

from lab.errors import LabError
from lab.generate import GREEDY, Delta, Pane, Sampling, Voices, complete
from lab.generate.batch import run_batch
from lab.generate.beside import beside, load_lora
from lab.generate.choosing import Chooser, gumbel
from lab.generate.decoding import TextStream
from lab.home import Home
from lab.models import Link, chain_of, fingerprint, load_chain, load_model, load_tokenizer, save_chain
from tests.tiny import make_adapter_run, make_lora_run, make_tensors_run, make_tiny_base

QUESTION = [{"role": "user", "content": "What is in mapo tofu?"}]
OTHERS = (
    [{"role": "user", "content": "Why?"}],
    [{"role": "user", "content": "How do you cook rice? Tell me all about the pot, the water and the twenty minutes."}],
    [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "麻婆豆腐是什么?"}],
)
WARM = Sampling(temperature=1.0, top_p=0.9, max_new_tokens=24, seed=5)


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Home:
    return Home(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def base(home) -> str:
    return str(make_tiny_base(home.root / "tiny"))


@pytest.fixture(scope="module")
def model(base):
    return load_model(base_folder(base))


@pytest.fixture(scope="module")
def tokenizer(base):
    return load_tokenizer(base_folder(base))


@pytest.fixture(scope="module")
def runs(home, base) -> dict[str, str]:
    """Runs of every kind: two plain LoRAs, a DoRA, some tensors, a LoRA on a LoRA, a LoRA on tensors, a prefix."""
    from peft import PrefixTuningConfig

    first = make_lora_run(home, base, "aaaaaa01", seed=1)
    make_lora_run(home, base, "aaaaaa02", seed=2)
    make_lora_run(home, base, "aaaaaa03", seed=3, use_dora=True)
    tensors = make_tensors_run(home, base, "aaaaaa04", ("model.layers.1.mlp.up_proj.weight", "model.norm.weight"))
    make_lora_run(home, base, "aaaaaa05", seed=5, under=first)
    make_lora_run(home, base, "aaaaaa06", seed=6, under=tensors)
    make_adapter_run(home, base, "aaaaaa07", lambda: PrefixTuningConfig(num_virtual_tokens=4, task_type="CAUSAL_LM"))
    kinds = ("lora", "lora2", "dora", "tensors", "lora_on_lora", "lora_on_tensors", "prefix")
    return {kind: f"run:aaaaaa0{number}" for number, kind in enumerate(kinds, start=1)}


def base_folder(base: str) -> Path:
    return Path(base)


def answers(voices: Voices, bases: dict[str, str], sampling: Sampling = WARM, question=QUESTION) -> dict[str, str]:
    """What each pane says in the end."""
    panes = [Pane(key, base) for key, base in bases.items()]
    said = Counter()
    texts: dict[str, str] = dict.fromkeys(bases, "")
    for delta in voices.answer(dict.fromkeys(bases, question), panes, sampling, threading.Event()):
        assert delta.error is None, delta
        texts[delta.pane] += delta.text
        said[delta.pane] += delta.done
    assert set(said.values()) == {1}
    return texts


# choosing


def test_draws_have_the_frequencies_of_softmax():
    scores = torch.tensor([[2.0, 1.0, 0.0, -1.0, -20.0]])
    draws = Counter(
        Chooser(Sampling(temperature=1.0, top_p=1.0, seed=seed), 0)(torch.zeros(1, position), scores).argmax().item()
        for seed in range(60)
        for position in range(50)
    )
    wanted = torch.softmax(scores, -1)[0]
    for token in range(5):
        spread = 4 * (3000 * wanted[token] * (1 - wanted[token])) ** 0.5
        assert abs(draws[token] - 3000 * wanted[token]) <= spread + 1e-3


def test_temperature_sharpens_and_top_p_keeps_only_the_likeliest():
    scores = torch.log(torch.tensor([[0.5, 0.3, 0.15, 0.05]]))

    def seen(sampling: dict) -> set[int]:
        return {
            Chooser(Sampling(seed=seed, **sampling), 0)(torch.zeros(1, 3), scores).argmax().item()
            for seed in range(400)
        }

    assert seen({"temperature": 1.0, "top_p": 1.0}) == {0, 1, 2, 3}
    assert seen({"temperature": 1.0, "top_p": 0.79}) == {0, 1}
    assert seen({"temperature": 1.0, "top_p": 0.81}) == {0, 1, 2}
    assert seen({"temperature": 1.0, "top_p": 0.01}) == {0}
    assert seen({"temperature": 0.0, "top_p": 1.0}) == {0}
    assert seen({"temperature": 0.02, "top_p": 1.0}) == {0}


def test_noise_depends_on_seed_and_position_only():
    assert torch.equal(gumbel(3, 7, 100), gumbel(3, 7, 100))
    assert not torch.equal(gumbel(3, 7, 100), gumbel(3, 8, 100))
    assert not torch.equal(gumbel(3, 7, 100), gumbel(4, 7, 100))
    assert gumbel(0, 0, 200_000).mean().item() == pytest.approx(0.5772, abs=0.01)


@pytest.mark.parametrize(
    "wrong",
    [{"temperature": -0.1}, {"top_p": 0}, {"max_new_tokens": 0}, {"seed": 1.5}, {"temperature": float("nan")}],
)
def test_sampling_out_of_range_is_refused(wrong):
    with pytest.raises(LabError, match=r"is not allowed"):
        Sampling(**wrong)


# completing


def test_greedy_answers_in_a_batch_are_those_given_alone(model, tokenizer):
    prompts = [QUESTION, *OTHERS, "Once there was", "The parrot sat on the branch and looked"]
    together = complete(model, tokenizer, prompts, max_new_tokens=20)
    assert together == [complete(model, tokenizer, [prompt], max_new_tokens=20)[0] for prompt in prompts]
    assert len(set(together)) == len(prompts)


def test_completing_is_greedy_decoding(model, tokenizer):
    ids = tokenizer("Once there was")["input_ids"]
    wanted = list(ids)
    for _ in range(12):
        wanted.append(model(torch.tensor([wanted])).logits[0, -1].argmax().item())
    assert run_batch(model, tokenizer, [ids], Sampling(temperature=0, max_new_tokens=12)) == [wanted[len(ids) :]]


def test_an_answer_ends_at_any_end_token(model, tokenizer):
    ids = tokenizer("Once there was")["input_ids"]
    free = run_batch(model, tokenizer, [ids], Sampling(temperature=0, max_new_tokens=12))[0]
    before = model.generation_config.eos_token_id
    model.generation_config.eos_token_id = [0, free[4]]
    try:
        assert run_batch(model, tokenizer, [ids], GREEDY) == [free[: free.index(free[4])]]
    finally:
        model.generation_config.eos_token_id = before


def test_completing_leaves_modes_and_gradients_as_they_were(model, tokenizer):
    model.train()
    model.model.norm.eval()
    try:
        complete(model, tokenizer, [QUESTION], max_new_tokens=2)
        assert model.training
        assert model.model.layers[0].training
        assert not model.model.norm.training
        assert torch.is_grad_enabled()
        model(torch.tensor([[1, 2, 3]]), labels=torch.tensor([[1, 2, 3]])).loss.backward()
        assert model.model.norm.weight.grad is not None
    finally:
        model.zero_grad()
        model.eval()


def test_a_prefix_adapter_answers_in_a_batch_as_alone(home, runs, tokenizer):
    prefixed = load_chain(chain_of(runs["prefix"], home), home)
    prompts = [QUESTION, *OTHERS, QUESTION]
    together = complete(prefixed, tokenizer, prompts, max_new_tokens=16)
    assert together == [complete(prefixed, tokenizer, [prompt], max_new_tokens=16)[0] for prompt in prompts]


def test_a_prompt_too_long_loses_its_beginning(model, tokenizer):
    long = "The parrot said hello. " * 300
    kept = tokenizer(long)["input_ids"][-(512 - 8) :]
    assert complete(model, tokenizer, [long], max_new_tokens=8) == [
        tokenizer.decode(
            run_batch(model, tokenizer, [kept], Sampling(temperature=0, max_new_tokens=8))[0], skip_special_tokens=True
        )
    ]


# streaming text


@pytest.mark.parametrize(
    "text", ["麻婆豆腐是一道四川菜", "naïve café 🦜🦜 ok", "plain words, two  spaces", "\n\n- a\n"]
)
def test_streamed_text_is_whole_and_never_half_a_character(tokenizer, text):
    stream = TextStream(tokenizer)
    pieces = [stream.add(token) for token in tokenizer(text)["input_ids"]]
    assert "".join(pieces) == text
    assert not any("\ufffd" in piece for piece in pieces)


def test_bytes_that_are_no_character_do_not_hold_up_the_rest(tokenizer):
    broken, word = tokenizer("豆")["input_ids"][:1], tokenizer(" rice")["input_ids"]
    if tokenizer.decode(broken) == "豆":
        broken = [tokenizer.convert_tokens_to_ids("è")]
    stream = TextStream(tokenizer)
    assert "".join(stream.add(token) for token in [*broken, *word]).endswith(" rice")


# many voices


def test_every_kind_of_run_answers_in_company_as_alone(home, base, runs):
    bases = {"base": base, **runs}
    together = answers(Voices(home), bases)
    for key, name in bases.items():
        assert answers(Voices(home), {key: name})[key] == together[key], key
    assert len(set(together.values())) >= 7  # the random adapters speak for themselves


def test_a_mixed_batch_says_what_each_model_loaded_by_itself_says(home, base, runs, tokenizer):
    together = answers(Voices(home), {"base": base, **runs})
    for key in ("lora", "lora2", "dora", "tensors", "lora_on_lora", "lora_on_tensors", "prefix"):
        alone = load_chain(chain_of(runs[key], home), home)
        assert complete(alone, tokenizer, [QUESTION], WARM.max_new_tokens, WARM) == [together[key]], key


def test_ranks_and_scalings_of_all_sorts_mix_as_peft_computes_them(home, base, model, tokenizer):
    make_lora_run(home, base, "eeeeee01", seed=1)
    make_lora_run(home, base, "eeeeee02", seed=2, rank=9, use_rslora=True)
    make_lora_run(home, base, "eeeeee03", seed=3, rank=2, target_modules=["q_proj", "down_proj"])
    ids = torch.tensor([tokenizer("The parrot sat on the branch")["input_ids"]])
    loras = [load_lora(home.run(f"eeeeee0{number}").stage(0), model) for number in (1, 2, 3)]
    with torch.no_grad(), beside(model, [*loras, None]):
        together = model(ids.repeat(4, 1)).logits
    with torch.no_grad():
        assert torch.allclose(together[3], model(ids).logits[0], atol=1e-5)
        for row in range(3):
            alone = load_chain(chain_of(f"run:eeeeee0{row + 1}", home), home)
            assert torch.allclose(together[row], alone(ids).logits[0], atol=1e-4)
            assert not torch.allclose(together[row], together[3], atol=1e-1)


def test_the_fingerprint_is_of_the_weights_however_they_were_loaded(home, base, runs):
    panes = [Pane("base", base), *(Pane(kind, name) for kind, name in runs.items())]
    stream = Voices(home).answer({pane.key: QUESTION for pane in panes}, panes, WARM, threading.Event())
    marks = {delta.pane: delta.fingerprint for delta in stream}
    assert marks == {pane.key: fingerprint(load_chain(chain_of(pane.base, home), home)) for pane in panes}
    assert len(set(marks.values())) == len(panes)


def test_identical_weights_give_identical_answers(home, base):
    same = {"a": base, "b": base, "c": base}
    texts = answers(Voices(home), same)
    assert len(set(texts.values())) == 1
    other = Sampling(temperature=1.0, top_p=0.9, max_new_tokens=24, seed=6)
    assert answers(Voices(home), same, other)["a"] != texts["a"]


def test_a_warm_base_is_used_and_not_changed(home, base, runs, model):
    before = {name: weight.clone() for name, weight in model.named_parameters()}
    warm = Voices(home, warm={base: model})
    assert answers(warm, {"base": base, **runs}) == answers(Voices(home), {"base": base, **runs})
    assert {name: weight.shape for name, weight in model.named_parameters()} == {n: w.shape for n, w in before.items()}
    assert all(torch.equal(weight, before[name]) for name, weight in model.named_parameters())


def test_adapters_share_the_base_in_memory(home, base, runs, model):
    voices = Voices(home, warm={base: model})
    answers(voices, {"lora": runs["lora"], "tensors": runs["tensors"]})
    warm = model.get_parameter("model.layers.0.mlp.up_proj.weight").data_ptr()
    for voice in voices._shelf._voices.values():
        assert voice.model.get_parameter("model.layers.0.mlp.up_proj.weight").data_ptr() == warm


def test_each_pane_goes_on_with_its_own_conversation(home, base, runs):
    panes = [Pane("a", base), Pane("b", runs["lora"])]
    talks = {"a": QUESTION, "b": [*QUESTION, {"role": "assistant", "content": "Tofu."}, *OTHERS[0]]}
    heard = {"a": "", "b": ""}
    for delta in Voices(home).answer(talks, panes, WARM, threading.Event()):
        heard[delta.pane] += delta.text
    assert heard["a"] == answers(Voices(home), {"a": base}, question=talks["a"])["a"]
    assert heard["b"] == answers(Voices(home), {"b": runs["lora"]}, question=talks["b"])["b"]


def test_pieces_come_while_the_answer_grows_and_count_tokens(home, base):
    pieces = list(Voices(home).answer({"a": QUESTION}, [Pane("a", base)], WARM, threading.Event()))
    assert [piece.done for piece in pieces] == [False] * (len(pieces) - 1) + [True]
    assert len(pieces) > 5
    assert [piece.tokens for piece in pieces] == sorted(piece.tokens for piece in pieces)
    assert pieces[-1].tokens <= WARM.max_new_tokens
    assert pieces[-1].seconds > 0
    assert len({piece.fingerprint for piece in pieces}) == 1


def test_stop_ends_every_pane_within_a_token(home, base, runs):
    stop, voices = threading.Event(), Voices(home)
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
    pieces = list(Voices(home).answer({"a": QUESTION}, [Pane("a", base)], WARM, stop))
    assert pieces[-1].done
    assert pieces[-1].tokens <= 1


def test_leaving_the_stream_ends_the_threads(home, base):
    stream = Voices(home).answer({"a": QUESTION}, [Pane("a", base)], Sampling(1.5, 1.0, 400, 1), threading.Event())
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
    for delta in Voices(home).answer({pane.key: QUESTION for pane in panes}, panes, WARM, threading.Event()):
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
    for delta in Voices(home).answer({"a": QUESTION, "b": QUESTION}, panes, WARM, threading.Event()):
        last[delta.pane] = delta
    assert last["a"].error is None
    assert last["a"].tokens > 0
    assert "bbbbbb02" in last["b"].error


def test_a_run_trained_anew_answers_anew(home, base):
    make_lora_run(home, base, "dddddd01", seed=11)
    voices = Voices(home)
    before = answers(voices, {"a": "run:dddddd01"})
    time.sleep(0.02)
    make_lora_run(home, base, "dddddd01", seed=12)
    after = answers(voices, {"a": "run:dddddd01"})
    assert after != before
    assert after == answers(Voices(home), {"a": "run:dddddd01"})


def test_a_long_conversation_loses_its_oldest_turns_and_says_so(home, base):
    turn = [
        {"role": "user", "content": "Tell me about the parrot. " * 8},
        {"role": "assistant", "content": "It said hello to every boat. " * 8},
    ]
    long = [{"role": "system", "content": "Be brief."}, *turn * 6, *QUESTION]
    pieces = list(Voices(home).answer({"a": long}, [Pane("a", base)], WARM, threading.Event()))
    assert pieces[-1].error is None
    dropped = int(pieces[-1].note.split()[2])
    assert dropped > 0
    assert dropped % 2 == 0
    short = [long[0], *long[1 + dropped :]]
    heard = "".join(piece.text for piece in pieces)
    assert heard == answers(Voices(home), {"a": base}, question=short)["a"]


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
    pieces = list(Voices(home).answer({"a": talk}, [Pane("a", base)], WARM, threading.Event()))
    assert [piece.done for piece in pieces] == [True]
    assert says in pieces[0].error


def test_two_conversations_at_once_do_not_disturb_each_other(home, base, runs):
    voices = Voices(home)
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
    import subprocess
    import sys

    code = "import sys, lab.generate; sys.exit('torch' in sys.modules or 'transformers' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
