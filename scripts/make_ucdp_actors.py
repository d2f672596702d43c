#!/usr/bin/env python3
"""Takes facts from the UCDP Actor Dataset 22.1 (Uppsala Conflict Data Program, CC BY 4.0) into our own form.

usage: make_ucdp_actors.py --ucdp ucdp-actor-221.csv --actors data/actors

Writes data/actors/ucdp-groups.txt (organised groups and communities that no other file of the folder has) and
data/actors/ucdp-links.tsv (splits, mergers, alliances between actors of the folder). A UCDP actor that another file
names, by id or by name and country, is not written again. Governments, factions of armies and parties' supporters are
left out: they are composites ("Syrian army faction", "supporters of X"), made from words. Run it again after adding
groups by hand; read the difference before committing.
"""
import argparse
import csv
import pathlib
import re
import unicodedata

CREDIT = """# {what}
# Source: facts of the UCDP Actor Dataset 22.1 (Uppsala Conflict Data Program, CC BY 4.0, https://ucdp.uu.se/downloads),
# put into our form by scripts/make_ucdp_actors.py. Keep the credit to UCDP.
"""
COUNTRY = {"DR Congo": "COD", "Ivory Coast": "CIV", "Myanmar": "MMR", "Kingdom of eSwatini": "SWZ", "Hyderabad": "IND",
           "United States of America": "USA", "Bosnia-Herzegovina": "BIH", "North Macedonia": "MKD", "Congo": "COG",
           "Gambia": "GMB", "Palestine": "PSE", "South Vietnam": "VNM", "North Vietnam": "VNM", "South Yemen": "YEM",
           "North Yemen": "YEM", "Madagascar": "MDG", "Surinam": "SUR", "East Timor": "TLS", "Serbia": "SRB", "Israel": "ISR"}
CRIME = re.compile(r"cartel|mara |mara-|comando vermelho|primeiro comando|gang|mafia|familia|knights templar|jalisco|zetas", re.I)
PEOPLE = re.compile(r"^(christians|muslims|sunni|shi|hindu|buddhist|catholic|protestant|military faction|supporters)", re.I)
WORDS = {"congo", "jie", "hamar", "huber", "banya", "andani", "king", "banks"}


def plain(text):
    text = unicodedata.normalize("NFKD", text or "")
    return "".join(c for c in text if not unicodedata.combining(c)).replace("’", "'").replace("`", "'")


def key(text):
    words = re.sub(r"[^a-z0-9]+", " ", re.sub(r"['.]", "", plain(text).lower())).split()
    return " ".join(w for w in words if w not in ("the", "al", "el"))


def slug(text):
    return re.sub(r"[^a-z0-9]+", "-", plain(text).lower()).strip("-")


def clean(name):
    name = re.sub(r"\s+", " ", (name or "").replace(";", ",")).strip()
    return "" if name.lower() in ("n/a", "na", "-99", "unknown") or ";" in name else name


def entries(folder):
    """Known ids, (key, country) -> id and ucdp id -> id of the files written by hand."""
    ids, names, ucdp = set(), {}, {}
    for path in sorted(folder.glob("*.txt")):
        if path.name.startswith(("ucdp-", "leaders-")):
            continue
        entry = {}

        def close():
            if entry:
                ids.add(entry["id"])
                for n in entry["names"]:
                    names.setdefault((key(re.sub(r" \(.*\)", "", n)), entry["country"]), entry["id"])
                for u in entry["ucdp"]:
                    ucdp.setdefault(u, entry["id"])

        for line in path.read_text(encoding="utf-8").splitlines():
            if m := re.match(r"\[(.+)\]", line):
                close()
                entry = {"id": m[1], "names": [], "country": "", "ucdp": []}
            elif m := re.match(r"(name|alias|country|ucdp): (.*)", line):
                if m[1] in ("name", "alias"):
                    entry["names"] += [n.strip() for n in m[2].split(";")]
                elif m[1] == "ucdp":
                    entry["ucdp"] += re.split(r"[;, ]+", m[2])
                else:
                    entry["country"] = m[2]
        close()
    for line in (folder / "institutions.tsv").read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if not line.startswith("#") and len(cells) > 4:
            ids.add(cells[0])
            for n in [cells[1], *cells[2].split(";")]:
                names.setdefault((key(n), cells[4]), cells[0])
    for line in (folder / "persons.tsv").read_text(encoding="utf-8").splitlines():
        ids.add(line.split("\t")[0])
    return ids, names, ucdp


