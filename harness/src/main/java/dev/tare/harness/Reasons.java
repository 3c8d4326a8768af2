package dev.tare.harness;

/** Why something failed, in words. */
public final class Reasons {
    private Reasons() {}

    /** What an exception says, and what kind it is where it says nothing, as some of the JDK's do. */
    public static String of(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null || message.isBlank() ? thrown.toString() : message;
    }
}
