/** Detection of what a machine runs on: hypervisor, kind of virtualization, devices, container, each with its evidence. */
@NullMarked
package dev.tare.machine.virtualization;

import org.jspecify.annotations.NullMarked;
