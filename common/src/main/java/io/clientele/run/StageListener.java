package io.clientele.run;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.StageInfo;

/** Passes Spark's stages on to a {@link Progress}. */
final class StageListener extends SparkListener {

    /** Tasks and rows of a stage that runs. */
    private static final class Stage {
        private final String name;
        private final int tasks;
        private int done;

        private Stage(StageInfo info) {
            this.name = info.name().replaceFirst(" at .*", "");
            this.tasks = info.numTasks();
        }
    }

    private final Progress progress;
    private final Map<Integer, Stage> stages = new ConcurrentHashMap<>();
    private long rows;

    StageListener(Progress progress) {
        this.progress = progress;
    }

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted event) {
        stages.put(event.stageInfo().stageId(), new Stage(event.stageInfo()));
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd event) {
        Stage stage = stages.get(event.stageId());
        if (stage != null) {
            stage.done++;
            if (event.taskMetrics() != null) {
                rows += event.taskMetrics().outputMetrics().recordsWritten();
            }
            progress.stageAdvanced(stage.name, stage.done, stage.tasks, rows);
        }
    }

    @Override
    public void onStageCompleted(SparkListenerStageCompleted event) {
        stages.remove(event.stageInfo().stageId());
    }
}
