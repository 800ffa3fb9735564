"""The words of a web page: visible text with its blocks apart, without scripts, styles and markup. Pure."""

import re
from html.parser import HTMLParser

_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "center", "caption", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "html", "head",
    "legend", "li", "main", "nav", "ol", "option", "p", "pre", "section", "summary", "table", "tbody", "tfoot",
    "thead", "title", "tr", "ul",
    # Drawings (SVG): each stretch of text stands by itself.
    "text", "desc",
}  # fmt: skip
_AIRY = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "ul", "ol", "pre", "title"}
_CELLS = {"td", "th"}
# Their content is no text for people. The parser itself reads both as one piece up to their end.
_DROPPED = {"script", "style"}
_KEEPS_SPACES = {"pre", "textarea"}

_SPACES = re.compile(r"[ \t\r\n\f]+")
_CHARSET = re.compile(rb"<(?:meta\b[^>]{0,400}?charset|\?xml\b[^>]{0,200}?encoding)\s*=\s*[\"']?([\w.:-]{1,40})", re.I)
_CHARSET_WITHIN = 4096
_DEEPEST_LIST = 50
# What the parser would go through again and again: declarations in brackets, and "<" that begins no whole tag.
_BRACKETED = re.compile(r"<!\[CDATA\[|\]\]>|<!\[[^<>]*>")
_STRAY = re.compile(r"<(?![^<>]*>)")


def declared_charset(data: bytes) -> str:
    """The charset that a web page or XML file names in its beginning; "" where it names none."""
    found = _CHARSET.search(data[:_CHARSET_WITHIN])
    return found.group(1).decode("ascii", "replace") if found else ""


def visible_text(source: str) -> str:
    """The text of HTML or SVG, blocks on lines of their own and an empty line around paragraphs.

    Pictures give their description in square brackets. Broken markup gives what can be read of it.
    """
    reader = _Reader()
    try:
        reader.feed(_STRAY.sub("&lt;", _BRACKETED.sub("", _without_remarks(source))))
        reader.close()
    except AssertionError:
        # The parser says so where it gives up; with the markup shown, no word is lost.
        return source
    return reader.text()


def _without_remarks(source: str) -> str:
    kept = []
    start = 0
    while (begin := source.find("<!--", start)) >= 0:
        end = source.find("-->", begin + 2)
        kept.append(source[start:begin])
        if end < 0:
            # One that never ends is no remark: what stands behind it is shown.
            return "".join([*kept, source[begin:].replace("<!--", "")])
        start = end + 3
    return "".join([*kept, source[start:]])


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line: list[str] = []
        self._lists: list[int] = []
        self._dropping = ""
        self._keeping = 0

    def text(self) -> str:
        self._end_line()
        return "\n".join(self._lines).strip("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _DROPPED:
            self._dropping = tag
        elif tag == "br":
            self._lines.append(self._taken())
        elif tag == "hr":
            self._end_line()
            self._lines.append("\u2014\u2014\u2014")
        elif tag == "img":
            words = " ".join((dict(attrs).get("alt") or "").split())
            if words:
                self._line.append(f"[{words}]")
        elif tag in _CELLS:
            if "".join(self._line).strip():
                self._line.append("\t")
        elif tag in _BLOCKS:
            self._begin_block(tag)
        if tag in _KEEPS_SPACES:
            self._keeping += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # <script/> closes nothing in HTML and everything in SVG; taken as closed, no words are lost.
        if tag not in _DROPPED:
            super().handle_startendtag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == self._dropping:
            self._dropping = ""
        if tag in _KEEPS_SPACES:
            self._keeping = max(0, self._keeping - 1)
        if tag in _BLOCKS:
            self._end_line()
            if tag in ("ol", "ul") and self._lists:
                self._lists.pop()
            if tag in _AIRY:
                self._leave_air()

    def handle_data(self, data: str) -> None:
        if self._dropping:
            return
        if self._keeping:
            first, *rest = data.split("\n")
            self._line.append(first)
            for line in rest:
                self._lines.append(self._taken())
                self._line.append(line)
            return
        words = _SPACES.sub(" ", data)
        at_start = not self._line or self._line[-1][-1:] in (" ", "\t", "")
        self._line.append(words.lstrip(" ") if at_start else words)

    def _begin_block(self, tag: str) -> None:
        self._end_line()
        if tag in _AIRY:
            self._leave_air()
        if tag in ("ol", "ul") and len(self._lists) < _DEEPEST_LIST:
            self._lists.append(0 if tag == "ol" else -1)
        if tag != "li":
            return
        indent = "    " * max(0, len(self._lists) - 1)
        if self._lists and self._lists[-1] >= 0:
            self._lists[-1] += 1
            self._line.append(f"{indent}{self._lists[-1]}. ")
        else:
            self._line.append(f"{indent}\u2022 ")

    def _taken(self) -> str:
        line = "".join(self._line).rstrip()
        self._line = []
        return line

    def _end_line(self) -> None:
        line = self._taken()
        if line:
            self._lines.append(line)

    def _leave_air(self) -> None:
        if self._lines and self._lines[-1]:
            self._lines.append("")
