"""Whose key is whose, on this machine: trust at first use, words compared by phone, look-alikes."""

import json
from dataclasses import replace

from casefile.model.errors import CaseUnusable, Refused
from casefile.model.ledger import is_hash
from casefile.model.lookalike import alike, oddities
from casefile.model.people import MINE, TRUSTED, UNKNOWN, VERIFIED, KnownKey, Trust
from casefile.services import keys
from casefile.services.places import Places
from casefile.store.writer import now
from casefile.strings import tr

FILE = "people.json"
MOST = 4_194_304  # bytes of the file
SHORTEST = 8  # digits of a key that name it


def known(places: Places) -> list[KnownKey]:
    """Give the keys that were given names, by name; CaseUnusable when the file cannot be read."""
    file = places.config / FILE
    try:
        with file.open("rb") as opened:
            listed = json.loads(opened.read(MOST).decode("utf-8"))["people"]
        found = [
            KnownKey(**{n: each[n] for n in KnownKey.__slots__ if n in each}) for each in listed
        ]
        if all(is_hash(one.key) for one in found):
            return sorted(found, key=lambda one: (one.name.casefold(), one.since))
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise CaseUnusable(
        tr("The list of people you know cannot be read: {file}.").format(file=FILE),
        tr("Put it back from a copy of the configuration folder, or move it away to begin anew."),
    )


def judge(places: Places, public: bytes, name: str = "", person: str = "") -> Trust:
    """Say what is known of a key whose owner goes by this name and person id."""
    key = public.hex()
    listed = known(places)
    mine = next((one for one in listed if one.key == key), None)
    state = UNKNOWN
    if mine is not None and not mine.replaced:
        state = VERIFIED if mine.verified else TRUSTED
    if keys.state(places).public == key:
        state = MINE
    return Trust(
        state=state,
        key=key,
        words=keys.spoken(public),
        fingerprint=keys.fingerprint(public),
        known=mine,
        warnings=tuple(_warnings(listed, mine, key, name, person)) if state != MINE else (),
    )


def _warnings(
    listed: list[KnownKey], mine: KnownKey | None, key: str, name: str, person: str
) -> list[str]:
    found = oddities(name) if name else []
    if mine is not None:
        if mine.replaced:
            found.append(tr("{name} replaced this key by another one.").format(name=mine.name))
        if name and name != mine.name:
            found.append(
                tr("You know this key as {known}; it now goes by {name}.").format(
                    known=mine.name, name=name
                )
            )
        return found
    for one in listed:
        if one.replaced or one.key == key:
            continue
        if person and one.person == person:
            found.append(tr("{name} had another key until now.").format(name=one.name))
        elif name and alike(one.name, name):
            found.append(
                tr("The name looks like {name}, whom you know by another key.").format(
                    name=one.name
                )
            )
    return found


def trust(
    places: Places, public: bytes, name: str, *, person: str = "", replaces: str = "",
    recipient: str = "",
) -> KnownKey:  # fmt: skip
    """Remember whose key this is; `replaces` is the key that the same person had until now.

    Refused for a name that misleads, or that looks like another one whose key is not replaced, and
    for a key that has a name already.
    """
    name, key = name.strip(), public.hex()
    listed = known(places)
    _check_name(listed, name, replaces)
    if any(one.key == key and not one.replaced for one in listed):
        raise Refused(tr("This key has a name already."), tr("Take it off the list first."))
    fresh = KnownKey(key=key, name=name, person=person, since=now(), recipient=recipient)
    kept = [
        replace(one, replaced=key) if one.key == replaces else one
        for one in listed
        if one.key != key
    ]
    _keep(places, [*kept, fresh])
    return fresh


def _check_name(listed: list[KnownKey], name: str, replaces: str) -> None:
    if not name:
        raise Refused(tr("A key needs the name of its owner."))
    if odd := oddities(name):
        raise Refused(
            tr("This name can mislead. {why}").format(why=" ".join(odd)),
            tr("Type the name yourself, as you would write it."),
        )
    close = [one for one in listed if not one.replaced and alike(one.name, name)]
    others = [one for one in close if one.key != replaces]
    if others:
        raise Refused(
            tr("The name looks like {name}, whom you know by another key.").format(
                name=others[0].name
            ),
            tr("If it is the same person with a new key, say so; else choose another name."),
            [one.key for one in others],
        )


def verify(places: Places, key: str, words: str) -> KnownKey:
    """Note that a key's words were compared with its owner by another way, as the phone.

    `words` are those that the owner read out; Refused unless they are all of them.
    """
    one = find(places, key)
    if tuple(words.casefold().split()) != keys.spoken(bytes.fromhex(one.key)):
        raise Refused(
            tr("These are not the words of this key."),
            tr("Ask again. If they still differ, the key is not that person's."),
        )
    done = replace(one, verified=now())
    _keep(places, [done if each.key == one.key else each for each in known(places)])
    return done


def forget(places: Places, key: str) -> None:
    """Take a key off the list; what it signed counts as unknown from then on."""
    one = find(places, key)
    _keep(places, [each for each in known(places) if each.key != one.key])


def find(places: Places, prefix: str) -> KnownKey:
    """Give the known key that begins so; Refused when none or several do."""
    start = prefix.strip().lower().replace(" ", "")
    found = [one for one in known(places) if one.key.startswith(start)]
    if len(start) < SHORTEST or len(found) != 1:
        raise Refused(
            tr("No key on your list, or more than one, begins with “{key}”.").format(key=prefix),
            tr("A key is given by its first eight or more digits; “people list” has them."),
        )
    return found[0]


def public_of(words: str) -> bytes:
    """Read a public key as people pass it on: 64 hex digits; Refused for anything else."""
    clean = words.strip().lower().removeprefix("ed25519:").replace(" ", "")
    if not is_hash(clean):
        raise Refused(
            tr("“{key}” is no public key.").format(key=words[:80]),
            tr("A public key is 64 digits from 0 to f; “key show” prints it."),
        )
    return bytes.fromhex(clean)


def _keep(places: Places, people: list[KnownKey]) -> None:
    body = json.dumps({"v": 1, "people": [one.to_json() for one in people]}, ensure_ascii=False)
    try:
        places.config.mkdir(parents=True, exist_ok=True)
        keys.keep(places.config / FILE, body.encode("utf-8"))
    except OSError as error:
        raise CaseUnusable(
            tr("The list of people could not be written: {why}.").format(why=error.strerror),
            tr("Look at the permissions of the configuration folder."),
        ) from error
