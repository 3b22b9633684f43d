import { Pod } from "../../live/objects";
import { compareVersions, minorsBetween } from "../../text/versions";
import { always, type LiveCheck } from "../../verify/live-check";
import { Notes } from "../../verify/notes";

/** Of Istio's sidecars, as containers or as init containers that stay. */
const PROXY = "istio-proxy";
const SOURCE = "istio.io docs/releases/supported-releases, control plane/data plane skew, 2026-11-29";

/** Before istiod goes to a version: proxies stay what they are until their pods are made anew. */
export function proxiesMayStay(to: string): LiveCheck {
  return {
    ...proxies,
    id: "MESH-PROXIES",
    proves: `no sidecar is more than a minor behind Istio ${to}, nor ahead of it`,
    judge: (_, told) => {
      const notes = new Notes(told);
      const found = sidecars(notes);
      const far = (found ?? []).filter(
        ({ version }) => minorsBetween(version, to) > 1 || minorsBetween(version, to) < 0,
      );
      notes.faultOf(
        far.map(({ pod, version }) => `${pod} (${version})`),
        "pod",
        `with a sidecar that istiod ${to} is not made for: restart their workloads first (${SOURCE})`,
      );
      if (found !== undefined) notes.seen(`${found.length} pods have a sidecar`);
      return notes.outcome();
    },
  };
}

/** After it: which pods still have the proxy of before. */
export function proxiesAt(version: string): LiveCheck {
  return {
    ...proxies,
    id: "MESH-PROXIES-OLD",
    proves: `every sidecar is Istio ${version}`,
    judge: (_, told) => {
      const notes = new Notes(told);
      const found = sidecars(notes);
      const old = (found ?? []).filter((each) => compareVersions(each.version, version) < 0);
      notes.faultOf(
        old.map((each) => `${each.pod} (${each.version})`),
        "pod",
        "with the sidecar of before: kubectl rollout restart their workloads, one namespace after the other, before the next minor of Istio",
      );
      if (found !== undefined) notes.seen(`${found.length} pods have a sidecar`);
      return notes.outcome();
    },
  };
}

const proxies = {
  group: "mesh",
  asks: ["kubectl get pods -A"],
  offline: "upgrade notes of istio",
  applies: always,
} as const;

function sidecars(notes: Notes): { readonly pod: string; readonly version: string }[] | undefined {
  return notes.objects(Pod, "pods", "-A")?.flatMap(({ metadata, spec, status }) => {
    if (["Succeeded", "Failed"].includes(status.phase)) return [];
    const image = [...spec.containers, ...spec.initContainers].find(({ name }) => name === PROXY)?.image;
    const [, version] = /:(\d+\.\d+\.\d+)/.exec(image ?? "") ?? [];
    return version === undefined ? [] : [{ pod: `${metadata.namespace}/${metadata.name}`, version }];
  });
}
