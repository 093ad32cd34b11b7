package org.psij.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Lines in a plane with logarithmic axes, as SVG. */
final class Plot {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 320;
  private static final int MARGIN = 60;
  private static final double LEAST = 0.01;
  private static final List<String> COLOURS = List.of("#1b6ca8", "#c4561e", "#3d8b37");

  private final String xTitle;
  private final String yTitle;
  private final Map<String, List<Point>> lines = new LinkedHashMap<>();

  private record Point(double x, double y) {}

  Plot(String xTitle, String yTitle) {
    this.xTitle = xTitle;
    this.yTitle = yTitle;
  }

  Plot point(String line, double x, double y) {
    lines
        .computeIfAbsent(line, missing -> new ArrayList<>())
        .add(new Point(Math.max(x, LEAST), Math.max(y, LEAST)));
    return this;
  }

  String svg() {
    StringBuilder svg =
        new StringBuilder(
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
            <rect width="100%%" height="100%%" fill="white"/>
            """
                .formatted(WIDTH, HEIGHT));
    for (double x = floor(least(true)); x <= ceil(most(true)); x *= 10) {
      rule(svg, atX(x), MARGIN / 2, atX(x), HEIGHT - MARGIN);
      text(svg, atX(x), HEIGHT - MARGIN + 16, "middle", Figures.text(x));
    }
    for (double y = floor(least(false)); y <= ceil(most(false)); y *= 10) {
      rule(svg, MARGIN, atY(y), WIDTH - MARGIN / 2.0, atY(y));
      text(svg, MARGIN - 6, atY(y) + 4, "end", Figures.text(y));
    }
    text(svg, WIDTH / 2.0, HEIGHT - MARGIN / 3.0, "middle", xTitle);
    text(svg, MARGIN, MARGIN / 3.0, "start", yTitle);
    int number = 0;
    for (Map.Entry<String, List<Point>> line : lines.entrySet()) {
      draw(svg, line.getKey(), line.getValue(), COLOURS.get(number++ % COLOURS.size()));
    }
    return svg.append("</svg>\n").toString();
  }

  private void draw(StringBuilder svg, String name, List<Point> points, String colour) {
    String way =
        points.stream()
            .map(point -> number(atX(point.x)) + "," + number(atY(point.y)))
            .collect(Collectors.joining(" "));
    svg.append(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>\n"
            .formatted(way, colour));
    Point last = points.get(points.size() - 1);
    text(svg, atX(last.x), atY(last.y) - 8, "end", name);
  }

  private static void rule(StringBuilder svg, double x1, double y1, double x2, double y2) {
    svg.append(
        "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"#ccc\"/>\n"
            .formatted(number(x1), number(y1), number(x2), number(y2)));
  }

  private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
    svg.append(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
            .formatted(number(x), number(y), anchor, text));
  }

  private double atX(double x) {
    double part = part(x, floor(least(true)), ceil(most(true)));
    return MARGIN + part * (WIDTH - 1.5 * MARGIN);
  }

  private double atY(double y) {
    double part = part(y, floor(least(false)), ceil(most(false)));
    return HEIGHT - MARGIN - part * (HEIGHT - 1.5 * MARGIN);
  }

  private static double part(double value, double from, double to) {
    return to == from ? 0 : Math.log(value / from) / Math.log(to / from);
  }

  private double least(boolean ofX) {
    return values(ofX).stream().min(Double::compare).orElseThrow();
  }

  private double most(boolean ofX) {
    return values(ofX).stream().max(Double::compare).orElseThrow();
  }

  private List<Double> values(boolean ofX) {
    return lines.values().stream()
        .flatMap(List::stream)
        .map(point -> ofX ? point.x : point.y)
        .toList();
  }

  private static double floor(double value) {
    return Math.pow(10, Math.floor(Math.log10(value)));
  }

  private static double ceil(double value) {
    return Math.pow(10, Math.ceil(Math.log10(value)));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
