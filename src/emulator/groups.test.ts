import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dict, dicts, errorOf, Stage, until, wamidOf } from './testing/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open()
})
afterAll(() => stage.close())

const people = ['14155550901', '14155550902']

async function makeGroup(): Promise<string> {
  const group = { phone_number_id: stage.account.numberId, subject: 'Garden club', participants: people }
  const answer = await stage.control('POST', '/groups', group)
  expect(answer.status).toBe(201)
  return String(answer.body.id)
}

const told = (list: string, id: string) =>
  stage.hub
    .values()
    .flatMap((value) => dicts(value[list]))
    .filter((item) => [item.group_id, item.recipient_id].includes(id))

describe('a group', () => {
  it('is told of, and its people write in it', async () => {
    const id = await makeGroup()
    const said = await stage.control('POST', `/groups/${id}/participants/${people[0]}/messages`, {
      ...{ type: 'text', text: 'Who waters?', name: 'Ana' },
    })
    await until('the message', () => told('messages', id).length === 1 && told('groups', id).length === 2)
    expect(told('messages', id)).toMatchObject([
      { id: said.body.id, from: people[0], type: 'text', text: { body: 'Who waters?' } },
    ])
    expect(told('groups', id)).toMatchObject([
      { type: 'group_create', subject: 'Garden club' },
      { type: 'group_participants_add', added_participants: people.map((wa_id) => ({ wa_id })) },
    ])
    const stranger = await stage.control('POST', `/groups/${id}/participants/14155550999/messages`, {
      ...{ type: 'text', text: 'Me too' },
    })
    expect(stranger.status).toBe(422)
  })

  it('is answered once for all, and each of its people has statuses', async () => {
    const id = await makeGroup()
    await stage.control('POST', `/groups/${id}/participants/${people[1]}/messages`, {
      ...{ type: 'text', text: 'Me' },
    })
    const answer = await stage.send({ recipient_type: 'group', to: id, type: 'text', text: { body: 'Fine' } })
    expect(dicts(answer.body.messages)).toMatchObject([{ group_id: id }])
    await until('five statuses', () => stage.hub.statusesOf(wamidOf(answer)).length === 5)
    expect(stage.hub.statusesOf(wamidOf(answer))).toEqual(['sent', 'delivered', 'delivered', 'read', 'read'])
    expect(told('statuses', id).map((status) => status.recipient_participant_id)).toEqual([
      undefined,
      ...people,
      ...people,
    ])
    expect(told('statuses', id).every((status) => status.recipient_type === 'group')).toBe(true)
    const kept = await stage.control('GET', `/groups/${id}`)
    expect(dict(dicts(kept.body.messages)[1]?.message)).toMatchObject({ text: { body: 'Fine' } })
  })

  it('that nobody wrote in for a day takes templates only, and an unknown one nothing', async () => {
    const silent = await stage.send({ recipient_type: 'group', to: await makeGroup(), text: { body: 'Hi' } })
    await until('the failure', () => stage.hub.statusesOf(wamidOf(silent)).length > 0)
    expect(stage.hub.statusesOf(wamidOf(silent))).toEqual(['failed:131047'])
    const unknown = await stage.send({ recipient_type: 'group', to: 'NOBODY', text: { body: 'Hi' } })
    expect(errorOf(unknown).code).toBe(131009)
  })
})
