"""A terminal's screen as SVG. usage: tmux capture-pane -p -e | ansi-to-svg.py TITLE.
Knows the colours and styles that backstep uses: the terminal's sixteen, bold, dim, reverse."""
import html
import re
import sys

CELL_WIDTH, CELL_HEIGHT, FONT, MARGIN, BASELINE = 9.6, 20, 16, 18, 15
BACKGROUND, FOREGROUND = "#14171c", "#e6e6e6"
COLOURS = ["#5a6069", "#ff6b60", "#4fc26b", "#e0b341", "#6aa6f8", "#c792ea", "#4fb8c9", "#e6e6e6"]


def apply(codes, style):
    codes = [int(code or 0) for code in codes.split(";")]
    i = 0
    while i < len(codes):
        code = codes[i]
        if code == 0:
            style = {}
        elif code in (1, 2, 3, 4, 7):
            style = {**style, {1: "bold", 2: "dim", 3: "italic", 4: "under", 7: "reverse"}[code]: True}
        elif code == 22:
            style = {key: value for key, value in style.items() if key not in ("bold", "dim")}
        elif 30 <= code <= 37 or 90 <= code <= 97:
            style = {**style, "colour": COLOURS[code % 10]}
        elif code == 39:
            style = {key: value for key, value in style.items() if key != "colour"}
        elif code == 38 and codes[i + 1 : i + 2] == [5]:
            style = {**style, "colour": COLOURS[codes[i + 2] % 8]}
            i += 2
        i += 1
    return style


def main():
    title = sys.argv[1]
    lines = sys.stdin.read().rstrip("\n").split("\n")
    width = max(80, max(len(re.sub(r"\x1b\[[0-9;]*m", "", line)) for line in lines))
    w, h = width * CELL_WIDTH + 2 * MARGIN, len(lines) * CELL_HEIGHT + 2 * MARGIN
    print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w:g} {h:g}" width="{w:g}" height="{h:g}" role="img">')
    print(f"<title>{html.escape(title)}</title>")
    print(f'<rect width="100%" height="100%" rx="8" fill="{BACKGROUND}"/>')
    print(f'<g font-family="ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace" '
          f'font-size="{FONT}" fill="{FOREGROUND}" xml:space="preserve">')
    style = {}
    for row, line in enumerate(lines):
        column = 0
        for part in re.split(r"(\x1b\[[0-9;]*m)", line):
            if part.startswith("\x1b["):
                style = apply(part[2:-1], style)
                continue
            for run in re.finditer(r"\S+(?: \S+)*", part):
                at = column + run.start()
                attributes = f' fill="{style["colour"]}"' if "colour" in style else ""
                attributes += ' font-weight="bold"' if style.get("bold") else ""
                attributes += ' opacity="0.65"' if style.get("dim") else ""
                length = f' textLength="{len(run[0]) * CELL_WIDTH:g}"' if len(run[0]) > 1 else ""
                print(f'<text x="{MARGIN + at * CELL_WIDTH:g}" y="{MARGIN + row * CELL_HEIGHT + BASELINE:g}"'
                      f'{length}{attributes}>{html.escape(run[0])}</text>')
            column += len(part)
    print("</g></svg>")


main()
