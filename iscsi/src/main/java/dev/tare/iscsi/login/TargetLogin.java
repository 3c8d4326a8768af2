package dev.tare.iscsi.login;

import dev.tare.iscsi.pdu.Header;
import dev.tare.iscsi.pdu.Opcode;
import dev.tare.iscsi.pdu.PduStream;
import dev.tare.iscsi.pdu.ProtocolViolation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The target's side of a login. */
public final class TargetLogin {
    private static final long ISID_BITS = -1L << 16;

    private final PduStream stream;
    private final String name;
    private final Duration limit;
    private final int sessionHandle;
    private final Negotiation.Answers negotiation;
    private final TargetAuthentication authentication;
    private int stage = -1;
    private int statusNumber;
    private int requests;
    private boolean securityDone;
    private long sessionId;
    private @Nullable String initiator;
    private boolean discovery;

    /**
     * A session that may begin.
     *
     * @param initiator its IQN
     * @param sessionId the initiator's part of the session's name (ISID), in the upper six bytes
     * @param discovery whether it may only ask for targets
     * @param commandNumber CmdSN of the first command
     * @param statusNumber StatSN of the next answer
     */
    public record Outcome(
            SessionParameters parameters,
            String initiator,
            long sessionId,
            boolean discovery,
            int commandNumber,
            int statusNumber) {}

    private TargetLogin(
            PduStream stream, String name, @Nullable Credentials credentials, int sessionHandle, Duration limit) {
        this.stream = stream;
        this.name = name;
        this.limit = limit;
        this.sessionHandle = sessionHandle;
        this.negotiation = new Negotiation.Answers();
        this.authentication = new TargetAuthentication(credentials);
        this.securityDone = credentials == null;
    }

    /**
     * Lets an initiator in over a fresh connection, or tells it why not.
     *
     * @param name the target's IQN
     * @param credentials what the initiator must prove, and the target in turn when it is asked; null lets everybody in
     * @param sessionHandle the handle (TSIH) of the new session, not 0
     * @param limit for each request
     * @throws LoginRefused when the initiator was refused, and told so
     */
    public static Outcome run(
            PduStream stream, String name, @Nullable Credentials credentials, int sessionHandle, Duration limit)
            throws IOException {
        return new TargetLogin(stream, name, credentials, sessionHandle, limit).run();
    }

    private Outcome run() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        while (true) {
            PduStream.Pdu pdu = stream.receive(limit);
            Header request = pdu.header();
            check(request);
            text.writeBytes(pdu.data());
            if (text.size() > LoginStage.MOST_TEXT_BYTES || ++requests > LoginStage.MOST_PDUS) {
                throw refuse(request, 0x0200, "too much login text");
            }
            boolean transit = (request.flags() & LoginStage.TRANSIT) != 0;
            if ((request.flags() & LoginStage.CONTINUE) != 0) {
                if (transit) {
                    throw refuse(request, 0x020b, "both T and C set");
                }
                answer(request, new TextKeys(), false);
                continue;
            }
            TextKeys answers = handle(request, TextKeys.parse(text.toByteArray()));
            text.reset();
            boolean go = transit && (stage == LoginStage.OPERATIONAL || securityDone);
            answer(request, answers, go);
            if (go && LoginStage.next(request.flags()) == LoginStage.FULL_FEATURE) {
                return outcome(request);
            }
            if (go) {
                stage = LoginStage.next(request.flags());
            }
        }
    }

    private Outcome outcome(Header request) {
        if (initiator == null) {
            throw new IllegalStateException("login: expected the initiator's name before its end");
        }
        return new Outcome(
                negotiation.agreed(), initiator, sessionId, discovery, request.commandNumber(), statusNumber);
    }

    private void check(Header request) throws IOException {
        if (request.opcode() != Opcode.LOGIN_REQUEST) {
            throw ProtocolViolation.expected("Login Request", request.toString());
        }
        int current = LoginStage.current(request.flags());
        int next = LoginStage.next(request.flags());
        boolean transit = (request.flags() & LoginStage.TRANSIT) != 0;
        if (stage < 0) {
            stage = current;
            sessionId = request.lun() & ISID_BITS;
            if (request.octet(3) != 0) {
                throw refuse(request, 0x0205, "version " + request.octet(3));
            }
            if (request.octetPair(14) != 0) {
                throw refuse(request, 0x020a, "a second connection");
            }
        }
        if (current != stage
                || current > LoginStage.OPERATIONAL
                || (transit && (next <= current || next == 2))
                || sessionId != (request.lun() & ISID_BITS)) {
            throw refuse(request, 0x020b, "stage " + current + " to " + next + " in stage " + stage);
        }
        if (stage == LoginStage.OPERATIONAL && !securityDone) {
            throw refuse(request, 0x0201, "no CHAP");
        }
    }

    private TextKeys handle(Header request, TextKeys keys) throws IOException {
        TextKeys answers = new TextKeys();
        if (initiator == null) {
            greet(request, keys, answers);
        }
        if (stage == LoginStage.SECURITY) {
            TargetAuthentication.Progress progress = authentication.step(keys.byKey(), answers);
            if (progress == TargetAuthentication.Progress.REFUSED) {
                throw refuse(request, 0x0201, authentication.reason());
            }
            securityDone |= progress == TargetAuthentication.Progress.PROVEN;
        }
        for (Map.Entry<String, String> pair : keys.byKey().entrySet()) {
            if (!TargetAuthentication.isKey(pair.getKey())) {
                try {
                    negotiation.answer(pair.getKey(), pair.getValue(), answers);
                } catch (ProtocolViolation e) {
                    throw refuse(request, 0x0200, String.valueOf(e.getMessage()));
                }
            }
        }
        return answers;
    }

    private void greet(Header request, TextKeys keys, TextKeys answers) throws IOException {
        String theirName = keys.get("InitiatorName");
        String target = keys.get("TargetName");
        discovery = "Discovery".equals(keys.get("SessionType"));
        if (theirName == null || (target == null && !discovery)) {
            throw refuse(
                    request,
                    0x0207,
                    "expected InitiatorName and TargetName, got " + keys.byKey().keySet());
        }
        if (target != null && !discovery && !target.equalsIgnoreCase(name)) {
            throw refuse(request, 0x0203, "no target " + TextKeys.printable(target));
        }
        initiator = TextKeys.printable(theirName);
        if (!discovery) {
            answers.add("TargetPortalGroupTag", 1);
        }
    }

    private void answer(Header request, TextKeys answers, boolean transit) throws IOException {
        Header header = response(request).flags(LoginStage.flags(stage, LoginStage.next(request.flags()), transit));
        boolean last = transit && LoginStage.next(request.flags()) == LoginStage.FULL_FEATURE;
        header.lun(sessionId | (last ? sessionHandle : 0));
        stream.send(header, answers.bytes(), limit);
    }

    private LoginRefused refuse(Header request, int status, String reason) throws IOException {
        stream.send(
                response(request).lun(request.lun()).octet(36, status >> 8).octet(37, status & 0xff),
                new byte[0],
                limit);
        return new LoginRefused("refused " + (initiator == null ? "an initiator" : initiator) + ": "
                + LoginRefused.words(status) + " (" + reason + ")");
    }

    private Header response(Header request) {
        return Header.blank()
                .clear(Opcode.LOGIN_RESPONSE)
                .taskTag(request.taskTag())
                .statusNumber(statusNumber++)
                .expectedCommandNumber(request.commandNumber())
                .maxCommandNumber(request.commandNumber() + 1);
    }
}
