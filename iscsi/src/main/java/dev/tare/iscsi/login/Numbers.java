package dev.tare.iscsi.login;

import dev.tare.iscsi.pdu.ProtocolViolation;

/** Numeric values of text keys: decimal, or hexadecimal after 0x. */
final class Numbers {
    private Numbers() {}

    static int parse(String key, String value, int least, int most) throws ProtocolViolation {
        try {
            long number = Long.decode(value.startsWith("0x") ? value : value.replaceFirst("^0+(?=\\d)", ""));
            if (number >= least && number <= most) {
                return (int) number;
            }
        } catch (NumberFormatException e) {
            throw ProtocolViolation.expected(key + " from " + least + " to " + most, TextKeys.printable(value));
        }
        throw ProtocolViolation.expected(key + " from " + least + " to " + most, TextKeys.printable(value));
    }
}
