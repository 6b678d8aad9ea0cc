"""The default policy, `dealer`: the practice of car-dealer complaint desks, as data.

Three levels with 24, 48 and 72 hours, each from the moment the case reached it; beside them the plan
and total clocks from receipt. Names in English and Chinese. Pause caps per level are this desk's own
choice (no source gives them): 3, 7 and 14 days.
"""

from __future__ import annotations

from typing import Any

_ANY_WAIT = ("customer", "supplier", "third-party")
_COMPLAINTS = ("complaint",)


def _named(**codes: tuple[str, str]) -> dict[str, dict[str, Any]]:
    """code=(English, Chinese) -> entries; an underscore in the keyword stands for a hyphen."""
    return {code.replace("_", "-"): {"en": en, "zh": zh} for code, (en, zh) in codes.items()}


def _raising(level: int, entries: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {code: {**entry, "level": level} for code, entry in entries.items()}


DEALER: dict[str, Any] = {
    "name": "dealer",
    "version": 1,
    "levels": {
        1: {"en": "front line", "zh": "前线员工", "limit": "24h", "pause_cap": "3d"},
        2: {"en": "department supervisor", "zh": "部门主管", "limit": "48h", "pause_cap": "7d"},
        3: {"en": "senior management", "zh": "高级管理层", "limit": "72h", "pause_cap": "14d"},
    },
    "clocks": {
        "first-response": {
            "limit": "24h",
            "urgent": {"limit": "2h", "flags": ("crisis",), "channels": ("media", "social", "platform")},
            "answered_by_taking": ("phone", "walk-in"),
        },
        "plan": {"limit": "24h", "kinds": _COMPLAINTS, "pausable": ("customer",)},
        "level": {"kinds": _COMPLAINTS, "pausable": _ANY_WAIT},
        "total": {"limit": "72h", "kinds": _COMPLAINTS},
        "next-update": {"limit": "24h", "levels": (2, 3), "pausable": ("customer",)},
        "outside": {},
    },
    "repeat_days": 90,
    "crisis": {
        "signs": 2,
        "flags": ("media", "legal", "safety"),
        "channels": {"media": "media", "social": "platform", "platform": "platform"},
    },
    "words": (
        {"flag": "safety", "pattern": "刹车|制动|转向|失控|气囊|安全带|起火|自燃|冒烟"},
        {"flag": "safety", "pattern": r"(?<![a-z])(?:brakes?|steering|airbags?|fire)(?![a-z])"},
        {"flag": "media", "pattern": "曝光|媒体|记者"},
        {"flag": "legal", "pattern": "律师|起诉|法院"},
        {"flag": None, "pattern": r"(?<!\d)12315(?!\d)|消协|工信部"},
    ),
    "kinds": _named(
        complaint=("complaint", "投诉"),
        suggestion=("suggestion", "建议"),
        inquiry=("inquiry", "咨询"),
        praise=("praise", "表扬"),
    ),
    "channels": {
        **_named(
            phone=("phone", "电话"),
            walk_in=("walk-in", "来店"),
            mail=("mail", "邮件"),
            letter=("letter", "信件"),
            web=("web", "网页"),
            chat=("chat", "即时消息"),
            sms=("text message", "短信"),
            social=("social media", "社交媒体"),
        ),
        **_raising(
            3,
            _named(
                manufacturer=("manufacturer", "厂家"),
                association=("consumer association", "消协"),
                media=("media", "媒体"),
                platform=("complaint platform", "投诉平台"),
                regulator=("regulator", "监管"),
            ),
        ),
    },
    "flags": {
        **_raising(
            3,
            _named(
                safety=("safety", "安全"),
                media=("media", "媒体"),
                legal=("legal", "法律"),
                vip=("VIP", "贵宾"),
                brand=("brand", "品牌"),
                crisis=("crisis", "危机"),
            ),
        ),
        **_raising(
            2,
            _named(
                repeated=("repeated", "重复投诉"),
                departments=("several departments", "涉及多部门"),
                dissatisfied=("dissatisfied", "明显不满"),
                asks_higher=("asks for someone higher", "要求上级"),
            ),
        ),
    },
    "categories": {
        "service.quality": {"en": "service quality", "zh": "服务质量"},
        "service.claim": {"en": "warranty claim", "zh": "保修索赔"},
        "service.product": {"en": "product quality", "zh": "产品质量"},
        "service.repair": {"en": "repair", "zh": "维修技术"},
        "parts.supply": {"en": "parts supply", "zh": "配件供应"},
        "parts.price": {"en": "parts price", "zh": "配件价格"},
        "parts.quality": {"en": "parts quality", "zh": "配件质量"},
        "sales.promise": {"en": "promise not kept", "zh": "未履行承诺"},
        "billing": {"en": "billing", "zh": "费用"},
        "privacy": {"en": "privacy", "zh": "隐私"},
        "other": {"en": "other", "zh": "其他"},
    },
    "outcomes": _named(
        satisfied=("satisfied", "满意"),
        partial=("partly satisfied", "部分满意"),
        no_agreement=("no agreement, final answer given", "未达成一致"),
        withdrawn=("withdrawn", "撤诉"),
        unreachable=("unreachable", "失联"),
        invalid=("invalid", "无效"),
        transferred=("transferred", "已转交"),
    ),
    "waits": _named(
        customer=("the customer", "客户"),
        supplier=("the supplier", "供应商"),
        third_party=("a third party", "第三方"),
    ),
}
