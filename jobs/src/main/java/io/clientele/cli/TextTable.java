package io.clientele.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A table for a terminal: columns as wide as their widest cell, numbers to the right. */
final class TextTable {

    private final List<String> header;
    private final Set<Integer> right;
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(List<String> header, int... rightAligned) {
        this.header = header;
        this.right = Arrays.stream(rightAligned).boxed().collect(Collectors.toSet());
    }

    void add(String... cells) {
        rows.add(List.of(cells));
    }

    void print(PrintWriter out) {
        int[] widths = new int[header.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = Math.max(
                    width(header.get(i)),
                    rows.stream().mapToInt(row -> width(row.get(column))).max().orElse(0));
        }
        printRow(header, widths, out);
        out.println("  " + Arrays.stream(widths).mapToObj("─"::repeat).collect(Collectors.joining("  ")));
        rows.forEach(row -> printRow(row, widths, out));
    }

    private void printRow(List<String> row, int[] widths, PrintWriter out) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - width(row.get(i)));
            line.append("  ").append(right.contains(i) ? padding + row.get(i) : row.get(i) + padding);
        }
        out.println(line.toString().stripTrailing());
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
