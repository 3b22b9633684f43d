import { chartNames } from "../../src/components/components";
import type { Pin } from "../../src/components/pin";
import { type Component, components } from "../../src/components/components";
import { pinOf } from "../../src/releases/pins";
import { misfits } from "../../src/releases/matrix/matrix";
import { minorNames, releaseNames } from "../../src/releases/names";
import { eksMinors, releases } from "../../src/releases/releases";
import { minorOf } from "../../src/text/versions";

/** Components of several charts, by the first. */
const chartOfGroup: Readonly<Record<string, string>> = { karpenter: "karpenter-crd", istio: "istio-base" };

const all: [string, Pin][] = releaseNames.flatMap((name) =>
  components.map((component): [string, Pin] => [`${name} ${component}`, pinOf(releases[name], component)]),
);

test.each(all)("%s has a source with a date, and a doubt exactly where it is unverified", (_, pin) => {
  expect(pin.source).not.toBe("");
  expect(pin.sourceDate).toMatch(/^20\d\d-\d\d(-\d\d)?$/);
  expect(pin.doubt === undefined).toBe(pin.verified);
});

/** Whose word makes a version verified: AWS's own, eksctl being the CLI of EKS; for the rest the owner of the chart's repository. */
const AWS = ["aws", "awslabs", "awsdocs", "eksctl-io", "EKS user guide"];
/** Owners of sources whose charts are published at an address without their name. */
const PUBLISHERS: Readonly<Record<string, readonly string[]>> = {
  "charts.jetstack.io": ["cert-manager"],
  "quay.io": ["cert-manager"],
  "istio-release.storage.googleapis.com": ["istio"],
  "helm.cilium.io": ["cilium"],
  "public.ecr.aws": ["aws"],
  "charts.external-secrets.io": ["external-secrets"],
  "charts.deliveryhero.io": ["deliveryhero"],
  "charts.fairwinds.com": ["FairwindsOps"],
  "ghcr.io": ["prometheus-community", "deliveryhero"],
};

test("what is verified was seen at its publisher's, not with others who use it", () => {
  const others = all.flatMap(([name, { verified, source }]) => {
    const component = name.split(" ")[1] ?? "";
    const release = releases[name.split(" ")[0] as keyof typeof releases];
    const chart = chartNames.find((each) => each === component || each === chartOfGroup[component]);
    const host =
      chart === undefined ? "" : new URL(release.charts[chart].repository.replace("oci:", "https:")).host;
    const publishers =
      chart === undefined
        ? [...AWS, "kubernetes-sigs"]
        : (PUBLISHERS[host] ?? [host.replace(/\.github\.io$/, "").replace(/^charts\./, "")]);
    return verified && !publishers.some((each) => source.startsWith(each))
      ? [`${name}: ${source}, not ${publishers.join()}`]
      : [];
  });
  expect(others).toEqual([]);
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

test.each(releaseNames)(
  "release %s fits in itself: the matrix refuses only what it does not have yet",
  (name) => {
    const isThere = (component: Component) => pinOf(releases[name], component).since === undefined;
    const refused = misfits(releases[name]).filter(({ level }) => level === "refuse");
    expect(refused.filter(({ components: parts }) => parts.every(isThere))).toEqual([]);
  },
);

test("the releases are an older line and the current one", () => {
  const line = (name: (typeof releaseNames)[number]) =>
    (["kubernetes", "cilium", "istio", "gateway-api"] as const).map((each) =>
      minorOf(pinOf(releases[name], each).version),
    );
  expect({ "2025.09": line("2025.09"), "2026.11": line("2026.11") }).toEqual({
    "2025.09": ["1.33", "1.18", "1.27", "1.3"],
    "2026.11": ["1.35", "1.19", "1.29", "1.4"],
  });
});
