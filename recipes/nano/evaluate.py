"""Measures nano: held-out loss, unpicked samples, variety, unseen questions, SmolLM2's opinion, speed. Trains nothing.

    python recipes/nano/evaluate.py --model assets/nano --work .lab/nano --judge FOLDER_OF_SMOLLM2

Writes figures.json and samples.md into --work; what the figures mean is said in assets/nano/README.md.
"""

import argparse
import json
import math
import random
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
sys.path[:0] = [str(PROJECT), str(HERE)]

from pretrain import PROBES, batch, worth_learning  # noqa: E402

from recipes.nano.world import corpus  # noqa: E402
from recipes.nano.world.chinese.openings import OTHER_OPENINGS as CHINESE_OTHER_OPENINGS  # noqa: E402
from recipes.nano.world.openings import OTHER_OPENINGS  # noqa: E402

OPENINGS = (
    "Once upon a time there was a",
    "One day, a girl named",
    "In a small village there lived",
    "There once was a brave little",
    "It was a rainy day.",
    "A boy named Tom wanted",
    "Long ago, in a deep forest,",
    "Two friends were playing in the garden.",
    "The old man looked out of the window.",
    "Lily was very sad because",
)
CHINESE_OPENINGS = (
    "从前，有一只",
    "有一天，小女孩",
    "小山村里住着",
    "天刚蒙蒙亮，",
    "下雨天，",
    "小男孩明明想要",
    "很久很久以前，",
    "两个好朋友",
    "老爷爷推开窗，",
    "小红很难过，因为",
)
SAMPLES, NEW_TOKENS, TEMPERATURE = 20, 80, 0.7
LANGUAGES = {"en": (OPENINGS, OTHER_OPENINGS), "zh": (CHINESE_OPENINGS, CHINESE_OTHER_OPENINGS)}
SEEDS = (1234, 77, 1, 2, 3)  # each draws a hundred unseen questions; all are reported, none is chosen


def load(folder: Path):
    """Model in float32 (fast enough everywhere, exact) and its tokenizer, padding on the left."""
    tokenizer = AutoTokenizer.from_pretrained(folder, padding_side="left")
    return AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval(), tokenizer


def held_out_loss(model, tokenizer, file: Path, length: int = 256, rows: int = 64) -> float:
    """Nats a token over windows of a probe file; of a chat only what the assistant says counts."""
    user = tokenizer("user")["input_ids"][0]
    windows = batch(np.fromfile(file, dtype=np.uint16), 7, 0, rows, length)
    keep = worth_learning(windows, user, one_in=windows.numel())
    labels = torch.where(torch.cat([torch.zeros_like(keep[:, :1]), keep], 1), windows, -100)
    with torch.no_grad():
        return float(
            np.mean([float(model(w[None], labels=y[None]).loss) for w, y in zip(windows, labels, strict=True)])
        )


def stories(model, tokenizer, beginning: str, openings: tuple[str, ...] = OPENINGS) -> list[str]:
    """Unpicked samples: the openings in turn, one seed, as many new tokens as NEW_TOKENS (or until the text ends)."""
    torch.manual_seed(0)
    prompts = [beginning + openings[i % len(openings)] for i in range(SAMPLES)]
    inputs = tokenizer(prompts, return_tensors="pt", padding=True)
    with torch.no_grad():
        out = model.generate(
            **inputs, max_new_tokens=NEW_TOKENS, do_sample=True, temperature=TEMPERATURE, top_k=0, top_p=0.95
        )
    return [tokenizer.decode(row, skip_special_tokens=True) for row in out]


def variety(texts: list[str]) -> dict[str, float]:
    """distinct-1, -2, -3 over all texts, and the share of 4-grams that a text repeats within itself."""
    figures = {}
    for n in (1, 2, 3):
        grams = [gram for text in texts for gram in ngrams(text, n)]
        figures[f"distinct_{n}"] = len(set(grams)) / len(grams)
    four = [Counter(ngrams(text, 4)) for text in texts]
    figures["repetition"] = sum(sum(c.values()) - len(c) for c in four) / sum(sum(c.values()) for c in four)
    return figures


