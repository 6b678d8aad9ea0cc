"""The sample cases: what a desk hears in three weeks, in Chinese and English. All of it is invented.

A case is (hours before the moment, taken by, subject, customer, phone, category, channel, flags,
steps); a step is (hours before the moment, who, order, its words).
"""

from __future__ import annotations

from typing import Any

Step = tuple[float, str, str, dict[str, Any]]
Sample = tuple[float, str, str, str, str | None, str | None, str | None, tuple[str, ...], list[Step]]


def _out(hours: float, who: str, text: str, channel: str = "phone") -> Step:
    return (hours, who, "contact", {"direction": "out", "channel": channel, "text": text})


def _in(hours: float, who: str, text: str, channel: str = "phone", *, chase: bool = False) -> Step:
    return (hours, who, "contact", {"direction": "in", "channel": channel, "text": text, "chase": chase})


def _plan(hours: float, who: str, text: str, by: float) -> Step:
    return (hours, who, "propose", {"text": text, "by": by})


def _agree(hours: float, who: str, text: str) -> Step:
    return (hours, who, "agree", {"text": text})


def _resolve(hours: float, who: str, text: str) -> Step:
    return (hours, who, "resolve", {"text": text})


def _close(hours: float, who: str, outcome: str, text: str | None = None) -> Step:
    return (hours, who, "close", {"outcome": outcome, "text": text})


def _up(hours: float, who: str, text: str) -> Step:
    return (hours, who, "escalate", {"text": text})


def _assign(hours: float, who: str, owner: str) -> Step:
    return (hours, who, "assign", {"owner": owner})


def _pause(hours: float, who: str, waiting_for: str, text: str, until: float | None = None) -> Step:
    return (hours, who, "pause", {"waiting_for": waiting_for, "text": text, "until": until})


def _note(hours: float, who: str, text: str) -> Step:
    return (hours, who, "note", {"text": text})


TIMELINE = "空调不制冷，返修两次未解决"
"""The case whose timeline the demo shows."""

