import { z } from "zod";
import { Pod, Workload } from "../../live/objects";
import { kubectl } from "../../live/question";
import { counted } from "../../text/counted";
import { ciliumStatus } from "../cilium-status";
import type { LiveCheck } from "../live-check";
import { jsonOf, Notes } from "../notes";

const ISTIO_SYSTEM = "istio-system";

const meshRunning: LiveCheck = {
  id: "MESH-RUNNING",
  group: "mesh",
  proves: "istiod is available, and so are the mesh's agents on the nodes",
  asks: ["kubectl get deployments,daemonsets -n istio-system"],
  offline: "reachability (mesh)",
  applies: ({ mesh }) => mesh.istio !== undefined,
  judge: ({ target }, told) => {
    const notes = new Notes(told);
    const found = notes.objects(Workload, "deployments,daemonsets", "-n", ISTIO_SYSTEM);
    if (found === undefined) return notes.outcome();
    const wanted = ["istiod", ...(target.mesh.dataPlane === "ambient" ? ["ztunnel", "istio-cni-node"] : [])];
    for (const name of wanted) {
      const one = found.find(({ metadata }) => metadata.name === name);
      if (one === undefined) {
        notes.fault(`there is no ${name} in ${ISTIO_SYSTEM}`);
        continue;
      }
      const all = one.kind === "DaemonSet" ? one.status.desiredNumberScheduled : (one.spec.replicas ?? 1);
      const ready = one.kind === "DaemonSet" ? one.status.numberReady : one.status.readyReplicas;
      if (ready < all || all === 0) notes.fault(`${name}: ${ready} of ${all} pods are ready`);
      notes.seen(`${name}: ${ready} pods are ready`);
    }
    return notes.outcome();
  },
};

const PeerAuthentication = z.object({
  metadata: z.object({ name: z.string(), namespace: z.string() }),
  spec: z
    .object({ selector: z.unknown().optional(), mtls: z.object({ mode: z.string().optional() }).optional() })
    .optional(),
});

/** Pods that istiod does not inject (Istio, "Installing the sidecar": label, or annotation of old) and that can't be. */
function isLeftOut({ metadata, spec, status }: z.infer<typeof Pod>): boolean {
  const said = metadata.labels["sidecar.istio.io/inject"] ?? metadata.annotations["sidecar.istio.io/inject"];
  return spec.hostNetwork || said === "false" || ["Succeeded", "Failed"].includes(status.phase);
}

const meshMtls: LiveCheck = {
  id: "MESH-MTLS",
  group: "mesh",
  proves:
    "mutual TLS is required in the whole mesh, by no policy relaxed, and every pod of its namespaces is in it",
  asks: ["kubectl get peerauthentications -A", "kubectl get pods -A"],
  offline: "K8S-MESH-MTLS, reachability (mesh)",
  applies: ({ mesh }) => mesh.istio !== undefined && mesh.istio.mtls.mode === "strict",
  judge: ({ target }, told) => {
    const notes = new Notes(told);
    const policies = notes.objects(PeerAuthentication, "peerauthentications.security.istio.io", "-A");
    if (policies !== undefined) {
      const whole = policies.filter(
        ({ metadata, spec }) => metadata.namespace === ISTIO_SYSTEM && spec?.selector === undefined,
      );
      if (!whole.some(({ spec }) => spec?.mtls?.mode === "STRICT"))
        notes.fault(`no PeerAuthentication of ${ISTIO_SYSTEM} says STRICT for the whole mesh`);
      for (const { metadata, spec } of policies) {
        const mode = spec?.mtls?.mode;
        if (mode === "PERMISSIVE" || mode === "DISABLE")
          notes.fault(`PeerAuthentication ${metadata.namespace}/${metadata.name} says ${mode}`);
      }
      notes.seen("STRICT for the whole mesh");
    }
    const inMesh = Object.entries(target.namespaces).filter(([, each]) => each.inMesh);
    const pods = inMesh.length === 0 ? [] : notes.objects(Pod, "pods", "-A");
    const own = (pods ?? []).filter(
      (pod) => inMesh.some(([name]) => name === pod.metadata.namespace) && !isLeftOut(pod),
    );
    const isIn = ({ metadata, spec }: z.infer<typeof Pod>) =>
      target.mesh.dataPlane === "ambient"
        ? metadata.annotations["ambient.istio.io/redirection"] === "enabled"
        : [...spec.initContainers, ...spec.containers].some(({ name }) => name === "istio-proxy");
    const out = own
      .filter((pod) => !isIn(pod))
      .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
    notes.faultOf(out, "pod", "of the mesh's namespaces are not in it");
    if (pods !== undefined) notes.seen(`${counted(own.length, "pod")} are in the mesh`);
    return notes.outcome();
  },
};

const clusterMesh: LiveCheck = {
  id: "MESH-FEDERATED",
  group: "mesh",
  proves: "Cilium's agents are connected with the clusters of every peer",
  asks: ["kubectl exec -n kube-system POD -c cilium-agent -- cilium-dbg status -o json"],
  offline: "reachability (mesh)",
  applies: ({ mesh }) => mesh.cilium !== undefined && mesh.peers.length > 0,
  judge: ({ target }, told) => {
    const notes = new Notes(told);
    const agents = notes.objects(Pod, "pods", "-n", "kube-system", "-l", "k8s-app=cilium") ?? [];
    const agent = agents.find(({ status }) => status.phase === "Running");
    if (agent === undefined) return notes.outcome("no agent of Cilium runs");
    const text = notes.text(
      kubectl(
        ...["exec", "-n", "kube-system", agent.metadata.name, "-c", "cilium-agent"],
        ...["--", "cilium-dbg", "status", "-o", "json"],
      ),
    );
    const clusters = ciliumStatus.safeParse(jsonOf(text ?? "")).data?.["cluster-mesh"]?.clusters ?? [];
    for (const peer of text === undefined ? [] : target.mesh.peers) {
      const one = clusters.find(({ name }) => name === peer.clusterName);
      if (one === undefined) notes.fault(`${agent.metadata.name} does not know the cluster of ${peer.name}`);
      else if (!one.ready)
        notes.fault(`the cluster of ${peer.name} is not ready: ${one.status || "not connected"}`);
      else notes.seen(`${peer.name} is ready`);
    }
    return notes.outcome();
  },
};

const istioPeers: LiveCheck = {
  id: "MESH-PEERS",
  group: "mesh",
  proves: "istiod has been given access to the API of every peer",
  asks: ["kubectl get secrets -n istio-system -l istio/multiCluster=true -o name"],
  offline: "reachability (mesh)",
  applies: ({ mesh }) => mesh.istio !== undefined && mesh.peers.length > 0,
  judge: ({ target }, told) => {
    const notes = new Notes(told);
    // Their names alone: what is in them is secret.
    const text = notes.text(
      kubectl("get", "secrets", "-n", ISTIO_SYSTEM, "-l", "istio/multiCluster=true", "-o", "name"),
    );
    if (text === undefined) return notes.outcome();
    const found = text.split("\n").filter(Boolean);
    const wanted = target.mesh.peers.length;
    if (found.length < wanted)
      notes.fault(`${counted(found.length, "remote secret")}, and there are ${counted(wanted, "peer")}`);
    notes.seen(`${counted(found.length, "remote secret")}`);
    return notes.outcome();
  },
};

export const meshChecks = [meshRunning, meshMtls, clusterMesh, istioPeers];
