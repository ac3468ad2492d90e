"""Photos that show the same are told from those that do not, cut, framed, scaled or re-saved."""

import random

import pytest

from casefile.analysis.pictures import SIDE, Look, near, same

LARGE = 64


def scene(seed: int) -> list[list[float]]:
    """Give a picture of soft blots, LARGE dots each way."""
    rnd = random.Random(seed)
    blots = [
        (rnd.random(), rnd.random(), rnd.uniform(0.004, 0.04), rnd.uniform(-90, 90))
        for _ in range(12)
    ]
    lines = []
    for y in range(LARGE):
        lines.append([])
        for x in range(LARGE):
            light = 128.0
            for at, to, wide, much in blots:
                far = (x / LARGE - at) ** 2 + (y / LARGE - to) ** 2
                light += much * max(0.0, 1 - far / wide)
            lines[-1].append(min(255.0, max(0.0, light)))
    return lines


def look(lines: list[list[float]]) -> Look:
    """Scale a picture to the size of a look."""
    height, width = len(lines), len(lines[0])
    dots = []
    for y in range(SIDE):
        rows = lines[y * height // SIDE : max((y + 1) * height // SIDE, y * height // SIDE + 1)]
        for x in range(SIDE):
            left, right = x * width // SIDE, max((x + 1) * width // SIDE, x * width // SIDE + 1)
            cell = [dot for line in rows for dot in line[left:right]]
            dots.append(round(sum(cell) / len(cell)))
    return Look(bytes(dots))


def cut(lines: list[list[float]], left: int, top: int, right: int, bottom: int):
    return [line[left : LARGE - right] for line in lines[top : LARGE - bottom]]


def framed(lines: list[list[float]], wide: int, light: float):
    width = len(lines[0]) + 2 * wide
    edge = [[light] * width for _ in range(wide)]
    return [*edge, *([light] * wide + line + [light] * wide for line in lines), *edge]


def noisy(lines: list[list[float]]):
    rnd = random.Random(9)
    return [[min(255, max(0, dot + rnd.uniform(-20, 20))) for dot in line] for line in lines]


@pytest.mark.parametrize("seed", range(1))
def test_every_copy_is_found_and_no_other_picture(seed):
    whole = scene(seed)
    original = look(whole)
    copies = [
        cut(whole, 6, 6, 6, 6), cut(whole, 7, 0, 0, 0), cut(whole, 0, 3, 6, 1),
        framed(whole, 3, 255.0), framed(whole, 5, 0.0), noisy(whole),
        [line[::2] for line in whole[::2]],
    ]  # fmt: skip
    for each in copies:
        copy = look(each)
        assert original.means[0] <= copy.mean <= original.means[1]
        assert near(original, [(7, copy.key)]) == [7]
        assert near(copy, [(7, original.key)]) == [7]
        assert same(original, copy)
        assert same(copy, original)
    for other in range(3, 5):
        assert not same(original, look(scene(seed + other)))


def test_a_picture_of_nothing_is_flat():
    assert Look(bytes([250]) * SIDE * SIDE).flat
    assert not look(scene(1)).flat
    with pytest.raises(ValueError, match="dots"):
        Look(b"12")
