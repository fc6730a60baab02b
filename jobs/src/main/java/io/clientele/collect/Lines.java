package io.clientele.collect;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The lines of a text, numbered from 1, of which no more is ever held than a limit. Lines that were read too far can be put
 * back.
 */
final class Lines {

    /** @param isCut whether the line was longer than the limit, and the rest of it was dropped */
    record Line(long number, String text, boolean isCut) {}

    private static final int BUFFER = 1 << 16;

    private final Reader reader;
    private final int longest;
    private final char[] buffer = new char[BUFFER];
    private final Deque<Line> putBack = new ArrayDeque<>();
    private int position;
    private int end;
    private long number;
    private boolean isAfterReturn;
    private boolean isStart = true;

    Lines(Reader reader, int longest) {
        this.reader = reader;
        this.longest = longest;
    }

    /** The next line without its ending (LF, CR LF or CR); null at the end of the text. */
    Line next() throws IOException {
        if (!putBack.isEmpty()) {
            return putBack.pop();
        }
        StringBuilder text = null;
        boolean isCut = false;
        while (true) {
            if (position == end && !fill()) {
                return text == null ? null : line(text.toString(), isCut);
            }
            if (isAfterReturn) {
                isAfterReturn = false;
                if (buffer[position] == '\n') {
                    position++;
                    continue;
                }
            }
            int stop = position;
            while (stop < end && buffer[stop] != '\n' && buffer[stop] != '\r') {
                stop++;
            }
            if (stop < end && text == null && stop - position <= longest) {
                String whole = new String(buffer, position, stop - position);
                endLine(stop);
                return line(whole, false);
            }
            text = text == null ? new StringBuilder() : text;
            int room = longest - text.length();
            isCut |= stop - position > room;
            text.append(buffer, position, Math.min(stop - position, room));
            if (stop < end) {
                endLine(stop);
                return line(text.toString(), isCut);
            }
            position = end;
        }
    }

    /** Gives a line back, to be the next one. */
    void putBack(Line line) {
        putBack.push(line);
    }

    private void endLine(int stop) {
        isAfterReturn = buffer[stop] == '\r';
        position = stop + 1;
    }

    private Line line(String text, boolean isCut) {
        number++;
        return new Line(number, text, isCut);
    }

    private boolean fill() throws IOException {
        int read = reader.read(buffer, 0, BUFFER);
        position = 0;
        end = Math.max(read, 0);
        if (isStart && end > 0) {
            isStart = false;
            if (buffer[0] == '\uFEFF') {
                position = 1;
                return position < end || fill();
            }
        }
        return read > 0;
    }
}
