# SPDX-License-Identifier: Apache-2.0
"""Cases over HTTP beside what their rows alone cost: raw SQLite, pgbench, and a full table."""
import http.client, json, os, pathlib, re, shutil, sqlite3, subprocess, tempfile, time
from urllib.parse import quote

from load import cpu, cpu_of_threads
from servers import BINARY, HOST, ROOT

LOAD = ROOT / "build/release/tests/bench/ys_case_load"
FILL = ROOT / "build/release/tests/bench/ys_case_fill"
POSTGRES = pathlib.Path("/usr/lib/postgresql/15/bin")
CLIENTS = 16
# What an agent's page sends. @n@: nobody rings for one place again and again.
FORM = {"kind": "billing", "title": "热费单与面积不符", "detail": "按 89 平方米收费,房本上是 78 平方米,要求核对。编号 @n@",
        "contact_name": "张@n@", "contact_number": "13800001001", "address": "云汀市北桥区听松里 @n@ 号楼 101", "urgency": "normal"}
# A ticket as a help-desk keeps it: one row with three indexes, two events. The plainest thing that is durable.
TICKET = [
    "CREATE TABLE ticket (id INTEGER PRIMARY KEY, no TEXT UNIQUE, caller TEXT, kind INT, district INT, title TEXT, body TEXT,"
    " state INT, due INT, created INT)",
    "CREATE INDEX ticket_due ON ticket (state, due)", "CREATE INDEX ticket_caller ON ticket (caller)",
    "CREATE INDEX ticket_created ON ticket (created)",
    "CREATE TABLE event (id INTEGER PRIMARY KEY, ticket INT, at INT, who INT, what TEXT)", "CREATE INDEX event_ticket ON event (ticket)"]
TICKET_ROWS = [
    f"INSERT INTO ticket VALUES (?1, 'T' || ?1, '139' || (10000000 + ?1), ?1 % 300, ?1 % 16, 'title', '{'x' * 600}', 0, 1700000000 + ?1, 1700000000 + ?1)",
    "INSERT INTO event (ticket, at, who, what) VALUES (?1, 1700000000 + ?1, ?1 % 1700, 'created')",
    "INSERT INTO event (ticket, at, who, what) VALUES (?1, 1700000000 + ?1, ?1 % 1700, 'created')"]


def case_load(*words, stdin):
    out = subprocess.run([str(LOAD), *map(str, words)], input=stdin, capture_output=True, text=True)
    if out.returncode != 0 or out.stderr:
        raise RuntimeError(f"ys_case_load {words[0]}: {out.stderr.strip()[:600]}")
    return json.loads(out.stdout)


class Hotline:
    """Our server with the heating hotline's people, units and duties, on SQLite or the database of this URL."""

    def __init__(self, folder, database=None):
        self.folder, ready = folder, os.path.join(folder, "ready.json")
        if os.path.exists(ready):
            os.unlink(ready)
        words = [str(BINARY), "serve", "--scenario", "heating", "--sip", f"{HOST}:0", "--http", f"{HOST}:0",
                 "--data", os.path.join(folder, "db"), "--prompts", str(ROOT / "build/prompts"), "--ready-file", ready]
        if database:
            config = os.path.join(folder, "yingsheng.toml")
            pathlib.Path(config).write_text(f'[database]\nurl = "{database}"\n')
            words += ["--config", config]
        log = os.path.join(folder, "log")
        self.process = subprocess.Popen(words, stdout=open(log, "w"), stderr=subprocess.STDOUT)
        until = time.monotonic() + 60
        while not os.path.exists(ready):
            if self.process.poll() is not None or time.monotonic() > until:
                self.process.kill()
                raise RuntimeError("the server did not start: " + open(log).read()[-2000:])
            time.sleep(0.01)
        at = json.load(open(ready))
        self.server, self.password = at["http"].removeprefix("http://").strip("/"), at.get("demo_password")
        if self.password:
            pathlib.Path(folder, "password").write_text(self.password)

    def sign_in(self, login):
        password = pathlib.Path(self.folder, "password").read_text()
        rest = http.client.HTTPConnection(*self.server.split(":"))
        rest.request("POST", "/api/v1/session", json.dumps({"login": login, "password": password}),
                     {"Content-Type": "application/json", "Origin": f"http://{self.server}"})
        answer = rest.getresponse()
        session = json.loads(answer.read())
        if answer.status != 200:
            raise RuntimeError(f"signing in as {login}: {session}")
        return answer.getheader("Set-Cookie").split(";")[0], session["csrf"]

    def create(self, seconds, form=FORM, clients=CLIENTS):
        cookie, csrf = self.sign_in("1001")
        used, threads = cpu([self.process.pid]), cpu_of_threads(self.process.pid)
        row = case_load("create", self.server, cookie, csrf, clients, seconds, stdin=json.dumps(form, ensure_ascii=False))
        row["cpu_ms"] = round(1000 * (cpu([self.process.pid]) - used) / max(1, row["cases"]), 2)
        after = cpu_of_threads(self.process.pid)
        each = {name: round(1000 * (s - threads.get(name, 0)) / max(1, row["cases"]), 3) for name, s in after.items()}
        row["cpu_ms_by_thread"] = {name: ms for name, ms in sorted(each.items(), key=lambda x: -x[1]) if ms >= 0.01}
        return row

    def ask(self, paths, rounds):
        cookie, _ = self.sign_in("1001")
        return case_load("ask", self.server, cookie, rounds, stdin="\n".join(paths))

    def stop(self):
        self.process.terminate()
        if self.process.wait(120) != 0:
            raise RuntimeError("the server did not end well: " + open(os.path.join(self.folder, "log")).read()[-2000:])


