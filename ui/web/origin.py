"""Where a request comes from: the name that it calls this server by, and the site that made the browser send it.

A page on another site must not reach a server on loopback, neither by a name that it points at
127.0.0.1 (DNS rebinding: the `Host` is wrong) nor from the person's browser (it says which site asks).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

LOOPBACK = ("127.0.0.1", "localhost", "::1")

# host[:port] and nothing else: urlsplit would find 127.0.0.1 in "evil@127.0.0.1" and in "127.0.0.1#x".
_HOST = re.compile(r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]{0,252}|\[[0-9A-Fa-f:.]{2,45}\])(?::(?P<port>[0-9]{1,5}))?")


def host_name(host: str) -> str | None:
    """The name of a `Host` header, lower-cased and without brackets; None if it is not exactly `host[:port]`."""
    found = _HOST.fullmatch(host)
    return found["name"].strip("[]").lower() if found else None


def host_port(host: str) -> str:
    """The port of a `Host` header, "80" where it names none."""
    found = _HOST.fullmatch(host)
    return (found and found["port"]) or "80"


def is_cross_site(headers: Mapping[bytes, str], scheme: str) -> bool:
    """Whether a page of another origin made the browser send this request.

    Args:
        headers: names in lower case.
        scheme: "http" or "https", as this server is spoken to.
    """
    here = f"{scheme}://{headers.get(b'host', '')}".lower()
    if headers.get(b"sec-fetch-site", "none") not in ("same-origin", "none"):
        return True
    origin = headers.get(b"origin")
    if origin is not None and origin.lower() != here:
        return True
    referer = headers.get(b"referer")
    return referer is not None and _origin(referer) != here


def is_own_page(headers: Mapping[bytes, str], scheme: str) -> bool:
    """Whether a browser says that this server's own page sent the request; programs that are no browser don't."""
    here = f"{scheme}://{headers.get(b'host', '')}".lower()
    return not is_cross_site(headers, scheme) and headers.get(b"origin", "").lower() == here


def is_followed_link(headers: Mapping[bytes, str]) -> bool:
    """Whether the browser opens a page of its own with it, not a frame, picture or script of another page."""
    mode, destination = headers.get(b"sec-fetch-mode", "navigate"), headers.get(b"sec-fetch-dest", "document")
    return mode == "navigate" and destination == "document"


def is_name(host: str | None, names: Collection[str]) -> bool:
    """Whether a `Host` header is one of these names."""
    return host is not None and host_name(host) in names


def _origin(url: str) -> str | None:
    try:
        parts = urlsplit(url)
    except ValueError:  # brackets that hold no address
        return None
    return f"{parts.scheme}://{parts.netloc}".lower()
