package io.clientele.qualify.matching;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;

/**
 * Of the places of records in blocks those that lead to a comparison: in blocks that bring records together, a new one among
 * them, and not too many. Most places are of one record alone; to drop them early spares carrying the record there.
 */
final class SharedBlocks implements Iterator<Row> {

    /** A block, a record in it by the number of its identifier, whether it is new. */
    static final StructType INPUT = new StructType()
            .add("block", DataTypes.LongType)
            .add("record", DataTypes.LongType)
            .add("is_new", DataTypes.BooleanType);

    static final StructType OUTPUT =
            new StructType().add("record", DataTypes.LongType).add("block", DataTypes.LongType);

    private final Iterator<Row> places;
    private final int largest;
    private final LongAccumulator tooLarge;
    private final Deque<Row> found = new ArrayDeque<>();
    private Row ahead;

    /** @param places {@link #INPUT}, sorted by block */
    SharedBlocks(Iterator<Row> places, int largest, LongAccumulator tooLarge) {
        this.places = places;
        this.largest = largest;
        this.tooLarge = tooLarge;
        this.ahead = places.hasNext() ? places.next() : null;
    }

    @Override
    public boolean hasNext() {
        while (found.isEmpty() && ahead != null) {
            nextBlock();
        }
        return !found.isEmpty();
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return found.remove();
    }

    private void nextBlock() {
        long block = ahead.getLong(0);
        int size = 0;
        boolean hasNew = false;
        while (ahead != null && ahead.getLong(0) == block) {
            size++;
            hasNew |= ahead.getBoolean(2);
            if (size <= largest) {
                found.add(RowFactory.create(ahead.getLong(1), block));
            }
            ahead = places.hasNext() ? places.next() : null;
        }
        if (size > largest) {
            tooLarge.add(1);
        }
        if (size < 2 || size > largest || !hasNew) {
            found.clear();
        }
    }
}
