"""A disk that can be filled, and given room again."""
import os
import resource
import shutil
import signal
import subprocess

ROOM_LEFT = 400 * 1024  # for some sales, before there is none


class SmallDisk:
    """A file system of a few MiB; where we may not mount one, a limit on the size of files."""

    def __init__(self, folder, mib):
        self.path = os.path.join(folder, "disk")
        os.mkdir(self.path)
        mount = shutil.which("mount")
        self.mounted = bool(mount) and subprocess.run(
            [mount, "-t", "tmpfs", "-o", f"size={mib}m", "tmpfs", self.path],
            capture_output=True, check=False).returncode == 0
        self.filler = os.path.join(self.path, "filler")

    def before(self):
        """In the server's process: a write beyond the limit is an error, not a signal."""
        if not self.mounted:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    def fill(self, shop=None):
        if self.mounted:
            with open(self.filler, "wb", buffering=0) as f:
                try:
                    while True:
                        f.write(bytes(4096))
                except OSError:
                    f.truncate(f.tell() - ROOM_LEFT)
                    return
        largest = max(os.path.getsize(os.path.join(shop.data, name))
                      for name in os.listdir(shop.data))
        resource.prlimit(shop.process.pid, resource.RLIMIT_FSIZE,
                         (largest + ROOM_LEFT, resource.RLIM_INFINITY))

    def free(self, shop=None):
        if self.mounted:
            os.unlink(self.filler)
        else:
            resource.prlimit(shop.process.pid, resource.RLIMIT_FSIZE,
                             (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    def close(self):
        if self.mounted:
            subprocess.run(["umount", self.path], check=True)
            self.mounted = False
