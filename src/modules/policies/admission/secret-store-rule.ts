import {
  awsGenerators,
  clusterWideSecretKinds,
  EXTERNAL_SECRETS_USER,
  GENERATOR_STATE,
  GENERATORS_GROUP,
  harmlessGenerators,
  SECRETS_GROUP,
} from "../../../components/external-secrets/kinds";
import { type AdmissionRule, celList, CONTENT_CHANGES, IS_ADMINISTRATOR, WHERE } from "./admission-policy";

const ALL_VERSIONS = ["*"];

/**
 * Stores, generators and pushes of a team's own: with a service account of its namespace, or not at all. A store that
 * names none reads with the role of External Secrets, which may become the role of every store, that of the mesh's CA
 * too (external-secrets/external-secrets v2.9.0, providers/v1/aws/auth/auth.go: the SDK's own chain); and providers of
 * others hand the operator's Kubernetes token to the address that the store names (providers/v1/vault, infisical).
 */
export function secretStoreRule(): AdmissionRule {
  const isCluster = `object.kind in ${celList(clusterWideSecretKinds.map(({ kind }) => kind))}`;
  return {
    name: "secret-stores",
    resources: [
      {
        apiGroups: [SECRETS_GROUP],
        apiVersions: ALL_VERSIONS,
        resources: [
          ...["secretstores", "pushsecrets"],
          ...clusterWideSecretKinds
            .filter(({ group }) => group === SECRETS_GROUP)
            .map(({ resource }) => resource),
        ],
      },
      // All there are: a later version may have more of them.
      { apiGroups: [GENERATORS_GROUP], apiVersions: ALL_VERSIONS, resources: ["*"] },
    ],
    conditions: CONTENT_CHANGES,
    variables: {
      isGenerator: `object.apiVersion.startsWith('${GENERATORS_GROUP}/') && object.kind != 'ClusterGenerator'`,
      aws: "object.kind == 'SecretStore' ? dyn(object).?spec.?provider.?aws.orValue({}) : dyn(object).?spec.orValue({})",
      ownAccount:
        "dyn(variables.aws).?auth.?jwt.?serviceAccountRef.hasValue() && !dyn(variables.aws).?auth.?secretRef.hasValue()",
      namesRole:
        "dyn(variables.aws).?role.orValue('') != '' || size(dyn(variables.aws).?additionalRoles.orValue([])) > 0",
    },
    validations: [
      {
        expression:
          "object.kind != 'SecretStore' || (dyn(object).?spec.?provider.?aws.hasValue() && variables.ownAccount && !variables.namesRole)",
        message: `${WHERE} + ': a store of a namespace names a service account of it (spec.provider.aws.auth.jwt.serviceAccountRef) and no role: it would read with the rights of External Secrets; use a ClusterSecretStore of the platform'`,
      },
      {
        expression: `!variables.isGenerator || object.kind in ${celList(harmlessGenerators)} || (object.kind in ${celList(awsGenerators)} && variables.ownAccount && !variables.namesRole) || (object.kind == '${GENERATOR_STATE}' && request.userInfo.username == '${EXTERNAL_SECRETS_USER}')`,
        message: `${WHERE} + ': a generator that asks others names a service account of its namespace (spec.auth.jwt.serviceAccountRef) and no role; allowed so: ${awsGenerators.join(", ")}; free: ${harmlessGenerators.join(", ")}'`,
      },
      {
        expression:
          "object.kind != 'PushSecret' || dyn(object).?spec.?secretStoreRefs.orValue([]).all(r, r.?kind.orValue('SecretStore') == 'SecretStore')",
        message: `${WHERE} + ': the stores of the platform are read only; push to a SecretStore of the namespace'`,
      },
      {
        expression: `!(${isCluster}) || ${IS_ADMINISTRATOR}`,
        message: `${WHERE} + ': is for the whole cluster and is made by the platform; declare a store in secrets.stores'`,
      },
    ],
  };
}
