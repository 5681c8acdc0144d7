"""Whether a file is built as a C3D file, before a library that trusts it is let in.

ezc3d reads where the file's own numbers point; in a damaged file that takes the program down.
"""

import math
import struct
from collections.abc import Iterator
from typing import Final

__all__ = ["find_fault"]

_BLOCK_N: Final = 512
_MAGIC: Final = 0x50
_BIG_ENDIAN: Final = 86
_PROCESSORS: Final = (84, 85, _BIG_ENDIAN)
"""Intel, DEC, SGI/MIPS: how the numbers are written."""

_TYPE_SIZES: Final = {-1: 1, 1: 1, 2: 2, 4: 4}
_MOST_DIMENSIONS: Final = 7


def find_fault(content: bytes) -> str:
    """Return what is wrong with the head and the parameters of a C3D file; empty if nothing is.

    Walks the parameter section record by record: name, group, way to the next record, type and
    dimensions must lie within it.

    Parameters
    ----------
    content
        The file's bytes from its beginning to at least the end of the parameters.

    References
    ----------
    The C3D File Format, A Technical User Guide (Motion Lab Systems), chapter "Parameter section".
    """
    if len(content) < _BLOCK_N or content[1] != _MAGIC:
        return "it does not begin as one does"
    start = (content[0] - 1) * _BLOCK_N
    end = start + content[start + 2] * _BLOCK_N if _BLOCK_N <= start < len(content) - 4 else 0
    if not start < end <= len(content):
        return "it ends before or within its parameters"
    if content[start + 3] not in _PROCESSORS:
        return "nothing says how its numbers are written"
    return "" if _is_chain(content[start:end]) else "its parameters are damaged"


def _is_chain(section: bytes) -> bool:
    """Whether record follows record to the end, and each parameter's group is there."""
    order = ">" if section[3] == _BIG_ENDIAN else "<"
    groups, used = set[int](), set[int]()
    try:
        for group, whole in _records(section, order):
            if not whole:
                return False
            (groups if group < 0 else used).add(abs(group))
    except (IndexError, struct.error):
        return False
    return used <= groups


def _records(section: bytes, order: str) -> Iterator[tuple[int, bool]]:
    """Yield each record's group, negative where it defines one, and whether it is whole."""
    at = 4
    while at < len(section) and section[at]:
        name_n, group = struct.unpack_from("bb", section, at)
        link = at + 2 + abs(name_n)
        (way,) = struct.unpack_from(f"{order}h", section, link)
        end = link + way if way else len(section)
        content = link + 2
        if group > 0:
            kind, dimensions_n = struct.unpack_from("bB", section, content)
            sizes = section[content + 2 : content + 2 + dimensions_n]
            known = kind in _TYPE_SIZES and dimensions_n <= _MOST_DIMENSIONS
            content += 2 + dimensions_n + math.prod(sizes) * _TYPE_SIZES.get(kind, 1)
        else:
            known = group < 0
            content += 1 + section[content]
        yield group, known and way >= 0 and content <= end <= len(section)
        if not way or end <= at:
            return
        at = end
