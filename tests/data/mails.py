"""E-mail messages for the tests, as bytes."""

from email.message import EmailMessage

HEAD = b"From: Marian <m@x.example>\r\nTo: a@y.example\r\nSubject: Retreat\r\n"
INNER = b"From: c@z.example\r\nSubject: Inner/one\r\n\r\nwords \xff\r\n"
PLAIN = b"Content-Type: text/plain; charset=utf-8\r\n\r\ncaf\xc3\xa9"
HTML = b"Content-Type: text/html\r\n\r\n<p>caf\xc3\xa9</p>"
PDF = (
    b'Content-Type: application/pdf; name="a.pdf"\r\nContent-Disposition: attachment; filename="a.pdf"\r\n'
    b"Content-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjQK"
)


def mixed(*parts: bytes, kind: bytes = b"mixed") -> bytes:
    """A message of several parts; `kind` is the rest of its content type."""
    return (
        HEAD
        + b'Content-Type: multipart/%s; boundary="b"\r\n\r\npreamble\r\n' % kind
        + b"".join(b"--b\r\n" + part + b"\r\n" for part in parts)
        + b"--b--\r\n"
    )


def nested(count: int) -> bytes:
    """An e-mail with so many e-mails in it, each with two short texts."""
    outer = EmailMessage()
    outer["From"], outer["Subject"] = "a@example.org", "outer"
    outer.set_content("Outer words.")
    for number in range(count):
        inner = EmailMessage()
        inner["From"], inner["Subject"] = "b@example.org", f"inner {number}"
        inner.set_content("Inner words.")
        for letter in "ab":
            inner.add_attachment(f"{number}{letter}".encode(), maintype="text", subtype="plain", filename="t.txt")
        outer.add_attachment(inner, filename=f"inner{number}.eml")
    return outer.as_bytes()
