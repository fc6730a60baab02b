package io.clientele.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.clientele.failure.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** One YAML file, read into a record. An unknown, missing or ill-formed key is fatal, and said with its line. */
public final class ConfigFile {

    private static final ObjectMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .addModule(new JavaTimeModule())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    private ConfigFile() {}

    /**
     * Reads a file.
     *
     * @throws Failure (configuration) if the file is absent or does not say what the record needs
     */
    public static <C> C read(Path file, Class<C> type) {
        String text = text(file);
        try {
            C config = YAML.readValue(saysNothing(text) ? "{}" : text, type);
            if (config == null) {
                throw Failure.configuration("%s: says nothing", file);
            }
            return config;
        } catch (JsonProcessingException e) {
            throw Failure.configuration("%s%s", file, complaint(e, KeyLines.of(text, YAML.getFactory())));
        }
    }

    /** A complaint about a key, found after the file was read: as {@link #read} would have said it. */
    static Failure complaint(Path file, String key, String complaint) {
        KeyLines lines = KeyLines.of(text(file), YAML.getFactory());
        return Failure.configuration("%s%s%s", file, at(lines.of(key)), complaint);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw Failure.configuration(
                    "%s: cannot be read; every configuration folder needs this file, conf/ of the project has a model of it",
                    file);
        }
    }

    private static boolean saysNothing(String text) {
        return text.lines()
                .allMatch(line -> line.isBlank()
                        || line.stripLeading().startsWith("#")
                        || line.strip().equals("---"));
    }

    /** What is wrong, after the line, if there is one. */
    private static String complaint(JsonProcessingException e, KeyLines lines) {
        if (!(e instanceof JsonMappingException mapping)) {
            JsonLocation location = e.getLocation();
            return at(location == null ? 0 : location.getLineNr()) + firstLine(e);
        }
        String path = path(mapping);
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof Requirement.Violation violation) {
                return at(lines.ofKeyNamedIn(violation.getMessage(), path)) + violation.getMessage();
            }
        }
        return at(lines.of(path)) + complaint(mapping, path, lines);
    }

    private static String complaint(JsonMappingException e, String path, KeyLines lines) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return unknownKey(path, unknown.getPropertyName(), unknown.getKnownPropertyIds());
        }
        if (path.isEmpty() && e instanceof MismatchedInputException) {
            return "is not a mapping of keys to values";
        }
        if (e instanceof InvalidFormatException format) {
            String allowed = format.getTargetType().isEnum()
                    ? "one of "
                            + Arrays.stream(format.getTargetType().getEnumConstants())
                                    .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                                    .collect(Collectors.joining(", "))
                    : "a " + typeName(format.getTargetType());
            return "key '%s' is '%s', expected %s".formatted(path, format.getValue(), allowed);
        }
        if (e instanceof MismatchedInputException mismatch) {
            return lines.has(path)
                    ? "key '%s' is not a %s".formatted(path, typeName(mismatch.getTargetType()))
                    : "key '%s' is missing%s".formatted(path, misspelt(path, lines));
        }
        return "key '%s': %s".formatted(path, firstLine(e));
    }

    private static String at(int line) {
        return line < 1 ? ": " : ":" + line + ": ";
    }

    private static String firstLine(JsonProcessingException e) {
        return e.getOriginalMessage().lines().findFirst().orElse("is not YAML");
    }

    private static String misspelt(String path, KeyLines lines) {
        return Suggestion.nearest(path, lines.siblings(path))
                .map(found -> "; is '%s' on line %d meant?".formatted(found, lines.of(found)))
                .orElse("");
    }

    private static String typeName(Class<?> type) {
        if (type == null) {
            return "value";
        }
        return switch (type.getSimpleName()) {
            case "int", "long", "Integer", "Long" -> "whole number";
            case "double", "Double", "BigDecimal" -> "number";
            case "boolean", "Boolean" -> "true or false";
            case "List", "ArrayList" -> "list";
            case "String" -> "text";
            default -> "mapping";
        };
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
    }

    private static String unknownKey(String path, String key, Collection<Object> known) {
        String nearest =
                Suggestion.question(key, known.stream().map(Objects::toString).toList());
        String all = known.stream().map(Objects::toString).sorted().collect(Collectors.joining(", "));
        return "unknown key '%s'%s (known keys: %s)".formatted(path, nearest, all);
    }
}
