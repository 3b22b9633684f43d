/**
 * Taint that keeps pods off a new node until Istio's CNI agent is ready there: a pod that starts between the network plugin's
 * readiness and the agent's is not led through its proxy until the agent repairs it. istiod takes it off (istio/istio,
 * pilot/pkg/controllers/untaint/nodeuntainter.go, 1.27.9 and 1.29.6); who makes the node has to put it on.
 */
export const ISTIO_STARTUP_TAINT_KEY = "cni.istio.io/not-ready";
