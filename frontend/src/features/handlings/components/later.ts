export { Ballot } from './Ballot'
export { Claim } from './Claim'
export { Review } from './Review'
export { Statement } from './Statement'
