package io.clientele.predict.propensity;

import static io.clientele.config.Requirement.check;

import io.clientele.config.Suggestion;
import io.clientele.schema.EventType;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of a customer at a cut-off. Every cut-off looks back equally far: else a customer of three years would look
 * otherwise at an early cut-off, only because the data begins there.
 *
 * @param historyDays how far a cut-off looks back, in days up to and including its own
 * @param windows shorter windows in which purchases, amounts and events are counted too, in days, ascending
 * @param channels whose shares in the purchases count
 * @param countries whose shares in the purchases count
 * @param eventTypes of the events that are counted
 */
record FeatureSettings(
        int historyDays,
        List<Integer> windows,
        List<String> channels,
        List<String> countries,
        List<String> eventTypes) {

    FeatureSettings {
        check(historyDays >= 7 && historyDays <= 3650, "key 'historyDays' must be 7 to 3650, got %d", historyDays);
        windows = windows == null ? List.of() : List.copyOf(windows);
        int before = 0;
        for (int window : windows) {
            check(
                    window > before && window < historyDays,
                    "key 'windows': days must ascend and be fewer than 'historyDays' (%d), got %d",
                    historyDays,
                    window);
            before = window;
        }
        channels = distinct("channels", channels);
        countries = distinct("countries", countries);
        eventTypes = distinct("eventTypes", eventTypes);
        for (String type : eventTypes) {
            check(
                    EventType.codes().contains(type),
                    "key 'eventTypes': no event type '%s'%s (there are %s)",
                    type,
                    Suggestion.question(type, EventType.codes()),
                    String.join(", ", EventType.codes()));
        }
    }

    private static List<String> distinct(String key, List<String> values) {
        List<String> given = values == null ? List.of() : List.copyOf(values);
        check(given.stream().distinct().count() == given.size(), "key '%s' names something twice", key);
        return given;
    }

    /** The windows, and the whole of the history as the last. */
    List<Integer> allWindows() {
        List<Integer> all = new ArrayList<>(windows);
        all.add(historyDays);
        return all;
    }
}
