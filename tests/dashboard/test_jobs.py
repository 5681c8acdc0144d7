import threading

from dashboard.jobs import Job, StoppedError


def test_a_job_gives_its_result_and_its_progress() -> None:
    told = threading.Event()
    go_on = threading.Event()

    def work(report):
        report("Finding the body", 3, 6)
        told.set()
        go_on.wait(5)
        return 42

    job = Job(work, "Waiting")
    assert told.wait(5)
    assert (job.running, job.stage, job.fraction) == (True, "Finding the body", 0.5)
    go_on.set()
    job.wait(5)
    assert (job.running, job.result, job.error) == (False, 42, None)


def test_a_job_keeps_its_error() -> None:
    def work(_report):
        raise ValueError("no")

    job = Job(work, "Waiting")
    job.wait(5)
    assert isinstance(job.error, ValueError)


def test_a_job_stops_at_its_next_report() -> None:
    started, stopped = threading.Event(), threading.Event()

    def work(report):
        started.set()
        stopped.wait(5)
        report("Finding the body", 1, 2)

    job = Job(work, "Waiting")
    started.wait(5)
    job.stop()
    stopped.set()
    job.wait(5)
    assert isinstance(job.error, StoppedError)


def test_two_jobs_wait_for_each_other() -> None:
    at_work = 0
    most = 0

    def work(_report):
        nonlocal at_work, most
        at_work += 1
        most = max(most, at_work)
        threading.Event().wait(0.05)
        at_work -= 1

    jobs = [Job(work, "Waiting") for _ in range(3)]
    for job in jobs:
        job.wait(5)
    assert most == 1


def test_a_waiting_job_can_be_stopped():
    go_on = threading.Event()
    first = Job(lambda _report: go_on.wait(5), "Waiting")
    second = Job(lambda _report: 1, "Waiting")
    second.stop()
    second.wait(5)
    assert isinstance(second.error, StoppedError)
    assert first.running
    go_on.set()
    first.wait(5)
