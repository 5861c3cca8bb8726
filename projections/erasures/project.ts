// The persons that accounts have erased: that, and when, but not who.
import { defineProjection } from '../define.ts';
import { update, upsert } from '../reflecting.ts';
import { erasures } from './document.ts';

export const erasuresProjection = defineProjection({
  name: 'erasures',
  version: 2,
  collections: [erasures],
  on: {
    DataSubjectErasureRequested: (event) => [
      upsert(erasures, event.data.erasureId, event, () => {
        const { erasureId: id, account, reason, requestedAt } = event.data;
        return { id, account, ...(reason && { reason }), requestedAt };
      }),
    ],
    DataSubjectErased: (event) => [
      update(erasures, event.data.erasureId, event, (document) => ({
        ...document,
        erasedAt: event.data.erasedAt,
      })),
    ],
  },
});
