"""A third language in a real browser: a folder of words and a line in the list, and the page speaks it."""

import shutil

import pytest

from lab import words
from tests.browser.page import QuietServer, Visit

pytestmark = pytest.mark.browser


class German(Visit):
    """The page over an empty lab, with a little German."""

    server_kind = QuietServer


@pytest.fixture
def visit(tmp_path, monkeypatch):
    folder = shutil.copytree(words.WORDS, tmp_path / "words")
    with (folder / "languages.yaml").open("a", encoding="utf-8") as file:
        file.write("de: Deutsch\n")
    (folder / "de").mkdir()
    (folder / "de" / "page.yaml").write_text("learn: Methoden\nruns: Läufe\n", encoding="utf-8")
    (folder / "de" / "cards.yaml").write_text("Full fine-tuning: Vollständig\n", encoding="utf-8")
    monkeypatch.setattr(words, "WORDS", folder)
    with German.opened(tmp_path) as made:
        yield made


def test_a_third_language_is_offered_spoken_and_remembered_with_english_in_its_gaps(visit):
    page = visit.page()
    others = page.locator("[data-set-language]").all_inner_texts()
    assert others == ["中文", "Deutsch"]
    page.click("[data-set-language=de]")
    page.wait_for_function("document.querySelector('[data-tab=runs]').textContent === 'Läufe'")
    assert page.inner_text("[data-tab=train]") == "Train"
    assert page.locator("[data-set-language]").all_inner_texts() == ["English", "中文"]
    assert "Vollständig" in page.inner_text("[data-variant='0']")
    page.reload(wait_until="domcontentloaded")
    page.wait_for_function("document.querySelector('[data-tab=learn]')?.textContent === 'Methoden'")
    assert page.evaluate("document.documentElement.lang") == "de"
    page.context.close()
    german = visit.page(locale="de-AT")
    german.wait_for_function("document.querySelector('[data-tab=learn]')?.textContent === 'Methoden'")
    german.context.close()
    assert visit.broken == []
