"""A comparison leaves one lab and is in another what it was, marked as from there. A lab that refuses a file is as it
was, whatever is wrong with the file."""

import json
import zipfile
from pathlib import Path

import pytest

from lab.api import Lab
from lab.bundle import import_bundle, write_bundle
from lab.errors import DataError, LabError, RunError
from lab.home import Home
from lab.store import Status, Store
from lab.store.imported import imported_of
from tests.bundle.bundles import (
    COMPARISON,
    NAMES,
    PERSON,
    altered,
    contents,
    fill,
    manifest,
    put_weights,
    run_of,
    written,
)


@pytest.fixture(scope="module")
def giver(tmp_path_factory):
    with Store(Home(tmp_path_factory.mktemp("giver"))) as store:
        fill(store)
        yield store


@pytest.fixture(scope="module")
def whole(giver, tmp_path_factory) -> Path:
    """The comparison with its weights."""
    file = tmp_path_factory.mktemp("bundles") / "whole.zip"
    write_bundle(COMPARISON, file, giver, weights=True, by="Ana")
    return file


@pytest.fixture
def taker(tmp_path):
    with Store(Home(tmp_path / "taker")) as store:
        yield store


def state(store):
    """All that a refused file must leave alone."""
    left = [path for path in store.home.root.iterdir() if path.name.startswith("importing-")]
    folders = sorted(path.name for path in (store.home.root / "runs").glob("*"))
    return [run.id for run in store.runs.all()], store.ratings.newest(), folders, left


def refused(store, file, why):
    before = state(store)
    with pytest.raises(LabError, match=why or None) as problem:
        import_bundle(file, store)
    assert state(store) == before or before[2] == []
    assert state(store)[:2] == before[:2] and not state(store)[3]
    return problem.value


def test_what_was_imported_is_exported_as_the_same_again(giver, whole, taker, tmp_path):
    found = import_bundle(whole, taker)
    assert (found.runs, found.ratings, found.weights) == (tuple(NAMES), 3, tuple(NAMES))
    again = write_bundle(COMPARISON, tmp_path / "again.zip", taker, weights=True, by="Bob")
    assert contents(again.file) == contents(whole)
    assert manifest(again.file)["origin"] == manifest(whole)["origin"] | {"by": "Ana", "lab": giver.home.lab_id}
    plain = write_bundle("aaaa0001", tmp_path / "plain.zip", taker)
    assert not [name for name in contents(plain.file) if name.startswith("weights/")]


def test_an_imported_run_says_that_its_figures_were_measured_elsewhere(giver, whole, taker):
    import_bundle(whole, taker)
    run = taker.runs.get("aaaa0001")
    origin = imported_of(run)
    assert (origin.lab, origin.by) == (giver.home.lab_id, "Ana")
    assert "measured there" in run.outcome.notes[0] and run.outcome.notes[1:] == ("a note",)
    assert (run.name, run.machine, run.pid, run.visitor) == ("LoRA <b>bold</b>", None, None, None)
    assert run.outcome.eval_loss.after == 2.5 and run.outcome.pictures["confusion"].values == ((1, 0), (0, 2))
    assert taker.curves.curve(run.id, "loss") == [(1, 2.0), (2, 1.5)]
    assert taker.curves.samples([run.id])[0].answer == "<script>alert(1)</script>"
    kept = {path.name for path in taker.home.run(run.id).root.rglob("*") if path.is_file()}
    assert kept == {"weights.json", "learned.bin", "adapter_config.json", "adapter_model.safetensors"}


def test_people_come_as_people_of_elsewhere_and_as_themselves_where_they_are_known(giver, whole, taker, tmp_path):
    import_bundle(whole, taker)
    names = {one.rater: one.scripted for one in taker.ratings.raters()}
    (person,) = [name for name, scripted in names.items() if not scripted]
    assert person.startswith("person-") and names["scripted:happier"] and PERSON not in str(contents(whole))
    with Store(Home(tmp_path / "third")) as third:
        assert import_bundle(whole, third, votes=False).ratings == 0
        assert not third.ratings.raters() and len(third.runs.all()) == 2


def test_a_comparison_that_was_deleted_comes_back_from_its_own_bundle(tmp_path):
    with Store(Home(tmp_path / "home")) as store:
        fill(store)
        file = write_bundle(COMPARISON, tmp_path / "own.zip", store).file
        refused(store, file, "is here already")
        for run_id in NAMES:
            store.runs.delete(run_id)
        before = store.ratings.history()
        import_bundle(file, store)
        assert [one.rater for one in store.ratings.history()] == [one.rater for one in before]
        assert store.runs.get("aaaa0001").request == "evicted"  # it came without weights


