import type { Pages } from '../../lib/pages'

export default {
  own: {
    notices: () => import('./NoticesPage'),
    'profile/notices': () => import('./NoticeChoicesPage'),
    'to/$kind/$subject/$id': () => import('./ToTaskPage'),
    'work/deadlines': () => import('./DeadlinesPage'),
    work: () => import('./WorkPage'),
  },
} satisfies Pages
