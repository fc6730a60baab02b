package io.clientele.collect;

/** The last row of each file: what was found in it. */
final class Trailers {

    private Trailers() {}

    /**
     * @param refused why the whole file is refused; null if it is not
     * @param width how many columns the row has, the delivered ones included
     */
    static Object[] values(Arrival arrival, long records, String checksum, RefusedFile refused, int width) {
        Object[] row = new Object[width];
        ParsedColumns.FILE.set(row, arrival.file().name());
        ParsedColumns.DELIVERED_ON.set(row, arrival.deliveredOn());
        ParsedColumns.TRAILER_RECORDS.set(row, records);
        ParsedColumns.TRAILER_CHECKSUM.set(row, checksum);
        ParsedColumns.TRAILER_SIZE.set(row, arrival.file().size());
        ParsedColumns.TRAILER_MODIFIED_AT.set(row, arrival.file().modifiedAt());
        if (refused != null) {
            ParsedColumns.ISSUE.set(row, refused.issue().code());
            ParsedColumns.DETAIL.set(row, refused.getMessage());
        }
        return row;
    }
}
