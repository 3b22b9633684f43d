/** Families of EKS's images. */
export type Ami = "al2023" | "bottlerocket";

/**
 * Why none of EKS's images starts on an instance type, or undefined. Mac types run macOS on dedicated hosts only (EC2 User
 * Guide, "Amazon EC2 Mac instances"). AL2023 is compiled for ARMv8.2, which Graviton2 was the first to have (AL2023 User
 * Guide, "AL2023 system requirements": no A1).
 */
export function bootProblem(instanceTypeName: string, ami: Ami): string | undefined {
  if (/^mac[0-9-]/.test(instanceTypeName)) {
    return "runs macOS on a dedicated host, and no image of EKS's starts on it; write another type";
  }
  if (/^a1\./.test(instanceTypeName) && ami === "al2023") {
    return "has first-generation Graviton processors, on which AL2023 does not start; write a type with Graviton2 or later, such as m6g, or ami: bottlerocket";
  }
  return undefined;
}
