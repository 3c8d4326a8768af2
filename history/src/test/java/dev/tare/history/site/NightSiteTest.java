package dev.tare.history.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.history.change.ChangeRule;
import dev.tare.history.check.HistoryCheck;
import dev.tare.history.check.SeriesBook;
import dev.tare.history.night.AbsentNight;
import dev.tare.history.store.HistoryStore;
import dev.tare.history.store.StoreException;
import dev.tare.history.store.WrittenNight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NightSiteTest {
    private static final Pattern LINK = Pattern.compile("href=\"([^\"#]+)\"");

    @TempDir
    Path folder;

    private HistoryStore store;

    /** A native host, a guest whose values fall by a tenth in night 30, and one night that does not count. */
    @BeforeEach
    void fillStore() throws StoreException {
        store = HistoryStore.openOrMake(folder.resolve("history.db").toString());
        for (int night = 0; night < 40; night++) {
            double noise = night * 7919 % 13 / 13.0;
            store.add(new WrittenNight("metal", night)
                    .ofNative()
                    .value("a.B.c", 100 + noise)
                    .run());
            WrittenNight guest = new WrittenNight("a guest <&>", night);
            double value = (night < 30 ? 90 : 80) + noise;
            store.add((night == 10 ? guest.contaminated("a.B.c", 5) : guest.value("a.B.c", value)).run());
        }
    }

    @Test
    void aNightWithoutARunStandsInTheOverviewAtItsHostAndInItsSeries() throws Exception {
        store.add(new AbsentNight("a guest <&>", WrittenNight.FIRST.plusSeconds(40 * 86_400L), "no clock"));
        Path site = site();

        assertThat(site.resolve("index.html")).content().contains("did not measure on 2026-02-10T02:00:00Z: no clock");
        assertThat(pages(site).stream()
                        .filter(page -> !page.endsWith("index.html"))
                        .filter(page -> text(page).contains("2026-02-10: "))
                        .toList())
                .as("of the host and of its value; whose native host has no efficiency of that night")
                .hasSize(2);
    }

    private static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void closeStore() throws StoreException {
        store.close();
    }

    private Path site() throws IOException, StoreException {
        HistoryCheck check = HistoryCheck.of(store, ChangeRule.DEFAULT, any -> true);
        NightSite site = new NightSite(check, new SeriesBook(store).all(any -> true));
        assertThat(site.write(folder.resolve("site"))).isEqualTo(1 + 2 + 3);
        return folder.resolve("site");
    }

    private static List<Path> pages(Path site) throws IOException {
        try (Stream<Path> files = Files.list(site)) {
            return files.filter(file -> file.toString().endsWith(".html")).toList();
        }
    }

    @Test
    void everyLinkLeadsToAPageOfTheSiteAndNothingElseIsAskedFor() throws Exception {
        Path site = site();
        for (Path page : pages(site)) {
            String text = Files.readString(page);
            Matcher link = LINK.matcher(text);
            while (link.find()) {
                assertThat(site.resolve(link.group(1))).as("in " + page).exists();
            }
            assertThat(text).doesNotContain("<script", " style=", "src=");
        }
    }

    @Test
    void theMorningsPageTellsWhatChangedAndLeadsToIt() throws Exception {
        String index = Files.readString(site().resolve("index.html"));

        assertThat(index)
                .contains("2 changes in 3 series, 2 for the worse.")
                .contains("a guest &lt;&amp;&gt;")
                .containsPattern("worse, .1\\d\\.\\d.% since 2026-01-31");
    }

    @Test
    void aSeriesShowsItsNightsTheirMeansAndThoseThatDoNotCount() throws Exception {
        Path site = site();
        long id = store.series().stream()
                .filter(series -> series.host().startsWith("a guest"))
                .findFirst()
                .orElseThrow()
                .id();

        String value = Files.readString(site.resolve("series-" + id + "-value.html"));
        assertThat(value).contains("<svg", "does not count", "contaminated", "GFLOP/s, not from zero");
        assertThat(value.split("<(circle|path) [^>]*><title>", -1))
                .as("marks of two widths")
                .hasSize(1 + 2 * 40);
        assertThat(Files.readString(site.resolve("series-" + id + "-efficiency.html")))
                .contains("What it keeps of the native host");
    }
}
