package dev.tare.iscsi.initiator;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a logical unit is: {@code iscsi://[user[%secret]@]host[:port][+host[:port]...]/iqn.../lun}, as libiscsi writes it but
 * for the further portals behind {@code +}.
 *
 * @param user CHAP user, or null
 * @param secret CHAP secret, or null
 * @param portals where the target listens; threads take turns
 * @param target its IQN
 */
public record LunAddress(
        @Nullable String user, @Nullable String secret, List<Portal> portals, String target, int unit) {
    /** How an address begins. */
    public static final String SCHEME = "iscsi://";

    private static final Pattern FORM = Pattern.compile(
            "iscsi://(?:(?<user>[^@%/]+)(?:%(?<secret>[^@/]+))?@)?(?<portals>[^@/]+)/(?<target>[^/]+)/(?<unit>\\d{1,5})");

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException when it is something else; the message does not contain the secret
     */
    public static LunAddress parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "iSCSI target: expected iscsi://[user[%secret]@]host[:port]/iqn.../lun, got \""
                            + withoutSecret(text) + "\"");
        }
        List<Portal> portals = Arrays.stream(matcher.group("portals").split("\\+", -1))
                .map(Portal::parse)
                .toList();
        String target = matcher.group("target");
        return new LunAddress(
                matcher.group("user"),
                matcher.group("secret"),
                portals,
                target,
                Integer.parseInt(matcher.group("unit")));
    }

    /** The address as it may be printed. */
    public static String withoutSecret(String text) {
        return text.replaceFirst("%[^@/]*@", "%***@");
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return SCHEME + (user == null ? "" : user + "@")
                + String.join("+", portals.stream().map(Portal::toString).toList()) + "/" + target + "/" + unit;
    }
}
