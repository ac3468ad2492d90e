"""The guards of conftest.py catch what they are for."""

import logging
import os
import socket
from pathlib import Path
from typing import Any

import pytest


def test_inet_sockets_are_refused(network_attempts: list[str]) -> None:
    for family in (socket.AF_INET, socket.AF_INET6):
        with pytest.raises(BaseException, match="no test may use the network"):
            socket.socket(family)
    with pytest.raises(BaseException, match="no test may use the network"):
        socket.getaddrinfo("example.org", 80)
    assert len(network_attempts) == 3
    network_attempts.clear()


def test_a_pair_of_unix_sockets_is_allowed() -> None:
    one, other = socket.socketpair()
    with one, other:
        one.send(b"x")
        assert other.recv(1) == b"x"


def test_an_unexpected_record_is_kept(log_guard: Any) -> None:
    logging.getLogger("casefile.somewhere").warning("not expected")
    logging.getLogger("casefile.somewhere").info("quiet")
    kept = log_guard.unexpected
    assert [r.getMessage() for r in kept] == ["not expected"]
    kept.clear()


def test_allowed_records_pass(log_guard: Any) -> None:
    with log_guard.allow("pypdf", "xref"):
        logging.getLogger("pypdf.reader").warning("odd xref table")
        logging.getLogger("pypdfium").warning("another library")
    kept = log_guard.unexpected
    assert [r.name for r in kept] == ["pypdfium"]
    kept.clear()


@pytest.mark.allow_logs("noisy")
def test_the_marker_allows_a_logger() -> None:
    logging.getLogger("noisy.part").error("expected")


def test_home_is_not_a_persons() -> None:
    assert "casefile-home-" in os.environ["HOME"]
    assert str(Path.home()) == os.environ["HOME"]
    assert Path(os.environ["XDG_CACHE_HOME"]).is_relative_to(Path.home())
