/*
 * Requests and responses over blocking sockets: the native counterpart of RoundTripBench, and of ConnectBench.requestResponse.
 *
 *   roundtrip serve tcp|udp|crr ADDRESS PORT BYTES
 *   roundtrip ask   tcp|udp|crr ADDRESS PORT BYTES SECONDS [OUTSTANDING]     prints exchanges per second
 *
 * Both sides block in recv() as netperf's TCP_RR and UDP_RR do. One exchange at a time, or over tcp OUTSTANDING requests on
 * their way, one more than netperf's -b says: a request is sent for each response that has come. With crr each exchange has a
 * connection of its own as in netperf's TCP_CRR; the server closes first. Runs on a network that loses nothing: a lost
 * datagram stops it.
 */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static void require(int condition, const char *what) {
    if (!condition) {
        perror(what);
        exit(1);
    }
}

static void send_all(int socket_fd, const char *message, size_t bytes) {
    for (size_t sent = 0; sent < bytes;) {
        ssize_t count = send(socket_fd, message + sent, bytes - sent, 0);
        require(count > 0, "send");
        sent += (size_t)count;
    }
}

/* 0 when the other side has closed the connection. */
static int receive_all(int socket_fd, char *message, size_t bytes) {
    for (size_t received = 0; received < bytes;) {
        ssize_t count = recv(socket_fd, message + received, bytes - received, 0);
        if (count <= 0) {
            return 0;
        }
        received += (size_t)count;
    }
    return 1;
}

static void no_delay(int socket_fd) {
    int on = 1;
    require(setsockopt(socket_fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0, "TCP_NODELAY");
}

static void serve_tcp(int listener, char *message, size_t bytes) {
    require(listen(listener, 1) == 0, "listen");
    for (;;) {
        int connection = accept(listener, NULL, NULL);
        require(connection >= 0, "accept");
        no_delay(connection);
        while (receive_all(connection, message, bytes)) {
            send_all(connection, message, bytes);
        }
        close(connection);
    }
}

static void serve_crr(int listener, char *message, size_t bytes) {
    require(listen(listener, 128) == 0, "listen");
    for (;;) {
        int connection = accept(listener, NULL, NULL);
        require(connection >= 0, "accept");
        no_delay(connection);
        if (receive_all(connection, message, bytes)) {
            send_all(connection, message, bytes);
        }
        close(connection);
    }
}

static void serve_udp(int socket_fd, char *message, size_t bytes) {
    for (;;) {
        struct sockaddr_in client;
        socklen_t length = sizeof client;
        ssize_t count = recvfrom(socket_fd, message, bytes, 0, (struct sockaddr *)&client, &length);
        if (count > 0) {
            sendto(socket_fd, message, (size_t)count, 0, (struct sockaddr *)&client, length);
        }
    }
}

static double now_s(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void ask(int socket_fd, char *message, size_t bytes, double seconds, int outstanding) {
    long exchanges = 0;
    double begin_s = now_s();
    double used_s;
    for (int ahead = 1; ahead < outstanding; ahead++) {
        send_all(socket_fd, message, bytes);
    }
    do {
        for (int batch = 0; batch < 100; batch++, exchanges++) {
            send_all(socket_fd, message, bytes);
            require(receive_all(socket_fd, message, bytes), "recv");
        }
        used_s = now_s() - begin_s;
    } while (used_s < seconds);
    printf("%.1f\n", (double)exchanges / used_s);
    /* A server that still answers when this end has gone would end with an error. */
    for (int ahead = 1; ahead < outstanding; ahead++) {
        require(receive_all(socket_fd, message, bytes), "recv");
    }
}

static void ask_crr(const struct sockaddr_in *address, char *message, size_t bytes, double seconds) {
    long exchanges = 0;
    double begin_s = now_s();
    double used_s;
    do {
        int connection = socket(AF_INET, SOCK_STREAM, 0);
        require(connection >= 0, "socket");
        require(connect(connection, (const struct sockaddr *)address, sizeof *address) == 0, "connect");
        no_delay(connection);
        send_all(connection, message, bytes);
        require(receive_all(connection, message, bytes), "recv");
        require(recv(connection, message, 1, 0) == 0, "end of the connection");
        close(connection);
        exchanges++;
        used_s = now_s() - begin_s;
    } while (used_s < seconds);
    printf("%.1f\n", (double)exchanges / used_s);
}

int main(int count, char **arguments) {
    if (count < 6) {
        fprintf(stderr, "usage: roundtrip serve|ask tcp|udp|crr ADDRESS PORT BYTES [SECONDS [OUTSTANDING]]\n");
        return 2;
    }
    int serves = strcmp(arguments[1], "serve") == 0;
    int crr = strcmp(arguments[2], "crr") == 0;
    int tcp = crr || strcmp(arguments[2], "tcp") == 0;
    size_t bytes = (size_t)atol(arguments[5]);
    char *message = calloc(1, bytes);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(arguments[4]))};
    require(message != NULL && inet_pton(AF_INET, arguments[3], &address.sin_addr) == 1, "address");
    int socket_fd = socket(AF_INET, tcp ? SOCK_STREAM : SOCK_DGRAM, 0);
    require(socket_fd >= 0, "socket");
    if (serves) {
        int on = 1;
        setsockopt(socket_fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        require(bind(socket_fd, (struct sockaddr *)&address, sizeof address) == 0, "bind");
        if (crr) {
            serve_crr(socket_fd, message, bytes);
        } else if (tcp) {
            serve_tcp(socket_fd, message, bytes);
        }
        serve_udp(socket_fd, message, bytes);
    }
    if (crr) {
        ask_crr(&address, message, bytes, atof(arguments[6]));
        return 0;
    }
    require(connect(socket_fd, (struct sockaddr *)&address, sizeof address) == 0, "connect");
    if (tcp) {
        no_delay(socket_fd);
    }
    ask(socket_fd, message, bytes, atof(arguments[6]), count > 7 ? atoi(arguments[7]) : 1);
    return 0;
}
