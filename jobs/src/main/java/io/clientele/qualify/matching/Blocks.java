package io.clientele.qualify.matching;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * The blocking keys of some rules. A key is one part or two, and a part is a column ({@code town}), its first sketch
 * ({@code ~town}) or its second ({@code ~~town}); records that agree on all parts of a key are in one block, which is known
 * by a number of 64 bits.
 */
final class Blocks implements Serializable {

    /** The number of no block. */
    static final long NONE = 0;

    private static final int FORMS = 1 + Kind.SKETCHES;

    private final int columns;
    private final int[][] keys;

    Blocks(List<List<String>> keys, Rules rules) {
        this.columns = rules.columns().size();
        this.keys = keys.stream()
                .map(key -> key.stream().mapToInt(part -> part(part, rules)).toArray())
                .toArray(int[][]::new);
    }

    /** Every key worth measuring: each form of each column, and any two forms of any two columns. */
    static List<List<String>> possible(Rules rules) {
        List<List<String>> keys = new ArrayList<>();
        List<String> names = rules.names();
        for (int one = 0; one < names.size(); one++) {
            for (String form : forms(names.get(one))) {
                keys.add(List.of(form));
                for (int other = one + 1; other < names.size(); other++) {
                    forms(names.get(other)).forEach(another -> keys.add(List.of(form, another)));
                }
            }
        }
        return keys;
    }

    private static List<String> forms(String column) {
        return List.of(column, "~" + column, "~~" + column);
    }

    /** The column that a part of a key is of. */
    static String column(String part) {
        return part.replaceFirst("^~{1,2}", "");
    }

    /** The columns of a key, by number. */
    static List<Integer> columns(List<String> key, Rules rules) {
        return key.stream()
                .map(part -> rules.names().indexOf(column(part)))
                .distinct()
                .toList();
    }

    private static int part(String part, Rules rules) {
        String column = column(part);
        return rules.names().indexOf(column) * FORMS + part.length() - column.length();
    }

    int keys() {
        return keys.length;
    }

    /** Of each key the block of a record; {@link #NONE} where a part is missing. */
    long[] of(String[] values, String[] sketches) {
        long[] parts = new long[columns * FORMS];
        for (int column = 0; column < columns; column++) {
            parts[column * FORMS] = hash(column * FORMS, values[column]);
            for (int sketch = 0; sketch < Kind.SKETCHES; sketch++) {
                int part = column * FORMS + 1 + sketch;
                parts[part] = hash(part, sketches[column * Kind.SKETCHES + sketch]);
            }
        }
        long[] blocks = new long[keys.length];
        for (int key = 0; key < keys.length; key++) {
            long block = NONE;
            for (int part : keys[key]) {
                if (parts[part] == NONE) {
                    block = NONE;
                    break;
                }
                block = mixed(block * 31 + parts[part]);
            }
            blocks[key] = block;
        }
        return blocks;
    }

    /** The number of a value of a column. */
    static long number(int column, String value) {
        return hash(column * FORMS, value);
    }

    private static long hash(int part, String text) {
        if (text == null) {
            return NONE;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return mixed(MurmurHash3.hash128x64(bytes, 0, bytes.length, part)[0]);
    }

    /** The finaliser of MurmurHash3; never {@link #NONE}. */
    private static long mixed(long hash) {
        long mixed = hash ^ (hash >>> 33);
        mixed *= 0xff51afd7ed558ccdL;
        mixed ^= mixed >>> 33;
        mixed *= 0xc4ceb9fe1a85ec53L;
        mixed ^= mixed >>> 33;
        return mixed == NONE ? 1 : mixed;
    }
}
