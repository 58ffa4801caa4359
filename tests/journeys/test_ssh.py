"""Deskreader at the far end of a line: a real sshd on loopback, bare and inside tmux and screen."""

import contextlib
import grp
import json
import os
import pwd
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pty_terminal import Terminal

HOUSE = Path(__file__).parents[2]
SSHD = shutil.which("sshd") or shutil.which("/usr/sbin/sshd")
SSH = shutil.which("ssh")
KEYGEN = shutil.which("ssh-keygen")
TITLE = "Dam gate gives way"
NOTE = "half way through"



def gives_terminals() -> bool:
    """Whether an sshd of ours can hand out terminals: an ordinary user's may not change whose they are."""
    if os.getuid() == 0:
        return True
    ours, theirs = os.openpty()
    try:
        return os.fstat(theirs).st_gid == grp.getgrnam("tty").gr_gid
    except KeyError:
        return False
    finally:
        os.close(ours)
        os.close(theirs)


pytestmark = [
    pytest.mark.skipif(
        not (SSHD and SSH and KEYGEN),
        reason="sshd, ssh and ssh-keygen (openssh-server, openssh-client) are not installed",
    ),
    pytest.mark.skipif(
        not gives_terminals(), reason="new terminals are not of the group tty here, and only root's sshd may mend that"
    ),
]


def until(question: Callable[[], Any], what: str, patience: float = 30.0) -> Any:
    """Ask until the answer is true; returns it."""
    deadline = time.monotonic() + patience
    while not (answer := question()):
        assert time.monotonic() < deadline, f"waited in vain: {what}"
        time.sleep(0.02)
    return answer


