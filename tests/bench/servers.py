# SPDX-License-Identifier: Apache-2.0
"""What is measured on 127.0.7.1:5060, one after the other: our server, and the packaged peers."""
import atexit, json, os, pathlib, re, resource, shutil, socket, subprocess, sys, tempfile, time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BINARY = ROOT / "build/release/src/app/yingsheng"
HOST, PORT = "127.0.7.1", 5060


def options_answered(within_s):
    """Seconds until an OPTIONS got any answer; None when none came."""
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.bind(("127.0.7.2", 0))
    s.settimeout(0.002)
    me, begin, n = s.getsockname()[1], time.monotonic(), 0
    while time.monotonic() - begin < within_s:
        n += 1
        text = (f"OPTIONS sip:1000@{HOST}:{PORT} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.7.2:{me};branch=z9hG4bKo{n}p{me}\r\n"
                f"From: <sip:p@127.0.7.2:{me}>;tag=o{n}\r\nTo: <sip:1000@{HOST}>\r\nCall-ID: o{n}p{me}\r\n"
                f"CSeq: 1 OPTIONS\r\nContact: <sip:p@127.0.7.2:{me}>\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n")
        try:
            s.sendto(text.encode(), (HOST, PORT))
            s.recv(4096)
            return time.monotonic() - begin
        except (TimeoutError, ConnectionError):
            time.sleep(0.001)
    return None


def calls_at_most(wanted):
    """A leg takes two descriptors, and the server leaves some for itself."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return min(wanted, (hard - 100) // 2)


class Server:
    """Our server on a folder of its own, or on one kept from an earlier run."""

    def __init__(self, agents, folder=None, cores=None, scenario="bench", more=()):
        self.keeps = folder is not None
        self.folder = folder or tempfile.mkdtemp(prefix="ys-bench-")
        ready = os.path.join(self.folder, "ready.json")
        if os.path.exists(ready):
            os.unlink(ready)
        words = [str(BINARY), "serve", "--scenario", scenario, "--agents", str(agents), "--sip", f"{HOST}:{PORT}",
                 "--http", f"{HOST}:0", "--data", os.path.join(self.folder, "db"),
                 "--prompts", str(ROOT / "build/prompts"), "--ready-file", ready, *more]
        log = os.path.join(self.folder, "log")
        begin = time.monotonic()
        self.process = subprocess.Popen(words, stdout=open(log, "w"), stderr=subprocess.STDOUT,
                                        preexec_fn=lambda: os.sched_setaffinity(0, cores or os.sched_getaffinity(0)))
        atexit.register(self.process.kill)
        if options_answered(60) is None or self.process.poll() is not None:
            sys.exit("bench: the server did not start:\n" + open(log).read()[-3000:])
        self.start_s = time.monotonic() - begin
        while not os.path.exists(ready):
            time.sleep(0.002)
        self.ready_s = time.monotonic() - begin
        self.http = json.load(open(ready))["http"]
        self.pids = [self.process.pid]

    def stop(self):
        self.process.terminate()
        self.process.wait(60)
        if not self.keeps:
            shutil.rmtree(self.folder, ignore_errors=True)


def with_line(pattern, line):
    """A copy of the bench scenario with one line another; a folder, the caller's to remove."""
    folder = tempfile.mkdtemp(prefix="ys-scenario-")
    shutil.copytree(ROOT / "scenarios/bench", folder, dirs_exist_ok=True)
    path = os.path.join(folder, "scenario.toml")
    text, found = re.subn(pattern, line, open(path).read(), flags=re.M)
    assert found == 1, pattern
    open(path, "w").write(text)
    return folder


def with_rate(invites_per_second):
    """Admission lets so many INVITEs in a second."""
    return with_line(r"^invites_per_second = .*$", f"invites_per_second = {invites_per_second}")


def with_registered_desks():
    """Agents are rung where their phones a0, a1, … have registered."""
    return with_line(r"^seat_address = .*$", 'seat_address = "a{i}"')


def with_nobody_at_work():
    return with_line(r"^starts_ready = .*$", "starts_ready = false")


class Peer:
    """Kamailio, with rtpengine behind it when media is wanted. One worker, the allocator for speed."""

    def __init__(self, config, *defines, media=False):
        self.folder = tempfile.mkdtemp(prefix="ys-peer-")
        self.processes = []
        if media:
            self.start("rtpengine", "--foreground", "--log-stderr", "--log-level=3", "--table=-1",
                       f"--interface={HOST}", f"--listen-ng={HOST}:22222", "--port-min=30000", "--port-max=39998",
                       f"--recording-dir={self.folder}", "--recording-method=pcap", "--recording-format=eth",
                       f"--pidfile={self.folder}/rtpengine.pid")
        self.start("kamailio", "-f", str(HERE / "kamailio" / config), "-DD", "-E", "-x", "fm", "-X", "fm", "-m", "256",
                   "-Y", self.folder, "-P", f"{self.folder}/kamailio.pid", *[w for d in defines for w in ("-A", d)])
        if options_answered(20) is None:
            note = open(os.path.join(self.folder, "log")).read()[-2000:]
            self.stop()
            raise RuntimeError("the peer did not start: " + note)
        self.pids = [p.pid for p in self.processes]

    def start(self, *words):
        log = open(os.path.join(self.folder, "log"), "a")
        # rtpengine may crash while it ends; nobody wants its core.
        no_core = lambda: resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        self.processes.append(subprocess.Popen(words, stdout=log, stderr=subprocess.STDOUT, preexec_fn=no_core))

    def stop(self):
        for p in self.processes:
            p.terminate()
        for p in self.processes:
            try:
                p.wait(10)
            except subprocess.TimeoutExpired:
                p.kill()
                p.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def missing(*programs):
    """A sentence naming the peers that are not installed, "" when all are."""
    path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    gone = [p for p in programs if not shutil.which(p, path=path)]
    return f"not installed: {', '.join(gone)} (tools/setup/install bench)" if gone else ""
