import { field, isObject, items, type Json, parseJson, text } from "../../../terraform-plan/json";

/** An object that Terraform made and would delete. */
export interface StateObject {
  /** As Terraform writes it: `module.velero.aws_s3_bucket.bucket[0]`. */
  readonly address: string;
  readonly type: string;
  readonly attributes: Json;
}

/** The provider configuration that an object was made with: `hashicorp/aws`, and an alias for that of a peer. */
export interface StateProvider {
  readonly source: string;
  readonly alias?: string;
}

/** What a stack's state says of what is there. Never printed whole: a state holds secrets in the clear. */
export interface PulledState {
  readonly objects: readonly StateObject[];
  readonly providers: readonly StateProvider[];
  /** Keys of the states that the stack read when it was last applied: `octarine/prod-us-east-1/backup.tfstate`. */
  readonly reads: readonly string[];
}

/** Reads what `terraform state pull` prints (state format 4); undefined where that is nothing or not a state. */
export function readPulledState(printed: string): PulledState | undefined {
  if (printed.trim() === "") return undefined;
  const root = parseJson(printed);
  if (field(root, "version") !== 4) return undefined;
  const resources = items(field(root, "resources"));
  const managed = resources.filter((each) => field(each, "mode") === "managed");
  return {
    objects: managed.flatMap(objectsOf),
    providers: distinct(managed.flatMap(providerOf)),
    reads: resources
      .filter((each) => field(each, "type") === "terraform_remote_state")
      .flatMap((each) => items(field(each, "instances")))
      .flatMap(
        (each) => text(field(field(field(field(each, "attributes"), "config"), "value"), "key")) ?? [],
      ),
  };
}

function objectsOf(resource: Json): StateObject[] {
  const type = text(field(resource, "type")) ?? "";
  const module = text(field(resource, "module"));
  const address = [...(module === undefined ? [] : [module]), type, text(field(resource, "name"))].join(".");
  return items(field(resource, "instances")).map((instance) => {
    const index = field(instance, "index_key");
    const key = index === undefined || index === null ? "" : `[${JSON.stringify(index)}]`;
    return { address: address + key, type, attributes: field(instance, "attributes") ?? null };
  });
}

/** `provider["registry.terraform.io/hashicorp/aws"].prod-us-west-2`; the host is Terraform's or OpenTofu's. */
function providerOf(resource: Json): StateProvider[] {
  const written = text(field(resource, "provider")) ?? "";
  const [, source, alias] = /provider\["[^/"]+\/([^"]+)"\](?:\.(.+))?$/.exec(written) ?? [];
  return source === undefined ? [] : [{ source, ...(alias !== undefined && { alias }) }];
}

function distinct(providers: readonly StateProvider[]): StateProvider[] {
  return [...new Map(providers.map((each) => [`${each.source} ${each.alias ?? ""}`, each])).values()];
}

/** A text attribute of an object, where it has one. */
export function attribute({ attributes }: StateObject, name: string): string | undefined {
  return isObject(attributes) ? text(attributes[name]) : undefined;
}
