import { existsSync } from 'node:fs'
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { type ContactImport, contactId, contactImportMatch } from '../../../contract/index.ts'
import { pathOfFile } from '../../files/index.ts'
import { seedWorkspace, testCtx } from '../../platform/testing/index.ts'
import { exportContacts } from '../export-contacts.ts'
import { listContacts } from '../list-contacts.ts'
import { readContactHistory } from '../read-contact-history.ts'
import { addImport } from './add-import.ts'
import { cancelImport } from './cancel-import.ts'
import { chooseImportMatch } from './choose-import-match.ts'
import { exportRefused } from './export-refused.ts'
import { readImport } from './read-import.ts'
import { runImport } from './run-import.ts'
import { startImport } from './start-import.ts'

const ctx = await testCtx()
type Seeded = Awaited<ReturnType<typeof seedWorkspace>>

const people = `phone,name,City,unsubscribed
+598 91 000 001,Ana,Salto,
59891000002,Eva,Rocha,yes
call me,Ivo,,
59891000001,Ana again,,
59891000003,,,no
`

function upload({ owner }: Seeded, content: string): Promise<ContactImport> {
  const stream = Readable.from([Buffer.from(content)])
  return addImport(ctx, owner, { fileName: 'people.csv', mimeType: 'text/csv', stream, isCut: () => false })
}

async function run(seeded: Seeded, { id }: ContactImport): Promise<ContactImport> {
  const { owner, workspaceId } = seeded
  await startImport(ctx, owner, id)
  await runImport(ctx, { workspaceId, id })
  return readImport(ctx, workspaceId, id)
}

async function contactsOf({ owner }: Seeded) {
  const { data } = await listContacts(ctx, owner, { limit: 200 })
  return data.toSorted((a, b) => (a.phone ?? '').localeCompare(b.phone ?? ''))
}

async function textOf(lines: AsyncGenerator<string>): Promise<string> {
  let text = ''
  for await (const line of lines) text += line
  return text
}

