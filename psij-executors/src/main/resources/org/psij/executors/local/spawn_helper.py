"""Starts processes for a JVM, and writes into its journal what becomes of them.

Stays when the JVM has gone until the last process has ended, so that no exit code is lost.

Standard input brings requests: four bytes of length, then fields that end in NUL.
    start <ticket> <flags> <job> <directory> <stdin> <stdout> <stderr> <number of words> <words> <NAME=value>...
Standard output takes lines:
    ready <python version>
    started <ticket> <pid> <birth> <seconds.nanoseconds>
    refused <ticket> <errno> <reason>
    ended <ticket> <exit code> <signal or 0> <seconds.nanoseconds>
    failed <what went wrong in here>
A process without a job is not in the journal.
"""
import errno
import os
import select
import signal
import sys
import time

INHERIT, APPEND, ONE_STREAM = 1, 2, 4
DEFAULT_PATH = b"/usr/bin:/bin"
# So many processes are started before anybody is told
MOST_AT_ONCE = 16
RETRY_MILLISECONDS = 1000
# Python ignores these, and what is ignored stays so in the children
RESTORED_SIGNALS = [signal.SIGPIPE, signal.SIGXFSZ]


def now():
    return b"%d.%09d" % divmod(time.time_ns(), 1_000_000_000)


def read_own_environment():
    """As it was given: the interpreter may have added to its own copy."""
    try:
        with open("/proc/self/environ", "rb") as file:
            variables = file.read().split(b"\0")
    except OSError:
        return dict(os.environb)
    return dict(variable.split(b"=", 1) for variable in variables if b"=" in variable)


def birth(pid):
    """The start time in proc(5), field 22, tells a process from a later one with its id."""
    try:
        file = os.open(b"/proc/%d/stat" % pid, os.O_RDONLY)
        try:
            stat = os.read(file, 4096)
        finally:
            os.close(file)
        return stat[stat.rindex(b")") + 2 :].split(b" ")[19]
    except OSError:
        return b"-"


def ticks():
    """What the birth of a process that starts now will be, if proc(5) counts as this clock does."""
    if not hasattr(time, "CLOCK_BOOTTIME"):
        return None
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) * os.sysconf("SC_CLK_TCK") // 10**9


class Births:
    """Reading a birth takes a sixth of the time of a start; mostly the clock tells it, too."""

    def __init__(self):
        self.clock_is_right = None

    def of(self, pid, before, after):
        """The birth of a process, from the ticks before and after it was started."""
        clock = b"%d" % before if before is not None and before == after else None
        if clock and self.clock_is_right:
            return clock
        read = birth(pid)
        if clock and self.clock_is_right is None:
            self.clock_is_right = clock == read
        return read


class Journal:
    """Records start with a newline too, so that half a record spoils no other."""

    def __init__(self, path):
        self.path = path
        self.file = os.open(path, os.O_WRONLY | os.O_APPEND)
        self.unwritten = []

    def write(self, records):
        lines = b"".join(b"\n" + record + b"\n" for record in records)
        try:
            problem = 0 if os.write(self.file, lines) == len(lines) else errno.ENOSPC
        except OSError as e:
            problem = e.errno
        if problem:
            raise OSError(problem, "%s: %s" % (self.path, os.strerror(problem)))

    def write_some_time(self, record):
        self.unwritten.append(record)

    def flush(self):
        """One by one if not all at once: the disk may have room for some. Twice does no harm."""
        if self.unwritten:
            try:
                self.write(self.unwritten)
                self.unwritten.clear()
            except OSError:
                self.flush_slowly()

    def flush_slowly(self):
        try:
            while self.unwritten:
                self.write(self.unwritten[:1])
                del self.unwritten[0]
        except OSError:
            pass  # tried again in a second, for as long as this process has to do


