"""The bases that are kept loaded: one a name and precision, the least recently used ones dropped."""

from lab.executors.processes.base_model_cache import BaseModelCache


def test_a_base_is_kept_once_for_each_precision_it_comes_to():
    loaded = []

    def load(base, precision):
        loaded.append((base, precision))
        return f"{base} in {precision}"

    cache = BaseModelCache(lambda _, asked: "fp32" if asked == "auto" else asked, load, lambda _: 10, room=20)
    assert cache.take("nano") == cache.take("nano", "fp32") == "nano in fp32"
    assert cache.take("nano", "bf16") == "nano in bf16"
    assert loaded == [("nano", "fp32"), ("nano", "bf16")]
    cache.take("nano", "auto")
    cache.take("other", "bf16")  # no room for three
    assert set(cache.models) == {("nano", "fp32"), ("other", "bf16")}


def test_a_base_that_can_not_be_loaded_is_left_to_its_worker():
    def load(base, precision):
        raise OSError("gone")

    assert BaseModelCache(lambda *_: "fp32", load, lambda _: 1, room=20).take("nano") is None
