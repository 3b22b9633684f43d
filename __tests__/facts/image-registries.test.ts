import { imageRegistries, type ImageRegistry, layerBuckets } from "../../src/facts/image-registries";
import { regions } from "../../src/facts/regions";

// kubernetes/registry.k8s.io, cmd/archeio/internal/app/buckets.go, 2026-08-06.
test.each([
  ["us-west-2", ["prod-registry-k8s-io-us-west-2"]],
  ["eu-west-1", ["prod-registry-k8s-io-eu-west-1"]],
  ["eu-west-2", ["767373bbdcb8270361b96548387bf2a9ad0d48758c35-eu-west-2"]],
  // From another region's bucket, which no gateway endpoint of this one leads to.
  ["me-south-1", []],
  ["ap-east-2", []],
  ["us-gov-west-1", []],
])("layers of Kubernetes' registry come to clients in %s from %j of the region's S3", (region, buckets) => {
  expect(layerBuckets(region)).toEqual(buckets);
});

test("quay.io sends clients in us-east-1, and nobody else, to its bucket", () => {
  expect(
    Object.keys(regions).filter((region) => layerBuckets(region).includes("quayio-production-s3")),
  ).toEqual(["us-east-1"]);
});

test("every registry tells what a pull calls, and who says so", () => {
  const all: readonly ImageRegistry[] = Object.values(imageRegistries);

  expect(all.filter(({ domains, source }) => domains.length === 0 || source === "")).toEqual([]);
});
