package dev.tare.iscsi.login;

import dev.tare.iscsi.pdu.ProtocolViolation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The operational keys (RFC 7143, section 13): what the initiator offers, what the target answers, and what both have agreed
 * on then. A length is the smaller of the two, InitialR2T holds when either side wants it, ImmediateData when both do, and
 * of a list of digests the first that the other side has.
 */
final class Negotiation {
    /** The answer to a key that is not known; the other side uses what holds without it. */
    private static final String NOT_UNDERSTOOD = "NotUnderstood";
    /** The answer to a value that is not taken; the key keeps its default. */
    private static final String REJECT = "Reject";
    /** The answer to a key that means nothing beside the others. */
    private static final String IRRELEVANT = "Irrelevant";

    private static final int DEFAULT_SEGMENT_BYTES = 8192;
    private static final int DEFAULT_FIRST_BURST_BYTES = 65536;
    private static final int DEFAULT_BURST_BYTES = 262144;
    private static final int LEAST_BYTES = 512;

    private Negotiation() {}

    /** Whether a word is the end of a negotiation rather than a value. */
    private static boolean isNoValue(String word) {
        return word.equals(NOT_UNDERSTOOD) || word.equals(REJECT) || word.equals(IRRELEVANT);
    }

    /** What either side answers to a key that it does not use: markers are gone since RFC 7143, section 13.26. */
    private static String refusal(String key) {
        return switch (key) {
            case "IFMarker", "OFMarker" -> "No";
            case "IFMarkInt", "OFMarkInt" -> REJECT;
            case "iSCSIProtocolLevel" -> "1";
            case "TaskReporting" -> "RFC3720";
            default -> NOT_UNDERSTOOD;
        };
    }

    /**
     * The initiator's side: its keys, and what the target's answers make of them.
     *
     * <p>The result of every key is computed here and not read from the answer, because an answer may be missing. A target
     * need not answer a Boolean that the offer has decided (section 6.2.2), as Linux' own does not; it may answer with a word
     * that is no value, and it may leave out what it does not care for. In each of these cases the key has its default,
     * which is what the target goes by then. RFC 7143 calls NotUnderstood a violation for its own keys (section 6.2); an old
     * target that says it still goes by the default, so nothing is gained by leaving it.
     */
    static final class Offer {
        private final SessionParameters wanted;
        private final boolean discovery;
        private final TextKeys keys;

        Offer(SessionParameters wanted, boolean discovery) {
            this.wanted = wanted;
            this.discovery = discovery;
            this.keys = offer();
        }

        private TextKeys offer() {
            TextKeys offer = new TextKeys()
                    .add("HeaderDigest", digest(wanted.headerDigest()))
                    .add("DataDigest", digest(wanted.dataDigest()))
                    .add("MaxRecvDataSegmentLength", wanted.maxReceiveBytes())
                    .add("DefaultTime2Wait", 0)
                    .add("DefaultTime2Retain", 0)
                    .add("ErrorRecoveryLevel", 0);
            if (discovery) {
                return offer;
            }
            return offer.add("InitialR2T", wanted.initialTransfer())
                    .add("ImmediateData", wanted.immediateData())
                    .add("MaxBurstLength", wanted.maxBurstBytes())
                    .add("FirstBurstLength", wanted.firstBurstBytes())
                    .add("MaxOutstandingR2T", wanted.maxOutstandingTransfers())
                    .add("MaxConnections", 1)
                    .add("DataPDUInOrder", true)
                    .add("DataSequenceInOrder", true);
        }

        TextKeys keys() {
            return keys;
        }

        /** What we offered and the target rejected, as {@code key=value}. */
        List<String> rejected(Map<String, String> answers) {
            return keys.pairs().stream()
                    .filter(pair -> REJECT.equals(answers.get(pair.getKey())))
                    .map(pair -> pair.getKey() + "=" + pair.getValue())
                    .toList();
        }

        /** Answers a key that the target has said by itself: with nothing where it only tells or answers us. */
        void answer(String key, String value, TextKeys answers) {
            boolean told = switch (key) {
                case "TargetName", "TargetAlias", "TargetAddress", "TargetPortalGroupTag" -> true;
                default -> isNoValue(value) || keys.get(key) != null;
            };
            if (told) {
                return;
            }
            boolean ofNormalSessions = switch (key) {
                case "InitialR2T",
                        "ImmediateData",
                        "MaxBurstLength",
                        "FirstBurstLength",
                        "MaxOutstandingR2T",
                        "MaxConnections",
                        "DataPDUInOrder",
                        "DataSequenceInOrder" -> true;
                default -> false;
            };
            answers.add(key, ofNormalSessions ? IRRELEVANT : refusal(key));
        }