def test_the_runs_that_others_build_on_come_along_with_their_weights(tmp_path):
    with Store(Home(tmp_path / "a")) as store:
        store.runs.queue([run_of("bbbb0001", "below", "c0ffee02"), run_of("bbbb0002", "above", "c0ffee03")])
        put_weights(store.home, "bbbb0001")
        put_weights(store.home, "bbbb0002", under="bbbb0001")
        made = write_bundle("c0ffee03", tmp_path / "above.zip", store, weights=True)
        assert made.runs == 2 and set(made.weights) == {"bbbb0001", "bbbb0002"}
    with Store(Home(tmp_path / "b")) as other:
        found = import_bundle(made.file, other)
        assert found.runs == ("bbbb0002",)
        assert {run.comparison for run in other.runs.all()} == {"c0ffee02", "c0ffee03"}
        assert (other.home.run("bbbb0001").stage(0) / "adapter_model.safetensors").exists()


def test_what_is_not_over_or_lies_on_a_folder_of_this_machine_stays(tmp_path):
    with Store(Home(tmp_path / "home")) as store:
        store.runs.queue([run_of("bbbb0001", "x", "c0ffee02", base=str(tmp_path))])
        put_weights(store.home, "bbbb0001", base=str(tmp_path))
        with pytest.raises(DataError, match="on one machine alone"):
            write_bundle("c0ffee02", tmp_path / "x.zip", store, weights=True)
        assert list(tmp_path.glob("x.zip*")) == []
        assert write_bundle("c0ffee02", tmp_path / "x.zip", store).runs == 1
        with pytest.raises(RunError, match="something already"):
            write_bundle("c0ffee02", tmp_path / "x.zip", store)


def test_a_run_that_was_imported_is_not_resumed(whole, taker):
    import_bundle(whole, taker)
    with Lab(taker.home, taker) as lab, pytest.raises(RunError, match="was imported"):
        lab.resume("aaaa0001")


def edited(name, change):
    """What changes one JSON file of a bundle."""

    def apply(files):
        raw = json.loads(files[name])
        change(raw)
        files[name] = json.dumps(raw).encode()

    return apply


RUN, CURVES = "runs/aaaa0001.json", "curves/aaaa0001.json"
ADAPTER = "weights/aaaa0001/stage-0/adapter_config.json"
CHAIN = "weights/aaaa0001/weights.json"
MATRIX = {"kind": "matrix", "rows": ["a"], "columns": [], "values": []}


def put(**values):
    return lambda raw: raw.update(values)


def settle(**values):
    return lambda raw: raw["outcome"].update(values)


