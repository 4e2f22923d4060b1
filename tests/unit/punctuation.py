"""Punctuation of Chinese texts: full width beside Chinese characters (GB/T 15834)."""

import re

FULL = {",": "\uff0c", ";": "\uff1b", ":": "\uff1a", "?": "\uff1f", "!": "\uff01", "(": "\uff08", ")": "\uff09"}
HAN = r"\u3400-\u9fff\u3001\u3002\u201c\u201d\uff08\uff09\u300a\u300b"
AFTER = re.compile(rf"(?<=[{HAN}])[ ]?([,;:?!])[ ]?(?!//)")
BEFORE = re.compile(rf"(?<=[\w%)\}}\]\u201d'])([,;:?!])[ ]?(?=\{{?[{HAN}])")
JOINT = re.compile(r"(?:(?<=\})|^)([,;:?])(?=[\w{]|$)")  #: beside what will be filled in
WRITTEN = re.compile(r"(\u201c[^\u201d]*: [^\u201d]*\u201d)")  #: what is typed into a file stays as it is typed
PAIR = re.compile(r"\(([^()]*)\)")


def full_width(text):
    """Return a text with the marks that stand beside Chinese characters in full width.

    >>> full_width("甲,乙(丙);1,000 元:50:50?")
    '甲\uff0c乙\uff08丙\uff09\uff1b1,000 元\uff1a50:50?'
    """

    def pair(match):
        inside = match[1]
        beside = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
        chinese = re.search(rf"[{HAN}]", inside) or re.search(rf"[{HAN}]", beside) or re.fullmatch(r"\{\w+\}", inside)
        return f"\uff08{inside}\uff09" if chinese else match[0]

    if not re.search(r"[\u3400-\u9fff]", text):
        if re.search(r"[A-Za-z0-9]", re.sub(r"\{\w+\}", "", text)):
            return text
        return FULL.get(text.strip()) or JOINT.sub(lambda match: FULL[match[1]], text)  # what joins names
    if WRITTEN.search(text):
        return "".join(part if k % 2 else full_width(part) for k, part in enumerate(WRITTEN.split(text)))
    previous = None
    while previous != text:
        previous, text = text, PAIR.sub(pair, text)
        text = AFTER.sub(lambda match: FULL[match[1]], text)
        text = BEFORE.sub(lambda match: FULL[match[1]], text)
        text = JOINT.sub(lambda match: FULL[match[1]], text)
    return text
