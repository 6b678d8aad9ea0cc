"""Files of a person's own: read whole to be attached, and written where an attachment is saved."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from cstrack.domain.attachment import MOST, MOST_AT_ONCE, Handed
from cstrack.domain.errors import BadInput, CstrackError, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

MIB = 1024 * 1024


def read(paths: Sequence[str]) -> tuple[list[Handed], list[bytes]]:
    """The files as they are attached, and their bytes; BadInput 6 for one that is not accepted."""
    from cstrack.record.attachments import digest_of

    handed: list[Handed] = []
    blobs: list[bytes] = []
    for path in paths:
        data = _bytes(path)
        blobs.append(data)
        if sum(map(len, blobs)) > MOST_AT_ONCE:
            raise BadInput("attachments-too-large", most=MOST_AT_ONCE // MIB)
        handed.append(Handed(_name(path), digest_of(data), len(data)))
    return handed, blobs


def write(path: str, data: bytes, *, force: bool) -> None:
    """Write bytes to a file, mode 0600, never half of them; to one that is there only with `force`."""
    if os.path.lexists(path) and not os.path.isfile(path):
        raise Refused("output-not-a-file", file=path)
    beside = f"{path}.part-{os.getpid()}"
    try:
        made = None if force else _made(path)
        try:
            with os.fdopen(_made(beside), "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, path)
        except OSError:
            for left in (beside,) if made is None else (beside, path):
                with suppress(OSError):
                    os.unlink(left)
            raise
        finally:
            if made is not None:
                os.close(made)
    except FileExistsError as fault:
        raise Refused("output-exists", file=path) from fault
    except OSError as fault:
        raise CstrackError("output-unwritable", file=path, reason=fault.strerror) from fault


def _made(path: str) -> int:
    """A new file of our own, open for writing."""
    return os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)


def _bytes(path: str) -> bytes:
    """All of a regular file; a pipe is not waited for, and one that changes meanwhile is not taken."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            before = os.fstat(handle)
            if not stat.S_ISREG(before.st_mode):
                raise BadInput("attachment-not-a-file", file=path)
            if before.st_size > MOST:
                raise BadInput("attachment-too-large", file=path, most=MOST // MIB)
            data = _up_to(handle, before.st_size + 1)
            after = os.fstat(handle)
        finally:
            os.close(handle)
    except OSError as fault:
        raise BadInput("attachment-unreadable", file=path, reason=fault.strerror) from fault
    if len(data) != before.st_size or before.st_mtime_ns != after.st_mtime_ns:
        raise BadInput("attachment-changed", file=path)
    if not data:
        raise BadInput("attachment-empty", file=path)
    return data


def _up_to(handle: int, most: int) -> bytes:
    """What can be read of an open file, so many bytes at most."""
    read = bytearray()
    while len(read) < most and (more := os.read(handle, most - len(read))):
        read += more
    return bytes(read)


def _name(path: str) -> str:
    """The name without its folders; one that is no UTF-8 is read as GB18030, as archives bring it."""
    name = os.fsencode(os.path.basename(path))
    try:
        return name.decode()
    except UnicodeDecodeError:
        return name.decode("gb18030", "backslashreplace")
