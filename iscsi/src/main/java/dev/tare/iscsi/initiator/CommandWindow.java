package dev.tare.iscsi.initiator;

import dev.tare.iscsi.pdu.Header;
import dev.tare.iscsi.pdu.SerialNumber;

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
        return !SerialNumber.after(nextCommandNumber, maxCommandNumber);
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

    void statusArrived() {
        expectedStatusNumber++;
    }

    /** Takes over the target's numbers; older ones than known, and a nonsensical pair, are ignored as the RFC says. */
    void update(Header answer) {
        int expected = answer.expectedCommandNumber();
        int max = answer.maxCommandNumber();
        if (!SerialNumber.after(expected - 1, max) && SerialNumber.after(max, maxCommandNumber)) {
            maxCommandNumber = max;
        }
    }
}
