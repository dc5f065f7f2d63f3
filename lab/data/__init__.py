"""Data sets: built-in ones, files, uploads and Hub ids, all turned into TRL's standard formats, checked and split.

Imports none of the heavy libraries, so the web process can preview data.
"""

from lab.data.formats import detect_format, to_standard
from lab.data.load import data_cards, load_data
from lab.data.mix import load_mix
from lab.data.report import describe, row_sizes
from lab.data.types import FORMATS, DataReport, DataSet, Histogram, Row, RowSizes
from lab.data.upload import save_upload, uploads

__all__ = [
    "FORMATS", "DataReport", "DataSet", "Histogram", "Row", "RowSizes", "data_cards", "describe", "detect_format",
    "load_data", "load_mix", "row_sizes", "save_upload", "to_standard", "uploads",
]  # fmt: skip
