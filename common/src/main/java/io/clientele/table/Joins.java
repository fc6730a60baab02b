package io.clientele.table;

import java.util.Arrays;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** What the Java API of joins asks for: the common columns, as Scala wants them. */
public final class Joins {

    public static final String LEFT = "left";
    public static final String SEMI = "left_semi";
    public static final String ANTI = "left_anti";

    private Joins() {}

    /** The columns that both sides have and that must be equal; they appear once in the result. */
    public static Seq<String> on(Field... fields) {
        return on(Arrays.stream(fields).map(Field::column).toArray(String[]::new));
    }

    /** As {@link #on(Field...)}, for columns of no table. */
    public static Seq<String> on(String... columns) {
        return CollectionConverters.asScala(Arrays.asList(columns)).toSeq();
    }
}
