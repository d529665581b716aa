"""A bare Debian in a folder: no Python, no Qt, no desktop, no network; entered by chroot."""

import subprocess
from pathlib import Path

USER = "clerk"

# In a mount, process and network space of its own: what is mounted there is gone with the command. The display's socket
# and the fonts are the host's, as a desktop has them.
_ENTER = """
set -e
root=$1
shift
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
mkdir -p "$root/tmp/.X11-unix" "$root/usr/share/fonts"
if [ -d /tmp/.X11-unix ]; then mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"; fi
mount --bind -o ro /usr/share/fonts "$root/usr/share/fonts"
exec chroot "$root" "$@"
"""


class BareRoot:
    """The folder and what is done in it. `log` keeps what the commands said."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def home(self) -> Path:
        """The user's home, seen from outside."""
        return self.folder / "home" / USER

    def make(self, suite: str, mirror: str) -> None:
        """The smallest Debian there is, and a user."""
        subprocess.run(
            ["debootstrap", "--variant=minbase", suite, str(self.folder), mirror],
            check=True,
            stdout=subprocess.DEVNULL,
            timeout=600,
        )
        self.run("useradd", "--create-home", USER)

    def command(self, *words: str) -> list[str]:
        """The call that runs these words inside, as root."""
        spaces = ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child"]
        return [*spaces, "sh", "-c", _ENTER, "sh", str(self.folder), *words]

    def user_command(self, *words: str, display: str = "") -> list[str]:
        """The call that runs these words inside, as the user, with an environment that holds next to nothing."""
        bare = [
            f"HOME=/home/{USER}",
            "LANG=C.UTF-8",
            "PATH=/usr/bin:/bin",
            *([f"DISPLAY={display}"] if display else []),
        ]
        return self.command("runuser", "-u", USER, "--", "env", "-i", f"--chdir=/home/{USER}", *bare, *words)

    def run(self, *words: str) -> str:
        """Runs them as root; what they said. An exit code other than 0 is an error."""
        return _said(self.command(*words))

    def run_as_user(self, *words: str) -> str:
        """Runs them as the user; what they said."""
        return _said(self.user_command(*words))


def _said(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
