"""Writer and reader of the project's pack container (docs/formats/model.md, section 1)."""
from __future__ import annotations

import hashlib
import struct
from pathlib import Path

import numpy as np

TYPES = {np.dtype("i1"): 1, np.dtype("u1"): 2, np.dtype("<i4"): 3, np.dtype("<f4"): 4, np.dtype("<u4"): 5,
         np.dtype("<u2"): 6, np.dtype("<i8"): 7}


def string_list(lines: list[str]) -> tuple[bytes, int]:
    """A list section: every entry ended by a newline."""
    assert not any("\n" in line for line in lines)
    return "".join(line + "\n" for line in lines).encode(), len(lines)


def write_pack(path: Path, kind: bytes, sections: dict[str, np.ndarray | tuple[bytes, int]]) -> None:
    """sections: name -> array, or (bytes, number of rows)."""
    entries, blobs = [], []
    offset = 64 + 64 * len(sections)
    for name, value in sections.items():
        if isinstance(value, tuple):
            data, rows, cols, kind_id = value[0], value[1], 0, 0
        else:
            array = np.ascontiguousarray(value)
            data, kind_id = array.tobytes(), TYPES[array.dtype]
            rows, cols = (1, array.shape[0]) if array.ndim == 1 else array.shape
        entries.append(struct.pack("<32sQQIIII", name.encode(), offset, len(data), kind_id, rows, cols, 0))
        data += b"\0" * (-len(data) % 64)
        blobs.append(data)
        offset += len(data)
    body = b"".join(entries) + b"".join(blobs)
    head = b"ANLPACK\0" + struct.pack("<I4sIIQ", 1, kind, len(sections), 0, 64 + len(body))
    temporary = path.with_suffix(".tmp")
    temporary.write_bytes(head + hashlib.sha256(body).digest() + body)
    temporary.replace(path)


def read_pack(path: Path) -> dict[str, np.ndarray | bytes]:
    """name -> array [rows, cols] or bytes; checks the hash."""
    data = path.read_bytes()
    version, _, count, _, size = struct.unpack_from("<I4sIIQ", data, 8)
    assert data[:8] == b"ANLPACK\0" and version == 1 and size == len(data)
    assert hashlib.sha256(data[64:]).digest() == data[32:64], "hash"
    names = {v: k for k, v in TYPES.items()}
    out: dict[str, np.ndarray | bytes] = {}
    for i in range(count):
        name, offset, length, kind, rows, cols, _ = struct.unpack_from("<32sQQIIII", data, 64 + 64 * i)
        raw = data[offset:offset + length]
        key = name.rstrip(b"\0").decode()
        out[key] = raw if kind == 0 else np.frombuffer(raw, names[kind]).reshape(rows, cols)
    return out
