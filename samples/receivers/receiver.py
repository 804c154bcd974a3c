#!/usr/bin/env python3
"""Receives what Export-KismetDevice sends as Json, Csv or Simple over TCP or UDP, and checks the sequence of Json.

    python3 receiver.py [--protocol tcp|udp] [--host 127.0.0.1] [--port 8685] [--count N]

One line a message on standard output; gaps, repeats and what cannot be read on standard error. --host 0.0.0.0 listens to the network:
nobody is asked who they are, so let a firewall do it. Port 0 takes any free port; the address listened on is told on standard error.
"""
import argparse
import json
import socket
import sys
import threading

MAX_LINE = 1 << 20
MAX_STREAMS = 10_000


class Receiver:
    def __init__(self, count):
        self.left = count
        self.last = {}
        self.done = threading.Event()
        self.lock = threading.Lock()

    def take(self, message):
        text = message.decode("utf-8", "replace").strip()
        if not text:
            return
        with self.lock:
            if self.done.is_set():
                return
            shown = text
            if text.startswith("{"):
                try:
                    record = json.loads(text)
                    shown = json.dumps(record)
                    self.check(record.get("stream", ""), int(record["sequence"]))
                except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                    print("not read:", ascii(text[:200]), file=sys.stderr, flush=True)
                    return
            print(shown if shown.isprintable() else ascii(shown), flush=True)
            if self.left:
                self.left -= 1
                if self.left == 0:
                    self.done.set()

    def check(self, stream, sequence):
        last = self.last.get(stream)
        if last is not None and sequence <= last:
            print(f"repeat or late: {sequence} after {last}", file=sys.stderr, flush=True)
            return
        if last is not None and sequence != last + 1:
            print(f"gap: {last + 1} to {sequence - 1}", file=sys.stderr, flush=True)
        if last is None and len(self.last) >= MAX_STREAMS:
            self.last.pop(next(iter(self.last)))
        self.last[stream] = sequence


def serve_connection(connection, receiver):
    # A message may come in pieces, and several in one piece: only the line feed says where one ends.
    buffer = b""
    with connection:
        while not receiver.done.is_set():
            try:
                data = connection.recv(65536)
            except OSError:
                return
            if not data:
                return
            *lines, buffer = (buffer + data).split(b"\n")
            for line in lines:
                receiver.take(line)
            if len(buffer) > MAX_LINE:
                print("a line is too long; the connection is closed", file=sys.stderr, flush=True)
                return


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--protocol", choices=["tcp", "udp"], default="tcp")
    options.add_argument("--host", default="127.0.0.1")
    options.add_argument("--port", type=int, default=8685)
    options.add_argument("--count", type=int, default=0, help="end after so many messages")
    args = options.parse_args()
    receiver = Receiver(args.count)
    family = socket.AF_INET6 if ":" in args.host else socket.AF_INET
    kind = socket.SOCK_STREAM if args.protocol == "tcp" else socket.SOCK_DGRAM
    with socket.socket(family, kind) as server:
        if args.protocol == "tcp":
            server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind((args.host, args.port))
        server.settimeout(0.5)
        if args.protocol == "tcp":
            server.listen()
        print(f"listening on port {server.getsockname()[1]}", file=sys.stderr, flush=True)
        while not receiver.done.is_set():
            try:
                if args.protocol == "udp":
                    receiver.take(server.recvfrom(65535)[0])
                    continue
                connection, _ = server.accept()
                connection.settimeout(None)
                threading.Thread(target=serve_connection, args=(connection, receiver), daemon=True).start()
            except socket.timeout:
                pass


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
