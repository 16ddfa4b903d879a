export { content, openStage, until } from './stage.ts'
