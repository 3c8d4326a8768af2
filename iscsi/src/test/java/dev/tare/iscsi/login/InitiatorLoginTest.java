package dev.tare.iscsi.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.iscsi.pdu.Header;
import dev.tare.iscsi.pdu.Opcode;
import dev.tare.iscsi.pdu.PduStream;
import dev.tare.iscsi.pdu.ProtocolViolation;
import dev.tare.iscsi.pdu.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What targets may say at a login, and what becomes of it: RFC 7143, sections 6.2 and 13. */
@Timeout(120)
class InitiatorLoginTest {
    private static final long SEED = 20260104;
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String TARGET = "iqn.2026-01.dev.tare:scripted";
    private static final int RESPONSE_PDUS = 6;

    /** Every key that we offer, answered as a target would with which we agree on all but the larger numbers. */
    private static final String ALL = "HeaderDigest=None DataDigest=None MaxRecvDataSegmentLength=65536 "
            + "DefaultTime2Wait=2 DefaultTime2Retain=0 ErrorRecoveryLevel=0 InitialR2T=No ImmediateData=Yes "
            + "MaxBurstLength=131072 FirstBurstLength=32768 MaxOutstandingR2T=2 MaxConnections=1 DataPDUInOrder=Yes "
            + "DataSequenceInOrder=Yes";

    private static final SessionParameters AGREED =
            new SessionParameters(262144, 65536, 32768, 131072, 2, false, true, false, false);
    /** What RFC 7143 says of a session in which nothing was negotiated, but for what we declare. */
    private static final SessionParameters DEFAULTS =
            new SessionParameters(262144, 8192, 65536, 262144, 1, true, true, false, false);

    private static Stream<Arguments> answers() {
        return Stream.of(
                agree("every key answered", ALL, AGREED),
                agree(
                        "decided Booleans left out, as LIO does",
                        without(ALL, "DataPDUInOrder", "DataSequenceInOrder"),
                        AGREED),
                agree("decided Booleans answered against the offer", ALL.replace("InOrder=Yes", "InOrder=No"), AGREED),
                agree(
                        "nothing answered, so that what the target asks of us may be as much as we offered",
                        "",
                        new SessionParameters(262144, 8192, 65536, (16 << 20) - 4096, 8, true, true, false, false)),
                agree("everything rejected", ALL.replaceAll("=\\S+", "=Reject"), DEFAULTS),
                agree("everything irrelevant", ALL.replaceAll("=\\S+", "=Irrelevant"), DEFAULTS),
                agree("nothing understood", ALL.replaceAll("=\\S+", "=NotUnderstood"), DEFAULTS),
                agree(
                        "larger numbers than offered",
                        ALL.replaceAll("(MaxBurst|FirstBurst)Length=\\d+", "$1Length=16777215")
                                .replace("MaxOutstandingR2T=2", "MaxOutstandingR2T=65535")
                                .replace("ErrorRecoveryLevel=0", "ErrorRecoveryLevel=2"),
                        new SessionParameters(262144, 65536, 262144, (16 << 20) - 4096, 8, false, true, false, false)),
                agree(
                        "a segment length one above the RFC's most",
                        ALL.replace("SegmentLength=65536", "SegmentLength=16777216"),
                        new SessionParameters(262144, 16777215, 32768, 131072, 2, false, true, false, false)),
                agree(
                        "hexadecimal and leading zeros",
                        ALL.replace("131072", "0x20000").replace("32768", "0032768"),
                        AGREED),
                agree(
                        "a first burst longer than a burst",
                        ALL.replace("MaxBurstLength=131072", "MaxBurstLength=16384"),
                        new SessionParameters(262144, 65536, 16384, 16384, 2, false, true, false, false)),
                agree(
                        "nothing unasked",
                        ALL.replace("InitialR2T=No", "InitialR2T=Yes")
                                .replace("ImmediateData=Yes", "ImmediateData=No")
                                .replace("FirstBurstLength=32768", "FirstBurstLength=Irrelevant"),
                        new SessionParameters(262144, 65536, 0, 131072, 2, true, false, false, false)),
                agree("declarations of the target's own", "TargetAlias=a=b TargetPortalGroupTag=1 " + ALL, AGREED),
                agree("a list as the target's own offer", ALL.replace("Digest=None", "Digest=CRC32C,None"), AGREED),
                agree("another PDU for each key", ALL.replace(" ", " / "), AGREED),
                agree("another round for some keys", ALL.replace(" MaxBurst", " // MaxBurst"), AGREED),
                agree("keys before they were asked for", ALL.replace(" InitialR2T", " /// InitialR2T"), AGREED));
    }

