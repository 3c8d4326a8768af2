package dev.tare.iscsi.login;

/** Stages of a login and the bits that show them (RFC 7143, section 11.12). */
final class LoginStage {
    static final int SECURITY = 0;
    static final int OPERATIONAL = 1;
    static final int FULL_FEATURE = 3;

    static final int TRANSIT = 0x80;
    static final int CONTINUE = 0x40;

    /** Most data of one login text, however many PDUs it takes. */
    static final int MOST_TEXT_BYTES = 64 << 10;
    /** Most PDUs of one login from one side; an honest one takes four. */
    static final int MOST_PDUS = 32;

    private LoginStage() {}

    static int current(int flags) {
        return flags >> 2 & 3;
    }

    static int next(int flags) {
        return flags & 3;
    }

    static int flags(int current, int next, boolean transit) {
        return transit ? TRANSIT | current << 2 | next : current << 2;
    }
}
