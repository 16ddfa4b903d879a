export interface ReplyWindow {
  isOpen: boolean
  leftMs: number
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** Whether free text may be sent: until 24 h after the customer's last message. The hub decides the same way. */
export function replyWindow(expiresAt: string | null, now: number): ReplyWindow {
  const leftMs = expiresAt === null ? 0 : Math.max(0, new Date(expiresAt).getTime() - now)
  return { isOpen: leftMs > 0, leftMs }
}

/** In the units that matter: hours and minutes, then minutes, at last seconds. */
export function countdownParts(leftMs: number): { hours: number; minutes: number; seconds: number } {
  return {
    hours: Math.floor(leftMs / hourMs),
    minutes: Math.floor((leftMs % hourMs) / minuteMs),
    seconds: Math.floor((leftMs % minuteMs) / 1000),
  }
}

/** Calm with hours left, a warning in the last two, urgent in the last quarter of an hour. */
export function urgency(leftMs: number): 'grey' | 'amber' | 'red' {
  if (leftMs < 15 * minuteMs) return 'red'
  return leftMs < 2 * hourMs ? 'amber' : 'grey'
}
