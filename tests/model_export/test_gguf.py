"""GGUF files of models of every shape that is written: llama.cpp reads the texts as the tokenizer does, and thinks what
transformers thinks."""

import random

import pytest

from lab.errors import ModelError
from lab.home import ASSETS
from lab.model_export import gguf_agreement as agreeing
from lab.model_export.agreement import ask
from lab.model_export.gguf_file import write_gguf
from lab.model_export.gguf_file.pre_tokenizer import LLAMA3, QWEN2
from lab.model_export.gguf_texts import TEXTS
from lab.models import load_tokenizer
from tests.model_export.reading_here import read_everything_here

pytest.importorskip("xllamacpp")
QUESTIONS = [[{"role": "user", "content": text}] for text in ("Hello, parrot 12!", "你好\n\n你会说话吗?")]
LLAMA3_ROPE = {"rope_type": "llama3", "rope_theta": 500000.0, "factor": 8.0, "low_freq_factor": 1.0,
               "high_freq_factor": 4.0, "original_max_position_embeddings": 32}  # fmt: skip
YARN = {"rope_type": "yarn", "rope_theta": 10000.0, "factor": 4.0, "original_max_position_embeddings": 128}


@pytest.fixture(autouse=True)
def here(monkeypatch):
    read_everything_here(monkeypatch)
    monkeypatch.setattr(agreeing, "NUMBERS", 0)  # of each vocabulary the fewest places that are looked at


@pytest.fixture(scope="module")
def nano():
    return load_tokenizer(ASSETS / "nano")


def tokenizer_of(cuts: str, begins: bool):
    """Nano's tokens, cut as another family cuts texts."""
    from tokenizers import Regex, pre_tokenizers, processors

    tokenizer = load_tokenizer(ASSETS / "nano")
    own = tokenizer.backend_tokenizer
    own.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(Regex(cuts), "isolated"), pre_tokenizers.ByteLevel(False, use_regex=False)]
    )
    if begins:
        own.post_processor = processors.TemplateProcessing(single="<|endoftext|> $A",
                                                           special_tokens=[("<|endoftext|>", 0)])  # fmt: skip
        tokenizer.chat_template = "{{ bos_token }}" + tokenizer.chat_template
    return tokenizer


def tiny(kind: str, **settings):
    """A random model of few weights, whose next tokens are clear-cut."""
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM

    plain = {"vocab_size": 6144, "hidden_size": 64, "intermediate_size": 96, "num_hidden_layers": 2,
             "num_attention_heads": 4, "num_key_value_heads": 2, "max_position_embeddings": 512,
             "tie_word_embeddings": True, "initializer_range": 0.2}  # fmt: skip
    with torch.random.fork_rng():
        torch.manual_seed(0)
        model = AutoModelForCausalLM.from_config(AutoConfig.for_model(kind, **plain | settings))
        for weight in model.parameters():  # biases and norms begin as zeros and ones
            if weight.ndim == 1:
                weight.data += 0.1 * torch.randn_like(weight)
    return model.eval()


def written(model, tokenizer, file, type="f16"):
    words = write_gguf(model, tokenizer, file, type, {"name": "tiny"})
    return words, ask(model, tokenizer, QUESTIONS)


