package dev.tare.profiles.machine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class InventoryTest {
    private final Environment environment = new Inventory().collect(Map.of("site", "rack7"));

    @Test
    void thisMachineIsDescribedAsTheJvmSeesIt() {
        assertThat(environment.fact("jdk", "version")).isEqualTo(System.getProperty("java.version"));
        assertThat(environment.fact("os", "architecture")).isEqualTo(System.getProperty("os.arch"));
        assertThat(environment.fact("tare", "jmh")).isEqualTo("1.37");
        assertThat(environment.fact("labels", "site")).isEqualTo("rack7");
        assertThat(Integer.parseInt(environment.fact("cpu", "logicalProcessors")))
                .isPositive();
        assertThat(Double.parseDouble(environment.fact("clock", "readCostNs"))).isPositive();
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
    void aFactThatIsNotThereIsUnknown() {
        assertThat(environment.fact("cpu", "colour")).isEqualTo("unknown");
        assertThat(environment.fact("nothing", "at all")).isEqualTo("unknown");
    }
}
