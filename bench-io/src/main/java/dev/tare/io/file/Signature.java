package dev.tare.io.file;

import dev.tare.io.device.DeviceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Marks by which partition tables, file systems and volume managers are known; a position below zero counts from the end.
 *
 * <p>Source: the on-disk formats as their documentation or kernel headers give them. The list errs on the side of
 * refusing.
 */
final class Signature {
    private static final List<Signature> KNOWN = List.of(
            hex("a partition table (MBR)", 510, "55aa"),
            text("a partition table (GPT)", 512, "EFI PART"),
            text("a partition table (GPT)", 4096, "EFI PART"),
            text("a partition table (GPT, its copy at the end)", -512, "EFI PART"),
            text("a partition table (GPT, its copy at the end)", -4096, "EFI PART"),
            text("a partition table (Apple)", 512, "PM\0\0"),
            text("a partition table (IBM DASD, label VOL1)", 8, "VOL1"),
            hex("a partition table (Sun)", 508, "dabe"),
            hex("an ext2, ext3 or ext4 file system", 1080, "53ef"),
            text("an XFS file system", 0, "XFSB"),
            text("a Btrfs file system", 65_600, "_BHRfS_M"),
            hex("an F2FS file system", 1024, "1020f5f2"),
            text("an NTFS file system", 3, "NTFS    "),
            text("an exFAT file system", 3, "EXFAT   "),
            text("a FAT file system", 54, "FAT1"),
            text("a FAT file system", 82, "FAT32"),
            text("an ISO 9660 file system", 32_769, "CD001"),
            text("a UDF file system", 32_769, "BEA01"),
            text("a squashfs file system", 0, "hsqs"),
            hex("an EROFS file system", 1024, "e2e1f5e0"),
            text("a ReiserFS file system", 65_588, "ReIsEr"),
            text("a JFS file system", 32_768, "JFS1"),
            hex("a bcache device", 4120, "c68573f64e1a45ca8265f57f48ba6d81"),
            hex("a bcachefs device", 4120, "c68573f666ce90a9d96a60cf803df7ef"),
            text("an OCFS2 file system", 8192, "OCFSV2"),
            hex("a GFS2 file system", 65_536, "01161970"),
            hex("a VMFS volume", 1_048_576, "0dd001c0"),
            hex("a ZFS pool", 131_072, "0cb1ba0000000000"),
            hex("a ZFS pool", 131_072, "0000000000bab10c"),
            hex("a ZFS pool", 135_168, "0cb1ba0000000000"),
            hex("a ZFS pool", 135_168, "0000000000bab10c"),
            hex("a ZFS pool", 139_264, "0cb1ba0000000000"),
            hex("a ZFS pool", 139_264, "0000000000bab10c"),
            text("an LVM volume", 0, "LABELONE"),
            text("an LVM volume", 512, "LABELONE"),
            text("an LVM volume", 1024, "LABELONE"),
            text("an LVM volume", 1536, "LABELONE"),
            hex("a member of a Linux RAID", 0, "fc4e2ba9"),
            hex("a member of a Linux RAID", 4096, "fc4e2ba9"),
            text("a member of an Intel RAID", -1024, "Intel Raid ISM Cfg Sig."),
            hex("a member of a DDF RAID", -512, "de11de11"),
            text("an encrypted volume (LUKS)", 0, "LUKS\u00ba\u00be"),
            text("an encrypted volume (LUKS)", 0, "SKUL\u00ba\u00be"),
            text("an encrypted volume (BitLocker)", 3, "-FVE-FS-"),
            text("swap space", 4086, "SWAPSPACE2"),
            text("swap space", 65_526, "SWAPSPACE2"),
            text("a disk of Oracle ASM", 32, "ORCLDISK"),
            text("a Ceph BlueStore disk", 0, "bluestore block device"),
            text("a Stratis pool", 516, "!Stra0tis\u0086\u00ff\u0002^Arh"),
            text("a VDO volume", 0, "dmvdo001"));

    private final String what;
    private final long positionBytes;
    private final byte[] mark;

    private Signature(String what, long positionBytes, byte[] mark) {
        this.what = what;
        this.positionBytes = positionBytes;
        this.mark = mark;
    }

    /** What the device carries by its marks, each once; empty when none is known. */
    static List<String> found(FileChannel device, String name, long sizeBytes) throws IOException {
        List<String> found = new ArrayList<>();
        for (Signature signature : KNOWN) {
            if (!found.contains(signature.what) && signature.isOn(device, name, sizeBytes)) {
                found.add(signature.what);
            }
        }
        // Linux RAID of version 0.90 lies in the last whole 64 KiB but one, of version 1.0 8 KiB before the end.
        long old = sizeBytes / 65_536 * 65_536 - 65_536;
        long late = (sizeBytes - 8192) / 4096 * 4096;
        for (long at : new long[] {old, late}) {
            Signature raid = hex("a member of a Linux RAID", at, "fc4e2ba9");
            if (at >= 0 && !found.contains(raid.what) && raid.isOn(device, name, sizeBytes)) {
                found.add(raid.what);
            }
        }
        return found;
    }

    private boolean isOn(FileChannel device, String name, long sizeBytes) throws IOException {
        long at = positionBytes < 0 ? sizeBytes + positionBytes : positionBytes;
        if (at < 0 || at + mark.length > sizeBytes) {
            return false;
        }
        ByteBuffer there = ByteBuffer.allocate(mark.length);
        while (there.hasRemaining()) {
            if (device.read(there, at + there.position()) <= 0) {
                throw new DeviceException(
                        Transfer.subject("read", name, mark.length, at),
                        "what is there",
                        "its end",
                        "the device is smaller than it says; nothing was written to it");
            }
        }
        return ByteBuffer.wrap(mark).equals(there.flip());
    }

    private static Signature text(String what, long positionBytes, String mark) {
        return new Signature(what, positionBytes, mark.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Signature hex(String what, long positionBytes, String mark) {
        return new Signature(what, positionBytes, HexFormat.of().parseHex(mark));
    }
}
