"""A file with bad rows in a real browser: what is wrong is listed, and one button goes on without it."""

import json

import pytest

from tests.browser.page import QuietServer, Visit

pytestmark = pytest.mark.browser
PAGE = "<script>window.harmed = true</script><img src=x onerror='window.harmed = true'><b>Bold</b>"
ROWS = [{"id": i, "prompt": f"Write page {i}.", "completion": PAGE} for i in range(20)]
LINES = [*map(json.dumps, ROWS), '{"prompt": "a"', '{"prompt": "b", "completion": null}']


class Uploading(Visit):
    """The page over an empty lab, with files to choose from."""

    server_kind = QuietServer

    def furnish(self, root):
        self.file, self.ratings = root / "pages.jsonl", root / "ratings.jsonl"
        self.file.write_text("\n".join(LINES))
        self.shop, self.more, self.test = (root / name for name in ("shop.csv", "more.csv", "test.csv"))
        for start, path in ((0, self.shop), (60, self.more), (90, self.test)):
            lines = [f"What costs {i}?,{i} euro,{'bread' if i % 3 else 'meat'}" for i in range(start, start + 30)]
            path.write_text("\n".join(["frage,antwort,kind", *lines, *([",x,meat"] if path == self.more else [])]))
        good = {"prompt": "Hi?", "chosen": "Hello.", "rejected": "Go."}
        self.ratings.write_text("\n".join(map(json.dumps, [good, good | {"rejected": ""}, good | {"chosen": "Go."}])))


@pytest.fixture(scope="module")
def visit(tmp_path_factory):
    with Uploading.opened(tmp_path_factory.mktemp("bad")) as made:
        yield made


def list_of(page, place: str) -> list[str]:
    page.wait_for_selector(place)
    return page.locator(f"{place} li").all_inner_texts()


def test_an_upload_goes_on_without_its_bad_rows_and_shows_web_code_as_text(visit):
    page = visit.page()
    page.set_input_files("[data-upload]", str(visit.file))
    assert list_of(page, "[data-bad-rows]") == [
        "line 21: this is not JSON: Expecting ',' delimiter at character 15.",
        "line 22, column 'completion': nothing (null) is here, where text is expected.",
    ]
    assert "pages.jsonl: 2 of 22 rows can't be read." in page.inner_text("[data-bad-rows]")
    page.click("[data-go-on]")
    page.wait_for_selector(".peek dd")
    assert page.locator("[data-bad-rows]").count() == 0 and page.is_checked("[data-skip-bad]")
    told = page.inner_text(".peek")
    assert "2 rows of 22 left out" in told and "Columns not used: id." in told and PAGE in told
    assert page.evaluate("window.harmed") is None
    page.wait_for_function("document.querySelector('details.code textarea')?.value.includes('skip_bad: true')")
    page.context.close()


def test_columns_are_chosen_files_joined_and_held_out_and_each_shows_in_the_recipe(visit):
    page = visit.page()
    yaml = "document.querySelector('details.code textarea')?.value"
    page.set_input_files("[data-upload]", [str(visit.shop)])
    page.wait_for_selector("[data-columns-problem]:has-text('choose below which column')")  # nobody knows these names
    assert page.locator("[data-column] select").evaluate_all("all => all.map(one => one.value)") == ["", "", ""]
    page.select_option("[data-became=frage]", "prompt")
    page.wait_for_function("document.querySelector('[data-became=frage]')?.value === 'prompt'")
    page.select_option("[data-became=antwort]", "completion")
    page.wait_for_selector(".peek dd:has-text('What costs')")
    assert page.locator("[data-columns-problem]").count() == 0 and "shop-" in page.inner_text("[data-peek-of]")
    page.set_input_files("[data-upload-more]", [str(visit.more)])
    page.wait_for_selector("[data-bad-rows]")  # beside the files, not at the button that trains
    assert page.locator(".form-go [data-bad-rows]").count() == 0
    assert "more.csv: 1 of 31 rows" in page.inner_text("[data-bad-rows]")
    page.click("[data-go-on]")
    page.set_input_files("[data-upload-held_out]", [str(visit.test)])
    page.wait_for_selector("[data-held-out-file]")
    page.select_option("[data-by='0']", "kind")
    page.wait_for_function("document.querySelector('.peek')?.innerText.includes('60 rows to learn from, 30 held out')")
    for said in ("files:", "held_out_file: upload:test-", "by: kind", "skip_bad: true", "prompt: frage"):
        page.wait_for_function(f"{yaml}.includes('{said}')")
    page.select_option("[data-field=data]", "friendly")  # what is shown is of the set that is chosen
    page.wait_for_function("document.querySelector('[data-peek-of]')?.innerText === 'friendly'")
    assert page.locator("[data-own]").count() == 0
    page.context.close()


def test_a_start_offers_to_go_on_and_queues_runs_that_say_so(visit):
    page = visit.page(locale="zh-CN")
    page.set_input_files("[data-upload]", str(visit.file))
    page.click("[data-go-on]")
    page.wait_for_selector(".peek dd")
    page.uncheck("[data-skip-bad]")
    page.wait_for_selector(".form-body [data-bad-rows]")
    page.wait_for_function("!document.querySelector('details.code textarea')?.value.includes('skip_bad')")
    page.click("[data-start]")
    page.wait_for_selector(".form-go [data-bad-rows]")
    assert "22 行中有 2 行无法读取" in page.inner_text(".form-go [data-bad-rows]") and visit.store.runs.all() == []
    page.click(".form-go [data-go-on]")
    page.wait_for_selector("[data-notes]:has-text('22 行中有 2 行无法读取，已略去')")
    assert all("skip_bad: true" in run.recipe for run in visit.store.runs.all())
    page.context.close()


def test_ratings_from_a_file_name_each_bad_row(visit):
    page = visit.page()
    page.evaluate("document.getElementById('tab-arena-button').click()")
    page.set_input_files("[data-bring-in]", str(visit.ratings))
    assert list_of(page, "[data-exchange-problem]") == [
        "ratings.jsonl, line 2, column 'rejected': the text is empty. Fill it, or remove the row.",
        "ratings.jsonl, line 3, column 'rejected': chosen and rejected are the same. "
        "Remove the row: there is nothing to prefer in it.",
    ]
    page.click("[data-leave-out]")
    page.wait_for_selector("[data-exchange]")
    assert visit.store.ratings.count("vote") == 1
    page.context.close()
    assert visit.broken == []
