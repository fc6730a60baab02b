package io.clientele.qualify;

import static io.clientele.config.Requirement.check;
import static org.apache.spark.sql.functions.col;

import io.clientele.config.ConfigFolder;
import io.clientele.failure.Failure;
import io.clientele.qualify.matching.Decisions;
import io.clientele.qualify.matching.Learned;
import io.clientele.qualify.matching.Matcher;
import io.clientele.qualify.matching.Rules;
import io.clientele.run.Job;
import io.clientele.run.Run;
import io.clientele.schema.ContactGroups;
import io.clientele.schema.ContactPairs;
import io.clientele.schema.Contacts;
import io.clientele.schema.MatchingModels;
import io.clientele.schema.ReviewPairs;
import io.clientele.table.Joins;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Finds the contact records that are of one person or company. A night compares the records that are new or changed with all,
 * and joins again what these touch; the rest stays as it was. It knows what has changed by the fingerprints of the night
 * before, so that a night that was killed is made good by the next. It matches {@code qualified.contacts} and no other table,
 * because customers are made of nothing else; the {@link Matcher} itself takes any.
 */
public final class MatchingJob {

    public static final Job<Settings> JOB = Job.named("matching", MatchingJob::settings)
            .reads(Contacts.TABLE)
            .writes(MatchingModels.TABLE, ContactPairs.TABLE, ContactGroups.TABLE, ReviewPairs.TABLE)
            .runs(MatchingJob::run);

    /**
     * {@code conf/matching.yaml}.
     *
     * @param rules how records of {@code qualified.contacts} are matched
     * @param model a file that {@code clientele match} has written, whose model is used for ever; if left out, the first
     *     night learns one
     * @param relearnAtGrowth the model is learned again at so many times the records from which it was learned, above 1
     * @param review which pairs somebody should look at
     */
    public record Config(Rules rules, String model, double relearnAtGrowth, Review review) {
        public Config {
            check(rules != null, "key 'rules' is missing: what is compared, and how");
            check(
                    rules.id().equals(Contacts.CONTACT_ID.column()),
                    "key 'rules.id' must be '%s', got '%s'",
                    Contacts.CONTACT_ID.column(),
                    rules.id());
            List<String> columns = Contacts.TABLE.fields().stream()
                    .map(field -> field.column())
                    .toList();
            rules.required()
                    .forEach(column -> check(
                            columns.contains(column),
                            "key 'rules' names '%s', which %s does not have; it has %s",
                            column,
                            Contacts.TABLE,
                            String.join(", ", columns)));
            check(relearnAtGrowth > 1, "key 'relearnAtGrowth' must be above 1, got %s", relearnAtGrowth);
            check(review != null, "key 'review' is missing: which pairs somebody should look at");
        }
    }

    /**
     * Which pairs somebody should look at.
     *
     * @param from the least probability, 0 to 1
     * @param to the greatest
     * @param most how many pairs at most, the most doubtful first
     */
    public record Review(double from, double to, int most) {
        public Review {
            check(
                    from >= 0 && from < to && to <= 1,
                    "keys 'from' and 'to' must be between 0 and 1 in this order, got %s and %s",
                    from,
                    to);
            check(most >= 0 && most <= 1_000_000, "key 'most' must be between 0 and 1000000, got %d", most);
        }
    }

    /** The configuration, with what people have decided in {@code conf/decisions.csv} and the model that is given. */
    public record Settings(Config config, Decisions decisions, Optional<Learned> model) {}

    private MatchingJob() {}

    private static Settings settings(ConfigFolder folder) {
        Config config = folder.read("matching", Config.class);
        return new Settings(
                config,
                DecisionsFile.read(folder.file("decisions.csv")),
                Optional.ofNullable(config.model()).map(file -> model(folder.file(file), config.rules())));
    }

    private static Learned model(Path file, Rules rules) {
        try {
            Learned learned = Learned.parse(Files.readString(file, StandardCharsets.UTF_8), file.toString());
            if (!learned.suits(rules)) {
                throw Failure.configuration("%s: was learned of other columns than 'rules' names", file);
            }
            return learned;
        } catch (IOException e) {
            throw Failure.configuration("%s: cannot be read; 'model' in matching.yaml names it", file);
        }
    }

