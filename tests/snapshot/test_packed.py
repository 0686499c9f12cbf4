"""What is written compressed, line by line as it comes, has the bytes of the whole compressed at once."""

import gzip
import hashlib

import pytest

from engine.snapshot.store import packed_lines


def _lines(count: int) -> list[bytes]:
    """Lines that compress badly, well and not at all."""
    return [
        hashlib.sha256(str(number).encode()).hexdigest().encode() + b"a" * (number % 700)
        for number in range(count)
    ]


@pytest.mark.parametrize("count", [0, 1, 3, 5000])
def test_lines_compressed_as_they_come_are_the_bytes_of_the_whole(count: int):
    lines = _lines(count)

    whole = b"".join(line + b"\n" for line in lines)
    packed = packed_lines(iter(lines))
    assert packed == gzip.compress(whole, 6, mtime=0)
    assert gzip.decompress(packed) == whole
