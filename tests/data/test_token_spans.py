"""Tokens as people read them: one character over its tokens, bytes where a character is cut, special tokens by name."""

import pytest
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast

from lab.data.token_spans import Span, token_spans, token_text
from lab.home import ASSETS
from lab.models.chat_template import light_tokenizer
from tests.tiny import make_tiny_tokenizer

TEXTS = (
    "Hello, parrot!\n",
    "a 🦜 said: 你好, 鹦鹉",
    "naïve — café",
    "half \ufffd",
    "<|im_start|>user\n麻婆<|im_end|>\n",
)


def byte_fallback_tokenizer():
    """A SentencePiece kind: ▁ for spaces, bytes as <0xAB>."""
    pieces = ["<unk>", *(f"<0x{byte:02X}>" for byte in range(256)), *"▁Helo,w", "▁He", "▁Hel", "ll"]
    merges = [("▁", "He"), ("▁He", "l"), ("l", "l")]
    vocabulary = {piece: number for number, piece in enumerate([*pieces, "He"])}
    bpe = models.BPE(vocabulary, [("H", "e"), *merges], unk_token="<unk>", byte_fallback=True)
    tokens = Tokenizer(bpe)
    tokens.pre_tokenizer = pre_tokenizers.Metaspace()
    tokens.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(),
                                        decoders.Strip(" ", 1, 0)])  # fmt: skip
    return PreTrainedTokenizerFast(tokenizer_object=tokens, unk_token="<unk>", eos_token="</s>")


TOKENIZERS = {
    "bytes": make_tiny_tokenizer, "fallback": byte_fallback_tokenizer,
    "nano": lambda: light_tokenizer(ASSETS / "nano"),
}  # fmt: skip


@pytest.mark.parametrize("kind", TOKENIZERS)
@pytest.mark.parametrize("text", TEXTS)
def test_spans_hold_all_tokens_in_order_and_say_the_whole_text(kind, text):
    tokenizer = TOKENIZERS[kind]()
    ids = tokenizer(text, add_special_tokens=False)["input_ids"]
    spans = token_spans(tokenizer, ids)
    assert [place for span in spans for place in range(span.start, span.end)] == list(range(len(ids)))
    assert "".join(span.text for span in spans).lstrip() == text.lstrip()


@pytest.mark.parametrize("kind", ["bytes", "fallback"])
def test_a_character_of_several_tokens_is_shown_once_and_a_cut_one_as_its_bytes(kind):
    tokenizer = TOKENIZERS[kind]()
    ids = tokenizer("🦜", add_special_tokens=False)["input_ids"][-4:]
    assert len(ids) == 4
    assert token_spans(tokenizer, ids) == [Span(0, 4, "🦜")]
    assert token_spans(tokenizer, ids, breaks=[3]) == [Span(0, 3, "⟨F0 9F A6⟩"), Span(3, 4, "⟨9C⟩")]
    assert token_spans(tokenizer, ids[:2]) == [Span(0, 2, "⟨F0 9F⟩")]
    assert token_text(tokenizer, ids[1], ids[:1]) == "⟨9F⟩"


def test_half_a_character_ends_before_a_special_token_and_spaces_are_kept():
    tokenizer = make_tiny_tokenizer()
    ids = tokenizer("🦜", add_special_tokens=False)["input_ids"][:2]
    end = tokenizer.eos_token_id
    assert [span.text for span in token_spans(tokenizer, [*ids, end, *ids])] == ["⟨F0 9F⟩", "<|im_end|>", "⟨F0 9F⟩"]
    fallback = byte_fallback_tokenizer()
    hello = fallback("Hello Hello", add_special_tokens=False)["input_ids"]
    texts = [span.text for span in token_spans(fallback, hello)]
    assert "".join(texts).strip() == "Hello Hello" and any(text.startswith(" He") for text in texts[1:])
