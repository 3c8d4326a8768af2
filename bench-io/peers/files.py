"""Files that the comparing scripts measure on."""

import os


def make(script, path, size_mb, overwrite):
    """The file in full size; refuses what somebody may want to keep."""
    size = size_mb << 20
    if not os.path.lexists(path):
        with open(path, "xb") as file:
            # Written, not only allocated: a file system answers reads of what was never written without the disk.
            for _ in range(size_mb):
                file.write(os.urandom(1 << 20))
            os.fsync(file.fileno())
        return
    if not os.path.isfile(path):
        raise SystemExit(f"{script}: --file: expected a regular file or a new one, got {path}, which is neither; it would"
                         " be overwritten without a look; name a file on the file system to measure")
    if not overwrite:
        raise SystemExit(f"{script}: --file: expected a new file, got {path}, which exists; name another, or give"
                         " --overwrite if all that it contains may be lost")
    if os.path.getsize(path) < size:
        raise SystemExit(f"{script}: --file: expected at least {size} bytes, got {os.path.getsize(path)} in {path};"
                         " give a smaller --size-mb or a new file")
