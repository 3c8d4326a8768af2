package dev.tare.iscsi.login;

import dev.tare.iscsi.pdu.Header;
import dev.tare.iscsi.pdu.Opcode;
import dev.tare.iscsi.pdu.PduStream;
import dev.tare.iscsi.pdu.ProtocolViolation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The initiator's side of a login. */
public final class InitiatorLogin {
    private static final int FIRST_COMMAND_NUMBER = 1;
    private static final int TASK_TAG = 0;
    private static final int STATUS_CLASS = 36;
    private static final int STATUS_DETAIL = 37;

    private final PduStream stream;
    private final Identity identity;
    private final Negotiation.Offer offer;
    private final Duration limit;
    private final long sessionId;
    private final TextKeys answers = new TextKeys();
    private int stage = LoginStage.SECURITY;
    private @Nullable Integer expectedStatusNumber;
    private int requests;
    private int flagsOfAnswer;
    private int expectedCommandNumber;
    private int maxCommandNumber;

    /**
     * Who logs in where.
     *
     * @param initiator our IQN
     * @param target the target's IQN, or null for a discovery session
     * @param credentials for CHAP, or null to log in without
     */
    public record Identity(
            String initiator,
            @Nullable String target,
            @Nullable Credentials credentials) {}

    /**
     * A session that may begin.
     *
     * @param commandNumber CmdSN of the first command
     * @param maxCommandNumber the highest CmdSN that the target accepts so far
     * @param expectedStatusNumber StatSN of the next answer
     */
    public record Outcome(
            SessionParameters parameters, int commandNumber, int maxCommandNumber, int expectedStatusNumber) {}

    private InitiatorLogin(PduStream stream, Identity identity, SessionParameters wanted, Duration limit) {
        this.stream = stream;
        this.identity = identity;
        this.offer = new Negotiation.Offer(wanted, identity.target() == null);
        this.limit = limit;
        // ISID of type "random" (RFC 7143, 11.12.5) in the upper six bytes, TSIH 0 for a new session below.
        this.sessionId = 0x80L << 56 | (ThreadLocalRandom.current().nextLong() & 0xff_ffff_ffffL) << 16;
    }

    /**
     * Logs in over a fresh connection.
     *
     * @param limit for each answer
     * @throws LoginRefused when the target says no, is elsewhere, or cannot prove who it is
     */
    public static Outcome run(PduStream stream, Identity identity, SessionParameters wanted, Duration limit)
            throws IOException {
        return new InitiatorLogin(stream, identity, wanted, limit).run();
    }

    private Outcome run() throws IOException {
        TextKeys hello = new TextKeys().add("InitiatorName", identity.initiator());
        if (identity.target() == null) {
            hello.add("SessionType", "Discovery");
        } else {
            hello.add("SessionType", "Normal").add("TargetName", identity.target());
        }
        Credentials credentials = identity.credentials();
        if (credentials == null) {
            leaveSecurityStage(exchange(hello.add("AuthMethod", "None"), true));
        } else {
            authenticate(hello, credentials);
        }
        stage = LoginStage.OPERATIONAL;
        exchange(offer.keys(), true);
        while (!transits()) {
            exchange(refusals(), true);
        }
        return new Outcome(
                offer.agreed(answers.byKey()),
                expectedCommandNumber,
                maxCommandNumber,
                expectedStatusNumber == null ? 0 : expectedStatusNumber);
    }

    private void authenticate(TextKeys hello, Credentials credentials) throws IOException {
        String method = exchange(hello.add("AuthMethod", "CHAP"), false).get("AuthMethod");
        if (!"CHAP".equals(method)) {
            throw new LoginRefused(identity.target() + " does not take CHAP (AuthMethod="
                    + TextKeys.printable(String.valueOf(method)) + "): log in without user and secret");
        }
        TextKeys challenge = exchange(new TextKeys().add("CHAP_A", Chap.MD5), false);
        int identifier = Chap.identifier(required(challenge, "CHAP_I"));
        byte[] challengeBytes = Chap.binary("CHAP_C", required(challenge, "CHAP_C"));
        if (!Chap.MD5.equals(required(challenge, "CHAP_A"))) {
            throw ProtocolViolation.expected("CHAP_A=5 (MD5)", challenge.pairs().toString());
        }
        TextKeys proof = new TextKeys()
                .add("CHAP_N", credentials.user())
                .add("CHAP_R", Chap.hex(Chap.response(identifier, credentials.secret(), challengeBytes)));
        Credentials.Mutual mutual = credentials.mutual();
        if (mutual == null) {
            leaveSecurityStage(exchange(proof, true));
            return;
        }
        int ownIdentifier = Chap.newIdentifier();
        byte[] ownChallenge = Chap.newChallenge();
        TextKeys counterproof =
                exchange(proof.add("CHAP_I", ownIdentifier).add("CHAP_C", Chap.hex(ownChallenge)), true);
        checkTarget(counterproof, mutual, ownIdentifier, ownChallenge, challengeBytes);
        leaveSecurityStage(counterproof);
    }

