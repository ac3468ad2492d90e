#!/usr/bin/env python3
"""Verify a Casefile case folder, a bundle, or a report with its proof, with plain Python 3.8 or newer and without Casefile:
    python3 verify.py CASE_FOLDER | BUNDLE | REPORT | PROOF_FOLDER     exit 0: what could be checked holds; 1: something does not
It hashes originals, texts and operations, follows the chain of the log and verifies signatures. It changes nothing. An encrypted
bundle is opened with age first. Use a copy that you trust: whoever can change a case can change a script that lies beside it."""
import base64, hashlib, json, pathlib, re, sqlite3, sys, zipfile, zlib
told, tell = [], lambda title: lambda words: told.append(f"{title}: {words}")
checked, unchecked, bad = tell("checked"), tell("could not check"), lambda kind, words: tell("PROBLEM")(f"{kind}: {words}")
sha = lambda body: hashlib.sha256(body).hexdigest()
is_hash = lambda value: isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value) is not None
def sha_of(file):
    digest = hashlib.sha256()
    while piece := file.read(1 << 20): digest.update(piece)
    return digest.hexdigest()
# Ed25519 (RFC 8032): does S*B = R + h*A hold on the curve -x^2 + y^2 = 1 + D*x^2*y^2 modulo P?
P, L, D = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493, -121665 * pow(121666, -1, 2**255 - 19)
def point(body):
    y, odd = int.from_bytes(body, "little") & (2**255 - 1), (body + bytes(32))[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    for x in (pow(square, (P + 3) // 8, P) * root % P for root in (1, pow(2, (P - 1) // 4, P))):
        if (x * x - square) % P == 0 and y < P and (x or not odd): return (x := x if x & 1 == odd else P - x), y, 1, x * y % P
def add(a, b):
    one, two, three, four = (a[1] - a[0]) * (b[1] - b[0]), (a[1] + a[0]) * (b[1] + b[0]), 2 * D * a[3] * b[3], 2 * a[2] * b[2]
    e, f, g, h = two - one, four - three, four + three, two + one
    return e * f % P, g * h % P, f * g % P, e * h % P
def times(n, a): return add(times(n >> 1, add(a, a)), a if n & 1 else (0, 1, 1, 0)) if n else (0, 1, 1, 0)
def verified(key, signature, message):
    a, r, s = point(key), point(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L or (len(key), len(signature)) != (32, 64): return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    left, right = times(s, point(b"X" + b"f" * 31)), add(r, times(h, a))
    return all((left[n] * right[2] - right[n] * left[2]) % P == 0 for n in (0, 1))
def sealed(what, key, *signed):
    if not key: unchecked(f"{what} is unsigned: compare it with a copy that somebody else holds")
    elif all(verified(bytes.fromhex(key), *each) for each in signed): checked(f"{what} is signed with key {key}")
    else: bad("FORGED", f"the signature of {what} does not hold")
pairs = lambda rows: [(one["checkpoint"].encode(), bytes.fromhex(one["signature"])) for one in rows if "checkpoint" in one]
def compare(what, wanted, found):  # both {name: SHA-256}
    for name, digest in ((name, found.get(name)) for name in sorted(wanted) if found.get(name) != wanted[name]):
        kind = "MISSING" if digest is None else "SWAPPED" if digest in wanted.values() else "CHANGED"
        bad(kind, f"the {what} {name}; here is {digest or 'nothing'}")
    checked(f"{len(wanted)} {what}s hashed")
def originals(named, folder):
    files = {name: folder / "objects" / name[:2] / name for name in named}
    compare("original", dict(zip(named, named)), {n: sha_of(file.open("rb")) for n, file in files.items() if file.is_file()})
def read_log(rows, text_of):  # rows: (where, replica, beginning of the id or None, body)
    log, named, needed, emptied, vouched = {}, set(), set(), {}, {}
    for where, replica, h8, body in rows:
        try: data = json.loads(body); table, values, item = data["tbl"], data["set"], (data["seq"], data["prev"])
        except (ValueError, KeyError, TypeError): bad("CHANGED", f"operation number {where}, it cannot be read"); continue
        name = data["purged"] if is_hash(data.get("purged")) else sha(body)
        if name != sha(body): emptied[name] = sha(body)
        if data["replica"] != replica or h8 not in (None, int.from_bytes(bytes.fromhex(name)[:8], "big", signed=True)):
            bad("CHANGED", f"operation number {where} of replica {replica} is not what it was filed as")
        log.setdefault(replica, []).append((*item, name))
        long = [v["$sha256"] for v in values.values() if isinstance(v, dict) and v.keys() == {"$sha256"}]
        needed |= {*long, *(values[k] for k in ("text_hash", "pages", "zones", "facts") if is_hash(values.get(k)))}
        if table != "relation" and is_hash(values.get("object")): named.add(values["object"])
        if table == "purge": vouched.update(json.loads(text_of(long[-1])) if long else values.get("operations") or [])
    for name in (n for n, left in emptied.items() if vouched.get(n) != left): bad("CHANGED", f"{name} was emptied without a purge")
    checked(f"{sum(map(len, log.values()))} operations hashed ({len(emptied)} emptied for a reason)")
    return log, named, needed
def follow(log, said, base, case, signed):  # log: {replica: [(seq, prev or None, id)]}; said, base: [(replica, seq, chain)]
    ends, start = {(replica, seq): chain for replica, seq, chain in base}, {replica: seq for replica, seq, _ in base}
    covered, heads = dict(start), [("the list of ends", *one) for one in said]
    for replica, ops in log.items():
        after = start.get(replica, 0)
        chain, wanted = ends.get((replica, after), "0" * 64), [*range(after + 1, after + len(ops) + 1)]
        first = next((n for n, op in zip(wanted, ops) if n != op[0]), 0)
        if first and sorted(op[0] for op in ops) == wanted: bad("REORDERED", f"the log of replica {replica} from {first} on")
        elif first: bad("MISSING", f"operation {first} of replica {replica} is not in its place in the log")
        for seq, prev, name in ops:
            if prev not in (None, chain) and not first: bad("CHANGED", f"operation {seq - 1} or {seq} of replica {replica}")
            chain = ends[replica, seq] = sha(bytes.fromhex(prev or chain) + bytes.fromhex(name))
    for body, signature in signed:
        data = json.loads(body)
        who = f"the checkpoint by {data['key'][:16]}…"
        sealed(who, data["key"], (signature, b"casefile checkpoint 1\n" + body))
        if data["case"] != case: unchecked(f"why {who} is of case {data['case']}: was that case merged into this one?")
        heads += [(who, h["replica"], h["seq"], h["chain"]) for h in data["heads"]]
        covered.update({h["replica"]: max(h["seq"], covered.get(h["replica"], 0)) for h in data["heads"]})
    for who, replica, seq, chain in heads:
        if ends.get((replica, seq), chain) != chain: bad("CHANGED", f"the operations of replica {replica} are not those of {who}")
        elif seq > start.get(replica, 0) and (replica, seq) not in ends:
            bad("MISSING", f"{who} knows {seq} operations of replica {replica}: the last of them were dropped")
    if later := sum(seq > covered.get(replica, 0) for replica, seq in ends):
        unchecked(f"{later} operations that no checkpoint covers: whoever can write here can have made them anew")
    unchecked("whose the keys are, and whether clocks were right: ask the people by another way")
def case_folder(folder):
    db, texts = sqlite3.connect((folder / "case.db").absolute().as_uri() + "?mode=ro", uri=True), {}
    for name, packing, body in db.execute("SELECT hash, packing, body FROM content"):
        try: texts[name] = zlib.decompress(body) if packing == 1 else body
        except zlib.error: texts[name] = b"damaged"
    asked = "SELECT o.n, r.id, o.h8, o.body FROM op o LEFT JOIN replica r ON r.n = o.replica ORDER BY r.n, o.seq, o.n"
    log, named, needed = read_log(db.execute(asked), lambda name: texts.get(name, b"[]"))
    compare("stored text", {name: name for name in {*needed, *texts}}, {name: sha(body) for name, body in texts.items()})
    (case,) = db.execute("SELECT value FROM meta WHERE key = 'case'").fetchone()
    known = db.execute("SELECT name FROM sqlite_master WHERE name = 'checkpoint'").fetchone()
    signed = db.execute("SELECT body, signature FROM checkpoint") if known else []
    follow(log, db.execute("SELECT id, seq, chain FROM replica"), [], case, signed)
    originals(named, folder)
    unchecked("whether the tables show what the log says: casefile check --full does that")
def bundle(path):
    box, tag, signature = zipfile.ZipFile(path), "tagmanifest-sha256.txt", "tagmanifest-sha256.txt.minisig"
    found = {name: sha_of(box.open(name)) for name in box.namelist()}
    if len(found) < len(box.infolist()) or any(one.compress_type for one in box.infolist()): bad("CHANGED", "the zip itself")
    lines = lambda name: (line.rstrip(b"\n") for line in (box.open(name) if name in found else ()))
    said = {n: d for part in (tag, "manifest-sha256.txt") for d, n in (line.decode().split("  ") for line in lines(part))}
    compare("member", {**dict.fromkeys(found.keys() - {tag, signature}, "nothing"), **said}, found)
    about, words = json.loads(box.read("data/casefile.json")), [*lines(signature), b"", b"", b"", b""]
    first, last, whole = base64.b64decode(words[1])[10:], base64.b64decode(words[3]), hashlib.blake2b(box.read(tag)).digest()
    sealed("the bundle", (about["signer"] or {"key": ""})["key"], (first, whole), (last, first + words[2][17:]))
    rows = ((n, name[9:45], None, body) for name in found if name[:9] == "data/ops/" for n, body in enumerate(lines(name), 1))
    log, named, needed = read_log(rows, lambda name: box.read(f"data/objects/{name[:2]}/{name}"))
    for one in map(json.loads, lines("data/stubs.jsonl")): log.setdefault(one["replica"], []).append((one["seq"], None, one["id"]))
    for ops in log.values() if "data/stubs.jsonl" in found else (): ops.sort(key=lambda op: op[0])
    heads, base = ([(head["replica"], head["seq"], head["chain"]) for head in about[part]] for part in ("heads", "base"))
    follow(log, heads, base, about["case"], pairs(map(json.loads, lines("data/checkpoints.jsonl"))))
    listed = {one["sha256"]: one["size"] for one in map(json.loads, lines("data/objects.jsonl"))}
    for name in (name for name, size in listed.items() if size is None): unchecked(f"the original {name}: its sender had it not")
    wanted = {name: name for name in {*named, *needed, *listed} if listed.get(name, 0) is not None}
    compare("original or text", wanted, {n[-64:]: digest for n, digest in found.items() if n.startswith("data/objects/")})
    unchecked("whether something hides in the zip (casefile bundle verify does that), and what a delta follows")
def report(folder):
    *lines, seal = (folder / "proof.jsonl").read_bytes().splitlines()
    (head, *rows), seal, log = map(json.loads, lines), json.loads(seal), {}
    for one in rows: "id" in one and log.setdefault(one["replica"], []).append((one["seq"], None, one["id"]))
    said = [(one["head"], one["seq"], one["chain"]) for one in rows if "head" in one]
    follow(log, said, [], head["case"], pairs(rows))
    if seal["seal"] != sha(b"\n".join(lines)): bad("CHANGED", "the proof is not as it was written")
    sealed("the report", seal["key"], (bytes.fromhex(seal["signature"]), b"casefile report 1\n" + seal["seal"].encode()))
    file = folder.parent / pathlib.Path(head["report"]).name
    if not file.is_file(): unchecked(f"the report itself: {file.name} is not beside the proof")
    elif sha_of(file.open("rb")) != head["sha256"]: bad("CHANGED", f"the report {file.name} is not as it was written")
    named, quoted = {one["object"] for one in rows if "object" in one}, {one["operation"] for one in rows if "quote" in one}
    if quoted - {name for ops in log.values() for *_, name in ops}: bad("MISSING", "the operation of a quote is not in the log")
    checked(f"{sum(map(len, log.values()))} operations chained, {len(quoted)} of them made marks that are quoted")
    if (folder / "objects").is_dir(): originals(named, folder)
    else: unchecked(f"the {len(named)} originals: there is no folder objects in {folder.name}")
    unchecked("what the operations say, and that quotes stand in the originals: that needs the case itself")
if __name__ == "__main__":
    path = pathlib.Path((sys.argv + [__file__])[1]).absolute()
    proof = next((p for p in (path, path.parent, path.with_name(path.name + "-proof")) if (p / "proof.jsonl").is_file()), None)
    is_zip = path.is_file() and path.open("rb").read(4) == b"PK\3\4"
    what = case_folder if (path / "case.db").is_file() else bundle if is_zip else report if proof else sys.exit(__doc__)
    try: what(proof if what is report else path)
    except Exception as why: bad("CHANGED", f"it cannot be read to its end: {why}")  # whatever stops this script is damage
    problems = [line for line in told if line.startswith("PROBLEM")]
    print(*sorted(told), f"{len(problems)} problems found." if problems else "What could be checked holds.", sep="\n")
    sys.exit(bool(problems))
