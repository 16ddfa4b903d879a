import { readFileSync } from 'node:fs'

const everyMs = 1_000

/** Resident memory of a process in MB: at the beginning, at its highest and at the end. Linux only. */
export function watchMemory(pid: number | undefined): { stop(): Record<string, number> } {
  const beginning = residentMb(pid)
  let highest = beginning
  const timer = setInterval(() => {
    highest = Math.max(highest, residentMb(pid))
  }, everyMs)
  return {
    stop: () => {
      clearInterval(timer)
      return { beginning, highest, end: residentMb(pid) }
    },
  }
}

function residentMb(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024)
}
