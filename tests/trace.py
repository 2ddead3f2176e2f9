#!/usr/bin/env python3
"""Compare what strace recorded of a program with what `socktutor trace` did, call for call.

    trace.py STRACE-FILE JSON-FILE ROLE [sorted]

STRACE-FILE is of `strace -f -y -s 32`. Only calls on sockets are compared: the function, its
descriptor, result and error, and the bytes that were sent. With `sorted` their order is not, as
threads have none. Prints the difference; exit status 1 when there is one or nothing to compare.
"""
import difflib
import json
import re
import sys

SHOWN = re.compile(r"<(socket:|UNIX|TCP|UDP|anon_inode:\[eventpoll\])[^>]*>")
SENDS = {"send", "sendto", "write"}


def bytes_sent(text):
    found = re.search(r'"((?:[^"\\]|\\.)*)"(?:\.\.\.|…)?', text)
    return re.sub(r"\\0(?![0-9])|\\000", r"\\0", found.group(1)) if found else ""


def describe(name, arguments, result, error):
    first = re.match(r"-?\d+", arguments)
    if name in ("sendto", "recvfrom") and re.search(r"NULL, (0|NULL)$", arguments):
        name = {"sendto": "send", "recvfrom": "recv"}[name]
    name = {"epoll_pwait": "epoll_wait", "pselect6": "select"}.get(name, name)
    sent = bytes_sent(arguments) if name in SENDS else ""
    # What is polled is no descriptor of the call itself.
    about = first.group(0) if first and name not in ("socket", "select") else ""
    return " ".join(filter(None, [name, about, sent, "=", result, error]))


def of_strace(path):
    calls, begun = [], {}
    for line in open(path):
        found = re.match(r"(\d+)\s+(.*)", line)
        if not found:
            continue
        task, text = found.groups()
        if text.endswith("<unfinished ...>"):
            begun[task] = text[: -len("<unfinished ...>")].rstrip()
            continue
        resumed = re.match(r"<\.\.\. \w+ resumed>,?(.*)", text)
        if resumed:
            text = begun.pop(task, "") + resumed.group(1)
        call = re.match(r"(\w+)\((.*?)\)?\s+= (-?\d+)(<[^>]*>)?(?: (E[A-Z0-9]+))?", text)
        if not call or not SHOWN.search(text) or text.startswith("epoll_create"):
            continue
        name, arguments, result, _, error = call.groups()
        if name == "close" and "eventpoll" in arguments:
            continue
        calls.append(describe(name, SHOWN.sub("", arguments), result, error))
    return calls


def of_trace(path, role):
    calls, order = {}, []
    for line in open(path):
        event = json.loads(line)
        if event.get("role") != role or event["kind"] not in ("call", "return"):
            continue
        if event["kind"] == "call":
            calls[event["call"]] = event
            order.append(event["call"])
        elif event["call"] in calls:
            calls[event["call"]]["return"] = event
    for number in order:
        event = calls[number]
        name, arguments = event["text"].split("(", 1)
        back = event.get("return")
        if back:
            yield describe(name, arguments[:-1], str(back["result"]), back.get("errno"))


def main():
    strace = of_strace(sys.argv[1])
    ours = list(of_trace(sys.argv[2], sys.argv[3]))
    # The call that a process is in when strace attaches to it is now and then not strace's.
    if "attached" in sys.argv[4:] and ours and strace.count(ours[0]) < ours.count(ours[0]):
        del ours[0]
    if "sorted" in sys.argv[4:]:
        strace.sort()
        ours.sort()
    difference = list(difflib.unified_diff(strace, ours, "strace", "socktutor", lineterm=""))
    for line in difference:
        print(line)
    if not strace:
        print("nothing to compare")
    return 1 if difference or not strace else 0


sys.exit(main())
