"""The doors behind a proxy: below a path, by its name, over TLS; with one of our own, and with nginx by the examples in deploy/."""

from __future__ import annotations

import base64
import os
import re
import shutil
import socket
import subprocess
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import openai
import pytest
from behind_doors import behind

from ui.web.place import place_of
from ui.web.principals import Principals
from ui.web.rates import Rates
from ui.web.tokens import Tokens

ROOT = Path(__file__).parents[3]
NAME, PATH = "docs.example.org", "/unsaid"
QUESTION = "How many boats sank?"


@dataclass
class Behind:
    """The doors, and who may ask."""

    address: str
    tokens: Tokens


@pytest.fixture
def doors(letters, tmp_path):
    place = place_of("127.0.0.1", public_url=f"https://{NAME}", root_path=PATH)
    tokens = Tokens(tmp_path / "tokens.json")
    with behind(letters, principals=Principals(None, tokens), place=place, rates=Rates()) as address:
        yield Behind(address, tokens)


class Stripping(BaseHTTPRequestHandler):
    """A proxy that takes the path off, leaves the name on, and knows TLS (or says so)."""

    backend = ""

    def do_GET(self):
        length = int(self.headers.get("content-length") or 0)
        headers = {k: v for k, v in self.headers.items() if k.lower() not in ("connection", "content-length")}
        path = self.path.removeprefix(PATH)
        reply = httpx.request(
            self.command, self.backend + path, headers=headers, content=self.rfile.read(length), timeout=120
        )
        self.send_response(reply.status_code)
        for name, value in reply.headers.items():
            if name not in ("content-length", "transfer-encoding", "date"):
                self.send_header(name, value)
        self.send_header("content-length", str(len(reply.content)))
        self.end_headers()
        self.wfile.write(reply.content)

    do_POST = do_DELETE = do_GET

    def log_message(self, *_):
        pass


@pytest.fixture
def proxy(doors):
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Proxy", (Stripping,), {"backend": doors.address}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}{PATH}"
    server.shutdown()
    server.server_close()


def asked(url: str, headers: dict[str, str], **more) -> httpx.Response:
    return httpx.post(f"{url}/api/v1/ask", json={"question": QUESTION}, headers=headers, timeout=120, **more)


def test_a_proxy_that_takes_the_path_off(doors, proxy):
    mine = {"host": NAME, "authorization": f"Bearer {doors.tokens.add('ada', 'read')}"}
    assert asked(proxy, {"host": NAME}).status_code == 401, "the proxy's process is this person's, which says nothing"
    assert "Forty boats" in asked(proxy, mine).json()["text"]
    assert asked(proxy, {**mine, "origin": f"https://{NAME}"}).status_code == 200
    for origin in (f"http://{NAME}", "https://evil.example", doors.address):
        assert asked(proxy, {**mine, "origin": origin}).status_code == 403
    assert asked(proxy, {**mine, "host": "other.example"}).status_code == 400
    schema = httpx.get(f"{proxy}/api/v1/openapi.json", headers=mine).json()
    assert schema["servers"] == [{"url": PATH}] and "/api/v1/ask" in schema["paths"]
    missing = httpx.get(f"{proxy}/api/v1/articles/none.txt", headers=mine)
    assert missing.status_code == 404 and missing.json()["type"].endswith("unknown-source")
    assert httpx.get(f"{proxy}/api/v1/ask", headers=mine).headers["allow"] == "POST"
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    told = httpx.post(f"{proxy}/mcp", json=call, headers={**mine, "accept": "application/json, text/event-stream"})
    assert told.status_code == 200 and len(told.json()["result"]["tools"]) == 6


def test_citations_have_the_public_address(doors, proxy):
    word = doors.tokens.add("ada", "read")
    with openai.OpenAI(base_url=f"{proxy}/v1", api_key=word, default_headers={"host": NAME}, timeout=120) as chat:
        messages = [{"role": "user", "content": QUESTION}]
        reply = chat.chat.completions.create(model="unsaid", messages=messages)
        with pytest.raises(openai.NotFoundError) as unknown:
            chat.models.retrieve("gpt")
    url = reply.choices[0].message.annotations[0].url_citation.url
    assert url.startswith(f"https://{NAME}{PATH}/api/v1/articles/storm.txt?start=")
    assert unknown.value.body["code"] == "unknown_model"


# ── nginx, by the files in deploy/ ──────────────────────────────────────────────────────────
NGINX = shutil.which("nginx") or next((p for p in ("/usr/sbin/nginx",) if os.access(p, os.X_OK)), None)
needs_nginx = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")


