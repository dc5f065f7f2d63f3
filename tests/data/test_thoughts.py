"""What has learned to think is asked so that it can; what has not is asked for its answer."""

from lab.data import DataSet
from lab.data.encode import IGNORED, encode, prompt_ids
from lab.data.thoughts import keep_thoughts, learns_thoughts, thinks
from lab.models import Link, load_tokenizer
from lab.models.templates import shipped_templates

THOUGHT = {"prompt": "A fig?", "completion": "<think>\nI recall it.\n</think>\n\nA fruit."}
PLAIN = {"prompt": "A fig?", "completion": "A fruit."}


def test_most_answers_decide_and_questions_alone_say_nothing():
    def of(format, *rows):
        return learns_thoughts(DataSet("my", format, list(rows), []))

    assert of("prompt_completion", THOUGHT, THOUGHT, PLAIN) is True
    assert of("prompt_completion", THOUGHT, PLAIN) is False
    assert of("preference", {"prompt": "A fig?", "chosen": THOUGHT["completion"], "rejected": "No."}) is True
    assert of("prompt", {"prompt": "A fig?"}) is None and of("text", {"text": "<think>"}) is None


def test_a_chat_is_asked_as_the_rows_that_were_learned(tiny_base):
    tokenizer = load_tokenizer(tiny_base)
    tokenizer.chat_template = shipped_templates()["qwen3"]
    for thinking, row in ((True, THOUGHT), (False, PLAIN)):
        (encoded,) = encode([row], "prompt_completion", tokenizer, 200)
        given = next(i for i, label in enumerate(encoded["labels"]) if label != IGNORED)
        asked = prompt_ids(tokenizer, [{"role": "user", "content": "A fig?"}], thinks=thinking)
        assert asked == encoded["input_ids"][:given]
        assert ("<think>" in tokenizer.decode(asked)) is not thinking  # else empty thoughts are given


def test_it_is_kept_beside_the_weights_of_the_last_stage(home):
    home.run("abcdef12").root.mkdir(parents=True)
    chain = (Link("base", "nano"), Link("adapter", "abcdef12/stage-0", "lora"))
    assert not thinks(chain, home)
    keep_thoughts("abcdef12", 0, home, thinks=True)
    assert thinks(chain, home) and not thinks(chain[:1], home)
    keep_thoughts("abcdef12", 0, home, thinks=False)
    assert not thinks(chain, home)
