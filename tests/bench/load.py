# SPDX-License-Identifier: Apache-2.0
"""The load and the meters: SIPp on 127.0.7.2 and .3, CPU and memory as the kernel accounts them."""
import atexit, csv, glob, os, pathlib, random, shutil, statistics, subprocess, tempfile, time

HERE = pathlib.Path(__file__).resolve().parent
TARGET = "127.0.7.1:5060"
TICK = os.sysconf("SC_CLK_TCK")


def tree(pids):
    """The processes and all their children."""
    found, todo = set(), list(pids)
    while todo:
        pid = todo.pop()
        if pid in found:
            continue
        found.add(pid)
        for path in glob.glob(f"/proc/{pid}/task/*/children"):
            try:
                todo += [int(child) for child in open(path).read().split()]
            except OSError:
                pass
    return found


def cpu(pids):
    """Seconds of CPU, user and system together."""
    used = 0
    for pid in tree(pids):
        try:
            f = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
        except OSError:
            continue
        used += int(f[11]) + int(f[12])
    return used / TICK


def cpu_of_threads(pid):
    """Seconds of CPU by name of thread."""
    out = {}
    for path in glob.glob(f"/proc/{pid}/task/*/stat"):
        try:
            head, rest = open(path).read().rsplit(")", 1)
        except OSError:
            continue
        f, name = rest.split(), head.split("(", 1)[1]
        out[name] = out.get(name, 0) + (int(f[11]) + int(f[12])) / TICK
    return out


def memory_mb(pids):
    kb = 0
    for pid in tree(pids):
        try:
            kb += sum(int(l.split()[1]) for l in open(f"/proc/{pid}/smaps_rollup") if l.startswith("Pss:"))
        except OSError:
            pass
    return kb / 1024


def threads(pids):
    return sum(len(os.listdir(f"/proc/{pid}/task")) for pid in tree(pids))


def datagrams():
    """The machine's UDP datagrams read and dropped for a full buffer, so far."""
    names, values = (l.split()[1:] for l in open("/proc/net/snmp") if l.startswith("Udp:"))
    udp = dict(zip(names, map(int, values)))
    return udp["InDatagrams"], udp["RcvbufErrors"]


def comes(true, within_s):
    """Whether it became true in that time."""
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)  # Asking costs, too.
    return False


