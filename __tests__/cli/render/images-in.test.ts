import { imageNames, imagesIn } from "../../../src/cli/render/images-in";
import { objectsOf } from "../../../src/cli/render/manifests";

const DIGEST = `sha256:${"0".repeat(64)}`;
const manifests = `
kind: Deployment
spec:
  template:
    spec:
      initContainers: [{ image: "quay.io/a/init:1" }]
      containers:
        - image: busybox
          args:
            - --prometheus-config-reloader=quay.io/a/reloader:v2
            - --listen=example.com/metrics
            - https://example.com/a:1
          env: [{ name: RELATED, value: "ghcr.io/a/b@${DIGEST}" }]
---
kind: Collector
spec: { image: "ghcr.io/otel/collector:0.1", imagePullPolicy: Always }
---
kind: ConfigMap
data: { image: not-an-image }
---
kind: CustomResourceDefinition
spec: { image: not-an-image-either }
---
`;

test("images of containers, custom resources, arguments and environment; nothing else", () => {
  expect(imagesIn(objectsOf(manifests))).toEqual([
    "busybox",
    `ghcr.io/a/b@${DIGEST}`,
    "ghcr.io/otel/collector:0.1",
    "quay.io/a/init:1",
    "quay.io/a/reloader:v2",
  ]);
});

// istio/istio 1.30: charts/gateway has `image: auto`; pkg/kube/inject/inject.go, ProxyImage.
test("the image that Istio puts into pods is read from its injector's values", () => {
  const values = (more: string) =>
    `kind: ConfigMap\nmetadata: { name: istio-sidecar-injector }\ndata:\n  values: '{ "global": { "hub": "mirror.example/docker.io/istio", "tag": "1.30.3"${more} } }'\n---\nkind: Deployment\nspec: { image: auto }\n`;

  expect(imagesIn(objectsOf(values("")))).toEqual(["mirror.example/docker.io/istio/proxyv2:1.30.3"]);
  expect(imagesIn(objectsOf(values(', "variant": "distroless", "proxy": { "image": "proxyv2" }')))).toEqual([
    "mirror.example/docker.io/istio/proxyv2:1.30.3-distroless",
  ]);
});

const MIRROR = "111122223333.dkr.ecr.us-east-1.amazonaws.com";
test.each([
  ["busybox", undefined, { source: "docker.io/library/busybox", mirrored: false }],
  ["grafana/grafana:1", undefined, { source: "docker.io/grafana/grafana:1", mirrored: false }],
  ["quay.io/a/b:1", undefined, { source: "quay.io/a/b:1", mirrored: false }],
  ["localhost:5000/a:1", undefined, { source: "localhost:5000/a:1", mirrored: false }],
  [
    `${MIRROR}/quay.io/a/b:1`,
    MIRROR,
    { source: "quay.io/a/b:1", mirror: `${MIRROR}/quay.io/a/b:1`, mirrored: true },
  ],
  // A team's own, in the registry that is the mirror.
  [
    `${MIRROR}/team/b:1`,
    MIRROR,
    { source: `${MIRROR}/team/b:1`, mirror: `${MIRROR}/team/b:1`, mirrored: true },
  ],
  ["quay.io/a/b:1", MIRROR, { source: "quay.io/a/b:1", mirror: `${MIRROR}/quay.io/a/b:1`, mirrored: false }],
])("%s with the mirror %s", (image, mirror, names) => {
  expect(imageNames(image, mirror)).toEqual(names);
});
