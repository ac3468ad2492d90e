"""Where a case lies, and what that place cannot promise: said once, with what to do."""

import os
from collections.abc import Iterator
from pathlib import Path

from casefile.model.place import PlaceNote
from casefile.store import mounts
from casefile.store.mounts import Mount
from casefile.store.sqlite import can_write
from casefile.strings import tr

NETWORKS = {
    "nfs": "NFS",
    "nfs4": "NFS",
    "cifs": "SMB",
    "smb3": "SMB",
    "smbfs": "SMB",
    "fuse.smbnetfs": "SMB",
    "fuse.sshfs": "SSH",
    "fuse.rclone": "rclone",
    "fuse.gvfsd-fuse": "GVFS",
    "fuse.s3fs": "S3",
    "fuse.davfs": "WebDAV",
    "fuse.davfs2": "WebDAV",
    "davfs": "WebDAV",
    "afs": "AFS",
    "ceph": "Ceph",
    "fuse.ceph": "Ceph",
    "fuse.glusterfs": "GlusterFS",
    "glusterfs": "GlusterFS",
    "lustre": "Lustre",
    "ncpfs": "NCP",
    "9p": "9P",
    "vboxsf": "VirtualBox",
    "fuse.vmhgfs-fuse": "VMware",
    "fuse.pcloud": "pCloud",
    "fuse.google-drive-ocamlfuse": "Google Drive",
}
SMALL_FILES = ("vfat", "msdos")  # no file above 4 GiB
NO_JOURNAL = ("exfat", "fuse.exfat")
IN_MEMORY = ("tmpfs", "ramfs")
PASSING = ("/tmp", "/var/tmp", "/dev/shm", "/run")  # noqa: S108 - nobody expects these to last

# What services leave in the folders that they copy, and what those folders are called.
MARKERS = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".csync_journal.db": "ownCloud",
    ".stfolder": "Syncthing",
    ".stversions": "Syncthing",
    ".sync/ID": "Resilio Sync",
    ".megaignore": "MEGA",
}
PATTERNS = {"._sync_*.db": "Nextcloud", ".sync_*.db": "Nextcloud"}
NAMES = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "pclouddrive": "pCloud",
    "box sync": "Box",
}


def notes(case: Path, mount: Mount | None = None) -> tuple[PlaceNote, ...]:
    """Say what a person should know of the place of a case; empty for an ordinary folder.

    `mount` is the file system that it lies on, looked up where it is not given.
    """
    mount = mount or mounts.mount_of(case)
    found = list(_of_disk(case, mount)) if mount else []
    if not can_write(case) or (mount and mount.read_only):
        found.append(_read_only())
    service = cloud_of(case)
    if service:
        found.append(_cloud(service))
    return tuple(found)


def _of_disk(case: Path, mount: Mount) -> Iterator[PlaceNote]:
    if mount.kind in NETWORKS:
        yield _network(NETWORKS[mount.kind])
    elif mounts.is_removable(mount):
        yield _removable()
    if mount.kind in SMALL_FILES:
        yield _small_files()
    elif mount.kind in NO_JOURNAL:
        yield _no_journal()
    real = os.path.realpath(case)
    if mount.kind in IN_MEMORY and not any(real.startswith(f"{place}/") for place in PASSING):
        yield _memory()


def cloud_of(case: Path) -> str:
    """Give the service that copies a folder to other computers, empty for none."""
    real = Path(os.path.realpath(case))
    for folder in (real, *real.parents):
        if service := _service_of(folder):
            return service
    return ""


def _service_of(folder: Path) -> str:
    name = folder.name.casefold()
    if name in NAMES or name.startswith("onedrive - "):
        return NAMES.get(name, "OneDrive")
    try:
        for marker, service in MARKERS.items():
            if (folder / marker).exists():
                return service
        for pattern, service in PATTERNS.items():
            if next(folder.glob(pattern), None):
                return service
    except OSError:  # a folder above that we may not look into
        return ""
    return ""


def _network(kind: str) -> PlaceNote:
    return PlaceNote(
        kind="network",
        message=tr("The case lies on a network share ({kind}).").format(kind=kind),
        hint=tr(
            "When the connection breaks, work can be lost, and locks may not hold. "
            "Work on a local copy and exchange bundles."
        ),
    )


def _cloud(service: str) -> PlaceNote:
    return PlaceNote(
        kind="cloud",
        message=tr("The case lies in a folder that {service} copies to other computers.").format(
            service=service
        ),
        hint=tr(
            "Half-written files are copied too, and the evidence leaves this computer. "
            "Work on a local copy and exchange bundles."
        ),
    )


def _removable() -> PlaceNote:
    return PlaceNote(
        kind="removable",
        message=tr("The case lies on a disk that can be pulled out."),
        hint=tr("Close the case before you pull it out, and keep a backup on another disk."),
    )


def _small_files() -> PlaceNote:
    return PlaceNote(
        kind="small files",
        message=tr("This kind of disk (FAT) keeps no file above 4 GiB and has no journal."),
        hint=tr("Carry bundles and backups on it, and work on a local copy."),
    )


def _no_journal() -> PlaceNote:
    return PlaceNote(
        kind="small files",
        message=tr("This kind of disk (exFAT) has no journal; it forgives no pulled stick."),
        hint=tr("Carry bundles and backups on it, and work on a local copy."),
    )


def _memory() -> PlaceNote:
    return PlaceNote(
        kind="memory",
        message=tr("The case lies in memory only; it is gone when the computer is switched off."),
        hint=tr("Move it to a disk, or keep a backup there."),
    )


def _read_only() -> PlaceNote:
    return PlaceNote(
        kind="read only",
        message=tr("Nothing can be written where the case lies; it can only be read."),
        hint=tr("To work on it, copy its folder to a disk of this computer."),
    )


def elsewhere(who: str) -> PlaceNote:
    """Say that another machine left its lock: it may be at work, where locks do not reach."""
    return PlaceNote(
        kind="elsewhere",
        message=tr("The case was not closed on another computer ({who}).").format(who=who),
        hint=tr("If it is still open there, close it there before you go on."),
    )
