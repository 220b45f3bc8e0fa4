# ruff: noqa: E501 - a table: one case a line
"""Folders and file names: what lies where a snapshot should be."""

import os
import stat
from pathlib import Path

from tests.sources.bad_deliveries.case import Bad, inmates, text

ROW = text("inmates", "R999,1,李四,2020-01-10,,监狱服刑")


def gbk_name(folder: Path) -> None:
    """A second file, whose name a Windows system wrote in GBK."""
    Path(os.fsdecode(os.fsencode(folder) + b"/sf_\xbc\xe0\xd3\xfc.csv")).write_bytes(ROW)


FOLDERS = [
    Bad("an empty folder", {}, refused="the snapshot has no file"),
    Bad("a date that does not exist, 30 February", inmates(), day="2021-02-30", passed_over=True),
    Bad("a snapshot of tomorrow", inmates(), day="2022-01-01", passed_over=True),
    Bad("a folder still being copied", inmates(), day="2021-12-28.tmp", passed_over=True),
    Bad("a folder named without hyphens", inmates(), day="20211228", passed_over=True),
    Bad("a copy of a folder by hand", inmates(), day="2021-12-28 (副本)", passed_over=True),
    Bad(
        "a link to a file that lies elsewhere",
        inmates(),
        spoil=lambda folder: (folder / "sf_2.csv").symlink_to("/etc/hostname"),
        refused="sf_2.csv is a symbolic link",
    ),
    Bad(
        "a link to a file beside it",
        {"zhen.dat": inmates()["sf_1.csv"]},
        spoil=lambda folder: (folder / "sf_1.csv").symlink_to("zhen.dat"),
        refused="sf_1.csv is a symbolic link",
    ),
    Bad(
        "a link that no pattern of the layout fits",
        inmates(),
        spoil=lambda folder: (folder / "说明.txt").symlink_to("sf_1.csv"),
        refused="说明.txt is a symbolic link",
    ),
    Bad(
        "a hidden link",
        inmates(),
        spoil=lambda folder: (folder / ".监狱").symlink_to("sf_1.csv"),
        refused=".监狱 is a symbolic link",
    ),
    Bad(
        "a link to a folder",
        inmates(),
        spoil=lambda folder: (folder / "附件").symlink_to("/etc"),
        refused="附件 is a symbolic link",
    ),
    Bad(
        "a link to a file that is gone",
        inmates(),
        spoil=lambda folder: (folder / "sf_2.csv").symlink_to("nowhere"),
        refused="sf_2.csv is a symbolic link",
    ),
    Bad(
        "the whole snapshot is a link",
        {},
        spoil=lambda folder: (folder.rmdir(), folder.symlink_to("2021-12-20")),
        refused="the folder 2021-12-28 is a symbolic link",
    ),
    Bad(
        "a folder in the place of a file",
        inmates(),
        spoil=lambda folder: (folder / "sf_2.csv").mkdir(),
        refused="sf_2.csv cannot be read",
    ),
    Bad(
        "the files lie one folder too deep",
        {},
        spoil=lambda folder: (folder / "data").mkdir(),
        refused="no file fits the layout's pattern",
    ),
    Bad(
        "a link to what fails while it is read",
        inmates(),
        spoil=lambda folder: (folder / "sf_2.csv").symlink_to("/proc/self/mem"),
        refused="sf_2.csv is a symbolic link",
    ),
    Bad(
        "a pipe nobody writes to",
        inmates(),
        spoil=lambda folder: os.mkfifo(folder / "sf_2.csv"),
        refused="sf_2.csv is a pipe",
    ),
    Bad(
        "a pipe in the place of the manifest",
        inmates(),
        spoil=lambda folder: os.mkfifo(folder / "_manifest.json"),
        refused="_manifest.json is a pipe",
    ),
    Bad(
        "a link in the place of the manifest",
        inmates(),
        spoil=lambda folder: (folder / "_manifest.json").symlink_to("sf_1.csv"),
        refused="_manifest.json is a symbolic link",
    ),
    Bad(
        "a socket",
        inmates(),
        spoil=lambda folder: os.mknod(folder / "sf_2.csv", 0o600 | stat.S_IFSOCK),
        refused="sf_2.csv is a socket",
    ),
    Bad("marks that desktops leave: .DS_Store, ~$lock", inmates() | {".DS_Store": b"x", "~$sf_1.csv": b"x"}, accepted=20),
    Bad("Thumbs.db and desktop.ini", inmates() | {"Thumbs.db": b"x", "desktop.ini": b"x"}, accepted=20, unread=("Thumbs.db", "desktop.ini")),
    Bad("a letter beside the file", inmates() | {"说明.docx": b"PK"}, accepted=20, unread=("说明.docx",)),
    Bad("an upload beside it that is not finished", inmates() | {"sf_2.csv.filepart": b"R"}, accepted=20, unread=("sf_2.csv.filepart",)),
    Bad("nothing but an upload that is not finished", {"sf_1.csv.tmp": ROW}, refused="no file fits the layout's pattern"),
    Bad("a name with Chinese, brackets and a blank", inmates(name="sf_监狱 (2)[终].csv"), accepted=20),
    Bad("a name in capitals", inmates(name="SF_1.CSV"), accepted=20),
    Bad("a name in GBK bytes", inmates(), spoil=gbk_name, accepted=21),
    Bad("two files, one of them empty", inmates() | {"sf_2.csv": b""}, refused="sf_2.csv is empty (0 bytes)"),
]  # fmt: skip
