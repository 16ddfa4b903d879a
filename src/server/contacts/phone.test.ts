import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalizePhone, phoneVariants } from './phone.ts'

describe('T41 the phone rule', () => {
  it.each([
    ['598091234567', '598091234567', false],
    ['+598 (091) 23-45 67', '598091234567', true],
    [' 15551234567 ', '15551234567', true],
    ['+966٥٠١٢٣٤٥٦٧', '966501234567', true],
    ['＋５５ １１ ９１２３４ ５６７８', '5511912345678', true],
    ['\u202a+44 7911 123456\u202c', '447911123456', true],
    ['44–7911—123456', '447911123456', true],
    ['5215512345678', '5215512345678', false],
  ])('takes %s', (raw, phone, cleaned) => {
    expect(normalizePhone(raw)).toEqual({ ok: true, phone, cleaned })
  })

  it.each([
    ['', 'empty'],
    [' ()-', 'empty'],
    ['1e15', 'letters'],
    ['call me', 'letters'],
    ['+0', 'national_form'],
    ['0911234567', 'national_form'],
    ['0044 7911 123456', 'national_form'],
    ['5980912.34567', 'signs'],
    ['59809/1234567', 'signs'],
    ['++598091234567', 'signs'],
    ['598+091234567', 'signs'],
    ['12345', 'too_short'],
    ['4412345678901234', 'too_long'],
    ['999123456789', 'unknown_country'],
    ['1555123456', 'impossible_length'],
  ])('refuses %s', (raw, reason) => {
    expect(normalizePhone(raw)).toMatchObject({ ok: false, reason })
  })

  it('never throws, and what it takes is 7 to 15 digits that it would take again', () => {
    const nearPhones = fc.string({ unit: fc.constantFrom(...'0123456789+-() ٣५é') })
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), nearPhones), (raw) => {
        const verdict = normalizePhone(raw)
        if (!verdict.ok) return
        expect(verdict.phone).toMatch(/^[1-9][0-9]{6,14}$/)
        expect(normalizePhone(verdict.phone)).toEqual({ ok: true, phone: verdict.phone, cleaned: false })
      }),
    )
  })
})

describe('variants of a phone', () => {
  it('keep a Brazilian landline apart from a mobile', () => {
    expect(phoneVariants('551132345678')).toEqual(['551132345678'])
  })

  it.each([
    ['Brazil', '5511987654321', '551187654321'],
    ['Mexico', '5215512345678', '525512345678'],
    ['Argentina', '5491123456789', '541123456789'],
  ])('of %s name each other', (_country, a, b) => {
    expect(phoneVariants(a)).toEqual([a, b])
    expect([...phoneVariants(b)].sort()).toEqual([a, b].sort())
  })

  it('know the form without the national 0', () => {
    expect(phoneVariants('598091234567')).toEqual(['598091234567', '59891234567'])
  })

  it('are the phone alone elsewhere', () => {
    expect(phoneVariants('447911123456')).toEqual(['447911123456'])
  })
})