def ngrams(text: str, n: int) -> list[tuple[str, ...]]:
    """Runs of n words; Chinese, which has no spaces, counts by the character."""
    words = [word for part in text.lower().split() for word in (part if "一" <= part[0] <= "鿿" else [part])]
    return [tuple(words[i : i + n]) for i in range(len(words) - n + 1)]


def answers(model, tokenizer, prompts: list[str], new_tokens: int = 48) -> list[str]:
    """Greedy answers in the chat template."""
    texts = [
        tokenizer.apply_chat_template([{"role": "user", "content": p}], tokenize=False, add_generation_prompt=True)
        for p in prompts
    ]
    inputs = tokenizer(texts, return_tensors="pt", padding=True, add_special_tokens=False)
    with torch.no_grad():
        out = model.generate(**inputs, max_new_tokens=new_tokens, do_sample=False)
    return [tokenizer.decode(row[inputs["input_ids"].shape[1] :], skip_special_tokens=True) for row in out]


def ask(model, tokenizer, questions: list) -> list[tuple]:
    """(question, answer, whether it is right), a hundred at a time."""
    said = answers(model, tokenizer, [q.prompt for q in questions])
    return [(q, answer, q.is_right(answer)) for q, answer in zip(questions, said, strict=True)]


def by_kind(asked: list[tuple]) -> dict[str, str]:
    """How many of each kind were right, the commonest kind first."""
    right = Counter(question.kind for question, _, is_right in asked if is_right)
    kinds = Counter(question.kind for question, _, _ in asked)
    return {kind: f"{right[kind]} of {count}" for kind, count in kinds.most_common()}


def perplexity(judge, tokenizer, texts: list[str]) -> float:
    """The judge's perplexity over all words of the texts (exp of the mean nats a token)."""
    nats, count = 0.0, 0
    with torch.no_grad():
        for text in texts:
            ids = tokenizer(text, return_tensors="pt")["input_ids"]
            nats += float(judge(ids, labels=ids).loss) * (ids.shape[1] - 1)
            count += ids.shape[1] - 1
    return math.exp(nats / count)


def generation_speed(model, tokenizer, batch: int = 64, new_tokens: int = 96) -> dict[str, float]:
    """New tokens a second in one batch, counted in full (no early end), by the clock and by CPU time."""
    inputs = tokenizer(["<|endoftext|>Once upon a time"] * batch, return_tensors="pt")
    clock, cpu = time.time(), time.process_time()
    with torch.no_grad():
        model.generate(**inputs, max_new_tokens=new_tokens, min_new_tokens=new_tokens, do_sample=True)
    made = batch * new_tokens
    return {"a_second": made / (time.time() - clock), "a_cpu_second": made / (time.process_time() - cpu)}


def real_samples(work: Path, tokenizer, count: int = SAMPLES) -> list[str]:
    """Held-out real text, cut to the length of the samples."""
    texts = tokenizer.decode(np.fromfile(work / "probe_real.bin", dtype=np.uint16).tolist()).split(corpus.END_OF_TEXT)
    length = NEW_TOKENS + 8
    return [tokenizer.decode(tokenizer(text)["input_ids"][:length]) for text in texts[:count]]


def generated_samples(count: int = SAMPLES, words: int = 66) -> list[str]:
    """What the generators write in English, cut to the same length."""
    drawn = corpus.documents(99, "held_out", ("en",))
    found = (document.text for document in drawn if document.subject == "stories")
    return [" ".join(next(found).split()[:words]) for _ in range(count)]


