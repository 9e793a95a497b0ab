"""Says whether a line that names a unit is that unit's: not one it is sent to, nor another one below it."""

from __future__ import annotations

import re

_BEFORE_OTHERS, _AFTER_OTHERS = "报送交发给至由向", "制印监"
"""What stands before or after a unit that a line speaks of without being the unit's: 报县财政局, 县财政局制."""
_LABEL_OF_OTHERS = re.compile(
    r"(?:(?:主|抄|报|呈|发|分|移|转)?[送报发]|[呈致]|备?[注案]|说明|[示样范举]?例)$"
    r"|(?:主送|抄送|抄报|呈报|呈送|送达|接收|收文|受理|汇总|主管|牵头|组织|指导|监督|上级|主办|承办|发证|发文|印发|制表|印制|监制)"
    r"(?:单位|机关|部门)?$"
)
_BELOW = re.compile(r"的?(?:下属|所属|直属|下辖|所辖|辖属|管辖|下级|系统)")
_MATTER = re.compile(
    r"[\W\d_]|[一二三四五六七八九〇零]{2,}年|计算机|电脑|正版|台[账帐]|清[单册查]|年度|一览|整改|自查|填报|上报|所[有用]|报?表"
    r"|(?:软件|软硬件|硬件|办公|资产|设备|网络|登记|统计|汇总|明细|检查|情况|调查|采购|许可|授权|安装|购[买置]|使用|信息|人员|名[单册]|报送)"
    r"(?!管理|服务|事务|技术|中心|大队|支队|[局站所院公])"
)
_ORGANISATION = re.compile(
    r"[局院校馆镇乡村队厂]|(?<!网)站|[中小]学|幼儿园|中心|街道|公司|集团|委员会|[协学]会|联合会|工会|基金会|[供合报][销作刊]?社|社区|[一-鿿]{2}所$"
)
_WHOLE = re.compile(r"(?:[局委办镇乡院校处府厅会所队站社馆司]|街道|中心)$")
_OWN_ENDING = re.compile(r"^(?:[镇乡]?人民政府|街道办事处|街道|委员会|[局委办镇乡院校])")
"""What may complete a short name that lacks it: 教育 → 教育局."""


def is_said_of(line: str, start: int, end: int) -> bool:
    """Return whether a line is said of the unit whose name stands there: it may speak of it as the receiver.

    The line is in the form in which names compare (`core/text.py`).
    """
    before, after = line[:start], line[end:]
    if not _WHOLE.search(line[start:end]):
        after = _OWN_ENDING.sub("", after)
    if before.endswith(tuple(_BEFORE_OTHERS)) or after.startswith(tuple(_AFTER_OTHERS)):
        return False
    label, colon, _ = before.rpartition(":")
    return not (colon and _LABEL_OF_OTHERS.search(label)) and not _names_another(after)


def _names_another(after: str) -> bool:
    """Return whether the words behind a unit's name go on to name an organisation of its own."""
    more = _MATTER.split(after, maxsplit=1)[0]
    return bool(_BELOW.match(after) or _ORGANISATION.search(more))
