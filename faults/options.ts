import { parseArgs } from 'node:util'
import type { FaultKind } from './nemesis.ts'

export interface Options {
  /** How long faults are injected; quieting down and checking come on top. */
  minutes: number
  /** Chooses every fault, its moment and its length. */
  seed: number
  /** No more than this many messages of lists; without it, as many as go out in the time. */
  messagesMax: number
  hubCount: number
  /** On a slow machine it goes on, at most five times as long, until this much has happened: less would prove nothing. */
  atLeast?: { accepted: number; kinds: readonly FaultKind[] }
}

export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '1' },
      seed: { type: 'string', default: '1' },
      messages: { type: 'string' },
      hubs: { type: 'string', default: '3' },
    },
  })
  return {
    minutes: numberFrom('minutes', values.minutes, 0.1),
    seed: numberFrom('seed', values.seed, 0),
    messagesMax:
      values.messages === undefined ? Number.POSITIVE_INFINITY : numberFrom('messages', values.messages, 1),
    hubCount: numberFrom('hubs', values.hubs, 2),
  }
}

export function commandOf({ minutes, seed, messagesMax, hubCount }: Options): string {
  const messages = Number.isFinite(messagesMax) ? ` --messages ${messagesMax}` : ''
  return `npm run faults -- --minutes ${minutes} --seed ${seed}${messages} --hubs ${hubCount}`
}

function numberFrom(name: string, text: string, min: number): number {
  const value = Number(text)
  if (!Number.isFinite(value) || value < min) throw new Error(`--${name} must be a number from ${min} on.`)
  return value
}
