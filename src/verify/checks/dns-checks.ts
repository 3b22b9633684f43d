import { EndpointSlice, Workload } from "../../live/objects";
import { always, type LiveCheck } from "../live-check";
import { Notes } from "../notes";

const dnsRunning: LiveCheck = {
  id: "DNS-RUNNING",
  group: "DNS",
  proves:
    "CoreDNS has all its replicas, on more than one node, behind Service kube-dns; the cache is on every node that should have it",
  asks: [
    "kubectl get deployment coredns -n kube-system",
    "kubectl get endpointslices -n kube-system -l kubernetes.io/service-name=kube-dns",
    "kubectl get daemonsets -n kube-system",
  ],
  offline: "reachability (DNS)",
  applies: always,
  judge: ({ target }, told) => {
    const notes = new Notes(told);
    const coredns = notes.object(Workload, "deployment", "coredns", "-n", "kube-system");
    const slices = notes.objects(
      EndpointSlice,
      ...["endpointslices", "-n", "kube-system", "-l", "kubernetes.io/service-name=kube-dns"],
    );
    if (coredns !== undefined) {
      const { readyReplicas: ready } = coredns.status;
      const wanted = coredns.spec.replicas ?? 1;
      if (ready < wanted) notes.fault(`CoreDNS: ${ready} of ${wanted} replicas are ready`);
      notes.seen(`CoreDNS: ${ready} replicas`);
    }
    if (slices !== undefined) {
      const ready = slices.flatMap(({ endpoints }) =>
        endpoints.filter((each) => each.conditions.ready !== false),
      );
      const nodes = new Set(ready.map(({ nodeName }) => nodeName));
      const addresses = new Set(ready.flatMap((each) => each.addresses));
      if (addresses.size === 0) notes.fault("Service kube-dns has no ready endpoint: no name is resolved");
      else if (nodes.size < 2) notes.fault(`all ${addresses.size} endpoints of kube-dns are on one node`);
    }
    if (target.components.has("node-local-dns")) {
      const sets = notes.objects(Workload, "daemonsets", "-n", "kube-system");
      const cache = sets?.find(({ metadata }) => metadata.name.startsWith("node-local-dns"));
      if (sets !== undefined && cache === undefined)
        notes.fault("there is no DaemonSet node-local-dns in kube-system");
      else if (cache !== undefined && cache.status.numberReady < cache.status.desiredNumberScheduled)
        notes.fault(
          `node-local-dns: ${cache.status.numberReady} of ${cache.status.desiredNumberScheduled} caches are ready`,
        );
    }
    return notes.outcome();
  },
};

export const dnsChecks = [dnsRunning];
