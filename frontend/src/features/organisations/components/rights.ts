import { isOperator, type Me, scopesOf } from '../../../lib/me'

/** Who changes what an organisation says of itself: its editors and owners, and operators. */
export const mayChange = (me: Me | undefined, id: string) =>
  isOperator(me) || scopesOf(me, 'organisation', 'organisations:update').includes(id)

/** Who answers for it: its owners. */
export const mayAnswer = (me: Me | undefined, id: string) =>
  scopesOf(me, 'organisation', 'memberships:manage').includes(id)

/** Who says who has which role in it: its owners. */
export const mayManage = (me: Me | undefined, id: string) => scopesOf(me, 'organisation', 'people:manage').includes(id)

/** Who sees its people: those who have a role in it, and operators. */
export const mayKnow = (me: Me | undefined, id: string) =>
  isOperator(me) || scopesOf(me, 'organisation', 'organisations:read').includes(id)

/** Who objects for it: its owners, and whoever signs. */
export const mayObject = (me: Me | undefined, id: string) =>
  scopesOf(me, 'organisation', 'memberships:manage', 'agreements:sign').includes(id)
