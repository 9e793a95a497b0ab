from __future__ import annotations

import pytest

from desktop.intake.planning.near_names import near, plain

KNOWN = (
    "浙溪县财政局", "浙溪县教育局", "浙溪县农业农村局", "白沙镇人民政府", "浙溪县第一中学", "浙溪县人力资源和社会保障局", "浙溪县第一人民医院",
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("浙溪县財政局", "浙溪县财政局"),
        ("浙溪縣財政局", "浙溪县财政局"),
        ("浙溪县农业农林局", "浙溪县农业农村局"),
        ("浙溪县人力资源社会保障局", "浙溪县人力资源和社会保障局"),
        ("浙溪县人力资源和社会障保局", "浙溪县人力资源和社会保障局"),
        ("浙溪县财政厅", "浙溪县财政局"),
        ("浙奚县财政局", "浙溪县财政局"),
        ("财政局", "浙溪县财政局"),
        ("浙溪县教育局本级", "浙溪县教育局"),
        ("白沙镇", "白沙镇人民政府"),
    ],
)
def test_a_slip_finds_what_is_meant(name: str, meant: str) -> None:
    assert near(name, KNOWN) == meant


@pytest.mark.parametrize(
    "name",
    [
        "浙溪县水利局",
        "浙溪县民政局",
        "浙溪县体育局",
        "青沙镇人民政府",
        "浙溪县第二中学",
        "浙溪县第二人民医院",
        "浙溪县",
        "火星",
        "",
    ],
)
def test_another_office_is_no_slip(name: str) -> None:
    assert near(name, KNOWN) == ""


def test_traditional_characters_compare_as_simplified_ones() -> None:
    assert plain("浙溪縣 農業農村局（本級）").startswith("浙溪县农业农村局(")
