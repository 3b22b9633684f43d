import { createHash } from "node:crypto";

const definition = (plural: string, kind: string, version: string) => `---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: ${plural}.gateway.networking.k8s.io
  annotations:
    gateway.networking.k8s.io/bundle-version: ${version}
spec:
  group: gateway.networking.k8s.io
  scope: Namespaced
  names: { kind: ${kind}, plural: ${plural} }
  versions:
    - name: v1
      served: true
      storage: true
      additionalPrinterColumns:
        - { name: Class, type: string, jsonPath: .spec.class, description: what it is of }
      schema:
        openAPIV3Schema:
          type: object
          description: A ${kind}.
          properties:
            spec:
              type: object
              description: What is wanted.
              default: { description: kept }
              properties:
                description: { type: string, description: A text of the user's. }
                parts: { type: array, items: { type: string, description: A part. } }
status:
  acceptedNames: { kind: "", plural: "" }
  conditions: null
  storedVersions: null
`;

/**
 * Two definitions in the shape of a Gateway API release, with the empty status of each definition in v1.3.0 and v1.4.1
 * (kubernetes-sigs/gateway-api, config/crd/experimental).
 */
export const smallBundle = (version = "v1.4.1"): string =>
  `# install manifest\n${definition("gateways", "Gateway", version)}${definition("httproutes", "HTTPRoute", version)}`;

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
