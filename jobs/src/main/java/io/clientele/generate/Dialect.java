package io.clientele.generate;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How a source writes.
 *
 * @param isJson one object a line, in gzip files; otherwise CSV
 * @param hasMark whether a file starts with a byte-order mark
 */
record Dialect(boolean isJson, Charset charset, char delimiter, String lineEnd, boolean hasMark, String ending) {

    private static final byte[] UTF_16_ORPHAN = {0x00, (byte) 0xDC};

    static Dialect csv(Charset charset, char delimiter, String lineEnd) {
        return new Dialect(false, charset, delimiter, lineEnd, false, "csv");
    }

    static Dialect json() {
        return new Dialect(true, StandardCharsets.UTF_8, ',', "\n", false, "jsonl.gz");
    }

    Dialect withMark() {
        return new Dialect(isJson, charset, delimiter, lineEnd, true, ending);
    }

    Dialect in(String otherEnding) {
        return new Dialect(isJson, charset, delimiter, lineEnd, hasMark, otherEnding);
    }

    /** What a file starts with: mark and header. */
    byte[] start(List<String> columns) {
        String header = isJson ? "" : String.join(String.valueOf(delimiter), columns) + lineEnd;
        return ((hasMark ? "\uFEFF" : "") + header).getBytes(charset);
    }

    /** Writes a record, without the line's end; null is an absent value. */
    void write(List<String> columns, String[] values, StringBuilder line) {
        if (isJson) {
            object(columns, values, line);
        } else {
            for (int i = 0; i < values.length; i++) {
                if (i > 0) {
                    line.append(delimiter);
                }
                if (values[i] != null) {
                    field(values[i], line);
                }
            }
        }
    }

    /** Bytes that are no text in the charset; one of the few where everything is some character gets a control code. */
    byte[] undecodable() {
        if (charset.equals(StandardCharsets.UTF_16LE)) {
            return UTF_16_ORPHAN.clone();
        }
        return new byte[] {
            charset.equals(StandardCharsets.UTF_8)
                    ? (byte) 0xFF
                    : charset.name().startsWith("windows") ? (byte) 0x81 : 0x1A
        };
    }

    private void field(String value, StringBuilder line) {
        if (value.indexOf(delimiter) < 0 && value.indexOf('"') < 0) {
            line.append(value);
        } else {
            line.append('"').append(value.replace("\"", "\"\"")).append('"');
        }
    }

    /** Values in braces are objects themselves, and numbers stay numbers. */
    private static void object(List<String> columns, String[] values, StringBuilder line) {
        line.append('{');
        boolean isFirst = true;
        for (int i = 0; i < values.length; i++) {
            String value = values[i];
            if (value == null) {
                continue;
            }
            if (!isFirst) {
                line.append(',');
            }
            isFirst = false;
            line.append('"').append(columns.get(i)).append("\":");
            if (value.startsWith("{") || isNumber(value)) {
                line.append(value);
            } else {
                quoted(value, line);
            }
        }
        line.append('}');
    }

    static void quoted(String value, StringBuilder line) {
        line.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\');
            }
            line.append(c);
        }
        line.append('"');
    }

    /** Whether it is a number that JSON can hold as it is: identifiers of leading zeros are not. */
    private static boolean isNumber(String value) {
        int start = value.startsWith("-") ? 1 : 0;
        if (value.length() == start || value.length() > 8) {
            return false;
        }
        boolean hasPoint = false;
        for (int i = start; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '.' && i > start && i < value.length() - 1 && !hasPoint) {
                hasPoint = true;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        return value.charAt(start) != '0' || value.length() == start + 1 || value.charAt(start + 1) == '.';
    }
}
