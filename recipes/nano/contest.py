"""A blind contest of two editions of nano: 200 pairs of answers, judged by rules where they can tell, else by SmolLM2.

    python recipes/nano/contest.py FIRST SECOND --judge FOLDER_OF_SMOLLM2

Half of the pairs go on with a story from an opening that no generator uses (temperature 0.7), half answer a question
that training never asked (greedy). The judge sees no names: a pair goes to the answer that keeps the rules, and where
both or neither do, to the one whose tokens SmolLM2 finds likelier. Writes each pair beside the figures, to be read.
"""

import argparse
import json
import math
import sys
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

import torch

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
sys.path[:0] = [str(PROJECT), str(HERE)]

from evaluate import NEW_TOKENS, OTHER_OPENINGS, TEMPERATURE, answers, load, ngrams  # noqa: E402

from recipes.nano.world import corpus  # noqa: E402

PAIRS = 200
LONGEST_REPEAT = 0.05
"""The share of 4-grams that a story may say again before it breaks the rules."""


@dataclass(frozen=True)
class Pair:
    """Two answers to one prompt, whether each keeps the rules, SmolLM2's nats a token, and who won."""

    prompt: str
    first: str
    second: str
    rules: tuple[bool, bool]
    nats: tuple[float, float]

    @property
    def winner(self) -> str:
        if self.rules[0] != self.rules[1]:
            return "first" if self.rules[0] else "second"
        if self.first.strip() == self.second.strip():
            return "same"
        return "first" if self.nats[0] < self.nats[1] else "second"


def tell(model, tokenizer, openings: list[str], seed: int) -> list[str]:
    """How the model goes on from each opening: sampled, all in one batch, without the opening."""
    torch.manual_seed(seed)
    inputs = tokenizer([corpus.END_OF_TEXT + opening for opening in openings], return_tensors="pt", padding=True)
    with torch.no_grad():
        out = model.generate(
            **inputs, max_new_tokens=NEW_TOKENS, do_sample=True, temperature=TEMPERATURE, top_k=0, top_p=0.95
        )
    return [tokenizer.decode(row[inputs["input_ids"].shape[1] :], skip_special_tokens=True) for row in out]


def keeps_rules(story: str) -> bool:
    """Whether a story says something (five words at least) and does not repeat itself."""
    four = Counter(ngrams(story, 4))
    repeated = 1 - len(four) / max(1, sum(four.values()))
    return len(story.split()) >= 5 and repeated <= LONGEST_REPEAT


def nats_a_token(judge, tokenizer, prompt: str, said: str) -> float:
    """SmolLM2's mean loss over the tokens of what was said, after the prompt; infinite for nothing."""
    before, whole = (len(tokenizer(text)["input_ids"]) for text in (prompt, prompt + said))
    if whole <= before:
        return math.inf
    ids = tokenizer(prompt + said, return_tensors="pt")["input_ids"]
    labels = ids.clone()
    labels[:, :before] = -100
    with torch.no_grad():
        return float(judge(ids, labels=labels).loss)


def stories(first, second, judge, pairs: int) -> list[Pair]:
    """Pairs of stories from OTHER_OPENINGS in turn."""
    openings = [OTHER_OPENINGS[i % len(OTHER_OPENINGS)] for i in range(pairs)]
    told = [tell(*edition, openings, seed=index) for index, edition in enumerate((first, second))]
    return [Pair(opening, a, b, (keeps_rules(a), keeps_rules(b)),
                 (nats_a_token(*judge, opening, a), nats_a_token(*judge, opening, b)))
            for opening, a, b in zip(openings, *told, strict=True)]  # fmt: skip


def questions(first, second, judge, pairs: int, seed: int = 2026) -> list[Pair]:
    """Pairs of answers to English questions that training never asked."""
    asked = corpus.unseen_questions(pairs, seed)
    said = [answers(*edition, [question.prompt for question in asked]) for edition in (first, second)]
    return [Pair(question.prompt, a, b, (question.is_right(a), question.is_right(b)),
                 (nats_a_token(*judge, question.prompt + "\n", a), nats_a_token(*judge, question.prompt + "\n", b)))
            for question, a, b in zip(asked, *said, strict=True)]  # fmt: skip


def contest(first: Path, second: Path, judge: Path, pairs: int = PAIRS) -> list[Pair]:
    """All pairs; half stories, half questions."""
    editions, opinion = [load(first), load(second)], load(judge)
    return stories(*editions, opinion, pairs // 2) + questions(*editions, opinion, pairs - pairs // 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    parser.add_argument("--judge", type=Path, required=True, help="folder of SmolLM2-135M-Instruct")
    parser.add_argument("--work", type=Path, default=PROJECT / ".lab/nano")
    options = parser.parse_args()
    pairs = contest(options.first, options.second, options.judge)
    half = len(pairs) // 2
    parts = {"stories": pairs[:half], "questions": pairs[half:], "all": pairs}
    figures = {name: dict(Counter(pair.winner for pair in part)) for name, part in parts.items()}
    rows = [asdict(pair) | {"winner": pair.winner} for pair in pairs]
    found = json.dumps({"figures": figures, "pairs": rows}, indent=1, ensure_ascii=False)
    (options.work / "contest.json").write_text(found, encoding="utf-8")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
