export { type CampaignRow, selectCampaign as getCampaign } from './queries.ts'
export { registerCampaignRoutes } from './routes.ts'
export { nextOpening, type OpeningHours, openUntil } from './schedule.ts'
export { findRangeOutside, isInside, type OutsideRange } from './schedule-inside.ts'