def countries(path):
    out = dict(COUNTRY)
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if not line.startswith("#") and len(cells) > 10:
            for name in [cells[3], *cells[9].split(";")]:
                out.setdefault(name, cells[1])
    return out


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--ucdp", type=pathlib.Path, required=True)
    ap.add_argument("--actors", type=pathlib.Path, required=True)
    a = ap.parse_args()
    ids, names, ucdp = entries(a.actors)
    iso = countries(a.actors.parent / "places/countries.tsv")
    with open(a.ucdp, encoding="utf-8-sig", newline="") as f:
        rows = sorted(csv.DictReader(f), key=lambda r: int(r["ActorId"]))
    made = []
    for r in rows:
        if r["ActorId"] in ucdp or r["Org"] not in "13":
            continue
        written = [clean(r[c]) for c in ("NameOrigFullEng", "NameData", "NameOrig", "NameOrigFull", "NewNameFullEng", "NewName", "NewNameFullMotherTongue")]
        written = [part for w in written for part in re.split(r"[\[\]]", re.sub(r" \(.*?\)", "", w).replace("’", "'"))]
        written = [w for w in dict.fromkeys(w.strip(" -") for w in written) if w]
        if not written or any(PEOPLE.match(w) for w in written) or "faction (forces" in r["NameData"]:
            continue
        place = [re.sub(r" \(.*?\)", "", p).strip() for p in r["Location"].split(",")]
        codes = [iso[p] for p in place if p in iso]
        country = codes[0] if codes and (r["Org"] == "1" or len(codes) == 1) else ""
        same = next((names[(key(w), country)] for w in written if (key(w), country) in names), None)
        if same:
            ucdp[r["ActorId"]] = same
            continue
        if r["Org"] == "3" and (any(key(w) in WORDS for w in written) or len(key(written[0])) < 5):
            continue
        ident = slug(written[0])
        if ident in ids:
            ident = f"{ident}-{country.lower()}" if country and f"{ident}-{country.lower()}" not in ids else f"ucdp-{r['ActorId']}"
        ids.add(ident)
        ucdp[r["ActorId"]] = ident
        for w in written:
            names.setdefault((key(w), country), ident)
        kind = "ethnic" if r["Org"] == "3" else "criminal" if any(CRIME.search(w) for w in written) else "armed_group"
        lines = [f"[{ident}]", f"name: {written[0]}"]
        seen = {key(written[0])}
        aliases = []
        for w in written[1:]:
            short = re.sub(r"\s*[-/]\s*", "-", w)
            if key(w) and key(w) not in seen and len(key(w)) > 2:
                seen.add(key(w))
                aliases.append(short if "/" not in w else w)
        if aliases:
            lines.append("alias: " + "; ".join(aliases))
        lines.append(f"kind: {kind}")
        if country:
            lines.append(f"country: {country}")
        lines += [f"ucdp: {r['ActorId']}", "priority: -1"]
        made.append("\n".join(lines) + "\n")
    head = CREDIT.format(what="Organised armed groups and communities in conflict that no file written by hand has.")
    (a.actors / "ucdp-groups.txt").write_text(head + "\n" + "\n".join(made), encoding="utf-8")
    links = []
    for r in rows:
        me = ucdp.get(r["ActorId"])
        for link, column in (("split_from", "ActorIdPrev"), ("member_of", "ActorIdAlliance"), ("merged_into", "ActorIdGroup")):
            for other in re.findall(r"\d+", r[column] or ""):
                if me and other in ucdp and ucdp[other] != me:
                    links.append((me, link, ucdp[other], "-", "-"))
    links = sorted(set(links))
    with open(a.actors / "ucdp-links.tsv", "w", encoding="utf-8") as out:
        out.write(CREDIT.format(what="Which actor split from, joined or was a member of which; UCDP gives no dates here."))
        out.write("actor\tlink\tother\tfrom\tto\n")
        out.writelines("\t".join(row) + "\n" for row in links)
    print(f"{len(made)} actors, {len(links)} links")


if __name__ == "__main__":
    main()
