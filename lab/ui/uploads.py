"""Files that the page sent: only what Gradio itself took in is ever read."""

from pathlib import Path

from pydantic import Field

from lab.errors import DataError
from lab.ui.component import Request


class Uploaded(Request):
    """Where Gradio put a file that was just uploaded."""

    path: str = Field(max_length=2000)


def received(asked: Uploaded) -> Path:
    """The file; raises DataError for any path that is not an upload's."""
    from gradio.utils import get_upload_folder

    path = Path(asked.path).resolve()
    if not path.is_relative_to(Path(get_upload_folder()).resolve()):
        raise DataError("that is not an uploaded file", do="choose the file again.")
    return path