class Postgres:
    """A PostgreSQL 15 of our own that keeps its promises: fsync and synchronous_commit are on."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="ys-bench-pg-")
        self.who = []
        if os.getuid() == 0:  # It refuses to run as root.
            shutil.chown(self.folder, "postgres", "postgres")
            self.who = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        self.run("initdb", "-D", f"{self.folder}/data", "-U", "ys", "-A", "trust", "-E", "UTF8", "--locale=C")
        self.process = subprocess.Popen([*self.who, str(POSTGRES / "postgres"), "-D", f"{self.folder}/data", "-k", self.folder,
                                         "-h", "", "-c", "shared_buffers=256MB"], cwd="/", stderr=open(f"{self.folder}/log", "w"))
        until = time.monotonic() + 30
        while "ready to accept" not in open(f"{self.folder}/log").read():
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError("PostgreSQL did not start: " + open(f"{self.folder}/log").read()[-2000:])
            time.sleep(0.05)
        self.url = f"postgresql://ys@{quote(self.folder, safe='')}/postgres"

    def run(self, program, *words, **more):
        done = subprocess.run([*self.who, str(POSTGRES / program), *words], capture_output=True, text=True, cwd="/", **more)
        if done.returncode != 0:
            raise RuntimeError(f"{program}: {done.stderr[-1500:]}")
        return done.stdout

    def rows(self, sql):
        text = self.run("psql", self.url, "-At", "-c", f"SELECT coalesce(json_agg(t), '[]') FROM ({sql}) t")
        return json.loads(text)

    def stop(self):
        self.process.terminate()
        self.process.wait(60)
        shutil.rmtree(self.folder, ignore_errors=True)


def literal(value):
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return str(value) if isinstance(value, (int, float)) else "'" + str(value).replace("'", "''") + "'"


def rows_of_a_case(rows, tables, number):
    """INSERTs of all that one case left in the tables, with `number` as its id and wherever a row must be unlike others.

    rows(sql) -> dicts; tables: {name: [columns]}"""
    case = rows("SELECT MAX(id) AS id FROM cases")[0]["id"]
    out = []
    for table, columns in sorted(tables.items()):
        if table == "cases":
            found = rows(f"SELECT * FROM cases WHERE id = {case}")
        elif table == "facts":
            found = [{k: v for k, v in r.items() if k != "seq"} for r in rows(f"SELECT * FROM facts WHERE body LIKE '%\"case_id\":{case},%'")]
        elif table == "case_words":
            key = "case_id" if "case_id" in columns else "rowid"
            found = rows(f"SELECT {key}, words FROM case_words WHERE {key} = {case}")
        elif "case_id" in columns:
            # The database numbers notices itself; a message has the number of its one case here.
            found = [{k: v for k, v in r.items() if k != "id" or table != "case_notices"} for r in rows(f"SELECT * FROM {table} WHERE case_id = {case}")]
        else:
            continue
        for row in found:
            values = []
            for column, value in row.items():
                is_case = column in ("case_id", "rowid", "notice_id") or column == "id"
                unlike = column in ("number", "idempotency_key") and isinstance(value, str)
                values.append(number if is_case else f"{literal(value)} || {number}" if unlike else literal(value))
            out.append(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join(values)})")
    return out


def raw_ticket(seconds):
    with tempfile.TemporaryDirectory(prefix="ys-bench-raw-") as folder:
        file = os.path.join(folder, "raw.db")
        db = sqlite3.connect(file)
        for line in TICKET:
            db.execute(line)
        db.close()
        return case_load("raw", file, seconds, stdin="\n".join(TICKET_ROWS))


def raw_rows(folder, seconds):
    """The very rows that a case of ours is, in tables of the same schema, without us."""
    source = sqlite3.connect(f"file:{folder}/db/yingsheng.db?mode=ro", uri=True)
    source.row_factory = sqlite3.Row
    rows = lambda sql: [dict(r) for r in source.execute(sql)]
    names = [r["name"] for r in rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'case_words_%'")]
    tables = {n: [r["name"] for r in rows(f"PRAGMA table_info({n})")] for n in names}
    inserts = rows_of_a_case(rows, tables, "?1")
    with tempfile.TemporaryDirectory(prefix="ys-bench-raw-") as there:
        file = os.path.join(there, "raw.db")
        db = sqlite3.connect(file)
        for each in rows("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'case_words_%' AND name NOT LIKE 'sqlite_%'"):
            db.execute(each["sql"])
        db.commit()
        db.close()
        source.close()
        return {**case_load("raw", file, seconds, stdin="\n".join(inserts)), "rows": len(inserts)}


def pgbench(postgres, seconds):
    """The same on PostgreSQL, by its own load, in the tables that our server made there: by as many connections as there
    are clients, and by one, as our server writes."""
    columns = {}
    for row in postgres.rows("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"):
        columns.setdefault(row["table_name"], []).append(row["column_name"])
    inserts = rows_of_a_case(postgres.rows, columns, ":n")
    script = f"{postgres.folder}/one_case.sql"
    # pgbench takes ":n" for its variable, also inside quotes.
    inserts = [re.sub(r"'(?:[^']|'')*'", lambda text: "E" + text[0].replace("\\", "\\\\").replace(":", "\\x3a"), line) for line in inserts]
    # Far above every id that the server gave; with eighteen digits to choose from nobody meets another.
    lines = ["\\set n random(1000000000000, 900000000000000000)", "BEGIN;", *(line + ";" for line in inserts), "COMMIT;"]
    pathlib.Path(script).write_text("\n".join(lines))
    os.chmod(script, 0o644)

    def per_s(connections):
        text = postgres.run("pgbench", "-n", "-M", "prepared", "-c", str(connections), "-j", "1", "-T", str(seconds), "-f", script, postgres.url)
        found = [line for line in text.splitlines() if line.startswith("tps = ")]
        return round(float(found[0].split()[2]))
    return {"per_s": per_s(CLIENTS), "per_s_by_one": per_s(1), "rows": len(inserts)}


DAY = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 300 * 86400))
# "praise" is a kind that nobody has, and the day one of a year ago: nothing may be read in vain.
SEARCHES = ["/cases?limit=50", "/cases?status=open&limit=50", "/cases?kind=complaint&limit=50", "/cases?kind=praise&limit=50",
            f"/cases?limit=50&from={DAY}T00:00:00Z&to={DAY}T12:00:00Z", f"/cases?limit=50&to={DAY}T12:00:00Z",
            *(f"/cases?limit=50&q={quote(q)}" for q in ("不热", "漏水", "北桥区春风路", "nuanqi", "13000012345", "楼上也一样", "热计量表"))]


def full_table(folder, cases):
    """So many cases of the last year, then what a page asks for and what a new case costs."""
    hotline = Hotline(folder)
    empty = hotline.create(5)
    hotline.stop()
    key = os.path.join(folder, "db-keys/vault.key")
    filled = json.loads(subprocess.run([str(FILL), os.path.join(folder, "db"), key, str(cases)], check=True, capture_output=True, text=True).stdout)
    hotline = Hotline(folder)
    try:
        asked = {path.split("?")[1]: hotline.ask([path], 30) for path in SEARCHES}
        created = hotline.create(5)
    finally:
        hotline.stop()
    slowest = max(asked, key=lambda q: asked[q]["p99_ms"])
    return {"cases": cases, "filled_s": filled["took_s"], "db_mb": round(os.path.getsize(f"{folder}/db/yingsheng.db") / 1e6),
            "asked_p99_ms": {q: r["p99_ms"] for q, r in asked.items()}, "slowest": slowest, "ask_p99_ms": asked[slowest]["p99_ms"],
            "created_s": created["per_s"], "created_empty_s": empty["per_s"], "create_p99_ms": created["p99_ms"],
            "growth": round(empty["per_s"] / max(1, created["per_s"]), 2)}
