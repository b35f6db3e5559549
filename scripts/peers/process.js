// Child processes: their output, wall time and largest resident memory.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const POLL_MILLIS = 20;

/** VmHWM in MiB; undefined once the process has ended, or where there is no /proc. */
function peakMiB(pid) {
  try {
    const [, kiB] = /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return Math.round(kiB / 1024);
  } catch {
    return undefined;
  }
}

function watch(child) {
  const result = {};
  const timer = setInterval(() => (result.peakMiB = peakMiB(child.pid) ?? result.peakMiB), POLL_MILLIS);
  child.on("close", () => clearInterval(timer));
  return result;
}

/** Runs a command to its end. @returns {Promise<{stdout: string, seconds: number, peakMiB?: number}>} */
export function run(command, args, { env, cwd } = {}) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    const watched = watch(child);
    const output = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"]) {
      child[stream].setEncoding("utf8").on("data", (text) => (output[stream] += text));
    }
    let seconds;
    child.on("exit", () => (seconds = (performance.now() - started) / 1000));
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) {
        resolve({ stdout: output.stdout, seconds, ...watched });
      } else {
        const said = `${output.stderr}${output.stdout}`.trim().split("\n").slice(-15).join("\n");
        reject(new Error(`${command} ${args.join(" ")} ended with ${signal ?? code}:\n${said}`));
      }
    });
  });
}

/** A process that answers every line with a line of JSON. It ends with its input. */
export class Server {
  #child;
  #lines;
  #name;

  constructor(command, args, options = {}) {
    this.#name = `${command} ${args.at(-1)}`;
    this.#child = spawn(command, args, { ...options, stdio: ["pipe", "pipe", "inherit"] });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  async ask(line) {
    this.#child.stdin.write(`${line}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`${this.#name} ended at ${line}`);
    return JSON.parse(value);
  }

  close() {
    this.#child.stdin.end();
  }
}
