"""Names, tags, notes, stars, the archive, and deleting several runs: by the same functions for page and terminal."""

from dataclasses import replace

import pytest

from lab.api import Lab
from lab.errors import RunError
from lab.planning import submit
from lab.planning.marking import mark, rename
from lab.planning.removal import plan_removal, remove_all
from lab.recipe import build_recipe
from lab.store import Mark, Status
from lab.store.comparisons import comparisons
from lab.ui.comparisons import Comparisons
from lab.ui.form_choices import bases
from lab.ui.keeping import Keeping
from lab.ui.runs import Runs


def recipe(name: str = "A", **more: object):
    variants = [{"name": method, "method": method, "learning_rate": 1e-3} for method in ("lora", "full")]
    return build_recipe({"name": name, "variants": variants, **more})


@pytest.fixture
def done(store):
    """Four finished runs: two seeds of each of two variants."""
    runs = submit(recipe(repeat=2), store)
    for run in runs:
        store.runs.claim("here")
        store.runs.end(run.id, Status.DONE)
        store.curves.write(run.id, 1, {"loss": 2.0, "eval_loss": 3.0})
        folder = store.home.run(run.id).root
        folder.mkdir(parents=True)
        (folder / "log.txt").write_text("x" * 5000)
    return runs


def test_a_variant_is_renamed_with_all_its_seeds_and_a_comparison_as_a_whole(store, done):
    assert [run.name for run in rename(done[0].id, "  My   LoRA ", store)] == ["My LoRA · seed 0", "My LoRA · seed 1"]
    assert {run.recipe_name for run in rename(done[0].comparison, "Baseline", store)} == {"Baseline"}
    assert {run.name for run in store.runs.all()} == {
        "My LoRA · seed 0", "My LoRA · seed 1", "full · seed 0", "full · seed 1",
    }  # fmt: skip
    assert rename(done[0].id, "My LoRA", store)  # its own name


@pytest.mark.parametrize(
    ("name", "words"),
    [("full", "has a variant 'full' already"), (" ", "at least one letter"), ("x" * 181, "181 letters"),
     ("a · seed 3", "can't end like")],
)  # fmt: skip
def test_a_name_that_can_not_be_is_refused(store, done, name, words):
    with pytest.raises(RunError, match=words):
        rename(done[0].id, name, store)
    assert store.runs.get(done[0].id).name == "lora · seed 0"


def test_tags_notes_stars_and_the_archive_are_kept_and_filter(store, home, done):
    first, comparison = done[0].id, done[0].comparison
    mark([comparison], store, add=["#paper", "v1.2"])
    mark([first], store, remove=["v1.2"], note=" a note ", starred=True)
    assert store.marks.some([first, "gone"]) == {first: Mark(("paper",), "a note", True, False), "gone": Mark()}
    lab = Lab(home, store)
    assert [run.id for run in lab.runs(tag="v1.2")] == [run.id for run in done[1:]]
    assert [run.id for run in lab.runs(tag="#paper", starred=True)] == [first]
    lab.mark(done[3], archived=True)
    assert [run.id for run in lab.runs(archived=True)] == [done[3].id] and len(lab.runs(archived=False)) == 3
    mark([first], store, remove=["paper"], note="", starred=False)
    assert first not in store.marks.all()


@pytest.mark.parametrize("tag", ["", "two words", "a,b", "x" * 41, "<b>"])
def test_what_is_no_tag_is_refused_and_nothing_is_changed(store, done, tag):
    with pytest.raises(RunError, match="is no tag"):
        mark([done[0].id], store, add=["fine", tag], starred=True)
    assert store.marks.all() == {}


def test_too_many_tags_and_too_long_a_note_are_refused(store, done):
    with pytest.raises(RunError, match="at most 20 tags"):
        mark([done[0].id], store, add=[f"t{n}" for n in range(21)])
    with pytest.raises(RunError, match="5,001 letters"):
        mark([done[0].id], store, note="x" * 5001)