    static void run(Settings settings, Run run) {
        run.lake().createIfAbsent(MatchingModels.TABLE);
        run.lake().createIfAbsent(ContactPairs.TABLE);
        run.lake().createIfAbsent(ContactGroups.TABLE);
        Rules rules = settings.config().rules();
        try (Matcher matcher = new Matcher(run.spark(), rules, run.lake().read(Contacts.TABLE))) {
            Model model = model(settings, matcher, run);
            Dataset<Row> now = matcher.fingerprints(model.id()).persist();
            Dataset<Row> before = run.lake().read(ContactGroups.TABLE);
            Dataset<Row> changed = now.join(
                            before,
                            now.col(Matcher.ID)
                                    .equalTo(ContactGroups.CONTACT_ID.in(before))
                                    .and(now.col(Matcher.FINGERPRINT).equalTo(ContactGroups.FINGERPRINT.in(before))),
                            Joins.ANTI)
                    .select(col(Matcher.ID))
                    .persist();
            Dataset<Row> gone = before.select(ContactGroups.CONTACT_ID.col().as(Matcher.ID))
                    .join(now, Joins.on(Matcher.ID), Joins.ANTI)
                    .persist();
            long changes = changed.count();
            boolean isRegrouped = !model.decisions().equals(digest(settings.decisions()));
            run.metric("matching_records", (double) matcher.size());
            run.metric("matching_records_changed", (double) changes);
            if (changes > 0 || isRegrouped || !gone.isEmpty()) {
                boolean isAll = changes == matcher.size();
                Dataset<Row> pairs = compare(matcher, model.learned(), changed, gone, isAll, run);
                Dataset<Row> certain = matcher.certain(settings.decisions());
                Dataset<Row> touched = isAll || isRegrouped
                        ? now.select(col(Matcher.ID))
                        : touched(changed, gone, before, pairs, certain, settings)
                                .persist();
                Dataset<Row> groups = matcher.groups(model.learned(), touched, pairs, certain, settings.decisions());
                Dataset<Row> untouched = isAll || isRegrouped
                        ? before.limit(0)
                        : before.join(
                                touched.union(gone).withColumnRenamed(Matcher.ID, ContactGroups.CONTACT_ID.column()),
                                Joins.on(ContactGroups.CONTACT_ID),
                                Joins.ANTI);
                Dataset<Row> regrouped = groups.join(now, Joins.on(Matcher.ID))
                        .select(
                                ContactGroups.CONTACT_ID.is(col(Matcher.ID)),
                                ContactGroups.GROUP_ID.is(col(Matcher.GROUP)),
                                ContactGroups.COMPONENT_ID.is(col(Matcher.COMPONENT)),
                                ContactGroups.FINGERPRINT.is(col(Matcher.FINGERPRINT)));
                long written = run.lake()
                        .replace(ContactGroups.TABLE, regrouped.unionByName(untouched))
                        .rows();
                run.balance(ContactGroups.TABLE, matcher.size(), written, 0, 0);
                MatchingFigures.write(rules, run);
            }
            // Also where nothing has changed: the night before may have been killed when the groups were written.
            ReviewQueue.write(settings, run);
            if (isRegrouped) {
                run.lake()
                        .replace(
                                MatchingModels.TABLE,
                                model.decided(digest(settings.decisions())).row(run));
            }
            List.of(now, changed, gone).forEach(Dataset::unpersist);
        }
    }

    /** The model in force, the night that learned it, and the decisions with which it was used. */
    private record Model(Learned learned, LocalDate learnedOn, long records, String decisions) {

        String id() {
            return DigestUtils.md5Hex(learned.json());
        }

        Model decided(String digest) {
            return new Model(learned, learnedOn, records, digest);
        }

        Dataset<Row> row(Run run) {
            return run.spark()
                    .createDataFrame(
                            List.of(RowFactory.create(id(), learnedOn, records, decisions, learned.json())),
                            MatchingModels.TABLE.schema());
        }
    }

    private static Model model(Settings settings, Matcher matcher, Run run) {
        Optional<Model> last = run.lake().read(MatchingModels.TABLE).collectAsList().stream()
                .map(row -> new Model(
                        Learned.parse(row.getString(4), MatchingModels.TABLE.toString()),
                        row.getLocalDate(1),
                        row.getLong(2),
                        row.getString(3)))
                .findFirst();
        Optional<Learned> wanted = settings.model().or(() -> last.filter(
                        model -> model.learned().suits(settings.config().rules())
                                && matcher.size() < settings.config().relearnAtGrowth() * Math.max(1, model.records()))
                .map(Model::learned));
        if (last.isPresent()
                && wanted.map(Learned::json)
                        .equals(last.map(model -> model.learned().json()))) {
            return last.get();
        }
        Learned learned = wanted.orElseGet(matcher::learn);
        run.metric("matching_blocking_recall", learned.blockingRecall());
        run.metric("matching_lost_to_large_blocks", learned.lostToLargeBlocks());
        run.metric("matching_large_blocks", learned.largeBlocks().size());
        Model model = new Model(learned, run.date(), matcher.size(), digest(settings.decisions()));
        run.lake().replace(MatchingModels.TABLE, model.row(run));
        return model;
    }

