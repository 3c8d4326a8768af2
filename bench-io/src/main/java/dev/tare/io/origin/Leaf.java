package dev.tare.io.origin;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A device below which this system sees none.
 *
 * @param name such as {@code sda}
 * @param facts driver, model, scheduler and so on, by their fact keys
 * @param session of the kernel's iSCSI initiator, if the device comes from it
 * @param linkBytesPerS what its link can carry, where the system tells
 */
public record Leaf(
        String name, Map<String, String> facts, Optional<IscsiSession> session, OptionalLong linkBytesPerS) {}
