package io.clientele.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** On which line of a file each key stands. Jackson itself reports where it had read to when it noticed, which is later. */
final class KeyLines {

    private final Map<String, Integer> lines;

    private KeyLines(Map<String, Integer> lines) {
        this.lines = lines;
    }

    /** The keys as far as the text can be read. */
    static KeyLines of(String text, JsonFactory yaml) {
        Map<String, Integer> lines = new LinkedHashMap<>();
        try (JsonParser parser = yaml.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME || parser.getParsingContext().inArray()) {
                    lines.putIfAbsent(
                            path(parser.getParsingContext()),
                            parser.currentTokenLocation().getLineNr());
                }
            }
        } catch (IOException notYaml) {
            // What is wrong with it is being told; the keys before it may still help.
        }
        return new KeyLines(lines);
    }

    boolean has(String path) {
        return lines.containsKey(path);
    }

    /** The line of a key, or of the nearest that it is in; 0 if there is none. */
    int of(String path) {
        for (String key = path; !key.isEmpty(); key = parent(key)) {
            if (lines.containsKey(key)) {
                return lines.get(key);
            }
        }
        return 0;
    }

    /** The line of the first key under a path that a complaint names, or else of the path. */
    int ofKeyNamedIn(String complaint, String path) {
        return lines.keySet().stream()
                .filter(key -> parent(key).equals(path))
                .filter(key -> Pattern.compile("\\b" + Pattern.quote(last(key)) + "\\b")
                        .matcher(complaint)
                        .find())
                .findFirst()
                .map(lines::get)
                .orElseGet(() -> of(path));
    }

    /** The keys of the same mapping. */
    List<String> siblings(String path) {
        return lines.keySet().stream()
                .filter(key -> !key.equals(path) && parent(key).equals(parent(path)))
                .toList();
    }

    private static String path(JsonStreamContext context) {
        if (context == null || context.inRoot()) {
            return "";
        }
        String parent = path(context.getParent());
        String step = context.inArray() ? "[" + context.getCurrentIndex() + "]" : context.getCurrentName();
        if (context.inObject() && step == null) {
            return parent;
        }
        return parent.isEmpty() ? step : parent + "." + step;
    }

    private static String parent(String path) {
        int dot = path.lastIndexOf('.');
        return dot < 0 ? "" : path.substring(0, dot);
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
