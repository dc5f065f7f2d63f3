"""What the terminal says."""

from lab.cli.screen import counted


def test_one_is_one_and_thousands_are_grouped():
    assert [counted(number, "rows") for number in (0, 1, 1200)] == ["0 rows", "1 row", "1,200 rows"]
