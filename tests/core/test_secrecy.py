from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.secrecy import NO_CLASSIFIED_COMPUTERS, NOTICE, secret_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("秘密", ("秘密",)),
        ("机密级计算机", ("机密",)),
        ("涉密计算机（绝密）", ("绝密",)),
        ("商业秘密", ("秘密",)),
        ("国家秘密载体", ("秘密",)),
        ("秘 密", ("秘密",)),
        ("秘　密", ("秘密",)),
        ("绝\n密", ("绝密",)),
        ("机\u00a0\u200b密", ("机密",)),
        ("机密★1年，另有秘密、机密", ("机密", "秘密")),
        ("计算机机密文件", ("机密",)),
        ("机密文件与主机密码", ("机密",)),
        (f"{NOTICE}。其中机密一份", ("机密",)),
    ],
)
def test_the_three_words_are_found(text: str, words: tuple[str, ...]) -> None:
    assert secret_words(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "密",
        "保密",
        "县委机要和保密局",
        "涉密",
        "密级",
        "加密机",
        "商用密码",
        "计算机密码",
        "计算机 密码",
        "手机密码",
        "主机密钥",
        "服务器密码机密钥管理",
        "打印机密 码",
        "拒绝密码登录",
        "拒绝密集访问",
        "计算机密级",
        "秘书科 密云路",
        "联想台式机",
        "国密浏览器",
        f"本表用于登记。{NOTICE}；涉密计算机不在本表登记。",
        NO_CLASSIFIED_COMPUTERS,
    ],
)
def test_what_only_looks_alike_is_none(text: str) -> None:
    assert secret_words(text) == ()


@given(st.text(alphabet="秘密机绝计算拒码 　\n\u200b文"))
def test_any_text_gives_some_of_the_three_words_each_once(text: str) -> None:
    words = secret_words(text)
    assert set(words) <= {"秘密", "机密", "绝密"}
    assert len(set(words)) == len(words)
    if "秘密" in text:
        assert "秘密" in words


def test_a_long_text_is_read_once() -> None:
    begun = time.perf_counter()
    assert secret_words("密" + "机 " * 200_000 + " " * 200_000) == ()
    assert time.perf_counter() - begun < 2
