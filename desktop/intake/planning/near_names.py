"""Says which registered unit a name is likely a slip for: never one of another office, however alike the names look."""

from __future__ import annotations

import re
from collections.abc import Iterable

from desktop.core.text import match_key

_TRADITIONAL = str.maketrans(
    "縣鎮鄉區財農業務國資產稅審計統發環護衛體廣電視質監藥應軍貿檢黨總會團學園館醫療險勞動設規劃圖書檔報機關處隊員鐵運輸車氣災難辦領導實驗聯繫織組紀經濟輔營門戶糧儲漁術藝傳檯臺灣陽東長龍鳳橋興華義寧慶廠場專賣煙鹽聞廳歷網絡協調節約測繪績",
    "县镇乡区财农业务国资产税审计统发环护卫体广电视质监药应军贸检党总会团学园馆医疗险劳动设规划图书档报机关处队员铁运输车气灾难办领导实验联系织组纪经济辅营门户粮储渔术艺传台台湾阳东长龙凤桥兴华义宁庆厂场专卖烟盐闻厅历网络协调节约测绘绩",
)
_PLACE = re.compile(r"^.{1,7}?(?:自治)?[省市县区旗]")
_KIND = re.compile(
    r"(?:[镇乡]?人民政府|[镇乡]政府|街道办事处|管理委员会|委员会办公室|委员会|办公室|人民法院|人民检察院|[法医]院|检察院|学院|中学|小学|幼儿园"
    r"|服务中心|中心|大队|[局委办镇乡院校处厅会所队站社馆部室])$"
)
_COUNTING = frozenset("0123456789一二三四五六七八九十东西南北中上下前后左右大小新老")
_FEWEST_OF_A_CORE = 3
_FEWEST_WITHIN = 3


def plain(name: str) -> str:
    """Return a name in the form in which spellings compare, traditional characters as simplified ones."""
    return match_key(name).translate(_TRADITIONAL)


def near(name: str, registered: Iterable[str]) -> str:
    """Return the registered name that is likely meant: the same but for a slip, else the one that it holds or is in.

    Empty where there is none, or more than one.
    """
    key = plain(name)
    keys = {other: plain(other) for other in registered}
    same = [other for other, its in keys.items() if its == key]
    slips = same or [other for other, its in keys.items() if _is_slip(key, its)]
    found = slips or [other for other, its in keys.items() if _is_within(key, its) or _is_within(its, key)]
    return found[0] if len(found) == 1 else ""


def _is_within(part: str, whole: str) -> bool:
    return len(part) >= _FEWEST_WITHIN and part in whole


def _is_slip(one: str, other: str) -> bool:
    """Return whether two names differ by one character, or two that have changed places, in what can be mistaken."""
    if abs(len(one) - len(other)) > 1:
        return False
    begin = _shared(one, other)
    end = _shared(one[begin:][::-1], other[begin:][::-1])
    differing = one[begin : len(one) - end], other[begin : len(other) - end]
    is_turned = len(differing[0]) == 2 and differing[0] == differing[1][::-1]
    if not is_turned and max(map(len, differing)) > 1:
        return False
    if _COUNTING.issuperset("".join(differing)):
        return False
    cores = _core(one), _core(other)
    return cores[0] == cores[1] or max(map(len, cores)) >= _FEWEST_OF_A_CORE


def _shared(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _core(name: str) -> str:
    """Return what tells a unit from others: its name without place and kind."""
    return _KIND.sub("", _PLACE.sub("", name, count=1), count=1)
