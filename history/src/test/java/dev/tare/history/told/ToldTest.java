package dev.tare.history.told;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import dev.tare.history.change.ChangeRule;
import dev.tare.history.check.HistoryCheck;
import dev.tare.history.store.HistoryStore;
import dev.tare.history.store.StoreException;
import dev.tare.history.store.WrittenNight;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** One check in all its forms. */
final class ToldTest {
    private static final Path SCHEMA = Path.of("..", "docs", "history-check.schema.json");

    @TempDir
    Path folder;

    private HistoryStore store;

    @BeforeEach
    void openStore() throws StoreException {
        store = HistoryStore.openOrMake(folder.resolve("history.db").toString());
    }

    @AfterEach
    void closeStore() throws StoreException {
        store.close();
    }

    /** A host with a step of 10 % for the worse, whose last night was disturbed, and whose name needs escapes. */
    private HistoryCheck step() throws StoreException {
        for (int night = 0; night < 40; night++) {
            double value = (night < 30 ? 100 : 90) + night * 7919 % 13 / 13.0;
            store.add(new WrittenNight("web,1: <a> & b", night)
                    .kernel(night < 30 ? "6.1.0" : "6.1.1, 100%")
                    .value("a.B.c", value)
                    .run());
        }
        store.add(
                new WrittenNight("web,1: <a> & b", 40).contaminated("a.B.c", 50).run());
        return check();
    }

    private HistoryCheck check() throws StoreException {
        return HistoryCheck.of(store, ChangeRule.DEFAULT, series -> true);
    }

    private static JsonNode valid(String json) throws Exception {
        Validator.Result result = new ValidatorFactory()
                .withJsonNodeFactory(new JacksonNode.Factory())
                .validate(Files.readString(SCHEMA), json);
        assertThat(result.getErrors().stream()
                        .map(error -> error.getInstanceLocation() + ": " + error.getError())
                        .toList())
                .isEmpty();
        return new ObjectMapper().readTree(json);
    }

    @Test
    void jsonIsWhatItsSchemaSays() throws Exception {
        JsonNode told = valid(CheckJson.of(step()));

        assertThat(told.at("/changes/0/verdict").asText()).isEqualTo("worse");
        assertThat(told.at("/changes/0/ratio").asDouble()).isBetween(0.88, 0.92);
        assertThat(told.at("/changes/0/series/kind").asText()).isEqualTo("value");
        assertThat(told.at("/changes/0/accepted").isNull()).isTrue();
        assertThat(told.at("/gaps/0").asText()).contains("contaminated");
    }

    @Test
    void anEmptyStoreIsToldInOneLineAndInValidJson() throws Exception {
        assertThat(CheckText.of(check())).containsExactly("no change in 0 series");
        assertThat(valid(CheckJson.of(check())).at("/changes").size()).isZero();
        assertThat(GithubAnnotations.of(check())).containsExactly("::notice title=tare history::no change in 0 series");
    }

    @Test
    void annotationsAreLinesWhoseTextIsEscaped() throws Exception {
        assertThat(GithubAnnotations.of(step()))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).doesNotContain("\n"))
                .satisfies(lines -> {
                    assertThat(lines.get(0))
                            .startsWith("::error title=web%2C1%3A <a> & b worse::worse")
                            .contains("%0A        os.kernel: 6.1.0 -> 6.1.1, 100%25");
                    assertThat(lines.get(1)).startsWith("::warning title=gap::web,1: <a> & b ");
                });
    }

    @Test
    void junitCountsWhatIsForTheWorseAsAFailure() throws Exception {
        Element suite = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(JunitXml.of(step()))))
                .getDocumentElement();

        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getElementsByTagName("testcase").getLength()).isEqualTo(2);
        assertThat(suite.getElementsByTagName("failure").item(0).getTextContent())
                .contains("web,1: <a> & b");
    }
}
