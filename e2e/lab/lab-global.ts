// What scripts/lab/parity/page.ts puts on its page, as far as the tests use it.
import type { Told } from './lab-program.ts';

export interface LabEvent {
  readonly type: string;
  readonly instance?: string;
  readonly reason?: string;
  readonly code?: number | null;
  readonly text?: string;
}

export interface Deployment {
  fetch(path: string, init?: RequestInit): Promise<Response>;
  restart(): Promise<void>;
  kill(instance?: string): Promise<void>;
  wait(milliseconds: number): Promise<void>;
  instances(): readonly { id: string; state: string }[];
  interrupt(service: string): Promise<void>;
  restore(service: string): Promise<void>;
  reset(): Promise<void>;
  edit(files: Readonly<Record<string, string>>): Promise<void>;
  sources(): Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export interface Lab {
  transcript(stage: string, target: string): Promise<Told[]>;
  experiment(
    stage: string,
    name: string,
  ): Promise<{ verdict: string; differences: string[] } | undefined>;
  measure(stage: string, times: number): Promise<{ boot: number[]; request: number[] }>;
  create(options: {
    readonly stage: string;
    readonly target: string;
    readonly edits?: Readonly<Record<string, string>>;
    readonly emit?: (event: LabEvent) => void;
    readonly onTrace?: (trace: unknown) => void;
  }): Promise<Deployment>;
}

declare global {
  var lab: Lab;
}
