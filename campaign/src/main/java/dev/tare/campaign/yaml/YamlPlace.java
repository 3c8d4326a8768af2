package dev.tare.campaign.yaml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value of a YAML file with its place, so that every complaint names file and line. Only plain data is read: no tags make
 * objects, and a document of more than a few thousand aliases is refused by the library.
 *
 * @param file for messages
 */
public record YamlPlace(String file, Node node) {
    /**
     * Reads a text that holds one YAML document.
     *
     * @param file what it is called in messages
     * @throws PlaceException when it is no YAML, or empty
     */
    public static YamlPlace read(String file, String text) throws PlaceException {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setAllowDuplicateKeys(false)
                .build();
        try {
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isEmpty()) {
                throw new PlaceException(file + ": expected YAML, got an empty file");
            }
            return new YamlPlace(file, root.get());
        } catch (MarkedYamlEngineException e) {
            throw new PlaceException(file
                    + e.getProblemMark().map(YamlPlace::line).orElse("") + ": expected YAML, got " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new PlaceException(file + ": expected YAML, got " + e.getMessage());
        }
    }

    private static String line(Mark mark) {
        return " line " + (mark.getLine() + 1);
    }

    /** File and line. */
    public String where() {
        return file + node.getStartMark().map(YamlPlace::line).orElse("");
    }

    /** The fields of a mapping, in their order. */
    public Map<String, YamlPlace> fields() throws PlaceException {
        if (!(node instanceof MappingNode mapping)) {
            throw unexpected("a mapping (key: value)");
        }
        Map<String, YamlPlace> fields = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            YamlPlace key = new YamlPlace(file, tuple.getKeyNode());
            if (fields.put(key.text(), new YamlPlace(file, tuple.getValueNode())) != null) {
                throw key.unexpected("each key once");
            }
        }
        return fields;
    }

    /** The fields of a mapping that has no others than these. */
    public Map<String, YamlPlace> fields(String... known) throws PlaceException {
        Map<String, YamlPlace> fields = fields();
        for (NodeTuple tuple : ((MappingNode) node).getValue()) {
            YamlPlace key = new YamlPlace(file, tuple.getKeyNode());
            if (!Arrays.asList(known).contains(key.text())) {
                throw key.unexpected("one of " + String.join(", ", known));
            }
        }
        return fields;
    }

    /** The elements of a sequence; a single value stands for a sequence of one. */
    public List<YamlPlace> elements() {
        if (!(node instanceof SequenceNode sequence)) {
            return isNothing() ? List.of() : List.of(this);
        }
        List<YamlPlace> elements = new ArrayList<>();
        sequence.getValue().forEach(element -> elements.add(new YamlPlace(file, element)));
        return elements;
    }

    /** Whether it is a mapping. */
    public boolean isMapping() {
        return node instanceof MappingNode;
    }

    /** Whether it is a single value. */
    public boolean isScalar() {
        return node instanceof ScalarNode;
    }

    /** Whether nothing stands there. */
    public boolean isNothing() {
        return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
    }

    /** A scalar as it was written; a key without a value is an empty text. */
    public String text() throws PlaceException {
        if (!(node instanceof ScalarNode scalar)) {
            throw unexpected("a text");
        }
        return isNothing() ? "" : scalar.getValue();
    }

    /** One of a few words. */
    public String word(Collection<String> words) throws PlaceException {
        if (!words.contains(text())) {
            throw unexpected("one of " + String.join(", ", words));
        }
        return text();
    }

    /** A whole number in a range. */
    public int whole(int least, int most) throws PlaceException {
        try {
            int number = Integer.parseInt(text());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException none) {
            throw unexpected("a whole number from " + least + " to " + most);
        }
        throw unexpected("a whole number from " + least + " to " + most);
    }

    /** A whole number from 1, for what is counted. */
    public static OptionalInt count(Optional<YamlPlace> place) throws PlaceException {
        return place.isPresent() ? OptionalInt.of(place.get().whole(1, 1 << 20)) : OptionalInt.empty();
    }

    /** The complaint that something else was expected here. */
    public PlaceException unexpected(String expected) {
        String got = node instanceof ScalarNode scalar
                ? "\"" + scalar.getValue() + "\""
                : node instanceof MappingNode ? "a mapping" : "a list";
        return new PlaceException(where() + ": expected " + expected + ", got " + got);
    }
}
