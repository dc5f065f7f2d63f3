"""What the tests of answering share: questions, and everything each pane says."""

import threading
from collections import Counter

from lab.generate import Pane, Sampling
from lab.serving.engine import InferenceEngine

QUESTION = [{"role": "user", "content": "What is in mapo tofu?"}]
OTHERS = (
    [{"role": "user", "content": "Why?"}],
    [{"role": "user", "content": "How do you cook rice? Tell me all about the pot, the water and the twenty minutes."}],
    [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "麻婆豆腐是什么?"}],
)
WARM = Sampling(temperature=1.0, top_p=0.9, max_new_tokens=24, seed=5)


def answers(
    voices: InferenceEngine, bases: dict[str, str], sampling: Sampling = WARM, question=QUESTION
) -> dict[str, str]:
    """What each pane says in the end."""
    panes = [Pane(key, base) for key, base in bases.items()]
    said = Counter()
    texts: dict[str, str] = dict.fromkeys(bases, "")
    for delta in voices.answer(dict.fromkeys(bases, question), panes, sampling, threading.Event()):
        assert delta.error is None, delta
        texts[delta.pane] += delta.text
        said[delta.pane] += delta.done
    assert set(said.values()) == {1}
    return texts
