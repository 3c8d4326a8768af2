"""A run of fio, as the comparing scripts interleave it."""

import interleaved

# Columns of fio's terse output, version 3: I/Os per second of reading and of writing.
READ_RATE = 8
WRITE_RATE = 49


def command(label, fio, seconds, pattern, *options):
    """A shell command that runs fio once and prints "LABEL RATE CPU_US".

    The CPU time is that of the whole system per I/O, user and kernel, and contains fio's start.
    """
    column = READ_RATE if pattern.endswith("read") else WRITE_RATE
    quoted = " ".join(f"'{option}'" for option in options)
    return (
        f"before=$({interleaved.BUSY_TICKS});"
        f" rate=$({fio} --name=peer --thread --rw={pattern} --runtime={seconds} --time_based --minimal {quoted}"
        f" 2> /dev/null | awk -F';' '$1 == 3 {{print ${column}}}');"
        f" after=$({interleaved.BUSY_TICKS});"
        " awk -v rate=$rate -v ticks=$((after - before)) -v hz=$(getconf CLK_TCK)"
        f" 'BEGIN {{print \"{label}\", rate, ticks * 1e6 / hz / rate / {seconds}}}'")


def figures(lines, label):
    """Rates and CPU times of a label's runs."""
    values = [(float(line[1]), float(line[2])) for line in lines if line[0] == label]
    return [rate for rate, _ in values], [cpu for _, cpu in values]
