"""Pages of pictures: bytes kept, upright, within bounds."""

import io
import struct
import zlib

import pikepdf
import pillow_heif
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from tracker.files.rendering import images
from tracker.files.rendering.rendered import CannotRender


def picture(size=(300, 200), mode="RGB"):
    """Red in its upper left corner, blue elsewhere."""
    image = Image.new("RGB", size, (0, 0, 220))
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 3, size[1] // 3), fill=(220, 0, 0))
    return image.convert(mode)


def encoded(form, image=None, **options):
    out = io.BytesIO()
    (image or picture()).save(out, form, **options)
    return out.getvalue()


def look(path, page=0):
    """A page as it is displayed, and its size in points."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        return pdf[page].render(scale=1).to_pil().convert("RGB"), pdf[page].get_size()
    finally:
        pdf.close()


def red_corner(image):
    """Where the red is: "left upper", "right lower" …"""
    pixels = [
        (x, y)
        for x in range(0, image.width, 4)
        for y in range(0, image.height, 4)
        if image.getpixel((x, y))[0] > 150 and image.getpixel((x, y))[2] < 100
    ]
    blue = [
        (x, y)
        for x in range(0, image.width, 4)
        for y in range(0, image.height, 4)
        if image.getpixel((x, y))[2] > 150 and image.getpixel((x, y))[0] < 100
    ]
    middle = [sum(point[axis] for point in blue) / len(blue) for axis in (0, 1)]
    mine = [sum(point[axis] for point in pixels) / len(pixels) for axis in (0, 1)]
    return f"{'left' if mine[0] < middle[0] else 'right'} {'upper' if mine[1] < middle[1] else 'lower'}"


def test_the_bytes_of_a_photo_are_kept(job_of):
    data = encoded("JPEG", quality=80)
    made = images.make(job_of(data, "jpeg"))

    with pikepdf.open(made.pdf) as pdf:
        (image,) = pdf.pages[0].get_images().values()
        assert image.read_raw_bytes() == data
    assert (made.how, "kept" in made.tool) == ("image", True)


def test_the_packed_pixels_of_a_png_are_kept(job_of):
    data = encoded("PNG")
    at = data.index(b"IDAT")
    packed = data[at + 4 : at + 4 + int.from_bytes(data[at - 4 : at])]
    made = images.make(job_of(data, "png"))

    with pikepdf.open(made.pdf) as pdf:
        (image,) = pdf.pages[0].get_images().values()
        assert image.read_raw_bytes() == packed


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("png", encoded("PNG")),
        ("png", encoded("PNG", picture(mode="RGBA"))),
        ("png", encoded("PNG", picture(mode="P"))),
        ("png", encoded("PNG", picture(mode="LA"))),
        ("gif", encoded("GIF")),
        ("webp", encoded("WEBP")),
        ("jpeg", encoded("JPEG", picture(mode="CMYK"))),
        ("tiff", encoded("TIFF")),
    ],
)
def test_every_kind_becomes_one_page_of_paper(job_of, kind, data):
    made = images.make(job_of(data, kind))
    image, (width, height) = look(made.pdf)

    assert sorted((width, height)) == [612, 792]
    assert width > height  # the picture is wider than high
    if kind in ("gif", "webp", "tiff"):
        assert red_corner(image) == "left upper"
    assert image.getpixel((5, 5)) == (255, 255, 255)


def test_a_phones_photo(job_of):
    out = io.BytesIO()
    pillow_heif.from_pillow(picture((640, 480))).save(out, quality=80)
    made = images.make(job_of(out.getvalue(), "heic"))

    assert red_corner(look(made.pdf)[0]) == "left upper"


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_cameras_orientation_is_honored(job_of, orientation):
    upright = picture((320, 200))
    turn = {
        1: None, 2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_270,
    }[orientation]  # fmt: skip
    stored = upright.transpose(turn) if turn is not None else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    made = images.make(job_of(encoded("JPEG", stored, exif=exif, quality=95), "jpeg"))
    image, (width, height) = look(made.pdf)

    assert (width, height) == (792, 612)
    assert red_corner(image) == "left upper"


def test_nothing_is_enlarged_past_its_pixels(job_of):
    made = images.make(job_of(encoded("PNG", picture((150, 75))), "png"))
    image, _size = look(made.pdf)
    colored = [x for x in range(image.width) if image.getpixel((x, image.height // 2 + 10))[0] < 100]

    assert max(colored) - min(colored) + 1 == pytest.approx(72, abs=2)  # 150 pixels at 150 dpi are an inch


def test_a_scan_keeps_the_size_of_its_paper_and_its_frames(job_of):
    pages = [Image.new("1", (1700, 2200), 1) for _number in range(3)]
    data = encoded("TIFF", pages[0], save_all=True, append_images=pages[1:], compression="group4", dpi=(200, 200))
    made = images.make(job_of(data, "tiff"))

    with pikepdf.open(made.pdf) as pdf:
        assert [tuple(map(float, page.mediabox)) for page in pdf.pages] == [(0, 0, 612, 792)] * 3
        assert "/CCITTFaxDecode" in str(next(iter(pdf.pages[0].get_images().values())).Filter)


def test_only_the_first_of_moving_pictures_is_shown_and_said(job_of):
    frames = [picture(), picture((300, 200)).convert("L").convert("RGB")]
    made = images.make(job_of(encoded("GIF", frames[0], save_all=True, append_images=frames[1:]), "gif"))

    with pikepdf.open(made.pdf) as pdf:
        assert len(pdf.pages) == 1
    assert "2 pictures" in made.warnings[0]


@pytest.mark.parametrize(("form", "kind"), [("GIF", "gif"), ("PNG", "png"), ("WEBP", "webp")])
def test_an_animation_of_many_frames_shows_its_first(job_of, monkeypatch, form, kind):
    monkeypatch.setattr(images, "MAX_FRAMES", 3)
    frames = [picture((30, 20 + number)).resize((30, 20)) for number in range(6)]
    made = images.make(job_of(encoded(form, frames[0], save_all=True, append_images=frames[1:]), kind))

    with pikepdf.open(made.pdf) as pdf:
        assert len(pdf.pages) == 1
    assert "the first is shown" in made.warnings[0]


def test_an_animation_that_is_cut_off_shows_its_first(job_of):
    data = encoded("GIF", picture(), save_all=True, append_images=[picture().rotate(90), picture().rotate(180)])
    made = images.make(job_of(data[:-300], "gif"))

    assert red_corner(look(made.pdf)[0]) == "left upper"


def test_of_a_phones_photo_the_second_picture_is_left_and_the_bytes_of_the_first_are_kept(job_of):
    data = encoded("MPO", picture((640, 480)), save_all=True, append_images=[picture((64, 48), "L")], quality=80)
    made = images.make(job_of(data, "jpeg"))

    with pikepdf.open(made.pdf) as pdf:
        (image,) = pdf.pages[0].get_images().values()
        kept = image.read_raw_bytes()
    assert kept[kept.index(b"\xff\xda") :] in data
    assert (b"MPF" in kept, "2 pictures" in made.warnings[0]) == (False, True)
    assert red_corner(look(made.pdf)[0]) == "left upper"


def scans(*sizes):
    pages = [Image.new("1", size, 1) for size in sizes]
    return encoded("TIFF", pages[0], save_all=True, append_images=pages[1:], compression="group4")


def test_a_huge_page_of_a_tiff_is_named(job_of, monkeypatch):
    monkeypatch.setattr(images, "MAX_PIXELS", 100_000)
    with pytest.raises(CannotRender, match="Page 2 of 3 unpacks to more"):
        images.make(job_of(scans((200, 300), (600, 700), (200, 300)), "tiff"))


def test_a_tiff_of_too_many_pages_is_not_shown_in_part(job_of, monkeypatch):
    monkeypatch.setattr(images, "MAX_FRAMES", 3)
    with pytest.raises(CannotRender, match="holds 4 pages; 3 can be shown"):
        images.make(job_of(scans(*[(200, 300)] * 4), "tiff"))


def test_the_same_picture_gives_the_same_bytes(job_of):
    data = encoded("PNG", picture(mode="RGBA"))

    assert images.make(job_of(data, "png")).pdf.read_bytes() == images.make(job_of(data, "png")).pdf.read_bytes()


def bomb(width, height):
    """A PNG that says it is huge; there is next to nothing in it."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(50_000, 50_000), (2_000_000, 51), (12_000, 12_000)])
def test_a_pixel_bomb_is_not_unpacked(job_of, size):
    with pytest.raises(CannotRender, match="more than can be opened safely"):
        images.make(job_of(bomb(*size), "png"))


@pytest.mark.parametrize("kind", ["jpeg", "png", "gif", "webp", "tiff", "heic"])
def test_broken_pictures_are_said_to_be(job_of, kind):
    cut_in_a_part = encoded("PNG")[:60]
    for data in (b"", b"\0" * 200, cut_in_a_part, encoded("PNG")[:40], encoded("JPEG")[:30], encoded("TIFF")[:20]):
        with pytest.raises(CannotRender, match="damaged"):
            images.make(job_of(data, kind))
