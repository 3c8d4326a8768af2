package dev.tare.iscsi.login;

import dev.tare.iscsi.pdu.Header;
import dev.tare.iscsi.pdu.Opcode;
import dev.tare.iscsi.pdu.PduStream;
import dev.tare.iscsi.pdu.ProtocolViolation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
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
    /** What the target has said in the whole login, in whatever PDU. */
    private final TextKeys answers = new TextKeys();
    /** How many of {@link #answers} were looked through for keys that we have to answer. */
    private int answered;

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
     * @param rejected what we offered and the target rejected, so that the key has its default
     */
    public record Outcome(
            SessionParameters parameters,
            int commandNumber,
            int maxCommandNumber,
            int expectedStatusNumber,
            List<String> rejected) {}

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
            exchange(hello.add("AuthMethod", "None"), true);
            leaveSecurityStage();
            requireMethod("None");
        } else {
            authenticate(hello, credentials);
        }
        stage = LoginStage.OPERATIONAL;
        TextKeys first = new TextKeys();
        offer.keys().pairs().forEach(pair -> first.add(pair.getKey(), pair.getValue()));
        exchange(addAnswers(first), true);
        while (!transits()) {
            exchange(addAnswers(new TextKeys()), true);
        }
        return new Outcome(
                offer.agreed(answers.byKey()),
                expectedCommandNumber,
                maxCommandNumber,
                expectedStatusNumber == null ? 0 : expectedStatusNumber,
                offer.rejected(answers.byKey()));
    }

    private void authenticate(TextKeys hello, Credentials credentials) throws IOException {
        exchange(hello.add("AuthMethod", "CHAP"), false);
        requireMethod("CHAP");
        exchange(new TextKeys().add("CHAP_A", Chap.MD5), false);
        String algorithm = required(answers, "CHAP_A");
        if (!Chap.MD5.equals(algorithm)) {
            throw new LoginRefused(who() + " does not take CHAP with MD5: expected CHAP_A=5, got "
                    + TextKeys.printable(algorithm) + "; let it take MD5 too");
        }
        int identifier = Chap.identifier(required(answers, "CHAP_I"));
        byte[] challengeBytes = Chap.binary("CHAP_C", required(answers, "CHAP_C"));
        TextKeys proof = new TextKeys()
                .add("CHAP_N", credentials.user())
                .add("CHAP_R", Chap.hex(Chap.response(identifier, credentials.secret(), challengeBytes)));
        Credentials.Mutual mutual = credentials.mutual();
        if (mutual == null) {
            exchange(proof, true);
            leaveSecurityStage();
            return;
        }
        int ownIdentifier = Chap.newIdentifier();
        byte[] ownChallenge = Chap.newChallenge();
        exchange(proof.add("CHAP_I", ownIdentifier).add("CHAP_C", Chap.hex(ownChallenge)), true);
        leaveSecurityStage();
        checkTarget(mutual, ownIdentifier, ownChallenge, challengeBytes);
    }

    /** Ends the login where the target insists on another way to prove who we are. */
    private void requireMethod(String wanted) throws LoginRefused {
        String method = answers.get("AuthMethod");
        boolean silent = method == null && wanted.equals("None");
        if (!silent && !wanted.equals(method)) {
            throw new LoginRefused(who() + ": expected AuthMethod=" + wanted + ", got "
                    + (method == null ? "no answer" : TextKeys.printable(method))
                    + (wanted.equals("None")
                            ? "; it wants CHAP: give user and secret"
                            : "; it does not take CHAP: log in without user and secret"));
        }
    }

    private String who() {
        return identity.target() == null ? "discovery" : identity.target();
    }

    private void checkTarget(Credentials.Mutual mutual, int identifier, byte[] challenge, byte[] targetsChallenge)
            throws IOException {
        String name = answers.get("CHAP_N");
        String response = answers.get("CHAP_R");
        if (name == null || response == null) {
            throw new LoginRefused(who() + " did not prove who it is: expected CHAP_N and CHAP_R, got "
                    + answers.byKey().keySet() + "; is mutual CHAP set up at the target?");
        }
        if (Arrays.equals(challenge, targetsChallenge)
                || !name.equals(mutual.user())
                || !Chap.isResponse(Chap.binary("CHAP_R", response), identifier, mutual.secret(), challenge)) {
            throw new LoginRefused(who() + " is not who it should be: expected CHAP name "
                    + mutual.user() + " and its secret, got name " + TextKeys.printable(name)
                    + (name.equals(mutual.user()) ? " with a wrong secret" : ""));
        }
    }

    private void leaveSecurityStage() throws IOException {
        // A target may need one more round before it agrees to go on; one that waits for CHAP needs more than we have.
        while (!transits()) {
            requireMethod(identity.credentials() == null ? "None" : "CHAP");
            exchange(new TextKeys(), true);
        }
    }

    /** Adds our answers to what the target has said by itself since the last time. */
    private TextKeys addAnswers(TextKeys request) {
        List<Map.Entry<String, String>> said = answers.pairs();
        for (; answered < said.size(); answered++) {
            String key = said.get(answered).getKey();
            if (!TargetAuthentication.isKey(key)) {
                offer.answer(key, said.get(answered).getValue(), request);
            }
        }
        return request;
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

    private void exchange(TextKeys request, boolean transit) throws IOException {
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
            if (continued && transits()) {
                throw ProtocolViolation.expected(
                        "the rest of the text before the next login stage", "both T and C set");
            }
            text = new byte[0];
        } while (continued);
        TextKeys.parse(answer.toByteArray()).pairs().forEach(pair -> answers.add(pair.getKey(), pair.getValue()));
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
            throw LoginRefused.status(statusClass, answer.octet(STATUS_DETAIL), who());
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
