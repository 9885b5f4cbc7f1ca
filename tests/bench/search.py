# SPDX-License-Identifier: Apache-2.0
"""Search over 100,000 articles of made-up Chinese, beside SQLite FTS5 with the same characters and pairs."""
import itertools, json, pathlib, random, sqlite3, subprocess, time

from servers import ROOT

SEARCH = ROOT / "build/release/tests/bench/ys_search_bench"
ARTICLES, ASKED = 100_000, 300
WORDS_OF_ARTICLE, WORDS_OF_QUESTION = 165, 5


def write_texts(folder, articles):
    """Words as often as Zipf has them; some 320 characters an article, a question as somebody types it."""
    dice = random.Random(20261123)
    characters = [chr(0x4E00 + 6 * i) for i in range(3000)]
    often = list(itertools.accumulate(1 / (i + 3) for i in range(3000)))
    words = sorted({"".join(dice.choices(characters, cum_weights=often, k=dice.choice((1, 2, 2, 2, 2, 3)))) for _ in range(60_000)})
    dice.shuffle(words)
    words = words[:30_000]
    often = list(itertools.accumulate(1 / (i + 10) for i in range(len(words))))
    for name, count, length in (("articles", articles, WORDS_OF_ARTICLE), ("asked", ASKED, WORDS_OF_QUESTION)):
        with open(folder / name, "w") as out:
            for _ in range(count):
                out.write("".join(dice.choices(words, cum_weights=often, k=length)) + "\n")


def pairs(line):
    return [line[i:i + n] for i in range(len(line)) for n in (1, 2) if i + n <= len(line)]


def fts5(folder, articles):
    """A tenth of the articles: its time grows with their number, and the row would take minutes."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE articles USING fts5(words)")
    begin = time.time()
    with open(folder / "articles") as lines, db:
        db.executemany("INSERT INTO articles (words) VALUES (?)",
                       ((" ".join(pairs(line.strip())),) for line in itertools.islice(lines, articles)))
    indexed_s = articles / (time.time() - begin)
    took_ms = []
    for line in itertools.islice(open(folder / "asked"), 50):
        asked = " OR ".join(f'"{p}"' for p in pairs(line.strip()))
        begin = time.time()
        db.execute("SELECT rowid FROM articles WHERE articles MATCH ? ORDER BY rank LIMIT 10", (asked,)).fetchall()
        took_ms.append(1000 * (time.time() - begin))
    took_ms.sort()
    return {"articles": articles, "indexed_s": round(indexed_s), "p50_ms": round(took_ms[len(took_ms) // 2], 2),
            "p99_ms": round(took_ms[len(took_ms) * 99 // 100], 2)}


def row(folder):
    folder = pathlib.Path(folder)
    write_texts(folder, ARTICLES)
    ours = json.loads(subprocess.run([str(SEARCH), folder / "articles", folder / "asked"], check=True, capture_output=True, text=True).stdout)
    peer = fts5(folder, ARTICLES // 10)
    return {**ours, "fts5": peer, "times_of_fts5": round(peer["p99_ms"] * 10 / ours["p99_ms"], 1)}
