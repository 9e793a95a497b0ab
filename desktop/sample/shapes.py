"""How offices lay out their sheets: titles above, their own words for headings, their own order. Writes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Shape:
    """The layout of a sheet: what stands above the headings, and the columns in order.

    `columns` leads from the heading as written to the official one, empty for a column of the office's own.
    """

    title: str
    above: Sequence[str]
    columns: Mapping[str, str]
    text_dates: bool = False


_UNKNOWN = ("核对人", "单位地址", "保修期", "发票号", "科室负责人", "联系人签字")


def _columns(words: str) -> dict[str, str]:
    """Return the columns written as `官方` or `所写=官方`; known own columns have no official heading."""
    columns: dict[str, str] = {}
    for word in words.split():
        written, _, official = word.partition("=")
        columns[written] = "" if written in _UNKNOWN else official or written
    return columns


UNITS = Shape(
    "单位",
    ("示例县机关事业单位名录", "说明：单位名称以公章为准，挂牌单位填入“挂牌”栏，不要合并单元格。"),
    _columns(
        "序号=排序号 单位全称=单位名称 单位简称=简称 挂牌=挂牌名称 原名称=曾用名 主管单位=上级单位"
        " 业务主管单位=行业主管单位 层级=级别 单位性质=类别 统一社会信用代码 预算单位编码 编制=编制人数"
        " 实有人数 使用计算机人数 独立填报 是否计入机关总数=计入机关总数 纳入本次任务 单位地址 备注"
    ),
)
PEOPLE = Shape(
    "人员",
    (),
    _columns(
        "所在单位=单位名称 姓名 职务 科室=负责科室 职责 联系电话=办公电话 手机号码=手机 传真 电子邮箱=邮箱"
        " 序号=排序号 科室负责人"
    ),
)
COMPUTERS = Shape(
    "计算机",
    ("示例县机关计算机登记表（截至2026年6月30日）",),
    _columns(
        "使用单位=单位名称 使用科室=科室 使用人 固定资产编号=资产编号 计算机类型=类型 品牌型号 主机序列号=序列号"
        " MAC=MAC地址 购置日期 启用时间=启用日期 使用状况=状态 停用日期 是否预装正版系统=预装正版系统"
        " 存放地点 保修期 备注"
    ),
    text_dates=True,
)
LICENCES = Shape(
    "许可",
    (
        "示例县机关软件许可登记表",
        "说明：每购买一次填一行；配发的填明上级许可编号。",
        "金额以合同为准，随机预装的填 0。",
    ),
    _columns(
        "单位名称 软件编号 软件名称 版本 软件类别 国内/国外 来源 授权方式 被授权单位 套数 许可数 单价（元）=单价"
        " 金额（元）=金额 购买日期 有效期起 有效期至 合同编号 供货商 资金来源 授权证明 上级许可编号 原许可编号"
        " 绑定计算机=绑定资产编号 安装序列号 发票号 备注"
    ),
)
POLICE_LICENCES = Shape(
    "软件台账",
    ("示例县公安局正版软件台账",),
    _columns(
        "编号=软件编号 产品名称=软件名称 版本类型=版本 软件分类=软件类别 软件属性=国内/国外 使用单位=单位名称"
        " 软件来源=来源 授权类型=授权方式 授权单位=被授权单位 数量=套数 授权数=许可数 软件单价（元）=单价"
        " 金额（万元）=金额 采购日期=购买日期 生效日期=有效期起 到期日期=有效期至 合同号=合同编号 供应商=供货商"
        " 经费来源=资金来源 授权书=授权证明 配发来源编号=上级许可编号 升级自=原许可编号"
        " 所在计算机=绑定资产编号 产品密钥=安装序列号 核对人 说明=备注"
    ),
    text_dates=True,
)
INSTALLATIONS = Shape(
    "安装",
    ("示例县机关软件安装情况",),
    _columns(
        "单位=单位名称 计算机资产编号=资产编号 软件名称 版本 软件类别 国内国外=国内/国外 许可编号=软件编号"
        " 安装日期 卸载日期 是否正版 使用人签字 已备份 产品ID 安装序列号 核对人 备注"
    ),
)
TOWN_COMPUTERS = Shape(
    "电脑台账",
    ("城关镇电脑台账", "填表说明：公用电脑不填使用人。"),
    _columns(
        "序列号 设备编号=资产编号 单位名称 股室=科室 保管人=使用人 房间=存放地点 设备类型=类型 型号=品牌型号"
        " 网卡地址=MAC地址 购买时间=购置日期 投入使用日期=启用日期 停用时间=停用日期 使用情况=状态"
        " 预装正版操作系统=预装正版系统 说明=备注"
    ),
    text_dates=True,
)
TOWN_INSTALLATIONS = Shape(
    "软件安装情况",
    (),
    _columns(
        "部门名称=单位名称 电脑编号=资产编号 软件=软件名称 软件版本=版本 软件类型=软件类别 国产/国外=国内/国外"
        " 授权编号=软件编号 安装时间=安装日期 卸载时间=卸载日期 正版情况=是否正版 使用人是否签字=使用人签字"
        " 安装前备份=已备份 产品标识=产品ID 密钥=安装序列号 联系人签字 说明=备注"
    ),
    text_dates=True,
)
PROGRESS = Shape(
    "进度",
    ("示例县软件正版化工作进度表（截至2026年6月30日）",),
    _columns(
        "单位名称 完成摸查=完成软件摸查 经费落实=落实采购经费 完成软件采购 制度=建立管理制度 检查整改=完成检查整改"
        " 无需采购 依据文件=依据"
    ),
    text_dates=True,
)
