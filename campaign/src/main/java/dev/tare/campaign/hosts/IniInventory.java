package dev.tare.campaign.hosts;

import dev.tare.campaign.yaml.PlaceException;
import dev.tare.harness.CommandWords;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads Ansible's inventories in INI form. */
final class IniInventory {
    private static final String VARS = ":vars";
    private static final String CHILDREN = ":children";

    private IniInventory() {}

    /** Whether a text is INI rather than YAML: its first line that says something is a group, or no {@code key:}. */
    static boolean looksLikeIt(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith(";"))
                .findFirst()
                .filter(line ->
                        !line.equals("---") && (line.startsWith("[") || !line.matches("[^\\s=]+:(\\s.*)?|\\{.*|- .*")))
                .isPresent();
    }

    static HostList read(String file, String text) throws PlaceException {
        InventoryVariables inventory = new InventoryVariables(file);
        String section = "ungrouped";
        int number = 0;
        for (String written : text.lines().toList()) {
            number++;
            String line = withoutComment(written).strip();
            if (line.startsWith("[")) {
                if (!line.matches("\\[[^\\[\\]\\s]+]")) {
                    throw unexpected(file, number, "a group such as [guests]", line);
                }
                section = line.substring(1, line.length() - 1);
            } else if (!line.isEmpty()) {
                take(inventory, section, line, file, number);
            }
        }
        return inventory.list();
    }

    private static void take(InventoryVariables inventory, String section, String line, String file, int number)
            throws PlaceException {
        if (section.endsWith(CHILDREN)) {
            inventory.child(section.substring(0, section.length() - CHILDREN.length()), line);
        } else if (section.endsWith(VARS)) {
            int equals = line.indexOf('=');
            if (equals < 1) {
                throw unexpected(file, number, "a variable such as ansible_user=root", line);
            }
            String value = line.substring(equals + 1).strip();
            inventory.group(
                    section.substring(0, section.length() - VARS.length()),
                    Map.of(line.substring(0, equals).strip(), unquoted(value)));
        } else {
            List<String> words = CommandWords.split(line)
                    .orElseThrow(() -> unexpected(file, number, "quotes that are closed", line));
            Map<String, String> variables = new LinkedHashMap<>();
            for (String word : words.subList(1, words.size())) {
                int equals = word.indexOf('=');
                if (equals < 1) {
                    throw unexpected(file, number, "a host and then variables such as ansible_user=root", word);
                }
                variables.put(word.substring(0, equals), word.substring(equals + 1));
            }
            inventory.host(section, words.get(0), variables);
        }
    }

    private static String withoutComment(String line) {
        String stripped = line.strip();
        if (stripped.startsWith("#") || stripped.startsWith(";")) {
            return "";
        }
        int comment = line.indexOf(" #");
        return comment < 0 ? line : line.substring(0, comment);
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(value.length() - 1) == value.charAt(0);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static PlaceException unexpected(String file, int line, String expected, String got) {
        return new PlaceException(file + " line " + line + ": expected " + expected + ", got \"" + got + "\"");
    }
}
