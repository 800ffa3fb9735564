"""The typefaces of generated pages and stamps: where the files are, what each is for, and which bytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

# Readable ASCII would cost 95 glyphs in every face.
rl_config.ttfAsciiReadable = 0

_NPM = "@expo-google-fonts"
REQUIRED = {
    "serif": f"{_NPM}/noto-serif/400Regular/NotoSerif_400Regular.ttf",
    "serif-bold": f"{_NPM}/noto-serif/700Bold/NotoSerif_700Bold.ttf",
    "serif-italic": f"{_NPM}/noto-serif/400Regular_Italic/NotoSerif_400Regular_Italic.ttf",
    "sans": f"{_NPM}/noto-sans/400Regular/NotoSans_400Regular.ttf",
    "sans-bold": f"{_NPM}/noto-sans/700Bold/NotoSans_700Bold.ttf",
    "sans-italic": f"{_NPM}/noto-sans/400Regular_Italic/NotoSans_400Regular_Italic.ttf",
    "mono": f"{_NPM}/noto-sans-mono/400Regular/NotoSansMono_400Regular.ttf",
    "mono-bold": f"{_NPM}/noto-sans-mono/700Bold/NotoSansMono_700Bold.ttf",
    "hebrew": f"{_NPM}/noto-sans-hebrew/400Regular/NotoSansHebrew_400Regular.ttf",
    "arabic": f"{_NPM}/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf",
    "devanagari": f"{_NPM}/noto-sans-devanagari/400Regular/NotoSansDevanagari_400Regular.ttf",
    "dejavu": "dejavu-fonts-ttf/ttf/DejaVuSans.ttf",
}
# Larger sets come from the system's packages (fonts-droid-fallback, fonts-nanum) where they are installed.
OPTIONAL = {
    "han": "truetype/droid/DroidSansFallbackFull.ttf",
    "hangul": "truetype/nanum/NanumGothic.ttf",
}
SYSTEM_FONTS = Path("/usr/share/fonts")
FALLBACKS = ("sans", "hebrew", "arabic", "devanagari", "han", "hangul", "dejavu")

# Shaping gives glyphs without a character private numbers in the order in which they turn up, so these faces
# are loaded anew for each volume: a warm process must write the same bytes as a fresh one.
_SHAPED = {"arabic", "devanagari", "dejavu"}
_loaded: dict[tuple[Path, str], TTFont] = {}


class FontsMissing(Exception):
    """Typefaces are not installed; the text names the files."""


class FontsChanged(Exception):
    """A typeface is not the one that the plan was frozen with; the text names it."""


@dataclass(frozen=True)
class FontFiles:
    """The files found, by face, and the SHA-256 of each."""

    paths: Mapping[str, Path]
    digests: Mapping[str, str]

    @property
    def pins(self) -> dict[str, str]:
        """File name → SHA-256 in hex, as a plan freezes them."""
        return {self.paths[face].name: digest for face, digest in self.digests.items()}

    def pinned(self, pins: Mapping[str, str]) -> "FontFiles":
        """Return only the files that `pins` names. Raises FontsChanged where one is missing or another."""
        by_name = {path.name: face for face, path in self.paths.items()}
        for name, digest in pins.items():
            if name not in by_name or self.digests[by_name[name]] != digest:
                raise FontsChanged(f"The typeface {name} is not the one this bundle was planned with.")
        faces = [face for face in self.paths if self.paths[face].name in pins]
        return FontFiles({face: self.paths[face] for face in faces}, {face: self.digests[face] for face in faces})

    def load(self, face: str) -> TTFont | None:
        """Load a face and register it with the drawing library; None where it is not installed."""
        path = self.paths.get(face)
        if path is None:
            return None
        key = (path, self.digests[face])
        font = None if face in _SHAPED else _loaded.get(key)
        if font is None:
            font = TTFont(f"{path.stem}-{self.digests[face][:8]}", str(path))
            _loaded[key] = font
        pdfmetrics.registerFont(font)
        return font


def find_fonts(root: Path, system: Path = SYSTEM_FONTS) -> FontFiles:
    """Find the typefaces under `root` (the folder of installed npm packages) and `system`.

    Raises FontsMissing when a required one is not there.
    """
    paths = {face: root / name for face, name in REQUIRED.items()}
    missing = [str(path) for path in paths.values() if not path.is_file()]
    if missing:
        names = ", ".join(Path(name).name for name in missing[:3])
        raise FontsMissing(f"The typefaces of generated pages are not installed ({names}…): run npm ci.")
    for face, name in OPTIONAL.items():
        if (system / name).is_file():
            paths[face] = system / name
    return FontFiles(paths, {face: _digest(path) for face, path in paths.items()})


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
