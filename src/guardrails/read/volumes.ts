import type { Resource } from "../resource";
import { show } from "../rule";
import { at, isAbsent, items, type Value } from "../../values/value";

interface Volume {
  readonly name: string;
  readonly encrypted: Value;
  readonly key: Value;
}

/** The volumes of a launch template, an instance, a node class, or one of its own. */
export function volumesOf({ type, attributes }: Resource): Volume[] {
  if (type === "aws_ebs_volume")
    return [{ name: "the volume", encrypted: attributes.encrypted, key: attributes.kms_key_id }];
  const isNodeClass = type === "k8s:EC2NodeClass";
  const mappings = isNodeClass
    ? at(attributes, "spec", "blockDeviceMappings")
    : attributes.block_device_mappings;
  return items(mappings)
    .filter((each) => isAbsent(at(each, "virtual_name")) && isAbsent(at(each, "no_device")))
    .map((each) => ({
      name: show(at(each, isNodeClass ? "deviceName" : "device_name")),
      encrypted: at(each, "ebs", "encrypted"),
      key: at(each, "ebs", isNodeClass ? "kmsKeyID" : "kms_key_id"),
    }));
}
