import { foreignKinds } from "../../../components/foreign-kinds";
import {
  type AdmissionRule,
  celList,
  CONTENT_CHANGES,
  IS_ADMINISTRATOR,
  type ResourceRule,
  WHERE,
} from "./admission-policy";

const every = (apiGroups: readonly string[], resources: readonly string[]): ResourceRule => ({
  apiGroups,
  apiVersions: ["*"],
  resources,
});

/** CEL: whether who asks may write an object of one of the kinds. */
function writers(): string {
  return foreignKinds
    .map(({ kind, madeBy, madeByPlatform }) => {
      const who = [
        ...(madeBy === undefined ? [] : [`request.userInfo.username == '${madeBy}'`]),
        ...(madeByPlatform ? [IS_ADMINISTRATOR] : []),
      ];
      return who.length === 0 ? "" : `(object.kind == '${kind}' && (${who.join(" || ")}))`;
    })
    .filter((each) => each !== "")
    .join(" || ");
}

/** CEL: fields by which Prometheus would read a file of its own, such as its token. */
const READS_FILES =
  "e.?bearerTokenFile.orValue('') != '' || ['caFile', 'certFile', 'keyFile'].exists(f, f in e.?tlsConfig.orValue({}))";

/**
 * Objects by which a controller acts for a team with rights of its own: kinds that no team writes, and within other kinds
 * what reaches further than the namespace.
 */
export function foreignRightsRule(): AdmissionRule {
  const groups = [...new Set(foreignKinds.map(({ group }) => group))];
  return {
    name: "foreign-rights",
    resources: [
      ...groups.map((group) =>
        every(
          [group],
          foreignKinds.filter((each) => each.group === group).map(({ resource }) => resource),
        ),
      ),
      every(["cert-manager.io"], ["certificates", "certificaterequests"]),
      every(["keda.sh"], ["triggerauthentications"]),
      every(["monitoring.coreos.com"], ["servicemonitors"]),
      every([""], ["services"]),
    ],
    conditions: CONTENT_CHANGES,
    variables: { spec: "dyn(object).?spec.orValue({})" },
    validations: [
      {
        expression: `!(object.kind in ${celList(foreignKinds.map(({ kind }) => kind))}) || ${writers()}`,
        message: `${WHERE} + ': its controller would act with its own rights; teams have no ' + object.kind`,
      },
      {
        // The mesh's CA signs whatever cert-manager asks of it (aws-privateca-issuer has no approver of its own).
        expression:
          "!(object.kind in ['Certificate', 'CertificateRequest']) || dyn(variables.spec).?issuerRef.?group.orValue('cert-manager.io') != 'awspca.cert-manager.io'",
        message: `${WHERE} + ': the CA in AWS signs for the platform only; name another issuer'`,
      },
      {
        // KEDA 2.20: the operator's role, and for Vault the operator's own Kubernetes token.
        expression:
          "object.kind != 'TriggerAuthentication' || ((dyn(variables.spec).?podIdentity.?provider.orValue('none') == 'none' || dyn(variables.spec).?podIdentity.?identityOwner.orValue('keda') == 'workload') && (dyn(variables.spec).?hashiCorpVault.?authentication.orValue('token') != 'kubernetes' || dyn(variables.spec).?hashiCorpVault.?credential.?serviceAccountName.orValue('') != '') && dyn(variables.spec).?filePath.orValue('') == '')",
        message: `${WHERE} + ': it would use the identity of KEDA; name a secret or service account of the namespace, or the ClusterTriggerAuthentication of the platform'`,
      },
      {
        expression: `object.kind != 'ServiceMonitor' || !dyn(variables.spec).?endpoints.orValue([]).exists(e, ${READS_FILES})`,
        message: `${WHERE} + ': Prometheus would send a file of its own; name a secret of the namespace'`,
      },
      {
        // Nodes send to its pods what is meant for the address, for everybody (Kubernetes, CVE-2020-8554).
        expression: "object.kind != 'Service' || size(dyn(variables.spec).?externalIPs.orValue([])) == 0",
        message: `${WHERE} + ': externalIPs would take the traffic of others; remove them'`,
      },
    ],
  };
}
