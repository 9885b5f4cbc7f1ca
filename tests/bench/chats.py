# SPDX-License-Identifier: Apache-2.0
"""Ten thousand open conversations on WebSockets, a thousand messages a second: from a page's message to the same page being
shown it, which is after the disk has it. Everybody has asked for a person, so each stands in one queue."""
import asyncio, base64, json, os, resource, struct, sys, tempfile, time

from load import cpu
from servers import Server

PAGES_OF_ONE_ADDRESS = 50  # What one address may begin in a minute.
CONFIG = "[http]\nconnections_max = 11000\nconnections_per_source = 1000\n"


def frame(text):
    body = text.encode()
    head = bytes([0x81, 0x80 | len(body)]) if len(body) < 126 else bytes([0x81, 0xfe]) + struct.pack(">H", len(body))
    return head + b"\0\0\0\0" + body  # A mask of zeros: the load is ours, and unmasking is the server's either way.


class Page(asyncio.Protocol):
    """One citizen: HTTP for the ticket, then the socket."""

    def __init__(self, host):
        self.host, self.bytes, self.is_socket, self.sent = host, b"", False, {}
        self.answer = asyncio.get_running_loop().create_future()
        self.latencies, self.texts = [], 0

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.bytes += data
        if self.is_socket:
            return self.frames()
        head, end, rest = self.bytes.partition(b"\r\n\r\n")
        if not end:
            return
        if b" 101 " in head.split(b"\r\n")[0]:
            self.is_socket, self.bytes = True, rest
            self.answer.set_result(None)
            return self.frames()
        length = next((int(l.split(b":")[1]) for l in head.split(b"\r\n") if l.lower().startswith(b"content-length:")), 0)
        if len(rest) >= length:
            self.bytes = rest[length:]
            self.answer.set_result(json.loads(rest[:length]))

    def frames(self):
        now = time.perf_counter()
        while len(self.bytes) >= 2:
            size, start = self.bytes[1] & 127, 2
            if size == 126:
                if len(self.bytes) < 4:
                    return
                size, start = struct.unpack(">H", self.bytes[2:4])[0], 4
            if len(self.bytes) < start + size:
                return
            kind, text, self.bytes = self.bytes[0] & 15, self.bytes[start:start + size], self.bytes[start + size:]
            if kind == 9:  # A ping; browsers answer by themselves.
                self.transport.write(bytes([0x8a, 0x80 | size]) + b"\0\0\0\0" + text)
            self.texts += 1
            if b'"type":"messages"' not in text[:40]:
                continue
            for each in json.loads(text)["items"]:
                begun = self.sent.pop(each["key"], None)
                if begun is not None:
                    self.latencies.append(now - begun)

    def connection_lost(self, error):
        if not self.answer.done():
            self.answer.set_exception(error or ConnectionError("closed"))
        self.is_socket = False

    async def open(self):
        body = b'{"token":"","page":""}'
        self.transport.write(b"POST /api/v1/citizen/chats HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\n"
                             b"Content-Length: %d\r\n\r\n%s" % (self.host, len(body), body))
        opened = await self.answer
        self.answer = asyncio.get_running_loop().create_future()
        self.transport.write((f"GET /api/v1/citizen/chat?ticket={opened['ticket']} HTTP/1.1\r\nHost: {self.host.decode()}\r\n"
                              f"Origin: http://{self.host.decode()}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                              f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\nSec-WebSocket-Version: 13\r\n\r\n").encode())
        await self.answer
        self.transport.write(frame('{"type":"ask_person"}'))

    def say(self, key):
        self.sent[key] = time.perf_counter()
        self.transport.write(frame(json.dumps({"type": "say", "key": key, "text": "请问什么时候能来修暖气"})))


async def load(http, pages, per_second, seconds, cpu_s):
    host, port = http.removeprefix("http://").rsplit(":", 1)
    name, loop, opened = f"{host}:{port}".encode(), asyncio.get_running_loop(), []
    for n in range(pages):
        source = n // PAGES_OF_ONE_ADDRESS
        _, page = await loop.create_connection(lambda: Page(name), host, int(port), local_addr=(f"127.9.{source // 250}.{source % 250 + 1}", 0))
        await page.open()
        opened.append(page)
    begin_cpu, begin = cpu_s(), time.perf_counter()
    total = per_second * seconds
    for n in range(total):
        wait = begin + n / per_second - time.perf_counter()
        if wait > 0:
            await asyncio.sleep(wait)
        opened[(n * 7919) % pages].say(f"m{n}")
    took, used = time.perf_counter() - begin, cpu_s() - begin_cpu
    while sum(len(p.sent) for p in opened) and time.perf_counter() - begin < seconds + 30:
        await asyncio.sleep(0.05)
    shown = sorted(latency for p in opened for latency in p.latencies)
    row = {"row": "chats", "open": sum(p.is_socket for p in opened), "messages": total, "shown": len(shown),
           "lost": total - len(shown), "per_second": round(total / took), "p50_ms": round(shown[len(shown) // 2] * 1e3, 1),
           "p99_ms": round(shown[int(len(shown) * 0.99)] * 1e3, 1), "server_cores": round(used / took, 2)}
    for page in opened:
        page.transport.close()
    return row


def row(pages=10_000, per_second=1_000, seconds=20):
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    with tempfile.NamedTemporaryFile("w", suffix=".toml") as config:
        config.write(CONFIG)
        config.flush()
        server = Server(0, scenario="heating", more=("--config", config.name))
        try:
            return asyncio.run(load(server.http, pages, per_second, seconds, lambda: cpu(server.pids)))
        finally:
            server.stop()


if __name__ == "__main__":
    print(json.dumps(row(*map(int, sys.argv[1:]))))