    private static Arguments agree(String what, String answers, SessionParameters expected) {
        return Arguments.of(what, answers, expected);
    }

    private static String without(String answers, String... keys) {
        return String.join(
                " ",
                Arrays.stream(answers.split(" ", -1))
                        .filter(pair -> Arrays.stream(keys).noneMatch(key -> pair.startsWith(key + "=")))
                        .toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void whatATargetMayAnswerIsAgreedOn(String what, String answers, SessionParameters expected) throws Exception {
        assertThat(logIn(answers, false)).as(what).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ImmediateData=yes",
                "InitialR2T=Maybe",
                "DataPDUInOrder=1",
                "MaxBurstLength=511",
                "MaxBurstLength=-1",
                "MaxBurstLength=lots",
                "FirstBurstLength=",
                "MaxOutstandingR2T=0",
                "MaxRecvDataSegmentLength=99999999999",
                "HeaderDigest=CRC32C",
                "nothing"
            })
    void whatNoTargetMayAnswerIsAViolationInWords(String answer) {
        assertThatThrownBy(() -> logIn(answer, false))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessageContaining(
                        "expected " + (answer.equals("nothing") ? "key=value" : answer.replaceAll("=.*", "")))
                .hasMessageContaining("got ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HeaderDigest=None", "HeaderDigest=Reject", "HeaderDigest=NotUnderstood", ""})
    void digestsThatTheTargetDoesNotTakeEndTheLoginWithAdvice(String answer) {
        assertThatThrownBy(() -> logIn(answer, true))
                .isInstanceOf(LoginRefused.class)
                .hasMessageContaining("expected HeaderDigest=CRC32C, got "
                        + (answer.isEmpty() ? "no answer" : answer.substring(answer.indexOf('=') + 1)))
                .hasMessageContaining("or log in without");
    }

    @Test
    void whatTheTargetAsksForIsAnswered() throws Exception {
        try (Scripted target = new Scripted(
                "AuthMethod=None TargetPortalGroupTag=1 X-early=1",
                "X-com.example.speed=11 IFMarker=Yes OFMarkInt=1~2 TaskReporting=FastAbort X-none=NotUnderstood "
                        + "TargetAlias=disk // " + ALL)) {
            assertThat(target.logIn(false)).isEqualTo(AGREED);
            assertThat(target.requests.get(1)).contains("X-early=NotUnderstood").doesNotContain("TargetPortalGroupTag");
            assertThat(target.requests.get(2))
                    .isEqualTo("X-com.example.speed=NotUnderstood IFMarker=No OFMarkInt=Reject TaskReporting=RFC3720");
        }
    }

    @Test
    void whatTheTargetRejectsIsKnownAfterwards() throws Exception {
        try (Scripted target = new Scripted("AuthMethod=None", "HeaderDigest=Reject MaxConnections=Reject")) {
            assertThat(target.run(new InitiatorLogin.Identity("iqn.x:i", TARGET, null), false)
                            .rejected())
                    .containsExactly("HeaderDigest=None", "MaxConnections=1");
        }
    }

    @Test
    void inADiscoverySessionKeysOfNormalOnesAreIrrelevant() throws Exception {
        try (Scripted target = new Scripted("AuthMethod=None", "MaxBurstLength=1024 // HeaderDigest=None")) {
            InitiatorLogin.Outcome outcome = target.run(new InitiatorLogin.Identity("iqn.x:i", null, null), false);
            assertThat(outcome.parameters().maxSendBytes()).isEqualTo(8192);
            assertThat(target.requests.get(2)).isEqualTo("MaxBurstLength=Irrelevant");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"AuthMethod=CHAP !", "AuthMethod=Reject !", "AuthMethod=CHAP", "AuthMethod=KRB5"})
    void aTargetThatWantsCredentialsSaysSo(String security) throws Exception {
        try (Scripted target = new Scripted(security, ALL)) {
            assertThatThrownBy(() -> target.logIn(false))
                    .isInstanceOf(LoginRefused.class)
                    .hasMessageContaining("expected AuthMethod=None, got ")
                    .hasMessageContaining("give user and secret");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"AuthMethod=None !", "TargetAlias=x !", "AuthMethod=Reject !"})
    void aTargetWithoutChapSaysSo(String security) throws Exception {
        Credentials credentials = new Credentials("alice", "correct-horse", null);
        try (Scripted target = new Scripted(security, ALL)) {
            assertThatThrownBy(() -> target.run(new InitiatorLogin.Identity("iqn.x:i", TARGET, credentials), false))
                    .isInstanceOf(LoginRefused.class)
                    .hasMessageContaining("expected AuthMethod=CHAP, got ")
                    .hasMessageContaining("log in without user and secret")
                    .hasMessageNotContaining("null");
        }
    }

    @Test
    void theOrderOfKeysAndPdusMakesNoDifference() throws Exception {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        for (int i = 0; i < 200; i++) {
            List<String> pairs = new ArrayList<>(List.of(ALL.split(" ", -1)));
            Collections.shuffle(pairs, random);
            StringBuilder answers = new StringBuilder();
            for (String pair : pairs) {
                answers.append(pair).append(random.nextInt(pairs.size()) < RESPONSE_PDUS / 2 ? " / " : " ");
                answers.append(random.nextInt(pairs.size()) < RESPONSE_PDUS / 2 ? "// " : "");
            }
            assertThat(logIn(answers.toString().replace("/ //", "//"), false))
                    .as("%s", answers)
                    .isEqualTo(AGREED);
        }
    }

    @Test
    void whateverATargetAnswersEndsInParametersThatHoldOrInAnIoException() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        String[] words = {"Yes", "No", "None", "CRC32C", "CRC32C,None", "Reject", "Irrelevant", "NotUnderstood", ""};
        String[] numbers = {"0", "1", "511", "512", "8192", "0x200", "16777215", "16777216", "2147483648", "-5", "1e3"};
        String[] keys = ALL.replaceAll("=\\S+", "").split(" ", -1);
        int agreed = 0;
        for (int i = 0; i < 100_000; i++) {
            TextKeys answers = new TextKeys();
            for (String key : keys) {
                String[] values =
                        random.nextInt(20) == 0 == key.matches(".*(Length|R2T|Level|Time.*)") ? words : numbers;
                if (random.nextInt(4) != 0) {
                    answers.add(
                            key,
                            key.equals("InitialR2T")
                                    ? words[random.nextInt(2)]
                                    : values[random.nextInt(values.length)]);
                }
            }
            SessionParameters wanted = SessionParameters.wanted(random.nextInt(8) == 0, random.nextInt(8) == 0);
            try {
                holds(new Negotiation.Offer(wanted, random.nextInt(8) == 0).agreed(answers.byKey()), wanted);
                agreed++;
            } catch (ProtocolViolation | LoginRefused e) {
                assertThat(e).hasMessageContaining("expected ").hasMessageContaining("got ");
            }
        }
        System.out.println(agreed + " of 100000 agreed");
        assertThat(agreed).isBetween(1_000, 90_000);
    }

