import { describe, expect, it } from 'vitest'
import { checkConsentWords, consentWordIn, defaultConsentWords } from './consent-word.ts'

describe('a message that is nothing but a word of consent', () => {
  it.each([
    'STOP',
    'stop',
    ' Stop! ',
    '"STOP"',
    '🛑 STOP 🛑',
    'Stop  all',
    'Unsubscribe.',
    'OPT-OUT',
    'Stop promotions',
    'Baja',
    'dar de baja',
    'Cancelar suscripción',
    'PARAR',
    'Désabonner',
    'إيقاف',
    'ايقاف',
    'إلغاء الاشتراك',
    'стоп',
    '退订',
    'ＳＴＯＰ',
  ])('%s asks for no more', (text) => expect(consentWordIn(text)).toBe('stop'))

  it.each(['START', 'start', 'Unstop', 'Alta', 'اشتراك'])('%s asks for messages again', (text) =>
    expect(consentWordIn(text)).toBe('start'),
  )

  it.each([
    '',
    '!',
    'stop it',
    'Please stop by tomorrow',
    'Does the bus stop here?',
    'not stop',
    'dame de alta el servicio',
    'stop '.repeat(1_000),
  ])('%j is just a message', (text) => expect(consentWordIn(text)).toBeNull())
})

describe('words of a workspace', () => {
  const ours = { stop_words: ['Basta ya', 'Cancélame'], start_words: ['Volver'] }

  it('are the only ones that count, however they are typed', () => {
    expect(consentWordIn('¡BASTA  YA!', ours)).toBe('stop')
    expect(consentWordIn('cancelame', ours)).toBe('stop')
    expect(consentWordIn('volver', ours)).toBe('start')
    expect(consentWordIn('stop', ours)).toBeNull()
  })

  it('are tidied: blanks around them, and the same word typed twice', () => {
    const typed = { stop_words: ['  Stop ', 'STOP!', 'opt   out'], start_words: ['Start'] }
    expect(checkConsentWords(typed)).toEqual({
      ok: true,
      stop_words: ['Stop', 'opt out'],
      start_words: ['Start'],
    })
    expect(checkConsentWords(defaultConsentWords)).toMatchObject({ ok: true, ...defaultConsentWords })
  })

  it('must say something, and not both', () => {
    const typed = { stop_words: ['!', 'Élan'], start_words: ['start', 'elan'] }
    expect(checkConsentWords(typed)).toMatchObject({
      ok: false,
      fields: [{ path: 'stop_words.0' }, { path: 'start_words.1' }],
    })
  })
})
