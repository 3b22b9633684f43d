/** `aws_subnet` of `module.vpc.aws_subnet.private["a"]`; empty for what is no address of a resource. */
export function typeOfAddress(address: string): string {
  return (
    /(?:^|\.)([a-z][a-z0-9_]*)\.[A-Za-z_][\w-]*(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?$/.exec(address)?.[1] ?? ""
  );
}
