package dev.tare.iscsi.login;

import org.jspecify.annotations.Nullable;

/**
 * Who a target is and whom it lets in.
 *
 * @param name its IQN
 * @param credentials what an initiator must prove, and the target in turn when it is asked; null lets everybody in
 */
public record TargetIdentity(String name, @Nullable Credentials credentials) {}
