"""Guards against known trouble of the binding: lost references, collection in a worker's thread."""

import gc
import sys

from PySide6.QtCore import QObject, Signal

from casefile.ui.collector import Collector


class Sender(QObject):
    told = Signal(bool)
    nothing = Signal()


def test_five_thousand_signals_cost_no_reference(qapp: object) -> None:
    sender = Sender()
    taken: list[bool] = []
    sender.told.connect(taken.append)
    sender.nothing.connect(lambda: None)
    before = sys.getrefcount(True), sys.getrefcount(None)
    for _ in range(5000):
        sender.told.emit(True)
        sender.nothing.emit()
    taken.clear()
    after = sys.getrefcount(True), sys.getrefcount(None)
    assert all(abs(a - b) < 200 for a, b in zip(before, after, strict=True))


def test_the_collector_takes_collection_over_and_gives_it_back(qapp: object) -> None:
    gc.enable()
    collector = Collector()
    assert not gc.isenabled()
    loops = [[] for _ in range(2000)]
    for loop in loops:
        loop.append(loop)
    del loops, loop
    collector.collect()
    collector.settle()
    assert gc.get_freeze_count() > 0
    collector.stop()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
