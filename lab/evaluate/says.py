"""Whether an answer says a word: what makes a short answer right, in English and in Chinese. Imports nothing heavy."""

import re

CHINESE_DIGITS = "零一二三四五六七八九十百两"


def says(answer: str, key: str) -> bool:
    """Whether the answer holds this key: as a whole word, or in Chinese, which has no spaces, not after 不 or 没.

    Numbers are whole, in Chinese too: 十二月 does not say 二月. A key after ^ has to open the answer.
    """
    opens, key = key.startswith("^"), key.removeprefix("^")
    if key.lower() not in answer.lower():
        return False  # a list has hundreds of keys: no pattern for those that are not there
    edge = "A-Za-z0-9_" if key.isascii() else "不没"
    for digits in (CHINESE_DIGITS, "0123456789"):
        if key[0] in digits:
            edge += digits
    if key.isascii():
        after = "(?![A-Za-z0-9_])"
    else:
        after = next((f"(?![{digits}])" for digits in (CHINESE_DIGITS, "0123456789") if key[-1] in digits), "")
    pattern = rf"(?<![{edge}]){re.escape(key)}{after}"
    return (re.match if opens else re.search)(pattern, answer, re.I) is not None
