export const CONNECTION_STATUSES = ['active', 'pending', 'expired', 'ended', 'cancelled'] as const;
