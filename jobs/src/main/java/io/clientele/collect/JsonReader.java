package io.clientele.collect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.clientele.collect.Lines.Line;
import io.clientele.text.Issue;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Set;

/** Reads JSON lines: one object a line. Nested values stay JSON text, for the mapping to take apart. */
final class JsonReader implements RecordReader {

    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            // Otherwise 40.00 becomes 4E+1.
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build()
            .readerFor(JsonNode.class);

    private final Source source;
    private final Lines lines;
    private final int longest;
    private final Set<String> declared;

    JsonReader(Source source, Lines lines, int longest) {
        this.source = source;
        this.lines = lines;
        this.longest = longest;
        this.declared = Set.copyOf(source.columns());
    }

    @Override
    public RawRecord next() throws IOException {
        Line line = lines.next();
        while (line != null && line.text().isBlank()) {
            line = lines.next();
        }
        return line == null ? null : record(line);
    }

    private RawRecord record(Line line) {
        if (line.isCut()) {
            return RawRecord.malformed(
                    line.number(), line.text(), Issue.TOO_LONG, "more than " + longest + " characters");
        }
        if (CsvReader.isUndecodable(line.text())) {
            return RawRecord.malformed(line.number(), line.text(), Issue.UNDECODABLE_TEXT, null);
        }
        JsonNode object = parse(line.text());
        if (object == null || !object.isObject()) {
            return RawRecord.malformed(line.number(), line.text(), Issue.MALFORMED_JSON, null);
        }
        if (source.unknownColumns() == Source.Policy.REJECT) {
            int unknown = unknownFields(object);
            if (unknown > 0) {
                return RawRecord.malformed(line.number(), line.text(), Issue.UNKNOWN_FIELD, unknown + " of them");
            }
        }
        String[] values = new String[source.columns().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = text(object.get(source.columns().get(i)));
        }
        return RawRecord.of(line.number(), line.text(), Arrays.asList(values));
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            return null;
        }
    }

    private int unknownFields(JsonNode object) {
        int unknown = 0;
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            unknown += declared.contains(names.next()) ? 0 : 1;
        }
        return unknown;
    }

    private static String text(JsonNode value) {
        if (value == null || value.isNull()) {
            return null;
        }
        String text = value.isValueNode() ? value.asText() : value.toString();
        return text.isEmpty() ? null : text;
    }
}
