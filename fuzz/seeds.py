#!/usr/bin/env python3
"""Inputs that the fuzzers start from: the samples in every form that is read, and hand-made dates and addresses.

usage: seeds.py FOLDER        one folder a job of fuzz/run.sh
"""
import gzip
import io
import json
import pathlib
import re
import sys
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATES = ["3 March 2015", "Mar. 3, 2015 14:05 GMT", "2015-03-03T14:05:00+02:00", "03/04/15", "Sat, 14 Mar 2015 10:00:00 +0000",
         "20150303", "/2015/03/03/army-takes-town.html", "le 3 mars 2015", "AMMAN, March 14 (Reuters) - ", "BEIRUT (AP) — ",
         "GAZA/JERUSALEM, Nov 2 (Reuters) - ", "yesterday at 5pm", "1426341600", "14 марта 2015", "2015年3月3日", "٣ مارس ٢٠١٥"]


def warc(page, packed=False):
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    chunked = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(page), page)
    out = b""
    for http in (body, chunked):
        record = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://page.example/a\r\nContent-Length: %d\r\n\r\n" % len(http) + http + b"\r\n\r\n"
        out += gzip.compress(record, 6) if packed else record
    return out


def feeds(title, text):
    yield "rss", f"<?xml version='1.0'?><rss version='2.0'><channel><title>T</title><item><title>{title}</title><link>http://e.example/1</link><pubDate>Sat, 14 Mar 2015 10:00:00 GMT</pubDate><description><![CDATA[<p>{text}</p>]]></description></item></channel></rss>"
    yield "atom", f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>{title}</title><id>1</id><updated>2015-03-14T10:00:00Z</updated><link href='http://e.example/1'/><content type='html'>&lt;p&gt;{text}&lt;/p&gt;</content></entry></feed>"
    yield "rdf", f"<rdf:RDF><item><title>{title}</title><description>{text}</description></item></rdf:RDF>"


def docx(paragraphs, packing):
    xml = "<?xml version='1.0'?><w:document><w:body>" + "".join(f"<w:p><w:r><w:t>{p}</w:t></w:r></w:p>" for p in paragraphs) + "</w:body></w:document>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as z:
        z.writestr("[Content_Types].xml", "<Types/>")
        z.writestr("word/document.xml", xml)
    return out.getvalue()


def nexis(title, paragraphs):
    return f"1 of 2 DOCUMENTS\n\nThe Hill Times\n\nMarch 14, 2015 Saturday\n\n{title}\n\nBYLINE: A. Writer\n\nLENGTH: 200 words\n\n" + "\n\n".join(paragraphs) + "\n\nLOAD-DATE: March 15, 2015\n"


def factiva(title, paragraphs):
    text = "".join(f"<paragraph>{p}</paragraph>" for p in paragraphs)
    return f"<PPSResponse><ppsarticle><article><accessionNo>A1</accessionNo><headline><paragraph>{title}</paragraph></headline><publicationDate><date>20150314</date></publicationDate><tailParagraphs>{text}</tailParagraphs></article></ppsarticle></PPSResponse>"


def main():
    out = pathlib.Path(sys.argv[1])

    def put(job, name, content):
        (out / job).mkdir(parents=True, exist_ok=True)
        (out / job / name).write_bytes(content if isinstance(content, bytes) else content.encode())

    for path in sorted((ROOT / "samples/reports").iterdir()):
        raw, stem = path.read_bytes(), path.stem
        plain = re.sub(r"<[^>]*>", " ", raw.decode())
        lines = [" ".join(l.split()) for l in plain.split("\n") if l.strip()] or ["x"]
        safe = [l.replace("&", "&amp;").replace("<", "&lt;") for l in lines]
        title = safe[0]
        page = raw if path.suffix == ".html" else ("<html><body><h1>%s</h1>" % title + "".join(f"<p>{l}</p>" for l in safe[1:]) + "</body></html>").encode()
        put("html", stem, page)
        put("text", stem, plain)
        put("analyse", stem, b"\5" + plain.encode())
        put("warc", stem, warc(page))
        put("warc", stem + ".gz", warc(page, True))
        put("arc", stem, b"filedesc://a 0.0.0.0 20150314100000 text/plain 9\n1 0 x\n\nx\n\nhttp://e.example/ 0.0.0.0 20150314100000 text/html %d\n%s\n" % (len(page), page))
        put("mhtml", stem, b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Location: http://e.example/\r\n\r\n" + page + b"\r\n--b--\r\n")
        for kind, feed in feeds(title, " ".join(safe[1:4])):
            put("feed", f"{stem}.{kind}", feed)
        put("sitemap", stem, f"<urlset><url><loc>http://e.example/1</loc><news:news><news:publication_date>2015-03-14</news:publication_date><news:title>{title}</news:title></news:news></url></urlset>")
        record = {"id": stem, "date": "2015-03-14", "headline": lines[0], "text": plain}
        put("jsonl", stem, json.dumps(record) + "\n" + json.dumps({"html": page.decode()}) + "\n")
        put("json", stem, json.dumps({"version": "https://jsonfeed.org/version/1", "items": [{"id": stem, "content_text": plain, "title": lines[0]}]}))
        put("csv", stem, 'id;title;text;date\r\n1;"%s";"%s";2015-03-14\r\n' % (lines[0].replace('"', '""'), plain.replace('"', '""')))
        put("docx", stem, docx(safe, zipfile.ZIP_DEFLATED))
        put("docx", stem + ".stored", docx(safe, zipfile.ZIP_STORED))
        put("nexis", stem, nexis(lines[0], lines[1:]))
        put("factiva", stem, factiva(title, safe[1:]))
        put("petrarch", stem, f"<Sentences><Sentence date='20150314' id='{stem}' source='X' sentence='true'><Text>{title}</Text></Sentence></Sentences>")
        put("data_files", stem, plain)
        for i, line in enumerate(lines[:4]):
            put("dates", f"{stem}.{i}", line[:300])
    for i, date in enumerate(DATES):
        put("dates", f"date{i}", date)
    api = (ROOT / "docs/api/openapi.yaml").read_text()
    addresses = [m.replace("{id}", "~2") for m in re.findall(r"^  (/[^:]*):$", api, re.M)]
    addresses += [f"/v1/events?{k}={v}" for k, v in re.findall(r"\{name: ([a-z_0-9]+), in: query.*?example: '?([^'}]*)", api)]
    for i, address in enumerate(addresses):
        put("serve", f"a{i}", b"\0" + address.encode())
        put("http", f"a{i}", f"GET {address} HTTP/1.1\r\nHost: localhost\r\n\r\n")


if __name__ == "__main__":
    main()
