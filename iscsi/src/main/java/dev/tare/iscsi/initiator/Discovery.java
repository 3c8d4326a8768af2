package dev.tare.iscsi.initiator;

import dev.tare.iscsi.login.InitiatorLogin;
import dev.tare.iscsi.login.SessionParameters;
import dev.tare.iscsi.login.TextKeys;
import dev.tare.iscsi.pdu.Header;
import dev.tare.iscsi.pdu.Opcode;
import dev.tare.iscsi.pdu.PduStream;
import dev.tare.iscsi.pdu.ProtocolViolation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks a portal which targets it has (SendTargets, RFC 7143, appendix C). */
public final class Discovery {
    private static final int TASK_TAG = 1;
    private static final int CONTINUE = 0x40;
    private static final int MOST_BYTES = 1 << 20;

    private final Logins logins;

    public Discovery(SessionOptions options) {
        this(new Logins(options));
    }

    Discovery(Logins logins) {
        this.logins = logins;
    }

    /**
     * Targets and where each of them listens.
     *
     * @param portal whom to ask
     * @return portals by IQN, in the target's order; the asked portal where the target names none
     */
    public Map<String, List<Portal>> targets(Portal portal) throws IOException {
        Logins.LoggedIn login = logins.logIn(portal, null);
        TextKeys answer;
        try {
            answer = ask(login);
        } finally {
            login.stream().wire().close();
        }
        Map<String, List<Portal>> targets = new LinkedHashMap<>();
        List<Portal> portals = new ArrayList<>();
        for (Map.Entry<String, String> pair : answer.pairs()) {
            if (pair.getKey().equals("TargetName")) {
                portals = targets.computeIfAbsent(pair.getValue(), name -> new ArrayList<>());
            } else if (pair.getKey().equals("TargetAddress")) {
                portals.add(Portal.ofTarget(pair.getValue()));
            }
        }
        targets.values().stream().filter(List::isEmpty).forEach(none -> none.add(portal));
        return targets;
    }

    private TextKeys ask(Logins.LoggedIn login) throws IOException {
        Duration limit = logins.options().waits().connectLimit();
        PduStream stream = login.stream();
        InitiatorLogin.Outcome outcome = login.outcome();
        SessionParameters agreed = outcome.parameters();
        stream.continueWith(agreed.maxReceiveBytes(), agreed.headerDigest(), agreed.dataDigest());
        int commandNumber = outcome.commandNumber();
        int statusNumber = outcome.expectedStatusNumber();
        int transferTag = Header.NO_TAG;
        byte[] text = new TextKeys().add("SendTargets", "All").bytes();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        while (true) {
            stream.send(
                    Header.blank()
                            .clear(Opcode.TEXT_REQUEST)
                            .flags(Header.FINAL)
                            .taskTag(TASK_TAG)
                            .transferTag(transferTag)
                            .commandNumber(commandNumber++)
                            .expectedStatusNumber(statusNumber),
                    text,
                    limit);
            PduStream.Pdu pdu = stream.receive(limit);
            Header header = pdu.header();
            if (header.opcode() != Opcode.TEXT_RESPONSE
                    || header.taskTag() != TASK_TAG
                    || header.statusNumber() != statusNumber++) {
                throw ProtocolViolation.expected("Text Response to task 0x00000001 in its turn", header.toString());
            }
            answer.writeBytes(pdu.data());
            if (answer.size() > MOST_BYTES) {
                throw ProtocolViolation.expected("at most " + MOST_BYTES + " bytes of targets", "more");
            }
            if (header.isFinal() && (header.flags() & CONTINUE) == 0) {
                return TextKeys.parse(answer.toByteArray());
            }
            transferTag = header.transferTag();
            text = new byte[0];
        }
    }
}
