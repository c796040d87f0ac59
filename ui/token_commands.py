"""Commands about who may ask from beyond this computer: `unsaid token add | list | revoke`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.command import err, out, out_json
from ui.terminal import plain
from ui.web import tokens

token = typer.Typer(no_args_is_help=True, help="Who may ask from beyond this computer.")
TokensOption = Annotated[
    Path | None, typer.Option("--tokens", help="The file of tokens; else UNSAID_TOKENS, else in your data folder.")
]
EXAMPLES = """Examples:

unsaid token add ada --role read

unsaid token add build-server --role admin --days 90

unsaid token add nginx --role read --for-proxy

unsaid token add grace --collection ~/papers/contracts"""


def tokens_of(path: Path | None) -> tokens.Tokens:
    """The tokens that an option names."""
    return tokens.Tokens(path or tokens.default_path())


@token.command(epilog=EXAMPLES)
def add(
    name: Annotated[str, typer.Argument(help="Whose it is: ada")],
    role: Annotated[
        tokens.Role,
        typer.Option(help="read asks and reads; admin also adds, removes and rebuilds; watch sees figures alone."),
    ] = "read",
    days: Annotated[int | None, typer.Option(help="It ends after so many days; else when revoked.", min=1)] = None,
    for_proxy: Annotated[
        bool, typer.Option("--for-proxy", help="For a proxy that lets people in and names them in X-Unsaid-User.")
    ] = False,
    per_minute: Annotated[int, typer.Option(help="Requests a minute.", min=1)] = tokens.PER_MINUTE,
    megabytes: Annotated[
        int | None, typer.Option(help="Of one request; else 1, and 30 for admins.", min=1, max=30)
    ] = None,
    collection: Annotated[
        list[str] | None,
        typer.Option("--collection", help="Only what lies below this folder is there for its holder; may be repeated."),
    ] = None,
    path: TokensOption = None,
) -> None:
    """Make a token: shown once, on standard output, and kept nowhere."""
    longest = megabytes * 1_000_000 if megabytes else None
    word = tokens_of(path).add(
        name,
        role,
        days=days,
        for_proxy=for_proxy,
        per_minute=per_minute,
        longest=longest,
        collections=collection or None,
    )
    err(f"The token of {name}, which is not shown again; it goes into each request: Authorization: Bearer TOKEN")
    out(word)


@token.command("list")
def list_(
    as_json: Annotated[bool, typer.Option("--json", help="Everything that is kept of them.")] = False,
    path: TokensOption = None,
) -> None:
    """Whose tokens there are; the tokens themselves are not kept."""
    from dataclasses import asdict

    kept = tokens_of(path)
    valid = kept.valid()
    if as_json:
        out_json([asdict(t) | {"valid": t in valid} for t in kept.all()])
        return
    for t in kept.all():
        until = f"until {t.expires[:10]}" if t.expires else ""
        told = ["for a proxy" if t.for_proxy else "", until if t in valid else f"ended {(t.expires or '')[:10]}"]
        told += [f"only {', '.join(map(plain, t.collections))}" if t.collections is not None else ""]
        more = "  ".join(part for part in told if part)
        out(f"{plain(t.name):<20} {t.role:<5}  since {t.created[:10]}  {t.per_minute} a minute  {more}".rstrip())


@token.command()
def revoke(name: Annotated[str, typer.Argument(help="Whose it is.")], path: TokensOption = None) -> None:
    """Take a token back: a running server refuses it from the next request on."""
    tokens_of(path).revoke(name)
    err(f"The token of {name} opens nothing any more.")
