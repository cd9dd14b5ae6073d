// A real Slurm of two nodes on this machine: munged, slurmctld and one slurmd a node, each node in a pid namespace
// of its own so that killing one process crashes the node with everything on it. Every port is on 127.0.0.1.
// Needs root and Debian's slurmctld, slurmd, slurm-client and munge.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Daemons live outside the PATH of some users. */
const searched = `${process.env.PATH}:/usr/sbin:/sbin`;
const PROGRAMS = ['munged', 'slurmctld', 'slurmd', 'sbatch', 'squeue', 'scontrol', 'scancel', 'unshare'];

export class SlurmCluster {
  readonly path: string;
  readonly env: NodeJS.ProcessEnv;
  readonly #processes = new Map<string, ChildProcess>();

  private constructor(path: string) {
    this.path = path;
    this.env = { ...process.env, PATH: searched, SLURM_CONF: join(path, 'slurm.conf') };
  }

  /** Throws with the names of programs that are not installed. */
  static async start(port: number): Promise<SlurmCluster> {
    const missing = PROGRAMS.filter((name) => !hasProgram(name));
    if (missing.length) {
      throw new Error(`not installed: ${missing.join(', ')}; .ci/run installs what the tests need`);
    }
    const path = mkdtempSync(join(tmpdir(), 'emft-slurm-'));
    // munged insists that everybody can reach its socket.
    chmodSync(path, 0o755);
    const cluster = new SlurmCluster(path);
    try {
      await cluster.#start(port);
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  async #start(port: number): Promise<void> {
    const { path } = this;
    for (const name of ['munge', 'log', 'state', 'spool-n1', 'spool-n2'])
      mkdirSync(join(path, name), { mode: 0o755 });
    writeFileSync(join(path, 'munge.key'), randomBytes(128), { mode: 0o600 });
    writeFileSync(join(path, 'slurm.conf'), configuration(path, port));
    this.#spawn('munged', 'munged', [
      '-F',
      `--key-file=${path}/munge.key`,
      `--socket=${path}/munge/socket`,
      `--pid-file=${path}/munge/pid`,
      `--log-file=${path}/log/munged.log`,
      `--seed-file=${path}/munge/seed`,
    ]);
    await until(() => existsSync(`${path}/munge/socket`), 10, 'munged makes its socket');
    this.#spawn('slurmctld', 'slurmctld', ['-D', '-c']);
    for (const node of ['n1', 'n2']) this.startNode(node);
    await until(() => this.nodesIdle() === 2, 30, 'two nodes are idle');
  }

  startNode(node: string): void {
    const script = `slurmd -D -N ${node} & while :; do sleep 1000; done`;
    this.#spawn(node, 'unshare', ['--pid', '--fork', '--kill-child', '--mount-proc', 'bash', '-c', script]);
  }

  /** kill -9 of slurmd, its steps and their processes, all at once; returns when none of them is left. */
  async crashNode(node: string): Promise<void> {
    const process = this.#processes.get(node)!;
    const ended = new Promise((resolve) => process.once('exit', resolve));
    process.kill('SIGKILL');
    this.#processes.delete(node);
    await ended;
    // The kernel ends the rest of the namespace in its own time. A slurmd that starts before that finds its port
    // taken, gives up, and the node never comes back.
    await this.until(() => !this.#processesOf(node), 30, `every process of ${node} has ended`);
  }

  /** Whether a slurmd of the node, or a step that it started, is still there. */
  #processesOf(node: string): boolean {
    return readdirSync('/proc').some((name) => {
      if (!/^\d+$/.test(name)) return false;
      try {
        const environment = readFileSync(`/proc/${name}/environ`, 'utf8');
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
        if (!environment.includes(`SLURM_CONF=${this.path}/slurm.conf`)) return false;
        return command.includes(`-N ${node} `) || environment.includes(`SLURMD_NODENAME=${node}\0`);
      } catch {
        return false;
      }
    });
  }

  /**
   * What an administrator does after a node has failed. Slurm drains a node and holds its jobs where a launch failed,
   * as one can that comes while slurmd still clears what the crash left in its spool directory.
   */
  repair(): void {
    // By the time an order is there a node may have come back, or a job may have started, by itself.
    const order = (...args: string[]) => {
      try {
        this.run('scontrol', ...args);
      } catch {}
    };
    for (const line of this.run('sinfo', '-h', '-N', '-o', '%N %T').trim().split('\n')) {
      const [node, state] = line.split(' ');
      if (/^(drain|down)/.test(state)) order('update', `nodename=${node}`, 'state=resume');
    }
    for (const line of this.run('squeue', '-h', '-t', 'pending', '-r', '-o', '%i %r').trim().split('\n')) {
      const [job, reason] = line.split(' ');
      if (/held/i.test(reason ?? '')) order('release', job);
    }
  }

  /** Empties the queue and brings both nodes back to idle. */
  async reset(): Promise<void> {
    this.run('scancel', `--user=${userInfo().username}`);
    await this.until(
      () => {
        this.repair();
        return this.nodesIdle() === 2;
      },
      60,
      'two nodes are idle',
    );
  }

  nodesIdle(): number {
    try {
      const text = this.run('sinfo', '-h', '-N', '-o', '%T');
      return text.split('\n').filter((state) => state === 'idle').length;
    } catch {
      return 0;
    }
  }

  run(command: string, ...args: string[]): string {
    return execFileSync(command, args, {
      env: this.env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** `JOB_ELEMENT STATE NODE RESTARTS` of every element that the controller knows. */
  elements(job: string): { element: number; state: string; node: string; restarts: number }[] {
    return this.run('scontrol', '-o', 'show', 'job', job)
      .split('\n')
      .filter((line) => line.includes('JobState='))
      .map((line) => {
        const field = (name: string) => new RegExp(`\\b${name}=(\\S*)`).exec(line)?.[1] ?? '';
        return {
          element: Number(field('ArrayTaskId')),
          state: field('JobState'),
          node: field('NodeList'),
          restarts: Number(field('Restarts')),
        };
      });
  }

  log(name: string): string {
    return readFileSync(join(this.path, 'log', `${name}.log`), 'utf8');
  }

  /** Waits for a condition; if it never holds, the error tells what the cluster was doing. */
  async until(condition: () => boolean | Promise<boolean>, seconds: number, what: string): Promise<void> {
    try {
      await until(condition, seconds, what);
    } catch (error) {
      throw new Error(`${(error as Error).message}\n${this.#report()}`);
    }
  }

  #report(): string {
    const tail = (text: string) => text.trimEnd().split('\n').slice(-40).join('\n');
    const part = (title: string, text: () => string) => {
      try {
        return `${title}:\n${tail(text())}`;
      } catch (error) {
        return `${title}: ${error}`;
      }
    };
    return [
      part('nodes', () => this.run('sinfo', '-N', '-o', '%N %T %E')),
      part('queue', () => this.run('squeue', '-a', '-t', 'all', '-o', '%i %T %N %r')),
      part('slurmctld', () => this.log('slurmctld')),
      part('slurmd n1', () => this.log('slurmd-n1')),
    ].join('\n');
  }

  #spawn(name: string, command: string, args: string[]): void {
    const output = openSync(join(this.path, 'log', `${name}.out`), 'a');
    const child = spawn(command, args, { env: this.env, stdio: ['ignore', output, output] });
    closeSync(output);
    child.on('error', () => {});
    this.#processes.set(name, child);
  }

  async stop(): Promise<void> {
    for (const name of ['n1', 'n2', 'slurmctld', 'munged']) {
      const child = this.#processes.get(name);
      if (!child || child.exitCode !== null || child.signalCode !== null) continue;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    }
    // The rest of the nodes' namespaces, which still write into the directory.
    await until(() => !['n1', 'n2'].some((node) => this.#processesOf(node)), 30, 'the nodes have ended');
    rmSync(this.path, { recursive: true, force: true });
  }
}

function hasProgram(name: string): boolean {
  return searched.split(':').some((directory) => existsSync(join(directory, name)));
}

/** Waits for a condition; throws with its name after `seconds`. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  seconds: number,
  what: string,
): Promise<void> {
  const end = performance.now() + 1000 * seconds;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`waited ${seconds} s in vain until ${what}`);
    await sleep(50);
  }
}

function configuration(path: string, port: number): string {
  const host = execFileSync('hostname', ['-s'], { encoding: 'utf8' }).trim();
  return `
ClusterName=test
SlurmctldHost=${host}(127.0.0.1)
SlurmctldPort=${port}
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
SrunPortRange=${port + 100}-${port + 199}
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket=${path}/munge/socket,cred_expire=5
SlurmUser=root
SlurmdUser=root
StateSaveLocation=${path}/state
SlurmdSpoolDir=${path}/spool-%n
SlurmctldPidFile=${path}/slurmctld.pid
SlurmdPidFile=${path}/slurmd-%n.pid
SlurmctldLogFile=${path}/log/slurmctld.log
SlurmdLogFile=${path}/log/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerType=sched/backfill
SchedulerParameters=sched_interval=1,bf_interval=1,batch_sched_delay=0
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
JobCompType=jobcomp/filetxt
JobCompLoc=${path}/jobcomp.txt
MpiDefault=none
MailProg=/bin/true
ReturnToService=2
SlurmdTimeout=3
SlurmctldTimeout=5
KillWait=2
MinJobAge=300
JobRequeue=1
NodeName=n[1-2] NodeHostname=${host} NodeAddr=127.0.0.1 Port=[${port + 1}-${port + 2}] CPUs=2 RealMemory=2000 State=UNKNOWN
PartitionName=main Nodes=n[1-2] Default=YES MaxTime=INFINITE State=UP
`;
}
