"""How much of the case an export cannot carry."""

from sqlalchemy import func, select

from casefile.store.schema import VIEWS, record, txn
from casefile.store.session import Reader


def acts(r: Reader) -> int:
    """Count the acts that have a name."""
    asked = select(func.count()).select_from(txn).where(txn.c.hlc.is_not(None))
    return r.connection.scalar(asked) or 0


def deleted(r: Reader) -> int:
    """Count the deleted records of all kinds."""
    return sum(
        r.connection.scalar(select(func.count()).select_from(view).where(view.c.deleted == 1)) or 0
        for view in VIEWS.values()
    )


def conflicting(r: Reader) -> int:
    """Count the records on which people disagree in some field."""
    asked = select(func.count()).select_from(record).where(record.c.conflicts > 0)
    return r.connection.scalar(asked) or 0


def disputed(r: Reader) -> int:
    """Count the fields on which people disagree."""
    return r.connection.scalar(select(func.sum(record.c.conflicts))) or 0
