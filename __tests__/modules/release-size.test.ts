import { createHash } from "node:crypto";
import { encodeChartValues } from "../../src/modules/chart-values";
import { ManifestRelease } from "../../src/modules/manifest-release";
import {
  mostStoredBytes,
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

/** Text of characters of one byte and of two, in no order. */
function randomText(characters: number): string {
  let text = "";
  for (let i = 0; text.length < characters; i++)
    for (const byte of createHash("sha512").update(String(i)).digest())
      text += String.fromCharCode(byte + 32);
  return text.slice(0, characters);
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

test.each([
  ["nothing", ""],
  ["what compresses well", "a".repeat(300_000)],
  ["what does not compress", noise(280_000)],
  ["text beyond ASCII", "ø€𝄞".repeat(20_000)],
  ["bytes of all kinds", randomText(200_000)],
])("a release is let through without compressing it only where it is sure to be small: %s", (_, text) => {
  expect(mostStoredBytes(encodeChartValues({ text }))).toBeGreaterThanOrEqual(storedBytes({ text }));
});

test("most releases are so small that nothing has to be compressed", () => {
  expect(mostStoredBytes("a".repeat(250_000))).toBeLessThan(RELEASE_LIMIT);
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