    private static void holds(SessionParameters agreed, SessionParameters wanted) {
        assertThat(agreed.maxReceiveBytes()).isEqualTo(wanted.maxReceiveBytes());
        assertThat(agreed.maxSendBytes()).isBetween(512, SessionParameters.MOST_BYTES);
        assertThat(agreed.maxBurstBytes()).isBetween(0, wanted.maxBurstBytes());
        assertThat(agreed.firstBurstBytes()).isBetween(0, Math.min(wanted.firstBurstBytes(), agreed.maxBurstBytes()));
        assertThat(agreed.maxOutstandingTransfers()).isBetween(1, wanted.maxOutstandingTransfers());
        assertThat(agreed.headerDigest()).isEqualTo(wanted.headerDigest());
        assertThat(agreed.dataDigest()).isEqualTo(wanted.dataDigest());
    }

    private static SessionParameters logIn(String answers, boolean headerDigest) throws Exception {
        try (Scripted target = new Scripted("AuthMethod=None TargetPortalGroupTag=1", answers)) {
            return target.logIn(headerDigest);
        }
    }

    /**
     * A target that says what a script has, whatever it is asked. In a script, {@code /} ends a PDU whose text goes on in the
     * next (C bit), {@code //} one after which the stage goes on, {@code ///} the security stage, and {@code !} keeps the
     * stage from ending.
     */
    private static final class Scripted implements AutoCloseable {
        private final ServerSocketChannel listener =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
        private final List<String> script;
        private final CompletableFuture<@Nullable Void> served = new CompletableFuture<>();
        private final Thread thread = new Thread(this::serve, "scripted target");

