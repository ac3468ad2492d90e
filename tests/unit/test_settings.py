"""Settings keep what fits and fall back where a file does not."""

import pytest

from casefile.model.errors import CasefileError
from casefile.settings import Settings


def test_a_setting_is_kept_for_the_next_start(tmp_path):
    file = tmp_path / "config" / "settings.json"
    Settings(file)["look"] = "dark"
    assert Settings(file)["look"] == "dark"


def test_a_value_that_does_not_fit_is_refused(tmp_path):
    settings = Settings(tmp_path / "settings.json")
    for key, value in (("look", "pink"), ("text_scale", "big"), ("single_keys", 1)):
        with pytest.raises(ValueError, match=key):
            settings[key] = value


@pytest.mark.parametrize("words", ["", "{", "[1]", '{"look": 5}'])
def test_a_damaged_file_means_defaults(tmp_path, words):
    file = tmp_path / "settings.json"
    file.write_text(words, "utf-8")
    assert Settings(file)["look"] == "system"


def test_every_setting_has_a_sentence_and_a_default_that_fits():
    for setting in Settings():
        assert setting.words.endswith(".")
        assert setting.accepts(setting.default)


def test_settings_without_a_file_live_in_memory():
    settings = Settings()
    settings["text_scale"] = 125
    assert settings["text_scale"] == 125


def test_a_setting_that_cannot_be_kept_counts_and_is_told(tmp_path):
    (tmp_path / "in the way").write_text("x")
    settings = Settings(tmp_path / "in the way" / "settings.json")
    with pytest.raises(CasefileError, match="could not be kept"):
        settings["look"] = "dark"
    assert settings["look"] == "dark"
