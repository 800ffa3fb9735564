"""Form fields for what is kept as JSON or joined text: words by language, lists of codes, lists of addresses."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LANGUAGES = (("en", gettext_lazy("English")), ("es", gettext_lazy("Spanish")))


class TextsWidget(forms.MultiWidget):
    """One control for each language, each named for it."""

    template_name = "admin/widgets/texts.html"

    def __init__(self, rows: int = 1) -> None:
        kind: type[forms.Widget] = forms.Textarea if rows > 1 else forms.TextInput
        shape = {"rows": rows} if rows > 1 else {"class": "vTextField"}
        super().__init__({code: kind({**shape, "lang": code}) for code, _label in LANGUAGES})

    def decompress(self, value: Mapping[str, str] | None) -> list[str]:
        """The text of each language, in their order."""
        return [(value or {}).get(code, "") for code, _label in LANGUAGES]

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict:
        """Each control with the name of its language, which labels it."""
        context = super().get_context(name, value, attrs)
        for control, (_code, label) in zip(context["widget"]["subwidgets"], LANGUAGES, strict=True):
            control["language"] = label
        return context


class TextsField(forms.MultiValueField):
    """Words by language, as `{"en": …, "es": …}`. English is asked for; a language left empty makes no entry.

    Texts in other languages, which a file may have brought, are kept.
    """

    def __init__(self, *, rows: int = 1, required: bool = True, **kwargs: Any) -> None:
        parts = [forms.CharField(required=required and code == "en") for code, _label in LANGUAGES]
        super().__init__(parts, widget=TextsWidget(rows), required=required, require_all_fields=False, **kwargs)
        self.kept: dict[str, str] = {}

    def keep(self, value: Mapping[str, str] | None) -> None:
        """Remember what the row holds in languages that have no control."""
        known = {code for code, _label in LANGUAGES}
        self.kept = {code: text for code, text in (value or {}).items() if code not in known}

    def compress(self, data_list: list[str]) -> dict[str, str]:
        """The mapping as stored."""
        codes = (code for code, _label in LANGUAGES)
        told = {code: text for code, text in zip(codes, data_list or (), strict=False) if text}
        return {**told, **self.kept} if told else {}

    def validate(self, value: dict[str, str]) -> None:
        """Every text has an English form, since English is what is shown where another is missing."""
        super().validate(value)
        if value and not value.get("en"):
            raise ValidationError(_("The English text is missing."))


class ListField(forms.CharField):
    """Codes in their order, written with commas between them; kept as a list."""

    def prepare_value(self, value: Any) -> Any:
        """The list as one line."""
        return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> list[str]:
        """The list, each code once, in the order given."""
        text = ", ".join(map(str, value)) if isinstance(value, list | tuple) else super().to_python(value)
        parts = (part.strip() for part in text.replace("\n", ",").split(","))
        return list(dict.fromkeys(part for part in parts if part))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another list is meant, however it is spaced."""
        return list(initial or []) != self.to_python(data or "")


class AddressesField(forms.CharField):
    """Web addresses, one on each line; kept as one text with semicolons between them."""

    def __init__(self, **kwargs: Any) -> None:
        help_text = gettext_lazy("Where this can be read. One web address on each line.")
        given = {"required": False, "label": gettext_lazy("Sources"), "help_text": help_text}
        super().__init__(**{**given, "widget": forms.Textarea({"rows": 3}), **kwargs})
        self._address = forms.URLField(assume_scheme="https")

    def prepare_value(self, value: Any) -> Any:
        """One address on each line."""
        return "\n".join(str(value or "").replace("\r", "").split(";"))

    def clean(self, value: Any) -> str:
        """The joined text; every line must be a web address."""
        lines = [line.strip() for line in super().clean(value).replace(";", "\n").splitlines() if line.strip()]
        for line in lines:
            try:
                self._address.clean(line)
            except ValidationError:
                words = _("“%(line)s” is not a web address.") % {"line": line}
                raise ValidationError(words) from None
        return ";".join(lines)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other addresses are meant."""
        told = [line.strip() for line in str(data or "").replace(";", "\n").splitlines() if line.strip()]
        return [part for part in str(initial or "").split(";") if part] != told
