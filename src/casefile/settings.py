"""Every setting, declared once: key, type, default, sentence."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casefile.model.errors import CasefileError
from casefile.strings import later, tr


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting; `choices` empty means any value of the default's type."""

    key: str
    default: Any
    sentence: str
    choices: tuple[Any, ...] = ()

    @property
    def words(self) -> str:
        """The sentence in the chosen language."""
        return tr(self.sentence)

    def accepts(self, value: Any) -> bool:
        """Say whether a value may be stored."""
        return value in self.choices if self.choices else type(value) is type(self.default)


SETTINGS: tuple[Setting, ...] = (
    Setting(
        key="look",
        default="system",
        sentence=later("Light, dark, or as the system."),
        choices=("system", "light", "dark"),
    ),
    Setting(
        key="text_scale", default=100, sentence=later("Size of the interface text in per cent.")
    ),
    Setting(
        key="reader_scale", default=100, sentence=later("Size of the reading text in per cent.")
    ),
    Setting(
        key="language",
        default="",
        sentence=later("Language of the interface; empty for the system's."),
    ),
    Setting(
        key="single_keys",
        default=True,
        sentence=later("Single letters act on lists and the reader."),
    ),
    Setting(
        key="recent_cases", default=False, sentence=later("Remember the cases that were opened.")
    ),
    Setting(key="search_log", default=False, sentence=later("Keep a log of the searches made.")),
    Setting(key="reduced_motion", default=False, sentence=later("No fades and no sliding.")),
)
_BY_KEY = {setting.key: setting for setting in SETTINGS}


class Settings:
    """The person's settings on this machine, in one JSON file; a damaged file means defaults."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._values: dict[str, Any] = {}
        if file and file.is_file():
            try:
                stored = json.loads(file.read_text("utf-8"))
            except (OSError, ValueError):
                stored = {}
            if isinstance(stored, dict):
                self._values = stored

    def __getitem__(self, key: str) -> Any:
        setting = _BY_KEY[key]
        value = self._values.get(key, setting.default)
        return value if setting.accepts(value) else setting.default

    def __setitem__(self, key: str, value: Any) -> None:
        setting = _BY_KEY[key]
        if not setting.accepts(value):
            msg = f"{key} cannot be {value!r}"
            raise ValueError(msg)
        self._values[key] = value
        self._save()

    def __iter__(self) -> Iterator[Setting]:
        return iter(SETTINGS)

    def _save(self) -> None:
        if self._file is None:
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            fresh = self._file.with_suffix(".new")
            fresh.write_text(json.dumps(self._values, ensure_ascii=False, indent=1), "utf-8")
            fresh.replace(self._file)
        except OSError as error:
            raise CasefileError(
                tr("The setting counts now, but could not be kept: {why}.").format(
                    why=error.strerror
                ),
                tr("Look at the free space and the permissions of your configuration folder."),
            ) from error
