"""What is marked as different, against a slow obvious rule."""

from hypothesis import given
from hypothesis import strategies as st

from exports import Piece, differences

TEXTS = st.text(alphabet="张伟玮*1X己已", max_size=8)


def shown(pieces: list[Piece]) -> str:
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)


def marked(left: str | None, right: str | None) -> tuple[str, str]:
    one, other = differences(left, right)
    return shown(one), shown(other)


def test_what_differs_is_marked() -> None:
    assert marked("张伟", "张玮") == ("张[伟]", "张[玮]")
    assert marked("320682195001011234", "320682195001012134") == (
        "32068219500101[12]34",
        "32068219500101[21]34",
    )
    assert marked("欧阳娜", "欧阳娜娜")[1].count("[") == 1
    assert marked("320682500101123", "320682195001011234") == ("320682500101123", "320682[19]500101123[4]")


def test_what_is_silent_is_not_marked() -> None:
    assert marked("张伟", None) == ("张伟", "")
    assert marked("3206**********1234", "320682195001011234") == ("3206**********1234", "320682195001011234")
    assert marked("32068219500101123x", "32068219500101123X") == ("32068219500101123x", "32068219500101123X")


@given(TEXTS, TEXTS)
def test_pieces_make_up_the_text_and_are_symmetric(left: str, right: str) -> None:
    one, other = differences(left, right)
    assert ("".join(piece.text for piece in one), "".join(piece.text for piece in other)) == (left, right)
    assert all(piece.text for piece in one + other)
    if left == right or not left or not right:
        assert not any(piece.marked for piece in one + other)
    if len(left) == len(right):
        assert differences(right, left) == (other, one)
        unlike = [a != b and "*" not in (a, b) for a, b in zip(left, right, strict=True)]
        assert [piece.marked for piece in one for _ in piece.text] == unlike
