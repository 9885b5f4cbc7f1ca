# SPDX-License-Identifier: Apache-2.0
"""Ten thousand open desks, and an event to all of them: a citizen asks for a person in the chat, and every desk that takes
conversations is told how many wait. Beside it Node's ws, which sends a text of the same size to as many sockets. Each desk is
an agent of its own; their sessions are written into the database while the server is down, as signing in is another row's."""
import asyncio, base64, hashlib, json, os, resource, shutil, sqlite3, subprocess, sys, tempfile, time

from chats import Page
from load import cpu, memory_mb
from servers import HERE, HOST, ROOT, Server, with_line

PAGES = ROOT / "build/release/tests/bench/ys_desk_pages"
PEER = HERE / "ws_peer"
CONFIG = "[http]\nconnections_max = 11000\n"
SOURCE = "127.10.200.1"  # The one citizen's: no desk's.


def sessions(folder, desks):
    """A file of tokens, one a line, each of another agent."""
    path, now = os.path.join(folder, "tokens"), int(time.time() * 1e6)
    [name] = [f for f in os.listdir(os.path.join(folder, "db")) if f.endswith(".db") and has_users(os.path.join(folder, "db", f))]
    with sqlite3.connect(os.path.join(folder, "db", name)) as db, open(path, "w") as tokens:
        users = [i for i, in db.execute("SELECT id FROM users WHERE login LIKE 'a%' ORDER BY id LIMIT ?", (desks,))]
        for user in users:
            token = base64.urlsafe_b64encode(os.urandom(32)).decode().rstrip("=")
            tokens.write(token + "\n")
            db.execute("INSERT INTO sessions VALUES (?, ?, ?, ?, ?)",
                       (hashlib.sha256(token.encode()).hexdigest(), user, now, now + 3600 * 10 ** 6, "bench"))
    db.close()
    return path


def has_users(path):
    with sqlite3.connect(path) as db:
        return db.execute("SELECT COUNT(*) FROM sqlite_master WHERE name = 'sessions'").fetchone()[0] == 1


class Pages:
    """The desks: a process of their own, so that the load's CPU is not the server's."""

    def __init__(self, http, path, desks, *cookies):
        address, port = http.removeprefix("http://").strip("/").split(":")
        self.process = subprocess.Popen([str(PAGES), address, port, path, str(desks), *cookies],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if not self.process.stdout.readline().startswith("open"):
            raise RuntimeError("desks: the pages did not open")

    def result(self):
        out, _ = self.process.communicate(timeout=60)
        return json.loads(out)


def measured(pages, pids, event, events):
    """Also without the CPU of four quiet seconds: pings and clocks are no event's."""
    time.sleep(3)
    quiet, begin = -cpu(pids), time.monotonic()
    time.sleep(4)
    quiet = (quiet + cpu(pids)) / (time.monotonic() - begin)
    used, begin = -cpu(pids), time.monotonic()
    for n in range(events):
        event(n)
        time.sleep(max(0, begin + (n + 1) * 1.5 - time.monotonic()))
    used += cpu(pids)
    took, mb = time.monotonic() - begin, memory_mb(pids)
    row = pages.result()
    texts = max(1, row["texts"])
    return {**row, "cpu_us_a_text": round(used * 1e6 / texts, 1), "without_quiet_us": round((used - quiet * took) * 1e6 / texts, 1),
            "quiet_cores": round(quiet, 3), "memory_mb": round(mb)}


def ours(desks, events):
    folder = tempfile.mkdtemp(prefix="ys-bench-")
    scenario = with_line(r"^(open_registrations = .*)$", r'\1\nchat_queue = "desks"')
    config = os.path.join(folder, "config.toml")
    with open(config, "w") as file:
        file.write(CONFIG)
    more = {"folder": folder, "scenario": scenario, "more": ("--config", config)}
    try:
        Server(desks, **more).stop()
        tokens = sessions(folder, desks)
        server = Server(desks, **more)
        host, port = server.http.removeprefix("http://").strip("/").split(":")
        loop = asyncio.new_event_loop()

        def ask(_):
            async def one():
                _, page = await loop.create_connection(lambda: Page(f"{host}:{port}".encode()), host, int(port), local_addr=(SOURCE, 0))
                await page.open()
            loop.run_until_complete(one())

        try:
            return measured(Pages(server.http, "/api/v1/desk", desks, tokens), server.pids, ask, events)
        finally:
            server.stop()
            loop.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(scenario, ignore_errors=True)


def theirs(desks, events, size):
    node = shutil.which("node")
    process = subprocess.Popen([node, "fan_out.mjs", HOST, str(size)], cwd=PEER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        port = process.stdout.readline().strip()

        def event(_):
            process.stdin.write("\n")
            process.stdin.flush()
        return measured(Pages(f"http://{HOST}:{port}", "/", desks), [process.pid], event, events)
    finally:
        process.kill()
        process.wait()


def row(desks=10_000, events=10):
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    out = ours(desks, events)
    if not (PEER / "node_modules/ws").exists() or not shutil.which("node"):
        return {**out, "peer": "not installed: ws (cd tests/bench/ws_peer && npm ci)"}
    peer = theirs(desks, events, out["bytes"])
    return {**out, "ws": peer, "ratio_of_ws": round(out["cpu_us_a_text"] / peer["cpu_us_a_text"], 2)}


if __name__ == "__main__":
    print(json.dumps(row(*map(int, sys.argv[1:]))))