def answer_figures(model, tokenizer, language: str) -> tuple[dict, list[str]]:
    """What is answered right: unseen questions by seed and kind, instructions, seen ones; and all answers to read."""
    asked = {seed: ask(model, tokenizer, corpus.unseen_questions(100, seed, language)) for seed in SEEDS}
    everything = [one for said in asked.values() for one in said]
    rng = random.Random(7)
    obeyed = ask(model, tokenizer, [corpus.instruction(rng, "held_out", language) for _ in range(200)])
    rng = random.Random(1234)
    seen = ask(model, tokenizer, [corpus.question(rng, "train", language) for _ in range(200)])
    right = {seed: sum(right for _, _, right in said) for seed, said in asked.items()}
    figures = {
        "unseen_questions_right": right,
        "unseen_questions_right_mean": sum(right.values()) / len(right),
        "by_kind": by_kind(everything),
        "instructions_in_unseen_wordings_followed_of_200": sum(right for _, _, right in obeyed),
        "instructions_by_kind": by_kind([(replace(q, kind=q.fact.partition(":")[0]), a, r) for q, a, r in obeyed]),
        "seen_facts_and_phrasings_right_of_200": sum(right for _, _, right in seen),
    }
    lines = [f"# Instructions in unseen wordings, {language}"]
    lines += [f"- {q.form}, {'right' if r else 'WRONG'}: {q.prompt} → {a!r}" for q, a, r in obeyed]
    lines += ["", f"# Unseen questions, {language}"]
    everything.sort(key=lambda one: (one[0].kind, one[2]))
    return figures, lines + [f"- {q.kind}, {'right' if r else 'WRONG'}: {q.prompt} → {a}" for q, a, r in everything]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=PROJECT / "assets/nano")
    parser.add_argument("--work", type=Path, default=PROJECT / ".lab/nano")
    parser.add_argument("--judge", type=Path, help="folder of SmolLM2-135M-Instruct (lab models pull smollm2-135m)")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    model, tokenizer = load(options.model)
    figures: dict = {"parameters": model.num_parameters()}
    for name in PROBES:
        if (file := options.work / f"probe_{name}.bin").exists():
            figures[f"loss_{name}"] = held_out_loss(model, tokenizer, file)

    lines, told = [], {}
    for language, openings in LANGUAGES.items():
        told[language] = [stories(model, tokenizer, corpus.END_OF_TEXT, some) for some in openings]
        for name, texts in zip(("its own openings", "openings no generator uses"), told[language], strict=True):
            figures[f"variety_{language}, {name}"] = variety(texts)
            numbered = (f"{i + 1}. {text}" for i, text in enumerate(texts))
            lines += [f"# Unpicked samples, {language}, {name}", *numbered, ""]
        figures[language], answered = answer_figures(model, tokenizer, language)
        lines += [*answered, ""]
    figures["variety_generators"] = variety(generated_samples())
    figures["tokens_per_second_batch_64"] = generation_speed(model, tokenizer)
    if options.judge:  # English only: the judge hardly reads Chinese
        judge, judge_tokenizer = load(options.judge)
        real, (texts, elsewhere) = real_samples(options.work, tokenizer), told["en"]
        figures["variety_real"] = variety(real)
        figures["judge_perplexity_nano"] = perplexity(judge, judge_tokenizer, texts)
        figures["judge_perplexity_nano_other_openings"] = perplexity(judge, judge_tokenizer, elsewhere)
        figures["judge_perplexity_real"] = perplexity(judge, judge_tokenizer, real)
        figures["judge_perplexity_generators"] = perplexity(judge, judge_tokenizer, generated_samples())
        own = stories(judge, judge_tokenizer, "")
        figures["variety_judge"] = variety(own)
        lines += ["", "# The judge's own continuations", *(f"- {text}" for text in own)]
    (options.work / "figures.json").write_text(json.dumps(figures, indent=2))
    (options.work / "samples.md").write_text("\n".join(lines), encoding="utf-8")
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
