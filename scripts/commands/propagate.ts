import { EXIT } from '../shared/failure.ts';
import type { Action } from '../stages/plan.ts';
import { defineCommand } from './command.ts';

export default defineCommand({
  name: 'propagate',
  summary: 'Carries what changed in a stage into the later ones; stops where a person must decide.',
  usage: '',
  options: {},
  async run({ stages, terminal }) {
    const { propagate } = await import('../stages/propagate.ts');
    const done = propagate(stages());
    if (done.length === 0) terminal.print('Every stage is up to its parent.');
    for (const { stage, actions } of done) {
      terminal.print(terminal.paint('bold', stage.id));
      for (const action of actions) terminal.print(`  ${told(action)}`);
    }
    const stopped = done.some(({ actions }) => actions.some(({ kind }) => kind === 'stop'));
    return stopped ? EXIT.checkFailed : EXIT.fine;
  },
});

function told(action: Action): string {
  switch (action.kind) {
    case 'write':
      return `${action.path}: ${action.why}`;
    case 'delete':
      return `${action.path}: deleted, ${action.why}`;
    case 'review':
      return `${action.path}: reviewed against ${action.base.slice(0, 7)} in stage.json`;
    case 'stop':
      return `E_PROPAGATION_STOPPED: ${action.what}`;
  }
}
