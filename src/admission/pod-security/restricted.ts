import { at, entries, isAbsent, isFalse, isTrue, isUnknown, items, text, texts } from "../../values/value";
import { addedCapabilities, isProfile, unmaskedProc } from "./baseline";
import {
  eachGiven,
  hasOwnUsers,
  isWindows,
  ofContainers,
  ofContexts,
  type PodCheck,
  type Problem,
  saidForEach,
  type SecuredPod,
} from "./pod-fields";

const VOLUMES = [
  ...["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image"],
  ...["persistentVolumeClaim", "projected", "secret"],
];

/** Checks that the level restricted has beside those of baseline (kubernetes/pod-security-admission v0.35.6, policy/check_*.go). */
export const restrictedChecks: readonly PodCheck[] = [
  {
    id: "restrictedVolumes",
    replaces: "hostPathVolumes",
    check: ({ spec }) =>
      items(at(spec, "volumes")).flatMap((volume): Problem[] => {
        if (isUnknown(volume)) return [{ says: "pod has volumes that are not known yet", unsure: true }];
        const kinds = entries(volume).filter(([key, value]) => key !== "name" && value !== null);
        // One of no kind is an emptyDir (pkg/apis/core/v1, SetDefaults_Volume).
        if (kinds.length === 0 || kinds.some(([kind]) => VOLUMES.includes(kind))) return [];
        return [
          { says: `volume ${text(at(volume, "name"))} is of kind ${kinds.map(([kind]) => kind).join(", ")}` },
        ];
      }),
  },
  {
    id: "allowPrivilegeEscalation",
    check: (pod) =>
      isWindows(pod)
        ? []
        : mustSay(
            pod,
            "allowPrivilegeEscalation",
            (value) => isFalse(value),
            "must say allowPrivilegeEscalation: false",
          ),
  },
  {
    id: "runAsNonRoot",
    check: (pod, minor) =>
      minor >= 35 && hasOwnUsers(pod)
        ? []
        : saidForEach(pod, ["runAsNonRoot"], isTrue, {
            wrong: "says runAsNonRoot: false",
            missing: "must say runAsNonRoot: true, or its pod must",
          }),
  },
  {
    id: "runAsUser",
    check: (pod, minor) =>
      minor >= 35 && hasOwnUsers(pod)
        ? []
        : eachGiven(
            ofContexts(pod, "runAsUser"),
            (user) => user !== 0,
            () => "runs as user 0",
          ),
  },
  {
    id: "seccompProfile_restricted",
    replaces: "seccompProfile_baseline",
    check: (pod) =>
      isWindows(pod)
        ? []
        : saidForEach(pod, ["seccompProfile", "type"], isProfile, {
            wrong: "has a seccomp profile other than RuntimeDefault and Localhost",
            missing: "must have seccompProfile.type RuntimeDefault or Localhost, or its pod must",
          }),
  },
  {
    id: "capabilities_restricted",
    replaces: "capabilities_baseline",
    check: (pod) => (isWindows(pod) ? [] : keptCapabilities(pod)),
  },
  { id: "procMount_restricted", since: 35, replaces: "procMount", check: unmaskedProc },
];

function mustSay(
  pod: SecuredPod,
  field: string,
  holds: Parameters<typeof eachGiven>[1],
  says: string,
): Problem[] {
  return ofContainers(pod, "securityContext", field).flatMap(({ who, value }) =>
    isAbsent(value) ? [{ says: `${who} ${says}` }] : eachGiven([{ who, value }], holds, () => says),
  );
}

function keptCapabilities(pod: SecuredPod): Problem[] {
  return [
    ...ofContainers(pod, "securityContext", "capabilities", "drop").flatMap(({ who, value }): Problem[] => {
      if (isUnknown(value) || items(value).some(isUnknown))
        return [{ says: `${who} drops capabilities that are not known yet`, unsure: true }];
      return texts(value).includes("ALL") ? [] : [{ says: `${who} must drop the capabilities ALL` }];
    }),
    ...eachGiven(
      addedCapabilities(pod),
      (each) => each === "NET_BIND_SERVICE",
      (each) => `adds the capability ${each}`,
    ),
  ];
}
