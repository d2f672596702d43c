#!/usr/bin/env python3
"""Fills a store with N made-up events for load measurements of the desk: desk_store.py EMPTY_STORE N. The store must be one that
`annalist ingest` made (of no or few reports); rows are written past it. `annalist verify` finds such a store clean, `verify --deep`
does not: its reports have no coding that could be read, so it is good for nothing else."""
import random
import sqlite3
import sys

TYPES = ["clash", "attack", "shelling", "air_strike", "killing", "abduction", "capture", "withdraw", "arrest", "protest", "agree", "consult"]
COUNTRIES = [("SY", 35.0, 38.5), ("UA", 48.5, 35.0), ("SD", 14.5, 30.0), ("YE", 15.5, 46.0), ("ML", 16.0, -2.0), ("CO", 5.0, -74.0), ("MM", 21.0, 96.0)]


def cell(lat, lon):
    """Interleaved 16-bit steps of longitude and latitude, as the store keeps them."""
    def spread(v):
        for shift, mask in ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
            v = (v | v << shift) & mask
        return v
    return spread(int((lon + 180) / 360 * 65536)) | spread(int((lat + 90) / 180 * 65536)) << 1


def main():
    path, count, draw = sys.argv[1], int(sys.argv[2]), random.Random(1)
    db = sqlite3.connect(path)
    db.execute("PRAGMA synchronous=OFF")
    base = {t: db.execute(f"SELECT coalesce(max(id), 0) FROM {t}").fetchone()[0] for t in ("documents", "places", "actors", "events", "claims", "revisions")}
    revision = base["revisions"] + 1
    db.execute("INSERT INTO revisions (id, at, kind, subject) SELECT ?, max(at), 'load', '' FROM revisions", (revision,))
    places = []
    for i in range(3000):
        code, lat, lon = draw.choice(COUNTRIES)
        places.append((base["places"] + 1 + i, f"geonames:9{i:06d}", f"Town{i}", code, f"Region{draw.randrange(14)}", lat + draw.gauss(0, 1.6), lon + draw.gauss(0, 1.8)))
    db.executemany("INSERT INTO places (id, uid, name, feature, country, admin1, lat, lon) VALUES (?, ?, ?, 'PPL', ?, ?, ?, ?)", places)
    db.executemany("INSERT INTO actors (id, uid, name, kind, listed) VALUES (?, ?, ?, 'armed_group', 1)",
                   [(base["actors"] + 1 + i, f"front-{i}", f"Front {i}") for i in range(400)])
    d, e, c = base["documents"], base["events"], base["claims"]
    for begin in range(0, count, 50000):
        docs, texts, events, words, arguments, claims, links, spans, reported = [], [], [], [], [], [], [], [], []
        for n in range(begin, min(begin + 50000, count)):
            day = draw.randrange(3650)
            date = f"{2012 + day // 365}-{day % 365 // 31 + 1:02d}-{day % 28 + 1:02d}"
            if n % 5 == 0:
                d += 1
                told = min(5, count - n)
                docs.append((d, f"dload{d:012d}", f"h{d}", f"Report {d}", f"Outlet {d % 50}", date, date, told, told, revision))
                reported.append((d, f"load-{d}", revision))
                body = f"Front {n % 400} met Front {n % 397} near a town on {date}, a monitor said in its report number {n}. "
                texts.append((d, f"Report {d}", body * 5))
                length = len(body)
            p, a, b = draw.choice(places), draw.randrange(400), draw.randrange(400)
            e += 1
            c += 1
            contested = draw.random() < 0.08
            dead = draw.randrange(1, 40) if draw.random() < 0.3 else None
            at = (n % 5) * length
            events.append((e, f"eload{e:012d}", d, f"v{n % 5 + 1}", draw.choice(TYPES), contested, date, date, date, p[0], p[2], p[4], p[3], p[5], p[6],
                           draw.choice(["exact"] * 6 + ["near", "admin1", "country"]), cell(p[5], p[6]), dead, dead, dead, at, at + length - 1, round(draw.uniform(0.5, 0.95), 2), revision))
            words.append((e, f"{body} {p[2]}"))
            arguments += [(e, 0, "actor", base["actors"] + 1 + a, base["actors"] + 1 + a, f"Front {a}", date), (e, 1, "target", base["actors"] + 1 + b, base["actors"] + 1 + b, f"Front {b}", date)]
            claims.append((c, f"cload{c:012d}", d, f"c{n % 5 + 1}", "denies" if contested else "asserts", "-" if contested else "+", revision))
            links.append((e, c))
            spans.append((c, at, at + length - 1))
        db.executemany("INSERT INTO documents (id, uid, sha256, headline, site, published, published_date, kind, characters, events, claims, digest, recorded_from) "
                       "VALUES (?, ?, ?, ?, ?, ?, ?, 'article', 500, ?, ?, 0, ?)", docs)
        db.executemany("INSERT INTO document_ids (document, given_id, recorded_from) VALUES (?, ?, ?)", reported)
        db.executemany("INSERT INTO codings (document, digest, json, recorded_from) VALUES (?, 0, x'', ?)", [(i, at) for i, _, at in reported])
        db.executemany("INSERT INTO document_search (rowid, headline, text) VALUES (?, ?, ?)", texts)
        db.executemany("INSERT INTO texts (document, headline, text) VALUES (?, ?, ?)", texts)
        db.executemany("INSERT INTO events (id, uid, document, local, type, status, main, contested, date, date_from, date_to, date_precision, place, place_name, admin1, "
                       "country, lat, lon, place_precision, cell, deaths_low, deaths_best, deaths_high, sentence_start, sentence_end, trigger_start, trigger_end, confidence, digest, "
                       "recorded_from) VALUES (?, ?, ?, ?, ?, 'actual', 0, ?, ?, ?, ?, 'day', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 5, ?, 0, ?)", events)
        db.executemany("INSERT INTO event_search (rowid, words) VALUES (?, ?)", words)
        db.executemany("INSERT INTO event_actors (event, position, role, actor, side, name, date) VALUES (?, ?, ?, ?, ?, ?, ?)", arguments)
        db.executemany("INSERT INTO claims (id, uid, document, local, source_name, source_kind, form, stance, polarity, certainty, digest, recorded_from) "
                       "VALUES (?, ?, ?, ?, 'a monitor', 'monitor', 'indirect', ?, ?, 'certain', 0, ?)", claims)
        db.executemany("INSERT INTO event_claims (event, claim) VALUES (?, ?)", links)
        db.executemany("INSERT INTO spans (kind, owner, position, role, start, \"end\") VALUES ('claim', ?, 0, 'content', ?, ?)", spans)
        db.commit()
    print(f"{count} events in {path}")


if __name__ == "__main__":
    main()
