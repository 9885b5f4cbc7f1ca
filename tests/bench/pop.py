# SPDX-License-Identifier: Apache-2.0
"""Ring -> screen pop: from the INVITE at an agent's phone until the open desk page has everything it shows.

The desk page is a WebSocket client of the standard library alone: it waits for the view with the
call in it, then fetches what the page fetches (person, timeline, open cases)."""
import base64, http.client, json, os, re, select, socket, struct, subprocess, time

from load import at
from servers import BINARY, HOST, PORT

DESK, CALLER = ("127.0.7.3", 5080), "127.0.7.2"
TIMESTAMP = 35  # SO_TIMESTAMPNS: when the kernel took a datagram in
SDP = "v=0\r\no=p 1 1 IN IP4 {0}\r\ns=-\r\nc=IN IP4 {0}\r\nt=0 0\r\nm=audio 45000 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n"


class Page:
    """The open desk page of one agent."""

    def __init__(self, origin, login, password):
        self.host, port = origin.removeprefix("http://").split(":")
        self.origin, self.port = origin, int(port.strip("/"))
        self.rest = http.client.HTTPConnection(self.host, self.port)
        self.rest.request("POST", "/api/v1/session", json.dumps({"login": login, "password": password}),
                          {"Content-Type": "application/json", "Origin": origin})
        answer = self.rest.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"signing in as {login}: {answer.status}")
        self.cookie = answer.getheader("Set-Cookie").split(";")[0]
        self.socket = socket.create_connection((self.host, self.port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall((f"GET /api/v1/desk HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nOrigin: {origin}\r\n"
                             f"Cookie: {self.cookie}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                             f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n").encode())
        self.bytes = b""
        while b"\r\n\r\n" not in self.bytes:
            self.bytes += self.socket.recv(65536)
        head, self.bytes = self.bytes.split(b"\r\n\r\n", 1)
        if b" 101 " not in head:
            raise RuntimeError("the desk's socket: " + head.decode(errors="replace"))

    def frames(self):
        """Complete text messages that have come."""
        out = []
        while len(self.bytes) >= 2:
            size, start = self.bytes[1] & 127, 2
            if size == 126:
                size, start = struct.unpack(">H", self.bytes[2:4])[0] if len(self.bytes) >= 4 else 1 << 60, 4
            elif size == 127:
                size, start = struct.unpack(">Q", self.bytes[2:10])[0] if len(self.bytes) >= 10 else 1 << 60, 10
            if len(self.bytes) < start + size:
                break
            if self.bytes[0] & 15 == 1:
                out.append(json.loads(self.bytes[start:start + size]))
            self.bytes = self.bytes[start + size:]
        return out

    def read(self):
        self.bytes += self.socket.recv(65536)
        return self.frames()

    def get(self, path):
        self.rest.request("GET", "/api/v1" + path, headers={"Cookie": self.cookie})
        answer = self.rest.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")


def header(text, name):
    found = re.search(rf"^{name}:\s*(.*?)\r$", text, re.I | re.M)
    return found.group(1) if found else ""


def answer_to(text, tag, sdp=""):
    to = header(text, "To")
    if ";tag=" not in to:
        to += tag
    vias = "".join(f"Via: {v}\r\n" for v in re.findall(r"^Via:\s*(.*?)\r$", text, re.I | re.M))
    kind = "Content-Type: application/sdp\r\n" if sdp else ""
    return (f"SIP/2.0 200 OK\r\n{vias}From: {header(text, 'From')}\r\nTo: {to}\r\nCall-ID: {header(text, 'Call-ID')}\r\n"
            f"CSeq: {header(text, 'CSeq')}\r\nContact: <sip:desk@{DESK[0]}:{DESK[1]}>\r\n{kind}"
            f"Content-Length: {len(sdp)}\r\n\r\n{sdp}").encode()


class Caller:
    def __init__(self):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((CALLER, 0))
        self.me = f"{CALLER}:{self.socket.getsockname()[1]}"
        self.to = ""

    def request(self, method, call, cseq, sdp=""):
        to = self.to if method != "INVITE" else f"<sip:7002@{HOST}>"
        kind = "Content-Type: application/sdp\r\n" if sdp else ""
        text = (f"{method} sip:7002@{HOST}:{PORT} SIP/2.0\r\nVia: SIP/2.0/UDP {self.me};branch=z9hG4bK{call}{method}\r\n"
                f"From: <sip:1390931{call[-4:]}@{self.me}>;tag={call}\r\nTo: {to}\r\nCall-ID: {call}\r\n"
                f"CSeq: {cseq} {method}\r\nContact: <sip:c@{self.me}>\r\nMax-Forwards: 70\r\n{kind}"
                f"Content-Length: {len(sdp)}\r\n\r\n{sdp}")
        self.socket.sendto(text.encode(), (HOST, PORT))


def one_pop(page, phone, caller, number):
    """Milliseconds (view, everything) from the INVITE at the phone; the view may come before it."""
    call = f"pop{os.getpid()}x{number:04d}"
    caller.request("INVITE", call, 1, SDP.format(CALLER))
    rang = seen = shown = None
    invite = None
    until = time.monotonic() + 10
    while time.monotonic() < until and (shown is None or rang is None):
        for s in select.select([page.socket, phone, caller.socket], [], [], 1)[0]:
            now = time.time()
            if s is phone:
                data, extra, _, _ = s.recvmsg(65536, 256)
                text = data.decode(errors="replace")
                if text.startswith("INVITE") and rang is None:
                    seconds, nanos = struct.unpack("qq", extra[0][2])
                    rang, invite = seconds + nanos / 1e9, text
            elif s is page.socket:
                calls = [m for m in page.read() if m["type"] == "desk" and m["desk"] and m["desk"]["interaction"]]
                if calls and seen is None:
                    seen = now
                    who = calls[-1]["desk"]["caller"]
                    for path in (f"/customers?number={who}", f"/timeline?number={who}", f"/cases?number={who}"):
                        page.get(path)
                    shown = time.time()
            else:
                text = s.recv(65536).decode(errors="replace")
                if text.startswith("SIP/2.0 200") and "INVITE" in header(text, "CSeq"):
                    caller.to = header(text, "To")
                    caller.request("ACK", call, 1)
    if rang is None or shown is None:
        raise RuntimeError("no ring or no pop within 10 s")
    phone.sendto(answer_to(invite, f";tag=d{number}", SDP.format(DESK[0])), (HOST, PORT))
    caller.request("BYE", call, 2)
    end_one(page, phone, caller)
    return (seen - rang) * 1000, (shown - rang) * 1000


def end_one(page, phone, caller):
    """Until the desk is free again."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        for s in select.select([page.socket, phone, caller.socket], [], [], 1)[0]:
            if s is page.socket:
                if any(m["type"] == "desk" and m["desk"] and m["desk"]["state"] == "Ready" for m in page.read()):
                    return
                continue
            text = s.recv(65536).decode(errors="replace")
            if text.startswith(("BYE", "CANCEL")):
                s.sendto(answer_to(text, ""), (HOST, PORT))
    raise RuntimeError("the desk did not become free within 10 s")


def set_password(folder, login, password):
    """While the server is down. The bench scenario's agents have none."""
    subprocess.run([str(BINARY), "user", "password", login, "--password-file", "-", "--data", os.path.join(folder, "db")],
                   input=password, text=True, check=True, stdout=subprocess.DEVNULL)


def pops(origin, login, password, calls):
    phone = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    phone.setsockopt(socket.SOL_SOCKET, TIMESTAMP, 1)
    phone.bind(DESK)
    page, caller = Page(origin, login, password), Caller()
    views, whole = zip(*(one_pop(page, phone, caller, n) for n in range(calls)))
    phone.close()
    page.socket.close()
    caller.socket.close()
    views, whole = sorted(views), sorted(whole)
    return {"calls": calls, "view_p50_ms": at(views, 0.5), "view_p99_ms": at(views, 0.99),
            "pop_p50_ms": at(whole, 0.5), "pop_p99_ms": at(whole, 0.99), "pop_max_ms": round(whole[-1], 2)}
