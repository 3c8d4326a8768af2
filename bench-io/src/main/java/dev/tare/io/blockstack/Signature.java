package dev.tare.io.blockstack;

import dev.tare.io.device.BlockDevice;
import dev.tare.io.device.BlockQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
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
    private final long position;
    private final byte[] mark;

    private Signature(String what, long position, byte[] mark) {
        this.what = what;
        this.position = position;
        this.mark = mark;
    }

    /** What a device carries by its marks, each once; empty when none is known. It is only read. */
    static List<String> found(BlockDevice device) throws IOException {
        if (device.sizeBytes() < device.alignBytes()) {
            // No block can be read from it, none written, and no known mark be on it.
            return List.of();
        }
        try (BlockQueue queue = device.openQueue(1, device.alignBytes())) {
            return found(new Bytes(queue, device.sizeBytes()));
        }
    }

    private static List<String> found(Bytes bytes) throws IOException {
        List<String> found = new ArrayList<>();
        for (Signature signature : KNOWN) {
            if (!found.contains(signature.what) && signature.isOn(bytes)) {
                found.add(signature.what);
            }
        }
        // Linux RAID of version 0.90 lies in the last whole 64 KiB but one, of version 1.0 8 KiB before the end.
        long old = bytes.size / 65_536 * 65_536 - 65_536;
        long late = (bytes.size - 8192) / 4096 * 4096;
        for (long at : new long[] {old, late}) {
            Signature raid = hex("a member of a Linux RAID", at, "fc4e2ba9");
            if (at >= 0 && !found.contains(raid.what) && raid.isOn(bytes)) {
                found.add(raid.what);
            }
        }
        return found;
    }

    private boolean isOn(Bytes bytes) throws IOException {
        long at = position < 0 ? bytes.size + position : position;
        if (at < 0 || at + mark.length > bytes.size) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if (bytes.at(at + i) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /** Single bytes of a device, of which a block is kept. */
    private static final class Bytes {
        private final BlockQueue queue;
        private final ByteBuffer block;
        private final long size;
        private long start = -1;

        Bytes(BlockQueue queue, long size) {
            this.queue = queue;
            this.block = queue.buffer(0);
            this.size = size;
        }

        byte at(long position) throws IOException {
            if (start < 0 || position < start || position >= start + block.capacity()) {
                // A device of 512-byte sectors need not end with a whole block.
                start = Math.min(position / block.capacity() * block.capacity(), size - block.capacity());
                queue.submitRead(0, start);
                queue.await();
            }
            return block.get((int) (position - start));
        }
    }

    private static Signature text(String what, long position, String mark) {
        return new Signature(what, position, mark.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Signature hex(String what, long position, String mark) {
        return new Signature(what, position, HexFormat.of().parseHex(mark));
    }
}
