"""The floor that commands are measured beside: the smallest program that Typer can make."""

import typer

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


@app.command()
def main(name: str = "x") -> None:
    """Print a name."""
    print(name)


app()
