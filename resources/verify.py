#!/usr/bin/env python3
"""Verify a Casefile case folder, or a report with its proof, with plain Python 3.8 or newer and without Casefile:
    python3 verify.py CASE_FOLDER | REPORT | PROOF_FOLDER     exit 0: what could be checked holds; 1: something does not
It hashes originals, texts and operations, follows the chain of the log and verifies the signatures of checkpoints. It changes
nothing. Use a copy of this script that you trust: whoever can change a case can change a script that lies beside it."""
import hashlib, json, mmap, re, sqlite3, sys, zlib
from pathlib import Path

problems, unchecked, checked = [], [], []
sha = lambda body: hashlib.sha256(body).hexdigest()
is_hash = lambda value: isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value) is not None
bad = lambda kind, words: problems.append(f"{kind}: {words}")
def sha_of_file(path):
    with open(path, "rb") as file:
        return sha(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)) if path.stat().st_size else sha(b"")

# Ed25519 (RFC 8032): does S*B = R + h*A hold on the curve -x^2 + y^2 = 1 + D*x^2*y^2 modulo P?
P, L, D = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493, -121665 * pow(121666, -1, 2**255 - 19)

def point(body):
    y, odd = int.from_bytes(body, "little") & (2**255 - 1), body[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P: x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (x == 0 and odd): return None
    x = x if x & 1 == odd else P - x
    return x, y, 1, x * y % P
def add(a, b):
    one, two = (a[1] - a[0]) * (b[1] - b[0]), (a[1] + a[0]) * (b[1] + b[0])
    three, four = 2 * D * a[3] * b[3], 2 * a[2] * b[2]
    e, f, g, h = two - one, four - three, four + three, two + one
    return e * f % P, g * h % P, f * g % P, e * h % P
def times(n, a):
    total = (0, 1, 1, 0)
    while n: total, a, n = (add(total, a) if n & 1 else total), add(a, a), n >> 1
    return total
def verified(key, signature, message):
    if len(key) != 32 or len(signature) != 64: return False
    a, r, s = point(key), point(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L: return False
    base = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    left, right = times(s, base), add(r, times(h, a))
    return all((left[n] * right[2] - right[n] * left[2]) % P == 0 for n in (0, 1))

def follow(log, said):
    """log: {replica: [(seq, prev or None, id)]} as found; said: {replica: (seq, chain)}; gives {(replica, seq): chain}."""
    ends = {}
    for replica, ops in log.items():
        seqs, wanted, chain = [seq for seq, _, _ in ops], list(range(1, len(ops) + 1)), "0" * 64
        first = next((n for n, seq in zip(wanted, seqs) if n != seq), 0)
        if first and sorted(seqs) == wanted: bad("REORDERED", f"the log of replica {replica}, from operation {first} on")
        elif first: bad("MISSING", f"operation {first} of replica {replica} is not in its place in the log")
        for seq, prev, name in ops:
            if prev not in (None, chain) and not first: bad("CHANGED", f"operation {seq - 1} or {seq} of replica {replica}")
            chain = ends[replica, seq] = sha(bytes.fromhex(prev or chain) + bytes.fromhex(name))
    for replica, (seq, chain) in said.items():
        if seq > len(log.get(replica, ())): bad("MISSING", f"the log of replica {replica} ends before operation {seq}")
        elif seq and ends.get((replica, seq)) != chain: bad("CHANGED", f"the log of replica {replica} has another end")
    return ends
def checkpoints(rows, case, log, ends):
    covered = {}
    for body, signature in rows:
        data = json.loads(body)
        who = f"the checkpoint signed with key {data['key'][:16]}…"
        if not verified(bytes.fromhex(data["key"]), signature, b"casefile checkpoint 1\n" + body) or data["case"] != case:
            bad("FORGED", f"the signature of {who} does not hold for this case"); continue
        for replica, seq, chain in ((h["replica"], h["seq"], h["chain"]) for h in data["heads"]):
            if (replica, seq) not in ends:
                bad("MISSING", f"{who} knows {seq} operations of replica {replica}: the last of them were dropped")
            elif ends[replica, seq] != chain:
                bad("CHANGED", f"the operations of replica {replica} up to {seq} are not those of {who}")
            covered[replica] = max(covered.get(replica, 0), seq)
        checked.append(f"the signature of {who} holds")
    if later := sum(max(0, len(ops) - covered.get(replica, 0)) for replica, ops in log.items()):
        unchecked.append(f"{later} operations that no checkpoint covers: whoever can write here can have made them anew")
    if covered: unchecked.append("whose keys these are, and whether clocks were right: ask their owners by another way")
def originals(named, folder):
    for name in sorted(named):
        path = folder / "objects" / name[:2] / name
        digest = sha_of_file(path) if path.is_file() else None
        if digest is None: bad("MISSING", f"the original {name} is not here")
        elif digest != name and digest in named: bad("SWAPPED", f"the file {name} holds another original, {digest}")
        elif digest != name: bad("CHANGED", f"the original {name} does not hold the bytes that it is named by")
    checked.append(f"{len(named)} originals hashed")
def case_folder(folder):
    db = sqlite3.connect((folder / "case.db").absolute().as_uri() + "?mode=ro", uri=True)
    log, objects, texts, needed, emptied, vouched = {}, set(), {}, set(), {}, {}
    for name, packing, body in db.execute("SELECT hash, packing, body FROM content"):
        try: texts[name] = zlib.decompress(body) if packing == 1 else body
        except zlib.error: texts[name] = b"damaged"
    asked = "SELECT o.n, o.h8, r.id, o.body FROM op o LEFT JOIN replica r ON r.n = o.replica ORDER BY r.n, o.seq, o.n"
    for n, h8, replica, body in db.execute(asked):
        try: data = json.loads(body); table, values, item = data["tbl"], data["set"], (data["seq"], data["prev"])
        except (ValueError, KeyError, TypeError): bad("CHANGED", f"operation number {n} cannot be read"); continue
        name = data["purged"] if is_hash(data.get("purged")) else sha(body)
        if name != sha(body): emptied[name] = sha(body)
        if int.from_bytes(bytes.fromhex(name)[:8], "big", signed=True) != h8 or data["replica"] != replica:
            bad("CHANGED", f"operation number {n} is not what it was filed as")
        log.setdefault(replica, []).append((*item, name))
        long = [v["$sha256"] for v in values.values() if isinstance(v, dict) and v.keys() == {"$sha256"}]
        needed |= {*long, *(values[k] for k in ("text_hash", "pages", "zones", "facts") if is_hash(values.get(k)))}
        if table != "relation" and is_hash(values.get("object")): objects.add(values["object"])
        if table == "purge": vouched.update(json.loads(texts.get(long[-1], b"[]")) if long else values.get("operations") or [])
    for name in (n for n, body in texts.items() if sha(body) != n): bad("CHANGED", f"the stored text {name}")
    for name in sorted(needed - texts.keys()): bad("MISSING", f"the stored text {name} is not here")
    for name in (n for n, left in emptied.items() if vouched.get(n) != left): bad("CHANGED", f"{name} was emptied without a purge")
    ends = follow(log, {name: end for name, *end in db.execute("SELECT id, seq, chain FROM replica")})
    (case,) = db.execute("SELECT value FROM meta WHERE key = 'case'").fetchone()
    signed = db.execute("SELECT name FROM sqlite_master WHERE name = 'checkpoint'").fetchone()
    checkpoints(db.execute("SELECT body, signature FROM checkpoint").fetchall() if signed else [], case, log, ends)
    originals(objects, folder)
    checked.append(f"{sum(map(len, log.values()))} operations ({len(emptied)} emptied for a reason), {len(texts)} texts hashed")
    unchecked.append("whether the tables show what the log says: casefile check --full does that")
def report(folder):
    *lines, seal = (folder / "proof.jsonl").read_bytes().splitlines()
    head, log, said, objects, quoted, signed, seal = json.loads(lines[0]), {}, {}, set(), set(), [], json.loads(seal)
    for line in map(json.loads, lines[1:]):
        if "id" in line: log.setdefault(line["replica"], []).append((line["seq"], None, line["id"]))
        elif "head" in line: said[line["head"]] = line["seq"], line["chain"]
        elif "quote" in line: quoted.add(line["operation"])
        elif "object" in line: objects.add(line["object"])
        elif "checkpoint" in line: signed.append((line["checkpoint"].encode(), bytes.fromhex(line["signature"])))
    checkpoints(signed, head["case"], log, follow(log, said))
    if seal["seal"] != sha(b"\n".join(lines)): bad("CHANGED", "the proof is not as it was written")
    if not seal["key"]: unchecked.append("the report and its proof are unsigned: compare them with a copy that somebody else holds")
    elif verified(*map(bytes.fromhex, (seal["key"], seal["signature"])), b"casefile report 1\n" + seal["seal"].encode()):
        checked.append(f"the report is signed with key {seal['key']}")
    else: bad("FORGED", "the signature of the report does not hold")
    file = folder.parent / Path(head["report"]).name
    if not file.is_file(): unchecked.append(f"the report itself: {file.name} is not beside the proof")
    elif sha_of_file(file) != head["sha256"]: bad("CHANGED", f"the report {file.name} is not as it was written")
    if quoted - {name for ops in log.values() for *_, name in ops}: bad("MISSING", "the operation of a quote is not in the log")
    checked.append(f"{sum(map(len, log.values()))} operations chained, {len(quoted)} of them made marks that are quoted")
    if (folder / "objects").is_dir(): originals(objects, folder)
    else: unchecked.append(f"the {len(objects)} originals: there is no folder objects in {folder.name}")
    unchecked.append("what the operations say, and that quotes stand in the originals: that needs the case itself")

def main(words):
    path = Path(words[0] if words else __file__).absolute()
    proof = next((p for p in (path, path.parent, path.with_name(path.name + "-proof")) if (p / "proof.jsonl").is_file()), None)
    if not (path / "case.db").is_file() and not proof: sys.exit(__doc__)
    try: case_folder(path) if (path / "case.db").is_file() else report(proof)
    except (sqlite3.Error, OSError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
        bad("CHANGED", f"it cannot be read to its end: {error}")
    for title, listed in (("checked", checked), ("could not check", unchecked), ("PROBLEM", problems)):
        print("\n".join(f"{title}: {each}" for each in listed), end="\n" if listed else "")
    print(f"{len(problems)} problems found." if problems else "What could be checked holds.")
    return int(bool(problems))
if __name__ == "__main__": sys.exit(main(sys.argv[1:]))
