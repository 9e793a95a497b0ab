"""What is said about state secrets, and the words that warn of one. Knows no files."""

from __future__ import annotations

import re

NOTICE = "本系统为非涉密系统，严禁录入、存储、传输国家秘密"
"""Said wherever data or documents come in or go out; without its full stop, so that more may follow."""
NO_CLASSIFIED_COMPUTERS = "本表不含涉密计算机"
"""The note below a form or a document that lists or counts computers: those for state secrets are never in the ledger."""

_BLANK = r"[\s\u00ad\u200b-\u200f\u2060\ufeff]*"
_NO_KEY = rf"(?!{_BLANK}[码钥匙])"
_WORD = re.compile(
    rf"(?:秘{_BLANK}密|(?<!计算)机{_BLANK}密{_NO_KEY}|(?<!拒)绝{_BLANK}密{_NO_KEY})",
)
_FIRST_SIGN = "密"


def secret_words(text: str) -> tuple[str, ...]:
    """Return which of 秘密, 机密 and 绝密 stand in a text, each once, as first met; blanks within one do not hide it.

    Our own notice does not count, nor what only looks alike because two other words meet: 计算机密码, 主机密钥,
    拒绝密码登录, 计算机密级. 商业秘密 counts: whether it is harmless is for a person to say.
    """
    if _FIRST_SIGN not in text:
        return ()
    found = (re.sub(_BLANK, "", word) for word in _WORD.findall(text.replace(NOTICE, "")))
    return tuple(dict.fromkeys(found))