def certificate(folder: Path) -> None:
    """A certificate of our own for the name, and its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    )


def nginx(example: str, backends: dict[str, str], folder: Path, port: int) -> subprocess.Popen[bytes]:
    """nginx with an example's file; only the places of things are changed in it."""
    certificate(folder)
    site = (ROOT / "deploy" / example).read_text("utf-8")
    changes = {
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
        "/etc/ssl/docs.example.org.pem": str(folder / "cert.pem"),
        "/etc/ssl/private/docs.example.org.key": str(folder / "key.pem"),
        **backends,
        "/etc/nginx/": f"{folder}/",
    }
    for there, here in changes.items():
        site = re.sub(rf"^([^#\n]*){re.escape(there)}", rf"\g<1>{here}", site, flags=re.MULTILINE)
    places = "".join(
        f"{kind}_temp_path {folder / kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    main = f"pid {folder / 'pid'};\nerror_log stderr warn;\nevents {{}}\nhttp {{\naccess_log off;\n{places}{site}}}\n"
    (folder / "nginx.conf").write_text(main, "utf-8")
    command = [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off; master_process off;"]
    return subprocess.Popen(command, stderr=subprocess.PIPE)


@pytest.fixture
def through_nginx(doors, tmp_path):
    """Starts nginx with an example; gives a client that takes its certificate."""
    started: list[subprocess.Popen[bytes]] = []
    clients: list[httpx.Client] = []

    def start(example: str, backends: dict[str, str] | None = None) -> httpx.Client:
        import ssl

        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            port = taken.getsockname()[1]
        process = nginx(example, backends or {"http://127.0.0.1:7870": doors.address}, tmp_path, port)
        started.append(process)
        until = time.monotonic() + 60
        while True:
            with socket.socket() as trying:
                if trying.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None, process.stderr.read().decode()
            assert time.monotonic() < until
            time.sleep(0.05)
        trusted = ssl.create_default_context(cafile=str(tmp_path / "cert.pem"))
        trusted.check_hostname = False  # it is reached by its number here
        client = httpx.Client(base_url=f"https://127.0.0.1:{port}{PATH}", verify=trusted, timeout=120)
        clients.append(client)
        return client

    yield start
    for client in clients:
        client.close()
    for process in started:
        process.terminate()
        process.wait(30)
        process.stderr.close()


@needs_nginx
def test_nginx_with_everybodys_own_token(doors, through_nginx):
    client = through_nginx("nginx.conf")
    mine = {"host": NAME, "authorization": f"Bearer {doors.tokens.add('ada', 'read')}"}
    body = {"question": QUESTION}
    assert client.post("/api/v1/ask", json=body, headers={"host": NAME}).status_code == 401
    assert "Forty boats" in client.post("/api/v1/ask", json=body, headers=mine).json()["text"]
    steps = client.post("/api/v1/ask", json={**body, "stream": True}, headers=mine).text
    assert steps.startswith("event: retrieved") and "event: answered" in steps
    assert client.post("/api/v1/ask", json=body, headers={**mine, "host": "evil.example"}).status_code == 421
    assert client.post("/api/v1/ask", json=body, headers={**mine, "origin": f"https://{NAME}"}).status_code == 200
    assert client.post("/api/v1/ask", json=body, headers={**mine, "origin": "https://x.example"}).status_code == 403
    assert client.post("/api/v1/rebuild", headers=mine).status_code == 403
    chat = {"model": "unsaid", "messages": [{"role": "user", "content": QUESTION}]}
    told = client.post("/v1/chat/completions", json=chat, headers=mine).json()
    cited = told["choices"][0]["message"]["annotations"][0]["url_citation"]["url"]
    assert cited.startswith(f"https://{NAME}{PATH}/api/v1/articles/")
    part = client.get(cited.partition(PATH)[2], headers=mine).json()
    assert part["text"] == told["unsaid"]["citations"][0]["quote"]
    assert client.get("/api/v1/articles/sub/ferry.txt", headers=mine).status_code == 200


@needs_nginx
def test_nginx_that_lets_people_in_and_names_them(doors, through_nginx, tmp_path):
    word = doors.tokens.add("nginx", "read", for_proxy=True, per_minute=2)
    (tmp_path / "unsaid-token.conf").write_text(f'proxy_set_header Authorization "Bearer {word}";\n')
    (tmp_path / "unsaid-people").write_text("ada:{PLAIN}boats\nbob:{PLAIN}sails\n")
    client = through_nginx("nginx-people.conf")

    def models(name: str, password: str, **more: str) -> int:
        basic = base64.b64encode(f"{name}:{password}".encode()).decode()
        headers = {"host": NAME, "authorization": f"Basic {basic}", **more}
        return client.get("/v1/models", headers=headers).status_code

    assert client.get("/v1/models", headers={"host": NAME}).status_code == 401
    assert client.get("/v1/models", headers={"host": NAME, "authorization": f"Bearer {word}"}).status_code == 401
    assert models("ada", "wrong") == 401
    assert [models("ada", "boats", **{"x-unsaid-user": "bob"}) for _ in range(3)] == [200, 200, 429]
    assert models("bob", "sails") == 200, "a name of one's own choice would have used up bob's requests"
