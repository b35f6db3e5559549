// ffjavascript starts a thread for every core of the machine; here as many as the process may use.
import os from "node:os";

const cores = os.cpus().slice(0, os.availableParallelism());
os.cpus = () => cores;
