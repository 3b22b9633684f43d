import { argoRollouts, ROLLOUTS_NAMESPACE } from "../../../src/components/argo-rollouts/record";

// argoproj/argo-helm argo-rollouts-2.41.0, values.yaml: controller.containerPorts.metrics.
test("Prometheus reads the controller where its chart serves metrics, and nobody else calls it", () => {
  expect(argoRollouts.namespaces).toEqual({ [ROLLOUTS_NAMESPACE]: { open: [], metrics: [8090] } });
});
