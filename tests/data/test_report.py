"""The report before training: lengths in tokens, what is cut, a preview; and no torch for it."""

import subprocess
import sys

import pytest

from lab.data import DataSet, describe
from lab.data.report import histogram
from lab.errors import ModelError
from lab.home import PROJECT


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """A tokenizer of one token a word."""
    from tokenizers import Tokenizer, models, pre_tokenizers

    folder = tmp_path_factory.mktemp("base")
    tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.enable_truncation(4)  # as some bases ship theirs; the report must count beyond it
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


def words(count: int) -> str:
    return " ".join(["word"] * count)


def test_lengths_share_cut_and_preview_are_exact(base):
    rows = [{"text": words(count)} for count in (4, 9, 19, 59)]
    report = describe(DataSet("my", "text", rows, [{"text": "b"}], ("A note.",), dropped=2, repeated=1), base, 16)
    assert (report.rows, report.held_out_rows, report.duplicates, report.repeated) == (4, 1, 2, 1)
    assert (report.longest, report.truncated_share) == (60, 0.5)
    assert (report.lengths.edges[1], sum(report.lengths.counts)) == (10, 4)
    assert report.preview == tuple(rows[:3]) and report.notes == ("A note.",)


@pytest.mark.parametrize(
    ("format", "row", "turns"),
    [
        ("prompt_completion", {"prompt": words(3), "completion": words(2)}, 2),
        ("messages", {"messages": [{"role": "user", "content": words(3)},
                                   {"role": "assistant", "content": words(2)}]}, 2),
        ("preference", {"prompt": words(3), "chosen": words(1), "rejected": words(2)}, 2),
        ("binary_feedback", {"prompt": words(3), "completion": words(2), "label": True}, 2),
        ("prompt", {"prompt": words(5)}, 2),
    ],
)  # fmt: skip
def test_every_format_is_measured_with_what_the_template_adds(base, format, row, turns):
    """Two words a turn, "### user:", in the template of bases that bring none."""
    assert describe(DataSet("my", format, [row], []), base, 64).longest == 5 + 2 * turns


@pytest.mark.parametrize("longest", [0, 1, 11, 12, 13, 119, 120, 700, 99_999])
def test_the_histogram_has_at_most_a_dozen_bins_with_round_edges(longest):
    bins = histogram([0, longest])
    assert len(bins.counts) <= 12 and len(bins.edges) == len(bins.counts) + 1
    assert sum(bins.counts) == 2 and bins.edges[-2] <= longest < bins.edges[-1]
    assert str(bins.edges[1]).rstrip("0") in ("1", "2", "5")


def test_a_base_without_tokenizer_is_refused(tmp_path):
    with pytest.raises(ModelError, match=r"tokenizer\.json"):
        describe(DataSet("my", "text", [{"text": "a"}], []), tmp_path, 16)


def test_a_report_loads_no_heavy_library(base, tmp_path):
    (tmp_path / "my.jsonl").write_text('{"text": "a b"}\n{"text": "c d"}\n')
    code = (
        "import sys; from pathlib import Path; from lab.data import load_data, describe; from lab.home import Home\n"
        "from lab.recipe import DataChoice\n"
        f"data = load_data(DataChoice(name={str(tmp_path / 'my.jsonl')!r}), Home(Path({str(tmp_path)!r})), 0)\n"
        f"print(describe(data, Path({str(base)!r}), 16).rows)\n"
        "print([name for name in ('torch', 'transformers', 'datasets', 'pandas') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PROJECT)
    assert done.stdout.split("\n")[:2] == ["1", "[]"]
