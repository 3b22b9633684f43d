import { join } from "node:path";
import { loadSync } from "@grpc/proto-loader";
import { type HealthDefinition } from "./gen/grpc/health/v1/Health";
import { type GreeterDefinition } from "./gen/helloworld/Greeter";

const directory = join(__dirname, "..", "proto");

export const GREETER = "helloworld.Greeter";
const HEALTH = "grpc.health.v1.Health";

// The types are generated from the files that are loaded, so the name of a method is proof enough.
const isGreeter = (found: unknown): found is GreeterDefinition => hasMethod(found, "SayHello");
const isHealth = (found: unknown): found is HealthDefinition => hasMethod(found, "Watch");
const hasMethod = (found: unknown, name: string): boolean =>
  typeof found === "object" && found !== null && name in found;

/** Reads proto/*.proto; the types of the messages come from the same files (npm run generate). */
export function loadServices(): { readonly greeter: GreeterDefinition; readonly health: HealthDefinition } {
  const files = ["helloworld.proto", "health.proto"].map((file) => join(directory, file));
  const { [GREETER]: greeter, [HEALTH]: health } = loadSync(files, {
    longs: String,
    enums: String,
    defaults: true,
  });
  if (!isGreeter(greeter) || !isHealth(health))
    throw new Error(`no ${GREETER} or no ${HEALTH} in ${directory}`);
  return { greeter, health };
}
