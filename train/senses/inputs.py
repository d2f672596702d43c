"""Texts to judge senses on, as sense_rows reads them (two lines each: id, text), one file a set in the folder TO:

    python3 inputs.py DATA CODEBOOK TO

DATA is the shared data folder, CODEBOOK data/codebook. Ids are "set:document"; those of the codebook's own examples are
"cb:number:type:+" (must) or "-" (must not). The samples are drawn with a fixed seed, so judgements by id stay good."""
import html
import json
import pathlib
import random
import re
import subprocess
import sys
import tarfile
import io


def main(data, codebook, to):
    data, codebook, to = map(pathlib.Path, (data, codebook, to))
    to.mkdir(parents=True, exist_ok=True)
    rng = random.Random(1)

    def raw(path):
        path = data / path
        return subprocess.run(["zstd", "-dcq", "--long=27", path], capture_output=True, check=True).stdout if path.suffix == ".zst" else path.read_bytes()

    def records(path):
        return [json.loads(line) for line in raw(path).decode().split("\n") if line.strip()]

    def write(name, texts):
        with open(to / f"{name}.in", "w", encoding="utf-8") as out:
            for key, text in texts:
                text = text.replace("\\", "\\\\").replace("\r", " ").replace("\n", "\\n")
                out.write(f"{name}:{key}\n{text}\n")

    def shuffled(texts):
        rng.shuffle(texts)
        return texts

    reuters = []
    with tarfile.open(fileobj=io.BytesIO(raw("pages/reuters21578.tar.zst"))) as tar:
        for member in sorted((m for m in tar if m.name.endswith(".sgm")), key=lambda m: m.name):
            sgml = tar.extractfile(member).read().decode("latin-1")
            for m in re.finditer(r'<REUTERS[^>]*NEWID="(\d+)"[^>]*>(.*?)</REUTERS>', sgml, re.S):
                if body := re.search(r"<BODY>(.*?)</BODY>", m[2], re.S):
                    reuters.append((m[1], html.unescape(body[1]).replace("\x03", "").strip()))
    reuters = shuffled([r for r in reuters if len(r[1]) > 300])
    write("reutest", reuters[:600])
    write("reu1", reuters[600:1800])
    guardian = shuffled([(r["id"], r["text"]) for r in records("events/raw_guardian_sdf/all.jsonl.zst")])
    write("guatest", guardian[:60])
    write("gua1", guardian[60:])
    write("pol1", shuffled([(r["id"], r["text"]) for r in records("claims/polnear/train.jsonl.zst")])[:150])
    write("ins1", shuffled([(k, r["text"]) for k, r in enumerate(records("events/insightcrime/train.jsonl.zst"))])[:120])
    write("hrd1", [(r["id"], r["text"]) for r in records("events/hrds_attack/train.jsonl.zst")][:200])
    write("satp1", shuffled([(k, r["text"]) for k, r in enumerate(records("events/satp/train.jsonl"))])[:250])
    write("cau1", [(r["id"], r["text"]) for r in records("events/causal_news/train.jsonl.zst")][:1200])

    def treebank(path):
        docs, name, glue = {}, None, ""
        for line in raw(path).decode().split("\n"):
            if line.startswith("# newdoc id = "):
                name, glue = line[14:], ""
                docs[name] = ""
            elif line.startswith("# newpar"):
                glue = "\n\n"
            elif line.startswith("# text = "):
                docs[name] += (glue if docs[name] else "") + line[9:]
                glue = " "
        return docs

    write("ewt1", [(k, v) for k, v in treebank("lang/ud_ewt/train.conllu.zst").items() if k.split("-")[0] in ("reviews", "answers", "email")])
    free = set((data / "lang/ud_gum/permissive_docs.txt").read_text().split())
    write("gum1", [(k, v) for k, v in treebank("lang/ud_gum/train.conllu.zst").items() if k in free])

    examples, kind = [], None
    for path in sorted((codebook / "frames").glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                kind = None
            elif m := re.match(r"type: (\S+)", line):
                kind = m[1]
            elif kind and (m := re.match(r"(must|mustnot): (.*)", line)):
                examples.append((kind, m[1], m[2]))
    for line in (codebook / "probes.txt").read_text(encoding="utf-8").splitlines():
        if m := re.match(r"(must|mustnot): (\S+)[^|]*\|(.*)", line):
            examples.append((m[2], m[1], m[3].strip()))
    write("cb", [(f"{n}:{kind}:{'+' if what == 'must' else '-'}", text) for n, (kind, what, text) in enumerate(examples)])


if __name__ == "__main__":
    main(*sys.argv[1:])
