package dev.tare.iscsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.iscsi.initiator.IscsiException;
import dev.tare.iscsi.initiator.Lun;
import dev.tare.iscsi.initiator.LunAddress;
import dev.tare.iscsi.initiator.LunQueue;
import dev.tare.iscsi.initiator.SessionOptions;
import dev.tare.iscsi.pdu.Header;
import dev.tare.iscsi.pdu.Opcode;
import dev.tare.iscsi.scsi.Sense;
import dev.tare.iscsi.scsi.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a target does wrong ends in words, in time, and never in data that nobody sent. */
@Timeout(120)
class BrokenTargetTest {
    private static final int BLOCK_BYTES = 4096;
    private static final byte[] NONE = new byte[0];
    private static final byte[] BLOCK = new byte[BLOCK_BYTES];
    private static final SessionOptions PATIENT = SessionOptions.plain();
    /** Still enough for the questions about the unit on a machine that stalls for some seconds. */
    private static final SessionOptions HASTY =
            PATIENT.withWaits(Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofMillis(100));

    private static Stream<Arguments> wrongAnswersToARead() {
        return Stream.of(
                wrong(
                        "StatSN",
                        talk -> talk.send(talk.answer(Opcode.SCSI_RESPONSE).statusNumber(77), NONE)),
                wrong(
                        "outstanding task",
                        talk -> talk.send(talk.answer(Opcode.SCSI_RESPONSE).taskTag(0x1234567), NONE)),
                wrong("outstanding task", talk -> talk.send(dataIn(talk).taskTag(0x00ff_0fff), BLOCK)),
                wrong("Data-In 0 at 0", talk -> talk.send(dataIn(talk).bufferOffset(512), BLOCK)),
                wrong("Data-In 0 at 0", talk -> talk.send(dataIn(talk).dataNumber(1), BLOCK)),
                wrong("Data-In 0 at 0", talk -> talk.send(dataIn(talk), new byte[BLOCK_BYTES + 4])),
                wrong("no R2T for READ(10)", talk -> talk.send(readyToTransfer(talk, 0, 512), NONE)),
                wrong("0 of 4096 bytes", ScriptedTarget.Talk::good),
                wrong("1024 of 4096 bytes", talk -> talk.data(new byte[1024])),
                wrong(
                        "1024 of 4096 bytes",
                        talk -> talk.last(
                                dataIn(talk).flags(Header.FINAL | 1 | 2).residual(3072), new byte[1024])),
                wrong(
                        "overflow of 512 bytes",
                        talk -> talk.last(
                                dataIn(talk).flags(Header.FINAL | 1 | 4).residual(512), BLOCK)),
                wrong("TASK SET FULL", talk -> talk.status(0x28, NONE)),
                wrong(
                        "target failure",
                        talk -> talk.last(talk.answer(Opcode.SCSI_RESPONSE).octet(2, 1), NONE)),
                wrong("an answer of a target", talk -> talk.send(talk.answer(0x3a), NONE)),
                wrong("an answer of a target", talk -> talk.send(talk.answer(Opcode.SCSI_COMMAND), NONE)),
                wrong("open request", talk -> talk.send(talk.answer(Opcode.TASK_RESPONSE), NONE)),
                wrong("open request", talk -> talk.send(talk.answer(Opcode.LOGOUT_RESPONSE), NONE)),
                wrong(
                        "open request",
                        talk -> talk.send(talk.answer(Opcode.NOP_IN).taskTag(1), NONE)),
                wrong(
                        "rejected SCSI Command",
                        talk -> talk.send(
                                talk.answer(Opcode.REJECT).octet(2, 9).taskTag(Header.NO_TAG), talk.request.bytes())),
                wrong(
                        "announced that it drops",
                        talk -> talk.send(
                                talk.answer(Opcode.ASYNC_MESSAGE).octet(36, 2).taskTag(Header.NO_TAG), NONE)),
                wrong("at most 262144 bytes", talk -> raw(talk, dataIn(talk).dataBytes(300_000))),
                wrong("closed by", talk -> {
                    raw(talk, dataIn(talk).dataBytes(4096));
                    talk.hangUp();
                }),
                wrong("closed by", talk -> {
                    talk.channel.write(ByteBuffer.wrap(new byte[20]));
                    talk.hangUp();
                }),
                wrong("closed by", ScriptedTarget.Talk::hangUp));
    }