CASES: list[Sample] = [
    (480, "李雷", "保养后机油灯亮", "钱二", "13800000002", "service.quality", "phone", (), [
        _plan(479, "李雷", "当天免费复检", 470), _agree(478.5, "李雷", "客户同意下午来店"),
        _resolve(472, "李雷", "传感器插头松动，已紧固"), _close(400, "周敏", "satisfied", "回访：已解决，满意")]),
    (470, "Anna Keller", "Invoice shows a filter that was not fitted", "T. Brandt", "13800000003", "billing", "mail", (), [
        _out(468, "Anna Keller", "apologised, checking the job sheet", "mail"), _plan(466, "Anna Keller", "corrected invoice and refund of 48.00", 440),
        _resolve(445, "Anna Keller", "refunded, new invoice sent"), _close(372, "周敏", "satisfied")]),
    (430, "韩梅梅", "赠送的脚垫一直没有给", "孙三", "13800000004", "sales.promise", "walk-in", (), [
        _plan(429, "韩梅梅", "三天内寄出", 350), _agree(428.8, "韩梅梅", "客户同意"), _resolve(360, "韩梅梅", "已签收"), _close(280, "周敏", "satisfied")]),
    (400, "李雷", "变速箱顿挫，第一次报修", "吴九", "13800000009", "service.repair", "phone", (), [
        _plan(398, "李雷", "升级变速箱程序", 380), _agree(397, "李雷", "同意"), _resolve(376, "李雷", "程序已升级"), _close(300, "周敏", "satisfied")]),
    (360, "Anna Keller", "Courtesy car was dirty", "M. Okafor", "13800000010", "service.quality", "phone", (), [
        _plan(359.5, "Anna Keller", "voucher for a car wash", 340), _resolve(359, "Anna Keller", "voucher handed over, apology accepted"), _close(288, "周敏", "satisfied")]),
    (340, "李雷", "等了四十分钟没人接待", "郑十", "13800000011", "service.quality", "walk-in", ("dissatisfied",), [
        _plan(339, "王主管", "当面道歉，优先安排", 330), _resolve(338, "王主管", "已道歉，送洗车券一张"), _close(266, "周敏", "satisfied")]),
    (320, "韩梅梅", "建议休息区增加充电口", "冯一", None, "other", "web", (), [_out(310, "韩梅梅", "感谢建议，已转设施部", "mail"), _resolve(300, "韩梅梅", "下月施工"), _close(299, "韩梅梅", "satisfied")]),
    (300, "李雷", "配件价格比官网高", "陈七", "13800000012", "parts.price", "phone", (), [
        _plan(297, "李雷", "核对报价单", 280), _out(290, "李雷", "差价为工时费，已解释"), _close(276, "李雷", "no-agreement", "客户不接受解释，已告知可向消费者协会反映")]),
    (280, "Anna Keller", "Wrong tyres delivered", "L. Novak", "13800000013", "parts.supply", "web", (), [
        _out(279, "Anna Keller", "confirmed receipt, 24 h", "mail"), _plan(275, "Anna Keller", "exchange on Friday", 250), _agree(270, "Anna Keller", "Friday suits him"),
        _note(269, "Anna Keller", "ordered, reference 8841"),
        _resolve(240, "Anna Keller", "fitted and balanced"), _close(168, "周敏", "satisfied")]),
    (250, "李雷", "客户信息疑似泄露，接到推销电话", "卫二", "13800000014", "privacy", "phone", ("asks-higher",), [
        _assign(249, "李雷", "王主管"), _plan(240, "王主管", "核查来源，书面答复", 200), _out(220, "王主管", "初步核查：非本店泄露"), _resolve(206, "王主管", "书面答复已寄出"), _close(130, "周敏", "partial", "客户接受，但仍有疑虑")]),
    (230, "韩梅梅", "洗车刮花前门", "蒋三", "13800000015", "service.quality", "walk-in", (), [
        _plan(229, "韩梅梅", "免费抛光", 200), _agree(228, "韩梅梅", "同意"), _resolve(205, "韩梅梅", "抛光完成"), _close(132, "周敏", "satisfied"),
        (60, "韩梅梅", "reopen", {"text": "划痕仍可见，客户要求重做"}), _up(59, "韩梅梅", "客户要求主管处理"), _plan(58, "韩梅梅", "重新喷漆", 20), _agree(57, "韩梅梅", "同意重新喷漆"), _out(55, "韩梅梅", "已预约周日喷漆")]),
    (220, "Anna Keller", "Thank you for the quick repair", "J. Lindqvist", None, "service.repair", "mail", (), [_out(200, "Anna Keller", "thanked him", "mail"), _resolve(199, "Anna Keller", "passed on to the workshop"), _close(198, "Anna Keller", "satisfied")]),
    (200, "李雷", "发动机异响，两次未修好", "沈四", "13800000016", "service.repair", "phone", ("departments",), [
        _assign(199, "李雷", "王主管"), _plan(190, "王主管", "厂家技术员到店", 120), _agree(188, "王主管", "客户等厂家来"), _out(150, "王主管", "厂家周四到"), _out(128, "王主管", "已拆检"), _resolve(110, "王主管", "更换张紧轮"), _close(36, "周敏", "satisfied")]),
    (190, "李雷", "咨询延保条款", "韩五", "13800000017", "service.claim", "phone", (), [_resolve(189.5, "李雷", "已解释"), _close(189, "李雷", "satisfied")]),
    (170, "韩梅梅", "订的颜色和到店车不一致", "杨六", "13800000018", "sales.promise", "walk-in", ("dissatisfied",), [
        _assign(169, "韩梅梅", "王主管"), _plan(165, "王主管", "换车或补偿二选一", 120), _out(140, "王主管", "客户考虑中"), _close(100, "王主管", "withdrawn", "客户决定接受现车")]),
    (150, "Anna Keller", "Rattle from the dashboard", "P. Moreau", "13800000019", "service.repair", "phone", (), [
        _plan(149, "Anna Keller", "look at it on Tuesday", 100), _agree(148, "Anna Keller", "fine with him"), _resolve(98, "Anna Keller", "clip replaced")]),
    (120, "李雷", "充电桩安装延期两周", "朱八", "13800000020", "sales.promise", "phone", (), [
        _up(119.5, "李雷", "需要安装部门配合"), _assign(119, "王主管", "王主管"), _plan(118, "李雷", "周五前安装", 40), _agree(117, "李雷", "同意"), _out(70, "李雷", "师傅周四上门"), _resolve(46, "李雷", "安装完成")]),
    (100, "韩梅梅", "空调滤芯没换却收费", "秦九", "13800000021", "billing", "platform", (), [
        _out(99, "韩梅梅", "已私信致歉并核实", "platform"), _assign(98, "韩梅梅", "赵总"), _plan(90, "赵总", "退款并公开说明", 60), _out(70, "赵总", "退款已办"), _agree(68, "赵总", "客户删帖并致谢"), _out(45, "赵总", "公开说明已发布"), _resolve(44, "赵总", "退款到账")]),
    (80, "李雷", "高速行驶时方向盘抖动", "尤十", "13800000022", "service.repair", "phone", (), [
        _assign(79, "李雷", "赵总"), _plan(70, "赵总", "拖车到店，四轮动平衡与悬架检查", 48), _out(60, "赵总", "车已到店，代步车已交付"), _out(47.5, "赵总", "检查中，轮毂变形"), _agree(30, "赵总", "同意更换轮毂"), _note(20, "赵总", "配件周一到")]),
    (74, "李雷", "试驾时被追尾，要求换车", "邓九", "13800000042", "sales.promise", "phone", ("brand",), [
        _assign(73.5, "赵总", "赵总"), _plan(70, "赵总", "同款新车，下周到店", 10), _out(50, "赵总", "已向厂家申请"), _out(28, "赵总", "厂家审批中"), _out(5, "赵总", "仍在审批")]),
    (72, "Anna Keller", "Loan car promised and not there", "R. Silva", "13800000023", "sales.promise", "phone", (), [
        _plan(70, "Anna Keller", "loan car tomorrow 9 am", 55), _out(52, "Anna Keller", "loan car handed over"), _agree(51, "Anna Keller", "content with that"), _resolve(24, "Anna Keller", "own car back")]),
    (56.5833, "李雷", TIMELINE, "张三", "13800000001", "service.repair", "phone", (), [
        _plan(56.3333, "李雷", "换压缩机，配件到货后两小时完成，周五下午交车", 24), _pause(51.5833, "李雷", "supplier", "压缩机在途", 23.6667),
        _out(50, "李雷", "告知配件周五到"), (32.5833, "李雷", "resume", {"text": "配件提前到货"}), _note(31, "李雷", "拆检发现冷凝器也有渗漏，需再订件"), _assign(13, "王主管", "王主管"), _out(12, "王主管", "说明冷凝器情况，客户着急")]),
    (52, "韩梅梅", "等配件三周，没人通知进度", "赵六", "13800000024", "parts.supply", "phone", ("dissatisfied",), [
        _assign(51.5, "韩梅梅", "王主管"), _plan(50, "王主管", "从邻店调货，周日到", -20), _agree(49.75, "王主管", "同意等到周日"), _out(49.5, "王主管", "已告知调货"),
        _in(26, "韩梅梅", "客户再次来电催问", chase=True)]),
    (51.75, "李雷", "无刹车出现重大事故，要求赔偿", "陈先生", "13800000025", "service.product", "media", ("legal",), [
        _assign(51.5, "赵总", "赵总"), _out(51, "赵总", "已到现场，车辆封存", "walk-in"), _plan(40, "赵总", "第三方检测，费用我方承担", 8), _note(26, "赵总", "检测机构已联系"), _in(6, "赵总", "客户询问检测结果")]),
    (49, "Anna Keller", "Wants to speak to the owner of the dealership", "K. Weiss", "13800000026", "service.quality", "phone", ("asks-higher",), [_assign(48.5, "王主管", "王主管"), _out(47, "王主管", "called back, listening"), _plan(46, "王主管", "meeting on Sunday", 2), _out(25, "王主管", "the owner calls her tonight"), _out(3, "王主管", "asked her for patience")]),
    (47, "李雷", "变速箱顿挫又出现", "吴九", "13800000009", "service.repair", "phone", (), [_plan(46, "李雷", "厂家会诊", 20), _out(40, "李雷", "已约厂家"), _out(20, "李雷", "会诊改到周日")]),
    (40, "韩梅梅", "保险理赔定损太低", "许一", "13800000027", "service.claim", "walk-in", (), [_plan(38, "韩梅梅", "协助复勘", 10), _pause(37, "韩梅梅", "third-party", "等保险公司复勘")]),
    (36, "Anna Keller", "Charged twice for the same service", "D. Rossi", "13800000028", "billing", "web", (), [_out(30, "Anna Keller", "we see the double charge", "mail"), _plan(29, "Anna Keller", "refund within three days", -20), _agree(28, "Anna Keller", "agreed"), _resolve(10, "Anna Keller", "refunded")]),
    (33, "李雷", "贵宾客户接待怠慢", "何总", "13800000029", "service.quality", "phone", ("vip",), [_assign(32.5, "赵总", "赵总"), _out(32, "赵总", "总经理致电道歉"), _plan(31, "赵总", "专属顾问", -10), _agree(30, "赵总", "客户表示谅解")]),
    (30, "韩梅梅", "空调异味", "吕二", "13800000030", "service.repair", "chat", (), [_out(29, "韩梅梅", "约周六来店", "chat"), _plan(28, "韩梅梅", "清洗蒸发箱", 3)]),
    (26, "李雷", "天窗漏水", "施三", "13800000031", "service.product", "phone", (), [_plan(25.5, "李雷", "检查排水管", 4), _pause(25, "李雷", "customer", "客户出差，周一来店", -40)]),
    (25, "Anna Keller", "Warranty claim refused without a reason", "E. Larsen", "13800000043", "service.claim", "phone", (), []),
    (22.5, "李雷", "轮胎鼓包，要求免费更换", "袁一", "13800000044", "parts.quality", "phone", (), [_plan(22, "李雷", "送厂家鉴定", -20)]),
    (22, "Anna Keller", "No answer to my letter of last week", "H. Fischer", None, "service.quality", "letter", (), []),
    (21, "韩梅梅", "新车交付少一把钥匙", "张四", "13800000032", "sales.promise", "walk-in", (), [_plan(20, "韩梅梅", "厂家补发", -30), _agree(19.8, "韩梅梅", "同意等一周")]),
    (18, "李雷", "12315 转来：定金不退", "孔五", "13800000033", "billing", "regulator", (), [_assign(17, "赵总", "赵总"), _out(16, "赵总", "已联系消费者", "phone")]),
    (16, "Anna Keller", "Brakes squeal after the service", "C. Dubois", "13800000034", "service.repair", "phone", (), [_assign(15.5, "赵总", "赵总"), _plan(15, "赵总", "come in at once, loan car ready", 2), _out(14.9, "赵总", "told her not to drive")]),
    (14, "韩梅梅", "维修费与报价不符", "周八", "13800000035", "billing", "phone", ("dissatisfied",), [_out(13.5, "韩梅梅", "正在核对"), _plan(12, "韩梅梅", "按报价结算", -6)]),
    (12, "李雷", "玻璃水喷不出", "曹六", "13800000036", "service.repair", "phone", (), [_plan(11.5, "李雷", "疏通喷嘴", -5)]),
    (9, "Anna Keller", "Parking sensor beeps without reason", "S. Haddad", "13800000037", "service.product", "web", (), [_out(8, "Anna Keller", "received, we look into it", "mail")]),
    (6, "韩梅梅", "发票开错", "孙七", "13800000038", "billing", "phone", (), [_plan(5.5, "韩梅梅", "重开发票", -3)]),
    (4, "李雷", "表扬：技师王师傅耐心细致", "严七", "13800000039", "service.quality", "phone", (), []),
    (2, "Anna Keller", "Waiting for a call back since noon", "B. Osei", "13800000040", "service.quality", "phone", (), []),
    (0.5, "韩梅梅", "微博曝光：提车三天发动机故障灯亮", "华八", "13800000041", "service.product", "social", (), []),
]  # fmt: skip

KINDS = {
    "建议休息区增加充电口": "suggestion",
    "Thank you for the quick repair": "praise",
    "咨询延保条款": "inquiry",
    "表扬：技师王师傅耐心细致": "praise",
}
"""The few that are no complaints."""
