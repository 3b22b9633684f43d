// What EC2 does where Terraform deletes a security group of nodes, or the subnets and the VPC: the emulator lets go of what is still
// held, and EC2 does not (EC2 API Reference, DeleteSecurityGroup, DeleteSubnet, DeleteVpc: DependencyViolation).
//
//   node leave-vpc.cjs URL GROUP-OR-VPC
const [url, id] = process.argv.slice(2);

async function call(service, version, action, parameters = {}) {
  const authorization = `AWS4-HMAC-SHA256 Credential=test/20261129/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  const body = new URLSearchParams({ Action: action, Version: version, ...parameters });
  const text = await (await fetch(url, { method: "POST", body, headers: { authorization } })).text();
  if (/<Errors?>/.test(text)) throw new Error(text);
  return text;
}
const ec2 = (action, parameters) => call("ec2", "2016-11-15", action, parameters);
const all = (xml, name) =>
  [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, "g"))].map(([, text]) => text);
const by = (name) => ({ "Filter.1.Name": name, "Filter.1.Value.1": id });

/** Throws what EC2 answers where something is held. */
function refuse(held) {
  if (held.length > 0)
    throw new Error(`DependencyViolation: ${id} has dependencies and cannot be deleted: ${held.join(", ")}`);
}

async function leaveGroup() {
  refuse(all(await ec2("DescribeNetworkInterfaces", by("group-id")), "networkInterfaceId"));
  await ec2("DeleteSecurityGroup", { GroupId: id });
}

async function leaveVpc() {
  const balancers = await call("elasticloadbalancing", "2015-12-01", "DescribeLoadBalancers");
  const classic = await call("elasticloadbalancing", "2012-06-01", "DescribeLoadBalancers");
  const inVpc = [...balancers.split("<member>"), ...classic.split("<member>")].filter((each) =>
    each.includes(id),
  );
  const groups = (await ec2("DescribeSecurityGroups", by("vpc-id"))).split("<groupId>").slice(1);
  refuse([
    ...new Set([
      ...inVpc.flatMap((each) => all(each, "LoadBalancerName")),
      ...all(await ec2("DescribeNetworkInterfaces", by("vpc-id")), "networkInterfaceId"),
      ...groups
        .filter((each) => !each.includes("<groupName>default</groupName>"))
        .map((each) => each.split("<")[0]),
    ]),
  ]);
  for (const subnet of new Set(all(await ec2("DescribeSubnets", by("vpc-id")), "subnetId")))
    await ec2("DeleteSubnet", { SubnetId: subnet });
  await ec2("DeleteVpc", { VpcId: id });
}

(id.startsWith("sg-") ? leaveGroup() : leaveVpc()).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
