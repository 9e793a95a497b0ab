"""The words a column may hold, and what offices write instead. Knows no cells."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from desktop.core.computer import ComputerKind, ComputerState
from desktop.core.installation import Claim
from desktop.core.licence import Method, Source
from desktop.core.person import Responsibility
from desktop.core.product import Origin, SoftwareClass
from desktop.core.unit import Category, Level

RESPONSIBILITIES = {
    "信息报送": Responsibility.REPORTER,
    "信息报送员": Responsibility.REPORTER,
    "信息报送人员": Responsibility.REPORTER,
    "信息员": Responsibility.REPORTER,
    "报送人": Responsibility.REPORTER,
    "报送人员": Responsibility.REPORTER,
    "联络员": Responsibility.REPORTER,
    "联系人": Responsibility.REPORTER,
    "填报人": Responsibility.FILLER,
    "制表人": Responsibility.FILLER,
    "主要负责人": Responsibility.FIRST,
    "一把手": Responsibility.FIRST,
    "分管负责人": Responsibility.LEADER,
    "分管领导人": Responsibility.LEADER,
    "经办人员": Responsibility.HANDLER,
    "软件管理员": Responsibility.CUSTODIAN,
    "软件管理专人": Responsibility.CUSTODIAN,
}
"""What offices write for a responsibility; any other word is kept as it is."""

RANKS = ("正科级", "副科级", "科级", "乡科级", "正处级", "副处级", "处级", "县处级", "股级", "正科", "副科")
"""The rank of a body, which is not the level at which it stands: that hangs on the unit's name."""

PERPETUAL = ("永久", "永久授权", "永久许可", "永久使用", "买断", "一次性买断")
"""A term without end, as every licence without a last day has: it is no method."""

ANY_ORGAN = "机关"
"""No category of its own: which one of the organs a unit is hangs on its name."""
ORGAN_WORDS = (ANY_ORGAN, "党政机关", "机关单位", "党政部门", "党政群机关", "行政单位", "行政")

FREE_OF_CHARGE = "免费"
"""No claim of its own: what it says of a copy hangs on the product."""
FREE_WORDS = (FREE_OF_CHARGE, "免费软件", "免费使用", "免费版", "开源", "开源软件")

