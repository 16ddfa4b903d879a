import { z } from 'zod'
import { errorCodeEntry } from '../../contract/index.ts'
import { listStateCodes } from '../messages/index.ts'
import type { HttpApp } from '../platform/index.ts'
import { listErrors } from '../providers/index.ts'

export function registerErrorCodeRoutes(app: HttpApp): void {
  app.get(
    '/error-codes',
    {
      config: { access: { role: 'agent', scope: 'read' } },
      schema: {
        tags: ['Messages'],
        summary: 'Every code that a message may carry: what it means, who acts, what Parley does',
        response: { 200: z.object({ data: z.array(errorCodeEntry) }) },
      },
    },
    async () => ({ data: [...listErrors(), ...listStateCodes()] }),
  )
}
