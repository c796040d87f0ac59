"""The routes: those of the installed Gradio are those that docs/security.md tells of, and only the chosen ones answer."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest
from running import served
from scripted import Scripted
from speaking import person
from starlette.routing import Mount

from ui.web import routes

DOCS = Path(__file__).parents[3] / "docs" / "security.md"
ROW = re.compile(r"^\| ([A-Z]+) \| `([^`]+)` \| (on|off) \| (.+) \|$", re.M)


def told() -> dict[tuple[str, str], str]:
    found = ROW.findall(DOCS.read_text(encoding="utf-8"))
    assert len({(m, r) for m, r, *_ in found}) == len(found), "a route is told of once"
    return {(method, route): state for method, route, state, _ in found}


def there(found, prefix: str = ""):
    """Every (method, route) of an application, through mounts and included routers."""
    for route in found:
        if isinstance(route, Mount):
            yield from there(route.routes, prefix + route.path)
        elif hasattr(route, "original_router"):
            yield from there(route.original_router.routes, prefix + route.include_context.prefix)
        else:
            yield from ((method, prefix + route.path) for method in route.methods)


@pytest.fixture(scope="module")
def app():
    from ui.server import create_app

    return create_app(Scripted({"a.txt": "One. Two."}))


@pytest.fixture(scope="module")
def url():
    with served(Scripted({"a.txt": "One. Two."})) as address:
        yield address


def test_every_route_of_the_installed_version_is_told_of(app):
    assert set(there(app.routes)) == set(told())


def test_the_pinned_version_is_the_one_that_was_read():
    import gradio

    assert f"Gradio {gradio.__version__};" in DOCS.read_text(encoding="utf-8")


def test_what_is_told_to_be_on_is_on_and_nothing_else():
    on = {(route.method, route.template) for route in routes.ON}
    assert on == {route for route, state in told().items() if state == "on"}


def filled(route: str) -> str:
    return re.sub(r"\{[^}]+\}", "a", route)


@pytest.mark.parametrize(("method", "route"), sorted(r for r, state in told().items() if state == "off"))
def test_what_is_off_is_not_there(url, method, route):
    client = person(url)
    for path in {filled(route), filled(route) + "?x=1"}:
        assert client.request(method, path, json={}).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/assets/../../routes.py",
            "/assets/%2e%2e/%2e%2e/routes.py",
            "/static/..%2f..%2froutes.py",
            "/static//etc/passwd",
        ),
        *("/static/.hidden", "/assets/", "/assets/C:/x", "/static/%5c%5cx", "/config/x", "/%2e/config", "//config"),
        *(
            "/GRADIO_API/upload",
            "/gradio_api//upload",
            "/gradio_api/upload/",
            "/nowhere",
            "/gradio_api",
            "/gradio_api/",
        ),
    ],
)
def test_other_forms_of_a_path_are_no_way_in(url, path):
    client = person(url)
    for method in ("GET", "POST"):
        request = client.build_request(method, url + "/")
        request.url = request.url.copy_with(raw_path=path.encode())
        assert client.send(request).status_code == 404


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "HEAD", "CONNECT", "EVIL"])
def test_other_methods_are_not_there(url, method):
    client = person(url)
    for route in routes.ON:
        try:
            assert client.request(method, filled(route.template)).status_code in (400, 404)
        except httpx.RemoteProtocolError:
            assert method == "CONNECT"
