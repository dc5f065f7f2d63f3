"""Small pictures: how they are written, read from files, and told in tokens; and the built-in shapes with captions."""

import base64
import io
import json
import random
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lab.data import load_data
from lab.data.builtin import shapes
from lab.data.builtin._shapes_world import CHINESE, COLOURS, MASKS, PLACES, drawn, is_held_out, scenes
from lab.data.grids import PALETTE, SIDE, SQUARES, differing, grid_of_image, is_grid, read_grid, to_grid, to_squares
from lab.data.picture_code import EDGE, MOST, NAMES, TOKENS, Pen, read_picture, write_picture
from lab.errors import LabError
from lab.home import ASSETS, Home
from lab.recipe import DataChoice

SQUARES_OF_A_PICTURE = st.lists(st.integers(0, 15), min_size=SQUARES, max_size=SQUARES)
RED = to_grid([3] * SQUARES)


def png(colour="#ff0000", size=(48, 48), mode="RGB") -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, "PNG")
    return out.getvalue()


def folder_of(root, files: dict[str, bytes]):
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return root


def loaded(root, name=None):
    return load_data(DataChoice(name=str(name or root), held_out=0.01), Home(root / ".home"), 0, ("image",))


@settings(max_examples=50, deadline=None)
@given(SQUARES_OF_A_PICTURE)
def test_any_picture_is_told_in_tokens_and_read_again(squares):
    grid = to_grid(squares)
    assert is_grid(grid) and to_squares(grid) == squares and read_grid(grid.replace("\n", "")) == grid
    said = write_picture(grid)
    assert read_picture(said) == grid and len(said) <= MOST and max(said) < TOKENS == len(NAMES)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10**6))
def test_whatever_is_allowed_ends_as_a_whole_picture(seed):
    rng, pen, count = random.Random(seed), Pen(), 0
    while not pen.done:
        pen.put(rng.choice(list(pen.allowed())))
        count += 1
    assert len(pen.squares) == SQUARES and count <= MOST and not pen.allowed()


def test_what_reaches_to_the_edge_is_twelve_and_what_is_not_allowed_is_refused():
    assert write_picture(RED) == [EDGE, 3, EDGE]
    left = to_grid(([0] * 11 + [3]) * SIDE)
    assert write_picture(left) == [EDGE, 0, 16 + 10, 3, EDGE]
    with pytest.raises(ValueError, match="can't come here"):
        read_picture([3])
    with pytest.raises(ValueError, match="no end"):
        read_picture([16, 3, EDGE])


def test_a_png_is_scaled_and_takes_the_nearest_colours():
    assert grid_of_image(png(), "x") == RED
    assert grid_of_image(png((0, 0, 0, 0), (7, 90), "RGBA"), "x") == to_grid([0] * SQUARES)
    for number, colour in enumerate(PALETTE):
        assert grid_of_image(png(colour, (SIDE, SIDE)), "x") == to_grid([number] * SQUARES)


@pytest.mark.parametrize(("data", "told"), [(b"no picture", "can't be read"), (png(size=(5000, 2)), "5,000 × 2 dots")])
def test_what_is_no_picture_is_named(data, told):
    with pytest.raises(LabError, match=told):
        grid_of_image(data, "x.png")


def test_the_page_has_the_same_colours():
    page = (ASSETS / "js" / "core" / "grids.js").read_text(encoding="utf-8")
    assert all(f'"{colour}"' in page for colour in PALETTE)


def test_pictures_of_a_table_may_be_files_base64_bytes_or_text(tmp_path):
    uri = "data:image/png;base64," + base64.b64encode(png()).decode()
    rows = [{"image": "pictures/red.png", "text": "a"}, {"image": uri, "text": "b"}, {"image": RED, "text": "c"},
            {"image": RED.split("\n"), "text": "d"}]  # fmt: skip
    table = "\n".join(map(json.dumps, rows)).encode()
    folder_of(tmp_path, {"rows.jsonl": table, "pictures/red.png": png()})
    found = loaded(tmp_path, tmp_path / "rows.jsonl")
    assert found.format == "image"
    every = sorted(found.train + found.held_out, key=lambda row: row["caption"])
    assert [(row["image"], row["caption"]) for row in every] == [(RED, one) for one in "abcd"]


@pytest.mark.parametrize(
    ("files", "captions"),
    [
        ({"metadata.csv": b"file_name,text\na.png,ein Rot\n", "a.png": png()}, ["ein Rot"]),
        ({"a.png": png(), "a.txt": "红色\n".encode()}, ["红色"]),
        ({"all_red_12.png": png(), "all-red (3).png": png()}, ["all red", "all red"]),
    ],
)
def test_a_folder_of_pictures_or_a_zip_of_it_is_a_data_set(tmp_path, files, captions):
    assert [row["caption"] for row in loaded(folder_of(tmp_path / "in", files)).train] == captions
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(f"mine/{name}", data)
    (tmp_path / "mine.zip").write_bytes(packed.getvalue())
    found = loaded(tmp_path, tmp_path / "mine.zip")
    assert [(row["image"], row["caption"]) for row in found.train] == [(RED, one) for one in captions]


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"t.jsonl": b'{"image": "gone.png", "text": "a"}'}, "there is no picture 'gone.png' beside the table"),
        ({"t.jsonl": b'{"image": "a.png", "text": "a"}', "a.png": b"broken"}, "'a.png': the picture can't be read"),
        ({"t.jsonl": b'{"image": "../../etc/x.png", "text": "a"}'}, "there is no picture"),
    ],
)
def test_a_picture_that_is_not_there_or_broken_is_named_with_its_row(tmp_path, files, told):
    folder_of(tmp_path / "in", files)
    with pytest.raises(LabError, match=told):
        loaded(tmp_path, tmp_path / "in" / "t.jsonl")


def test_a_zip_that_unpacks_to_too_much_is_refused():
    from lab.data.unpack import files_in_zip

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.png", bytes(10**6))
    with pytest.raises(LabError, match="unpacks to more than"):
        files_in_zip(packed.getvalue(), "a.zip", 10**5)
    with pytest.raises(LabError, match="broken"):
        files_in_zip(b"PK\x03\x04 no", "a.zip", 10**5)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_held_out_shapes_are_new_together_and_known_apart(language):
    train, held_out = (shapes.load(split, language) for split in ("train", "held_out"))
    assert not {row["image"] for row in train} & {row["image"] for row in held_out}
    apart = [[(s.colour, s.shape, s.place, s.background) for s in scenes() if is_held_out(s) == out] for out in (0, 1)]
    trained, new = apart
    assert not {one[:3] for one in trained} & {one[:3] for one in new}
    for pair in ((0, 1), (0, 2), (1, 2)):  # every pair of two is trained
        assert len({tuple(one[i] for i in pair) for one in trained}) == len(
            {tuple(one[i] for i in pair) for one in new}
        )
    assert len(held_out) == len(new) and all(shapes.meaning_of(row["image"]) for row in held_out)
    assert all(len({row["caption"], *row["also"]}) == 3 for row in held_out)


def test_every_scene_has_a_picture_of_its_own_and_words_in_chinese():
    assert len({drawn(scene) for scene in scenes()}) == len(COLOURS) * len(MASKS) * len(PLACES) * 3
    assert {*COLOURS, *MASKS, *PLACES, "white", "black", "grey"} == set(CHINESE)
    assert differing(RED, RED) == 0
