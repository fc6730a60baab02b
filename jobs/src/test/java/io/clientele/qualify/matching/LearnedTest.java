package io.clientele.qualify.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class LearnedTest {

    /** Records are compared again when the model has changed: one that only seems to have would have all of them compared. */
    @Property(tries = 100)
    void shouldBeTheSameTextWhateverTheOrderOfBlocksAndAfterItWasRead(@ForAll Set<Long> blocks) {
        List<Long> backwards = new ArrayList<>(blocks);
        Collections.reverse(backwards);
        String text = learned(blocks).json();

        assertThat(learned(new LinkedHashSet<>(backwards)).json()).isEqualTo(text);
        assertThat(Learned.parse(text, "the test").json()).isEqualTo(text);
    }

    private static Learned learned(Set<Long> largeBlocks) {
        Model.Parameters parameters =
                new Model.Parameters(List.of(), List.of(), new Chances(List.of(), List.of()), 1e-3, 1e-9, 1_000, 1);
        return new Learned(
                Map.of("town", Kind.TEXT), parameters, List.of(), largeBlocks, List.of(Map.of(7L, 9)), 0.9, 0.01);
    }
}
