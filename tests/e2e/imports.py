"""Imports to look at, each as far as it comes by itself."""

from tests.e2e.site import Api
from tests.waiting import until

IMPORTED = {
    "refused import": "name_fi;sector;business_id\n;association;1\nOulun Uusi ry;tuntematon;\n",
    "tried import": "nimi;sektori;yhdistysrekisterinumero;kotikunta;kenkä\nUusi ry;yhdistys;111300;Oulu;43\n"
    "Virhe ry;yhdistys;111301;Eiole;44\nToistettu ry;yhdistys;111300;Oulu;45\n",
    "strange import": "nimi;laji\nUusi ry;yhdistys\n",
}
"""Files of organisations; the first is imported at once, of the others there is a trial run."""


async def imports(operator: Api) -> dict[str, str]:
    """Send them; back once they wait for somebody or have ended."""
    made = {}
    for name, file in IMPORTED.items():
        dry = {} if name == "refused import" else {"dry_run": "true"}
        made[name] = operator.upload("imports", file, kind="organisations", file_name="yhdistykset.csv", **dry)["id"]

    def ended() -> bool:
        return {operator.get(f"imports/{one}")["state"] for one in made.values()} == {"refused", "tried"}

    await until(ended)
    return made
