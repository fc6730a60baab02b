"""Clientele's nights in Airflow 3: two DAGs, of which one is to be switched on.

clientele_night  one task that runs the whole night
clientele_jobs   one task per job, in the order that `clientele plan` tells

A night is of the business date that ends when its interval begins. Nights are made up for from the first date on, one after
the other, and one that has failed holds back those after it. A task is tried again where its exit code says that it may help.

CLIENTELE_HOME        where Clientele is: the folder of its scripts/ (default: /opt/clientele)
CLIENTELE_FIRST_DATE  the first business date, YYYY-MM-DD (required)
CLIENTELE_ZONE        the time zone of the business, in which a day ends (default: Europe/Paris)
CLIENTELE_OPTIONS     further options of `clientele run`, such as --lake s3a://shop/lake
"""

import json
import os
import shlex
import subprocess
from datetime import timedelta

import pendulum
from airflow.providers.standard.hooks.subprocess import SubprocessHook
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, BaseOperator, CronDataIntervalTimetable
from airflow.sdk.exceptions import AirflowException, AirflowFailException

CLIENTELE = os.path.join(os.environ.get("CLIENTELE_HOME", "/opt/clientele"), "scripts", "clientele")
ZONE = os.environ.get("CLIENTELE_ZONE", "Europe/Paris")
OPTIONS = shlex.split(os.environ.get("CLIENTELE_OPTIONS", ""))

# Another run is writing; a store or the network did not answer; killed, as the launcher or as Python says it.
RETRIED = {6, 10, 137, 143, -9, -15}


class Run(BaseOperator):
    """Runs jobs of Clientele for the business date."""

    def __init__(self, jobs, **kwargs):
        super().__init__(**kwargs)
        self.jobs = jobs
        self.hook = None

    def execute(self, context):
        date = pendulum.instance(context["data_interval_start"]).in_timezone(ZONE).to_date_string()
        self.hook = SubprocessHook()
        code = self.hook.run_command([CLIENTELE, "run", *self.jobs, "--date", date, *OPTIONS]).exit_code
        if code in RETRIED:
            raise AirflowException(f"exit code {code}: to be tried again")
        if code != 0:
            raise AirflowFailException(f"exit code {code}: needs a person")

    def on_kill(self):
        if self.hook:
            self.hook.send_sigterm()


def nights(name):
    return DAG(
        dag_id=name,
        schedule=CronDataIntervalTimetable("30 4 * * *", timezone=ZONE),
        start_date=pendulum.parse(os.environ["CLIENTELE_FIRST_DATE"], tz=ZONE),
        catchup=True,
        max_active_runs=1,
        max_active_tasks=1,  # each run takes the lock of the lake
        default_args={
            "depends_on_past": True,
            "wait_for_downstream": True,
            "retries": 5,
            "retry_delay": timedelta(minutes=1),
            "retry_exponential_backoff": 2,
            "max_retry_delay": timedelta(hours=1),
        },
        tags=["clientele"],
    )


with nights("clientele_night"):
    Run(task_id="nightly", jobs=["nightly"])

with nights("clientele_jobs"):
    plan = json.loads(subprocess.check_output([CLIENTELE, "plan", "--output", "json"]))
    # Behind every job, so that the first job of a night waits for the last one of the night before.
    ended = EmptyOperator(task_id="ended")
    tasks = {}
    for step in plan:
        tasks[step["job"]] = Run(task_id=step["job"], jobs=[step["job"]])
        tasks[step["job"]] << [tasks[job] for job in step["after"]]
        tasks[step["job"]] >> ended
