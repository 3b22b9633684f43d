import { createHash } from "node:crypto";
import { ManifestRelease } from "../../src/modules/manifest-release";
import {
  refuseTooLarge,
  RELEASE_LIMIT,
  ReleaseTooLargeError,
  storedBytes,
} from "../../src/modules/release-size";
import { synthConstruct } from "../support/synth";

/** Text that no compression makes smaller than half of it. */
function noise(bytes: number): string {
  let text = "";
  for (let i = 0; text.length < bytes; i++) text += createHash("sha256").update(String(i)).digest("hex");
  return text.slice(0, bytes);
}

test("what is stored is compressed, and base64 of that", () => {
  expect(storedBytes({ text: "a".repeat(1_000_000) })).toBeLessThan(10_000);
  expect(storedBytes({ text: noise(100_000) })).toBeGreaterThan(100_000);
});

test("a release that Helm could not keep is refused, by name and size", () => {
  expect(() => refuseTooLarge("crds", { text: noise(1_000_000) })).toThrow(ReleaseTooLargeError);
  expect(() => refuseTooLarge("crds", { text: noise(1_000_000) })).toThrow(
    /^release crds would take \d{4} KiB of its Secret, more than 768 KiB; split its objects over releases$/,
  );
});

test("a release below the limit is accepted", () => {
  const text = noise(400_000);
  expect(storedBytes({ text })).toBeLessThanOrEqual(RELEASE_LIMIT);
  expect(() => refuseTooLarge("crds", { text })).not.toThrow();
});

test("every release of manifests is measured", () => {
  const manifest = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "a" },
    data: { text: noise(900_000) },
  };

  expect(() =>
    synthConstruct((scope) => {
      new ManifestRelease(scope, "large", { namespace: "default", manifests: { manifest } });
    }),
  ).toThrow(ReleaseTooLargeError);
});
