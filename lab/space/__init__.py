"""The lab as a Hugging Face Space: a folder that is one, what makes it last over restarts, and its ZeroGPU.

`stage` makes the folder, `push` puts it on the Hub; `shown` are runs that go along to be looked at. `lasting` keeps
what people do in a Space from one start to the next.
"""

from lab.space.hardware import HARDWARE
from lab.space.push import push_space
from lab.space.stage import Staged, stage_space

__all__ = ["HARDWARE", "Staged", "push_space", "stage_space"]
