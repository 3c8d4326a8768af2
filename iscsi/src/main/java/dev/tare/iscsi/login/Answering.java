package dev.tare.iscsi.login;

import dev.tare.iscsi.pdu.ProtocolViolation;
import java.util.List;

/** The target's answers to operational keys (RFC 7143, section 13). */
final class Answering {
    private static final int SEGMENT_BYTES = 256 << 10;
    private static final int MOST_FIRST_BURST_BYTES = 256 << 10;
    private static final int MOST_BURST_BYTES = (16 << 20) - 4096;

    private int maxSendBytes = 8192;
    private int firstBurstBytes = 65536;
    private int maxBurstBytes = 262144;
    private boolean initialTransfer = true;
    private boolean immediateData = true;
    private boolean headerDigest;
    private boolean dataDigest;
    private boolean declared;

    SessionParameters agreed() {
        return new SessionParameters(
                declared ? SEGMENT_BYTES : 8192,
                maxSendBytes,
                Math.min(firstBurstBytes, maxBurstBytes),
                maxBurstBytes,
                1,
                initialTransfer,
                immediateData,
                headerDigest,
                dataDigest);
    }

    /**
     * Answers one key of the initiator.
     *
     * @throws ProtocolViolation when its value is none that the key can have
     */
    void answer(String key, String value, TextKeys answers) throws ProtocolViolation {
        switch (key) {
            case "InitiatorName", "InitiatorAlias", "TargetName", "SessionType" -> {}
            case "HeaderDigest" -> headerDigest = digest(key, value, answers);
            case "DataDigest" -> dataDigest = digest(key, value, answers);
            case "MaxRecvDataSegmentLength" -> {
                maxSendBytes = number(key, value, 512);
                if (!declared) {
                    declared = true;
                    answers.add(key, SEGMENT_BYTES);
                }
            }
            case "MaxBurstLength" -> {
                maxBurstBytes = Math.min(number(key, value, 512), MOST_BURST_BYTES);
                answers.add(key, maxBurstBytes);
            }
            case "FirstBurstLength" -> {
                firstBurstBytes = Math.min(number(key, value, 512), MOST_FIRST_BURST_BYTES);
                answers.add(key, firstBurstBytes);
            }
            case "InitialR2T" -> {
                initialTransfer = yes(key, value);
                answers.add(key, initialTransfer);
            }
            case "ImmediateData" -> {
                immediateData = yes(key, value);
                answers.add(key, immediateData);
            }
            case "MaxOutstandingR2T", "MaxConnections" -> {
                number(key, value, 1);
                answers.add(key, 1);
            }
            case "DefaultTime2Wait" -> answers.add(key, number(key, value, 0));
            case "DefaultTime2Retain", "ErrorRecoveryLevel" -> {
                number(key, value, 0);
                answers.add(key, 0);
            }
            case "DataPDUInOrder", "DataSequenceInOrder" -> answers.add(key, true);
            case "IFMarker", "OFMarker" -> answers.add(key, false);
            default -> answers.add(key, TextKeys.NOT_UNDERSTOOD);
        }
    }

    private static boolean digest(String key, String value, TextKeys answers) throws ProtocolViolation {
        for (String choice : List.of(value.split(","))) {
            if (choice.equals("CRC32C") || choice.equals("None")) {
                answers.add(key, choice);
                return choice.equals("CRC32C");
            }
        }
        throw ProtocolViolation.expected(key + " with CRC32C or None", TextKeys.printable(value));
    }

    private static int number(String key, String value, int least) throws ProtocolViolation {
        return Numbers.parse(key, value, least, SessionParameters.MOST_BYTES);
    }

    private static boolean yes(String key, String value) throws ProtocolViolation {
        if (!value.equals("Yes") && !value.equals("No")) {
            throw ProtocolViolation.expected(key + "=Yes or No", TextKeys.printable(value));
        }
        return value.equals("Yes");
    }
}
