package dev.tare.net.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TokenTest {
    @TempDir
    Path folder;

    @Test
    void theSameTokenProvesAndAnotherDoesNot() throws IOException {
        Token token = Token.read(file("0123456789abcdef", "rw-------"));
        Token same = Token.read(file("  0123456789abcdef\n", "rw-r-----"));
        Token other = Token.read(file("0123456789abcdeg", "rw-------"));
        Nonce client = Nonce.random();
        Nonce peer = Nonce.random();
        byte[] proof = token.proof(Token.Side.CLIENT, client, peer);

        assertThat(same.proves(Token.Side.CLIENT, client, peer, proof)).isTrue();
        assertThat(other.proves(Token.Side.CLIENT, client, peer, proof)).isFalse();
        assertThat(Token.none().proves(Token.Side.CLIENT, client, peer, proof)).isFalse();
    }

    @Test
    void aProofIsGoodForOneSideAndOneConversationOnly() throws IOException {
        Token token = Token.read(file("0123456789abcdef", "rw-------"));
        Nonce client = Nonce.random();
        Nonce peer = Nonce.random();
        byte[] proof = token.proof(Token.Side.CLIENT, client, peer);

        assertThat(token.proves(Token.Side.PEER, client, peer, proof)).isFalse();
        assertThat(token.proves(Token.Side.CLIENT, client, Nonce.random(), proof))
                .isFalse();
    }

    @Test
    void aTokenThatEverybodyCanReadIsRefused() throws IOException {
        Path file = file("0123456789abcdef", "rw-r--r--");

        assertThatThrownBy(() -> Token.read(file)).hasMessageContaining("chmod o= " + file);
    }

    @Test
    void aShortTokenIsRefused() throws IOException {
        Path file = file("secret", "rw-------");

        assertThatThrownBy(() -> Token.read(file)).hasMessageContaining("16 to 4096 bytes, got 6");
    }

    @Test
    void aMissingFileIsNamedWithTheWayToMakeOne() {
        assertThatThrownBy(() -> Token.read(folder.resolve("none"))).hasMessageContaining("/dev/urandom");
    }

    private Path file(String content, String permissions) throws IOException {
        Path file = Files.createTempFile(folder, "token", "");
        Files.writeString(file, content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
