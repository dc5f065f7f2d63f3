"""A run as one short Python file that needs TRL, PEFT and transformers alone, with the rows it learned from beside it.

`source` reads what a run was; `peft_code` and `reward_code` turn settings and rewards into Python; `words`, `pairs`,
`classes` and `policy` write the part of one family of objectives; `export` puts the file together. Nothing here trains.
"""

from lab.model_export.script.export import Script, export_script

__all__ = ["Script", "export_script"]
