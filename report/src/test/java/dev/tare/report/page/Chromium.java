package dev.tare.report.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tare.parts.RunningProgram;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Debian's Chromium without a window, driven by its own protocol over one web socket; one tab. */
final class Chromium implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");
    private static final int LIMIT_S = 60;

    private final RunningProgram program;
    private final WebSocket socket;
    private final AtomicInteger nextId = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<String> messages = new ArrayList<>();
    private CompletableFuture<Void> loaded = new CompletableFuture<>();
    private @Nullable String session;

    private Chromium(RunningProgram program, URI address) throws Exception {
        this.program = program;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, new Listener())
                .get(LIMIT_S, TimeUnit.SECONDS);
    }

    /** Starts it with a profile of its own. */
    static Chromium start(Path profile) throws Exception {
        RunningProgram program = RunningProgram.start(List.of(
                "chromium",
                "--headless",
                // Tests run as root in containers, where Chromium's own sandbox cannot.
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--user-data-dir=" + profile,
                "--remote-debugging-port=0",
                "about:blank"));
        try {
            Chromium browser = new Chromium(
                    program, URI.create(program.awaitLine(LISTENING).group(1)));
            JsonNode target = browser.call("Target.createTarget", Map.of("url", "about:blank"));
            JsonNode attached = browser.call(
                    "Target.attachToTarget",
                    Map.of("targetId", target.at("/targetId").textValue(), "flatten", true));
            browser.session = attached.at("/sessionId").textValue();
            for (String domain : List.of("Page", "Runtime", "Log")) {
                browser.call(domain + ".enable", Map.of());
            }
            return browser;
        } catch (Exception e) {
            program.close();
            throw e;
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                received(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    private void received(String text) {
        try {
            JsonNode message = JSON.readTree(text);
            CompletableFuture<JsonNode> answer =
                    answers.remove(message.path("id").asInt(0));
            if (answer != null) {
                answer.complete(message);
            }
            String method = message.path("method").asText("");
            if (method.equals("Page.loadEventFired")) {
                loaded.complete(null);
            } else if (List.of("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown")
                    .contains(method)) {
                synchronized (messages) {
                    messages.add(message.path("params").toString());
                }
            }
        } catch (Exception e) {
            answers.values().forEach(answer -> answer.completeExceptionally(e));
        }
    }

    /** Calls a method of the protocol and waits for its answer. */
    JsonNode call(String method, Map<String, ?> params) throws Exception {
        int id = nextId.incrementAndGet();
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", JSON.valueToTree(params));
        if (session != null) {
            message.put("sessionId", session);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        socket.sendText(message.toString(), true).get(LIMIT_S, TimeUnit.SECONDS);
        JsonNode received = answer.get(LIMIT_S, TimeUnit.SECONDS);
        if (received.has("error")) {
            throw new IllegalStateException(method + ": " + received.get("error"));
        }
        return received.path("result");
    }

    /** Opens a page and waits until it is loaded. */
    void open(URI page) throws Exception {
        loaded = new CompletableFuture<>();
        synchronized (messages) {
            messages.clear();
        }
        call("Page.navigate", Map.of("url", page.toString()));
        loaded.get(LIMIT_S, TimeUnit.SECONDS);
    }

    /** A window of this width, light or dark, on a screen or on paper. */
    void view(int width, boolean dark, boolean paper) throws Exception {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        call(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "media",
                        paper ? "print" : "screen",
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** The value of an expression of the page; what it promises is waited for. */
    JsonNode value(String expression) throws Exception {
        JsonNode answer =
                call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException("cannot evaluate: " + answer.get("exceptionDetails"));
        }
        return answer.at("/result/value");
    }

    /** A list of words that an expression yields. */
    List<String> words(String expression) throws Exception {
        List<String> words = new ArrayList<>();
        value(expression).forEach(word -> words.add(word.asText()));
        return words;
    }

    /** What the page has said since it was opened. */
    List<String> messages() {
        synchronized (messages) {
            return List.copyOf(messages);
        }
    }

    @Override
    public void close() {
        socket.abort();
        program.close();
    }
}
