package dev.tare.iscsi.login;

import dev.tare.iscsi.pdu.ProtocolViolation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The target's side of the security stage: no proof, CHAP, or mutual CHAP (RFC 7143, section 12.1). */
final class TargetAuthentication {
    private final @Nullable Credentials credentials;
    private byte @Nullable [] challenge;
    private int identifier;
    private String reason = "";

    /** Where a step has led. */
    enum Progress {
        OPEN,
        PROVEN,
        REFUSED
    }

    TargetAuthentication(@Nullable Credentials credentials) {
        this.credentials = credentials;
    }

    static boolean isKey(String key) {
        return key.equals("AuthMethod") || key.startsWith("CHAP_");
    }

    /** Why the last step refused. */
    String reason() {
        return reason;
    }

    Progress step(Map<String, String> keys, TextKeys answers) throws ProtocolViolation {
        String methods = keys.get("AuthMethod");
        if (methods != null) {
            return chooseMethod(Arrays.asList(methods.split(",")), answers);
        }
        if (credentials == null) {
            return Progress.PROVEN;
        }
        String algorithms = keys.get("CHAP_A");
        if (algorithms != null) {
            return challenge(Arrays.asList(algorithms.split(",")), answers);
        }
        return keys.containsKey("CHAP_R") ? verify(credentials, keys, answers) : Progress.OPEN;
    }

    private Progress chooseMethod(List<String> methods, TextKeys answers) {
        String wanted = credentials == null ? "None" : "CHAP";
        if (!methods.contains(wanted)) {
            return refuse("expected AuthMethod=" + wanted + ", got " + TextKeys.printable(String.join(",", methods)));
        }
        answers.add("AuthMethod", wanted);
        return credentials == null ? Progress.PROVEN : Progress.OPEN;
    }

    private Progress challenge(List<String> algorithms, TextKeys answers) {
        if (!algorithms.contains(Chap.MD5)) {
            return refuse("expected CHAP_A with 5 (MD5), got " + TextKeys.printable(String.join(",", algorithms)));
        }
        byte[] fresh = Chap.newChallenge();
        challenge = fresh;
        identifier = Chap.newIdentifier();
        answers.add("CHAP_A", Chap.MD5).add("CHAP_I", identifier).add("CHAP_C", Chap.hex(fresh));
        return Progress.OPEN;
    }

    private Progress verify(Credentials expected, Map<String, String> keys, TextKeys answers) throws ProtocolViolation {
        byte[] asked = challenge;
        challenge = null;
        if (asked == null) {
            return refuse("CHAP_R without a challenge");
        }
        byte[] response = Chap.binary("CHAP_R", keys.getOrDefault("CHAP_R", ""));
        if (!expected.user().equals(keys.get("CHAP_N"))
                || !Chap.isResponse(response, identifier, expected.secret(), asked)) {
            return refuse("wrong user or secret");
        }
        String counterchallenge = keys.get("CHAP_C");
        if (counterchallenge == null) {
            return Progress.PROVEN;
        }
        byte[] theirs = Chap.binary("CHAP_C", counterchallenge);
        if (expected.mutual() == null || Arrays.equals(theirs, asked)) {
            return refuse(expected.mutual() == null ? "mutual CHAP is not set up here" : "our own challenge came back");
        }
        int theirIdentifier = Chap.identifier(keys.getOrDefault("CHAP_I", ""));
        answers.add("CHAP_N", expected.mutual().user())
                .add(
                        "CHAP_R",
                        Chap.hex(
                                Chap.response(theirIdentifier, expected.mutual().secret(), theirs)));
        return Progress.PROVEN;
    }

    private Progress refuse(String why) {
        reason = why;
        return Progress.REFUSED;
    }
}
