"""The exports of a run's model that were checked, kept with the run: form, time and how far each was from the run's."""

import contextlib
import json
import time
from dataclasses import asdict
from typing import Any

from lab.home import Home
from lab.model_export.agreement import Agreement

FILE = "exports.json"


def keep_record(run_id: str, form: str, size: int, found: Agreement, home: Home) -> None:
    """Note an export in the run's folder; the newest of each form is kept. `form` is as in `exports_of`."""
    others = [one for one in exports_of(run_id, home) if one["form"] != form]
    kept = [*others, {"form": form, "at": time.time(), "bytes": size, **asdict(found)}]
    file = home.run(run_id).root / FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(".partial")
    unfinished.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")
    unfinished.rename(file)


def exports_of(run_id: str, home: Home) -> list[dict[str, Any]]:
    """What was taken home of a run, a dict a form (`merged`, `adapter`, `gguf_f16`, `gguf_q8_0`), oldest first: when
    (seconds since 1970), bytes and the figures of its Agreement. Empty where nothing was, or the file is damaged."""
    with contextlib.suppress(OSError, ValueError):
        found = json.loads((home.run(run_id).root / FILE).read_text(encoding="utf-8"))
        if isinstance(found, list):
            return [one for one in found if isinstance(one, dict) and "form" in one]
    return []
