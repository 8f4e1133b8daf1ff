"""Show prints of texts to Apache PDFBox Preflight: `python tools/preflight.py FILE…`.

An archival check by a program that has nothing to do with ours. It needs `java` and three packages
of Debian: libpdfbox2-java, libactivation-java, libjaxb-api-java. Preflight knows ISO 19005 part 1,
level B; what part 3 allows besides is counted and passed over, everything else ends this with 1.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from documents.content.canonical import canonical_bytes
from documents.content.facts import IssuanceFacts
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
}


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


def main(paths: list[str]) -> int:
    """Set and show every text; 1 if one print has a fault."""
    faults = 0
    for path in map(Path, paths):
        content = read_text(path.read_bytes(), filename=path.name).content
        said = found_in(pdf_of(compose(content, FACTS), canonical_bytes(content)).data)
        wrong = [one for one in said if not any(mark in one for mark in ALLOWED)]
        faults += len(wrong)
        print(f"{path.name}: {len(wrong)} faults, {len(said) - len(wrong)} allowed by part 3")
        for one in wrong:
            print(f"    {one}")
    for mark, why in ALLOWED.items():
        print(f"allowed: {mark} ({why})")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
