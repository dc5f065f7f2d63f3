"""What takes the disk, told by what it is for."""

from lab import disk
from lab.disk import bytes_of, run_bytes, run_ids


def _write(file, kilobytes):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"\1" * 1024 * kilobytes)


def test_a_run_is_told_by_weights_checkpoints_and_rest(home):
    folder = home.run("abcdef12").root
    _write(folder / "stage-0" / "adapter.safetensors", 40)
    _write(folder / "stage-0-checkpoints" / "checkpoint-8" / "model.safetensors", 400)
    _write(folder / "log.txt", 8)
    found = run_bytes(home, "abcdef12")
    assert 40 <= found.weights / 1024 < 60
    assert 400 <= found.checkpoints / 1024 < 440
    assert 8 <= found.rest / 1024 < 16
    assert found.total == found.weights + found.checkpoints + found.rest
    assert run_ids(home) == ["abcdef12"]
    assert bytes_of(home.root / "runs") >= found.total


def test_what_is_no_longer_there_takes_nothing(home, monkeypatch):
    monkeypatch.setattr(disk, "LONGEST", 0.0)  # on a slow machine the first look may be believed for some moments
    folder = home.run("abcdef12").root
    _write(folder / "stage-0-checkpoints" / "checkpoint-8" / "model.safetensors", 400)
    before = run_bytes(home, "abcdef12")
    (folder / "stage-0-checkpoints" / "checkpoint-8" / "model.safetensors").unlink()
    (folder / "stage-0-checkpoints" / "checkpoint-8").rmdir()
    assert run_bytes(home, "abcdef12").total < before.total - 390 * 1024
    assert run_bytes(home, "99999999").total == 0


def test_links_out_of_a_folder_are_not_followed(home, tmp_path):
    _write(tmp_path / "large", 800)
    folder = home.run("abcdef12").root
    folder.mkdir(parents=True)
    (folder / "elsewhere").symlink_to(tmp_path)
    assert run_bytes(home, "abcdef12").total < 64 * 1024
