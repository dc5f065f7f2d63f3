"""`lab account` and the doors of `lab serve`: who may enter a lab, by the terminal."""

from typer.testing import CliRunner

from lab.cli import app, main
from lab.visitors import Role
from lab.visitors.accounts import read_accounts


def account(*arguments, password="correct horse\n"):
    return CliRunner().invoke(app, ["account", *map(str, arguments)], input=password)


def test_accounts_are_added_changed_and_taken_out(tmp_path):
    file = tmp_path / "class.txt"
    assert account(file, "ann").exit_code == 0
    assert account(file, "teacher", "--role", "owner", password="another horse\n").exit_code == 0
    assert read_accounts(file).enter("ann", "correct horse").role is Role.MEMBER
    assert read_accounts(file).enter("teacher", "another horse").role is Role.OWNER
    assert account(file, "ann", password="a new horse\n").exit_code == 0
    assert read_accounts(file).enter("ann", "correct horse") is None
    assert account(file, "ann", "--remove").exit_code == 0
    assert read_accounts(file).get("ann") is None


def test_what_can_not_be_an_account_is_a_sentence(tmp_path, capsys, monkeypatch):
    import sys

    file = tmp_path / "class.txt"
    for more, said in (
        (["account", str(file), "a b"], "no name"), (["account", str(file), "ann", "--role", "god"], "no role"),
        (["account", str(file), "ann"], "8 to 200 letters"),
        (["account", str(file), "ann", "--remove"], "can't be read"),
        (["serve", "--auth", str(file)], "can't be read"), (["serve", "--password", "short"], "8 to 200 letters"),
        (["serve", "--password", "long enough", "--auth", str(file)], "give one of them"),
    ):  # fmt: skip
        monkeypatch.setattr(sys, "argv", ["lab", *more])
        monkeypatch.setattr(sys, "stdin", open("/dev/null"))  # noqa: PTH123, SIM115
        try:
            code = main()
        except SystemExit as leave:
            code = leave.code
        assert code == 2 and said in capsys.readouterr().err, more
    assert not file.exists()