    @ParameterizedTest(name = "{index}: {0}")
    @MethodSource("wrongAnswersToARead")
    void aWrongAnswerToAReadIsNamed(String words, ScriptedTarget.Script script) throws Exception {
        try (ScriptedTarget target = new ScriptedTarget(script);
                Lun lun = open(target, PATIENT);
                LunQueue queue = lun.openQueue(1, BLOCK_BYTES)) {
            queue.submitRead(0, 0);
            assertThatThrownBy(queue::await).isInstanceOf(IscsiException.class).hasMessageContaining(words);
        }
    }

    private static Stream<ScriptedTarget.Script> unitsWithoutForcedAccess() {
        return Stream.of(
                // A mode parameter header without DPOFUA, and no pages; a unit that knows no MODE SENSE.
                talk -> talk.last(dataIn(talk).flags(Header.FINAL | 1 | 2).residual(60), new byte[4]),
                talk -> talk.status(0x02, sense(Sense.INVALID_OPERATION)));
    }

    @ParameterizedTest
    @MethodSource("unitsWithoutForcedAccess")
    void aUnitThatDoesNotForceUnitAccessIsRefusedWhereWritesAreToBeDurable(ScriptedTarget.Script script)
            throws Exception {
        try (ScriptedTarget target = new ScriptedTarget(script)) {
            assertThatThrownBy(() -> open(target, PATIENT.withDurableWrites(true)))
                    .isInstanceOf(IscsiException.class)
                    .hasMessageContaining(
                            "expected writes that are durable when they are done (FUA), got a unit that has none");
        }
    }

    @Test
    void waitingForASlowAnswerEndsAtATimeAndMayGoOn() throws Exception {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        ScriptedTarget.Script script = talk -> {
            assertThat(answer.join()).isTrue();
            talk.last(dataIn(talk).flags(Header.FINAL | 1), BLOCK);
        };
        try (ScriptedTarget target = new ScriptedTarget(script);
                Lun lun = open(target, PATIENT);
                LunQueue queue = lun.openQueue(1, BLOCK_BYTES)) {
            queue.submitRead(0, 0);
            assertThat(queue.awaitUntil(System.nanoTime() + 5_000_000)).isFalse();
            assertThat(queue.awaitUntil(System.nanoTime() - 1)).isFalse();
            answer.complete(true);
            assertThat(queue.awaitUntil(System.nanoTime() + 60_000_000_000L)).isTrue();
            assertThat(queue.await()).isZero();
            assertThatThrownBy(() -> queue.awaitUntil(System.nanoTime()))
                    .isInstanceOf(IscsiException.class)
                    .hasMessageContaining("expected an outstanding I/O, got none");
        }
    }

    private static Stream<Arguments> wrongAnswersToAWrite() {
        return Stream.of(
                wrong("no data for WRITE(10)", talk -> talk.send(dataIn(talk), BLOCK)),
                wrong("R2T 0 at 262144", talk -> talk.send(readyToTransfer(talk, 0, 512), NONE)),
                wrong("R2T 0 at 262144", talk -> talk.send(readyToTransfer(talk, 262144, 0), NONE)),
                wrong("R2T 0 at 262144", talk -> talk.send(readyToTransfer(talk, 262144, 786433), NONE)),
                wrong(
                        "R2T 0 at 262144",
                        talk -> talk.send(readyToTransfer(talk, 262144, 512).dataNumber(1), NONE)),
                wrong(
                        "R2T 0 at 262144",
                        talk -> talk.send(readyToTransfer(talk, 262144, 512).transferTag(-1), NONE)),
                wrong("asked for 262144 of 1048576 bytes", ScriptedTarget.Talk::good),
                wrong("MEDIUM ERROR", talk -> talk.status(Status.CHECK_CONDITION, sense(Sense.WRITE_ERROR))));
    }

