package dev.tare.runs.campaign;

import dev.tare.runs.JsonCursor;
import dev.tare.runs.UnreadableRunException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** How optional values and constants stand in a campaign's files: what is not known is absent, a constant is a small word. */
final class CampaignJson {
    private CampaignJson() {}

    static Optional<String> text(JsonCursor object, String key) throws UnreadableRunException {
        Optional<JsonCursor> value = object.find(key);
        return value.isPresent() ? Optional.of(value.get().text()) : Optional.empty();
    }

    static OptionalInt count(JsonCursor object, String key) throws UnreadableRunException {
        Optional<JsonCursor> value = object.find(key);
        return value.isPresent() ? OptionalInt.of(value.get().count()) : OptionalInt.empty();
    }

    static int countFromOne(JsonCursor value) throws UnreadableRunException {
        if (value.count() == 0) {
            throw value.unexpected("a whole number from 1");
        }
        return value.count();
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static <E extends Enum<E>> E constant(JsonCursor value, Class<E> type) throws UnreadableRunException {
        String text = value.text();
        for (E constant : type.getEnumConstants()) {
            if (word(constant).equals(text)) {
                return constant;
            }
        }
        throw value.unexpected("one of "
                + Arrays.stream(type.getEnumConstants()).map(CampaignJson::word).collect(Collectors.joining(", ")));
    }
}