        Scripted(String security, String operational) throws IOException {
            String whole = operational.contains("///")
                    ? security + " " + operational.replace("///", ">")
                    : security + " > " + operational;
            script = List.of(whole.replace("//", "<").replace("/", "^").split("(?<=[>^<])", -1));
            thread.start();
        }

        SessionParameters logIn(boolean headerDigest) throws Exception {
            return run(new InitiatorLogin.Identity("iqn.x:i", TARGET, null), headerDigest)
                    .parameters();
        }

        InitiatorLogin.Outcome run(InitiatorLogin.Identity identity, boolean headerDigest) throws Exception {
            InetSocketAddress address = (InetSocketAddress) listener.getLocalAddress();
            try (Wire wire = Wire.connect(address, false, LIMIT)) {
                return InitiatorLogin.run(
                        new PduStream(wire), identity, SessionParameters.wanted(headerDigest, false), LIMIT);
            }
        }

        private void serve() {
            try (Wire wire = Wire.accepted(listener.accept())) {
                play(new PduStream(wire));
                served.complete(null);
            } catch (IOException | RuntimeException e) {
                served.completeExceptionally(e);
            }
        }

        private void play(PduStream stream) throws IOException {
            int stage = LoginStage.SECURITY;
            for (int i = 0; i < script.size(); i++) {
                String step = script.get(i);
                PduStream.Pdu request = stream.receive(LIMIT);
                requests.add(new String(request.data(), StandardCharsets.UTF_8)
                        .strip()
                        .replace('\0', ' ')
                        .strip());
                boolean stays = step.contains("!");
                boolean goesOn = step.endsWith("^");
                boolean ends = !stays && (step.endsWith(">") || i == script.size() - 1);
                int next = stage == LoginStage.SECURITY ? LoginStage.OPERATIONAL : LoginStage.FULL_FEATURE;
                String text = step.replaceAll("[>^<!]", "").strip();
                stream.send(
                        Header.blank()
                                .clear(Opcode.LOGIN_RESPONSE)
                                .flags(LoginStage.flags(stage, next, ends) | (goesOn ? LoginStage.CONTINUE : 0))
                                .lun(request.header().lun() | 1)
                                .statusNumber(i)
                                .expectedCommandNumber(1)
                                .maxCommandNumber(1),
                        text.isEmpty()
                                ? new byte[0]
                                : (text.replaceAll(" +", "\0") + "\0").getBytes(StandardCharsets.UTF_8),
                        LIMIT);
                stage = ends ? next : stage;
                if (stays) {
                    return;
                }
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            // A login that was given up half-way ends the script with a lost connection, which is no fault.
            assertThat(served).isDone();
        }
    }
}