    @ParameterizedTest(name = "{index}: {0}")
    @MethodSource("wrongAnswersToAWrite")
    void aWrongAnswerToAWriteIsNamed(String words, ScriptedTarget.Script script) throws Exception {
        try (ScriptedTarget target = new ScriptedTarget(script);
                Lun lun = open(target, PATIENT);
                LunQueue queue = lun.openQueue(1, 1 << 20)) {
            queue.submitWrite(0, 0);
            assertThatThrownBy(queue::await).isInstanceOf(IscsiException.class).hasMessageContaining(words);
        }
    }

    @Test
    void aSilentTargetIsGivenUp() throws Exception {
        try (ScriptedTarget target = new ScriptedTarget(ScriptedTarget.Talk::silence);
                Lun lun = open(target, HASTY);
                LunQueue queue = lun.openQueue(1, BLOCK_BYTES)) {
            queue.submitRead(0, 0);
            assertThatThrownBy(queue::await).hasMessageContaining("not even an answer to a ping");
        }
    }

    @Test
    void aCommandThatIsNeverAnsweredIsAborted() throws Exception {
        try (ScriptedTarget target = new ScriptedTarget(BrokenTargetTest::answerAllButCommands);
                Lun lun = open(target, HASTY);
                LunQueue queue = lun.openQueue(1, BLOCK_BYTES)) {
            queue.submitRead(0, 0);
            assertThatThrownBy(queue::await)
                    .hasMessageContaining("no answer within 5000 ms")
                    .hasMessageContaining("aborted");
        }
    }

    private static void answerAllButCommands(ScriptedTarget.Talk talk) throws IOException {
        while (true) {
            Header request = talk.next();
            switch (request.opcode()) {
                case Opcode.NOP_OUT -> answer(talk, Opcode.NOP_IN);
                case Opcode.TASK_REQUEST -> answer(talk, Opcode.TASK_RESPONSE);
                case Opcode.LOGOUT_REQUEST -> answer(talk, Opcode.LOGOUT_RESPONSE);
                default -> assertThat(request.opcode()).isEqualTo(Opcode.SCSI_COMMAND);
            }
        }
    }

    private static void answer(ScriptedTarget.Talk talk, int opcode) throws IOException {
        talk.send(talk.answer(opcode).transferTag(Header.NO_TAG), NONE);
        talk.statusNumber++;
    }

