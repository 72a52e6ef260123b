"""Amounts of money in Chinese capitals (大写), as promissory documents need them."""

from decimal import Decimal

from app.finance.errors import DomainError
from app.finance.money import round_to_fen

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
LIMIT = Decimal(10) ** 16


def _group(value: int) -> str:
    """Write 1 to 9999 without leading zeros."""
    text = ""
    zero = False
    for place in range(3, -1, -1):
        digit = value // 10**place % 10
        if digit == 0:
            zero = bool(text)
            continue
        text += ("零" if zero else "") + _DIGITS[digit] + _PLACES[place]
        zero = False
    return text


def _below_hundred_million(value: int) -> str:
    high, low = divmod(value, 10_000)
    text = f"{_group(high)}万" if high else ""
    if low:
        text += ("零" if high and low < 1000 else "") + _group(low)
    return text


def _whole(value: int) -> str:
    high, low = divmod(value, 100_000_000)
    text = f"{_below_hundred_million(high)}亿" if high else ""
    if low:
        text += ("零" if high and low < 10_000_000 else "") + _below_hundred_million(low)
    return text


def _parts_of_a_yuan(jiao: int, fen: int, *, after_zero: bool) -> str:
    """Write jiao and fen; a zero before them is written when the yuan's or the jiao's place is."""
    zero = "零" if after_zero else ""
    if fen:
        return f"{zero}{_DIGITS[jiao]}角{_DIGITS[fen]}分" if jiao else f"{zero}{_DIGITS[fen]}分"
    return f"{zero}{_DIGITS[jiao]}角整" if jiao else "整"


def capital_amount(yuan: Decimal) -> str:
    """Write an amount in capitals: 20,000,000.00 becomes 贰仟万元整.

    Source: 支付结算办法, annex 1 (正确填写票据和结算凭证的基本规定): zeros between digits are
    written once; 整 follows yuan and jiao and not fen. Of the forms it allows for
    1,680.32 and 107,000.53 the first one is taken: 捌拾元零叁角贰分, 柒仟元零伍角叁分.

    Raises:
        DomainError: `amount_too_large` at 10^16 yuan and above.
    """
    amount = round_to_fen(yuan)
    if abs(amount) >= LIMIT:
        raise DomainError("amount_too_large", value=amount, limit=LIMIT)
    total_fen = int(abs(amount) * 100)
    whole, jiao, fen = total_fen // 100, total_fen // 10 % 10, total_fen % 10
    if total_fen == 0:
        return "零元整"
    yuan_text = f"{_whole(whole)}元" if whole else ""
    after_zero = bool(whole) and (whole % 10 == 0 or jiao == 0)
    text = yuan_text + _parts_of_a_yuan(jiao, fen, after_zero=after_zero)
    return f"负{text}" if amount < 0 else text
