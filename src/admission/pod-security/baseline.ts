import { at, entries, isAbsent, isUnknown, items, text, type Value } from "../../values/value";
import {
  eachGiven,
  entriesOf,
  hasOwnUsers,
  ofContainers,
  ofContexts,
  type PodCheck,
  type Problem,
  type SecuredPod,
} from "./pod-fields";

const CAPABILITIES =
  "AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT".split(
    " ",
  );

/** Sysctls by the minor that has them first. */
const SYSCTLS: readonly (readonly [number, string])[] = [
  ...["kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_syncookies"],
  ...["net.ipv4.ping_group_range", "net.ipv4.ip_unprivileged_port_start"],
]
  .map((name): readonly [number, string] => [0, name])
  .concat([
    [27, "net.ipv4.ip_local_reserved_ports"],
    [29, "net.ipv4.tcp_keepalive_time"],
    [29, "net.ipv4.tcp_fin_timeout"],
    [29, "net.ipv4.tcp_keepalive_intvl"],
    [29, "net.ipv4.tcp_keepalive_probes"],
    [32, "net.ipv4.tcp_rmem"],
    [32, "net.ipv4.tcp_wmem"],
  ]);

const SELINUX_TYPES = ["", "container_t", "container_init_t", "container_kvm_t"];
const PROFILES = ["RuntimeDefault", "Localhost"];
const APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";

export const isProfile = (value: Value): boolean => PROFILES.includes(text(value));
const isFalsy = (value: Value): boolean => value === false;

/** Checks of the level baseline (kubernetes/pod-security-admission v0.35.6, policy/check_*.go). */
export const baselineChecks: readonly PodCheck[] = [
  {
    id: "hostNamespaces",
    check: ({ spec }) =>
      ["hostNetwork", "hostPID", "hostIPC"].flatMap((field) =>
        eachGiven([{ who: "pod", value: at(spec, field) }], isFalsy, () => `has ${field}`),
      ),
  },
  {
    id: "hostPathVolumes",
    check: ({ spec }) =>
      items(at(spec, "volumes"))
        .filter((each) => !isAbsent(at(each, "hostPath")) && !isUnknown(each))
        .map((each) => ({ says: `volume ${text(at(each, "name"))} is a path of the node` })),
  },
  {
    id: "hostPorts",
    check: (pod) =>
      eachGiven(
        entriesOf(pod, "ports", "hostPort"),
        (port) => port === 0,
        (port) => `takes port ${port} of the node`,
      ),
  },
  {
    id: "hostProbesAndHostLifecycle",
    since: 34,
    check: (pod) =>
      [
        ...["livenessProbe", "readinessProbe", "startupProbe"].map((probe) => [probe]),
        ...["postStart", "preStop"].map((hook) => ["lifecycle", hook]),
      ].flatMap((path) =>
        ["httpGet", "tcpSocket"].flatMap((ask) =>
          eachGiven(
            ofContainers(pod, ...path, ask, "host"),
            (host) => host === "",
            (host) => `asks host ${host} in ${path.join(".")}`,
          ),
        ),
      ),
  },
  {
    id: "privileged",
    check: (pod) =>
      eachGiven(ofContainers(pod, "securityContext", "privileged"), isFalsy, () => "is privileged"),
  },
  {
    id: "capabilities_baseline",
    check: (pod) =>
      eachGiven(
        addedCapabilities(pod),
        (each) => CAPABILITIES.includes(text(each)),
        (each) => `adds the capability ${each}`,
      ),
  },
  {
    id: "procMount",
    check: (pod, minor) => (minor >= 35 && hasOwnUsers(pod) ? [] : unmaskedProc(pod)),
  },
  {
    id: "seLinuxOptions",
    check: (pod, minor) => [
      ...eachGiven(
        ofContexts(pod, "seLinuxOptions", "type"),
        (type) => SELINUX_TYPES.includes(text(type)) || (minor >= 31 && type === "container_engine_t"),
        (type) => `has the SELinux type ${type}`,
      ),
      ...["user", "role"].flatMap((field) =>
        eachGiven(
          ofContexts(pod, "seLinuxOptions", field),
          (value) => value === "",
          () => `sets the SELinux ${field}`,
        ),
      ),
    ],
  },
  {
    id: "seccompProfile_baseline",
    check: (pod) =>
      eachGiven(
        ofContexts(pod, "seccompProfile", "type"),
        isProfile,
        (type) => `has the seccomp profile ${type}`,
      ),
  },
  {
    id: "appArmorProfile",
    check: (pod) => [
      ...eachGiven(
        ofContexts(pod, "appArmorProfile", "type"),
        isProfile,
        (type) => `has the AppArmor profile ${type}`,
      ),
      ...entries(pod.annotations)
        .filter(([key, value]) => key.startsWith(APP_ARMOR) && !isAllowedAnnotation(value))
        .map(([key, value]) => ({ says: `pod has the annotation ${key}: ${text(value)}` })),
    ],
  },
  {
    id: "sysctls",
    check: ({ spec }, minor) =>
      eachGiven(
        items(at(spec, "securityContext", "sysctls")).map((each) => ({
          who: "pod",
          value: at(each, "name"),
        })),
        (name) => SYSCTLS.some(([since, known]) => known === name && minor >= since),
        (name) => `sets the sysctl ${name}`,
      ),
  },
  {
    id: "windowsHostProcess",
    check: (pod) =>
      eachGiven(ofContexts(pod, "windowsOptions", "hostProcess"), isFalsy, () => "is a process of the host"),
  },
];

export function addedCapabilities(pod: SecuredPod): { who: string; value: Value }[] {
  return ofContainers(pod, "securityContext", "capabilities", "add").flatMap(({ who, value }) =>
    isUnknown(value) ? [{ who, value }] : items(value).map((each) => ({ who, value: each })),
  );
}

/** procMount_1_0 */
export function unmaskedProc(pod: SecuredPod): Problem[] {
  return eachGiven(
    ofContainers(pod, "securityContext", "procMount"),
    (mount) => mount === "Default",
    (mount) => `has procMount ${mount}`,
  );
}

function isAllowedAnnotation(value: Value): boolean {
  const profile = text(value);
  return profile === "" || profile === "runtime/default" || profile.startsWith("localhost/");
}