    @Test
    void aPingOfTheTargetIsAnsweredWithItsTag() throws Exception {
        AtomicInteger echoed = new AtomicInteger();
        ScriptedTarget.Script script = talk -> {
            Header read = Header.blank().set(talk.request);
            talk.send(talk.answer(Opcode.NOP_IN).taskTag(Header.NO_TAG).transferTag(0x4711), new byte[] {1, 2, 3, 4});
            echoed.set(talk.next().transferTag());
            talk.request = read;
            talk.data(BLOCK);
        };
        try (ScriptedTarget target = new ScriptedTarget(script);
                Lun lun = open(target, PATIENT);
                LunQueue queue = lun.openQueue(1, BLOCK_BYTES)) {
            queue.submitRead(0, 0);
            assertThat(queue.await()).isZero();
            assertThat(echoed).hasValue(0x4711);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2900, 'power on, reset, or nexus lost'",
        "2902, 'power on, reset, or nexus lost'",
        "2a01, parameters changed",
        "2a03, another initiator's reservation came or went",
        "2a06, the path's state changed (asymmetric access)",
        "3807, a thin unit is nearly full",
        "3f01, the target's firmware changed",
        "3f03, what the unit says of itself changed",
        "3f0e, the target's list of logical units changed",
        "5d00, the unit expects to fail soon",
        "8001, ''"
    })
    void aCommandThatMetNewsOfTheUnitIsSentAgainAndCounted(String code, String meaning) throws Exception {
        byte[] attention = sense(new Sense(Sense.UNIT_ATTENTION, Integer.parseInt(code, 16)));
        ScriptedTarget.Script script = talk -> {
            for (int i = 0; i < 3; i++) {
                talk.status(Status.CHECK_CONDITION, attention);
                talk.next();
            }
            talk.data(BLOCK);
        };
        try (ScriptedTarget target = new ScriptedTarget(script);
                Lun lun = open(target, PATIENT);
                LunQueue queue = lun.openQueue(1, BLOCK_BYTES)) {
            queue.submitRead(0, 0);
            assertThat(queue.await()).isZero();
            assertThat(queue.events())
                    .containsEntry(
                            "iscsi-unit-attentions",
                            "3 of " + code.substring(0, 2) + "h/" + code.substring(2) + "h"
                                    + (meaning.isEmpty() ? "" : ": " + meaning));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2800, the medium may have changed, keep others off it",
        "2a09, the capacity changed, with the new size",
        "2f00, another initiator cleared the commands, will never be answered",
        "3f05, the unit's identifier changed, leads to another unit",
        "3a00, no medium, has a medium",
        "5a01, somebody wants to remove the medium, leave the medium"
    })
    void aUnitThatIsNotTheSameAnyMoreEndsTheRunWithTheReason(String code, String meaning, String advice)
            throws Exception {
        byte[] attention = sense(new Sense(Sense.UNIT_ATTENTION, Integer.parseInt(code, 16)));
        try (ScriptedTarget target = new ScriptedTarget(talk -> talk.status(Status.CHECK_CONDITION, attention));
                Lun lun = open(target, PATIENT);
                LunQueue queue = lun.openQueue(1, BLOCK_BYTES)) {
            queue.submitRead(0, 0);
            assertThatThrownBy(queue::await)
                    .isInstanceOf(IscsiException.class)
                    .hasMessageContaining("UNIT ATTENTION")
                    .hasMessageContaining(meaning)
                    .hasMessageContaining(advice);
            assertThat(queue.events()).doesNotContainKey("iscsi-unit-attentions");
        }
    }

    @Test
    void aUnitThatTellsNewsForEverIsNotWaitedFor() throws Exception {
        ScriptedTarget.Script script = talk -> {
            while (talk.request.opcode() != Opcode.LOGOUT_REQUEST) {
                talk.status(Status.CHECK_CONDITION, sense(Sense.POWERED_ON));
                talk.next();
            }
        };
        try (ScriptedTarget target = new ScriptedTarget(script);
                Lun lun = open(target, PATIENT);
                LunQueue queue = lun.openQueue(1, BLOCK_BYTES)) {
            queue.submitRead(0, 0);
            assertThatThrownBy(queue::await).hasMessageContaining("with news 8 times before");
        }
    }

    @Test
    void aLargeWriteThatMetNewsHalfWayIsSentAgainWhole() throws Exception {
        byte[] written = new byte[1 << 20];
        ScriptedTarget.Script script = talk -> {
            talk.status(Status.CHECK_CONDITION, sense(Sense.POWERED_ON));
            int tag = talk.request.taskTag();
            while (talk.request.opcode() != Opcode.SCSI_COMMAND || talk.request.taskTag() == tag) {
                talk.next();
            }
            Header write = Header.blank().set(talk.request);
            talk.collect(written);
            talk.send(readyToTransfer(talk, 262144, (1 << 20) - 262144), NONE);
            while (talk.next().bufferOffset() + talk.request.dataBytes() < 1 << 20) {
                talk.collect(written);
            }
            talk.collect(written);
            talk.request = write;
            talk.good();
        };
        try (ScriptedTarget target = new ScriptedTarget(script);
                Lun lun = open(target, PATIENT);
                LunQueue queue = lun.openQueue(1, 1 << 20)) {
            new LunContent(3).fill(queue.buffer(0), 0);
            queue.submitWrite(0, 0);
            assertThat(queue.await()).isZero();
            assertThat(ByteBuffer.wrap(written))
                    .isEqualTo(queue.buffer(0).duplicate().clear());
        }
    }

