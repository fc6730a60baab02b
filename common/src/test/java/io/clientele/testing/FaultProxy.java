package io.clientele.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Stands before an S3 server, and does what networks and busy servers do. */
public final class FaultProxy implements AutoCloseable {

    /**
     * Which share of the requests meets with what.
     *
     * @param busy is told to slow down
     * @param cut is cut off before it reaches the server
     * @param lost is done, and the answer lost
     */
    public record Faults(double busy, double cut, double lost) {
        public static final Faults NONE = new Faults(0, 0, 0);
        public static final Faults ALL_LOST = new Faults(0, 0, 1);
        public static final Faults ALL_CUT = new Faults(0, 1, 0);
    }

    private static final byte[] SLOW_DOWN = ("HTTP/1.1 503 Slow Down\r\nContent-Type: application/xml\r\n"
                    + "Connection: close\r\n\r\n<?xml version=\"1.0\"?><Error><Code>SlowDown</Code>"
                    + "<Message>Reduce your request rate.</Message></Error>")
            .getBytes(StandardCharsets.UTF_8);

    private final URI server;
    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "fault proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final Random random = new Random(1);
    private final AtomicLong met = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private volatile Faults faults;
    private volatile long stopsAfter = Long.MAX_VALUE;

    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the listener
    public FaultProxy(URI server, Faults faults) throws IOException {
        this.server = server;
        this.faults = faults;
        this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        threads.submit(this::listen);
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** From now on. */
    public void meetWith(Faults other) {
        faults = other;
    }

    /** Cuts every request off once so many bytes of bodies have passed. */
    public void stopAfter(long bytes) {
        stopsAfter = sent.get() + bytes;
    }

    /** How many requests met with a fault. */
    public long met() {
        return met.get();
    }

    /** How many bytes of bodies have passed. */
    public long sent() {
        return sent.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a connection that breaks has ended
    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                threads.submit(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    /** One request per connection: whoever asks is told that it closes. */
    private void serve(Socket client) {
        try (client;
                Socket upstream = new Socket(server.getHost(), server.getPort())) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            String head = head(in);
            if (head.isEmpty()) {
                return;
            }
            OutputStream out = client.getOutputStream();
            if (head.toLowerCase(Locale.ROOT).contains("expect: 100-continue")) {
                out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            byte[] body = in.readNBytes(length(head));
            double fate = random.nextDouble();
            Faults now = sent.get() + body.length > stopsAfter ? Faults.ALL_CUT : faults;
            boolean isBusy = fate < now.busy();
            boolean isCut = !isBusy && fate < now.busy() + now.cut();
            boolean isLost = !isBusy && !isCut && fate < now.busy() + now.cut() + now.lost();
            if (isBusy || isCut || isLost) {
                met.incrementAndGet();
            }
            if (isBusy) {
                out.write(SLOW_DOWN);
            }
            if (isBusy || isCut) {
                return;
            }
            sent.addAndGet(body.length);
            OutputStream forth = upstream.getOutputStream();
            forth.write(closing(head).getBytes(StandardCharsets.ISO_8859_1));
            forth.write(body);
            forth.flush();
            byte[] answer = upstream.getInputStream().readAllBytes();
            if (!isLost) {
                out.write(answer);
            }
        } catch (IOException broken) {
            // The other side sees the same.
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int last = 0;
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.write(next);
            last = last << 8 | next;
            if (last == 0x0d0a0d0a) {
                return head.toString(StandardCharsets.ISO_8859_1);
            }
        }
        return "";
    }

    private static int length(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line ->
                        Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElse(0);
    }

    private static String closing(String head) {
        StringBuilder closing = new StringBuilder();
        head.lines()
                .filter(line -> !line.isEmpty())
                .filter(line -> !line.toLowerCase(Locale.ROOT).matches("(connection|expect):.*"))
                .forEach(line -> closing.append(line).append("\r\n"));
        return closing.append("Connection: close\r\n\r\n").toString();
    }
}