SHAPES = {
    "nano": ("llama", {}, None, False),
    "llama3": ("llama", {"tie_word_embeddings": False, "attention_bias": True, "rope_parameters": LLAMA3_ROPE},
               LLAMA3, True),
    "qwen2": ("qwen2", {"rope_parameters": YARN}, QWEN2, False),
    "qwen3": ("qwen3", {"head_dim": 32, "tie_word_embeddings": False}, QWEN2, False),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_llama_cpp_thinks_and_reads_as_the_model_does(shape, nano, tmp_path):
    kind, settings, cuts, begins = SHAPES[shape]
    tokenizer = nano if cuts is None else tokenizer_of(cuts, begins)
    words, asked = written(tiny(kind, **settings), tokenizer, tmp_path / "model.gguf")
    found = agreeing.gguf_agreement(tmp_path / "model.gguf", "f16", words, asked)
    assert "xllamacpp" in found.by and found.holds and found.kl < 1e-4 and found.same_likeliest == 1.0
    assert words.adds == (begins, False)
    assert found.texts == len(TEXTS) > 20
    if cuts is None:
        assert [text for text in TEXTS if text in found.differing] == ["\n\n龘和  齉"]
    assert found.texts_same >= len(TEXTS) - 1


@pytest.mark.parametrize("shape", ["nano", "qwen3"])
def test_eight_bits_are_near_and_half_the_size(shape, nano, tmp_path):
    kind, settings, _, _ = SHAPES[shape]
    model = tiny(kind, **settings)
    for type in ("f16", "q8_0"):
        words, asked = written(model, nano, tmp_path / f"{type}.gguf", type)
    found = agreeing.gguf_agreement(tmp_path / "q8_0.gguf", "q8_0", words, asked)
    assert 1e-7 < found.kl < agreeing.HELD_TO["q8_0"][1]
    matrices = sum(weight.numel() for weight in model.parameters() if weight.ndim > 1)
    saved = (tmp_path / "f16.gguf").stat().st_size - (tmp_path / "q8_0.gguf").stat().st_size
    assert saved == pytest.approx(matrices * (2 - 34 / 32), rel=0.01)


def test_without_llama_cpp_it_is_said_and_transformers_reads_the_file(nano, tmp_path, monkeypatch):
    monkeypatch.setattr(agreeing, "_imports", lambda wheel: False)
    words, asked = written(tiny("qwen2"), nano, tmp_path / "model.gguf")
    found = agreeing.gguf_agreement(tmp_path / "model.gguf", "f16", words, asked)
    assert found.by.startswith("transformers") and found.texts == 0 and found.kl < 1e-5


def test_another_model_and_another_template_are_told(nano, tmp_path):
    words, _ = written(tiny("llama"), nano, tmp_path / "model.gguf")
    others = ask(tiny("llama", initializer_range=0.3), nano, QUESTIONS)
    with pytest.raises(ModelError, match="it is another model"):
        agreeing.gguf_agreement(tmp_path / "model.gguf", "f16", words, others)
    nano_begun = load_tokenizer(ASSETS / "nano")
    nano_begun.chat_template = "{{ bos_token }}" + nano_begun.chat_template
    begun = ask(tiny("llama"), nano_begun, QUESTIONS)
    with pytest.raises(ModelError, match="reads a question as other tokens"):
        agreeing.gguf_agreement(tmp_path / "model.gguf", "f16", words, begun)


def test_a_template_that_writes_longer_conversations_otherwise_is_told(nano, tmp_path):
    words, asked = written(tiny("llama"), nano, tmp_path / "model.gguf")
    other = load_tokenizer(ASSETS / "nano")
    other.chat_template = other.chat_template.replace("{% generation %}", "{% generation %}{{ ' ' }}")
    words.__dict__["template"] = words.template
    object.__setattr__(words, "tokenizer", other)
    with pytest.raises(ModelError, match="reads a conversation as other tokens"):
        agreeing.gguf_agreement(tmp_path / "model.gguf", "f16", words, asked)


def test_a_file_whose_tokens_are_not_those_is_told(nano, tmp_path):
    words, asked = written(tiny("llama"), nano, tmp_path / "model.gguf")
    text, kind = words.tokens[700]
    words.tokens[700] = (text + "x", kind)
    with pytest.raises(ModelError, match=r"its tokenizer.ggml.tokens is another"):
        agreeing.gguf_agreement(tmp_path / "model.gguf", "f16", words, asked)


def test_what_llama_cpp_does_not_have_is_refused_in_words(nano, tmp_path):
    from tokenizers import Regex, normalizers, pre_tokenizers

    file = tmp_path / "model.gguf"
    small = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2}
    with pytest.raises(ModelError, match=r"written for llama, qwen2, qwen3 models, and this is gpt_neox.*--as merged"):
        write_gguf(tiny("gpt_neox", **small), nano, file, "f16", {"name": "x"})
    dynamic = tiny("llama", rope_parameters={"rope_type": "dynamic", "factor": 2.0, "rope_theta": 1e4})
    with pytest.raises(ModelError, match="no positions of the kind 'dynamic'"):
        write_gguf(dynamic, nano, file, "f16", {"name": "x"})
    odd = load_tokenizer(ASSETS / "nano")
    odd.backend_tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"\w{2}"), "removed")
    with pytest.raises(ModelError, match=r"cuts texts in a way that llama.cpp has no name for"):
        write_gguf(tiny("llama"), odd, file, "f16", {"name": "x"})
    small = load_tokenizer(ASSETS / "nano")
    small.backend_tokenizer.normalizer = normalizers.Lowercase()
    with pytest.raises(ModelError, match="changes a text before it cuts it"):
        write_gguf(tiny("llama"), small, file, "f16", {"name": "x"})
    large = tiny("llama")
    large.model.layers[0].mlp.up_proj.weight.data[0, 0] = 1e5
    with pytest.raises(ModelError, match="larger than F16 can hold"):
        write_gguf(large, nano, file, "f16", {"name": "x"})
    large.model.layers[0].mlp.up_proj.weight.data[0, 0] = float("nan")
    with pytest.raises(ModelError, match="is not finite"):
        write_gguf(large, nano, file, "q8_0", {"name": "x"})


