"""A small relay for tests of the phone's page: the wire over a store in memory, or a refusal."""

import http.server
import mimetypes
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.app.phone.memory_relay import MemoryRelay

from landward.app.phone.relay_page import phone_files
from landward.model.base import BadInput

STATUS = {
    "the relay knows no such shelf": 404, "this was deleted": 410, "other bytes lie there": 409,
}  # fmt: skip


class RelayHere(http.server.ThreadingHTTPServer):
    """Answers at `url`. `refuses` is the status of every answer under /v1 while it is set."""

    request_queue_size = 128
    daemon_threads = True
    address_family = 2

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.store = MemoryRelay()
        self.refuses = 0
        self.version = "1"
        self.puts: list[str] = []
        self.asked: list[str] = []
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.server_port}"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: RelayHere

    def log_message(self, *_: object) -> None:
        return

    def _answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _page(self) -> None:
        name = self.path.split("?")[0].removeprefix("/phone/") or "index.html"
        files = phone_files()
        if name not in files:
            self._answer(404)
            return
        kind = mimetypes.guess_type(name)[0] or "application/manifest+json"
        policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        policy += "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
        policy += "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        self._answer(200, files[name], Content_Type=kind, Content_Security_Policy=policy,
                     Cache_Control="no-cache")  # fmt: skip

    def _wire(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(size)
        here = self.server
        with here.lock:
            here.asked.append(f"{self.command} {self.path}")
            more = {"Landward_Relay": here.version}
            if here.refuses:
                self._answer(here.refuses, Retry_After="1", **more)
                return
            path, _, query = self.path.removeprefix("/v1/shelf/").partition("?")
            shelf, _, blob = path.partition("/")
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            try:
                if self.command == "PUT":
                    here.store.put(shelf, token, blob, body)
                    here.puts.append(blob)
                    self._answer(201, b'{"seq":1}', **more)
                    return
                since = int(query.split("&")[0].removeprefix("since="))
                found = here.store.since(shelf, token, since)
            except BadInput as error:
                self._answer(STATUS[str(error)], **more)
                return
            frames = b"".join(
                struct.pack(">Q16sI", one.seq, bytes.fromhex(one.blob), len(one.data)) + one.data
                for one in found.frames
            )
            self._answer(200, frames, Landward_Last=str(found.last), **more)

    def do_GET(self) -> None:
        if self.path.startswith("/phone/"):
            self._page()
        else:
            self._wire()

    def do_PUT(self) -> None:
        self._wire()


@contextmanager
def relay_here() -> Iterator[RelayHere]:
    with RelayHere() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
