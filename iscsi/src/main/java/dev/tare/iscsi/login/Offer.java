package dev.tare.iscsi.login;

import dev.tare.iscsi.pdu.ProtocolViolation;
import java.util.Map;

/** The initiator's operational keys and how their answers are read (RFC 7143, section 13). */
final class Offer {
    private final SessionParameters wanted;
    private final boolean discovery;

    Offer(SessionParameters wanted, boolean discovery) {
        this.wanted = wanted;
        this.discovery = discovery;
    }

    TextKeys keys() {
        TextKeys keys = new TextKeys()
                .add("HeaderDigest", digest(wanted.headerDigest()))
                .add("DataDigest", digest(wanted.dataDigest()))
                .add("MaxRecvDataSegmentLength", wanted.maxReceiveBytes())
                .add("DefaultTime2Wait", 0)
                .add("DefaultTime2Retain", 0)
                .add("ErrorRecoveryLevel", 0);
        if (discovery) {
            return keys;
        }
        return keys.add("InitialR2T", wanted.initialTransfer())
                .add("ImmediateData", wanted.immediateData())
                .add("MaxBurstLength", wanted.maxBurstBytes())
                .add("FirstBurstLength", wanted.firstBurstBytes())
                .add("MaxOutstandingR2T", wanted.maxOutstandingTransfers())
                .add("MaxConnections", 1)
                .add("DataPDUInOrder", true)
                .add("DataSequenceInOrder", true);
    }

    /** Whether the target may say this key without having been asked. */
    boolean isKnown(String key) {
        return keys().get(key) != null
                || key.equals("TargetAlias")
                || key.equals("TargetAddress")
                || key.equals("TargetPortalGroupTag");
    }

    SessionParameters agreed(Map<String, String> answers) throws ProtocolViolation {
        boolean headerDigest = digestAgreed(answers, "HeaderDigest", wanted.headerDigest());
        boolean dataDigest = digestAgreed(answers, "DataDigest", wanted.dataDigest());
        int maxSend = answers.containsKey("MaxRecvDataSegmentLength")
                ? number(answers, "MaxRecvDataSegmentLength", 512, SessionParameters.MOST_BYTES)
                : wanted.maxSendBytes();
        if (discovery) {
            return new SessionParameters(
                    wanted.maxReceiveBytes(), maxSend, 0, 0, 1, true, false, headerDigest, dataDigest);
        }
        number(answers, "ErrorRecoveryLevel", 0, 0);
        requireYes(answers, "DataPDUInOrder");
        requireYes(answers, "DataSequenceInOrder");
        boolean initialTransfer = yes(answers, "InitialR2T");
        boolean immediateData = yes(answers, "ImmediateData");
        if ((immediateData && !wanted.immediateData()) || (!initialTransfer && wanted.initialTransfer())) {
            throw ProtocolViolation.expected(
                    "ImmediateData=No and InitialR2T=Yes where either side says so", answers.toString());
        }
        int maxBurst = number(answers, "MaxBurstLength", 512, wanted.maxBurstBytes());
        boolean unsolicited = immediateData || !initialTransfer;
        int firstBurst = unsolicited ? number(answers, "FirstBurstLength", 512, wanted.firstBurstBytes()) : 0;
        return new SessionParameters(
                wanted.maxReceiveBytes(),
                maxSend,
                Math.min(firstBurst, maxBurst),
                maxBurst,
                number(answers, "MaxOutstandingR2T", 1, wanted.maxOutstandingTransfers()),
                initialTransfer,
                immediateData,
                headerDigest,
                dataDigest);
    }

    private static String digest(boolean wanted) {
        return wanted ? "CRC32C" : "None";
    }

    private static boolean digestAgreed(Map<String, String> answers, String key, boolean wanted)
            throws ProtocolViolation {
        String answer = answers.getOrDefault(key, "None");
        if (!answer.equals(digest(wanted))) {
            throw ProtocolViolation.expected(key + "=" + digest(wanted), TextKeys.printable(answer));
        }
        return wanted;
    }

    private static void requireYes(Map<String, String> answers, String key) throws ProtocolViolation {
        if (!yes(answers, key)) {
            throw ProtocolViolation.expected(key + "=Yes", "No");
        }
    }

    private static boolean yes(Map<String, String> answers, String key) throws ProtocolViolation {
        String answer = answer(answers, key);
        if (!answer.equals("Yes") && !answer.equals("No")) {
            throw ProtocolViolation.expected(key + "=Yes or No", TextKeys.printable(answer));
        }
        return answer.equals("Yes");
    }

    private static int number(Map<String, String> answers, String key, int least, int most) throws ProtocolViolation {
        return Numbers.parse(key, answer(answers, key), least, most);
    }

    private static String answer(Map<String, String> answers, String key) throws ProtocolViolation {
        String answer = answers.get(key);
        if (answer == null) {
            throw ProtocolViolation.expected("an answer to " + key, "none");
        }
        return answer;
    }
}
