package dev.tare.campaign.yaml;

/** A file of the user's says something else than was expected; the message names file and line. */
public final class PlaceException extends Exception {
    private static final long serialVersionUID = 1;

    /** @param message file, line, what was expected, what came */
    public PlaceException(String message) {
        super(message);
    }
}