describe('a file of contacts', () => {
  it('is judged before anybody is changed, its bad rows kept with their reasons', async () => {
    const seeded = await seedWorkspace(ctx)
    const added = await upload(seeded, people)
    expect(added).toMatchObject({
      state: 'ready',
      file_name: 'people.csv',
      rows: 5,
      rows_refused: 2,
      rows_known: 0,
      match: { phone: 'phone', name: ['name'], attributes: { City: 'City' } },
    })
    expect(await contactsOf(seeded)).toEqual([])
    const { lines } = await exportRefused(ctx, seeded.workspaceId, added.id)
    const refused = (await textOf(lines)).split('\r\n')
    expect(refused[1]).toBe('call me,Ivo,,,3,The phone has letters in it.')
    expect(refused[2]).toContain('59891000001,Ana again,,,4,An earlier row')
  })

  it('becomes contacts with names, attributes and opt-outs', async () => {
    const seeded = await seedWorkspace(ctx)
    const done = await run(seeded, await upload(seeded, people))
    expect(done).toMatchObject({ state: 'finished', rows_done: 5, created: 3, updated: 0 })
    const [ana, eva, third] = await contactsOf(seeded)
    expect(ana).toMatchObject({ phone: '59891000001', name: 'Ana', attributes: { City: 'Salto' } })
    expect(eva).toMatchObject({ name: 'Eva', source: 'import' })
    expect(eva?.opted_out_all_at).not.toBeNull()
    expect(third).toMatchObject({ phone: '59891000003', name: null, opted_out_all_at: null })
    const history = await readContactHistory(ctx, seeded.owner, contactId.parse(eva?.id))
    expect(history.consent).toMatchObject([
      { scope: 'all', opted_out: true, source: 'import', reason: 'people.csv' },
    ])
    const { rows } = await sql<{ type: string; data: Record<string, unknown> }>`
      select type, data from events where workspace_id = ${seeded.workspaceId}`.execute(ctx.db.worker)
    expect(rows).toMatchObject([
      {
        type: 'recipient.opted_out',
        data: {
          from: '+59891000002',
          instance_id: null,
          source: 'import',
          scope: 'all',
          contact_id: eva?.id,
        },
      },
    ])
  })

  it('a second time changes nothing', async () => {
    const seeded = await seedWorkspace(ctx)
    await run(seeded, await upload(seeded, people))
    const before = await contactsOf(seeded)
    const again = await upload(seeded, people)
    expect(again).toMatchObject({ rows: 5, rows_known: 3 })
    expect(await run(seeded, again)).toMatchObject({ created: 0, updated: 0 })
    const { rows } = await sql`select from events where workspace_id = ${seeded.workspaceId}`.execute(
      ctx.db.worker,
    )
    expect(rows).toHaveLength(1)
    expect((await contactsOf(seeded)).map(({ name, attributes }) => ({ name, attributes }))).toEqual(
      before.map(({ name, attributes }) => ({ name, attributes })),
    )
  })

  it('with other words replaces those of known contacts, or leaves them, as was chosen', async () => {
    const seeded = await seedWorkspace(ctx)
    await run(seeded, await upload(seeded, people))
    const other = 'phone,name,City\n59891000001,Ana María,\n59891000009,Leo,Salto\n'
    const kept = await upload(seeded, other)
    const match = contactImportMatch.parse({ phone: 'phone', name: ['name'], known: 'keep' })
    await chooseImportMatch(ctx, seeded.owner, { id: kept.id, match })
    expect(await run(seeded, kept)).toMatchObject({ created: 1, updated: 0 })
    expect((await contactsOf(seeded))[0]).toMatchObject({ name: 'Ana' })
    expect(await run(seeded, await upload(seeded, other))).toMatchObject({ created: 0, updated: 2 })
    const [ana, , , leo] = await contactsOf(seeded)
    expect(ana).toMatchObject({ name: 'Ana María', attributes: { City: 'Salto' } })
    expect(leo).toMatchObject({ name: 'Leo', attributes: { City: 'Salto' } })
  })

  it('that breaks off in the middle goes on where it stopped, and twice at once writes each row once', async () => {
    const seeded = await seedWorkspace(ctx)
    const { workspaceId } = seeded
    const rows = Array.from({ length: 2_500 }, (_, i) => `5989${String(3_000_000 + i)},Person ${i}`)
    const added = await upload(seeded, `phone,name\n${rows.join('\n')}\n`)
    await startImport(ctx, seeded.owner, added.id)
    const broken = new AbortController()
    const breaking = runImport(
      { ...ctx, live: { ...ctx.live, changed: () => broken.abort() } },
      { workspaceId, id: added.id, signal: broken.signal },
    )
    await expect(breaking).rejects.toThrow()
    expect(await readImport(ctx, workspaceId, added.id)).toMatchObject({ state: 'running', rows_done: 1_000 })
    await Promise.all([1, 2].map(() => runImport(ctx, { workspaceId, id: added.id })))
    const done = await readImport(ctx, workspaceId, added.id)
    expect(done).toMatchObject({ state: 'finished', rows_done: 2_500, created: 2_500, updated: 0 })
  })

  it.each([
    ['', 'empty'],
    ['phone,name\n', 'no rows'],
    ['phone,name\n59891000001,"Ana\n59891000002,Eva\n', 'quotation mark'],
  ])('that can not be read to its end leaves nothing behind: %j', async (content, words) => {
    const seeded = await seedWorkspace(ctx)
    await expect(upload(seeded, content)).rejects.toMatchObject({
      code: 'file_unreadable',
      message: expect.stringContaining(words),
    })
    const { rows } = await sql`
      select 1 from contact_imports where workspace_id = ${seeded.workspaceId}`.execute(ctx.db.worker)
    expect(rows).toEqual([])
    expect(await contactsOf(seeded)).toEqual([])
  })

  it('without a column of phones waits for somebody to name it', async () => {
    const seeded = await seedWorkspace(ctx)
    const added = await upload(seeded, 'who,city\nAna,Salto\nEva,Rocha\n')
    expect(added).toMatchObject({ state: 'ready', match: null, rows: 2 })
    await expect(startImport(ctx, seeded.owner, added.id)).rejects.toMatchObject({
      code: 'import_state_wrong',
    })
    const wrong = contactImportMatch.parse({ phone: 'telephone' })
    const choosing = chooseImportMatch(ctx, seeded.owner, { id: added.id, match: wrong })
    await expect(choosing).rejects.toMatchObject({ code: 'validation_failed' })
  })

  it('that is cancelled is gone, and is not started any more', async () => {
    const seeded = await seedWorkspace(ctx)
    const added = await upload(seeded, people)
    expect(await cancelImport(ctx, seeded.owner, added.id)).toMatchObject({ state: 'cancelled' })
    await expect(startImport(ctx, seeded.owner, added.id)).rejects.toMatchObject({
      code: 'import_state_wrong',
    })
    expect(existsSync(pathOfFile(ctx, `contacts/${added.id}`))).toBe(false)
  })

  it('in which everybody has opted out opts them out of what was chosen', async () => {
    const seeded = await seedWorkspace(ctx)
    const added = await upload(seeded, 'phone\n59891000001\n59891000002\n')
    const match = contactImportMatch.parse({ phone: 'phone', opt_out: { scope: 'marketing' } })
    await chooseImportMatch(ctx, seeded.owner, { id: added.id, match })
    await run(seeded, added)
    const contacts = await contactsOf(seeded)
    expect(contacts.map((one) => [one.opted_out_marketing_at !== null, one.opted_out_all_at])).toEqual([
      [true, null],
      [true, null],
    ])
  })
})

describe('an export', () => {
  it('is the filtered view, and an import takes it back', async () => {
    const seeded = await seedWorkspace(ctx)
    await run(seeded, await upload(seeded, people))
    const all = await textOf((await exportContacts(ctx, seeded.owner, {})).lines)
    expect(all.split('\r\n')).toHaveLength(5)
    const out = await textOf((await exportContacts(ctx, seeded.owner, { consent: 'opted_out' })).lines)
    expect(out).toContain('59891000002,,,Eva')
    expect(out).not.toContain('59891000001')
    const elsewhere = await seedWorkspace(ctx)
    expect(await run(elsewhere, await upload(elsewhere, all))).toMatchObject({ created: 3, rows_refused: 0 })
    const back = await contactsOf(elsewhere)
    expect(back.find(({ name }) => name === 'Eva')?.opted_out_all_at).not.toBeNull()
    expect(back.find(({ name }) => name === 'Ana')?.attributes).toEqual({ City: 'Salto' })
  })
})
