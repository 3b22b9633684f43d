import { refusesService, SERVICE, SHOP } from "../../support/workload-problems";

const EVENTS =
  "{ cluster: arn:aws:kafka:us-east-1:111122223333:cluster/events/1a2b-3c, brokers: [b-1.events.a.c2.kafka.us-east-1.amazonaws.com:9098], cidrs: [10.0.0.0/24], topics: [orders], groups: [web] }";

describe("how a service scales", () => {
  refusesService([
    {
      what: "two that decide the replicas",
      target: "metricsServer: {}\n" + SHOP,
      service: SERVICE + "replicas: 3\nscaling: { horizontal: { max: 4, cpuPercent: 70 } }\n",
      problem:
        "envs/dev/workloads/web.yaml:3:11  workloads.web.replicas: 3  is undone by scaling.horizontal; remove one of them",
    },
    {
      what: "no replicas without a queue",
      target: "metricsServer: {}\n" + SHOP,
      service: SERVICE + "scaling: { horizontal: { min: 0, max: 4, cpuPercent: 70 } }\n",
      problem:
        "envs/dev/workloads/web.yaml:3:31  workloads.web.scaling.horizontal.min: 0  is for what KEDA reads only: without a pod no CPU or memory is in use, and none ever comes back; write at least 1",
    },
    {
      what: "scaling by nothing",
      service: SERVICE + "scaling: { horizontal: { max: 4 } }\n",
      problem:
        "envs/dev/workloads/web.yaml:3:12  workloads.web.scaling.horizontal  goes by nothing; write for example cpuPercent: 70",
    },
    {
      what: "more replicas than the most",
      target: "metricsServer: {}\n" + SHOP,
      service: SERVICE + "scaling: { horizontal: { min: 5, max: 4, cpuPercent: 70 } }\n",
      problem:
        "envs/dev/workloads/web.yaml:3:12  workloads.web.scaling.horizontal  has min above max; write at least min as max",
    },
    {
      what: "an HPA without metrics",
      service: SERVICE + "scaling: { horizontal: { max: 4, memoryPercent: 80 } }\n",
      problem:
        "envs/dev/workloads/web.yaml:3:49  workloads.web.scaling.horizontal.memoryPercent: 80  needs the metrics server; write metricsServer: {}",
    },
    {
      what: "a queue without KEDA",
      service:
        SERVICE + "scaling: { horizontal: { max: 4, queues: [{ name: orders, messagesPerReplica: 5 }] } }\n",
      problem:
        "envs/dev/workloads/web.yaml:3:51  workloads.web.scaling.horizontal.queues[0].name: orders  needs KEDA; write keda: { queues: [orders] }",
    },
    {
      what: "a queue that KEDA may not read",
      target: "keda: { queues: [other] }\n" + SHOP,
      service:
        SERVICE + "scaling: { horizontal: { max: 4, queues: [{ name: orders, messagesPerReplica: 5 }] } }\n",
      problem:
        "envs/dev/workloads/web.yaml:3:51  workloads.web.scaling.horizontal.queues[0].name: orders  is not in keda.queues, so KEDA may not read it; add it there",
    },
    {
      what: "one queue twice",
      target: "keda: { queues: [orders] }\n" + SHOP,
      service:
        SERVICE +
        "scaling: { horizontal: { max: 4, queues: [{ name: orders, messagesPerReplica: 5 }, { name: orders, messagesPerReplica: 9 }] } }\n",
      problem:
        "envs/dev/workloads/web.yaml:3:92  workloads.web.scaling.horizontal.queues[1].name: orders  is listed twice; keep one",
    },
    {
      what: "a figure of Prometheus without KEDA",
      target: SHOP,
      service: SERVICE + "scaling: { horizontal: { max: 4, prometheus: [{ query: up, perReplica: 1 }] } }\n",
      problem:
        "envs/dev/workloads/web.yaml:3:34  workloads.web.scaling.horizontal.prometheus  needs KEDA; write keda: {}",
    },
    {
      what: "a figure of Prometheus without Prometheus",
      target: "keda: {}\n" + SHOP,
      service: SERVICE + "scaling: { horizontal: { max: 4, prometheus: [{ query: up, perReplica: 1 }] } }\n",
      problem:
        "envs/dev/workloads/web.yaml:3:34  workloads.web.scaling.horizontal.prometheus  needs Prometheus; write observability: { prometheus: {} }",
    },
    {
      what: "a CloudWatch metric that KEDA may not read",
      target: "keda: {}\n" + SHOP,
      service:
        SERVICE +
        "scaling: { horizontal: { max: 4, cloudWatch: [{ namespace: AWS/SQS, metric: Age, dimensions: {}, perReplica: 9 }] } }\n",
      problem:
        "envs/dev/workloads/web.yaml:3:34  workloads.web.scaling.horizontal.cloudWatch  is not allowed: KEDA may not read metrics; write keda.cloudWatch: true",
    },
    {
      what: "a Kafka cluster that KEDA doesn't know",
      target: `keda: { kafka: { events: ${EVENTS} } }\n` + SHOP,
      service:
        SERVICE +
        "scaling: { horizontal: { max: 4, kafka: [{ cluster: event, topic: orders, group: web, messagesPerReplica: 9 }] } }\n",
      problem:
        "envs/dev/workloads/web.yaml:3:53  workloads.web.scaling.horizontal.kafka[0].cluster: event  is not in keda.kafka; did you mean events? Known: events",
    },
    {
      what: "a topic that KEDA may not read",
      target: `keda: { kafka: { events: ${EVENTS} } }\n` + SHOP,
      service:
        SERVICE +
        "scaling: { horizontal: { max: 4, kafka: [{ cluster: events, topic: bills, group: web, messagesPerReplica: 9 }] } }\n",
      problem:
        "envs/dev/workloads/web.yaml:3:68  workloads.web.scaling.horizontal.kafka[0].topic: bills  is not in keda.kafka.events.topics, so KEDA may not read it; add it there",
    },
    {
      what: "a schedule that ends when it begins",
      target: "keda: {}\n" + SHOP,
      service:
        SERVICE +
        'scaling: { horizontal: { max: 4, schedules: [{ start: "0 7 * * *", end: "0 7 * * *", replicas: 4 }] } }\n',
      problem:
        "envs/dev/workloads/web.yaml:3:73  workloads.web.scaling.horizontal.schedules[0].end: 0 7 * * *  is the same as start, so it never ends or never begins; write another time",
    },
    {
      what: "a schedule of more than the most",
      target: "keda: {}\n" + SHOP,
      service:
        SERVICE +
        'scaling: { horizontal: { max: 4, schedules: [{ start: "0 7 * * *", end: "0 9 * * *", replicas: 5 }] } }\n',
      problem:
        "envs/dev/workloads/web.yaml:3:96  workloads.web.scaling.horizontal.schedules[0].replicas: 5  is more than max (4), so it is never reached; write at most 4, or a greater max",
    },
    {
      what: "a schedule of no more than the least",
      target: "keda: {}\n" + SHOP,
      service:
        SERVICE +
        'scaling: { horizontal: { min: 3, max: 4, schedules: [{ start: "0 7 * * *", end: "0 9 * * *", replicas: 3 }] } }\n',
      problem:
        "envs/dev/workloads/web.yaml:3:104  workloads.web.scaling.horizontal.schedules[0].replicas: 3  has no effect: there are never less than min (3); write more than 3, or a lesser min",
    },
    {
      what: "a time zone in other capitals than its file's",
      target: "keda: {}\n" + SHOP,
      service:
        SERVICE +
        'scaling: { horizontal: { max: 4, schedules: [{ start: "0 7 * * *", end: "0 9 * * *", timeZone: europe/berlin, replicas: 4 }] } }\n',
      problem:
        "envs/dev/workloads/web.yaml:3:96  workloads.web.scaling.horizontal.schedules[0].timeZone: europe/berlin  has other capitals than the IANA database, and KEDA looks for a file of just that name; write it as there, for example Europe/Berlin",
    },
    {
      what: "a schedule by a word that KEDA doesn't read",
      target: "keda: {}\n" + SHOP,
      service:
        SERVICE +
        'scaling: { horizontal: { max: 4, schedules: [{ start: "@daily", end: "0 9 * * *", replicas: 4 }] } }\n',
      problem:
        "envs/dev/workloads/web.yaml:3:55  workloads.web.scaling.horizontal.schedules[0].start: @daily  must be five fields; KEDA takes no word such as @daily",
    },
    {
      what: "a time zone that nobody knows",
      target: "keda: {}\n" + SHOP,
      service:
        SERVICE +
        'scaling: { horizontal: { max: 4, schedules: [{ start: "0 7 * * *", end: "0 9 * * *", timeZone: Berlin, replicas: 4 }] } }\n',
      problem:
        "envs/dev/workloads/web.yaml:3:96  workloads.web.scaling.horizontal.schedules[0].timeZone: Berlin  is not a time zone; write a name of the IANA database, for example Europe/Berlin",
    },
    {
      what: "a VPA without the autoscaler",
      service: SERVICE + "scaling: { vertical: {} }\n",
      problem:
        "envs/dev/workloads/web.yaml:3:12  workloads.web.scaling.vertical  needs the Vertical Pod Autoscaler; write verticalPodAutoscaler: {}",
    },
    {
      what: "a VPA that can't act",
      target: "metricsServer: {}\nverticalPodAutoscaler: {}\n" + SHOP,
      service: SERVICE + "scaling: { vertical: { mode: recreate } }\n",
      problem:
        "envs/dev/workloads/web.yaml:3:30  workloads.web.scaling.vertical.mode: recreate  has no effect: verticalPodAutoscaler.mode is recommend; write act there, or recommend here",
    },
    {
      what: "HPA and VPA on one metric",
      target: "metricsServer: {}\nverticalPodAutoscaler: { mode: act }\n" + SHOP,
      service:
        SERVICE + "scaling: { horizontal: { max: 4, cpuPercent: 70 }, vertical: { mode: recreate } }\n",
      problem:
        "envs/dev/workloads/web.yaml:3:52  workloads.web.scaling.vertical.resources: cpu, memory  has cpu, which scaling.horizontal goes by: each would undo the other's work; write resources: [memory], or mode: recommend",
    },
    {
      what: "KEDA and VPA on one metric",
      target: "metricsServer: {}\nverticalPodAutoscaler: { mode: act }\nkeda: { queues: [orders] }\n" + SHOP,
      service:
        SERVICE +
        "scaling: { horizontal: { max: 4, memoryPercent: 70, queues: [{ name: orders, messagesPerReplica: 5 }] }, vertical: { mode: in-place, resources: [memory] } }\n",
      problem:
        "envs/dev/workloads/web.yaml:3:134  workloads.web.scaling.vertical.resources: memory  has memory, which scaling.horizontal goes by: each would undo the other's work; remove one of them, or mode: recommend",
    },
  ]);
});
