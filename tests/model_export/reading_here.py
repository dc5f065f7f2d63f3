"""The readers of exports without the seconds that a process of its own takes to import what it needs."""

import json

import numpy as np

from lab.model_export import gguf_agreement, gguf_reader, reader


def read_folder(folder, questions):
    """As `lab.model_export.agreement._read`."""
    place = folder.parent
    (place / "asked.json").write_text(json.dumps(questions))
    reader.main(str(folder), str(place / "asked.json"), str(place / "out.npz"))
    with np.load(place / "out.npz") as arrays:
        return {name: arrays[name] for name in arrays.files}


def read_gguf(engine, file, wanted):
    """As `lab.model_export.gguf_agreement._read`."""
    return gguf_reader.ENGINES[engine](str(file), wanted | {"threads": 1})


def read_everything_here(monkeypatch):
    monkeypatch.setattr("lab.model_export.agreement._read", read_folder)
    monkeypatch.setattr(gguf_agreement, "_read", read_gguf)
    monkeypatch.setattr(gguf_agreement, "_imports", lambda wheel: wheel == "xllamacpp")
