"""Fields of a desk's own for tests: what a policy's data and its file say of them."""

from __future__ import annotations

from typing import Any

from tests.support.rules import policy, rules

CHOICES = [{"code": "slight", "en": "slight", "zh": "轻微"}, {"code": "grave", "en": "grave", "zh": "严重"}]


def field(code: str, on: str = "case", type_: str = "text", **more: Any) -> dict[str, Any]:
    """A field; its names are its code unless said otherwise."""
    names = {"en": code, "zh": code}
    return {"code": code, **names, "on": on, "type": type_, "choices": [], "required": "never", **more}


ORDER = field("order-number", en="order number", zh="订单号")
SEVERITY = field("severity", type_="choice", en="how bad", zh="严重程度", choices=CHOICES)
ELIGIBLE = field("eligible", type_="yes-no", zh="符合条件")
JOB = field("job", "customer", en="occupation", zh="职业")
MILEAGE = field("mileage", "product", "number", zh="里程")
BOUGHT = field("bought-on", "product", "date", en="bought on", zh="购买日期")
ALL = [ORDER, SEVERITY, ELIGIBLE, JOB, MILEAGE, BOUGHT]


def needing(when: str, *codes: str) -> list[dict[str, Any]]:
    """All of them, these needed at opening or at resolving."""
    return [{**one, "required": when} if one["code"] in codes else one for one in ALL]


def own_policy(fields: list[dict[str, Any]] | None = None) -> Any:
    """The shipped policy with these fields."""
    return policy({"fields": ALL if fields is None else fields})


def own_rules(fields: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """The same as data that a desk can apply."""
    return rules({"fields": ALL if fields is None else fields})


FILE = """\
name = "garage"
[levels.1]
en = "one"
limit = "24h"
[[fields]]
code = "order-number"
en = "order number"
zh = "订单号"
on = "case"
type = "text"
{order}
[[fields]]
code = "severity"
en = "how bad"
zh = "严重程度"
on = "case"
type = "choice"
choices = [{{ code = "slight", en = "slight", zh = "轻微" }}, {{ code = "grave", en = "grave", zh = "严重" }}]
{severity}
[[fields]]
code = "eligible"
en = "eligible"
zh = "符合条件"
on = "case"
type = "yes-no"
[[fields]]
code = "job"
en = "occupation"
zh = "职业"
on = "customer"
type = "text"
[[fields]]
code = "mileage"
en = "mileage"
zh = "里程"
on = "product"
type = "number"
[[fields]]
code = "bought-on"
en = "bought on"
zh = "购买日期"
on = "product"
type = "date"
{bought}
"""


def file(order: str = "never", severity: str = "never", bought: str = "never") -> str:
    """A policy file with these fields, some of them required."""
    said = {"order": order, "severity": severity, "bought": bought}
    return FILE.format(**{name: f'required = "{when}"' for name, when in said.items()})
