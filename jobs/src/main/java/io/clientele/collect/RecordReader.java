package io.clientele.collect;

import java.io.IOException;

/** Reads the records of one text file, in order. */
interface RecordReader {

    /**
     * The next record, well formed or not; null at the end.
     *
     * @throws RefusedFile if nothing of the file can be accepted
     */
    RawRecord next() throws IOException;
}
