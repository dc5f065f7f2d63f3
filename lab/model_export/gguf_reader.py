"""Reads a GGUF file as somebody without the lab would, and writes what llama.cpp makes of conversations and texts.

Run as a script, `python -I gguf_reader.py ENGINE FILE ASKED.json OUT.npz`; it imports nothing of the lab. The engines:
`xllamacpp` and `llama_cpp` are llama.cpp; `transformers` reads the file with the `gguf` library and computes by itself,
which says nothing of how llama.cpp reads texts.

ASKED has `questions` (conversations), their `ids` and `places` (how many of the ids are read before a next token is
looked at), `dialogs` (longer conversations), `texts`, `width` (rows of the vocabulary), `context` (tokens), `threads`.
OUT has, for each question, `logs` (places, width): log-probabilities; and of llama.cpp the tokens of each question
(`ids`), `dialog` and `text`.
"""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

Arrays = dict[str, Any]


def read_xllamacpp(file: str, asked: dict[str, Any]) -> Arrays:
    """Asks the server that xllamacpp starts in this process, over this machine's own network."""
    import urllib.request

    import xllamacpp

    settings = xllamacpp.CommonParams()
    settings.model.path = file
    settings.n_ctx = asked["context"]
    settings.n_parallel = 1
    settings.warmup = False
    settings.cpuparams.n_threads = settings.cpuparams_batch.n_threads = asked["threads"]
    server = xllamacpp.Server(settings)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def post(place: str, body: dict[str, Any]) -> Any:
        address, data = server.listening_address + place, json.dumps(body).encode()
        with opener.open(urllib.request.Request(address, data, {"Content-Type": "application/json"})) as answer:
            return json.load(answer)

    def tokens(text: str) -> list[int]:
        return list(post("/tokenize", {"content": text, "add_special": True, "parse_special": True})["tokens"])

    letter = tokens("a")[-1]

    def logs(ids: list[int]) -> Any:
        """The server tells them only with a token that it gives: a letter, which changes nothing of them."""
        wanted = {"n_predict": 1, "n_probs": asked["width"], "logit_bias": [[letter, 1e6]], "cache_prompt": True}
        first = post("/completion", {"prompt": ids, **wanted})["completion_probabilities"][0]["top_logprobs"]
        row = np.full(asked["width"], -np.inf, np.float32)
        row[[one["id"] for one in first]] = [one["logprob"] for one in first]
        return row

    found: Arrays = {f"text{i}": np.array(tokens(text), np.int64) for i, text in enumerate(asked["texts"])}
    for name, i, messages in _conversations(asked):
        prompt = post("/apply-template", {"messages": messages})["prompt"]
        found[f"{name}{i}"] = np.array(tokens(prompt), np.int64)
    for i in range(len(asked["questions"])):
        found[f"logs{i}"] = np.stack([logs(asked["ids"][i][:place]) for place in asked["places"][i]])
    return found | {"by": np.array(f"llama.cpp (xllamacpp {xllamacpp.__version__})")}


def read_llama_cpp(file: str, asked: dict[str, Any]) -> Arrays:
    """With llama-cpp-python, which renders templates by itself, as its chats do."""
    import llama_cpp
    from llama_cpp.llama_chat_format import Jinja2ChatFormatter

    model = llama_cpp.Llama(
        file, n_ctx=asked["context"], n_threads=asked["threads"], n_threads_batch=asked["threads"], logits_all=True,
        verbose=False,
    )  # fmt: skip
    known = {name: model.metadata.get(f"tokenizer.ggml.{name}_token_id") for name in ("bos", "eos")}
    bos, eos = ("" if known[name] is None else model._model.token_get_text(int(known[name])) for name in ("bos", "eos"))
    template = Jinja2ChatFormatter(model.metadata["tokenizer.chat_template"], eos, bos)
    begins = model.metadata.get("tokenizer.ggml.add_bos_token") == "true"

    def tokens(text: str) -> list[int]:
        return list(model.tokenize(text.encode(), add_bos=True, special=True))

    found: Arrays = {f"text{i}": np.array(tokens(text), np.int64) for i, text in enumerate(asked["texts"])}
    for name, i, messages in _conversations(asked):
        prompt = template(messages=messages).prompt
        found[f"{name}{i}"] = np.array(tokens(prompt.removeprefix(bos) if begins else prompt), np.int64)
    for i in range(len(asked["questions"])):
        model.reset()
        model.eval(asked["ids"][i])
        rows = np.array(model.scores[[place - 1 for place in asked["places"][i]]], np.float64)
        found[f"logs{i}"] = (rows - np.logaddexp.reduce(rows, axis=-1, keepdims=True)).astype(np.float32)
    return found | {"by": np.array(f"llama.cpp (llama-cpp-python {llama_cpp.__version__})")}


def read_transformers(file: str, asked: dict[str, Any]) -> Arrays:
    """Without llama.cpp: the file's numbers under transformers' own reading of their names and order."""
    import torch
    import transformers

    model = transformers.AutoModelForCausalLM.from_pretrained(
        Path(file).parent, gguf_file=Path(file).name, dtype=torch.float32
    ).eval()
    found: Arrays = {}
    for i, ids in enumerate(asked["ids"]):
        with torch.no_grad():
            rows = model(input_ids=torch.tensor([ids])).logits[0].float().log_softmax(-1)
        found[f"logs{i}"] = rows[[place - 1 for place in asked["places"][i]]].numpy()
    return found | {"by": np.array(f"transformers {transformers.__version__}")}


def _conversations(asked: dict[str, Any]) -> list[tuple[str, int, list[dict[str, str]]]]:
    """The questions and dialogs, with the names under which their tokens are written."""
    return [("ids", i, one) for i, one in enumerate(asked["questions"])] + [
        ("dialog", i, one) for i, one in enumerate(asked["dialogs"])
    ]


ENGINES = {"xllamacpp": read_xllamacpp, "llama_cpp": read_llama_cpp, "transformers": read_transformers}


def main(engine: str, file: str, asked: str, out: str) -> None:
    try:
        np.savez(out, **ENGINES[engine](file, json.loads(Path(asked).read_text(encoding="utf-8"))))
    except Exception as problem:  # the reason goes where llama.cpp does not write its log
        print(f"{type(problem).__name__}: {problem}")
        sys.exit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