def test_runs_that_others_build_on_go_with_them_or_stay(store, done):
    heir = submit(build_recipe({"name": "B", "base": "nano", "variants": [{"name": "on", "method": "lora"}]}), store)[0]
    on_it = replace(heir, id="heir00aa", base=f"run:{done[0].id}", parent=done[0].id)
    store.runs.queue([on_it])
    store.runs.claim("here", only=["heir00aa"])
    store.runs.end("heir00aa", Status.DONE)
    what = plan_removal([done[0].comparison], store)
    assert {run.id for run in what.goes} == {run.id for run in done[1:]} and what.bytes >= 15_000
    assert [(kept.run.id, [one.id for one in kept.heirs]) for kept in what.stays] == [(done[0].id, ["heir00aa"])]
    both = plan_removal([done[0].id, "heir00aa", heir.id], store)
    assert [run.id for run in both.goes] == ["heir00aa", done[0].id]
    assert [kept.reason for kept in both.stays] == ["is queued"]
    assert len(remove_all([done[0].comparison, "heir00aa"], store).goes) == 5
    assert [run.id for run in store.runs.all()] == [heir.id]
    assert not store.home.run(done[0].id).root.exists() and store.marks.all() == {}


def test_marks_go_with_their_run(store, done):
    mark([done[0].id], store, starred=True)
    remove_all([done[0].id], store)
    assert store.marks.all() == {}


def test_the_page_lists_marks_and_disk_and_does_the_same(store, home, done):
    lab = Lab(home, store)
    page, listed = Keeping(lab), Runs(lab)
    assert page.mark({"ids": [done[0].id], "add": ["a"], "starred": True}) == {}
    assert "is no tag" in page.mark({"ids": [done[0].id], "add": ["a b"]})["problem"]
    assert page.rename({"id": done[0].id, "name": "Mine"}) == {}
    shown = {run["id"]: run for run in listed.list_runs()["runs"]}
    own = shown[done[0].id]
    assert (own["tags"], own["starred"], own["variant"], own["disk"] >= 5000) == (("a",), True, "Mine", True)
    asked = page.removal({"ids": [done[0].id]})
    assert (asked["runs"], asked["stays"], asked["bytes"] == own["disk"]) == ([done[0].id], [], True)
    assert page.remove({"ids": [done[0].id]})["runs"] == [done[0].id]
    assert "there is no run" in page.remove({"ids": [done[0].id]})["problem"]
    told = page.diff({"first": done[1].id, "second": done[2].id})["differences"]
    assert [one["field"] for one in told][:3] == ["variant", "method", "knobs.r"]


def test_comparisons_are_listed_newest_first_each_with_a_picture_of_its_curves(store, home, done):
    newer = submit(recipe("B"), store)
    assert [one.id for one in comparisons(store.runs.all())] == [newer[0].comparison, done[0].comparison]
    for step in range(2, 5):
        for run in done:
            store.curves.write(run.id, step, {"loss": 2.0 - step / 10, "eval_loss": 3.0 - step / 10})
    page = Comparisons(Lab(home, store))
    waiting, first = page.list_comparisons()["comparisons"]
    assert (first["name"], first["runs"], first["variants"]) == ("A", 4, ["lora", "full"])
    assert first["statuses"] == {"done": 4} and first["over"] and first["disk"] >= 20_000
    assert waiting["statuses"] == {"queued": 2} and not waiting["over"]
    lines = page.thumbnails({"comparisons": [first["id"], waiting["id"], "gone00aa"]})["lines"]
    assert lines[waiting["id"]] == [] and "gone00aa" not in lines
    assert [place for place, _ in lines[first["id"]]] == [0, 1]
    assert lines[first["id"]][0][1].split()[0] == "0.0,0.0" and lines[first["id"]][0][1].split()[-1] == "160.0,56.0"


def test_what_is_archived_is_offered_as_a_base_no_more(store, home, done):
    mark([done[0].id], store, archived=True)
    offered = [one["id"] for one in bases(home, store)]
    assert f"run:{done[0].id}" not in offered and f"run:{done[1].id}" in offered