        /**
         * @param answers everything that the target has said, in whatever order and PDU
         * @throws LoginRefused when the target does not take digests that are wanted
         * @throws ProtocolViolation when a value is none that the key can have
         */
        SessionParameters agreed(Map<String, String> answers) throws ProtocolViolation, LoginRefused {
            boolean headerDigest = digestAgreed(answers, "HeaderDigest", wanted.headerDigest());
            boolean dataDigest = digestAgreed(answers, "DataDigest", wanted.dataDigest());
            int maxSend = Math.min(
                    SessionParameters.MOST_BYTES,
                    number(answers, "MaxRecvDataSegmentLength", LEAST_BYTES, DEFAULT_SEGMENT_BYTES));
            if (discovery) {
                return new SessionParameters(
                        wanted.maxReceiveBytes(), maxSend, 0, 0, 1, true, false, headerDigest, dataDigest);
            }
            either(answers, "DataPDUInOrder", true);
            either(answers, "DataSequenceInOrder", true);
            boolean initialTransfer = either(answers, "InitialR2T", wanted.initialTransfer());
            boolean immediateData = both(answers, "ImmediateData", wanted.immediateData());
            int maxBurst = ofOurs(answers, "MaxBurstLength", LEAST_BYTES, DEFAULT_BURST_BYTES, wanted.maxBurstBytes());
            int firstBurst = immediateData || !initialTransfer
                    ? number(answers, "FirstBurstLength", LEAST_BYTES, DEFAULT_FIRST_BURST_BYTES)
                    : 0;
            return new SessionParameters(
                    wanted.maxReceiveBytes(),
                    maxSend,
                    Math.min(Math.min(wanted.firstBurstBytes(), firstBurst), maxBurst),
                    maxBurst,
                    ofOurs(answers, "MaxOutstandingR2T", 1, 1, wanted.maxOutstandingTransfers()),
                    initialTransfer,
                    immediateData,
                    headerDigest,
                    dataDigest);
        }

        private static String digest(boolean wanted) {
            return wanted ? "CRC32C" : "None";
        }

        private static boolean digestAgreed(Map<String, String> answers, String key, boolean wanted)
                throws ProtocolViolation, LoginRefused {
            String answer = value(answers, key);
            // A list is an offer of the target's own, which ours answers.
            List<String> choices = List.of((answer == null ? digest(false) : answer).split(","));
            if (choices.contains(digest(wanted))) {
                return wanted;
            }
            if (!wanted) {
                throw ProtocolViolation.expected(key + "=None", TextKeys.printable(String.join(",", choices)));
            }
            throw new LoginRefused("the target takes no CRC32C: expected " + key + "=CRC32C, got "
                    + TextKeys.printable(answers.getOrDefault(key, "no answer"))
                    + "; switch digests on at the target, or log in without");
        }

        /** A Boolean that holds when either side wants it; all of these hold by default. */
        private static boolean either(Map<String, String> answers, String key, boolean offered)
                throws ProtocolViolation {
            return yes(answers, key) || offered;
        }

        /** A Boolean that holds when both sides want it; the only one of these holds by default. */
        private static boolean both(Map<String, String> answers, String key, boolean offered) throws ProtocolViolation {
            return yes(answers, key) && offered;
        }

        private static boolean yes(Map<String, String> answers, String key) throws ProtocolViolation {
            String value = value(answers, key);
            return value == null || TextKeys.yesOrNo(key, value);
        }

        /** The target's number, of which the smaller of both counts: one that is too large does no harm. */
        private static int number(Map<String, String> answers, String key, int least, int byDefault)
                throws ProtocolViolation {
            String value = value(answers, key);
            return value == null ? byDefault : TextKeys.number(key, value, least, Integer.MAX_VALUE);
        }

        /**
         * How much the target may ask of us at a time. One that says nothing at all may take our offer for agreed or the
         * default, and is held to the offer, because either is within what we can do.
         */
        private static int ofOurs(Map<String, String> answers, String key, int least, int byDefault, int offered)
                throws ProtocolViolation {
            return answers.containsKey(key) ? Math.min(offered, number(answers, key, least, byDefault)) : offered;
        }

        /** What the target said to a key, or null where its default holds: the one place that decides this. */
        private static @Nullable String value(Map<String, String> answers, String key) {
            String answer = answers.get(key);
            return answer == null || isNoValue(answer) ? null : answer;
        }
    }

    /** The target's side: the answer to each key as it comes. */
    static final class Answers {
        private static final int SEGMENT_BYTES = 256 << 10;
        private static final int MOST_FIRST_BURST_BYTES = 256 << 10;
        private static final int MOST_BURST_BYTES = (16 << 20) - 4096;

        private int maxSendBytes = DEFAULT_SEGMENT_BYTES;
        private int firstBurstBytes = DEFAULT_FIRST_BURST_BYTES;
        private int maxBurstBytes = DEFAULT_BURST_BYTES;
        private boolean initialTransfer = true;
        private boolean immediateData = true;
        private boolean headerDigest;
        private boolean dataDigest;
        private boolean declared;

        SessionParameters agreed() {
            return new SessionParameters(
                    declared ? SEGMENT_BYTES : DEFAULT_SEGMENT_BYTES,
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
                    maxSendBytes = number(key, value, LEAST_BYTES);
                    if (!declared) {
                        declared = true;
                        answers.add(key, SEGMENT_BYTES);
                    }
                }
                case "MaxBurstLength" -> {
                    maxBurstBytes = Math.min(number(key, value, LEAST_BYTES), MOST_BURST_BYTES);
                    answers.add(key, maxBurstBytes);
                }
                case "FirstBurstLength" -> {
                    firstBurstBytes = Math.min(number(key, value, LEAST_BYTES), MOST_FIRST_BURST_BYTES);
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
                default -> {
                    if (!isNoValue(value)) {
                        answers.add(key, refusal(key));
                    }
                }
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
