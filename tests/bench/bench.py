#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures the release build and, on the same load in the same run, the packaged peers.

    bench.py [--rounds N] [ROW …]        every row when none is named; one JSON line each

Callers are SIPp on 127.0.7.2, desks SIPp on 127.0.7.3:5080, the server on 127.0.7.1:5060; all of it
loopback. CPU is the kernel's own accounting of the server's processes, so it stands when the load
shares the cores. A ratio is taken ours and peer in turn, `--rounds` times; the median is shown."""
import argparse, glob, json, os, pathlib, shutil, sqlite3, subprocess, sys, tempfile, time, urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import cases, chats, desks, search, load, pop
from load import TARGET, cpu, median, memory_mb, passes, short_calls, talking_calls, threads
from servers import BINARY, ROOT, Peer, Server, calls_at_most, missing, with_nobody_at_work, with_rate, with_registered_desks

ROUTING = ROOT / "build/release/tests/bench/ys_routing_bench"
INCIDENTS = ROOT / "build/release/tests/bench/ys_incident_bench"
FLOWS = ROOT / "build/release/tests/bench/ys_ivr_bench"
PROBE = ROOT / "build/release/tests/bench/ys_probe"
ROUNDS = 3
LIMITS = {"<=": lambda value, limit: value <= limit, ">=": lambda value, limit: value >= limit}
missed = []


def show(row, values, **goals):
    """goals: field="<= 0.35"."""
    line = {"row": row, **values}
    for field, goal in goals.items():
        if values.get(field) is None:
            continue
        word, limit = goal.split()
        is_met = LIMITS[word](values[field], float(limit))
        line.setdefault("goals", {})[field] = f"{goal}: {'met' if is_met else 'MISSED'}"
        if not is_met:
            missed.append(f"{row} {field} {values[field]} ({goal})")
    line["load_average"] = round(os.getloadavg()[0], 1)
    print(json.dumps(line, ensure_ascii=False), flush=True)


def probe(*words):
    out = subprocess.run([str(PROBE), *map(str, words)], capture_output=True, text=True)
    if out.returncode != 0 or not out.stdout:
        sys.exit(f"bench: ys_probe {' '.join(map(str, words))}: {out.stderr.strip()}")
    return json.loads(out.stdout)


def with_server(agents, work, **more):
    server = Server(agents, **more)
    try:
        return work(server)
    finally:
        server.stop()


def in_turn(ours, theirs):
    """ours() and theirs(), one after the other, ROUNDS times. theirs is None when not installed."""
    pairs = []
    for _ in range(ROUNDS):
        pairs.append((ours(), theirs() if theirs else None))
    return [p[0] for p in pairs], [p[1] for p in pairs if p[1] is not None]


def with_peer(work, *words, **more):
    peer = Peer(*words, **more)
    try:
        return work(peer)
    finally:
        peer.stop()


# ---- rows ---------------------------------------------------------------------------------------


def size():
    stripped = tempfile.mktemp(prefix="ys-stripped-")
    subprocess.run(["strip", "-o", stripped, str(BINARY)], check=True)
    show("size", {"stripped_mb": round(os.path.getsize(stripped) / 1e6, 1)}, stripped_mb="<= 20")
    os.unlink(stripped)


def probe_error():
    show("probe-error", probe("echo"))


def cold_start():
    first, again, idle = [], [], []
    for _ in range(ROUNDS):
        folder = tempfile.mkdtemp(prefix="ys-bench-")
        for times in (first, again):
            server = Server(2000, folder)
            times.append((server.start_s, server.ready_s))
            idle.append(memory_mb(server.pids))
            server.stop()
        shutil.rmtree(folder)
    show("cold-start", {"agents": 2000, "empty_folder_s": round(median([s for s, _ in first]), 3),
                        "kept_folder_s": round(median([s for s, _ in again]), 3),
                        "ready_file_s": round(median([r for _, r in first]), 3),
                        "idle_mb": round(median(idle), 1)}, empty_folder_s="<= 0.5", kept_folder_s="<= 0.5")


def answer():
    rate, secs = 1000, 8
    work = lambda s: short_calls(s.pids, "1000", rate, secs)
    gone = missing("kamailio")
    ours, theirs = in_turn(lambda: with_server(400, work), None if gone else lambda: with_peer(work, "uas.cfg"))
    row = {**ours[-1], "cpu_ms": median([r["cpu_ms"] for r in ours]), "cpu_ms_each": [r["cpu_ms"] for r in ours]}
    if theirs:
        row["kamailio_stateless_cpu_ms"] = median([r["cpu_ms"] for r in theirs])
        row["ratio"] = round(row["cpu_ms"] / row["kamailio_stateless_cpu_ms"], 2)
    else:
        row["kamailio_stateless"] = gone
    show("answer", row, cpu_ms="<= 0.35", failed="<= 0")


def overload():
    """Up to the highest rate that passes, then twice as much. One core is the server's and the rest
    are the load's: the load must have room to be twice of anything."""
    cores = sorted(os.sched_getaffinity(0))
    mine, others = {cores[0]}, set(cores[1:] or cores)
    once = lambda rate, secs: short_calls(server.pids, "1000", rate, secs, cores=others)
    server, best, best_row = Server(400, cores=mine), 0, None
    for rate in range(1000, 3001, 500):
        row = once(rate, 6)
        if not passes(row):
            row = once(rate, 6)
        show("passing-rate", {**row, "passes": passes(row), "server_cores": 1})
        if not passes(row):
            break
        best, best_row = rate, row
    server.stop()
    if not best:
        return show("overload", {"best_s": 0, "note": "no rate passed"})
    server = Server(400, cores=mine)
    once(200, 3)
    before_mb = memory_mb(server.pids)
    row = once(2 * best, 10)
    peak_mb, peak_threads = memory_mb(server.pids), threads(server.pids)
    time.sleep(35)  # Transactions that wait for a lost ACK live 32 s (RFC 3261 timer H).
    after = once(best // 2, 5)
    row |= {"best_s": best, "goodput_of_best": round(row["ok_s"] / max(1, best_row["ok_s"]), 2), "before_mb": round(before_mb, 1),
            "peak_mb": round(peak_mb, 1), "after_mb": round(memory_mb(server.pids), 1), "threads": peak_threads,
            "failed_after": after["failed"]}
    show("overload", row, goodput_of_best=">= 0.9", answer_p99_ms="<= 500", failed_after="<= 0")
    server.stop()


def overload_set():
    """The rate admission is set to, then twice as much: what a hotline does that knows its size."""
    best = 800
    scenario = with_rate(best)
    def work(server):
        row = short_calls(server.pids, "1000", 2 * best, 10)
        after = short_calls(server.pids, "1000", best // 2, 5)
        return {**row, "set_s": best, "goodput_of_set": round(row["ok_s"] / best, 2), "failed_after": after["failed"]}
    show("overload-set-rate", with_server(400, work, scenario=scenario), goodput_of_set=">= 0.9", answer_p99_ms="<= 500",
         failed="<= 0", failed_after="<= 0")
    shutil.rmtree(scenario)


def latency():
    def work(server):
        rows = [probe("answer", TARGET, "1000", 200, 5) for _ in range(ROUNDS)]
        return min(rows, key=lambda r: r.get("p99_us", 1e9))
    show("answer-latency", {"rate_s": 200, **with_server(400, work)}, p50_us="<= 1000", p99_us="<= 5000")


def register():
    gone = missing("kamailio")
    work = lambda s: load.registrations(s.pids, 2000, 5)
    ours, theirs = in_turn(lambda: with_server(400, work), None if gone else lambda: with_peer(work, "uas.cfg"))
    row = {**ours[-1], "cpu_ms": median([r["cpu_ms"] for r in ours])}
    if theirs:
        row["kamailio_cpu_ms"] = median([r["cpu_ms"] for r in theirs])
        row["ratio"] = round(row["cpu_ms"] / row["kamailio_cpu_ms"], 2)
    else:
        row["kamailio"] = gone
    show("register", row, ratio="<= 3", failed="<= 0")


def queue():
    for agents, rate in ((40, 15), (400, 100), (2000, 100)):
        def work(server):
            desks = load.Sipp("desk", "127.0.7.3:5080", "-mp", 46000)
            time.sleep(0.3)
            row = short_calls(server.pids, "7002", rate, 10, hold_ms=2000)
            desks.end()
            return row
        show("queue-to-desk", {"agents": agents, "hold_ms": 2000, **with_server(agents, work)}, failed="<= 0")


def queued():
    """A call through the queue to a registered desk that answers and hangs up at once: signalling, routing and journal
    of two dialogs, the media of some milliseconds. Beside it, in the same run at the same rate, our own answer + hang-up."""
    scenario = with_registered_desks()
    def work(server, agents):
        load.register_desks(server.pids, agents)
        desks = load.Sipp("desk-ends", "127.0.7.3:5080", "-mp", 46000)
        time.sleep(0.3)
        calls = lambda secs: load.queued_calls(server.pids, 200, secs)
        calls(2)  # What is taken once, whatever the calls.
        plain = short_calls(server.pids, "1000", 200, 8)
        row = calls(8)
        desks.end()
        return {**row, "answer_cpu_ms": plain["cpu_ms"], "ratio": round(row["cpu_ms"] / plain["cpu_ms"], 2)}
    sizes = (40, 400, 10000)
    rounds = [{n: with_server(n, lambda s: work(s, n), scenario=scenario) for n in sizes} for _ in range(ROUNDS)]
    for n in sizes:
        each = [r[n] for r in rounds]
        row = {"agents": n, **each[-1], **{f: median([r[f] for r in each]) for f in ("cpu_ms", "answer_cpu_ms", "ratio")}}
        row["cpu_ms_each"] = [r["cpu_ms"] for r in each]
        if n == sizes[-1]:
            row["growth"] = round(median([r[n]["cpu_ms"] / r[sizes[0]]["cpu_ms"] for r in rounds]), 2)
        show("queued-call", row, ratio="<= 3.0", growth="<= 1.2", failed="<= 0", refused="<= 0")
    shutil.rmtree(scenario)


def restart():
    """kill -9 with callers waiting: until the page answers, and until everybody is owed a call in their old order."""
    asked, scenario, folder = calls_at_most(10000), with_nobody_at_work(), tempfile.mkdtemp(prefix="ys-bench-")
    rows = []
    for _ in range(ROUNDS):
        server = Server(10, folder, scenario=scenario)
        citizens = load.waiting_calls(asked)
        db = sqlite3.connect(f"file:{folder}/db/yingsheng.db?mode=ro", uri=True)
        waiting = lambda: db.execute("SELECT COUNT(*) FROM facts WHERE kind = 'Queued'").fetchone()[0]
        load.comes(lambda: waiting() == asked, asked / 150)  # A busy machine loses some.
        calls = waiting()
        last = db.execute("SELECT MAX(seq) FROM facts").fetchone()[0]
        order = [a for a, in db.execute("SELECT json_extract(body, '$.first_arrival_at') FROM facts WHERE kind = 'Queued' ORDER BY seq")]
        server.process.kill()
        server.process.wait()
        begin = time.monotonic()
        server = Server(10, folder, scenario=scenario)
        page = urllib.request.urlopen(f"{server.http}/", timeout=30)
        page_s = time.monotonic() - begin
        promised = f"FROM facts WHERE seq > {last} AND kind = 'CallbackPromised' AND body LIKE '%\"restart\"%'"
        if not load.comes(lambda: db.execute(f"SELECT COUNT(*) {promised}").fetchone()[0] == calls, 60):
            raise RuntimeError("not everybody is owed a call")
        owed_s, used = time.monotonic() - begin, cpu(server.pids)
        again = [a for a, in db.execute(f"SELECT json_extract(body, '$.first_arrival_at') {promised} ORDER BY seq")]
        rows.append({"waiting": calls, "page_s": round(page_s, 2), "owed_s": round(owed_s, 2), "cpu_s": round(used, 2), "page": page.status,
                     "out_of_order": sum(a != b for a, b in zip(order, again))})
        load.comes(lambda: citizens.process.poll() is not None, 40)
        rows[-1]["told_bye"] = int(citizens.totals().get("SuccessfulCall(C)", 0))
        db.close()
        server.stop()
        citizens.end()
        shutil.rmtree(os.path.join(folder, "db"))
    shutil.rmtree(scenario)
    shutil.rmtree(folder)
    row = {"waiting": min(r["waiting"] for r in rows), **{f: median([r[f] for r in rows]) for f in ("page_s", "owed_s", "cpu_s")},
           "out_of_order": max(r["out_of_order"] for r in rows), "told_bye": min(r["told_bye"] for r in rows)}
    show("restart", row, waiting=f">= {0.98 * asked:.0f}", page_s="<= 3", owed_s="<= 3", out_of_order="<= 0")


def media(row, number, *defines):
    gone = missing("kamailio", "rtpengine")
    calls, secs = 200, 8
    checked = []

    def ours():
        def work(server):
            out = talking_calls(server.pids, number, calls, secs)
            if number in ("3000", "7001"):
                checked.append(recordings(server, out["hold_s"]))
            return out
        return with_server(400, work)
    theirs = lambda: with_peer(lambda s: talking_calls(s.pids, number, calls, secs), "proxy.cfg", *defines, media=True)
    mine, peers = in_turn(ours, None if gone else theirs)
    out = {**mine[-1], "calls_per_core": median([r["calls_per_core"] for r in mine]),
           "calls_per_core_each": [r["calls_per_core"] for r in mine],
           "kb_per_call": median([r["kb_per_call"] for r in mine]),
           "threads_per_call": max(r["threads"] - r["threads_before"] for r in mine) / calls}
    if peers:
        out |= {"rtpengine_calls_per_core": median([r["calls_per_core"] for r in peers]),
                "rtpengine_each": [r["calls_per_core"] for r in peers],
                "rtpengine_kb_per_call": median([r["kb_per_call"] for r in peers])}
        out["ratio"] = round(out["calls_per_core"] / out["rtpengine_calls_per_core"], 2)
    elif defines or number == "2000":
        out["rtpengine"] = gone
    return out, checked


def bridge():
    out, _ = media("bridge", "2000")
    show("bridge", out, calls_per_core=">= 1000", ratio=">= 1.1", kb_per_call="<= 30", threads_per_call="<= 0", failed="<= 0")


def record():
    out, checked = media("record+queue+bridge", "7001", "WITH_RECORD")
    out["kb_per_call_besides_buffer"] = round(out["kb_per_call"] - 64, 1)
    show("record+queue+bridge", out, calls_per_core=">= 750", ratio=">= 0.95", kb_per_call_besides_buffer="<= 30",
         threads_per_call="<= 0", failed="<= 0")
    for one in checked:
        show("recordings", one, damaged="<= 0", wrong_length="<= 0")


def recordings(server, hold_s):
    """Every recording: its samples against the time SIPp held the call, and what the server says of it."""
    files = glob.glob(os.path.join(server.folder, "db/recordings/**/*.wav"), recursive=True)
    seconds = [s for f in files if (s := (os.path.getsize(f) - 58) / 16000) > 3]  # Not those of warming up.
    wrong = [s for s in seconds if abs(s - hold_s) > 0.005 * hold_s + 0.06]
    db = sqlite3.connect(f"file:{server.folder}/db/yingsheng.db?mode=ro", uri=True)
    outcomes = dict(db.execute("SELECT outcome, COUNT(*) FROM recordings WHERE length_ms > 3000 GROUP BY outcome").fetchall())
    begin, used = time.time(), cpu(server.pids)
    while time.time() - begin < 120:  # Until the idle encoder is through.
        was = cpu(server.pids)
        time.sleep(1)
        if cpu(server.pids) - was < 0.05:
            break
    return {"recordings": len(seconds), "outcomes": outcomes, "damaged": sum(n for o, n in outcomes.items() if o != "complete"),
            "wrong_length": len(wrong), "shortest_s": round(min(seconds, default=0), 2), "longest_s": round(max(seconds, default=0), 2),
            "held_s": hold_s, "encoding_ms_per_call_second": round(1000 * (cpu(server.pids) - used) / max(1, sum(seconds)), 2)}


def prompt():
    def work(server):
        return talking_calls(server.pids, "1001", 200, 8)
    rows = [with_server(10, work) for _ in range(ROUNDS)]
    show("prompt", {**rows[-1], "calls_per_core": median([r["calls_per_core"] for r in rows])}, failed="<= 0")


def gap():
    for talk, calls in ((300, 60), (700, 20), (1150, 20)):
        rows = [with_server(1, lambda s: probe("gap", TARGET, "7003", calls, talk)) for _ in range(ROUNDS if talk == 300 else 1)]
        best = min(rows, key=lambda r: r.get("p99_us", 1e9))
        show("desk-free-to-next-call", {"talk_ms": talk, **best, "p99_us_each": [r.get("p99_us") for r in rows]},
             p50_us="<= 2000", p99_us="<= 10000")


def routing(word):
    return json.loads(subprocess.run([str(ROUTING), word], capture_output=True, text=True, check=True).stdout)


def decision():
    """Every decision of the first thousands is compared with a plain rule that has no index."""
    rows = [routing("decision") for _ in range(min(ROUNDS, 2))]
    show("decision", max(rows, key=lambda r: r["decisions_s"]), p99_us="<= 20", decisions_s=">= 100000", differences="<= 0")


def day():
    rows = [routing("day") for _ in range(ROUNDS)]
    show("day", min(rows, key=lambda r: r["took_s"]), took_s="<= 2")


def incidents():
    """From the tables and back: what a night of no heating brings, many times over."""
    rows = [json.loads(subprocess.run([str(INCIDENTS)], capture_output=True, text=True, check=True).stdout) for _ in range(ROUNDS)]
    show("incidents", max(rows, key=lambda r: r["cases_s"]), cases_s=">= 100", longest_look_ms="<= 1000")


def flow_steps():
    """Callers who press anything, on a shipped flow and on the same with as many nodes as a flow may have."""
    words = [str(FLOWS), str(ROOT / "scenarios/heating/main.flow")]
    rows = [json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout) for _ in range(ROUNDS)]
    show("flow-steps", sorted(rows, key=lambda r: r["steps_per_s"])[len(rows) // 2], steps_per_s=">= 1000000", steps_per_s_of_200_nodes=">= 1000000")


def in_a_folder(work):
    folder = tempfile.mkdtemp(prefix="ys-bench-")
    try:
        return work(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def durable_cases():
    """Acknowledged on the disk: over HTTP, as raw rows of SQLite, and the same on PostgreSQL with its own load."""
    def ours(folder, database=None):
        hotline = cases.Hotline(folder, database)
        try:
            hotline.create(2)  # What is taken once, whatever the cases.
            few = hotline.create(4, clients=4)
            return {**hotline.create(8), "of_4_clients": {word: few[word] for word in ("per_s", "p50_ms", "p99_ms")}}
        finally:
            hotline.stop()

    def sqlite(folder):
        return {**ours(folder), "rows_alone": cases.raw_rows(folder, 5), "ticket": cases.raw_ticket(5)}
    rows = [in_a_folder(sqlite) for _ in range(ROUNDS)]
    row = sorted(rows, key=lambda r: r["per_s"])[len(rows) // 2]
    row["ratio_of_ticket"] = median([round(r["per_s"] / r["ticket"]["per_s"], 2) for r in rows])
    row["ratio_of_rows"] = median([round(r["per_s"] / r["rows_alone"]["per_s"], 2) for r in rows])
    show("cases-sqlite", row, ratio_of_ticket=">= 0.7", p99_ms="<= 20", failed="<= 0")

    def on_postgres(folder):
        postgres = cases.Postgres()
        try:
            return {**ours(folder, postgres.url), "pgbench": cases.pgbench(postgres, 8)}
        finally:
            postgres.stop()
    rows = [in_a_folder(on_postgres) for _ in range(ROUNDS)]
    row = sorted(rows, key=lambda r: r["per_s"])[len(rows) // 2]
    row["ratio_of_pgbench"] = median([round(r["per_s"] / r["pgbench"]["per_s"], 2) for r in rows])
    row["ratio_of_one"] = median([round(r["per_s"] / r["pgbench"]["per_s_by_one"], 2) for r in rows])
    show("cases-postgres", row, ratio_of_pgbench=">= 0.7", p99_ms="<= 20", failed="<= 0")


def many_cases():
    """FULL=1: ten million, for hours and fifty gigabytes of room."""
    for count in (200_000, 10_000_000) if os.environ.get("FULL") == "1" else (200_000,):
        row = in_a_folder(lambda folder: cases.full_table(folder, count))
        show("many-cases", row, ask_p99_ms="<= 100", growth="<= 1.3")


def search_row():
    """A tenth of the articles in FTS5, times ten: it scores every match."""
    show("search", in_a_folder(search.row), p99_ms="<= 5", indexed_s=">= 3000", new_ms="<= 1000", mb="<= 400", times_of_fts5=">= 50")


def ten_thousand_chats():
    """The load runs beside the server: what the server itself took is `server_cores`."""
    show("chats", chats.row(), p99_ms="<= 100", lost="<= 0", server_cores="<= 1")


def ten_thousand_desks():
    show("desks", desks.row(), p99_ms="<= 150", ratio_of_ws="<= 0.7")


def ring_to_pop():
    folder = tempfile.mkdtemp(prefix="ys-bench-")
    Server(1, folder).stop()
    pop.set_password(folder, "a0", "bench-pop-2026")
    rows = []
    for _ in range(ROUNDS):
        server = Server(1, folder)
        rows.append(pop.pops(server.http, "a0", "bench-pop-2026", 100))
        server.stop()
    shutil.rmtree(folder)
    show("ring-to-pop", min(rows, key=lambda r: r["pop_p99_ms"]), pop_p99_ms="<= 300")


ROWS = {"size": size, "probe-error": probe_error, "cold-start": cold_start, "answer": answer, "latency": latency,
        "overload-set-rate": overload_set, "overload": overload, "register": register, "queue": queue, "queued": queued, "restart": restart, "bridge": bridge, "record": record,
        "prompt": prompt, "gap": gap, "ring-to-pop": ring_to_pop, "decision": decision, "day": day, "incidents": incidents, "flow-steps": flow_steps,
        "cases": durable_cases, "many-cases": many_cases, "search": search_row, "chats": ten_thousand_chats, "desks": ten_thousand_desks}


def main():
    global ROUNDS
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--rounds", type=int, default=ROUNDS)
    words.add_argument("rows", nargs="*", metavar="ROW", choices=[*ROWS, []], help=", ".join(ROWS))
    given = words.parse_args()
    ROUNDS = given.rounds
    begin = time.time()
    model = [l.split(":", 1)[1].strip() for l in open("/proc/cpuinfo") if l.startswith("model name")]
    show("machine", {"cores": os.cpu_count(), "model": model[0] if model else "?", "command": "make bench", "rounds": ROUNDS})
    for name in given.rows or ROWS:
        try:
            ROWS[name]()
        except RuntimeError as error:
            missed.append(f"{name}: {error}")
            show(name, {"error": str(error)})
    show("end", {"took_s": round(time.time() - begin), "missed": missed})


main()
