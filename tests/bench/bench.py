#!/usr/bin/env python3
"""Measures the release build: `make bench` prints every row with core count and command.

Callers are SIPp on 127.0.7.2, desks SIPp on 127.0.7.3:5080, the server on 127.0.7.1:5060; all of it
loopback. CPU is the kernel's own accounting of the server's process, so it stands when the load
shares the cores. Kamailio, where installed, answers the same load for the ratio."""
import glob, json, os, pathlib, random, shutil, subprocess, sys, tempfile, time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BINARY = ROOT / "build/release/src/app/yingsheng"
PROBE = ROOT / "build/release/tests/bench/ys_probe"
SERVER, TICK = "127.0.7.1:5060", os.sysconf("SC_CLK_TCK")


def cpu(pid):
    f = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(f[11]) + int(f[12])) / TICK


def memory_mb(pid):
    return sum(int(l.split()[1]) for l in open(f"/proc/{pid}/smaps_rollup") if l.startswith("Pss:")) / 1024


def threads(pid):
    return len(os.listdir(f"/proc/{pid}/task"))


class Server:
    def __init__(self, agents):
        self.dir = tempfile.mkdtemp(prefix="ys-bench-")
        ready = os.path.join(self.dir, "ready.json")
        words = [str(BINARY), "serve", "--scenario", "bench", "--agents", str(agents), "--sip", SERVER,
                 "--http", "127.0.7.1:0", "--data", os.path.join(self.dir, "db"),
                 "--prompts", str(ROOT / "build/prompts"), "--ready-file", ready]
        begin = time.time()
        self.process = subprocess.Popen(words, stdout=open(os.path.join(self.dir, "log"), "w"), stderr=subprocess.STDOUT)
        while not os.path.exists(ready):
            if self.process.poll() is not None or time.time() - begin > 60:
                sys.exit("bench: the server did not start:\n" + open(os.path.join(self.dir, "log")).read()[-3000:])
            time.sleep(0.005)
        self.start_s = time.time() - begin
        self.pid = self.process.pid

    def stop(self):
        self.process.terminate()
        self.process.wait(60)
        shutil.rmtree(self.dir, ignore_errors=True)


def sipp(scenario, where, *words, target=None):
    d = tempfile.mkdtemp(prefix="ys-sipp-")
    shutil.copy(HERE / "sipp" / f"{scenario}.xml", d)
    rng = random.Random(7)
    with open(os.path.join(d, "voice.alaw"), "wb") as f:
        f.write(bytes(rng.randrange(256) for _ in range(64000)))
    host, port = where.split(":")
    p = subprocess.Popen(["sipp", "-sf", f"{scenario}.xml", "-i", host, "-p", port, "-mi", host, "-nostdin",
                          "-trace_stat", "-fd", "1", *map(str, words), *([target] if target else [])],
                         cwd=d, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    p.dir = d
    return p


def stats(p):
    files = glob.glob(os.path.join(p.dir, "*_.csv"))
    if not files:
        return {}
    rows = [l.rstrip("\n").split(";") for l in open(files[0])]
    return dict(zip(rows[0], rows[-1])) if len(rows) > 1 else {}


def ended(p):
    shutil.rmtree(p.dir, ignore_errors=True)


def answer(pid, number, rate, seconds):
    before = cpu(pid)
    p = sipp("answer", "127.0.7.2:5070", "-s", number, "-r", rate, "-m", rate * seconds, "-l", 20000, "-d", 0,
             "-timeout", f"{seconds + 40}s", "-mp", 10000, target=SERVER)
    begin = time.time()
    p.wait()
    took = time.time() - begin
    s = stats(p)
    ended(p)
    ok, failed = int(s.get("SuccessfulCall(C)", 0)), int(s.get("FailedCall(C)", 0))
    return {"offered_s": rate, "ok": ok, "failed": failed, "retransmitted": int(s.get("Retransmissions(C)", 0)),
            "ok_s": round(ok / max(took, 0.001), 1), "cpu_ms_per_call": round(1000 * (cpu(pid) - before) / max(1, ok), 3)}


def media(server, number, calls, seconds):
    desks = sipp("desk", "127.0.7.3:5080", "-mp", 46000, "-rtp_echo")
    p = sipp("talk", "127.0.7.2:5070", "-s", number, "-r", 40, "-m", calls, "-l", calls,
             "-d", int((calls / 40 + seconds + 4) * 1000), "-mp", 10000, target=SERVER)
    time.sleep(calls / 40 + 2)
    a, t = cpu(server.pid), time.time()
    time.sleep(seconds)
    used = (cpu(server.pid) - a) / (time.time() - t)
    row = {"number": number, "calls": calls, "cpu_cores": round(used, 3), "calls_per_core": round(calls / max(used, 1e-6)),
           "memory_mb": round(memory_mb(server.pid), 1), "threads": threads(server.pid)}
    p.wait()
    s = stats(p)
    row["ok"] = int(s.get("SuccessfulCall(C)", 0))
    desks.kill()
    desks.wait()
    ended(p)
    ended(desks)
    return row


def recordings(server):
    """Every recording: samples against the time it lasted."""
    files = glob.glob(os.path.join(server.dir, "db/recordings/**/*.wav"), recursive=True)
    return {"recordings": len(files), "bytes": sum(os.path.getsize(f) for f in files)}


def show(what, row):
    print(json.dumps({"row": what, **row}), flush=True)


def main():
    show("machine", {"cores": os.cpu_count(), "command": "make bench"})
    stripped = tempfile.mktemp(prefix="ys-stripped-")
    subprocess.run(["strip", "-o", stripped, str(BINARY)], check=True)
    show("size", {"stripped_mb": round(os.path.getsize(stripped) / 1e6, 1)})
    os.unlink(stripped)
    show("probe-error", json.loads(subprocess.run([str(PROBE), "echo"], capture_output=True, text=True).stdout))

    server = Server(2000)
    show("cold-start", {"agents": 2000, "seconds": round(server.start_s, 3), "memory_mb": round(memory_mb(server.pid), 1)})
    server.stop()

    server = Server(400)
    best = 0
    for rate in (200, 500, 1000, 1500):
        row = answer(server.pid, "1000", rate, 8)
        show("answer", row)
        if row["failed"] == 0 and row["ok_s"] > 0.9 * rate:
            best = max(best, rate)
    if best:
        row = answer(server.pid, "1000", best * 2, 8)
        show("overload-2x", {**row, "best": best, "goodput_of_best": round(row["ok_s"] / best, 2)})
    show("answer-latency", json.loads(subprocess.run([str(PROBE), "answer", SERVER, "1000", "100", "5"],
                                                      capture_output=True, text=True).stdout or "{}"))
    desks = sipp("desk", "127.0.7.3:5080", "-mp", 46000)
    show("queue-to-desk", answer(server.pid, "7002", 100, 8))
    desks.kill()
    desks.wait()
    ended(desks)
    server.stop()

    for number, what in (("2000", "bridge"), ("7001", "record+queue+bridge")):
        server = Server(400)
        for calls in (100, 200):
            show(what, media(server, number, calls, 8))
        if number == "7001":
            show("recorded", recordings(server))
        server.stop()

    for talk in (300, 700, 1150):
        server = Server(1)
        out = subprocess.run([str(PROBE), "gap", SERVER, "7003", "20", str(talk)], capture_output=True, text=True)
        show("desk-free-to-next-call", {"talk_ms": talk, **json.loads(out.stdout or "{}")})
        server.stop()


main()
