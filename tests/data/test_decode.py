"""Bytes become text in the encoding they are written in, and it is said where that was a guess."""

import pytest

from lab.data.decode import decode
from lab.errors import DataError

TEXTS = {
    "gbk": "question,answer\n" + "".join(f"{fruit} 是什么？,是水果。\n" for fruit in ("apple", "pear", "plum", "fig")),
    "gb18030": '{"prompt": "菜", "completion": "好"}\n',
    "big5": "問題,回答\n麻婆豆腐是哪裡的菜？,四川的菜。\n",
    "cp932": "質問,答え\n寿司は何ですか？,日本の料理です。\n",
    "cp949": "질문,대답\n김치는 무엇입니까?,한국의 음식입니다.\n",
    "cp1251": "вопрос,ответ\nЧто такое борщ?,Это суп из свёклы.\n",
    "koi8-r": "вопрос,ответ\nЧто такое борщ?,Это суп из свёклы.\n",
    "cp1250": "pytanie,odpowiedź\nCo to są pierogi?,Gotowane ciasto z nadzieniem, które się gotuje w wodzie.\n",
    "cp1253": "ερώτηση,απάντηση\nΤι είναι;,Ένα φρούτο.\n",
    "utf-16-le": "question\tanswer\nWhat is a fig?\tA fruit.\n",
    "utf-16-be": "question\tanswer\nWhat is a fig?\tA fruit.\n",
}
WESTERN = (
    "question,answer\nOù est apple?,Là-bas.\nOù est pear?,Là-bas.\n",
    "q,a\nWhat’s a café?,A “bar” – with coffee.\n",
    "q,a\nWas ist größer?,Die Straße ist größer.\n",
    "q,a\n¿Qué?,Sí.\n",
    "q,a\nPerché?,È così.\n",
    "q,a\nprice?,It costs £5.\n",
)


@pytest.mark.parametrize(("encoding", "text"), [*TEXTS.items(), *(("cp1252", text) for text in WESTERN)])
def test_an_encoding_is_found_and_said(encoding, text):
    found, notes = decode(text.encode(encoding), "my.csv")
    assert found == text and notes[0].startswith("Read as "), notes


def test_a_rare_foreign_letter_far_down_is_enough():
    text = "prompt,completion\n" + "a plain line,with an answer\n" * 20_000 + "是什么？,是水果。\n"
    assert decode(text.encode("gbk"), "my.csv")[0] == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_marked_encodings_need_no_guess(encoding):
    text = '{"prompt": "麻婆豆腐?"}\n'
    found, notes = decode(text.encode(encoding), "my.jsonl")
    assert found == text and not any("guess" in note for note in notes)


def test_one_broken_byte_leaves_utf_8_what_it_is():
    data = "".join(f"第{i}行：好菜。\n" for i in range(9)).encode() + b"caf\xe9\n"
    found, notes = decode(data, "my.txt")
    assert found.endswith("caf\udce9\n") and found.startswith("第0行") and notes == ()


@pytest.mark.parametrize(
    ("data", "sign"),
    [
        (bytes(range(256)) * 4, "binary"),
        (b"\xff\xfea\x00b", "mark says UTF-16"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "Git LFS pointer"),
        (b"\n <!-- 404 --> <!DOCTYPE html><html>", "a web page"),
        (b"<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>", "a web page"),
    ],
)
def test_what_is_no_text_is_refused(data, sign):
    with pytest.raises(DataError, match=sign):
        decode(data, "my.csv")
