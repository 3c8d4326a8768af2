package dev.tare.io.file;

import dev.tare.io.device.DeviceException;
import dev.tare.io.origin.Origin;
import java.util.Map;

/** Whether a target lies on iSCSI: as the system shows, or by the user's word where it cannot be seen. */
enum Backing {
    SEEN_AS_ISCSI("iSCSI, by the kernel's initiator"),
    SAID_TO_BE_ISCSI("iSCSI, by the user's word: this system cannot see it"),
    NOT_ISCSI("not iSCSI, as far as this system can see"),
    UNKNOWN("unknown: this system shows no device behind the target");

    private final String words;

    Backing(String words) {
        this.words = words;
    }

    static Backing check(FileRequest request, Origin origin) throws DeviceException {
        Backing backing = seen(request, origin);
        if (request.requiresIscsi() && backing != SEEN_AS_ISCSI && backing != SAID_TO_BE_ISCSI) {
            throw new DeviceException(
                    "target " + request.target(),
                    "every device behind it to come from an iSCSI session (require=iscsi)",
                    origin.path().isEmpty() ? "no device to be seen" : String.join(" <- ", origin.path()),
                    "log in to the LUN, or say backing=iscsi where the host did and this guest cannot see it");
        }
        return backing;
    }

    private static Backing seen(FileRequest request, Origin origin) {
        if (origin.isIscsi()) {
            return SEEN_AS_ISCSI;
        }
        if (request.isIscsiByTheUsersWord()) {
            return SAID_TO_BE_ISCSI;
        }
        return origin.leaves().isEmpty() ? UNKNOWN : NOT_ISCSI;
    }

    void addTo(Map<String, String> facts, Origin origin) {
        facts.putAll(origin.facts());
        facts.put("backing", words);
    }
}
