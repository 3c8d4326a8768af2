package dev.tare.profiles.machine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tare.runs.Environment;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class InventoryTest {
    private final Environment environment = Inventory.collect(Map.of("site", "rack7"));

    @Test
    void thisMachineIsDescribedAsTheJvmSeesIt() {
        assertThat(environment.fact("jdk.version")).contains(System.getProperty("java.version"));
        assertThat(environment.fact("os.architecture")).contains(System.getProperty("os.arch"));
        assertThat(environment.fact("tare.jmh")).contains("1.37");
        assertThat(environment.fact("labels.site")).contains("rack7");
        assertThat(Integer.parseInt(environment.fact("cpu.logicalProcessors").orElseThrow()))
                .isPositive();
        assertThat(Double.parseDouble(environment.fact("clock.readCostNs").orElseThrow()))
                .isPositive();
    }

    @Test
    void theJsonHoldsEverySectionOfTheText() throws Exception {
        JsonNode json = new ObjectMapper().readTree(environment.json());

        assertThat(json.properties())
                .extracting(Map.Entry::getKey)
                .startsWith("schema")
                .filteredOn(key -> !key.equals("schema"))
                .containsExactlyElementsOf(environment.sections().keySet());
        assertThat(environment.lines()).containsAll(environment.sections().keySet());
    }

    @Test
    void aFactThatIsNotThereIsAbsent() {
        assertThat(environment.fact("cpu.colour")).isEmpty();
        assertThat(environment.fact("nothing.at all")).isEmpty();
    }
}
