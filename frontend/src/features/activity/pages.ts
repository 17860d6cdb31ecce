import type { Pages } from '../../lib/pages'

export default {
  own: {
    notices: () => import('./NoticesPage'),
    'profile/notices': () => import('./NoticeChoicesPage'),
    'to/$kind/$subject/$id': () => import('./ToTaskPage'),
    work: () => import('./WorkPage'),
  },
} satisfies Pages
