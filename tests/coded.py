"""What annalist makes of sentences that are a report each, for the tests that check them."""
import json
import subprocess


def code(annalist, cases):
    """{id: document} of cases with "id" and "text"."""
    lines = "\n".join(json.dumps({"id": c["id"], "text": c["text"], "date": "2015-03-14"}) for c in cases)
    run = subprocess.run([annalist, "code", "-"], input=lines, capture_output=True, text=True, check=True)
    return {d["id"]: d for d in map(json.loads, run.stdout.splitlines())}
