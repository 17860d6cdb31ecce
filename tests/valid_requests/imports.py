"""Imports."""

from tests.personas import Cast
from tests.valid_requests import Call, operation

FILE = "nimi;sektori;yhdistysrekisterinumero;kotikunta\nIkäihmisten Tuki ry;järjestö;123.456;Oulu\n"
SENT = {"content": FILE.encode(), "headers": {"Content-Type": "text/csv"}}


async def _sent(cast: Cast) -> str:
    answer = await cast["operator"].request("POST", "/imports?kind=organisations", **SENT)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


@operation("imports_create_import")
async def create_import(_: Cast) -> Call:
    return Call("POST", "/imports?kind=organisations&dry_run=true", by="operator", options=SENT)


@operation("imports_list_imports")
async def list_imports(cast: Cast) -> Call:
    await _sent(cast)
    return Call("GET", "/imports", by="operator")


@operation("imports_get_import")
async def get_import(cast: Cast) -> Call:
    return Call("GET", f"/imports/{await _sent(cast)}", by="operator")


@operation("imports_export_errors")
async def export_errors(cast: Cast) -> Call:
    return Call("GET", f"/imports/{await _sent(cast)}/errors.csv", by="operator")


@operation("imports_cancel_import")
async def cancel_import(cast: Cast) -> Call:
    return Call("POST", f"/imports/{await _sent(cast)}/cancel", by="operator", if_match=1)
