"""Bytes become text: by what they say, else by a guess that is marked as one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.capture.decode import decode

SAMPLES = {
    "cp1252": "Die Brücke über den Fluß wurde gestern früh wieder geöffnet, sagte der Bürgermeister.",
    "cp1250": "Most przez rzekę został wczoraj otwarty, powiedział burmistrz. Źródło: własne. Że już łódź.",
    "cp1251": "Мост через реку вчера снова открыли, сообщил мэр города. Движение восстановлено.",
    "koi8-r": "Мост через реку вчера снова открыли, сообщил мэр города. Движение восстановлено.",
    "cp1256": "أعيد فتح الجسر فوق النهر أمس، وقال رئيس البلدية إن الحركة عادت إلى طبيعتها.",
    "cp1253": "Η γέφυρα πάνω από τον ποταμό άνοιξε ξανά χθες, είπε ο δήμαρχος της πόλης.",
    "cp1255": "הגשר מעל הנהר נפתח אתמול מחדש, אמר ראש העיר.",
    "shift_jis": "川にかかる橋は昨日、再び開通したと市長は語った。車の流れは元に戻っている。",
    "euc_jp": "川にかかる橋は昨日、再び開通したと市長は語った。車の流れは元に戻っている。",
    "euc_kr": "강 위의 다리가 어제 다시 열렸다고 시장이 말했다. 차량 통행은 정상이다.",
    "gb18030": "市长说，河上的桥昨天重新开放了，交通已经恢复正常。他们都在这里。",
    "big5": "市長說，河上的橋昨天重新開放了，交通已經恢復正常。他們都在這裡。",
}


@pytest.mark.parametrize("encoding", SAMPLES)
def test_legacy_encodings_are_guessed_and_marked(encoding: str) -> None:
    text = SAMPLES[encoding] * 3
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert decoded.guessed


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides(encoding: str) -> None:
    decoded = decode("Brücke".encode(encoding))
    assert decoded.text == "Brücke"
    assert not decoded.guessed


def test_utf_16_without_a_mark_is_seen() -> None:
    assert decode("A plain line of text\n".encode("utf-16-le") * 3).text.startswith("A plain line")
    assert decode("A plain line of text\n".encode("utf-16-be") * 3).text.startswith("A plain line")


def test_one_bad_byte_does_not_change_the_alphabet() -> None:
    data = "Die Brücke ".encode() * 400 + b"\xff"
    decoded = decode(data)
    assert decoded.encoding == "utf-8"
    assert decoded.text.count("\ufffd") == 1


def test_a_long_text_with_few_letters_beyond_ascii_is_not_utf_8() -> None:
    decoded = decode(b"A plain line of text. " * 200 + "café.".encode("cp1252"))
    assert decoded.text.endswith("café.")
    assert decoded.guessed


def test_a_text_that_is_cut_inside_a_character_is_utf_8() -> None:
    assert decode("Die Brücke".encode()[:6]).encoding == "utf-8"
    assert decode("Eine Brücke, zwei Züge, über".encode() * 2 + b"\xff").encoding == "utf-8"


def test_encodings_are_read_as_browsers_read_them() -> None:
    assert decode("L’été".encode("cp1252"), declared="iso-8859-1").text == "L’été"
    assert decode("川に①".encode("cp932"), declared="shift_jis").text == "川に①"
    assert decode("朱镕基".encode("gb18030"), declared="gb2312").text == "朱镕基"


def test_encodings_that_shift_between_alphabets() -> None:
    data = "川にかかる橋".encode("iso-2022-jp")
    assert decode(data, declared="iso-2022-jp").text == "川にかかる橋"
    assert decode(data).text == "川にかかる橋"
    assert decode(data).guessed
    assert decode(b"A plain +line-", declared="iso-2022-jp").text == "A plain +line-"


def test_declared_and_chosen_encodings() -> None:
    data = "Brücke".encode("cp1252")
    assert decode(data, declared="iso-8859-1").text == "Brücke"
    assert decode(data, declared="no-such-encoding").guessed
    assert decode("é".encode(), override="latin-1").text == "Ã©"
    assert decode(b"abc", override="rot13").text == "abc"


@given(st.binary(max_size=200), st.sampled_from([None, "utf-8", "nonsense", "utf-16", "idna", "hex"]))
def test_no_bytes_raise(data: bytes, name: str | None) -> None:
    for decoded in (decode(data, declared=name), decode(data, override=name)):
        assert isinstance(decoded.text, str)


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=100))
def test_utf_8_comes_back(text: str) -> None:
    if "\0" not in text:
        assert decode(text.encode()).text == text.removeprefix("\ufeff")
