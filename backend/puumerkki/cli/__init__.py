"""The `puumerkki` command."""

import typer

from puumerkki.cli import accounts, demo, description, importing, serving, verifying

app = typer.Typer(
    name="puumerkki",
    help="Networks of municipalities, wellbeing services counties and associations.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command("serve")(serving.serve)
app.command("worker")(serving.worker)
app.command("migrate")(serving.migrate_database)
app.command("demo")(demo.demo)
app.add_typer(importing.app, name="import")
app.command("verify")(verifying.verify)
app.command("create-operator")(accounts.create_operator)
app.command("openapi")(description.openapi)