PARTS = (
    *"aeT'.,!?-_()[]{}<>/\\|@#$%^&*+=~`\"0123456789 \n\t\r", " ", "  ", "\n\n", " \n", "    ", "the", "'s", "'LL",
    "ing", "你", "好", "的", "。", ",", "、", "“", "”", "…", "—", "　", "Ａ", "１", "龘", "𠮷", "ㄅ", "ひ", "カ", "한",
    "é", "e\u0301", "ß", "Ж", "ش", "न", "\u0e2a", "🦜",
    "👍🏽", "\u200d", "\u00a0", "\u2028", "½", "Ⅳ", "√", "<|im_start|>",
    "<|im_end|>",
)  # fmt: skip


def differing(tokenizer, file, texts):
    """The texts whose ids differ between the tokenizer and llama.cpp."""
    asked = {
        "questions": [],
        "dialogs": [],
        "ids": [],
        "places": [],
        "texts": texts,
        "width": 8,
        "context": 256,
        "threads": 1,
    }
    from lab.model_export.gguf_reader import read_xllamacpp

    found = read_xllamacpp(str(file), asked)
    return [text for i, text in enumerate(texts) if found[f"text{i}"].tolist() != tokenizer(text)["input_ids"]]


def only_unknown_characters_after_spaces(tokenizer, text):
    """Whether two spaces or newlines stand before a Chinese character for which nano has no token of its own."""
    import regex

    cut_out = regex.findall(r"\s\s([\u3000-\u303F\u4E00-\u9FFF\uFF00-\uFFEF])", text, overlapped=True)
    return any(len(tokenizer(one)["input_ids"]) > 1 for one in cut_out)


@pytest.mark.parametrize("count", [300, pytest.param(20_000, marks=pytest.mark.long)])
def test_nanos_ids_are_those_of_llama_cpp_but_for_rare_characters_after_spaces(count, nano, tmp_path):
    """Over random texts of all that tokenizers cut differently."""
    random.seed(0)
    texts = ["".join(random.choices(PARTS, k=random.randint(1, 24))) for _ in range(count)]
    write_gguf(tiny("llama", hidden_size=32, num_hidden_layers=1, num_attention_heads=2, num_key_value_heads=2), nano,
               tmp_path / "nano.gguf", "f16", {"name": "x"})  # fmt: skip
    others = differing(nano, tmp_path / "nano.gguf", texts)
    assert all(only_unknown_characters_after_spaces(nano, text) for text in others), others[:5]
    assert len(others) < 0.05 * count
