"""Hatching as plain line segments: it survives greyscale, printing and every renderer."""


def hatch_lines(
    left: float, right: float, height: float, spacing: float
) -> list[tuple[float, float, float, float]]:
    """45° lines, falling to the right, clipped to a band from `left` to `right` and 0 to `height`.

    All lengths are in one unit (pixels). Lines of neighbouring bands continue each other, because
    they are counted from position 0 and not from the band's edge. Returns (x1, y1, x2, y2) each.
    """
    lines = []
    number = int((left - height) // spacing) + 1
    while (start := number * spacing) < right:
        x1, x2 = max(start, left), min(start + height, right)
        if x2 - x1 > 1e-9:
            lines.append((x1, x1 - start, x2, x2 - start))
        number += 1
    return lines
