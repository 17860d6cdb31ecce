"""The `puumerkki` command."""

import typer

from puumerkki.cli.accounts import create_operator
from puumerkki.cli.auditing import app as auditing
from puumerkki.cli.bounces import bounces
from puumerkki.cli.demo import demo
from puumerkki.cli.description import openapi
from puumerkki.cli.doctor import doctor
from puumerkki.cli.importing import import_file
from puumerkki.cli.keys import app as keys
from puumerkki.cli.remote_import import undo_import
from puumerkki.cli.remote_options import choose_server
from puumerkki.cli.restoring import restore_check
from puumerkki.cli.serving import migrate_database, serve, worker
from puumerkki.cli.verifying import verify

app = typer.Typer(
    name="puumerkki",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.callback()(choose_server)
app.command("serve")(serve)
app.command("worker")(worker)
app.command("migrate")(migrate_database)
app.command("demo")(demo)
app.command("restore-check")(restore_check)
app.command("import")(import_file)
app.command("undo-import")(undo_import)
app.add_typer(auditing, name="audit")
app.add_typer(keys, name="keys")
app.command("verify")(verify)
app.command("create-operator")(create_operator)
app.command("openapi")(openapi)
app.command("doctor")(doctor)
app.command("bounces")(bounces)
