"""
A program that is stopped and goes on at chosen places of its own run (ptrace(2)):
before it changes a file, or where it starts another program. So that what happens
at the same time happens in an order that a seed repeats, and no test needs a clock.
"""

import ctypes
import os
import platform
import signal
import subprocess
import tempfile

from proof import Failed

TRACEME, SYSCALL, DETACH, SETOPTIONS, SYSCALL_INFO = 0, 24, 17, 0x4200, 0x420e
OPTIONS = 1 | 0x100000  # a call's stops are told from signals; nobody survives us
STOP_OF_CALL = signal.SIGTRAP | 0x80
SUBREAPER = 36

# Numbers of system calls: those that change a file, that sleep, that start a program.
CALLS = {
    "x86_64": ({1, 18, 20, 74, 75, 77, 82, 83, 84, 86, 87, 90, 91, 258, 263, 264, 265, 316},
               {35, 230}, {56, 57, 58, 435}),
    "aarch64": ({64, 68, 66, 82, 83, 46, 38, 34, 35, 37, 52, 53, 276}, {101, 115}, {220, 435}),
}


class Info(ctypes.Structure):
    """struct ptrace_syscall_info, as far as it is read."""
    _fields_ = [("stop", ctypes.c_uint8), ("padding", ctypes.c_uint8 * 3),
                ("machine", ctypes.c_uint32), ("at", ctypes.c_uint64 * 2),
                ("number", ctypes.c_uint64), ("arguments", ctypes.c_uint64 * 6)]


ENTRY, EXIT = 1, 2
ENDED, THERE, ASLEEP = "ended", "there", "asleep"
libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
libc.ptrace.restype = ctypes.c_long


def ptrace(request, process, address=None, data=None):
    if libc.ptrace(request, process, address, data) < 0:
        raise OSError(ctypes.get_errno(), "ptrace")


def trace_me():
    libc.ptrace(TRACEME, 0, None, None)


def children():
    """Process ids of what we started, and of what those that ended have left to us."""
    with open("/proc/thread-self/children") as file:
        return set(map(int, file.read().split()))


class Traced:
    """Stands before its first step once it is made."""

    running = set()  # process ids of all that have not ended

    def __init__(self, arguments, environment):
        # Programs that a killed one leaves behind become ours to wait for.
        libc.prctl(SUBREAPER, 1, 0, 0, 0)
        self.output = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            arguments, env=environment, stdin=subprocess.DEVNULL, stdout=self.output,
            stderr=subprocess.STDOUT, start_new_session=True, preexec_fn=trace_me)
        self.running.add(self.process.pid)
        self.status = None
        self.with_all = False  # what it has started is killed with it
        self.changes = self.starts = 0
        self.info = Info()
        self.wait()
        if self.status is None:
            ptrace(SETOPTIONS, self.process.pid, None, OPTIONS)

    def wait(self):
        """out: the signal that it stopped at; 0: it has ended."""
        _, status = os.waitpid(self.process.pid, 0)
        if os.WIFSTOPPED(status):
            return os.WSTOPSIG(status)
        self.status = self.process.returncode = os.waitstatus_to_exitcode(status)
        self.running.remove(self.process.pid)
        self.reap()
        return 0

    def reap(self):
        """Waits for what it has started and left behind, each in a session of its own."""
        left = children() - self.running
        while left:
            for process in left:
                if self.with_all:
                    os.killpg(os.getpgid(process), signal.SIGKILL)
                os.waitpid(process, 0)
            left = children() - self.running

    def next_call(self):
        """Goes to where a call begins or ends; false: it has ended."""
        passed_on = 0
        while True:
            ptrace(SYSCALL, self.process.pid, None, passed_on)
            stopped = self.wait()
            if stopped in (0, STOP_OF_CALL):
                break
            passed_on = stopped
        if stopped:
            ptrace(SYSCALL_INFO, self.process.pid, ctypes.sizeof(self.info),
                   ctypes.addressof(self.info))
        return stopped != 0

    def go(self, changes, starts=None):
        """
        Goes on until it is about to change a file for the n-th time in all, or has
        started the n-th program. out: ENDED, THERE, or ASLEEP: it waits for another.
        """
        changing, sleeping, starting = CALLS.get(platform.machine(), (range(1 << 16), (), ()))
        last = None
        while self.status is None and self.next_call():
            if self.info.stop == EXIT:
                self.starts += last in starting
                if last in starting and self.starts == starts:
                    return THERE
                continue
            last = self.info.number
            if last in sleeping:
                return ASLEEP
            self.changes += last in changing
            if last in changing and self.changes == changes:
                return THERE
        return ENDED

    def finish(self):
        """Goes on to its end. out: all that it said."""
        if self.status is None:
            ptrace(DETACH, self.process.pid)
            self.wait()
        return self.said()

    def kill(self, with_all_it_started):
        if self.status is None:
            self.with_all = with_all_it_started
            self.process.kill()
            while self.wait():
                pass

    def said(self):
        self.output.seek(0)
        said = self.output.read()
        self.output.close()
        return said


def may_trace():
    """None, or why no program can be traced here."""
    try:
        traced = Traced(["true"], os.environ)
        if traced.go(changes=0) != ENDED:
            traced.kill(True)
    except OSError as error:
        return "programs cannot be traced here: %s" % error
    return None if traced.status == 0 else "programs cannot be traced here"
