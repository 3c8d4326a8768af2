package dev.tare.iscsi.initiator;

import dev.tare.iscsi.pdu.Header;
import dev.tare.iscsi.pdu.ProtocolViolation;

/** How many commands the target accepts (RFC 7143, section 4.2.2.1), and which status we expect next. */
final class CommandWindow {
    private int nextCommandNumber;
    private int maxCommandNumber;
    private int expectedStatusNumber;

    CommandWindow(int firstCommandNumber, int maxCommandNumber, int expectedStatusNumber) {
        this.nextCommandNumber = firstCommandNumber;
        this.maxCommandNumber = maxCommandNumber;
        this.expectedStatusNumber = expectedStatusNumber;
    }

    /** Whether one more command may be sent. */
    boolean isOpen() {
        return !after(nextCommandNumber, maxCommandNumber);
    }

    /** The number of a command that is not immediate. */
    int take() {
        return nextCommandNumber++;
    }

    /** The number that an immediate request shows without taking it. */
    int peek() {
        return nextCommandNumber;
    }

    int expectedStatusNumber() {
        return expectedStatusNumber;
    }

    /** Checks the status number of a response that has one of its own; the next one is expected then. */
    void takeStatus(Header response) throws ProtocolViolation {
        if (response.statusNumber() != expectedStatusNumber) {
            throw ProtocolViolation.expected(
                    "StatSN " + Integer.toUnsignedString(expectedStatusNumber),
                    "StatSN " + Integer.toUnsignedString(response.statusNumber()) + " in " + response);
        }
        expectedStatusNumber++;
    }

    /** Takes over the target's numbers; older ones than known, and a nonsensical pair, are ignored as the RFC says. */
    void update(Header answer) {
        int expected = answer.expectedCommandNumber();
        int max = answer.maxCommandNumber();
        if (!after(expected - 1, max) && after(max, maxCommandNumber)) {
            maxCommandNumber = max;
        }
    }

    /** Whether {@code a} comes after {@code b} in the serial number arithmetic of RFC 1982. */
    private static boolean after(int a, int b) {
        return a - b > 0;
    }
}
