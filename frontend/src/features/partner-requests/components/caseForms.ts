export { BringForm } from './BringForm'
export { DecisionForm } from './DecisionForm'
export { NegativeForm } from './NegativeForm'
export { TextForm } from './TextForm'