def runs(pid: int) -> bool:
    """Whether a process is there and not only waiting to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


class Line:
    """A way to a remote machine that is this one: an sshd of our own, with keys that nobody else has."""

    def __init__(self, root: Path, home: Path) -> None:
        self.root, self.home = root, home
        self.user = pwd.getpwuid(os.getuid()).pw_name
        self.port = 0
        self._server: subprocess.Popen[bytes] | None = None
        self._clients: list[Terminal] = []
        for name in ("host", "login"):
            command = [str(KEYGEN), "-q", "-t", "ed25519", "-N", "", "-C", "tests", "-f", str(root / name)]
            subprocess.run(command, check=True, timeout=30, stdin=subprocess.DEVNULL)
        shutil.copy(root / "login.pub", root / "authorized")

    def open(self) -> None:
        """Start the server on a port that is free."""
        if os.getuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # where Debian's sshd gives up its rights
        for _ in range(5):
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                self.port = free.getsockname()[1]
            if self._listens():
                return
        raise AssertionError((self.root / "sshd.log").read_text(errors="replace"))

    def _listens(self) -> bool:
        """Start the server on the port; whether it is there to answer."""
        config = self.root / "sshd_config"
        config.write_text(
            f"ListenAddress 127.0.0.1\nPort {self.port}\nHostKey {self.root / 'host'}\nPidFile none\nUsePAM no\n"
            f"AuthorizedKeysFile {self.root / 'authorized'}\nStrictModes no\nPasswordAuthentication no\n"
            "KbdInteractiveAuthentication no\nPermitRootLogin yes\nPrintMotd no\nPrintLastLog no\n"
        )
        command = [str(SSHD), "-D", "-f", str(config), "-E", str(self.root / "sshd.log")]
        self._server = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        deadline = time.monotonic() + 10
        while self._server.poll() is None and time.monotonic() < deadline:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return True
            time.sleep(0.02)
        return False

    def close(self) -> None:
        """End the server and every client."""
        for client in self._clients:
            client.kill()
        if self._server is not None:
            self._server.kill()
            self._server.wait(10)

    def log_in(self, *command: str, term: str = "xterm-256color", **environ: str) -> Terminal:
        """Run a command at the far end, on a terminal of 100 x 30."""
        kept = {"HOME": str(self.home), "USER": "ana", "LANG": "C.UTF-8", "PYTHONPATH": str(HOUSE)} | environ
        remote = shlex.join(["env", *(f"{name}={value}" for name, value in kept.items()), *command])
        options = ["BatchMode=yes", "StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "IdentitiesOnly=yes"]
        client = Terminal(
            [
                str(SSH), "-tt", "-F", "none", "-q", "-i", str(self.root / "login"), "-p", str(self.port),
                *(part for option in options for part in ("-o", option)), f"{self.user}@127.0.0.1", remote,
            ],
            columns=100, rows=30,
            environ={"PATH": os.environ["PATH"], "HOME": str(self.home), "TERM": term, "LANG": "C.UTF-8"},
        )  # fmt: skip
        self._clients.append(client)
        return client


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    """A line that is open."""
    try:
        shell = pwd.getpwuid(os.getuid()).pw_shell
    except KeyError:
        pytest.skip("sshd lets nobody in whose number has no name in /etc/passwd")
    if shell.endswith(("nologin", "/false")):
        pytest.skip(f"sshd lets nobody in whose shell is {shell}")
    remote = Line(tmp_path_factory.mktemp("line"), tmp_path_factory.mktemp("remote-home"))
    try:
        remote.open()
        yield remote
    finally:
        remote.close()


def program(samples: Path, tell: Path) -> list[str]:
    """Deskreader over the samples, which tells its process and its exit status in the folder `tell`."""
    tell.mkdir(exist_ok=True)
    for name in ("pid", "status"):
        (tell / name).unlink(missing_ok=True)
    script = """
        trap : HUP
        tell=$1; shift
        sh -c 'echo $$ >"$0/pid"; exec "$@"' "$tell" "$@"
        status=$?
        echo $status >"$tell/status"
        exit $status
    """
    return ["sh", "-c", script, "sh", str(tell), sys.executable, "-m", "reader", str(samples)]


def drafts(samples: Path) -> str:
    """What was kept of notes that are being written."""
    kept = (path for path in (samples / ".textual").rglob("*") if path.is_file() and "draft" in str(path))
    return "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in kept)


def notes(samples: Path) -> list[dict[str, Any]]:
    """The annotations on the disk."""
    files = (samples / ".textual" / "annotations").rglob("*.json")
    return [json.loads(path.read_text(encoding="utf-8")) for path in files if ".trash" not in path.parts]


def begin_a_note(terminal: Terminal) -> None:
    """Search with a misspelling, open what was found, select a sentence and begin a note on it."""
    terminal.wait("Harbour Wire")
    terminal.keys("s")
    terminal.wait("SEARCH")
    terminal.keys(*"hinje biscuit")
    terminal.wait(TITLE)
    terminal.keys("enter")
    terminal.wait(lambda text: "READ" in text and "hit 1" in text)
    terminal.keys("v")
    terminal.wait(lambda text: "SELECT" in text or "CARET" in text)
    terminal.keys("s", "a")
    terminal.wait("NOTE")
    terminal.keys(*NOTE)
    terminal.wait(NOTE)


def test_a_line_that_drops_in_the_middle_of_a_note(line: Line, samples: Path, tmp_path: Path) -> None:
    tell = tmp_path / "tell"
    with line.log_in(*program(samples, tell)) as terminal:
        begin_a_note(terminal)
        pid = int((tell / "pid").read_text())
        terminal.signal(signal.SIGKILL)  # the client: to the far end, the line is cut
        terminal.ended(10)
        until(lambda: not runs(pid), "the program has ended by itself", 10)
        assert until((tell / "status").exists, "its status is known") is True
        assert int((tell / "status").read_text()) != 0
    assert NOTE in drafts(samples)

    with line.log_in(*program(samples, tell)) as terminal:
        terminal.wait(NOTE)
        terminal.keys("y")
        terminal.wait("esc save")
        terminal.keys("!", "escape")
        terminal.wait(f"{NOTE}!")
        until(lambda: any(f"{NOTE}!" in json.dumps(note) for note in notes(samples)), "the note is stored")
        terminal.keys("ctrl+q")
        assert terminal.ended(20) == 0


def test_a_line_that_stands_still(line: Line, samples: Path, tmp_path: Path) -> None:
    tell = tmp_path / "tell"
    with line.log_in(*program(samples, tell)) as terminal:
        begin_a_note(terminal)
        pid = int((tell / "pid").read_text())
        terminal.signal(signal.SIGSTOP)
        os.kill(pid, signal.SIGTERM)
        until(lambda: not runs(pid), "the program has ended", 10)
        until(lambda: (tell / "status").exists() and (tell / "status").read_text().strip(), "its status is known")
        assert (tell / "status").read_text().strip() == str(128 + signal.SIGTERM)
    assert NOTE in drafts(samples)


@pytest.mark.parametrize("term", ["xterm-256color", "xterm", "screen", "tmux-256color", "linux", "vt100"])
def test_every_terminal_shows_the_text_and_leaves_in_order(line: Line, samples: Path, term: str) -> None:
    command = [sys.executable, "-m", "reader", str(samples)]
    with line.log_in(*command, term=term) as terminal:
        terminal.wait("Harbour Wire")
        terminal.keys("2")
        terminal.wait(lambda text: "READ" in text and "By " in text)
        terminal.keys("v", "s")
        terminal.wait("SELECT")
        terminal.keys("q", "ctrl+q")
        assert terminal.ended(20) == 0
        assert b"\x1b[?1049l" in terminal.raw[-2000:]


@pytest.fixture
def sockets() -> Iterator[Path]:
    """A folder for sockets, whose names must be short."""
    with tempfile.TemporaryDirectory(prefix="dr-") as name:
        Path(name).chmod(0o700)
        yield Path(name)


@pytest.mark.parametrize("keeper", ["tmux", "screen"])
def test_a_note_goes_on_in_a_session_that_outlives_the_line(
    line: Line, samples: Path, tmp_path: Path, sockets: Path, keeper: str
) -> None:
    if not shutil.which(keeper):
        pytest.skip(f"{keeper} is not installed")
    tell = tmp_path / "tell"
    if keeper == "tmux":
        base = ["tmux", "-S", str(sockets / "tmux"), "-f", "/dev/null"]
        start, again, end = [*base, "new-session"], [*base, "attach-session", "-d"], [*base, "kill-server"]
    else:
        base = ["screen", "-c", "/dev/null"]
        start, again = [*base, "-U", "-S", "desk"], [*base, "-U", "-d", "-r", "desk"]
        end = [*base, "-S", "desk", "-X", "quit"]
    environ = {"SCREENDIR": str(sockets), "SHELL": "/bin/sh"}
    try:
        with line.log_in(*start, *program(samples, tell), **environ) as terminal:
            begin_a_note(terminal)
            terminal.signal(signal.SIGKILL)
            terminal.ended(10)
        with line.log_in(*again, **environ) as terminal:
            terminal.wait(NOTE)
            terminal.keys("!", "escape")
            until(lambda: any(f"{NOTE}!" in json.dumps(note) for note in notes(samples)), "the note is stored")
            terminal.keys("ctrl+q")
            terminal.ended(20)
        until(lambda: (tell / "status").exists() and (tell / "status").read_text().strip(), "its status is known")
        assert (tell / "status").read_text().strip() == "0"
    finally:
        subprocess.run(end, env={**os.environ, **environ}, capture_output=True, timeout=10, check=False)
