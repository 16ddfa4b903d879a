import { describe, expect, it } from 'vitest'
import { consentWordIn } from './consent-word.ts'

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
