"""`--model`: a trained model is used and named, one that cannot be is refused before anything runs."""

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

import matching
from matching import ModelError
from matching.model_file import read_model
from pipelines.commands import app
from pipelines.settings import from_environment

SHIPPED = Path(matching.__file__).with_name("model.yaml").read_text(encoding="utf-8")

NIGHT = date(2021, 12, 31)


def test_the_shipped_model_stands_where_none_is_named() -> None:
    assert read_model(None) == matching.shipped()


def test_a_model_is_read(tmp_path: Path) -> None:
    file = tmp_path / "model.yaml"
    file.write_text(SHIPPED.replace("accept: 0.99 ", "accept: 0.97 "), encoding="utf-8")
    model = read_model(file)
    assert model.accept == 0.97
    assert model.digest() != matching.shipped().digest()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "cannot be read: No such file"),
        (b"\xff\xfe", "UTF-8"),
        (b"accept: [", "no YAML"),
        (SHIPPED.replace("prior:", "pryor:").encode(), "pryor"),
        (SHIPPED.replace("review: 0.5 ", "review: 0.999 ").encode(), "thresholds"),
        (
            SHIPPED.replace("    near: ", "    nearly: ").encode(),
            "another version of hedui: number.near, number.nearly",
        ),
    ],
)
def test_what_is_no_model_is_refused(tmp_path: Path, content: bytes | None, says: str) -> None:
    file = tmp_path / "model.yaml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ModelError, match=says) as raised:
        read_model(file)
    assert str(file) in str(raised.value)


def test_the_command_ends_with_2_and_a_sentence(tmp_path: Path) -> None:
    landing = tmp_path / "landing"
    landing.mkdir()
    arguments = f"run --night 2021-12-31 --landing {landing} --warehouse {tmp_path / 'w'} --place rugao --layout jiangsu"
    told = CliRunner().invoke(app, [*arguments.split(), "--model", str(tmp_path / "none.yaml")])
    assert told.exit_code == 2
    assert "--model" in told.output and "hedui train" in told.output
    assert not (tmp_path / "w").exists()


def test_a_scheduled_night_takes_the_model_of_its_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEDUI_MODEL", "/srv/hedui/model.yaml")
    assert from_environment(NIGHT).model == Path("/srv/hedui/model.yaml")
    monkeypatch.delenv("HEDUI_MODEL")
    assert from_environment(NIGHT).model is None