class Sipp:
    """One SIPp with its own folder; `-trace_stat` tells how it went, second by second."""

    def __init__(self, scenario, where, *words, target=None, cores=None):
        self.folder = tempfile.mkdtemp(prefix="ys-sipp-")
        shutil.copy(HERE / "sipp" / f"{scenario}.xml", self.folder)
        rng = random.Random(7)
        with open(os.path.join(self.folder, "voice.alaw"), "wb") as f:
            f.write(bytes(rng.randrange(256) for _ in range(64000)))
        for name, user in (("phones", "a%d"), ("citizens", "139%08d")):
            with open(os.path.join(self.folder, f"{name}.csv"), "w") as f:
                f.write(f"SEQUENTIAL,PRINTF=1000000\n{user}\n")
        host, port = where.split(":")
        command = ["sipp", "-sf", f"{scenario}.xml", "-i", host, "-p", port, "-mi", host, "-nostdin",
                   "-trace_stat", "-fd", "1", *map(str, words), *([target] if target else [])]
        self.process = subprocess.Popen(command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        preexec_fn=lambda: os.sched_setaffinity(0, cores or os.sched_getaffinity(0)))
        atexit.register(self.process.kill)  # A run that fails leaves no load behind.

    def rows(self):
        files = glob.glob(os.path.join(self.folder, "*_.csv"))
        if not files:
            return []
        lines = list(csv.reader(open(files[0]), delimiter=";"))
        return [dict(zip(lines[0], line)) for line in lines[1:] if len(line) >= len(lines[0]) - 1]

    def totals(self):
        rows = self.rows()
        return rows[-1] if rows else {}

    def latencies_ms(self):
        """Of the answered calls, with -trace_rtt; in steps of SIPp's clock (4 ms)."""
        out = []
        for path in glob.glob(os.path.join(self.folder, "*_rtt.csv")):
            for line in open(path):
                words = line.strip().split(";")
                if len(words) >= 3 and words[1].replace(".", "", 1).isdigit():
                    out.append(float(words[1]))
        return sorted(out)

    def end(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def at(values, share):
    return round(values[min(len(values) - 1, int(len(values) * share))], 2) if values else None


def seconds_of(row):
    h, m, s = row["ElapsedTime(C)"].split(":")[:3]
    return int(h) * 3600 + int(m) * 60 + float(s)


def steady_rate(rows, column, seconds):
    """A second's growth of `column` once the load stands: the ends of a run are left out."""
    inside = [r for r in rows if 1.5 <= seconds_of(r) <= seconds + 0.5]
    if len(inside) < 3:
        return 0.0
    took = seconds_of(inside[-1]) - seconds_of(inside[0])
    if took <= 0:  # A short run whose last rows are of one moment.
        return 0.0
    return (int(inside[-1][column]) - int(inside[0][column])) / took


def short_calls(pids, number, rate, seconds, hold_ms=0, scenario="answer", cores=None, where="127.0.7.2:5070", words=()):
    """Calls at a rate. cpu_ms counts all CPU of the server, also that spent on refusing."""
    used = cpu(pids)
    p = Sipp(scenario, where, *words, "-s", number, "-r", rate, "-m", int(rate * seconds), "-l", 30000,
             "-d", hold_ms, "-timeout", f"{seconds + hold_ms / 1000 + 40}s", "-mp", 10000, "-trace_rtt",
             "-rtt_freq", "1000", target=TARGET, cores=cores)
    p.process.wait()
    time.sleep(0.3)
    used = cpu(pids) - used
    t, rtt = p.totals(), p.latencies_ms()
    refused = int(t.get("refused(C)", t.get("GenericCounter1(C)", 0)) or 0)
    ok = int(t.get("SuccessfulCall(C)", 0)) - refused
    row = {"offered_s": rate, "ok": ok, "refused": refused, "failed": int(t.get("FailedCall(C)", 0)),
           "repeated": int(t.get("Retransmissions(C)", 0)), "cpu_ms": round(1000 * used / max(1, ok), 3),
           "answer_p50_ms": at(rtt, 0.5), "answer_p99_ms": at(rtt, 0.99)}
    rows = p.rows()
    taken = steady_rate(rows, "SuccessfulCall(C)", seconds + hold_ms / 1000)
    given = steady_rate(rows, "OutgoingCall(C)" if "OutgoingCall(C)" in t else "SuccessfulCall(C)", seconds)
    column = "refused(C)" if "refused(C)" in t else "GenericCounter1(C)"
    if column in t:
        taken -= steady_rate(rows, column, seconds + hold_ms / 1000)
    row["ok_s"], row["really_offered_s"] = round(taken), round(given)
    p.end()
    return row


def register_desks(pids, count):
    """The phones a0, a1, … of 127.0.7.3:5080, where the desks answer afterwards."""
    row = registrations(pids, 1000, count / 1000, where="127.0.7.3:5080")
    if row["ok"] != count:
        raise RuntimeError(f"{row['ok']} of {count} desks registered")


def registrations(pids, rate, seconds, where="127.0.7.2:5070"):
    return short_calls(pids, "1000", rate, seconds, scenario="register", where=where, words=("-inf", "phones.csv"))


def queued_calls(pids, rate, seconds):
    return short_calls(pids, "7002", rate, seconds, scenario="queued", words=("-inf", "citizens.csv"))


def waiting_calls(calls):
    """Callers who wait until somebody hangs up on them; running on."""
    return Sipp("queued", "127.0.7.2:5070", "-inf", "citizens.csv", "-s", "7002", "-r", 250, "-m", calls, "-l", calls,
                "-mp", 10000, target=TARGET)


def passes(row):
    """No call failed or was refused, hardly a message was sent twice, the rate was kept."""
    return (row["failed"] == 0 and row["refused"] == 0 and row["repeated"] <= 0.02 * max(1, row["ok"])
            and row["ok_s"] >= 0.97 * row["offered_s"])


def talking_calls(pids, number, calls, seconds):
    """Calls with sound both ways; CPU and memory while all of them are up."""
    desks = Sipp("desk", "127.0.7.3:5080", "-mp", 46000, "-rtp_echo")
    time.sleep(0.3)
    # What a server takes once, whatever the calls, is taken before: queues, caches, statements.
    short_calls(pids, number, 50, 2, hold_ms=500)
    time.sleep(1)
    before_mb, before_threads = memory_mb(pids), threads(pids)
    ramp = 40
    hold_s = calls / ramp + seconds + 4
    p = Sipp("talk", "127.0.7.2:5070", "-s", number, "-r", ramp, "-m", calls, "-l", calls, "-d", int(hold_s * 1000),
             "-mp", 10000, target=TARGET)
    time.sleep(calls / ramp + 2)
    used, begin, came = cpu(pids), time.time(), datagrams()[0]
    time.sleep(seconds)
    took = time.time() - begin
    used = (cpu(pids) - used) / took
    came = (datagrams()[0] - came) / took
    row = {"number": number, "calls": calls, "cpu_cores": round(used, 3), "calls_per_core": round(calls / max(used, 1e-6)),
           "datagrams_s": round(came), "datagrams_s_if_none_lost": 150 * calls,
           "kb_per_call": round((memory_mb(pids) - before_mb) * 1024 / calls, 1),
           "threads_before": before_threads, "threads": threads(pids), "hold_s": hold_s}
    p.process.wait()
    t = p.totals()
    row["ok"], row["failed"] = int(t.get("SuccessfulCall(C)", 0)), int(t.get("FailedCall(C)", 0))
    time.sleep(1)
    desks.end()
    p.end()
    return row


def median(values):
    return statistics.median(values) if values else None
