/** Whole messages by which people ask for no more messages, or for messages again, as `spell` writes them. */
const words: Record<'stop' | 'start', ReadonlySet<string>> = {
  stop: new Set([
    ...['stop', 'stop all', 'stopall', 'stop promotions', 'unsubscribe', 'opt out', 'optout'],
    ...['baja', 'dar de baja', 'darme de baja', 'cancelar suscripcion', 'no quiero recibir mas mensajes'],
    ...['parar', 'sair', 'descadastrar', 'cancelar inscricao', 'parar promocoes'],
    ...['desabonner', 'me desabonner', 'desinscription', 'stopp', 'abmelden', 'abbestellen', 'afmelden'],
    ...[
      'disiscrivimi',
      'cancellami',
      'wypisz',
      'berhenti',
      'стоп',
      'отписаться',
      'רוצה להסיר',
      'הסר',
      'הסרה',
    ],
    ...['ايقاف', 'توقف', 'الغاء', 'الغاء الاشتراك', 'रोकें', 'बंद करें', '退订', '停止'],
  ]),
  start: new Set([
    ...['start', 'unstop', 'subscribe', 'opt in', 'optin', 'resume promotions'],
    ...['alta', 'darme de alta', 'inscrever', 'me inscrever', 'reabonner', 'anmelden', 'aanmelden'],
    ...['iscrivimi', 'старт', 'подписаться', 'اشتراك', 'ابدا', 'शुरू करें', '订阅'],
  ]),
}

const longest = 40

/** Only a whole message counts: "please stop by tomorrow" is no opt-out. */
export function consentWordIn(text: string): 'stop' | 'start' | null {
  if (text.length > longest) return null
  const spelt = spell(text)
  if (words.stop.has(spelt)) return 'stop'
  return words.start.has(spelt) ? 'start' : null
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
