package io.clientele.generate;

import java.io.ByteArrayOutputStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Members of gzip files, RFC 1952: a file may have several, one after the other. The header bears no time and no system, so
 * that the same content gives the same bytes.
 */
final class GzipMembers implements AutoCloseable {

    private static final byte[] HEADER = {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, (byte) 0xFF};
    private static final int LEVEL = 2;

    private final Deflater deflater = new Deflater(LEVEL, true);
    private final byte[] buffer = new byte[1 << 14];

    byte[] member(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length / 3 + 64);
        out.writeBytes(HEADER);
        deflater.reset();
        deflater.setInput(content);
        deflater.finish();
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        CRC32 checksum = new CRC32();
        checksum.update(content);
        little(out, checksum.getValue());
        little(out, content.length);
        return out.toByteArray();
    }

    @Override
    public void close() {
        deflater.end();
    }

    private static void little(ByteArrayOutputStream out, long number) {
        for (int shift = 0; shift < 32; shift += 8) {
            out.write((int) (number >>> shift) & 0xFF);
        }
    }
}