    private static String digest(Decisions decisions) {
        return DigestUtils.md5Hex(decisions.same().stream()
                        .map(Object::toString)
                        .sorted()
                        .toList() + " "
                + decisions.different().stream().map(Object::toString).sorted().toList());
    }

    /** Writes the pairs, old and new, and reads them back. */
    private static Dataset<Row> compare(
            Matcher matcher, Learned learned, Dataset<Row> changed, Dataset<Row> gone, boolean isAll, Run run) {
        Dataset<Row> fresh = matcher.pairs(learned, isAll ? Optional.empty() : Optional.of(changed))
                .select(
                        ContactPairs.CONTACT_ID_1.is(col(Matcher.ONE)),
                        ContactPairs.CONTACT_ID_2.is(col(Matcher.TWO)),
                        ContactPairs.PROBABILITY.is(col(Matcher.PROBABILITY)),
                        ContactPairs.AGREEMENT.is(matcher.agreement(col(Matcher.LOW), col(Matcher.HIGH))));
        Dataset<Row> stale = changed.union(gone);
        Dataset<Row> old = run.lake()
                .read(ContactPairs.TABLE)
                .join(
                        stale.withColumnRenamed(Matcher.ID, ContactPairs.CONTACT_ID_1.column()),
                        Joins.on(ContactPairs.CONTACT_ID_1),
                        Joins.ANTI)
                .join(
                        stale.withColumnRenamed(Matcher.ID, ContactPairs.CONTACT_ID_2.column()),
                        Joins.on(ContactPairs.CONTACT_ID_2),
                        Joins.ANTI);
        AgreementShares before = AgreementShares.of(run.lake().read(ContactPairs.TABLE));
        run.lake().replace(ContactPairs.TABLE, isAll ? fresh : fresh.unionByName(old));
        AgreementShares.of(run.lake().read(ContactPairs.TABLE))
                .distances(before)
                .forEach((column, distance) -> run.metric("matching_drift_" + column, distance));
        run.metric("matching_candidate_pairs", (double) matcher.compared());
        run.metric("matching_unlinkable_records", (double) matcher.unlinkable());
        if (matcher.newlyLargeBlocks() > 0) {
            run.warn(
                    "%,d blocks have grown too large since the matching model was learned, and were left out",
                    matcher.newlyLargeBlocks());
        }
        return run.lake()
                .read(ContactPairs.TABLE)
                .select(
                        ContactPairs.CONTACT_ID_1.col().as(Matcher.ONE),
                        ContactPairs.CONTACT_ID_2.col().as(Matcher.TWO),
                        ContactPairs.PROBABILITY.col().as(Matcher.PROBABILITY));
    }

    /** The records to be joined again: those changed, and all that hung together, last night or now, with what changed. */
    private static Dataset<Row> touched(
            Dataset<Row> changed,
            Dataset<Row> gone,
            Dataset<Row> before,
            Dataset<Row> pairs,
            Dataset<Row> certain,
            Settings settings) {
        Dataset<Row> links = pairs.where(
                        col(Matcher.PROBABILITY).geq(settings.config().rules().threshold()))
                .union(certain)
                .select(col(Matcher.ONE), col(Matcher.TWO));
        Dataset<Row> forth = links.join(changed.withColumnRenamed(Matcher.ID, Matcher.ONE), Joins.on(Matcher.ONE))
                .select(col(Matcher.TWO));
        Dataset<Row> back = links.join(changed.withColumnRenamed(Matcher.ID, Matcher.TWO), Joins.on(Matcher.TWO))
                .select(col(Matcher.ONE));
        Dataset<Row> components = changed.union(gone)
                .union(forth)
                .union(back)
                .withColumnRenamed(Matcher.ID, ContactGroups.CONTACT_ID.column())
                .join(before, Joins.on(ContactGroups.CONTACT_ID))
                .select(ContactGroups.COMPONENT_ID.col())
                .distinct();
        return before.join(components, Joins.on(ContactGroups.COMPONENT_ID))
                .select(ContactGroups.CONTACT_ID.col().as(Matcher.ID))
                .join(gone, Joins.on(Matcher.ID), Joins.ANTI)
                .union(changed)
                .distinct();
    }
}
