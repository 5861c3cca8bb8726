import ts from 'typescript';

/** What refuses a request as a whole; anything else with a code tells of one field or one row. */
const REFUSING = ['Refusal', 'HttpProblem', 'MalformedFile', 'Problem', 'ProblemAnswer', 'void'];

/** Properties of the rows in which actions and commands are declared. */
const TABLED = ['refusal', 'refusals'];

/** Every `code` that a problem of the API may have: each literal that the code passes for one. */
export function problemCodes(): readonly string[] {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
  const { options, fileNames } = ts.parseJsonConfigFileContent(
    { ...config, include: ['apps/api', 'libs'], exclude: ['**/*.spec.ts', '**/testing'] },
    ts.sys,
    '.',
  );
  const program = ts.createProgram(fileNames, { ...options, noEmit: true });
  const checker = program.getTypeChecker();
  const codes = new Set<string>();

  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      for (const code of codesOf(node)) codes.add(code);
    }
    if (ts.isPropertyAssignment(node) && TABLED.includes(node.name.getText())) {
      for (const code of literalsIn(node.initializer)) codes.add(code);
    }
    ts.forEachChild(node, visit);
  };

  const codesOf = (call: ts.CallExpression | ts.NewExpression): readonly string[] => {
    const signature = checker.getResolvedSignature(call);
    const index = signature?.parameters.findIndex(({ name }) => name === 'code') ?? -1;
    const argument = call.arguments?.[index];
    if (signature === undefined || argument === undefined) return [];
    if (!REFUSING.includes(checker.typeToString(signature.getReturnType()))) return [];
    const type = checker.getTypeAtLocation(argument);
    const types = type.isUnion() ? type.types : [type];
    return types.filter((part) => part.isStringLiteral()).map(({ value }) => value);
  };

  for (const file of program.getSourceFiles()) {
    if (!file.isDeclarationFile && !program.isSourceFileFromExternalLibrary(file)) visit(file);
  }
  return [...codes].sort();
}

/** The texts that are the value, or the values of the object that is the value. */
function literalsIn(value: ts.Expression): readonly string[] {
  if (ts.isStringLiteral(value)) return [value.text];
  if (!ts.isObjectLiteralExpression(value)) return [];
  return value.properties.flatMap((property) =>
    ts.isPropertyAssignment(property) ? literalsIn(property.initializer) : [],
  );
}
