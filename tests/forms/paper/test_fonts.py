from __future__ import annotations

import pytest

from desktop.forms.paper.fonts import FontRole, bundled_fonts
from desktop.paths import resources
from tests.forms.form_builders import fonts


def test_a_character_is_as_wide_as_its_size() -> None:
    assert fonts().width_mm("国", 72) == pytest.approx(25.4)
    assert fonts().width_mm("国国", 10.5) == pytest.approx(2 * 10.5 * 25.4 / 72)
    assert fonts().width_mm("", 10.5) == 0


def test_rare_characters_are_known_and_missing_ones_named() -> None:
    for role in FontRole:
        assert fonts().missing("䶮仇镕旸買提·㙍", role) <= {"㙍"}
        assert fonts().missing("𠮷国 \n", role) == {"𠮷"}


def test_the_fonts_are_loaded_once() -> None:
    assert bundled_fonts(resources("fonts")) is bundled_fonts(resources("fonts"))
    assert {fonts().name(role) for role in FontRole} == {"zhengban-song", "zhengban-hei"}
