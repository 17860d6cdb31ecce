"""Imports."""

from tests.cast import Cast
from tests.operations import Call, operation

FILE = "nimi;sektori;yhdistysrekisterinumero;kotikunta\nIkäihmisten Tuki ry;järjestö;123.456;Oulu\n"


@operation("imports_import_organisations")
async def import_organisations(_: Cast) -> Call:
    options = {"content": FILE.encode(), "headers": {"Content-Type": "text/csv"}}
    return Call("POST", "/imports/organisations", by="operator", options=options)
