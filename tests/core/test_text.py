from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.text import clean_cell, columns_of, is_wide, match_key, person_name, split_names

words = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
chinese = st.text("王欧阳龑䶮𠮷㛃小明買", min_size=1, max_size=60)
# Fifty characters and more of other scripts that citizens' names are written in.
LONG_NAMES = {
    "维吾尔": "ئابدۇراخمان ئابدۇكېرىم ئابدۇۋەلى ئوغلى مۇھەممەد ئىمىن تۇرسۇن",
    "蒙古": "ᠪᠠᠶᠠᠷ ᠴᠡᠴᠡᠭ ᠰᠠᠷᠠᠩᠭᠡᠷᠡᠯ ᠨᠠᠷᠠᠩᠭᠡᠷᠡᠯ ᠠᠯᠲᠠᠨ ᠰᠤᠳᠤᠨ ᠪᠠᠭᠠᠲᠤᠷ ᠤᠨ ᠬᠦᠦ",
    "藏": "བསྟན་འཛིན་རྒྱ་མཚོ་བློ་བཟང་ཡེ་ཤེས་ངག་དབང་བསོད་ནམས་རྒྱལ་མཚན",
    "俄罗斯": "Александр Константинович Вознесенский-Преображенский",
    "拉丁": "María Guadalupe Fernández de la Concepción y Montesinos",
}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("金山ＷＰＳ　Office", "金山wps office"),
        ("Windows 7", "WINDOWS7"),
        ("城关镇 人民政府", "城关镇人民政府"),
        ("（县）教育局", "(县)教育局"),
        ("Straße", "STRASSE"),
        ("ﾃｽﾄ", "テスト"),
        ("行\n政", "行政"),
    ],
)
def test_two_spellings_of_one_name_meet(one: str, other: str) -> None:
    assert match_key(one) == match_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("䶮", "龑"), ("𠮷", "吉"), ("Office 2003", "Office 2007"), ("县", "縣")]
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert match_key(one) != match_key(other)


@given(words)
def test_a_key_is_the_key_of_itself_and_of_every_composition(text: str) -> None:
    key = match_key(text)
    assert match_key(key) == key
    assert match_key(unicodedata.normalize("NFD", text)) == key
    assert not any(character.isspace() for character in key)


@given(words)
def test_a_clean_cell_has_no_controls_and_no_outer_blanks_and_is_clean_for_good(text: str) -> None:
    clean = clean_cell(text)
    assert clean == clean.strip() == clean_cell(clean)
    assert all(unicodedata.category(c) != "Cc" or c in "\t\n\r" for c in clean)


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("　王 小明\u00a0", "王 小明"),
        ("\ufeff\u200b序号\x00\x07\u200e", "序号"),
        ("\u200b 甲 \u200b", "甲"),
        ("第一行\n第二行\t三", "第一行\n第二行\t三"),
        ("a\u0085\u009fb", "ab"),
        ("䶮𠮷", "䶮𠮷"),
    ],
)
def test_inner_text_stays_as_typed(typed: str, clean: str) -> None:
    assert clean_cell(typed) == clean


@pytest.mark.parametrize("dot", "‧・･•．∙⋅·")
def test_a_name_has_the_one_middle_dot(dot: str) -> None:
    assert person_name(f"阿卜杜拉{dot}买买提") == "阿卜杜拉·买买提"
    assert person_name(f" 阿卜杜拉 {dot} 买买提 ") == "阿卜杜拉·买买提"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("王  明", "王明"),
        ("欧阳　小 明", "欧阳小明"),
        ("龚 䶮", "龚䶮"),
        ("𠮷 田", "𠮷田"),
        ("John  Smith", "John Smith"),
        ("Иван Петров", "Иван Петров"),
        ("王 小明 Jack", "王小明 Jack"),
        ("李·A B", "李·A B"),
        ("", ""),
        (" 　", ""),
    ],
)
def test_blanks_go_between_chinese_characters_only(typed: str, name: str) -> None:
    assert person_name(typed) == name


@pytest.mark.parametrize("name", LONG_NAMES.values(), ids=LONG_NAMES)
def test_long_names_of_any_script_stay_whole(name: str) -> None:
    assert len(name) >= 50
    assert person_name(name) == clean_cell(name) == name
    assert split_names(name) == (name,)


@given(st.lists(chinese, min_size=1))
def test_a_chinese_name_loses_its_blanks_and_nothing_else(parts: list[str]) -> None:
    assert person_name("　 ".join(parts)) == "".join(parts)


@given(words)
def test_a_name_once_put_right_is_right(text: str) -> None:
    assert person_name(person_name(text)) == person_name(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("教育局、体育局", ("教育局", "体育局")),
        ("a；b;c，d,e/f\ng", tuple("abcdefg")),
        (" 甲 、、甲、 乙 ；", ("甲", "乙")),
        ("", ()),
        ("、；\n", ()),
        ("乙\r\n甲", ("乙", "甲")),
        ("阿卜杜拉·买买提、䶮", ("阿卜杜拉·买买提", "䶮")),
    ],
)
def test_names_are_split_in_the_order_typed_without_repeats(text: str, names: tuple[str, ...]) -> None:
    assert split_names(text) == names


@given(words)
def test_split_names_joined_again_split_alike(text: str) -> None:
    assert split_names("、".join(split_names(text))) == split_names(text)


def test_a_grid_gives_chinese_two_columns_and_lines_one() -> None:
    assert columns_of("县级机关") == 8
    assert columns_of("│─┼A1") == 5
    assert columns_of("𠮷䶮（）") == 8
    assert columns_of("e\u0301") == 1
    assert is_wide("县")
    assert not is_wide("│")


@given(words, words)
def test_columns_add_up(one: str, other: str) -> None:
    assert columns_of(one + other) == columns_of(one) + columns_of(other)


def test_marks_of_direction_and_dots_make_no_other_name() -> None:
    assert clean_cell("甲\u202e局\u2066\u200f\u00ad") == "甲局"
    assert {match_key(f"阿里{dot}买买提") for dot in "‧・･•·∙⋅"} == {"阿里·买买提"}
