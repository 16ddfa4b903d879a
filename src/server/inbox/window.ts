/**
 * How long free text is allowed after the customer's last message.
 * https://developers.facebook.com/docs/whatsapp/pricing#customer-service-windows, read 2026-11-21.
 */
export const windowMs = 24 * 60 * 60 * 1000

/** A provider's clock that runs ahead must not give more time than there is. */
export function windowEnd(writtenAt: Date, now: Date): Date {
  return new Date(Math.min(writtenAt.getTime(), now.getTime()) + windowMs)
}

export function isWindowOpen(expiresAt: Date | null, now: Date): boolean {
  return expiresAt !== null && expiresAt.getTime() > now.getTime()
}
