// What the source says and no registry does: which events a command may lead to, and which commands a process sends.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';

/** The declarations and imports of one file, by name. */
interface Source {
  readonly path: string;
  readonly file: ts.SourceFile;
  readonly declared: ReadonlyMap<string, ts.Node>;
  /** The file each imported name comes from; only where that is one of ours, by a relative path. */
  readonly imported: ReadonlyMap<string, string>;
}

/** Some place in the source. */
interface Place {
  readonly node: ts.Node;
  readonly source: Source;
}

/** The source below a folder, read as text: it is never run. */
export class SourceFolder {
  private readonly sources: ReadonlyMap<string, Source>;

  /** @param folder relative to the folder this process runs in */
  constructor(folder: string) {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const paths = names.filter((name) => name.endsWith('.ts') && !/spec\.ts$|testing/.test(name));
    this.sources = new Map(
      paths.map((name) => {
        const path = resolve(folder, name);
        return [path, sourceOf(path)];
      }),
    );
  }

  /** The top-level declaration in which an object or a class has `property` with the value `value`. */
  declarationWith(property: string, value: string): Place | undefined {
    for (const source of this.sources.values()) {
      for (const node of source.declared.values()) {
        if (membersOf(node).some((member) => isNamed(member, property) && textOf(member, source) === value)) {
          return { node, source };
        }
      }
    }
    return undefined;
  }

  /** What each element of the list that the function of this name returns is declared as, in their order. */
  returnedBy(name: string): Place[] {
    for (const source of this.sources.values()) {
      const declared = source.declared.get(name);
      if (declared === undefined || !ts.isFunctionDeclaration(declared)) continue;
      const returned = declared.body?.statements.find(ts.isReturnStatement)?.expression;
      if (returned === undefined || !ts.isArrayLiteralExpression(returned)) continue;
      return returned.elements.map((element) => {
        const named = ts.isNewExpression(element) ? element.expression : element;
        const place = this.resolve(named.getText(), source);
        if (place === undefined) throw new Error(`${named.getText()} is not declared in this folder.`);
        return place;
      });
    }
    throw new Error(`No function ${name} returns a list.`);
  }

  /** Where `type` is branched on, or has its row in a table, in what is reachable from `start`. */
  branches(start: Place, type: string): Place[] {
    const found: Place[] = [];
    this.walk([start], (node, source) => {
      if (ts.isCaseClause(node) && literalOf(node.expression) === type) {
        found.push(...node.statements.map((statement) => ({ node: statement, source })));
      }
      if (ts.isIfStatement(node) && comparedWith(node.expression) === type) {
        found.push({ node: node.thenStatement, source });
      }
      if (ts.isPropertyAssignment(node) && node.name.getText() === type) {
        found.push({ node: node.initializer, source });
      }
    });
    return found;
  }

  /** Of the `wanted` names, those that stand as the `type` of an object in what is reachable from `starts`. */
  typesMade(starts: readonly Place[], wanted: ReadonlySet<string>): Set<string> {
    return this.collect(starts, wanted, (node) =>
      ts.isPropertyAssignment(node) && node.name.getText() === 'type'
        ? literalOf(node.initializer)
        : undefined,
    );
  }

  /** Of the `wanted` names, those that stand as text in what is reachable from `starts`. */
  textsNamed(starts: readonly Place[], wanted: ReadonlySet<string>): Set<string> {
    return this.collect(starts, wanted, literalOf);
  }

  private collect(
    starts: readonly Place[],
    wanted: ReadonlySet<string>,
    textAt: (node: ts.Node) => string | undefined,
  ): Set<string> {
    const found = new Set<string>();
    this.walk(starts, (node) => {
      const text = textAt(node);
      if (text !== undefined && wanted.has(text)) found.add(text);
    });
    return found;
  }

  /** Visits everything in `starts`, and in whatever is named there and declared in this folder. */
  private walk(starts: readonly Place[], visit: (node: ts.Node, source: Source) => void): void {
    const seen = new Set<ts.Node>();
    const enter = ({ node: start, source }: Place): void => {
      if (seen.has(start)) return;
      seen.add(start);
      const descend = (node: ts.Node): void => {
        visit(node, source);
        if (ts.isIdentifier(node) && !namesAMember(node)) {
          const place = this.resolve(node.text, source);
          if (place !== undefined) enter(place);
        }
        ts.forEachChild(node, descend);
      };
      descend(start);
    };
    for (const start of starts) enter(start);
  }

  private resolve(name: string, source: Source): Place | undefined {
    const here = source.declared.get(name);
    if (here !== undefined) return { node: here, source };
    const from = this.sources.get(source.imported.get(name) ?? '');
    const there = from?.declared.get(name);
    return from && there && { node: there, source: from };
  }
}

function sourceOf(path: string): Source {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const declared = new Map<string, ts.Node>();
  const imported = new Map<string, string>();
  for (const statement of file.statements) {
    if (ts.isVariableStatement(statement)) {
      for (const each of statement.declarationList.declarations) declared.set(each.name.getText(), each);
    } else if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
      if (statement.name) declared.set(statement.name.text, statement);
    } else if (ts.isImportDeclaration(statement)) {
      const from = literalOf(statement.moduleSpecifier) as string;
      const bindings = statement.importClause?.namedBindings;
      if (!from.startsWith('.') || bindings === undefined || !ts.isNamedImports(bindings)) continue;
      for (const { name } of bindings.elements) imported.set(name.text, join(path, '..', from));
    }
  }
  return { path, file, declared, imported };
}

/** The members of a class, or of the object a variable is set to. */
function membersOf(node: ts.Node): readonly ts.Node[] {
  if (ts.isClassDeclaration(node)) return [...node.members];
  const value = ts.isVariableDeclaration(node) ? node.initializer : undefined;
  return value && ts.isObjectLiteralExpression(value) ? [...value.properties] : [];
}

type Member = ts.PropertyAssignment | ts.PropertyDeclaration;

function isNamed(node: ts.Node, name: string): node is Member {
  if (!ts.isPropertyAssignment(node) && !ts.isPropertyDeclaration(node)) return false;
  return ts.isIdentifier(node.name) && node.name.text === name;
}

/** The text a member is set to, itself or by the name of a constant of its file. */
function textOf({ initializer }: Member, { declared }: Source): string | undefined {
  if (initializer === undefined) return undefined;
  const constant = ts.isIdentifier(initializer) ? declared.get(initializer.text) : undefined;
  const value = constant && ts.isVariableDeclaration(constant) ? constant.initializer : initializer;
  return value && literalOf(value);
}

/** Whether the identifier names a member of something, and not a declaration. */
function namesAMember(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isBindingElement(parent)) return true;
  return (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) && parent.name === node;
}

function comparedWith(node: ts.Expression): string | undefined {
  return ts.isBinaryExpression(node) ? literalOf(node.right) : undefined;
}

function literalOf(node: ts.Node): string | undefined {
  return ts.isStringLiteral(node) ? node.text : undefined;
}
