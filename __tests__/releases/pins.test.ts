import { chartNames, type Pin } from "../../src/releases/release";
import { components, pinOf } from "../../src/releases/components";
import { misfits } from "../../src/releases/matrix/matrix";
import { eksMinors, minorNames, releaseNames, releases } from "../../src/releases/releases";
import { minorOf } from "../../src/releases/version-range";

const all: [string, Pin][] = releaseNames.flatMap((name) =>
  components.map((component): [string, Pin] => [`${name} ${component}`, pinOf(releases[name], component)]),
);

test.each(all)("%s has a source with a date, and a doubt exactly where it is unverified", (_, pin) => {
  expect(pin.source).not.toBe("");
  expect(pin.sourceDate).toMatch(/^20\d\d-\d\d(-\d\d)?$/);
  expect(pin.doubt === undefined).toBe(pin.verified);
});

test.each(releaseNames.flatMap((name) => chartNames.map((chart) => [name, chart] as const)))(
  "%s has an exact version of %s and the address of its repository",
  (name, chart) => {
    const { version, repository, digest } = releases[name].charts[chart];
    expect(version).toMatch(/^v?\d+\.\d+\.\d+$/);
    expect(repository).toMatch(/^(https|oci):\/\/[\w./-]+$/);
    if (digest !== undefined) expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  },
);

test.each(minorNames)("the pins of Kubernetes %s are of that minor", (minor) => {
  const { kubernetes, addons, amis } = eksMinors[minor];
  expect([kubernetes, addons["kube-proxy"], amis.al2023].map(({ version }) => minorOf(version))).toEqual([
    minor,
    minor,
    minor,
  ]);
});

test.each(releaseNames)("release %s fits in itself: the matrix refuses nothing", (name) => {
  expect(misfits(releases[name]).filter(({ level }) => level === "refuse")).toEqual([]);
});

test("the lines are what the issue asks for", () => {
  const line = (name: (typeof releaseNames)[number]) =>
    (["kubernetes", "cilium", "istio", "gateway-api"] as const).map((each) =>
      minorOf(pinOf(releases[name], each).version),
    );
  expect({ "2025.09": line("2025.09"), "2026.11": line("2026.11") }).toEqual({
    "2025.09": ["1.33", "1.18", "1.27", "1.3"],
    "2026.11": ["1.35", "1.19", "1.29", "1.4"],
  });
});
