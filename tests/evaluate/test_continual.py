"""What a matrix of scores by stage and task comes to: exact figures."""

from lab.evaluate.continual import summary


def test_one_ruined_task_is_seen_beside_a_good_average():
    values = [[0.0, 0.0, 0.0], [0.9, 0.1, 0.0], [0.9, 0.8, 0.1], [0.1, 0.8, 1.0]]
    found = summary(values, [(), (0,), (1,), (2,)])
    assert found["tasks/worst"] == 0.1 and abs(found["tasks/average"] - 1.9 / 3) < 1e-9
    assert abs(found["tasks/new"] - 0.9) < 1e-9  # 0.9, 0.8 and 1.0, each right after its stage
    assert abs(found["tasks/forgotten"] - 0.4) < 1e-9 and abs(found["tasks/most_forgotten"] - 0.8) < 1e-9


def test_a_task_that_comes_again_counts_from_its_first_time_and_all_at_once_forgets_nothing():
    assert summary([[0.0], [0.5], [0.6]], [(), (0,), (0,)])["tasks/forgotten"] == -0.09999999999999998
    once = summary([[0.0, 0.0], [0.5, 0.7]], [(), (0, 1)])
    assert once == {"tasks/average": 0.6, "tasks/worst": 0.5, "tasks/new": 0.6}


def test_what_can_not_be_told_is_left_out():
    assert summary([[None, 0.2]], [()]) == {}
    assert summary([[None, 0.0], [None, 0.5], [None, 0.25]], [(), (0,), (1,)])["tasks/average"] == 0.25
