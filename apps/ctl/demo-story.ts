import {
  checkAccess,
  comeTooLate,
  giveOn,
  previewRevocation,
  readFrozen,
  refusedToGiveOn,
  revokeSubcontractor,
  sharedInstallations,
  tellHistory,
  workUnder,
} from './demo-access.ts';
import { gatherCast } from './demo-cast.ts';
import type { Http } from './demo-client.ts';
import type { Narrator } from './demo-narrator.ts';
import {
  approve,
  connectWithToken,
  importCatalogue,
  processInSteps,
  readPackage,
  request,
} from './demo-sharing.ts';
import { Stage } from './demo-stage.ts';

/**
 * One share through its whole life, over HTTP, as both parties see it.
 * @throws ProblemError, Error a step that later ones depend on failed
 */
export async function tellStory(http: Http, narrator: Narrator): Promise<void> {
  narrator.chapter('Four companies come to the platform');
  const cast = await gatherCast(http);
  const { owner, contractor, subcontractor, helper } = cast;
  narrator.note(`${owner.name} owns installations, ${contractor.name} is to maintain them;`);
  narrator.note(`${subcontractor.name} helps out, and ${helper.name} lends a hand to those who help out.`);
  const stage = new Stage(http, narrator, cast);

  const connection = await connectWithToken(stage);
  const locations = await importCatalogue(stage);
  const share = await request(stage, connection);
  await approve(stage, share, locations);
  await readPackage(stage, share);
  await processInSteps(stage, share);

  narrator.chapter(`${contractor.name} gives a part on`);
  const installations = await sharedInstallations(stage);
  const given = installations.slice(0, 3).map(({ id }) => id);
  const loaned = given.slice(0, 2);
  const subcontract = await giveOn(stage, contractor, subcontractor, given, 'subcontractor');
  const loan = await giveOn(stage, subcontractor, helper, loaned, 'on-loan');
  await workUnder(stage, given[0] as string);
  await refusedToGiveOn(stage);

  await checkAccess(stage, given[0] as string, installations.at(-1)?.id as string);
  await previewRevocation(stage, share, given, loaned);
  await comeTooLate(stage, share);
  await revokeSubcontractor(stage, subcontract, loan, given, loaned);
  await readFrozen(stage, loaned[0] as string);
  await tellHistory(stage, share, given[0] as string);
}
