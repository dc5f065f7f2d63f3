"""A whole comparison as one file, out of one lab and into another: recipes, figures, curves, samples, votes, weights.

`shape` says what a bundle holds and `contents` turns that into runs and back; `write` makes the file. `archive` opens
one and trusts nothing of it, `checks` and `weights` look at what is inside, and `read` takes it in, all or nothing.
Nothing in a bundle is ever executed: it is JSON and safetensors.
"""

from lab.bundle.read import BroughtIn, import_bundle
from lab.bundle.write import Bundled, write_bundle

__all__ = ["BroughtIn", "Bundled", "import_bundle", "write_bundle"]
