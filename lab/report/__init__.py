"""Results that leave the lab: a table as CSV, Markdown or LaTeX, curves as SVG, a report as one HTML file.

All is made from runs and their curves as they are in the store, the same from the page and from the terminal.
"""

from lab.report.curves import curves_svg
from lab.report.formats import FORMATS, written
from lab.report.page import report_html
from lab.report.table import Cell, ResultTable, Row, result_table

__all__ = ["FORMATS", "Cell", "ResultTable", "Row", "curves_svg", "report_html", "result_table", "written"]
