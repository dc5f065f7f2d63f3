"""The owner's token for the Hub is used for nobody else, and processes that work for others don't have it."""

import os

import pytest

from lab.data.hub import read_hub
from lab.errors import DataError, ModelError
from lab.limits import MEGABYTE
from lab.models import find_base
from lab.models.catalogue import CATALOGUE
from lab.recipe import DataChoice
from lab.sandbox import guarded
from lab.visitors import LOCAL, acting, visitor_of
from lab.visitors.tokens import environment_of_children, forget_token, hub_token

GUEST = visitor_of("browser-aaaa")
ON_HUB = next(entry.hub for entry in CATALOGUE.values() if entry.hub)


@pytest.fixture(autouse=True)
def token(monkeypatch):
    monkeypatch.setenv("HF_TOKEN", "hf_owners")
    monkeypatch.delenv("LAB_PUBLIC", raising=False)


def secrets_here() -> tuple[str | None, str | None]:
    """What a look finds of the owner's."""
    from huggingface_hub import get_token

    return os.environ.get("HF_TOKEN"), get_token()


def test_children_of_a_shared_lab_have_no_keys(monkeypatch):
    assert environment_of_children()["HF_TOKEN"] == "hf_owners"
    monkeypatch.setenv("LAB_OWNER_KEY", "key")
    monkeypatch.setenv("LAB_PASSWORD", "password")
    monkeypatch.setenv("OAUTH_CLIENT_SECRET", "secret")
    monkeypatch.setenv("SPACE_ID", "somebody/lab")
    there = environment_of_children()
    assert not {"HF_TOKEN", "LAB_OWNER_KEY", "LAB_PASSWORD", "OAUTH_CLIENT_SECRET"} & set(there)
    assert there["HF_TOKEN_PATH"] == os.devnull and "PATH" in there


def test_a_file_with_the_token_is_not_found_either(monkeypatch, tmp_path):
    environment = {"HF_TOKEN": "hf_owners"}
    forget_token(environment)
    assert "HF_TOKEN" not in environment and environment["HF_TOKEN_PATH"] == os.devnull


def test_what_is_looked_at_for_a_visitor_is_looked_at_without_it():
    assert guarded(secrets_here, where="here") == ("hf_owners", "hf_owners")
    with acting(GUEST):
        assert guarded(secrets_here, where="here")[0] is None
    assert os.environ["HF_TOKEN"] == "hf_owners" and hub_token() is None


@pytest.fixture
def hub(monkeypatch):
    """A Hub that notes with which token it was asked, and says how large a thing is."""
    asked: list[object] = []
    size = {"bytes": 10}

    class File:
        rfilename = "model.safetensors"

        @property
        def size(self):
            return size["bytes"]

    class Info:
        siblings = (File(),)

    class Api:
        def __init__(self, token=None):
            asked.append(token)

        def model_info(self, *_named, **_more):
            return Info()

        dataset_info = model_info

    def download(*_named, token=None, local_files_only=False, **_more):
        if local_files_only:
            from huggingface_hub.errors import LocalEntryNotFoundError

            raise LocalEntryNotFoundError("not here")
        asked.append(token)
        raise ConnectionError("far enough")

    monkeypatch.setattr("huggingface_hub.HfApi", Api)
    monkeypatch.setattr("huggingface_hub.snapshot_download", download)
    monkeypatch.setattr("huggingface_hub.hf_hub_download", download)
    monkeypatch.setattr("lab.models.find.reach_hub", lambda: "hub")
    monkeypatch.setattr("lab.data.hub.reach_hub", lambda: "hub")
    return asked, size


def test_a_visitors_base_is_fetched_without_a_token_and_the_owners_with_it(home, hub):
    asked, _ = hub
    for who, token in ((GUEST, False), (LOCAL, None)):
        asked.clear()
        with acting(who), pytest.raises(ModelError):
            find_base(ON_HUB, home)
        assert asked and set(asked) == {token}


def test_a_base_that_is_not_listed_is_not_even_asked_for(home, hub, monkeypatch):
    asked, _ = hub
    with acting(GUEST), pytest.raises(ModelError, match="not open here"):
        find_base("owner/private", home)
    assert asked == []
    monkeypatch.setenv("LAB_HUB_BASES", "owner/small, owner/other")
    for base, said in (("owner/small", "Hub"), (ON_HUB, "not open here")):
        with acting(GUEST), pytest.raises(ModelError, match=said):
            find_base(base, home)


def test_a_base_that_is_too_large_is_not_fetched(home, hub, monkeypatch):
    _, size = hub
    size["bytes"] = 5_000 * MEGABYTE
    monkeypatch.setattr("huggingface_hub.hf_hub_download", lambda *_, **__: "config.json")
    monkeypatch.setattr("lab.models.find.read_json", lambda _: {})
    monkeypatch.setattr("lab.models.find.check_config", lambda *_: None)
    with acting(GUEST), pytest.raises(ModelError, match="3,000 MB are fetched for a visitor"):
        find_base(ON_HUB, home)


def test_a_data_set_of_the_hub_is_asked_for_without_a_token_and_up_to_a_size(hub, monkeypatch):
    asked, size = hub
    given: list[object] = []

    def load(*_named, token=None, **_which):
        given.append(token)
        raise ConnectionError("far enough")

    monkeypatch.setattr("datasets.load_dataset", load)
    with acting(GUEST):
        with pytest.raises(DataError, match="Hub can't be reached"):
            read_hub(DataChoice(name="owner/rows"))
        assert (asked, given) == ([False], [False])
        size["bytes"] = 301 * MEGABYTE
        with pytest.raises(DataError, match="300 MB are fetched for a visitor"):
            read_hub(DataChoice(name="owner/rows"))
        assert given == [False]
    with pytest.raises(DataError, match="Hub can't be reached"):
        read_hub(DataChoice(name="owner/rows"))
    assert given == [False, None]
