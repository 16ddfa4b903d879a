/**
 * A person's business-scoped user id: `CC.` and up to 128 letters and digits, also behind `ENT.`.
 * https://developers.facebook.com/docs/whatsapp/business-scoped-user-ids, read 2026-02-06.
 */
const form = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/

export function isUserId(text: string): boolean {
  return form.test(text)
}
