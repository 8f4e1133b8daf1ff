"""Make `.venv` ready: `python3 tools/prepare.py runtime` or `... development`.

Needs nothing but Python: uses `uv` where there is one, else the `pip` that comes with `venv`.
Installs only what the pinned files name, each file checked against its hash. What was installed
is remembered as a digest, so that a second run costs a tenth of a second.

The first lines are written so that an old Python reads them and answers with a sentence.
"""

from __future__ import print_function

import hashlib
import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
VENV_PYTHON = os.path.join(VENV, "bin", "python")
RUNTIME = ["requirements.txt"]
FILES = {"runtime": RUNTIME, "development": RUNTIME + ["requirements/development.txt"]}


def stop(sentence):
    """End with one sentence and without a traceback."""
    sys.stdout.flush()
    sys.exit("prepare: " + sentence)


def newer_python():
    """Another Python of this machine that is new enough, or None."""
    for minor in range(14, OLDEST[1] - 1, -1):
        found = shutil.which("python3.%d" % minor)
        # A version manager may leave a name on the path that starts nothing.
        if found and starts(found):
            return found
    return None


def with_new_enough_python():
    """Go on in a Python that is new enough, or say which one is missing."""
    if sys.version_info[:2] >= OLDEST:
        return
    other = newer_python() if hasattr(shutil, "which") else None
    if other:
        os.execv(other, [other] + sys.argv)  # noqa: S606
    stop(
        "Ban Hanh needs Python 3.11 or newer, and %s is Python %d.%d. Install a newer one, or name "
        "it: PYTHON=/path/to/python3.12 make run"
        % ((sys.executable,) + tuple(sys.version_info[:2]))
    )


def starts(python):
    """Whether it starts and is new enough."""
    question = "import sys; sys.exit(sys.version_info[:2] < (%d, %d))" % OLDEST
    return subprocess.call([python, "-c", question], stderr=subprocess.DEVNULL) == 0


def make_venv(uv):
    """Create `.venv` anew."""
    print("Creating .venv with Python %d.%d ..." % tuple(sys.version_info[:2]))
    if uv:
        run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, VENV])
        return
    try:
        import ensurepip  # noqa: F401, PLC0415 - Debian ships Python without it
        import venv  # noqa: F401, PLC0415
    except ImportError:
        stop(
            "this Python cannot make a virtual environment. On Debian or Ubuntu: "
            "apt install python%d.%d-venv" % tuple(sys.version_info[:2])
        )
    run([sys.executable, "-m", "venv", "--clear", VENV])


def install(uv, files):
    """Install what the files name, hashes checked."""
    arguments = ["--require-hashes"]
    for name in files:
        arguments += ["-r", os.path.join(ROOT, name)]
    print("Installing %s (about a minute without uv, once) ..." % " and ".join(files))
    if uv:
        run([uv, "pip", "install", "--quiet", "--python", VENV_PYTHON] + arguments)
        return
    pip = [VENV_PYTHON, "-m", "pip", "install", "--quiet", "--no-input"]
    run(pip + ["--disable-pip-version-check"] + arguments)


def run(command):
    """Run it, and end with its name where it fails."""
    status = subprocess.call(command)
    if status:
        stop("failed (%d): %s" % (status, " ".join(command)))


def digest_of(files):
    """What the files say now, for the Python that `.venv` holds."""
    version = subprocess.check_output([VENV_PYTHON, "-c", "import sys; print(sys.version)"])
    digest = hashlib.sha256(version)
    for name in files:
        with open(os.path.join(ROOT, name), "rb") as source:
            digest.update(source.read())
    return digest.hexdigest()


def stamp_of(purpose):
    """The file that remembers what was installed for the purpose."""
    return os.path.join(VENV, ".installed-" + purpose)


def is_ready(purpose):
    """Whether exactly the pinned packages of the purpose were installed."""
    try:
        with open(stamp_of(purpose)) as stamp:
            return stamp.read() == digest_of(FILES[purpose])
    except FileNotFoundError:
        return False


def prepare(purpose):
    """Bring `.venv` to what the pinned files say, and make the folder for data."""
    os.makedirs(os.path.join(ROOT, "var"), exist_ok=True)
    uv = shutil.which("uv")
    if not (os.path.exists(VENV_PYTHON) and starts(VENV_PYTHON)):
        make_venv(uv)
    if is_ready(purpose):
        return
    install(uv, FILES[purpose])
    # What serves development holds all of runtime.
    for done in {"runtime", purpose}:
        with open(stamp_of(done), "w") as stamp:
            stamp.write(digest_of(FILES[done]))


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in FILES:
        stop("say what for: " + " or ".join(sorted(FILES)))
    with_new_enough_python()
    prepare(sys.argv[1])
