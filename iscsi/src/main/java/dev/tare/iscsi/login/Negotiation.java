package dev.tare.iscsi.login;

import dev.tare.iscsi.pdu.ProtocolViolation;
import java.util.List;
import java.util.Map;

/**
 * The operational keys (RFC 7143, section 13): what the initiator offers, what the target answers, and what both have agreed
 * on then. A length is the smaller of the two, InitialR2T holds when either side wants it, ImmediateData when both do, and
 * of a list of digests the first that the other side has.
 */
final class Negotiation {
    private Negotiation() {}

    /** The initiator's side: its keys, and what the target's answers make of them. */
    static final class Offer {
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
            return TextKeys.yesOrNo(key, answer(answers, key));
        }

        private static int number(Map<String, String> answers, String key, int least, int most)
                throws ProtocolViolation {
            return TextKeys.number(key, answer(answers, key), least, most);
        }

        /** What the target said to a key that we offered: the one place that decides whether it has to say anything. */
        private static String answer(Map<String, String> answers, String key) throws ProtocolViolation {
            String answer = answers.get(key);
            if (answer == null) {
                throw ProtocolViolation.expected("an answer to " + key, "none");
            }
            return answer;
        }
    }

    /** The target's side: the answer to each key as it comes. */
    static final class Answers {
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
                    initialTransfer = TextKeys.yesOrNo(key, value);
                    answers.add(key, initialTransfer);
                }
                case "ImmediateData" -> {
                    immediateData = TextKeys.yesOrNo(key, value);
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
            return TextKeys.number(key, value, least, SessionParameters.MOST_BYTES);
        }
    }
}
