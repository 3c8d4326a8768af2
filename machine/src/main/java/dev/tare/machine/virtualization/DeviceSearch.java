package dev.tare.machine.virtualization;

import dev.tare.machine.MachineFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the disks and network cards that have a device behind them, and the driver that decides their kind. */
final class DeviceSearch {
    private final MachineFiles files;

    DeviceSearch(MachineFiles files) {
        this.files = files;
    }

    List<SeenDevice> search() {
        List<SeenDevice> devices = new ArrayList<>();
        find("sys/block/", Device.Role.DISK, devices);
        find("sys/class/net/", Device.Role.NETWORK, devices);
        return devices;
    }

    private void find(String folder, Device.Role role, List<SeenDevice> devices) {
        for (String name : files.names(folder)) {
            String device = folder + name + "/device";
            // Loop devices, bridges and the like have no device, except that a captured tree may keep an empty folder.
            if (!files.names(device).isEmpty()) {
                devices.add(seen(name, role, device));
            }
        }
    }

    private SeenDevice seen(String name, Device.Role role, String device) {
        List<String> drivers = new ArrayList<>();
        driver(device).ifPresent(drivers::add);
        // Above a SCSI disk stands the driver of its controller, which decides.
        String parent = files.resolved(device).orElse("");
        for (int slash = parent.lastIndexOf('/'); slash > 0; slash = parent.lastIndexOf('/')) {
            parent = parent.substring(0, slash);
            files.linkName(parent + "/driver").ifPresent(drivers::add);
        }
        return new SeenDevice(
                name,
                role,
                drivers,
                files.words(device + "/vendor").orElse(""),
                files.words(device + "/model").orElse(""),
                uevent(device, "PCI_SUBSYS_ID").orElse(""));
    }

    private Optional<String> driver(String device) {
        return files.linkName(device + "/driver").or(() -> uevent(device, "DRIVER"));
    }

    private Optional<String> uevent(String device, String key) {
        return files.text(device + "/uevent")
                .orElse("")
                .lines()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .findFirst();
    }
}
