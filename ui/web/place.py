"""Where a server is reached: by which names, at which public address, below which path."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from rag.errors import RagError
from ui.web.origin import LOOPBACK, host_name
from ui.web.serving import hosts_of

_ROOT = re.compile(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,60}){1,5}")
_OURS = ("/api", "/v1", "/mcp")  # a path that begins like one of ours could be either


@dataclass(frozen=True)
class Place:
    """How requests reach a server.

    Attributes:
        hosts: the names and addresses, in small letters without port and brackets, that it answers to.
        public_host: of these the one that a proxy answers to; None without a proxy.
        public_scheme: "https" or "http", as the proxy is spoken to.
        root_path: the path below which the proxy has it; "" for none.
        shared: whether others than this computer's can reach it, by its own address or a proxy's.
    """

    hosts: frozenset[str] = frozenset(LOOPBACK)
    public_host: str | None = None
    public_scheme: str = "http"
    root_path: str = ""
    shared: bool = False

    def scheme(self, host: str) -> str:
        """The scheme that a client used which called this server by that `Host`."""
        return self.public_scheme if self.public_host and host_name(host) == self.public_host else "http"

    def settle(self, scope: Any) -> str:  # noqa: ANN401 — an ASGI scope
        """Lay the root path into a request's scope, whether the proxy took it off or not; gives the path below it."""
        path = str(scope["path"])
        if self.root_path and (path + "/").startswith(self.root_path + "/"):
            path = path.removeprefix(self.root_path) or "/"
        if self.root_path:
            scope["root_path"], scope["path"] = self.root_path, self.root_path + path
        return path


def place_of(
    host: str,
    names: Sequence[str] = (),
    public_url: str | None = None,
    root_path: str = "",
    say: Callable[[str], None] = lambda _: None,
) -> Place:
    """The place of a server that is bound to `host`.

    Args:
        host: the address to bind.
        names: further names and addresses that it answers to.
        public_url: the address at which a proxy answers for it, as https://docs.example.org.
        root_path: the path of that address below which it lies, as /unsaid.
        say: told what the person should know.

    Raises:
        RagError: it would be open to every network, or an address is none.
    """
    public = urlsplit(public_url or "")
    if public_url and (public.scheme not in ("http", "https") or host_name(public.netloc) is None or public.query):
        raise RagError(f"“{public_url}” is no public address.", "Give it like https://docs.example.org")
    root = (root_path or public.path).rstrip("/")
    if root and (not _ROOT.fullmatch(root) or any((root + "/").startswith(ours + "/") for ours in _OURS)):
        raise RagError(f"The server can't lie below “{root}”.", "Give a path like --root-path /unsaid")
    public_host = host_name(public.netloc) if public_url else None
    more = (*names, *((public_host,) if public_host else ()))
    hosts = hosts_of(host, more, say)
    return Place(
        frozenset(name.lower().strip("[]") for name in hosts),
        public_host,
        public.scheme or "http",
        root,
        host not in LOOPBACK or public_url is not None or bool(root),
    )
