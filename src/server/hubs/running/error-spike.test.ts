import { describe, expect, it } from 'vitest'
import { createSpikeMeter } from './error-spike.ts'

const list = 'lst_1'
const second = (sent_more: number, stopping_more: number) => [
  { workspace_id: 'wsp_1', list_id: list, sent_more, stopping_more },
]

describe('errors that all later messages would share', () => {
  it('stop a fast list within two seconds, however well the minute before went', () => {
    const meter = createSpikeMeter()
    for (let n = 1; n <= 60; n += 1) meter.take(second(1_000, 0), n * 1_000)
    expect(meter.isSpiking(list, 60_000)).toBe(false)
    meter.take(second(1_000, 1_000), 61_000)
    meter.take(second(1_000, 1_000), 62_000)
    expect(meter.isSpiking(list, 62_000)).toBe(true)
  })

  it('stop a slow list after ten when nearly nothing else comes', () => {
    const meter = createSpikeMeter()
    for (let n = 1; n <= 9; n += 1) meter.take(second(1, 1), n * 5_000)
    expect(meter.isSpiking(list, 45_000)).toBe(false)
    meter.take(second(1, 1), 50_000)
    expect(meter.isSpiking(list, 50_000)).toBe(true)
  })

  it('stop a list of which a fifth fails over a minute', () => {
    const meter = createSpikeMeter()
    for (let n = 1; n <= 9; n += 1) meter.take(second(10, 2), n * 5_000)
    expect(meter.isSpiking(list, 45_000)).toBe(true)
  })

  it('stop nothing while they are few, nor after a pause for what came before its end', () => {
    const meter = createSpikeMeter()
    for (let n = 1; n <= 30; n += 1) meter.take(second(80, 8), n * 1_000)
    expect(meter.isSpiking(list, 30_000)).toBe(false)
    meter.take(second(80, 80), 31_000)
    meter.take(second(80, 80), 32_000)
    expect(meter.isSpiking(list, 32_000)).toBe(true)
    meter.forget(list)
    expect(meter.isSpiking(list, 32_000)).toBe(false)
    meter.take(second(20, 20), 33_000)
    meter.keepOnly([])
    expect(meter.isSpiking(list, 33_000)).toBe(false)
    meter.take(second(80, 0), 34_000)
    meter.keepOnly([list])
    expect(meter.isSpiking(list, 34_000)).toBe(false)
  })
})
