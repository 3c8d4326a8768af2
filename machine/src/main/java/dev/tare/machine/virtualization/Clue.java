package dev.tare.machine.virtualization;

/**
 * A sign of one hypervisor.
 *
 * @param evidence what was seen, one clause
 */
record Clue(Hypervisor hypervisor, String evidence) {}
