package dev.tare.campaign.hosts;

import dev.tare.campaign.yaml.PlaceException;
import dev.tare.campaign.yaml.YamlPlace;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads Ansible's inventories in YAML form: groups with {@code hosts}, {@code vars} and {@code children}. */
final class YamlInventory {
    private YamlInventory() {}

    static HostList read(YamlPlace root) throws PlaceException {
        InventoryVariables inventory = new InventoryVariables(root.file());
        for (Map.Entry<String, YamlPlace> group : root.fields().entrySet()) {
            take(inventory, group.getKey(), group.getValue());
        }
        return inventory.list();
    }

    private static void take(InventoryVariables inventory, String group, YamlPlace place) throws PlaceException {
        if (place.isNothing()) {
            return;
        }
        Map<String, YamlPlace> fields = place.fields("hosts", "vars", "children");
        if (fields.containsKey("vars")) {
            inventory.group(group, variables(fields.get("vars")));
        }
        if (fields.containsKey("hosts") && !fields.get("hosts").isNothing()) {
            for (Map.Entry<String, YamlPlace> host :
                    fields.get("hosts").fields().entrySet()) {
                inventory.host(
                        group, host.getKey(), host.getValue().isNothing() ? Map.of() : variables(host.getValue()));
            }
        }
        if (fields.containsKey("children") && !fields.get("children").isNothing()) {
            for (Map.Entry<String, YamlPlace> child :
                    fields.get("children").fields().entrySet()) {
                inventory.child(group, child.getKey());
                take(inventory, child.getKey(), child.getValue());
            }
        }
    }

    /** Variables that are no scalars decide nothing here. */
    private static Map<String, String> variables(YamlPlace place) throws PlaceException {
        Map<String, String> variables = new LinkedHashMap<>();
        if (!place.isNothing()) {
            for (Map.Entry<String, YamlPlace> variable : place.fields().entrySet()) {
                if (variable.getValue().isScalar()) {
                    variables.put(variable.getKey(), variable.getValue().text());
                }
            }
        }
        return variables;
    }
}
