package io.clientele.qualify.matching;

import java.io.Serializable;

/** Numbers blocks from 0 on: a hash table of primitive numbers, for it is asked many times for each record. */
final class BlockIndex implements Serializable {

    private long[] blocks = new long[1 << 10];
    private int[] numbers = new int[1 << 10];
    private int size;

    int size() {
        return size;
    }

    /** The number of a block, which it gets now if it has none. */
    int add(long block) {
        if (size * 2 >= blocks.length) {
            grow();
        }
        int slot = slot(block);
        if (blocks[slot] == Blocks.NONE) {
            blocks[slot] = block;
            numbers[slot] = size++;
        }
        return numbers[slot];
    }

    /** The number of a block; -1 if it has none. */
    int find(long block) {
        if (block == Blocks.NONE) {
            return -1;
        }
        int slot = slot(block);
        return blocks[slot] == Blocks.NONE ? -1 : numbers[slot];
    }

    private int slot(long block) {
        int slot = (int) block & (blocks.length - 1);
        while (blocks[slot] != Blocks.NONE && blocks[slot] != block) {
            slot = (slot + 1) & (blocks.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] oldBlocks = blocks;
        int[] oldNumbers = numbers;
        blocks = new long[oldBlocks.length * 2];
        numbers = new int[oldBlocks.length * 2];
        for (int i = 0; i < oldBlocks.length; i++) {
            if (oldBlocks[i] != Blocks.NONE) {
                int slot = slot(oldBlocks[i]);
                blocks[slot] = oldBlocks[i];
                numbers[slot] = oldNumbers[i];
            }
        }
    }
}
