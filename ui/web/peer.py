"""Which user of this computer a connection belongs to, as the Linux kernel tells it.

Every user of a computer reaches its loopback addresses, so an address says nothing about the person.
The kernel's table of connections names the user who owns the other end of one.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import struct
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

Address: TypeAlias = tuple[str, int]

OF_CONNECTION = "unsaid.connection"  # where an ASGI scope's state has what is known of its connection while it lasts
_TABLES = {4: Path("/proc/self/net/tcp"), 6: Path("/proc/self/net/tcp6")}
_ESTABLISHED = "01"  # a socket that its owner has closed is listed as root's, and is in another state


def can_tell() -> bool:
    """Whether this system names the owners of connections."""
    return sys.platform == "linux" and _TABLES[4].exists()


def is_same_user(client: Address | None, server: Address | None) -> bool:
    """Whether the other end of a connection belongs to the user who runs this process; False where that is unknown.

    Args:
        client: address and port of the other end.
        server: address and port of this end.
    """
    if client is None or server is None or not can_tell():
        return False
    try:
        ends = (_encoded(client), _encoded(server))
        table = _TABLES[ipaddress.ip_address(client[0]).version].read_text(encoding="ascii")
    except (ValueError, OSError):
        return False
    return _owner(table.splitlines()[1:], ends) == os.getuid()


def _owner(lines: Iterable[str], ends: tuple[str, str]) -> int | None:
    """The user of the socket with these ends (its own, the other's)."""
    for line in lines:
        fields = line.split()
        if len(fields) > 7 and (fields[1], fields[2]) == ends and fields[3] == _ESTABLISHED:
            return int(fields[7])
    return None


def _encoded(address: Address) -> str:
    """An address as the kernel writes it: words of 32 bits in the machine's byte order, and the port."""
    host, port = address
    version = ipaddress.ip_address(host).version
    packed = socket.inet_pton(socket.AF_INET if version == 4 else socket.AF_INET6, host)
    words = struct.unpack(f"={len(packed) // 4}I", packed)
    return "".join(f"{word:08X}" for word in words) + f":{port:04X}"
