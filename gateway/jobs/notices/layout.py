"""How every mail looks: plain text, and HTML that is made from the same text.

The HTML loads nothing and has no picture and no script. It sets no colour of text or ground, so that a reader's dark mode
shows it as it shows everything else.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from gateway.jobs.notices.values import LINK, Value

_GREETING = {"de": "Guten Tag,", "en": "Hello,"}
_CLOSING = {"de": "Ihr Kundenservice", "en": "Your customer service"}

_PAGE = """\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ margin: 0; padding: 24px 16px; font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif; }}
main {{ max-width: 560px; margin: 0 auto; }}
h1 {{ font-size: 20px; line-height: 1.3; margin: 0 0 24px; padding-bottom: 16px; border-bottom: 1px solid #8888; }}
p, blockquote {{ margin: 0 0 16px; overflow-wrap: anywhere; }}
blockquote {{ padding-left: 16px; border-left: 4px solid #8888; }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
{paragraphs}
</main>
</body>
</html>
"""


def plain(template: str, values: Mapping[str, Value], language: str) -> str:
    """The text of a mail: the template between greeting and closing, with the values in their places."""
    filled = {name: _quoted(value) if isinstance(value, tuple) else value for name, value in values.items()}
    return "\n\n".join(part.format_map(filled) for part in _paragraphs(template, language)) + "\n"


def html(subject: str, template: str, values: Mapping[str, Value], language: str) -> str:
    """The same as HTML. Values are escaped: what a person stored can make neither markup nor a link."""
    filled = {name: _marked(name, value) for name, value in values.items()}
    paragraphs = []
    for part in _paragraphs(template, language):
        tag = "blockquote" if isinstance(values.get(part.strip("{}")), tuple) else "p"
        body = escape(part).replace("\n", "<br>\n").format_map(filled)
        paragraphs.append(f"<{tag}>{body}</{tag}>")
    return _PAGE.format(language=language, title=escape(subject), paragraphs="\n".join(paragraphs))


def _paragraphs(template: str, language: str) -> list[str]:
    return [_GREETING[language], *template.strip().split("\n\n"), _CLOSING[language]]


def _quoted(lines: tuple[str, ...]) -> str:
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _marked(name: str, value: Value) -> str:
    if isinstance(value, tuple):
        return "<br>\n".join(escape(line) for line in value)
    text = escape(value)
    return f'<a href="{text}">{text}</a>' if name in (LINK, "portal") else text
