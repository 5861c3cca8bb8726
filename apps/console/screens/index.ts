import { homeRoute } from './home/route.ts';
import { inboxRoute } from './inbox/route.ts';
import { shareRoute } from './share/route.ts';
import { sharesRoute } from './shares/route.ts';

/** Every screen inside the shell. */
export const screens = [homeRoute, inboxRoute, sharesRoute, shareRoute];
