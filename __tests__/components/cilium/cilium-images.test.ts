import { ciliumImages } from "../../../src/components/cilium/cilium-images";

/** Repositories of all images in a tree of values, by the path of the image. */
function repositories(values: object, path: readonly string[] = []): [string, string][] {
  return Object.entries(values).flatMap(([key, value]): [string, string][] => {
    if (typeof value === "string") return key === "repository" ? [[path.join("."), value]] : [];
    return typeof value === "object" && value !== null ? repositories(value as object, [...path, key]) : [];
  });
}

const mirror = "111122223333.dkr.ecr.eu-west-1.amazonaws.com";

// The images that the chart's templates of 1.18 and 1.19 use with our values: agent, operator, Envoy, certificates, Hubble.
test("every image that the chart runs comes from the mirror, under its upstream path", () => {
  const images = Object.fromEntries(repositories(ciliumImages(mirror)));

  expect(images).toEqual({
    image: `${mirror}/quay.io/cilium/cilium`,
    "operator.image": `${mirror}/quay.io/cilium/operator`,
    "envoy.image": `${mirror}/quay.io/cilium/cilium-envoy`,
    "certgen.image": `${mirror}/quay.io/cilium/certgen`,
    "hubble.relay.image": `${mirror}/quay.io/cilium/hubble-relay`,
    "hubble.ui.backend.image": `${mirror}/quay.io/cilium/hubble-ui-backend`,
    "hubble.ui.frontend.image": `${mirror}/quay.io/cilium/hubble-ui`,
  });
});

test("a mirror may have a path", () => {
  expect(ciliumImages("registry.corp/mirror")).toMatchObject({
    image: { repository: "registry.corp/mirror/quay.io/cilium/cilium" },
  });
});

// A digest names the content, so a mirror can't change it.
test("tags and digests of the chart stay", () => {
  expect(JSON.stringify(ciliumImages(mirror))).not.toMatch(/"(tag|digest|useDigest|override)"/);
});
