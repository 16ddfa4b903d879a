import { parsePhoneNumberFromString } from 'libphonenumber-js/max'

const phoneProblems = [
  'empty',
  'letters',
  'signs',
  'national_form',
  'too_short',
  'too_long',
  'unknown_country',
  'impossible_length',
] as const
export type PhoneProblem = (typeof phoneProblems)[number]

export type PhoneVerdict =
  | { ok: true; phone: string; cleaned: boolean }
  | { ok: false; reason: PhoneProblem; message: string }

/** Plain words for the person who reads the list of refused rows. */
const messages: Record<PhoneProblem, string> = {
  empty: 'The phone is empty.',
  letters: 'The phone has letters in it.',
  signs: 'Only digits, a leading +, blanks, dashes and parentheses are allowed.',
  national_form: 'The phone begins with 0: write it in international form, with the country code first.',
  too_short: 'The phone has fewer than 7 digits.',
  too_long: 'The phone has more than 15 digits.',
  unknown_country: 'No country has a code that begins like this.',
  impossible_length: 'Phones of this country have another number of digits.',
}

const blanksDashesParentheses = /[\s()\-\u2010-\u2015\u2212]/gu
/** Joiners and direction marks that come along when a phone is copied from a chat. */
const invisibleMarks = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu

/**
 * The phone rule: international digits only. `+`, blanks, dashes and parentheses are cleaned and digits of other
 * scripts written as 0 to 9 (then `cleaned` is true); everything else is refused. The digits themselves are never changed.
 */
export function normalizePhone(raw: string): PhoneVerdict {
  const digits = toPlainDigits(raw.normalize('NFKC'))
    .replace(invisibleMarks, '')
    .replace(blanksDashesParentheses, '')
    .replace(/^\+/, '')
  if (digits === '') return refuse('empty')
  if (/\p{L}/u.test(digits)) return refuse('letters')
  if (!/^[0-9]+$/.test(digits)) return refuse('signs')
  if (digits.startsWith('0')) return refuse('national_form')
  if (digits.length < 7) return refuse('too_short')
  if (digits.length > 15) return refuse('too_long')
  const parsed = parsePhoneNumberFromString(`+${withoutMexicanOne(digits)}`)
  if (!parsed) return refuse('unknown_country')
  if (!parsed.isPossible()) return refuse('impossible_length')
  return { ok: true, phone: digits, cleaned: digits !== raw }
}

/** Most phones need no parsing, which costs 12 µs: a list has a million of them. */
const mayHaveNationalZero = /^[1-9][0-9]{0,2}0/

/**
 * Every way the same line may be written, the given one first: WhatsApp and carriers disagree about the mobile 9 of
 * Brazil, the 1 of Mexico and the 9 of Argentina, and people leave the national 0 after the country code.
 */
export function phoneVariants(phone: string): string[] {
  const variants = new Set([phone])
  for (const variant of countryVariants(phone)) variants.add(variant)
  const parsed = mayHaveNationalZero.test(phone) ? parsePhoneNumberFromString(`+${phone}`) : undefined
  if (parsed?.isPossible()) variants.add(parsed.number.slice(1))
  return [...variants]
}

function countryVariants(phone: string): string[] {
  const brazil = /^55([1-9][1-9])9?([6-9][0-9]{7})$/.exec(phone)
  if (brazil) return [`55${brazil[1]}9${brazil[2]}`, `55${brazil[1]}${brazil[2]}`]
  const mexico = /^521?([1-9][0-9]{9})$/.exec(phone)
  if (mexico) return [`52${mexico[1]}`, `521${mexico[1]}`]
  const argentina = /^549?([1-8][0-9]{9})$/.exec(phone)
  if (argentina) return [`549${argentina[1]}`, `54${argentina[1]}`]
  return []
}

/** Mexico dropped the 1 before mobile numbers, but WhatsApp still writes it. */
function withoutMexicanOne(digits: string): string {
  return digits.replace(/^521(?=[0-9]{10}$)/, '52')
}

/** Digits of any script: each block of ten begins at a code point whose digit is 0. */
function toPlainDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    let zero = digit.codePointAt(0) ?? 0
    const value = zero
    while (value - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1
    return String(value - zero)
  })
}

/** Of a problem that was kept as a word. */
export function explainPhoneProblem(word: string): string {
  const reason = phoneProblems.find((one) => one === word)
  return reason === undefined ? 'The phone is not valid.' : messages[reason]
}

function refuse(reason: PhoneProblem): PhoneVerdict {
  return { ok: false, reason, message: messages[reason] }
}
