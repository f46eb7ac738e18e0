"""`recourse completion`: print the completion script of a shell"""

import click
from click.shell_completion import get_completion_class


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the completion script of SHELL.

    \b
    bash: echo 'eval "$(recourse completion bash)"' >> ~/.bashrc
    zsh:  echo 'eval "$(recourse completion zsh)"' >> ~/.zshrc
    fish: recourse completion fish > ~/.config/fish/completions/recourse.fish
    """
    kind = get_completion_class(shell)
    if kind is not None:
        click.echo(kind(ctx.find_root().command, {}, "recourse", "_RECOURSE_COMPLETE").source())
