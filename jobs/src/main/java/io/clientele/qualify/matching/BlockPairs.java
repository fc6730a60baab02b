package io.clientele.qualify.matching;

import io.clientele.qualify.matching.Comparison.Pattern;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;

/** Compares within one block after the other, as they come, and keeps the pairs that are worth it. */
final class BlockPairs implements Iterator<Row> {

    private static final ArrayType TEXTS = DataTypes.createArrayType(DataTypes.StringType);
    private static final ArrayType INTEGERS = DataTypes.createArrayType(DataTypes.IntegerType, false);
    private static final ArrayType LONGS = DataTypes.createArrayType(DataTypes.LongType, false);

    /** A record in a block; {@code shared} has all blocks that it shares with others, sorted. */
    static final StructType INPUT = new StructType()
            .add("id", DataTypes.StringType)
            .add("list", DataTypes.StringType)
            .add("is_new", DataTypes.BooleanType)
            .add("values", TEXTS)
            .add("sketches", TEXTS)
            .add("counts", INTEGERS)
            .add("shared", LONGS)
            .add("block", DataTypes.LongType);

    private record Member(Prepared record, String list, boolean isNew, List<Long> shared) {}

    private final Iterator<Row> rows;
    private final Scorer scorer;
    private final double worthKeeping;
    private final LongAccumulator compared;
    private List<Member> block = new ArrayList<>();
    private long number;
    private Row ahead;
    private int one;
    private int two;
    private Row next;

    /** @param rows {@link #INPUT}, sorted by block and identifier */
    BlockPairs(Iterator<Row> rows, Scorer scorer, double worthKeeping, LongAccumulator compared) {
        this.rows = rows;
        this.scorer = scorer;
        this.worthKeeping = worthKeeping;
        this.compared = compared;
        this.ahead = rows.hasNext() ? rows.next() : null;
    }

    @Override
    public boolean hasNext() {
        while (next == null) {
            if (two >= block.size()) {
                one++;
                two = one + 1;
            }
            if (two < block.size()) {
                next = pair(block.get(one), block.get(two));
                two++;
            } else if (one >= block.size() - 1) {
                if (ahead == null) {
                    return false;
                }
                nextBlock();
            }
        }
        return true;
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Row pair = next;
        next = null;
        return pair;
    }

    private void nextBlock() {
        block = new ArrayList<>();
        number = ahead.getLong(7);
        while (ahead != null && ahead.getLong(7) == number) {
            List<Integer> counts = ahead.getList(5);
            block.add(new Member(
                    new Prepared(
                            ahead.getString(0),
                            Matcher.texts(ahead, 3),
                            Matcher.texts(ahead, 4),
                            counts.stream().mapToInt(Integer::intValue).toArray()),
                    ahead.getString(1),
                    ahead.getBoolean(2),
                    ahead.getList(6)));
            ahead = rows.hasNext() ? rows.next() : null;
        }
        one = 0;
        two = 1;
    }

    /** Null where there is nothing to keep: old pairs, pairs of one list, pairs of another block, the improbable. */
    private Row pair(Member left, Member right) {
        boolean isOld = !left.isNew() && !right.isNew();
        boolean isOneList = left.list() != null && left.list().equals(right.list());
        if (isOld || isOneList || firstInCommon(left.shared(), right.shared()) != number) {
            return null;
        }
        compared.add(1);
        Pattern pattern = scorer.pattern(left.record(), right.record());
        double probability = scorer.probability(left.record(), pattern);
        if (probability < worthKeeping) {
            return null;
        }
        Decisions.Pair ids =
                new Decisions.Pair(left.record().id(), right.record().id());
        return RowFactory.create(ids.one(), ids.two(), probability, pattern.low(), pattern.high());
    }

    /** The one block of all that two records share in which they are compared. */
    private static long firstInCommon(List<Long> some, List<Long> others) {
        int i = 0;
        int j = 0;
        long block = some.get(0);
        long other = others.get(0);
        while (block != other) {
            if (block < other) {
                block = some.get(++i);
            } else {
                other = others.get(++j);
            }
        }
        return block;
    }
}
