"""Options that commands on documents share: kind, language, template, signature."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.i18n import _ as translate
from app.reports.kinds import DocumentKind

if TYPE_CHECKING:
    from app.reports.house import House
    from app.services.signing import Signer

VARIABLE = "BLUECARBON_PASSPHRASE"
"""Environment variable that holds a passphrase or PIN where nobody can be asked."""

Command = Callable[..., None]


def kind_option(*, text: str, required: bool = False) -> Callable[[Command], Command]:
    names = [kind.value for kind in DocumentKind]
    return click.option("--kind", type=click.Choice(names), required=required, help=text)


def language_option(command: Command) -> Command:
    return click.option(
        "--lang",
        "language",
        type=click.Choice(["zh", "en", "both"]),
        default="both",
        show_default=True,
        help=translate("Language of the document."),
    )(command)


def house_options(command: Command) -> Command:
    command = click.option(
        "--logo",
        type=click.Path(path_type=Path),
        help=translate("Picture of the logo, PNG or JPEG, beside the template."),
    )(command)
    return click.option(
        "--house",
        type=click.Path(path_type=Path),
        help=translate("Template of the house, a JSON file."),
    )(command)


def house_of(house: Path | None, logo: Path | None) -> "House | None":
    """Return the template of a file, None without one.

    Raises:
        CaseRefused: what is wrong with it.
    """
    from app.services.templates import read_house_file  # noqa: PLC0415

    if house is None:
        if logo is not None:
            raise click.UsageError(translate("A logo goes with a template: give --house as well."))
        return None
    return read_house_file(house, logo)


def signing_options(command: Command) -> Command:
    for names, text, kind in (
        (
            ("--passphrase-file",),
            translate("File whose first line is the passphrase or PIN; else it is asked for."),
            click.Path(path_type=Path),
        ),
        (("--key",), translate("Label of key and certificate in the token."), None),
        (("--token",), translate("Label of the token."), None),
        (
            ("--pkcs11",),
            translate("Sign with a token: driver of its maker (a PKCS#11 library)."),
            click.Path(path_type=Path),
        ),
        (
            ("--sign",),
            translate("Sign with the certificate and key of a file (PKCS#12)."),
            click.Path(path_type=Path),
        ),
    ):
        command = click.option(*names, type=kind, help=text)(command)
    return command


def signer_of(
    *,
    sign: Path | None,
    pkcs11: Path | None,
    token: str | None,
    key: str | None,
    passphrase_file: Path | None,
) -> "Signer | None":
    """Return what signs, None without a certificate; the passphrase is read or asked for."""
    if sign is None and pkcs11 is None:
        if token or key or passphrase_file:
            raise click.UsageError(translate("To sign, give --sign or --pkcs11."))
        return None
    from app.services.signing import FileSigner, TokenSigner  # noqa: PLC0415

    if sign is not None:
        if pkcs11 is not None:
            raise click.UsageError(translate("Sign with a file or with a token, not with both."))
        return FileSigner(sign, secret(passphrase_file, translate("Passphrase")))
    if pkcs11 is None or not token or not key:
        raise click.UsageError(translate("A token needs --pkcs11, --token and --key."))
    return TokenSigner(pkcs11, token, key, secret(passphrase_file, translate("PIN")))


def secret(file: Path | None, asked: str, *, twice: bool = False) -> str:
    """Return a passphrase: the first line of a file, the environment variable, or as typed.

    It is never an argument: those are seen by every user of the machine.
    """
    if file is not None:
        try:
            lines = file.read_text(encoding="utf-8-sig").splitlines()
        except UnicodeDecodeError as error:
            text = translate("The file of the passphrase is not UTF-8.")
            raise click.BadParameter(text, param_hint="--passphrase-file") from error
        return lines[0] if lines else ""
    held = os.environ.get(VARIABLE)
    if held is not None:
        return held
    typed: Any = click.prompt(asked, hide_input=True, confirmation_prompt=twice, err=True)
    return str(typed)
