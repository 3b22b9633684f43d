import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/**
 * Three networks of one machine, as namespaces within a user namespace that ends with its script: a pod's, a router's, and one of a server
 * with a DNS server and listeners. What the router drops is dropped as a policy or a security group does: nobody answers.
 */
export interface Networks {
  /** Names and addresses that the DNS server knows; 10.9.2.2 is the server. */
  readonly names: Readonly<Record<string, string>>;
  /** TCP ports of the server on which somebody listens. */
  readonly listening: readonly number[];
  /** Words of `ip rule` for the router: `ipproto tcp dport 9443 blackhole`. */
  readonly rules: readonly string[];
}

/** Answers A queries from NAMES and says NXDOMAIN of others; listens on PORTS. */
const SERVER = `
const dgram = require("node:dgram"), net = require("node:net");
const names = JSON.parse(process.env.NAMES), ports = JSON.parse(process.env.PORTS);
const socket = dgram.createSocket("udp4");
socket.on("message", (query, from) => {
  let at = 12; const labels = [];
  while (query[at]) { labels.push(query.subarray(at + 1, at + 1 + query[at]).toString()); at += query[at] + 1; }
  const end = at + 5, type = query.readUInt16BE(at + 1);
  const address = names[labels.join(".").toLowerCase()];
  const head = Buffer.from(query.subarray(0, 12));
  head.writeUInt16BE(address ? 0x8580 : 0x8583, 2);
  head.writeUInt16BE(1, 4); head.writeUInt16BE(address && type === 1 ? 1 : 0, 6); head.writeUInt32BE(0, 8);
  const answer = address && type === 1
    ? Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 5, 0, 4, ...address.split(".").map(Number)])
    : Buffer.alloc(0);
  socket.send(Buffer.concat([head, query.subarray(12, end), answer]), from.port, from.address);
});
let waiting = ports.length + 1;
const ready = () => { if (--waiting === 0) require("node:fs").writeFileSync(process.env.READY, ""); };
socket.bind(53, "10.9.2.2", ready);
for (const port of ports) net.createServer((each) => each.end()).listen(port, "10.9.2.2", ready);
`;

function setUp(folder: string, { rules }: Networks): string {
  return `
mount -t tmpfs tmpfs /run
mount --bind ${folder}/resolv.conf /etc/resolv.conf
for n in pod router server; do ip netns add $n; ip -n $n link set lo up; done
ip -n pod link add eth0 type veth peer name pod netns router
ip -n server link add eth0 type veth peer name server netns router
ip -n pod addr add 10.9.1.2/24 dev eth0; ip -n router addr add 10.9.1.1/24 dev pod
ip -n server addr add 10.9.2.2/24 dev eth0; ip -n router addr add 10.9.2.1/24 dev server
for each in "pod eth0" "router pod" "router server" "server eth0"; do set -- $each; ip -n $1 link set $2 up; done
ip -n pod route add default via 10.9.1.1; ip -n server route add default via 10.9.2.1
ip netns exec router sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward'
${rules.map((rule) => `ip -n router rule add ${rule}`).join("\n")}
READY=${folder}/ready ip netns exec server "$NODE" ${folder}/server.cjs & serving=$!
trap 'kill $serving 2>/dev/null || true' EXIT
for i in $(seq 100); do [ -e ${folder}/ready ] && break; sleep 0.1; done
`;
}

function isolated(script: string, env: Readonly<Record<string, string>>, timeout: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn("unshare", ["-Urnm", "sh", "-ec", script], {
      env: { ...process.env, ...env, NODE: process.execPath },
      timeout,
    });
    let said = "";
    let wrong = "";
    child.stdout.on("data", (data: Buffer) => (said += data.toString()));
    child.stderr.on("data", (data: Buffer) => (wrong += data.toString()));
    child.on("close", (code) => (code === 0 ? resolve(said) : reject(new Error(`${code}: ${wrong}`))));
  });
}

/** What a script prints that runs in the pod's network. */
export async function inPod(networks: Networks, script: string, timeout = 150_000): Promise<string> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "networks-"));
  try {
    fs.writeFileSync(path.join(folder, "resolv.conf"), "nameserver 10.9.2.2\n");
    fs.writeFileSync(path.join(folder, "server.cjs"), SERVER);
    fs.writeFileSync(path.join(folder, "probe.sh"), script);
    fs.mkdirSync(path.join(folder, "bin"));
    // The image's nslookup is busybox's.
    fs.symlinkSync("/usr/bin/busybox", path.join(folder, "bin", "nslookup"));
    return await isolated(
      `${setUp(folder, networks)}\nPATH=${folder}/bin:$PATH ip netns exec pod sh ${folder}/probe.sh`,
      { NAMES: JSON.stringify(networks.names), PORTS: JSON.stringify(networks.listening) },
      timeout,
    );
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Why networks can't be made here, or nothing be tried in them; undefined where they can. */
export function noNetworks(): string | undefined {
  const tried = spawnSync(
    "unshare",
    [
      "-Urnm",
      "sh",
      "-ec",
      "mount -t tmpfs tmpfs /run; ip netns add a; ip -n a rule add ipproto tcp dport 1 blackhole",
    ],
    { timeout: 10_000 },
  );
  if (tried.status !== 0)
    return "this system lets nobody make networks in a user namespace (unshare -Urnm, ip netns)";
  if (!fs.existsSync("/usr/bin/busybox")) return "busybox is not installed";
  const nc = spawnSync("nc", ["-z", "-w", "1"], { encoding: "utf8", timeout: 5_000 });
  return nc.error !== undefined || /(?:invalid|illegal) option/.test(nc.stderr)
    ? "there is no nc that knows -z"
    : undefined;
}