    @Test
    void aTargetThatHangsUpInsteadOfAnsweringTheLogoutIsLeftInPeace() throws Exception {
        ScriptedTarget.Script script = talk -> {
            talk.data(BLOCK);
            while (talk.next().opcode() != Opcode.LOGOUT_REQUEST) {
                talk.data(BLOCK);
            }
            talk.hangUp();
        };
        try (ScriptedTarget target = new ScriptedTarget(script);
                Lun lun = open(target, PATIENT)) {
            LunQueue queue = lun.openQueue(1, BLOCK_BYTES);
            queue.submitRead(0, 0);
            assertThat(queue.await()).isZero();
            assertThatCode(queue::close).doesNotThrowAnyException();
        }
    }

    @Test
    void aTargetThatAsksForALogoutGetsItWithoutLosingAnIo() throws Exception {
        AtomicInteger talks = new AtomicInteger();
        ScriptedTarget.Script script = talk -> {
            boolean first = talks.getAndIncrement() == 0;
            if (first) {
                Header read = Header.blank().set(talk.request);
                talk.last(talk.answer(Opcode.ASYNC_MESSAGE).octet(36, 1).taskTag(Header.NO_TAG), NONE);
                talk.request = read;
            }
            talk.data(BLOCK);
            while (talk.next().opcode() != Opcode.LOGOUT_REQUEST) {
                talk.data(BLOCK);
            }
        };
        try (ScriptedTarget target = new ScriptedTarget(script);
                Lun lun = open(target, PATIENT)) {
            try (LunQueue queue = lun.openQueue(1, BLOCK_BYTES)) {
                for (int i = 0; i < 5; i++) {
                    queue.submitRead(0, 0);
                    assertThat(queue.await()).isZero();
                }
            }
            assertThat(talks).hasValue(2);
        }
    }

    @Test
    void allCommandsOfADeepQueueAreOutstandingAtOnce() throws Exception {
        int depth = 256;
        ScriptedTarget.Script script = talk -> {
            List<Header> reads = new ArrayList<>(List.of(talk.request));
            while (reads.size() < depth) {
                reads.add(talk.next());
            }
            for (Header read : reads) {
                talk.request = read;
                talk.data(BLOCK);
            }
        };
        try (ScriptedTarget target = new ScriptedTarget(script);
                Lun lun = open(target, PATIENT);
                LunQueue queue = lun.openQueue(depth, BLOCK_BYTES)) {
            for (int slot = 0; slot < depth; slot++) {
                queue.submitRead(slot, (long) slot * BLOCK_BYTES);
            }
            for (int slot = 0; slot < depth; slot++) {
                assertThat(queue.await()).isEqualTo(slot);
            }
        }
    }

    @Test
    void aListenerThatNeverAnswersTheLoginIsGivenUp() throws Exception {
        try (ServerSocketChannel deaf =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            int port = ((InetSocketAddress) deaf.getLocalAddress()).getPort();
            LunAddress address = LunAddress.parse("iscsi://127.0.0.1:" + port + "/iqn.2026-01.x:y/0");
            assertThatThrownBy(() -> Lun.open(address, HASTY)).hasMessageContaining("is it an iSCSI target?");
        }
    }

    private static Arguments wrong(String words, ScriptedTarget.Script script) {
        return Arguments.of(words, script);
    }

    private static Header dataIn(ScriptedTarget.Talk talk) {
        return talk.answer(Opcode.DATA_IN).transferTag(Header.NO_TAG).flags(Header.FINAL | 1);
    }

    private static Header readyToTransfer(ScriptedTarget.Talk talk, int offset, int bytes) {
        return talk.answer(Opcode.READY_TO_TRANSFER)
                .transferTag(1)
                .bufferOffset(offset)
                .residual(bytes);
    }

    private static void raw(ScriptedTarget.Talk talk, Header header) throws IOException {
        talk.channel.write(ByteBuffer.wrap(header.bytes()));
    }

    private static byte[] sense(Sense sense) {
        return ByteBuffer.allocate(2 + Sense.FIXED_BYTES)
                .putShort((short) Sense.FIXED_BYTES)
                .put(sense.toBytes())
                .array();
    }

    private static Lun open(ScriptedTarget target, SessionOptions options) throws IOException {
        return Lun.open(LunAddress.parse(target.url()), options);
    }
}
