import { list, object } from "../../support/live-answers";
import { ciliumStatus, GET_AGENTS, STATUS, type LiveCase, deployment, pod } from "./objects";

const MESH =
  "mesh: { kind: istio, id: a, trustDomain: a.internal }\nnamespaces: { payments: { labels: { istio-injection: enabled } } }";

const peerAuthentications = (...extra: readonly object[]) =>
  list(object("default", { spec: { mtls: { mode: "STRICT" } } }, "istio-system"), ...extra);

const GET_PEER_AUTHENTICATIONS = "kubectl get peerauthentications.security.istio.io -A";

const PEER = "dev/us-west-2";
const GET_REMOTE = "kubectl get secrets -n istio-system -l istio/multiCluster=true -o name";
const joined = (state: object) => ({ "cluster-mesh": { clusters: [{ name: "dev-us-west-2", ...state }] } });

export const meshCases: readonly LiveCase[] = [
  {
    id: "MESH-RUNNING",
    yaml: MESH,
    answers: {
      "kubectl get deployments,daemonsets -n istio-system": list(deployment("istiod", 2, "istio-system")),
    },
    faults: [
      {
        changed: { "kubectl get deployments,daemonsets -n istio-system": list() },
        says: /there is no istiod/,
      },
      {
        changed: {
          "kubectl get deployments,daemonsets -n istio-system": list(deployment("istiod", 0, "istio-system")),
        },
        says: /istiod: 0 of 2 pods/,
      },
    ],
  },
  {
    id: "MESH-MTLS",
    yaml: MESH,
    answers: {
      [GET_PEER_AUTHENTICATIONS]: peerAuthentications(),
      "kubectl get pods -A": list(
        pod("orders-1", { spec: { initContainers: [{ name: "istio-proxy" }] } }, "payments"),
      ),
    },
    faults: [
      {
        changed: { [GET_PEER_AUTHENTICATIONS]: list() },
        says: /no PeerAuthentication of istio-system says STRICT/,
      },
      {
        changed: {
          [GET_PEER_AUTHENTICATIONS]: peerAuthentications(
            object("open", { spec: { mtls: { mode: "PERMISSIVE" } } }, "payments"),
          ),
        },
        says: /PeerAuthentication payments\/open says PERMISSIVE/,
      },
      {
        changed: { "kubectl get pods -A": list(pod("orders-1", {}, "payments")) },
        says: /1 pod of the mesh's namespaces are not in it: payments\/orders-1/,
      },
    ],
  },
  {
    id: "MESH-FEDERATED",
    yaml: `mesh: { kind: cilium, id: acme, clusterId: 1, peers: [${PEER}], certificateAuthority: { kind: secrets-manager, secret: { store: mesh, name: mesh/ca } } }`,
    answers: { [GET_AGENTS]: list(pod("cilium-1")), [STATUS]: ciliumStatus(joined({ ready: true })) },
    faults: [
      {
        changed: { [STATUS]: ciliumStatus(joined({ status: "Not connected" })) },
        says: /the cluster of dev\/us-west-2 is not ready: Not connected/,
      },
      { changed: { [STATUS]: ciliumStatus() }, says: /cilium-1 does not know the cluster of dev\/us-west-2/ },
    ],
  },
  {
    id: "MESH-PEERS",
    yaml: `mesh: { kind: istio, id: a, trustDomain: a.internal, peers: [${PEER}] }`,
    answers: { [GET_REMOTE]: "secret/istio-remote-secret-us-west-2\n" },
    faults: [{ changed: { [GET_REMOTE]: "" }, says: /0 remote secrets, and there are 1 peer$/ }],
  },
];
