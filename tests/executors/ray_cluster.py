"""A real Ray cluster on this machine: a head without CPUs and two nodes, three raylets with little memory."""

import os

from lab.home import PROJECT

OBJECTS = 80 * 2**20


class SmallCluster:
    """Three raylets; `kill` ends the one that carries a run out, as a cut cable would. Each has a folder of its own."""

    def __init__(self, folder):
        from ray.cluster_utils import Cluster

        self._folder, self._count = folder, 0
        head = {"num_cpus": 0, "object_store_memory": OBJECTS, "include_dashboard": False}
        self._cluster = Cluster(initialize_head=True, head_node_args=head)
        self.nodes = []
        for _ in range(2):
            self.add()

    @property
    def address(self):
        return self._cluster.address

    def kill(self, node_id):
        """End the raylet whose id begins so, with all it carries out, without a word."""
        (node,) = [one for one in self.nodes if one.node_id.startswith(node_id)]
        self.nodes.remove(node)
        self._cluster.remove_node(node, allow_graceful=False)

    def close(self):
        self._cluster.shutdown()

    def add(self):
        """One more node."""
        self._count += 1
        before = dict(os.environ)
        # what nodes import is this checkout, wherever they are started
        os.environ |= {"PYTHONPATH": str(PROJECT), "LAB_NODE_HOME": str(self._folder / f"node-{self._count}")}
        try:
            node = self._cluster.add_node(num_cpus=2, memory=4 * 2**30, object_store_memory=OBJECTS)
        finally:
            os.environ.clear()
            os.environ.update(before)
        self.nodes.append(node)
