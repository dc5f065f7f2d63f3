"""A port that is taken is told in a sentence, before anything is started."""

import socket

import pytest

from lab.errors import LabError
from lab.ui.port import refuse_taken_port


def test_a_taken_port_is_told_with_a_free_one_to_take():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(LabError, match=rf"port {port} is taken.*lab serve --port \d+"):
            refuse_taken_port("127.0.0.1", port)
    refuse_taken_port("127.0.0.1", port)


def test_an_address_of_another_machine_is_told():
    with pytest.raises(LabError, match="nothing can listen at"):
        refuse_taken_port("192.0.2.1", 7860)


def test_any_port_is_never_taken():
    refuse_taken_port("127.0.0.1", 0)
