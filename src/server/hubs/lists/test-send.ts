import { type List, type ListId, numberId, type TestSend } from '../../../contract/index.ts'
import { type Actor, ParleyError } from '../../platform/index.ts'
import type { ServerCtx } from '../../providers/index.ts'
import { sendMessage } from '../../sending/index.ts'
import { checkParameters, fillTemplate, getTemplate, renderPreview, valuesOf } from '../../templates/index.ts'
import { getRow, variablesOfRow } from '../match/preview-row.ts'
import { getList, readList } from './read-list.ts'

/** Sends the message of one row to a number of the tester's choice; the list itself does not change. */
export async function testSend(
  ctx: ServerCtx,
  actor: Actor,
  { listId, test }: { listId: ListId; test: TestSend },
): Promise<List> {
  const { workspaceId } = actor
  const { list, template } = await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const list = await getList(tx, workspaceId, listId)
    const templateId = list.template_id ?? list.hub_template_id
    const template = templateId === null ? null : await getTemplate(tx, workspaceId, templateId)
    if (!template || !list.match) {
      throw new ParleyError('list_match_incomplete', 'Match the list and choose its template first.')
    }
    const row = await getRow(tx, workspaceId, { listId, rowNumber: test.row_number })
    const filled = fillTemplate(template, await variablesOfRow(tx, workspaceId, { list, row }))
    if (!filled.ok) {
      const message = `Row ${test.row_number} has no value for ${filled.missing.join(', ')}.`
      throw new ParleyError('template_parameters_wrong', message, { missing: filled.missing })
    }
    return { list, template: filled.template }
  })
  const input = {
    type: 'template' as const,
    number_id: numberId.parse(list.number_id),
    to: test.to,
    template,
  }
  await sendMessage(ctx, actor, input, { rules: { checkParameters, renderPreview, valuesOf } })
  return readList(ctx, workspaceId, listId)
}
