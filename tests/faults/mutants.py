"""Files with some bytes changed, the same ones every time for the same chance."""

import random


def mutant(data: bytes, chance: random.Random) -> bytes:
    """Change a few bytes, or cut, double or drop a piece."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(max(1, len(changed)))
        end = min(at + chance.randint(1, 40), len(changed))
        match chance.randrange(4):
            case 0:
                changed[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del changed[at : end if len(changed) > 60 else at]
            case 2:
                changed[at:at] = changed[at:end]
            case _:
                changed[at:end] = chance.choice((b"\xff" * 4, b"\0" * 4, b"99999999", b"-1"))
    return bytes(
        changed[: chance.randrange(len(changed))] if chance.random() < 0.1 and changed else changed
    )
