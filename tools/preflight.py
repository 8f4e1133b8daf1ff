"""Show prints of texts to archival checkers of others: `python tools/preflight.py FILE…`.

Two programs that have nothing to do with ours, each where it is installed; neither is an error.

* Apache PDFBox Preflight: `java` and Debian's libpdfbox2-java, libactivation-java and
  libjaxb-api-java. It knows ISO 19005 part 1, level B.
* The checker of pikepdf, made from the rules of veraPDF: `pip install 'pikepdf[pdfa]'`. It knows
  part 3, level B, and names whatever it does not know.

What part 3, level A, allows besides is counted and passed over, everything else ends this with 1.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pikepdf

sys.path.insert(0, str(Path(__file__).parents[1]))

from documents.content.canonical import canonical_bytes
from documents.content.facts import IssuanceFacts
from documents.importing.findings import Unreadable
from documents.importing.text import read_text
from documents.printing.compose import compose
from documents.printing.pdf import pdf_of

JARS = Path("/usr/share/java")
NAMES = (
    "preflight",
    "xmpbox",
    "pdfbox2",
    "fontbox2",
    "commons-logging",
    "javax.activation",
    "jaxb-api",
)
CHECKER = "org.apache.pdfbox.preflight.Validator_A1b"
FACTS = IssuanceFacts(
    number=7,
    symbol="QĐ-CT",
    place="An Mẫu",
    dated_on=date(2024, 3, 5),
    signature_lines=("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    signatory="Nguyễn Thị Ban",
)
# Findings that are none in part 3, and why.
ALLOWED = {
    "EmbeddedFile entry is present": "6.8: files may be attached",
    "Invalid version of the ICCProfile": "6.2.3: profiles of version 4 are taken",
    "pdfua/ns/id/": "6.6.2.3: the schema is described, in the same description",
    "can't convert to Destination": "32000-1, 7.3.10: a destination may be given by reference",
    "(OutlineItem) /Dest: ": "32000-1, 7.3.10: so",
    "(PageLabelsNode) /Nums[": "32000-1, 7.3.10: so may a page label",
    "expected 'B'": "6.6.4: level A asks for more than level B",
    "pdfaExtension": "6.6.2.3: schemas may be described in the file",
    "pdfaSchema": "6.6.2.3: so",
    "pdfaProperty": "6.6.2.3: so",
    "pdfuaid:part": "6.6.2.3: described in the same description",
    "xmpTPg": "6.6.2.3: a schema of the XMP specification of 2005",
    "xmpMM:History is not checked": "not looked at by this checker",
    "CFF FDArray FontMatrix": "not looked at by this checker; Preflight and tests/archival.py do",
}


def found_by_pikepdf(pdf: bytes) -> list[str]:
    """What pikepdf's checker says of a file, finding by finding."""
    from pikepdf import pdfa  # noqa: PLC0415 - its own requirements may be missing

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        report = pdfa.check(opened, "3b")
    return [f"{one.rule} {one.where}: {one.message}" for one in report.findings]


def found_in(pdf: bytes) -> list[str]:
    """What Preflight says of a file, line by line; raises where it could not be asked."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "print.pdf"
        path.write_bytes(pdf)
        classes = ":".join(str(JARS / f"{name}.jar") for name in NAMES)
        done = subprocess.run(
            ["java", "-cp", classes, CHECKER, str(path)],
            capture_output=True,
            text=True,
            check=False,
        )
    told = done.stdout + done.stderr
    if "valid PDF/A-1b file" not in told:
        raise SystemExit(f"Preflight could not be asked:\n{told}")
    return re.findall(r"^\d\.\S* : .*$", told, re.MULTILINE)


def checkers() -> dict[str, Callable[[bytes], list[str]]]:
    """The checkers that are installed; raises `SystemExit` where none is."""
    found: dict[str, Callable[[bytes], list[str]]] = {}
    if shutil.which("java") and all((JARS / f"{name}.jar").exists() for name in NAMES):
        found["Preflight"] = found_in
    if all(find_spec(name) for name in ("jsonschema", "referencing", "fontTools")):
        found["pikepdf"] = found_by_pikepdf
    if not found:
        raise SystemExit("no checker is installed; the head of this file names two")
    return found


def main(paths: list[str]) -> int:
    """Set and show every text; 1 if one print has a fault."""
    faults = 0
    asked = checkers()
    for path in map(Path, paths):
        try:
            content = read_text(path.read_bytes(), filename=path.name).content
        except Unreadable as why:
            print(f"{path.name}: not set: {why}")
            continue
        pdf = pdf_of(compose(content, FACTS), canonical_bytes(content)).data
        for name, check in asked.items():
            said = check(pdf)
            wrong = [one for one in said if not any(mark in one for mark in ALLOWED)]
            faults += len(wrong)
            passed = len(said) - len(wrong)
            print(f"{path.name}: {name}: {len(wrong)} faults, {passed} allowed")
            for one in wrong:
                print(f"    {one}")
    for mark, why in ALLOWED.items():
        print(f"allowed: {mark} ({why})")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
