import { given, imageAt, container, CONFINED, DROPS_ALL, type ChartWork } from "../chart-work";

/** FairwindsOps/charts stable/vpa 5.0.0, rendered with the values of every sample. */
export const vpaWork = {
  "vpa-admission-controller": {
    kind: "Deployment",
    replicas: given("admissionController.replicaCount"),
    priorityClassName: "system-cluster-critical",
    securityContext: { ...CONFINED, runAsNonRoot: true, runAsUser: 65534 },
    containers: [
      container({
        name: "vpa",
        image: imageAt(
          "admissionController.image.repository",
          "registry.k8s.io/autoscaling/vpa-admission-controller",
        ),
        resources: "admissionController.resources",
        securityContext: DROPS_ALL,
        isProbed: true,
      }),
    ],
  },
  "vpa-recommender": {
    kind: "Deployment",
    replicas: given("recommender.replicaCount"),
    priorityClassName: "system-cluster-critical",
    securityContext: { ...CONFINED, runAsNonRoot: true, runAsUser: 65534 },
    containers: [
      container({
        name: "vpa",
        image: imageAt("recommender.image.repository", "registry.k8s.io/autoscaling/vpa-recommender"),
        resources: "recommender.resources",
        securityContext: DROPS_ALL,
        isProbed: true,
      }),
    ],
  },
  "vpa-updater": {
    kind: "Deployment",
    replicas: given("updater.replicaCount"),
    priorityClassName: "system-cluster-critical",
    securityContext: { ...CONFINED, runAsNonRoot: true, runAsUser: 65534 },
    containers: [
      container({
        name: "vpa",
        image: imageAt("updater.image.repository", "registry.k8s.io/autoscaling/vpa-updater"),
        resources: "updater.resources",
        securityContext: DROPS_ALL,
        isProbed: true,
      }),
    ],
  },
  "vpa-admission-certgen": {
    kind: "Job",
    securityContext: { ...CONFINED, runAsNonRoot: true, runAsUser: 65534 },
    containers: [
      container({
        name: "create",
        image: imageAt(
          "admissionController.certGen.image.repository",
          "registry.k8s.io/ingress-nginx/kube-webhook-certgen",
        ),
        resources: "admissionController.certGen.resources",
        securityContext: DROPS_ALL,
      }),
    ],
  },
  "vpa-admission-certgen-patch": {
    kind: "Job",
    securityContext: { ...CONFINED, runAsNonRoot: true, runAsUser: 65534 },
    containers: [
      container({
        name: "patch",
        image: imageAt(
          "admissionController.certGen.image.repository",
          "registry.k8s.io/ingress-nginx/kube-webhook-certgen",
        ),
        resources: "admissionController.certGen.resources",
        securityContext: DROPS_ALL,
      }),
    ],
  },
} satisfies Readonly<Record<string, ChartWork>>;
