"""`lab tokens` and `lab surprise`: a row's mask and a text's surprise, for people and for programs."""

import json

import pytest

from tests.cli.test_cli import here

__all__ = ["here"]


def test_the_mask_of_a_row_is_shown_and_counted(here):
    shown = here("tokens", "cuisine", "--row", "3")
    assert shown.startswith("cuisine, row 3 of ") and " as sft reads it on nano:" in shown
    assert "  template  <|im_start|>|user|↵\n" in shown and "|<|im_end|>\n" in shown
    (row,) = (told := json.loads(here("tokens", "cuisine", "--row", "3", "--json")))["sequences"]
    assert (told["objective"], told["row"], told["left_out"]) == ("sft", 3, None)
    learned = sum(len(chip["ids"]) for chip in row["chips"] if chip["kind"] == "learned")
    assert row["counts"]["learned"] == learned > 0
    assert f"{learned:,} learned" in shown


def test_a_row_that_is_cut_says_how_much_of_it_and_that_it_is_left_out(here):
    shown = here("tokens", "cuisine", "--row", "3", "--max-length", "10")
    assert " cut off" in shown and "Training leaves this row out: within 10 tokens there is no room" in shown


def test_what_there_is_not_is_said_in_one_line(here):
    assert "there is no row 90,000. Give one from 1 to " in here.refusal("tokens", "cuisine", "--row", "90000")
    assert "no objective 'dop'. Did you mean 'dpo'" in here.refusal("tokens", "cuisine", "--objective", "dop")
    assert "can't learn from" in here.refusal("tokens", "prompts", "--objective", "dpo")


@pytest.mark.slow
def test_surprise_is_shown_token_by_token_and_in_json(here):
    shown = here("surprise", "nano", "--text", "Sichuan.", "--prompt", "Where is Mapo tofu from?")
    assert "nats a token, perplexity" in shown and "likeliest there" in shown and "<|im_end|>" in shown
    (told,) = json.loads(here("surprise", "nano", "--text", "Sichuan. 🦜", "--json"))
    assert told["name"] == "nano" and told["error"] is None
    assert "".join(span["text"] for span in told["spans"]) == "Sichuan. 🦜"
    assert told["spans"][0]["nats"] is None
    known = [token for span in told["spans"][1:] for token in span["tokens"]]
    assert len(known) == told["tokens"] and all(len(token["alternatives"]) == 5 for token in known)
    assert told["nats"] == pytest.approx(sum(token["nats"] for token in known))
