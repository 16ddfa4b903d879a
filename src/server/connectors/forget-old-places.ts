import type { Ctx } from '../platform/index.ts'
import { selectStalePortfolios, settlePortfolio } from './queries-limits.ts'

/** Whom a portfolio wrote to more than a day ago is nobody's business any more, even where nobody sends. */
export async function forgetOldPlaces(ctx: Pick<Ctx, 'db'>): Promise<void> {
  // One statement each: whoever held two portfolios at once could stand in another's way.
  for (const portfolio of await selectStalePortfolios(ctx.db.worker))
    await settlePortfolio(ctx.db.worker, portfolio)
}