BAD = {
    "a pickle": (lambda files: files.update({"weights/aaaa0001/stage-0/evil.pkl": b"x"}), "no file called"),
    "code": (lambda files: files.update({"weights/aaaa0001/stage-0/modeling.py": b"x"}), "no file called"),
    "a file of nobody": (lambda files: files.update({"setup.json": b"{}"}), "no bundle has"),
    "weights of nobody": (lambda files: files.update({"weights/dddd0001/weights.json": b"{}"}), "no bundle has"),
    "no safetensors": (lambda files: files.update({"weights/aaaa0001/stage-0/adapter_model.safetensors": b"\x80\x04."}),
                       "no safetensors"),
    "no JSON": (lambda files: files.update({RUN: b"{"}), "can't be read"),
    "deep JSON": (lambda files: files.update({RUN: b"[" * 100_000}), "can't be read"),
    "an unknown field": (edited(RUN, put(pid=1)), "pid"),
    "a number as a text": (edited(RUN, put(step="2")), "step"),
    "a step below zero": (edited(RUN, put(step=-1)), "step"),
    "a huge step": (edited(RUN, put(total_steps=10**400)), "total_steps"),
    "an id that is a path": (edited(RUN, put(id="../../etc")), "id"),
    "another id": (edited(RUN, put(id="aaaa0009")), "is of run"),
    "an id of a fork point": (
        lambda files: files.update({"runs/abcdat12.json": files[RUN].replace(b"aaaa0001", b"abcdat12")}),
        "no run's id"),
    "a run that runs": (edited(RUN, put(status="running")), "status"),
    "a name that moves the cursor": (edited(RUN, put(name="a\x1b[2Jb")), "name"),
    "an endless name": (edited(RUN, put(name="x" * 10_000)), "name"),
    "half a letter": (edited(RUN, settle(notes=["\ud800"])), "letter|read"),
    "a figure that is no number": (edited(RUN, settle(eval_loss={"before": "<script>", "after": 1})), "eval_loss"),
    "a figure that is not finite": (
        lambda files: files.update({RUN: files[RUN].replace(b'"steps":2', b'"steps":NaN')}), "read|finite"),
    "an infinite figure": (
        lambda files: files.update({RUN: files[RUN].replace(b'"after":2.5', b'"after":1e999')}), "read|finite"),
    "a figure nobody knows": (edited(RUN, settle(evil=1)), "evil"),
    "a picture in pieces": (edited(RUN, settle(pictures={"x": MATRIX})),
                            "different lengths"),
    "modules that are none": (edited(RUN, settle(moved='["", [[1]]]')), "figures"),
    "a recipe that runs code": (edited(RUN, put(recipe="!!python/object/apply:os.system [ls]")), "recipe"),
    "a recipe of another": (edited(RUN, put(base="smollm2-135m")), "another run"),
    "points of text": (edited(CURVES, lambda raw: raw["curves"].update(loss=[["1", 2, 3]])), "loss"),
    "an endless curve's name": (edited(CURVES, lambda raw: raw["curves"].update({"x" * 100: []})), "curves"),
    "votes on nothing": (edited("votes.json", lambda raw: raw.update(answers=[])), "not in it"),
    "answers of others": (edited("votes.json", lambda raw: raw["answers"][0].update(run="dddd0001")), "not in it"),
    "a vote twice over": (edited("votes.json", lambda raw: raw["answers"].append(raw["answers"][0])), "twice"),
    "a person of this lab": (edited("votes.json", lambda raw: raw["ratings"][0].update(rater="browser-1")), "rater"),
    "a script that is none": (edited("votes.json", lambda raw: raw["ratings"][0].update(scripted=True)), "votes as"),
    "a verdict nobody gives": (edited("votes.json", lambda raw: raw["ratings"][0].update(verdict="<b>")), "says"),
    "a vote on another pair": (edited("votes.json", lambda raw: raw["ratings"][0].update(subject="pair2")), "subject"),
    "an adapter that imports": (edited(ADAPTER, put(auto_mapping={"parent_library": "os"})), "lead out"),
    "an adapter that fetches": (edited(ADAPTER, put(tokenizer_kwargs={"trust_remote_code": True})),
                                "lead out"),
    "an adapter that unpickles": (edited(ADAPTER, put(prompt_tuning_init_state_dict_path="/tmp/x.bin")), "lead out"),
    "a megatron core": (edited(ADAPTER, put(megatron_config={"a": 1}, megatron_core="evil")), "lead out"),
    "no adapter": (edited(ADAPTER, lambda raw: raw.pop("peft_type")), "adapter"),
    "a chain on a folder": (edited(CHAIN, lambda raw: raw["chain"][0].update(ref="/etc")), "one machine alone"),
    "a chain upwards": (edited(CHAIN, lambda raw: raw["chain"][0].update(ref="../../x")), "one machine alone"),
    "a chain elsewhere": (edited(CHAIN, lambda raw: raw["chain"][1].update(ref="dddd0001/stage-0")), "not in it"),
    "a chain to nothing": (edited(CHAIN, lambda raw: raw["chain"][1].update(ref="aaaa0001/stage-7")), "not in it"),
    "a chain of nothing": (edited(CHAIN, put(chain=[])), "no chain"),
    "no chain at all": (lambda files: files.pop(CHAIN), "have no weights.json"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_inside_is_refused_whole(name, whole, taker, tmp_path):
    change, why = BAD[name]
    refused(taker, altered(whole, tmp_path / "bad.zip", change), why)


@pytest.mark.parametrize(("told", "why"), [
    ({"format": 99}, "update Parrot Lab"), ({"kind": "something else"}, "kind"), ({"comparison": "c0ffee99"}, "no run"),
    ({"weights": False}, "weights"), ({"evil": 1}, "evil"), ({"origin": {"lab": "x", "by": "", "made": 1}}, "origin"),
])  # fmt: skip
def test_a_manifest_that_is_wrong_is_refused(told, why, whole, taker, tmp_path):
    problem = refused(taker, altered(whole, tmp_path / "bad.zip", lambda files: None, **told), "")
    assert why.lower() in str(problem).lower()


@pytest.mark.parametrize(
    "name", ["/etc/x", "../up.json", "runs/../../x", "C:\\x", "a//b", ".hidden", "runs/\u202e.json"]
)
def test_no_path_leads_out_of_a_bundle(name, whole, taker, tmp_path):
    files = contents(whole) | {"manifest.json": json.dumps(manifest(whole)).encode(), name: b"x"}
    refused(taker, written(tmp_path / "bad.zip", files), "file called")


def test_links_doubles_and_other_lengths_are_refused(whole, taker, tmp_path):
    files = contents(whole) | {"manifest.json": json.dumps(manifest(whole)).encode()}
    linked = written(tmp_path / "linked.zip", files)
    with zipfile.ZipFile(linked, "a") as out:
        entry = zipfile.ZipInfo("weights/aaaa0001/stage-0/x.json")
        entry.external_attr = 0o120777 << 16
        out.writestr(entry, "/etc/passwd")
    refused(taker, linked, "no plain file")
    twice = written(tmp_path / "twice.zip", files)
    with pytest.warns(UserWarning), zipfile.ZipFile(twice, "a") as out:
        out.writestr(RUN, "{}")
    refused(taker, twice, "in it twice")
    refused(taker, written(tmp_path / "more.zip", files | {"runs/dddd0001.json": b"{}"}), "not in its manifest")
    refused(taker, written(tmp_path / "less.zip", {k: v for k, v in files.items() if k != RUN}), "only in its manifest")
    refused(taker, written(tmp_path / "changed.zip", files | {RUN: files[RUN].replace(b"2.5", b"0.5")}), "not what its")
    refused(taker, written(tmp_path / "longer.zip", files | {RUN: files[RUN] + b" "}), "bytes")


def test_a_bomb_is_not_unpacked(whole, taker, tmp_path, monkeypatch):
    monkeypatch.setattr("lab.bundle.archive.BUNDLE_BYTES", 100_000)
    files = contents(whole) | {"manifest.json": json.dumps(manifest(whole)).encode()}
    refused(taker, written(tmp_path / "bomb.zip", files | {"x.json": bytes(200_000)}), "unpacks to")
    monkeypatch.setattr("lab.bundle.archive.BUNDLE_FILES", 3)
    refused(taker, whole, "at most 3")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no zip at all", b"\x80\x04\x95pickle"])
def test_a_file_that_is_no_bundle_is_refused_in_words(data, taker, tmp_path):
    (tmp_path / "x.zip").write_bytes(data)
    refused(taker, tmp_path / "x.zip", "no whole bundle")


def test_a_file_that_is_cut_anywhere_is_refused(whole, taker, tmp_path):
    data = whole.read_bytes()
    for end in range(0, len(data), len(data) // 12):
        (tmp_path / "x.zip").write_bytes(data[:end])
        refused(taker, tmp_path / "x.zip", "")
    refused(taker, tmp_path / "nothing.zip", "no such file")


def test_runs_and_answers_that_are_here_already_are_never_changed(whole, taker, tmp_path):
    taker.runs.queue([run_of("aaaa0002", "mine", "c0ffee77")])
    refused(taker, whole, "is here already, and is another one")
    assert taker.runs.get("aaaa0002").name == "mine"
    with Store(Home(tmp_path / "third")) as third:
        third.ratings.keep_answer("base:nano", [{"role": "user", "content": "?"}], "mine", {}, "x")
        fill_one = altered(whole, tmp_path / "same.zip", lambda files: files.update({
            "votes.json": files["votes.json"].replace(b"answer0", third_answer(third).encode()),
        }))  # fmt: skip
        refused(third, fill_one, "says something else")


def third_answer(store):
    from sqlalchemy import select

    from lab.store.schema import answers

    with store.database.read() as connection:
        return connection.execute(select(answers.c.id)).scalar_one()


def test_what_fails_at_the_end_leaves_no_weights(whole, taker, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("lab.bundle.read.arrive", full)
    refused(taker, whole, "(?i)disk|space")
    assert not list((taker.home.root / "runs").iterdir())


def test_only_over_runs_are_given_away(tmp_path):
    from dataclasses import replace

    with Store(Home(tmp_path / "home")) as store:
        store.runs.queue([replace(run_of("bbbb0001", "x", "c0ffee02"), status=Status.QUEUED)])
        with pytest.raises(RunError, match="is queued"):
            write_bundle("c0ffee02", tmp_path / "x.zip", store)
