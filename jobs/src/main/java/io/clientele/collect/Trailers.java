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
        row[ParsedColumns.FILE.ordinal()] = arrival.file().name();
        row[ParsedColumns.DELIVERED_ON.ordinal()] = arrival.deliveredOn();
        row[ParsedColumns.TRAILER_RECORDS.ordinal()] = records;
        row[ParsedColumns.TRAILER_CHECKSUM.ordinal()] = checksum;
        row[ParsedColumns.TRAILER_SIZE.ordinal()] = arrival.file().size();
        row[ParsedColumns.TRAILER_MODIFIED_AT.ordinal()] = arrival.file().modifiedAt();
        if (refused != null) {
            row[ParsedColumns.ISSUE.ordinal()] = refused.issue().code();
            row[ParsedColumns.DETAIL.ordinal()] = refused.getMessage();
        }
        return row;
    }
}
