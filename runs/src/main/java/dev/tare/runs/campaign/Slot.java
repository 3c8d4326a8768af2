package dev.tare.runs.campaign;

/**
 * A place in the plan that one counted attempt fills.
 *
 * @param round from 1
 * @param scenario its name
 * @param occurrence which one of the scenario in this round, from 1
 */
public record Slot(int round, String scenario, int occurrence) {
    /** One line for messages. */
    @Override
    public String toString() {
        return "round " + round + " of " + scenario + (occurrence == 1 ? "" : " (" + occurrence + ")");
    }
}
