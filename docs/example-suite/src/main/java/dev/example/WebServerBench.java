package dev.example;

import com.sun.net.httpserver.HttpServer;
import dev.tare.harness.ChildJvm;
import dev.tare.harness.Facts;
import dev.tare.harness.MeasuredCalls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.*;
import org.openjdk.jmh.infra.Control;

/** An application of your own: pages of a web server in a process of its own, on loopback. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class WebServerBench {
    private static final byte[] PAGE = new byte[8192];

    /** Without nodelay the JDK's server waits 40 ms for an acknowledgement, and no hypervisor would show beside that. */
    private static final List<String> JVM = List.of("-Xmx256m", "-Dsun.net.httpserver.nodelay=true");

    private final HttpClient client = HttpClient.newHttpClient();
    private ChildJvm server;
    private HttpRequest request;

    /** The physical rate, whose name ends with its unit: the report shows it, and compares by it. */
    @State(Scope.Thread)
    @AuxCounters
    public static class Pages {
        public long pagesPerS;
    }

    @Setup
    public void start() throws IOException {
        Duration limit = Duration.ofSeconds(30);
        server = ChildJvm.start("web server", JVM, WebServerBench.class, List.of(), "port ", limit);
        request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.greeting() + "/")).build();
        Facts.print("web-server", "the JDK's, " + Runtime.version());
    }

    @Benchmark
    public int page(Pages pages, Control control) throws IOException, InterruptedException {
        boolean measured = MeasuredCalls.begins(control, pages.pagesPerS == 0);
        HttpResponse<byte[]> page = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (page.statusCode() != 200 || !Arrays.equals(page.body(), PAGE)) {
            throw new IOException("page: expected status 200 and " + PAGE.length + " bytes, got " + page.statusCode());
        }
        pages.pagesPerS += measured ? 1 : 0;
        return page.body().length;
    }

    @TearDown
    public void stop() throws IOException {
        server.close();
    }

    /** The server; it ends with the benchmark, however that ends. */
    public static void main(String[] arguments) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, PAGE.length);
            exchange.getResponseBody().write(PAGE);
            exchange.close();
        });
        server.start();
        System.out.println("port " + server.getAddress().getPort());
        ChildJvm.awaitEndOfParent();
        server.stop(0);
    }
}
