package dev.tare.report.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Where the words of a narrow cell may be broken. */
final class PageTextTest {
    private static String breakable(String words) {
        return PageText.breakable(words, 7.44).replaceAll("</?bdi>", "");
    }

    @Test
    void namesAreBrokenBehindDotsAndSignsAndBeforeCapitals() {
        assertThat(breakable("LatencyUnderLoadBench.tcp")).isEqualTo("Latency<wbr>Under<wbr>Load<wbr>Bench.<wbr>tcp");
        assertThat(breakable("messageBytes=256KiB threads=2")).isEqualTo("message<wbr>Bytes=<wbr>256KiB threads=2");
        assertThat(breakable("/var/lib/a-file-of-somebody"))
                .isEqualTo("/<wbr>var/<wbr>lib/<wbr>a-<wbr>file-<wbr>of-<wbr>somebody");
        assertThat(breakable("verylongresponse.p99.9")).isEqualTo("verylongrespo<wbr>nse.<wbr>p99.9");
    }

    @Test
    void whatIsShortStaysWhole() {
        assertThat(breakable("GFLOP/s of FileBench 95.3 %")).isEqualTo("GFLOP/s of FileBench 95.3\u202F%");
    }

    @Test
    void whatIsBrokenStaysOneWordForTheStyleSheetAndBreaksNoMarkup() {
        assertThat(PageText.breakable("a<b&amp>.messageBytes", 7.44))
                .isEqualTo("<bdi>a&lt;b&amp;amp&gt;.<wbr>message<wbr>Bytes</bdi>");
    }

    @Test
    void anIntervalStaysOnOneLine() {
        assertThat(PageText.interval("[123456, 234567]")).isEqualTo("[123\u202F456,\u00A0234\u202F567]");
    }
}