    private void checkTarget(
            TextKeys answer, Credentials.Mutual mutual, int identifier, byte[] challenge, byte[] targetsChallenge)
            throws IOException {
        String name = answer.get("CHAP_N");
        String response = answer.get("CHAP_R");
        if (name == null || response == null) {
            throw new LoginRefused(identity.target() + " did not prove who it is: expected CHAP_N and CHAP_R, got "
                    + answer.byKey().keySet() + "; is mutual CHAP set up at the target?");
        }
        if (Arrays.equals(challenge, targetsChallenge)
                || !name.equals(mutual.user())
                || !Chap.isResponse(Chap.binary("CHAP_R", response), identifier, mutual.secret(), challenge)) {
            throw new LoginRefused(identity.target() + " is not who it should be: expected CHAP name "
                    + mutual.user() + " and its secret, got name " + TextKeys.printable(name)
                    + (name.equals(mutual.user()) ? " with a wrong secret" : ""));
        }
    }

    private void leaveSecurityStage(TextKeys last) throws IOException {
        // A target may need one more round before it agrees to go on.
        while (!transits()) {
            exchange(new TextKeys(), true);
        }
        String method = last.get("AuthMethod");
        if (identity.credentials() == null && method != null && !method.equals("None")) {
            throw ProtocolViolation.expected("AuthMethod=None", TextKeys.printable(method));
        }
    }

    /** Answers to keys that we do not know, and nothing to those that we asked for ourselves. */
    private TextKeys refusals() {
        TextKeys refusals = new TextKeys();
        for (Map.Entry<String, String> pair : answers.pairs()) {
            if (!offer.isKnown(pair.getKey())) {
                refusals.add(pair.getKey(), TextKeys.NOT_UNDERSTOOD);
            }
        }
        answers.pairs().removeIf(pair -> !offer.isKnown(pair.getKey()));
        return refusals;
    }

    private boolean transits() {
        return (flagsOfAnswer & LoginStage.TRANSIT) != 0;
    }

    private static String required(TextKeys keys, String key) throws ProtocolViolation {
        String value = keys.get(key);
        if (value == null) {
            throw ProtocolViolation.expected(key, keys.byKey().keySet().toString());
        }
        return value;
    }

    private TextKeys exchange(TextKeys request, boolean transit) throws IOException {
        byte[] text = request.bytes();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        boolean continued;
        do {
            if (++requests > LoginStage.MOST_PDUS) {
                throw ProtocolViolation.expected(
                        "the end of the login after " + LoginStage.MOST_PDUS + " requests", "none");
            }
            stream.send(header(transit), text, limit);
            PduStream.Pdu pdu = stream.receive(limit);
            check(pdu.header(), pdu.data(), transit);
            answer.writeBytes(pdu.data());
            if (answer.size() > LoginStage.MOST_TEXT_BYTES) {
                throw ProtocolViolation.expected(
                        "at most " + LoginStage.MOST_TEXT_BYTES + " bytes of login text", "more");
            }
            continued = (flagsOfAnswer & LoginStage.CONTINUE) != 0;
            text = new byte[0];
        } while (continued);
        TextKeys keys = TextKeys.parse(answer.toByteArray());
        if (stage == LoginStage.OPERATIONAL) {
            keys.pairs().forEach(pair -> answers.add(pair.getKey(), pair.getValue()));
        }
        return keys;
    }

    private Header header(boolean transit) {
        int next = stage == LoginStage.SECURITY ? LoginStage.OPERATIONAL : LoginStage.FULL_FEATURE;
        Header header = Header.blank()
                .clear(Opcode.LOGIN_REQUEST)
                .immediate(true)
                .flags(LoginStage.flags(stage, next, transit))
                .lun(sessionId)
                .taskTag(TASK_TAG)
                .commandNumber(FIRST_COMMAND_NUMBER);
        return expectedStatusNumber == null ? header : header.expectedStatusNumber(expectedStatusNumber);
    }

    private void check(Header answer, byte[] data, boolean transitAsked) throws IOException {
        if (answer.opcode() != Opcode.LOGIN_RESPONSE || answer.taskTag() != TASK_TAG) {
            throw ProtocolViolation.expected("Login Response to task 0x00000000", answer.toString());
        }
        int statusClass = answer.octet(STATUS_CLASS);
        if (statusClass == 1) {
            throw LoginRefused.moved(required(TextKeys.parse(data), "TargetAddress"));
        }
        if (statusClass != 0) {
            String target = identity.target() == null ? "discovery" : identity.target();
            throw LoginRefused.status(statusClass, answer.octet(STATUS_DETAIL), target);
        }
        flagsOfAnswer = answer.flags();
        int next = stage == LoginStage.SECURITY ? LoginStage.OPERATIONAL : LoginStage.FULL_FEATURE;
        if (LoginStage.current(flagsOfAnswer) != stage
                || (transits() && (!transitAsked || LoginStage.next(flagsOfAnswer) != next))) {
            throw ProtocolViolation.expected(
                    "an answer in login stage " + stage + (transitAsked ? ", perhaps on the way to " + next : ""),
                    answer.toString());
        }
        if (answer.octet(3) != 0) {
            throw ProtocolViolation.expected("version 0", "version " + answer.octet(3));
        }
        if (expectedStatusNumber != null && answer.statusNumber() != expectedStatusNumber) {
            throw ProtocolViolation.expected("StatSN " + expectedStatusNumber, String.valueOf(answer.statusNumber()));
        }
        expectedStatusNumber = answer.statusNumber() + 1;
        expectedCommandNumber = answer.expectedCommandNumber();
        maxCommandNumber = answer.maxCommandNumber();
    }
}
