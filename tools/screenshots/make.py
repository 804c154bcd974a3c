#!/usr/bin/env python3
"""Makes the pictures of docs/screenshots: what the module and the program really write, of our own sample captures, drawn by a headless Chromium.

    ./build.ps1 && dotnet build src/KismetPS.Cli && python3 tools/screenshots/make.py

Needs Python 3 (nothing besides it), pwsh and chromium on the PATH. What a terminal is sent is put onto a small screen of our own, and that is drawn.
"""
import argparse
import fcntl
import html
import os
import pathlib
import pty
import re
import select
import socket
import struct
import subprocess
import sys
import tempfile
import termios
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PALETTE = ['#0c0c0c', '#e05561', '#8cc265', '#d18f52', '#4aa5f0', '#c162de', '#42b3c2', '#d7dae0',
           '#5a6374', '#ff616e', '#a5e075', '#f0a45d', '#4dc4ff', '#de73ff', '#4cd1e0', '#ffffff']
SEQUENCE = re.compile(r'\x1b\[([?0-9;]*)([A-Za-z])|\x1b[=>]')


def color(index):
    """The colour of an xterm's table."""
    if index < 16:
        return PALETTE[index]
    if index >= 232:
        return '#' + f'{8 + 10 * (index - 232):02x}' * 3
    index -= 16
    return '#' + ''.join(f'{0 if c == 0 else 55 + 40 * c:02x}' for c in (index // 36, index // 6 % 6, index % 6))


class Screen:
    """As much of a terminal as our programs use: colours, the cursor up and home, erasing."""

    def __init__(self, columns, rows=None):
        self.columns, self.rows = columns, rows
        self.lines, self.x, self.y, self.style = [{}], 0, 0, ('', False)

    def write(self, text):
        place = 0
        for found in SEQUENCE.finditer(text):
            self.put(text[place:found.start()])
            if found.group(2):
                self.act(found.group(1), found.group(2))
            place = found.end()
        self.put(text[place:])

    def put(self, text):
        for sign in text:
            if sign == '\r':
                self.x = 0
            elif sign == '\n':
                self.down()
            elif sign >= ' ':
                if self.x >= self.columns:
                    self.x = 0
                    self.down()
                self.lines[self.y][self.x] = (sign, self.style)
                # A sign of two cells is followed by an empty one.
                wide = 0x1100 <= ord(sign) <= 0x115f or 0x2e80 <= ord(sign) <= 0xa4cf or ord(sign) in (0x2615,) or ord(sign) >= 0x1f300
                self.x += 2 if wide else 1

    def down(self):
        self.y += 1
        if self.y == len(self.lines):
            self.lines.append({})
        if self.rows and len(self.lines) > self.rows:
            del self.lines[0]
            self.y -= 1

    def act(self, numbers, letter):
        values = [int(n) for n in re.findall(r'\d+', numbers)]
        if letter == 'm':
            self.dress(values or [0])
        elif letter == 'A':
            self.y = max(0, self.y - (values[0] if values else 1))
        elif letter == 'K':
            self.lines[self.y] = {} if values == [2] else {x: c for x, c in self.lines[self.y].items() if x < self.x}
        elif letter == 'J':
            self.lines = self.lines if values == [] else [{}]
            self.y = min(self.y, len(self.lines) - 1)
        elif letter == 'H':
            self.x = self.y = 0

    def dress(self, values):
        shade, bold = self.style
        while values:
            value = values.pop(0)
            if value == 0:
                shade, bold = '', False
            elif value == 1:
                bold = True
            elif value == 38 and values[:1] == [5]:
                shade = color(values[1])
                del values[:2]
            elif value == 38 and values[:1] == [2]:
                shade = '#' + ''.join(f'{v:02x}' for v in values[1:4])
                del values[:4]
            elif 30 <= value <= 37:
                shade = PALETTE[value - 30]
            elif 90 <= value <= 97:
                shade = PALETTE[value - 82]
            elif value == 39:
                shade = ''
        self.style = (shade, bold)

    def page(self, title):
        rows = []
        for line in self.lines:
            row = ''
            for x in range(max(line, default=-1) + 1):
                sign, (shade, bold) = line.get(x, (None if x - 1 in line and ord(line[x - 1][0]) > 0x2600 and line[x - 1][0] not in '━─█' else ' ', ('', False)))
                if sign is None:
                    continue
                look = (f'color:{shade};' if shade else '') + ('font-weight:bold;' if bold else '')
                row += f'<span style="{look}">{html.escape(sign)}</span>' if look else html.escape(sign)
            rows.append(row.rstrip())
        while rows and not rows[-1]:
            rows.pop()
        return ('<!doctype html><meta charset="utf-8"><style>body{margin:0;background:#0c0c0c;color:#d7dae0}'
                'pre{font:14px/18px "DejaVu Sans Mono","Liberation Mono",monospace;margin:12px}</style>'
                f'<title>{html.escape(title)}</title><pre>' + '\n'.join(rows) + '</pre>'), len(rows)


def picture(source, target, width, height):
    subprocess.run(['chromium', '--headless=new', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', f'--window-size={width},{height}',
                    '--virtual-time-budget=4000', f'--screenshot={target}', pathlib.Path(source).as_uri()], check=True, capture_output=True, timeout=300)
    print(target)


def draw(screen, title, folder, target):
    page, rows = screen.page(title)
    source = folder / (target.stem + '.html')
    source.write_text(page, encoding='utf-8')
    picture(source, target, int(screen.columns * 8.43) + 26, rows * 18 + 30)


def shell(module, script):
    # A home of its own: no profile, no history, nothing of who runs this.
    command = f"$PSStyle.OutputRendering = 'Ansi'; Import-Module '{module}'; {script}"
    environment = {k: v for k, v in os.environ.items() if k != 'NO_COLOR'} | {'TZ': 'UTC'}
    return subprocess.run(['pwsh', '-NoProfile', '-NonInteractive', '-Command', command], check=True, capture_output=True, text=True, encoding='utf-8', env=environment, timeout=300).stdout


def watch(program, columns, rows, seconds):
    """What is on the terminal after so many seconds of kismetps listen --watch, while a capture is replayed to it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(('127.0.0.1', 0))
        port = str(probe.getsockname()[1])
    child, terminal = pty.fork()
    if child == 0:
        os.environ.pop('NO_COLOR', None)
        os.environ.update(TERM='xterm-256color', COLORTERM='truecolor')
        time.sleep(1)
        os.execvp('dotnet', ['dotnet', program, 'listen', '--watch', '--port', port, '--address', '127.0.0.1'])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack('HHHH', rows, columns, 0, 0))
    data, begun, sender = b'', None, None
    while True:
        if select.select([terminal], [], [], 0.2)[0]:
            data += os.read(terminal, 65536)
        if begun is None and b'devices' in data:
            begun = time.monotonic()
            sender = subprocess.Popen(['dotnet', program, 'send', str(ROOT / 'samples' / 'office.pcapng'), '--to', '127.0.0.1', '--port', port, '--rate', '150'],
                                      stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if begun is not None and time.monotonic() - begun > seconds and data.rstrip().endswith(b'Ctrl+C ends'):
            break
    os.write(terminal, b'\x03')
    while True:
        try:
            if not os.read(terminal, 65536):
                break
        except OSError:
            break
    os.waitpid(child, 0)
    sender.wait()
    screen = Screen(columns, rows)
    screen.write(data.decode('utf-8', 'replace'))
    return screen


def main():
    options = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    options.add_argument('--module', default=str(ROOT / 'artifacts' / 'module' / 'KismetPS'))
    options.add_argument('--program', default=str(ROOT / 'src' / 'KismetPS.Cli' / 'bin' / 'Debug' / 'net10.0' / 'kismetps.dll'))
    options.add_argument('--output', default=str(ROOT / 'docs' / 'screenshots'))
    options.add_argument('only', nargs='*', help='devices, networks, alerts, watch, report')
    given = options.parse_args()
    output = pathlib.Path(given.output).resolve()
    output.mkdir(parents=True, exist_ok=True)
    office = ROOT / 'samples' / 'office.pcapng'
    tables = {
        'devices': f"Import-KismetCapture '{office}' | Where-Object SignalDbm | Sort-Object SignalDbm -Descending | Select-Object -First 24",
        'networks': f"Import-KismetCapture '{office}' -Emit Network | Sort-Object SignalDbm -Descending",
        'alerts': f"Import-KismetCapture '{office}' -Emit Alert",
    }
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        for name, script in tables.items():
            if not given.only or name in given.only:
                screen = Screen(120)
                screen.write('PS> ' + script.replace(str(ROOT) + os.sep, '').replace(os.sep, '/').replace("'", '') + '\r\n')
                screen.write(shell(given.module, f'{script} | Out-String -Width 120').replace('\n', '\r\n'))
                draw(screen, name, folder, output / f'{name}.png')
        if not given.only or 'watch' in given.only:
            draw(watch(given.program, 150, 36, 12), 'watch', folder, output / 'watch.png')
        if not given.only or 'report' in given.only:
            report = folder / 'report.html'
            shell(given.module, f"'Network', 'Device', 'Alert' | ForEach-Object {{ Import-KismetCapture '{office}' -Emit $_ }} | Export-KismetReport '{report}' -Title 'An invented office'")
            picture(report, output / 'report.png', 1280, 4300)
    return 0


if __name__ == '__main__':
    sys.exit(main())
