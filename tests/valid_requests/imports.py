"""Imports."""

from puumerkki.imports import jobs as import_jobs
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


@operation("imports_get_template")
async def get_template(_: Cast) -> Call:
    return Call("GET", "/imports/templates/needs.xlsx?language=sv", by="anonymous")


@operation("imports_export_errors")
async def export_errors(cast: Cast) -> Call:
    return Call("GET", f"/imports/{await _sent(cast)}/errors.csv", by="operator")


@operation("imports_cancel_import")
async def cancel_import(cast: Cast) -> Call:
    return Call("POST", f"/imports/{await _sent(cast)}/cancel", by="operator", if_match=1)


async def _tried(cast: Cast) -> str:
    answer = await cast["operator"].request("POST", "/imports?kind=organisations&dry_run=true", **SENT)
    job_id = str(answer.json()["id"])
    await import_jobs.run(job_id=job_id)
    return f"/imports/{job_id}"


async def _version(cast: Cast, path: str) -> int:
    return int((await cast["operator"].get(path)).json()["version"])


@operation("imports_list_rows")
async def list_rows(cast: Cast) -> Call:
    return Call("GET", f"{await _tried(cast)}/rows", by="operator")


@operation("imports_count_rows")
async def count_rows(cast: Cast) -> Call:
    return Call("GET", f"{await _tried(cast)}/counts", by="operator")


@operation("imports_update_row")
async def update_row(cast: Cast) -> Call:
    return Call("PATCH", f"{await _tried(cast)}/rows/2", by="operator", json={"decision": "skip"})


@operation("imports_export_result")
async def export_result(cast: Cast) -> Call:
    return Call("GET", f"{await _tried(cast)}/result.csv", by="operator")


@operation("imports_try_import")
async def try_import(cast: Cast) -> Call:
    path = await _tried(cast)
    return Call("POST", f"{path}/try", by="operator", if_match=await _version(cast, path), json={})


@operation("imports_apply_import")
async def apply_import(cast: Cast) -> Call:
    path = await _tried(cast)
    return Call("POST", f"{path}/apply", by="operator", if_match=await _version(cast, path), json={})


@operation("imports_undo_import")
async def undo_import(cast: Cast) -> Call:
    answer = await cast["operator"].request("POST", "/imports?kind=organisations", **SENT)
    path = f"/imports/{answer.json()['id']}"
    await import_jobs.run(job_id=answer.json()["id"])
    return Call("POST", f"{path}/undo", by="operator", if_match=await _version(cast, path))


@operation("imports_bring_lines")
async def bring_lines(_: Cast) -> Call:
    line = b'{"name_fi":"Rivin Tuki ry","sector":"association","association_register_number":"99123"}\n'
    sent = {"content": line, "headers": {"Content-Type": "application/x-ndjson"}}
    return Call("POST", "/imports/bulk?kind=organisations&dry_run=true", by="operator", options=sent)