SPELLINGS: Mapping[str, tuple[type[StrEnum], Mapping[str, StrEnum]]] = {
    "level": (
        Level,
        {
            "省": Level.PROVINCE,
            "市": Level.CITY,
            "市级机关": Level.CITY_BODY,
            "县": Level.COUNTY,
            "区级": Level.COUNTY,
            "区直": Level.COUNTY_BODY,
            "县级机关": Level.COUNTY_BODY,
            "县直机关": Level.COUNTY_BODY,
            "县直部门": Level.COUNTY_BODY,
            **dict.fromkeys(("县直属", "县直属单位", "县直单位"), Level.COUNTY_BODY),
            "乡": Level.TOWNSHIP,
            "镇": Level.TOWNSHIP,
            "乡镇级": Level.TOWNSHIP,
            "街道": Level.TOWNSHIP,
            "乡镇街道": Level.TOWNSHIP,
            "二级": Level.SUBORDINATE,
            "下属单位": Level.SUBORDINATE,
        },
    ),
    "category": (
        Category,
        {
            "党": Category.PARTY,
            "党委部门": Category.PARTY,
            "党委机关": Category.PARTY,
            "共产党机关": Category.PARTY,
            "县委部门": Category.PARTY,
            "人大机关": Category.CONGRESS,
            "政府部门": Category.GOVERNMENT,
            "政府机关": Category.GOVERNMENT,
            "行政机关": Category.GOVERNMENT,
            "乡镇": Category.GOVERNMENT,
            "乡镇政府": Category.GOVERNMENT,
            **dict.fromkeys(("街道", "街道办", "街道办事处"), Category.GOVERNMENT),
            "政协机关": Category.CONSULTATIVE,
            "纪委监委": Category.SUPERVISION,
            "监察": Category.SUPERVISION,
            "审判机关": Category.COURT,
            "检察机关": Category.PROCURATORATE,
            "工商联": Category.DEMOCRATIC_PARTY,
            "群团": Category.PEOPLE_GROUP,
            "群团组织": Category.PEOPLE_GROUP,
            "群众团体": Category.PEOPLE_GROUP,
            "事业": Category.INSTITUTION,
            **dict.fromkeys(("参公", "参公单位", "参公事业单位", "参公管理单位"), Category.INSTITUTION),
            **dict.fromkeys(("全额事业单位", "差额事业单位", "自收自支事业单位"), Category.INSTITUTION),
            **dict.fromkeys(
                ("公益一类", "公益二类", "公益一类事业单位", "公益二类事业单位"), Category.INSTITUTION
            ),
            "教育": Category.SCHOOL,
            "医院": Category.HEALTH,
            "卫生院": Category.HEALTH,
            "国企": Category.ENTERPRISE,
            "企业": Category.ENTERPRISE,
        },
    ),
    "computer_kind": (
        ComputerKind,
        {
            "台式机": ComputerKind.DESKTOP,
            "台式计算机": ComputerKind.DESKTOP,
            "台式电脑": ComputerKind.DESKTOP,
            "一体机": ComputerKind.DESKTOP,
            "一体电脑": ComputerKind.DESKTOP,
            **dict.fromkeys(("pc", "pc机", "微机", "微型机", "微型计算机"), ComputerKind.DESKTOP),
            **dict.fromkeys(("工作站", "图形工作站", "台式工作站"), ComputerKind.DESKTOP),
            **dict.fromkeys(("移动工作站", "平板", "平板电脑", "手提电脑"), ComputerKind.PORTABLE),
            "笔记本": ComputerKind.PORTABLE,
            "笔记本电脑": ComputerKind.PORTABLE,
            "便携机": ComputerKind.PORTABLE,
            "便携式": ComputerKind.PORTABLE,
            "便携式计算机": ComputerKind.PORTABLE,
            "台式微型计算机": ComputerKind.DESKTOP,
            "server": ComputerKind.SERVER,
        },
    ),
    "computer_state": (
        ComputerState,
        {
            "使用中": ComputerState.IN_USE,
            "在用中": ComputerState.IN_USE,
            "正常": ComputerState.IN_USE,
            "正常使用": ComputerState.IN_USE,
            "使用": ComputerState.IN_USE,
            **dict.fromkeys(("良好", "完好", "维修", "维修中", "在修"), ComputerState.IN_USE),
            **dict.fromkeys(("备用", "备用机", "拟报废"), ComputerState.IDLE),
            "停用": ComputerState.IDLE,
            "封存": ComputerState.IDLE,
            "已报废": ComputerState.SCRAPPED,
            "待报废": ComputerState.IDLE,
        },
    ),
    "software_class": (
        SoftwareClass,
        {
            "操作系统软件": SoftwareClass.SYSTEM,
            "系统软件": SoftwareClass.SYSTEM,
            "系统": SoftwareClass.SYSTEM,
            "os": SoftwareClass.SYSTEM,
            "办公软件": SoftwareClass.OFFICE,
            "通用办公软件": SoftwareClass.OFFICE,
            "文字处理": SoftwareClass.OFFICE,
            "杀毒软件": SoftwareClass.ANTIVIRUS,
            "防病毒软件": SoftwareClass.ANTIVIRUS,
            "安全软件": SoftwareClass.ANTIVIRUS,
            "业务软件": SoftwareClass.BUSINESS,
            "主要业务软件": SoftwareClass.BUSINESS,
            "业务系统": SoftwareClass.BUSINESS,
            "专业软件": SoftwareClass.BUSINESS,
            "其他软件": SoftwareClass.OTHER,
            "工具软件": SoftwareClass.OTHER,
        },
    ),
    "origin": (
        Origin,
        {
            "国产": Origin.DOMESTIC,
            "国内软件": Origin.DOMESTIC,
            "国产软件": Origin.DOMESTIC,
            "中国": Origin.DOMESTIC,
            "进口": Origin.FOREIGN,
            "国外软件": Origin.FOREIGN,
            "境外": Origin.FOREIGN,
            "美国": Origin.FOREIGN,
        },
    ),
    "source": (
        Source,
        {
            "自购": Source.OWN_PURCHASE,
            "采购": Source.OWN_PURCHASE,
            "单位采购": Source.OWN_PURCHASE,
            "政府采购": Source.OWN_PURCHASE,
            **dict.fromkeys(
                ("集中采购", "政府集中采购", "自行采购", "网上采购", "升级", "升级购买"), Source.OWN_PURCHASE
            ),
            "商业软件": Source.OWN_PURCHASE,
            "购买": Source.OWN_PURCHASE,
            "配发": Source.ALLOCATED,
            **dict.fromkeys(
                ("县配发", "县级配发", "市级配发", "省级配发", "上级下发", "下发"), Source.ALLOCATED
            ),
            "统一配发": Source.ALLOCATED,
            "预装oem": Source.PREINSTALLED,
            "oem": Source.PREINSTALLED,
            "上级统一配发": Source.ALLOCATED,
            **dict.fromkeys(
                ("随机", "随机附带", "随机自带", "随机赠送", "oem预装", "自带"), Source.PREINSTALLED
            ),
            "随机预装": Source.PREINSTALLED,
            "随机预装软件": Source.PREINSTALLED,
            "免费软件": Source.FREE,
            **dict.fromkeys(("免费使用", "免费授权", "免费版", "开源", "开源软件"), Source.FREE),
        },
    ),
    "method": (
        Method,
        {
            "oem授权": Method.OEM,
            **dict.fromkeys(("oem预装", "预装oem", "随机预装"), Method.OEM),
            **dict.fromkeys(("单机版", "单机授权"), Method.RETAIL),
            **dict.fromkeys(("站点授权", "站点许可"), Method.SITE),
            **dict.fromkeys(("按年订阅", "订阅制", "订阅授权", "订阅版"), Method.SUBSCRIPTION),
            "预装": Method.OEM,
            "单机": Method.RETAIL,
            "单机许可": Method.RETAIL,
            "零售版": Method.RETAIL,
            "批量": Method.VOLUME,
            "批量授权": Method.VOLUME,
            "开放式许可": Method.VOLUME,
            "场地许可": Method.SITE,
            "场地": Method.SITE,
            "网络许可": Method.NETWORK,
            "网络版": Method.NETWORK,
            "网络": Method.NETWORK,
            "用户许可": Method.USER,
            "年订阅": Method.SUBSCRIPTION,
            **dict.fromkeys(("免费", "免费授权", "免费软件", "免费版", "开源"), Method.FREE),
        },
    ),
    "claim": (
        Claim,
        {
            "是": Claim.GENUINE,
            "正版软件": Claim.GENUINE,
            **dict.fromkeys(("y", "yes", "已正版化", "正版授权", "正版化"), Claim.GENUINE),
            **dict.fromkeys(
                ("oem", "预装", "正版(预装)", "是(预装)", "预装正版", "正版预装", "正版(oem)"), Claim.GENUINE
            ),
            **dict.fromkeys(("n", "no"), Claim.PIRATED),
            "否": Claim.PIRATED,
            "盗版": Claim.PIRATED,
            "非正版软件": Claim.PIRATED,
            "未授权": Claim.PIRATED,
            **dict.fromkeys(("√", "✓", "✔", "☑", "有授权", "已授权"), Claim.GENUINE),
            **dict.fromkeys(("×", "✗", "✘", "☒", "不是", "未正版", "无授权"), Claim.PIRATED),
            "不确定": Claim.PENDING,
            "不清楚": Claim.PENDING,
        },
    ),
}
