import { readGatewayApi } from "../vendored-bundle";
import type { TargetCheck } from "./finding";

/** Cilium's operator needs the definitions before it starts, so synth needs their file. */
export const gatewayApiCheck: TargetCheck = ({ config, release }) => {
  const { cni } = config;
  if (!("gatewayApi" in cni) || !cni.gatewayApi.enabled) return [];
  const { version, override } = release.gatewayApi;
  const bundle = readGatewayApi(version);
  if (!("problem" in bundle)) return [];
  const choice = override === undefined ? `--release ${release.name}` : `--bundle ${version}`;
  return [
    {
      path: ["cni", "gatewayApi", "enabled"],
      message: `${bundle.problem}; run octarine vendor gateway-api ${choice} and commit the file`,
    },
  ];
};
