"""Tables, curves and reports as files: figures as they are, and nothing of a name or an answer that does something."""

import csv
import io
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from lab.home import Home
from lab.report import curves_svg, report_html, result_table, written
from lab.report.formats import escape_latex, escape_markdown
from lab.store import Change, Sample, Status, Store
from lab.store.pictures import ByValue
from lab.ui.example import Example

NASTY = '=<script>alert("x")</script> & 50% of_$#{~^\\|*`'
KINDS = ByValue(
    "kind", "exact_match", ("<b>", "meat"), (3, 2), (1.0, None), (0.5, 0.25), (3, 0), (0.0, None), (1 / 3, None),
    (0.06, None), (0.79, None),
)  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """The recorded example, and a comparison with a name of every bad sign and a variant that was stopped."""
    example = Example(Store(Home(tmp_path_factory.mktemp("report") / "home"))).store_for("example0")
    found = example.runs.all(comparison="example0")
    done, stopped = found[0], found[1]
    outcome = replace(done.outcome, pictures={"by_value": KINDS}, notes=(NASTY,))
    example.runs.queue([
        replace(done, id="aaaa0001", comparison="aaaa0001", name=NASTY, recipe_name=NASTY, outcome=outcome),
        replace(stopped, id="aaaa0002", comparison="aaaa0001", name="stopped", status=Status.CANCELLED,
                outcome=replace(stopped.outcome, eval_loss=Change())),
    ])  # fmt: skip
    example.curves.write("aaaa0001", 1, {"loss": 2.0, "eval_loss": 2.5})
    example.curves.write("aaaa0001", 9, {"loss": 1.0, "eval_loss": 1.5})
    example.curves.write_samples([Sample("aaaa0001", 9, 0, NASTY, f"</td>{NASTY}")])
    return example


@pytest.fixture(scope="module")
def nasty(store):
    return store.runs.all(comparison="aaaa0001")


class Tags(HTMLParser):
    """The tags of a page, and the text in them."""

    def __init__(self, text: str):
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        assert not any(name.startswith("on") or name in ("src", "href") for name, _ in attrs), attrs

    def handle_data(self, data):
        self.texts.append(data)


def test_the_csv_has_all_digits_of_each_figure_and_no_text_that_a_spreadsheet_computes(store, nasty):
    example = store.runs.all(comparison="example0")
    rows = list(csv.DictReader(io.StringIO(written(result_table(example), "csv"))))
    assert [row["variant"] for row in rows] == [run.name for run in example]
    for row, run in zip(rows, example, strict=True):
        exact = run.outcome.metrics["exact_match"]
        assert float(row["held_out_loss.after"]) == run.outcome.eval_loss.after
        assert (float(row["exact_match.low"]), float(row["exact_match.high"])) == exact.after_interval
        assert float(row["train_seconds"]) == run.outcome.train_seconds
    one, stopped = csv.DictReader(io.StringIO(written(result_table(nasty), "csv")))
    assert one["variant"] == f"'{NASTY}" and stopped["status"] == "cancelled"
    assert stopped["held_out_loss.after"] == ""  # what was stopped has no loss, and no lowest one


def test_markdown_and_latex_show_a_name_as_it_is(nasty):
    table = result_table(nasty)
    lines = written(table, "markdown").splitlines()
    cells = lines[3].replace("\\|", "").split("|")
    assert len(cells) == len(lines[0].split("|")) and escape_markdown(NASTY) in lines[3]
    latex = written(table, "latex")
    (row,) = [line for line in latex.splitlines() if line.startswith(escape_latex(NASTY))]
    columns = latex.partition("{tabular}{")[2].partition("}")[0]
    assert row.replace(r"\&", "").count("&") == len(columns) - 1
    assert escape_latex("[a] *b*") == "{[}a] {*}b{*}"  # after the end of a row these would be its options
    assert escape_latex("50% a_b & c\\d {e} ~^#$") == (
        r"50\% a\_b \& c\textbackslash{}d \{e\} \textasciitilde{}\textasciicircum{}\#\$"
    )
    assert escape_markdown("a|b\nc*") == r"a\|b c\*"


def test_a_variant_of_several_seeds_is_a_row_with_its_deviation_and_single_runs_are_rows_on_demand(store):
    first, second, *_ = store.runs.all(comparison="example0")
    seeds = [replace(run, name=f"it · seed {number}") for number, run in enumerate((first, second))]
    (row,) = result_table(seeds).rows
    losses = [run.outcome.eval_loss.after for run in seeds]
    assert (row.name, row.runs, row.done) == ("it", 2, 2)
    assert row.figures["held_out_loss"].after == pytest.approx(sum(losses) / 2)
    assert row.figures["held_out_loss"].deviation == pytest.approx(abs(losses[0] - losses[1]) / 2**0.5)
    assert "±" in written(result_table(seeds), "markdown") and r"$\pm$" in written(result_table(seeds), "latex")
    assert [one.name for one in result_table(seeds, together=False).rows] == ["it · seed 0", "it · seed 1"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_report_holds_everything_and_nothing_in_it_does_anything(store, nasty, language):
    page = report_html(nasty, store, language)
    found = Tags(page)
    text = "\n".join(found.texts)
    assert not {"script", "img", "link", "iframe", "form", "a"} & set(found.tags)
    assert set(re.findall(r"https?://[\w.]+", page)) == {"http://www.w3.org"}  # the name of SVG, which nobody loads
    assert {"svg", "table", "pre", "h1"} <= set(found.tags) and found.tags.count("h1") == 1
    assert NASTY in text and f"</td>{NASTY}" in text and "<b>" in text
    for wanted in ("33%", "6–79 %", "aaaa0002", "learning_rate", "variants:"):
        assert wanted in text, wanted


def test_curves_are_an_svg_with_a_line_a_curve_and_names_as_text(store, nasty):
    drawn = ElementTree.fromstring(curves_svg(nasty, store))
    lines = [one for one in drawn.iter("{http://www.w3.org/2000/svg}path") if one.get("fill") == "none"]
    assert len(lines) == 2 and sum(bool(one.get("stroke-dasharray")) for one in lines) == 1
    assert all("nan" not in one.get("d") for one in lines)
    assert NASTY in [one.text for one in drawn.iter("{http://www.w3.org/2000/svg}title")]
    assert curves_svg(nasty, store, "reward") == ""


def test_a_report_on_runs_that_were_judged_differently_says_so(store, nasty):
    example = store.runs.all(comparison="example0")
    words = "were not all judged by the same questions"
    assert words not in report_html(example, store) and words not in report_html([example[1], nasty[1]], store)
    other = replace(nasty[1], recipe=nasty[1].recipe.replace("language: en", "language: zh"))
    assert other.recipe != nasty[1].recipe and words in report_html([example[1], other], store)