class Helper:
    def __init__(self, journal):
        self.journal = journal
        self.environment = read_own_environment()
        self.births = Births()
        self.children = {}  # pid: (ticket, job)
        self.answers = []
        self.connected = True

    def answer(self, *words):
        if self.connected:
            self.answers.append(b" ".join(words) + b"\n")

    def tell(self):
        """The journal first: who has an answer may look there."""
        self.journal.flush()
        data = b"".join(self.answers)
        self.answers.clear()
        try:
            while data and self.connected:
                data = data[os.write(1, data) :]
        except BrokenPipeError:
            self.connected = False

    def start_all(self, requests):
        jobs = [request[3] for request in requests if request[3]]
        try:
            if jobs:
                self.journal.write([b"STARTING " + job for job in jobs])
        except OSError as e:
            for request in requests:
                self.refuse(request, e)
            return
        for request in requests:
            self.start(request)
            self.reap()

    def start(self, request):
        _, ticket, flags, job, directory, stdin, stdout, stderr, count, *rest = request
        words, variables = rest[: int(count)], rest[int(count) :]
        environment = dict(self.environment) if int(flags) & INHERIT else {}
        environment.update(variable.split(b"=", 1) for variable in variables)
        try:
            os.chdir(directory)
            streams = file_actions(int(flags), stdin, stdout, stderr)
            before = ticks()
            pid = spawn(words, environment, streams)
            born = self.births.of(pid, before, ticks())
        except OSError as e:
            self.refuse(request, e)
            return
        self.children[pid] = (ticket, job)
        process = b"%d %s %s" % (pid, born, now())
        if job:
            self.journal.write_some_time(b"STARTED %s %s" % (job, process))
        self.answer(b"started", ticket, process)

    def refuse(self, request, e):
        _, ticket, _, job, *_ = request
        if job:
            self.journal.write_some_time(b"REFUSED " + job)
        self.answer(b"refused", ticket, b"%d" % e.errno, e.strerror.encode())

    def reap(self):
        while self.children:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            if pid not in self.children:
                continue
            ticket, job = self.children.pop(pid)
            killer = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
            code = 128 + killer if killer else os.WEXITSTATUS(status)
            end = b"%d %d %s" % (code, killer, now())
            if job:
                self.journal.write_some_time(b"ENDED %s %s" % (job, end))
            self.answer(b"ended", ticket, end)

    def serve(self):
        alarm, bell = os.pipe()
        os.set_blocking(alarm, False)
        os.set_blocking(bell, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(bell, warn_on_full_buffer=False)
        events = select.poll()
        events.register(0, select.POLLIN)
        events.register(alarm, select.POLLIN)
        self.answer(b"ready", sys.version.split()[0].encode())
        self.tell()
        received, listening = b"", True
        while listening or self.children or self.journal.unwritten:
            ready = dict(events.poll(RETRY_MILLISECONDS if self.journal.unwritten else None))
            if alarm in ready:
                os.read(alarm, 4096)
            if 0 in ready:
                data = os.read(0, 1 << 16)
                received = self.handle_all(received + data)
                if not data:
                    listening = False
                    events.unregister(0)
                    self.disconnect()
            self.reap()
            self.tell()

    def handle_all(self, received):
        """Returns what is left: half a request."""
        start, requests = 0, []
        while len(received) - start >= 4:
            end = start + 4 + int.from_bytes(received[start : start + 4], "big")
            if len(received) < end:
                break
            requests.append(received[start + 4 : end].split(b"\0")[:-1])
            start = end
        for first in range(0, len(requests), MOST_AT_ONCE):
            self.start_all(requests[first : first + MOST_AT_ONCE])
            self.tell()
        if requests:
            os.chdir(b"/")
        return received[start:]

    def disconnect(self):
        """Nothing will be started any more; whoever reads the journal may count on it."""
        self.journal.write_some_time(b"DRAINED")
        self.tell()
        self.connected = False
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, 0)
        os.dup2(null, 1)
        os.close(null)


def file_actions(flags, stdin, stdout, stderr):
    writing = os.O_WRONLY | os.O_CREAT | (os.O_APPEND if flags & APPEND else os.O_TRUNC)
    errors = (
        (os.POSIX_SPAWN_DUP2, 1, 2)
        if flags & ONE_STREAM
        else (os.POSIX_SPAWN_OPEN, 2, stderr, writing, 0o666)
    )
    return [
        (os.POSIX_SPAWN_OPEN, 0, stdin, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, stdout, writing, 0o666),
        errors,
    ]


def spawn(words, environment, streams):
    program = find(words[0], environment)
    options = dict(
        file_actions=streams, setsid=True, setsigmask=[], setsigdef=RESTORED_SIGNALS
    )
    try:
        return os.posix_spawn(program, words, environment, **options)
    except OSError as e:
        if e.errno != errno.ENOEXEC:
            raise
    # a script that does not say by whom it is to be read, as execvp(3) has it
    return os.posix_spawn(b"/bin/sh", [b"/bin/sh", program] + words[1:], environment, **options)


def find(name, environment):
    if b"/" in name:
        return name
    for folder in environment.get(b"PATH", DEFAULT_PATH).split(b":"):
        program = os.path.join(folder or b".", name)
        if os.access(program, os.X_OK) and not os.path.isdir(program):
            return program
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))


def main():
    os.setsid()
    journal = Journal(sys.argv[-1])
    journal.write([b"STARTER %d %s %s" % (os.getpid(), birth(os.getpid()), now())])
    helper = Helper(journal)
    try:
        helper.serve()
    except Exception as e:
        helper.answer(b"failed", ascii(e).encode())
        helper.tell()
        raise


main()
