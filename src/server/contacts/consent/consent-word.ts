import { consentWordMax } from '../../../contract/index.ts'

export interface ConsentWords {
  stop_words: readonly string[]
  start_words: readonly string[]
}

/** Whole messages by which people ask for no more messages, or for messages again, until a workspace has words of its own. */
export const defaultConsentWords = {
  stop_words: [
    ...['stop', 'stop all', 'stopall', 'stop promotions', 'unsubscribe', 'opt out', 'optout'],
    ...['baja', 'dar de baja', 'darme de baja', 'cancelar suscripción', 'no quiero recibir más mensajes'],
    ...['parar', 'sair', 'descadastrar', 'cancelar inscrição', 'parar promoções'],
    ...['désabonner', 'me désabonner', 'désinscription', 'stopp', 'abmelden', 'abbestellen', 'afmelden'],
    ...['disiscrivimi', 'cancellami', 'wypisz', 'berhenti', 'стоп', 'отписаться'],
    ...['רוצה להסיר', 'הסר', 'הסרה'],
    ...['إيقاف', 'توقف', 'إلغاء', 'إلغاء الاشتراك', 'रोकें', 'बंद करें', '退订', '停止'],
  ],
  start_words: [
    ...['start', 'unstop', 'subscribe', 'opt in', 'optin', 'resume promotions'],
    ...['alta', 'darme de alta', 'inscrever', 'me inscrever', 'réabonner', 'anmelden', 'aanmelden'],
    ...['iscrivimi', 'старт', 'подписаться', 'اشتراك', 'ابدأ', 'शुरू करें', '订阅'],
  ],
} as const satisfies ConsentWords

/** Longer messages need not be looked at. */
export function mayBeConsentWord(text: string): boolean {
  return text.length <= consentWordMax
}

/** Only a whole message counts: "please stop by tomorrow" is no opt-out. */
export function consentWordIn(
  text: string,
  { stop_words, start_words }: ConsentWords = defaultConsentWords,
): 'stop' | 'start' | null {
  if (!mayBeConsentWord(text)) return null
  const spelt = spell(text)
  if (spelt === '') return null
  if (stop_words.some((word) => spell(word) === spelt)) return 'stop'
  return start_words.some((word) => spell(word) === spelt) ? 'start' : null
}

export type CheckedWords =
  | { ok: true; stop_words: string[]; start_words: string[] }
  | { ok: false; fields: { path: string; message: string }[] }

/** As a person typed them: the same word twice is one, and none may mean both or nothing. */
export function checkConsentWords({ stop_words, start_words }: ConsentWords): CheckedWords {
  const stop = tidy('stop_words', stop_words)
  const start = tidy('start_words', start_words)
  const stops = new Set([...stop.kept.keys()])
  const clashes = [...start.kept].flatMap(([spelt, { index, word }]) =>
    stops.has(spelt)
      ? [{ path: `start_words.${index}`, message: `“${word}” is among the words that stop, too.` }]
      : [],
  )
  const fields = [...stop.problems, ...start.problems, ...clashes]
  if (fields.length > 0) return { ok: false, fields }
  const wordsOf = (one: Tidied) => [...one.kept.values()].map(({ word }) => word)
  return { ok: true, stop_words: wordsOf(stop), start_words: wordsOf(start) }
}

interface Tidied {
  kept: Map<string, { index: number; word: string }>
  problems: { path: string; message: string }[]
}

function tidy(path: string, words: readonly string[]): Tidied {
  const kept: Tidied['kept'] = new Map()
  const problems: Tidied['problems'] = []
  for (const [index, raw] of words.entries()) {
    const word = raw.trim().replace(/\s+/gu, ' ')
    const spelt = spell(word)
    if (spelt === '')
      problems.push({ path: `${path}.${index}`, message: 'A word needs a letter or a digit.' })
    else if (!kept.has(spelt)) kept.set(spelt, { index, word })
  }
  return { kept, problems }
}

/** Without what people leave out or add as they type: case, accents, signs around, doubled blanks. */
function spell(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f\u064b-\u0655\u0640]/g, '')
    .normalize('NFC')
    .replace(/[\u0622\u0623\u0625]/g, 'ا')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
}
